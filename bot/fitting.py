"""Fits a quote into a message: the whole paragraph, or the part around its key sentence.

A quote is cut only where there is no room for it, between words, and the reply marks each cut.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from index import Hit, Quote


@dataclass(frozen=True, slots=True)
class Fitted:
    """A quote that fits, with its key sentence."""

    quote: Quote
    #: The part of the quote that is the key sentence: offsets into the paragraph, end exclusive.
    key: tuple[int, int]

    @property
    def cut_before(self) -> bool:
        """Whether words before the quote were left out."""
        return self.quote.start > 0

    @property
    def cut_after(self) -> bool:
        """Whether words after the quote were left out."""
        return self.quote.stop < len(self.quote.paragraph.text)


def fit(hit: Hit, room: int) -> Fitted:
    """Return as much of *hit*'s paragraph as *room* characters hold, key sentence first.

    If the paragraph is longer, the key sentence stands near the middle; if the sentence itself is
    longer, its beginning is kept.
    """
    text = hit.paragraph.text
    start, stop = hit.sentence
    if len(text) <= room:
        return Fitted(hit.quote, hit.sentence)
    if stop - start > room:
        stop = _between_words(text, start + room, start + 1)
        return Fitted(Quote(hit.paragraph, start, stop), (start, stop))
    spare = room - (stop - start)
    begin = max(0, min(start - spare // 2, len(text) - room))
    end = min(len(text), begin + room)
    if begin > 0:
        begin = _next_word(text, begin, start)
    if end < len(text):
        end = _between_words(text, end, stop)
    return Fitted(Quote(hit.paragraph, begin, end), (start, stop))


def _next_word(text: str, offset: int, latest: int) -> int:
    """Return where the first word at or after *offset* begins, *latest* at the latest."""
    space = text.find(" ", offset - 1, latest)
    return space + 1 if space >= 0 else _off_marks(text, offset, latest)


def _between_words(text: str, offset: int, earliest: int) -> int:
    """Return the end of the last whole word before *offset*, *earliest* at the earliest."""
    space = text.rfind(" ", earliest, offset + 1)
    if space > earliest:
        return len(text[:space].rstrip())
    while offset > earliest and unicodedata.combining(text[offset]):
        offset -= 1
    return offset


def _off_marks(text: str, offset: int, latest: int) -> int:
    while offset < latest and unicodedata.combining(text[offset]):
        offset += 1
    return offset
