"""Trims a paragraph to the sentences that somebody wants to quote, and refuses what would mislead.

Only whole sentences are kept or left out. Where one was left out between two that stay, the quote
is in parts; at its beginning and end a mark is not customary, as the parts are whole sentences.
A sentence that limits the one before it cannot be left out while that stays.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from index.model.answer import Quote, Span
from index.model.statement import Paragraph
from index.text.limits import Limit, lost_in
from index.text.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A paragraph of which some sentences are kept."""

    paragraph: Paragraph
    #: Its sentences, as (start, stop) in characters of its text, end exclusive.
    sentences: tuple[Span, ...]
    #: The numbers of those that are kept, from 0, in order.
    kept: tuple[int, ...]
    #: Words that must stay with what is kept, and that it leaves out.
    missing: tuple[Quote, ...] = ()

    @property
    def parts(self) -> tuple[Quote, ...]:
        """What is kept: a part for each run of sentences that stand together.

        None if nothing is kept, or if something is missing.
        """
        if self.missing:
            return ()
        parts: list[Span] = []
        for number in self.kept:
            start, stop = self.sentences[number]
            if parts and number - 1 in self.kept:
                parts[-1] = (parts[-1][0], stop)
            else:
                parts.append((start, stop))
        return tuple(Quote(self.paragraph, start, stop) for start, stop in parts)

    def must_stay(self) -> tuple[int, ...]:
        """Return the numbers of the sentences that have the words that are missing."""
        starts = {quote.start for quote in self.missing}
        return tuple(
            number
            for number, (start, stop) in enumerate(self.sentences)
            if any(start <= one < stop for one in starts)
        )


def trim(paragraph: Paragraph, kept: Collection[int], language: str) -> Trimmed:
    """Return *paragraph* with those of its sentences whose numbers, from 0, are *kept*.

    Numbers without a sentence are passed over. *language* is a BCP 47 tag.

    >>> from index.model.statement import Speaker
    >>> paragraph = Paragraph(1, "We agree. However, it is late. We go.", Speaker("A"))
    >>> [quote.text for quote in trim(paragraph, [0, 2], "en").missing]
    ['However, it is late.']
    """
    text = paragraph.text
    sentences = tuple(sentence_spans(text, language))
    numbers = tuple(number for number in range(len(sentences)) if number in kept)
    limits: list[Limit] = []
    for start, stop in _left_out(len(text), sentences, numbers):
        limits += lost_in(text, start, stop, language)
    missing = tuple(Quote(paragraph, limit.start, limit.stop) for limit in limits)
    return Trimmed(paragraph, sentences, numbers, missing if numbers else ())


def _left_out(length: int, sentences: tuple[Span, ...], kept: tuple[int, ...]) -> list[Span]:
    """Return what is left out, as slices: before, between and after those that are *kept*."""
    slices, reached = [], 0
    for number in kept:
        start, stop = sentences[number]
        slices.append((reached, start))
        reached = stop
    return [*slices, (reached, length)]
