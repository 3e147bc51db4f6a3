"""Fits a quote into a message: what of a paragraph is shown open, and what is folded away.

The key sentence is always open. A quote is cut between words, and the reply marks each cut.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from index import Hit, Quote

#: A paragraph of at most this many characters is shown whole: some nine lines on a phone. Of 198
#: replies over 20,957 real paragraphs, 94 are that short.
SHORT = 400
#: At most so many characters are open: about what fits on the screen of a phone. Of a longer
#: paragraph only the key sentence is.
LONGEST_OPEN = 1000
#: A paragraph that has so few characters besides its key sentence is not shown a second time.
_HARDLY_MORE = 100
#: If it has to be cut, less than this many characters of a paragraph are not worth a fold.
_FEWEST_FOLDED = 1000
#: What Telegram may make an entity of: #tags, @mentions, /commands, $TAGS, addresses, numbers. It
#: keeps a hundred in a message, so after very many a fold would be lost.
_MAY_BE_ENTITY = regex.compile(r"[#@/$]\w|\w[.:/@]\w|[0-9]{5}")
_MOST_ENTITIES = 40
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


@dataclass(frozen=True, slots=True)
class Arranged:
    """How a paragraph is shown."""

    #: What stands above the citation; open unless it is longer than ``LONGEST_OPEN``.
    shown: Fitted
    #: The paragraph, folded beneath the citation, if more than the key sentence can be shown of it.
    folded: Fitted | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all of the paragraph can be read."""
        fullest = self.folded or self.shown
        return not (fullest.cut_before or fullest.cut_after)


def arrange(hit: Hit, room: int, *, fold: bool = True) -> Arranged:
    """Return how *hit*'s paragraph is shown in at most *room* characters.

    A short one is shown whole. Of a longer one the key sentence is shown, and the paragraph is
    folded beneath, unless *fold* is false.
    """
    text, (start, stop) = hit.paragraph.text, hit.sentence
    is_key = (start, stop) == (0, len(text))
    hardly_more = len(text) <= min(LONGEST_OPEN, stop - start + _HARDLY_MORE)
    if len(text) <= SHORT or is_key or hardly_more:
        return Arranged(fit(hit, room))
    key = _key(hit, min(LONGEST_OPEN, room))
    if not fold:
        return Arranged(key)
    if len(_MAY_BE_ENTITY.findall(text)) > _MOST_ENTITIES:
        return Arranged(fit(hit, room))
    left = room - (key.quote.stop - key.quote.start)
    if left >= min(len(text), _FEWEST_FOLDED):
        return Arranged(key, fit(hit, left))
    # Where there is little room, it is better spent around the key sentence than to repeat it.
    return Arranged(fit(hit, min(LONGEST_OPEN, room)))


def _key(hit: Hit, room: int) -> Fitted:
    """Return the key sentence of *hit*, or as much of its beginning as there is *room* for."""
    text, (start, stop) = hit.paragraph.text, hit.sentence
    if stop - start > room:
        stop = between_words(text, start + room, start + 1)
    return Fitted(Quote(hit.paragraph, start, stop), (start, stop))


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
        return _key(hit, room)
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
