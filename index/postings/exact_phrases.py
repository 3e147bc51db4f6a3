"""Finds the paragraphs that have a phrase exactly: the same words in the same order.

Case, accents, punctuation and what else ``folding`` makes equal do not count; the sign of a
currency or a percentage does, where the phrase has one. Words are not stemmed, and no other word
may stand between them, not even a small one. A phrase may reach across the end of a sentence, and
of a paragraph, if the next goes on in the same statement and voice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.keeping.columns import Keeper, Kept
from index.keeping.paragraphs import ROLE, Ints, ParagraphColumns
from index.keeping.splice import ascending
from index.postings.bm25 import Mask, PostingsBM25
from index.postings.forms import ChangedForms
from index.postings.phrase_words import Phrase, read_phrase, word_spans
from index.postings.plain_text import PlainText
from index.postings.weak_methods import weakly
from index.postings.word_positions import WordPositions
from index.postings.word_row import SortedRow, Stood, read_row, spliced_row
from index.text.terms import Analyzer

#: A paragraph of so many words at most, a number among them, may be what a page has above or below
#: its text: "Column 344", "Page 7 of 12". Inside a sentence, a phrase reaches across it.
_LONGEST_PAGE_MARK = 4
_ENDS_SENTENCE = frozenset(".?!。？！؟۔।:;…\"”»’')")


@dataclass(frozen=True, slots=True)
class Standing:
    """The paragraphs that have a phrase: masks of shape (paragraphs,)."""

    #: Those that have all of it.
    whole: Mask
    #: Those that have a part of it, where it reaches across the end of a paragraph.
    parts: Mask


class TakenOver(NamedTuple):
    """What phrases of another index are taken over."""

    before: ExactPhrases
    #: For each text, the number that it has there, or -1; these ascend.
    texts: Ints
    #: What became of the forms there.
    forms: ChangedForms


@dataclass(frozen=True, slots=True)
class Together:
    """The paragraphs that have several phrases, and how some of the phrases stand on record."""

    #: Those that have all but the absent ones; of what stands across the end of a paragraph, a
    #: part. Shape (paragraphs,).
    having: Mask
    #: The phrases that no paragraph has, and those that only reach across the end of one.
    absent: tuple[str, ...]
    across: tuple[str, ...]


class ExactPhrases:
    """Searches the paragraphs of a record for phrases; prepared when the first is looked for."""

    def __init__(
        self,
        texts: Sequence[str],
        columns: ParagraphColumns,
        bm25: PostingsBM25,
        forms: Mapping[str, int],
        before: TakenOver | None = None,
    ) -> None:
        """Take all paragraphs' *texts*, which *bm25* numbers from 0 in the same order.

        *columns* tell of the paragraphs: a phrase reaches from one text into the next of the same
        voice only. *forms* are the folded words on record, numbered from 0. Texts of those *before*
        are not read again.
        """
        self._texts, self._columns, self._bm25, self._forms = texts, columns, bm25, forms
        self._words: WordPositions | None = None
        self._before = before
        #: The number of each text that has a word, in the order of the words.
        self._order: Ints = np.zeros(0, dtype=np.int64)

    def keep(self, to: Keeper) -> None:
        """Write the positions of all words *to* columns; they are prepared if they are not."""
        self._positions().keep(to)
        to.arrays(order=self._order)

    @classmethod
    def kept(
        cls,
        of: Kept,
        texts: Sequence[str],
        columns: ParagraphColumns,
        bm25: PostingsBM25,
        forms: Mapping[str, int],
    ) -> ExactPhrases:
        """Return what ``keep`` wrote, of the same *texts*, with their postings and *forms*."""
        made = cls(texts, columns, bm25, forms)
        made._words, made._order = WordPositions.kept(of, forms), of.array("order", "i8")
        return made

    def prepare(self) -> None:
        """Do now what the first phrase would have to wait for."""
        self._positions()

    def _positions(self) -> WordPositions:
        if self._words is None:
            order = self._in_order()
            words = WordPositions(self._row(order))
            self._before = None
            self._order = order[order >= 0][words.texts]
            # Last, as another thread may ask meanwhile.
            self._words = words
        return self._words

    def _row(self, order: Ints) -> SortedRow:
        """Return the words of the texts in their *order*, with a break where a voice ends."""
        before, numbers = self._before, order.tolist()
        slices = before.before.slices() if before else None
        if before is None or slices is None:
            texts = (None if one < 0 else self._texts[one] for one in numbers)
            return read_row(texts, self._forms)
        # The last is for what was not there.
        stood = np.append(slices[1], [[-1, -1]], axis=0)[
            np.where(order < 0, -1, before.texts[order])
        ]
        stood[stood[:, 0] == stood[:, 1]] = -1
        stood[ascending(stood[:, 0]) < 0] = -1
        # Only what is read is needed.
        to_read = [
            None if one < 0 else "" if stands else self._texts[one]
            for one, stands in zip(numbers, (stood[:, 0] >= 0).tolist(), strict=True)
        ]
        return spliced_row(to_read, Stood(slices[0].row(), stood, before.forms))

    def slices(self) -> tuple[WordPositions, Ints] | None:
        """Return the positions of all words, and where each text stands; ``None`` if unprepared.

        A text that cannot be taken over has -1: shape (paragraphs, 2).
        """
        words = self._words
        if words is None:
            return None
        slices = np.full((len(self._columns), 2), -1, dtype=np.int64)
        slices[self._order] = words.slices()
        return words, slices

    def having(self, phrase: str) -> Mask:
        """Return which paragraphs have *phrase*: shape (paragraphs,)."""
        return self.standing(phrase).whole

    def cost(self, phrase: str) -> int:
        """Return how many positions it takes to look *phrase* up."""
        return self._positions().cost(read_phrase(phrase))

    def standing(self, phrase: str) -> Standing:
        """Return which paragraphs have *phrase*, and which have a part of it."""
        positions = self._positions()
        begins, ends = positions.find(read_phrase(phrase))
        whole, parts = np.zeros((2, len(self._columns)), dtype=bool)
        first, last = positions.texts_at(begins, ends)
        across = (first != last).nonzero()[0]
        for one, other in zip(first[across].tolist(), last[across].tolist(), strict=True):
            parts[self._order[one : other + 1]] = True
        if len(across):
            first = first.compress(first == last)
        whole[self._order.take(first)] = True
        return Standing(whole, parts)

    def verbatim(self, words: str, analyzer: Analyzer) -> Mask | None:
        """Return which paragraphs have all of *words* side by side; ``None`` if none has.

        Most questions are not on record word for word, and cost next to nothing. The positions of
        all words are only prepared for this if the terms of the *analyzer* stand side by side.
        """
        if self._words is None:
            terms = tuple(analyzer.analyse(words).terms)
            if terms and not len(self._bm25.having(terms)):
                return None
        if not self._positions().may_have(words):
            return None
        whole = self.standing(words).whole
        return whole if whole.any() else None

    def runs(self, text: str, size: int, most: int) -> Iterator[tuple[int, NDArray[np.int64]]]:
        """Yield where each run of *size* words of *text* begins: paragraphs, the rarest run first.

        With each is the place of its first word among the words of *text*. At most *most* positions
        are looked at.
        """
        positions = self._positions()
        for at, begins in positions.runs(text, size, most):
            texts, _ = positions.texts_at(begins, begins + size)
            yield at, np.unique(self._order.take(texts))

    def count(self, word: str) -> int:
        """Return how often *word*, in one piece, stands on record."""
        return self._positions().count(word)

    def together(self, phrases: Sequence[str]) -> Together:
        """Return which paragraphs have all of *phrases* that stand anywhere.

        What was asked last is remembered: one question is read several times, in other scopes and
        sentence by sentence.
        """
        return self._together_last(tuple(phrases))

    @cached_property
    def _together_last(self) -> Callable[[tuple[str, ...]], Together]:
        return lru_cache(maxsize=1)(weakly(self._together))

    def _together(self, phrases: tuple[str, ...]) -> Together:
        having = np.ones(len(self._columns), dtype=bool)
        absent, across = [], []
        for phrase in dict.fromkeys(phrases):
            standing = self.standing(phrase)
            if standing.whole.any():
                having &= standing.whole
            elif standing.parts.any():
                having &= standing.parts
                across.append(phrase)
            else:
                absent.append(phrase)
        return Together(having, tuple(absent), tuple(across))

    def lacking(self, phrases: Sequence[str], analyzer: Analyzer) -> Mask:
        """Return which paragraphs have none of *phrases*, nor other forms of the words: "ports".

        Two words are forms of one if the *analyzer* gives them the same term. What has the phrases
        as they are written is remembered, as for ``together``.
        """
        lacking = self._lacking_last(tuple(phrases)).copy()
        for phrase in dict.fromkeys(phrases):
            if terms := tuple(analyzer.analyse(phrase).terms):
                lacking[self._bm25.having(terms)] = False
        return lacking

    @cached_property
    def _lacking_last(self) -> Callable[[tuple[str, ...]], Mask]:
        return lru_cache(maxsize=1)(weakly(self._lacking))

    def _lacking(self, phrases: tuple[str, ...]) -> Mask:
        lacking = np.ones(len(self._columns), dtype=bool)
        for phrase in dict.fromkeys(phrases):
            lacking &= ~self.having(phrase)
        return lacking

    def _in_order(self) -> Ints:
        """Return the number of each text in the order of reading, -1 where a voice ends.

        What is above or below the text of a page comes after all that it interrupts.
        """
        columns = self._columns
        told = (columns.statement_of, columns.speaker_of, columns.bits & ROLE)
        begins = np.ones(len(columns), dtype=bool)
        begins[1:] = np.any([one[1:] != one[:-1] for one in told], axis=0)
        voice = np.cumsum(begins)
        short = (columns.lengths <= 10 * _LONGEST_PAGE_MARK) & ~begins
        is_mark = np.zeros(len(columns), dtype=bool)
        is_mark[list(filter(self._interrupts, short.nonzero()[0].tolist()))] = True
        order: Ints = np.lexsort((is_mark, voice))
        breaks = [is_mark[order].nonzero()[0], np.append(begins.nonzero()[0][1:], len(order))]
        return np.insert(order, np.sort(np.concatenate(breaks)), -1)

    def _interrupts(self, number: int) -> bool:
        """Return whether text *number* only marks a page, inside the sentence of the one before."""
        text = self._texts[number]
        return (
            any(map(str.isdigit, text))
            and self._texts[number - 1].rstrip()[-1:] not in _ENDS_SENTENCE
            and text.rstrip()[-1:] not in _ENDS_SENTENCE
            and len(text.split()) <= _LONGEST_PAGE_MARK
        )


def spans_in(text: str, phrases: Iterable[Phrase]) -> Iterator[tuple[int, int]]:
    """Yield the (start, stop) of each of *phrases* that *text* has, in characters."""
    plain = PlainText.of(text)
    positions: WordPositions | None = None
    words: list[tuple[int, int]] = []
    for phrase in phrases:
        if plain and (found := plain.find(phrase)) is not None:
            yield from found
            continue
        if positions is None:
            positions, words = WordPositions.of((text, None), {}), word_spans(text)
        begins, ends = positions.find(phrase)
        if len(begins):
            first = int(begins.argmin())
            yield words[int(begins[first])][0], words[int(ends[first]) - 1][1]


def missing_from(phrases: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Return which of *phrases* none of *texts* has; a phrase may be cut short by "…"."""
    apart = (part for text in dict.fromkeys(texts) for part in (text, None))
    positions = WordPositions.of(apart, {})
    missing = []
    for phrase in phrases:
        whole = phrase[:-1].rpartition(" ")[0] if phrase.endswith("…") else phrase
        if not len(positions.find(read_phrase(whole))[0]):
            missing.append(phrase)
    return missing
