"""Fits a quote into a message: the whole paragraph, or the part around its key sentence.

A quote is cut only if there is no room for it, between words, and the reply marks each cut.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from index import Hit, Quote

#: A word longer than this, in characters, is taken for a script that is written without spaces.
LONGEST_WORD = 100
#: What a reader sees as one character, however many code points it has (Unicode Annex 29).
_CHARACTER = regex.compile(r"\X")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A quote that fits, with its key sentence."""

    quote: Quote
    #: The part of the quote that is the key sentence: offsets into the paragraph, end exclusive.
    key: tuple[int, int]

    @property
    def cut_before(self) -> bool:
        """Whether the paragraph begins before the quote."""
        return self.quote.start > 0

    @property
    def cut_after(self) -> bool:
        """Whether the paragraph goes on after the quote."""
        return self.quote.stop < len(self.quote.paragraph.text)


def fit(hit: Hit, room: int) -> Fitted:
    """Return at most *room* characters of *hit*'s paragraph, with the key sentence.

    In a longer paragraph the key sentence stands near the middle; of a longer sentence the
    beginning is kept.
    """
    text = hit.paragraph.text
    start, stop = hit.sentence
    if len(text) <= room:
        return Fitted(hit.quote, hit.sentence)
    if stop - start > room:
        stop = between_words(text, start + room, start + 1)
        return Fitted(Quote(hit.paragraph, start, stop), (start, stop))
    spare = room - (stop - start)
    begin = max(0, min(start - spare // 2, len(text) - room))
    end = min(len(text), begin + room)
    if begin > 0:
        begin = _next_word(text, begin, start)
    if end < len(text):
        end = between_words(text, end, stop)
    return Fitted(Quote(hit.paragraph, begin, end), (start, stop))


def between_words(text: str, offset: int, earliest: int) -> int:
    """Return the end of the last whole word before *offset*, *earliest* at the earliest."""
    space = text.rfind(" ", max(earliest, offset - LONGEST_WORD), offset + 1)
    if space >= 0:
        return max(earliest, len(text[:space].rstrip()))
    return max(earliest, _character_around(text, offset)[0])


def _next_word(text: str, offset: int, latest: int) -> int:
    """Return where the first word at or after *offset* begins, *latest* at the latest."""
    space = text.find(" ", offset - 1, min(latest, offset + LONGEST_WORD))
    return space + 1 if space >= 0 else min(latest, _character_around(text, offset)[1])


def _character_around(text: str, offset: int) -> tuple[int, int]:
    """Return (start, stop) of the character that a cut at *offset* would split; else *offset*."""
    near = max(0, offset - LONGEST_WORD), offset + LONGEST_WORD
    for character in _CHARACTER.finditer(text, *near):
        if character.end() > offset:
            inside = character.start() < offset
            return character.span() if inside else (offset, offset)
    return offset, offset
