"""Knows which paragraphs of a record have the same text, as what is printed under every release.

Such a text is shown once. White space, quotation marks and other punctuation do not tell two texts
apart, as publishers set them differently; a question mark and a percent sign do.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import regex
from numpy.typing import NDArray

from index.keeping.columns import Keeper, Kept
from index.keeping.paragraphs import Ints, ParagraphColumns
from index.postings.bm25 import Mask
from index.ranking.score import Part, Ranking
from index.text.words import INVISIBLE

_NONE: Ints = np.zeros(0, dtype=np.int64)
_BETWEEN_WORDS = regex.compile(rf"(?V1)[\s{INVISIBLE}[\p{{P}}--[?？؟%٪‰@#&]]]+")


class Copies:
    """The paragraphs of one record by their texts; built once."""

    def __init__(
        self,
        texts: Sequence[str],
        columns: ParagraphColumns,
        sums: Ints,
        before: tuple[Copies, Ints] | None = None,
    ) -> None:
        """Compare *texts*, those of all paragraphs, of which *columns* tell.

        *sums* are of their terms: the same for the same terms in the same order. Of those *before*,
        with the number that each text has there, or -1, only what new ones are like is compared.
        """
        of_text = columns.sums << 32 | columns.lengths
        # Only what has the same terms as another, or the same characters, may be the same.
        if before:
            same = before[0]._at(before[1])
            is_new = before[1] < 0
            alike = np.isin(sums, sums[is_new]) | np.isin(of_text, of_text[is_new])
            of_first = np.zeros(len(sums), dtype=bool)
            of_first[same[alike]] = True
            alike = of_first[same]
        else:
            same = np.arange(len(sums), dtype=np.int32)
            alike = _repeated(sums) | _repeated(of_text)
        numbers = alike.nonzero()[0].tolist()
        same[numbers] = _first_of_each(numbers, texts, sums)
        #: The number of the first paragraph with the same text, and whether any other has it.
        self._same: NDArray[np.int32] = same
        self._copied: Mask = np.bincount(self._same, minlength=len(same))[self._same] > 1
        #: The paragraphs that are not the only ones with their text, those of one text side by
        #: side, ascending; and the first of each one's text.
        copied = self._copied.nonzero()[0]
        self._together = copied[self._same[copied].argsort(kind="stable")]
        self._first = self._same[self._together]

    def keep(self, to: Keeper) -> None:
        """Write which paragraphs have the same text *to* columns."""
        to.arrays(same=self._same, copied=self._copied, together=self._together, first=self._first)

    @classmethod
    def kept(cls, of: Kept) -> Copies:
        """Return what ``keep`` wrote."""
        made = cls.__new__(cls)
        made._same, made._copied = of.array("same", "i4"), of.array("copied", "b1")
        made._together, made._first = of.array("together", "i8"), of.array("first", "i4")
        return made

    def _at(self, numbers: Ints) -> NDArray[np.int32]:
        """Return the first of those with each text after a change, by the *numbers* they had here.

        Whatever has none, as it is -1, is its own first.
        """
        stay = (numbers >= 0).nonzero()[0]
        of_each = self._same[numbers[stay]]
        first = np.zeros(len(self._same), dtype=np.int32)
        # Of several values for one place numpy keeps the last, so here that of the first.
        first[of_each[::-1]] = stay[::-1]
        same = np.arange(len(numbers), dtype=np.int32)
        same[stay] = first[of_each]
        return same

    def others(self, number: int) -> Ints:
        """Return the other paragraphs with the text of paragraph *number*, newest first."""
        if not self._copied[number]:
            return _NONE
        first = self._same[number]
        begin, end = self._first.searchsorted(first), self._first.searchsorted(first, "right")
        together = self._together[begin:end]
        others: Ints = together[together != number]
        return others

    def first_of_each(self, ranking: Ranking, limit: int, *, in_order: bool = False) -> Ranking:
        """Return the first *limit* texts of *ranking*, each by its newest paragraph.

        If the ranking is *in_order*, by day, each is by its first there instead. A paragraph by the
        speaker, or of the days, that the question prefers comes before a newer one: it is the
        answer to who or when was asked.
        """
        if not np.count_nonzero(self._copied[ranking.numbers[:limit]]):
            return ranking[:limit]
        chosen: dict[int, tuple[float, int, int]] = {}
        texts = self._same[ranking.numbers].tolist()
        columns = (texts, ranking.parts[Part.PREFERENCE].tolist(), ranking.numbers.tolist())
        for row, (text, preference, number) in enumerate(zip(*columns, strict=True)):
            copy = (-preference, row if in_order else number, row)
            chosen[text] = min(copy, chosen.get(text, copy))
        rows = [row for _, _, row in chosen.values()][:limit]
        return ranking[np.array(rows, dtype=np.intp)]


def _first_of_each(numbers: Sequence[int], texts: Sequence[str], sums: Ints) -> list[int]:
    """Return for each of *numbers* the first of them whose text is the same."""
    same: dict[int, int] = {}
    first: dict[str | int, int] = {}
    #: The first texts with their terms, by their numbers.
    written: dict[int, str] = {}
    for number, of_terms in zip(numbers, sums[numbers].tolist(), strict=True):
        text = texts[number]
        # Few have the same terms and are not the same to the letter, and only those are folded.
        alike = first.setdefault(of_terms, number)
        written.setdefault(alike, text)
        if written[alike] != text and _folded(written[alike]) != _folded(text):
            alike = first.setdefault(_folded(text), number)
        alike = first.setdefault(text, alike)
        # What it is alike may itself have been found to be the same as an earlier one.
        same[number] = same.get(alike, number)
    return list(same.values())


def _repeated(values: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return which of *values* are there more than once."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    repeated: NDArray[np.bool_] = counts[which] > 1
    return repeated


def _folded(text: str) -> str:
    """Return *text* as texts are compared: without punctuation and odd white space."""
    return _BETWEEN_WORDS.sub(" ", text).strip() or text
