"""The folded words on record, each with how often it occurs, sorted so that others are found by it.

In their order, words that begin alike stand side by side; in another, those with one first letter
and one length. Both are reckoned when they are first needed, and kept.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.keeping.columns import Keeper, Kept
from index.keeping.strings import Numbered

#: Sorts behind every letter that can follow a beginning.
_LAST = chr(0x10FFFF)
#: If no greater share of words is new, each is put in its place; more are sorted anew.
_FEW = 0.02


class ChangedForms(NamedTuple):
    """The folded words on record after a change of the record."""

    now: Forms
    #: The number of each word that there was, or -1; and behind these, of each new one.
    numbers: NDArray[np.int32]
    #: The words that are gone, and those that are new.
    gone: Sequence[str]
    new: Sequence[str]


class Forms(Mapping[str, int]):
    """The folded words on record, each with the number of tokens that have it."""

    def __init__(self, numbers: Mapping[str, int], counts: NDArray[np.int64]) -> None:
        """Take the words, each with its number from 0, and how often each occurs."""
        self.numbers = numbers
        self._counts = counts
        self._count_of: Sequence[int] = np.ascontiguousarray(counts, dtype=np.int64).data

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Forms:
        """Return words that occur so often."""
        numbers = {word: number for number, word in enumerate(counts)}
        return cls(numbers, np.array(list(counts.values()), dtype=np.int64))

    def changed(
        self, gone: NDArray[np.integer], come: Sequence[int], new: Sequence[str]
    ) -> ChangedForms:
        """Return the words after a change of some tokens.

        Those with the forms *gone* are there no more, and those with the forms that have *come*
        are; among these are *new* words, numbered after those that were there.
        """
        known = len(self)
        counts = np.bincount(np.asarray(come, dtype=np.int64), minlength=known + len(new))
        counts[:known] += self._counts - np.bincount(gone, minlength=known)
        occurs = counts > 0
        numbers = np.where(occurs, occurs.cumsum() - 1, -1).astype(np.int32)
        words = self.numbers if isinstance(self.numbers, Numbered) else Numbered.of(self.numbers)
        made = Forms(words.changed(occurs[:known], new), counts[occurs])
        if len(new) <= known * _FEW:
            for name, key in (("_sorted", made._spelling), ("_by_length", made._by_beginning)):
                if name in self.__dict__:
                    order = numbers[np.asarray(self.__dict__[name])]
                    made.__dict__[name] = array("q", order[order >= 0].astype(np.int64).tobytes())
                    for number in range(len(made) - len(new), len(made)):
                        insort_left(made.__dict__[name], number, key=key)
        lost = [words.words[number] for number in (numbers[:known] < 0).nonzero()[0].tolist()]
        return ChangedForms(made, numbers, lost, new)

    def keep(self, to: Keeper) -> None:
        """Write the words and their orders *to* columns."""
        to.numbered("words", self.numbers)
        to.arrays(
            counts=np.asarray(self._count_of, dtype=np.int64),
            sorted=np.asarray(self._sorted, dtype=np.int64),
            by_length=np.asarray(self._by_length, dtype=np.int64),
        )

    @classmethod
    def kept(cls, of: Kept) -> Forms:
        """Return what ``keep`` wrote."""
        made = cls(of.numbered("words"), of.array("counts", "i8"))
        made.__dict__.update(_sorted=of.ints("sorted"), _by_length=of.ints("by_length"))
        return made

    def __getitem__(self, word: str) -> int:
        return self._count_of[self.numbers[word]]

    def __contains__(self, word: object) -> bool:
        return word in self.numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def total(self) -> int:
        """How many tokens there are."""
        return int(self._counts.sum())

    def beginning(self, beginning: str) -> list[str]:
        """Return the words that begin with *beginning*, sorted."""
        words, order, key = self._words, self._sorted, self._spelling
        first = bisect_left(order, beginning, key=key)
        last = bisect_right(order, beginning + _LAST, first, key=key)
        return [words[number] for number in order[first:last]]

    def alike(self, first: str, length: int) -> list[str]:
        """Return the words with this *first* letter and this *length*."""
        words, order = self._words, self._by_length

        def key(number: int) -> tuple[str, int]:
            return words[number][:1], len(words[number])

        begin = bisect_left(order, (first, length), key=key)
        end = bisect_right(order, (first, length), begin, key=key)
        return [words[number] for number in order[begin:end]]

    @cached_property
    def _words(self) -> Sequence[str]:
        """The words by their numbers."""
        return self.numbers.words if isinstance(self.numbers, Numbered) else list(self.numbers)

    @cached_property
    def _sorted(self) -> Sequence[int]:
        """The numbers of the words, in their order."""
        return sorted(range(len(self.numbers)), key=self._spelling)

    @cached_property
    def _by_length(self) -> Sequence[int]:
        """The numbers of the words by the first letter, the length, and then in their order."""
        return sorted(range(len(self.numbers)), key=self._by_beginning)

    def _spelling(self, number: int) -> str:
        return self._words[number]

    def _by_beginning(self, number: int) -> tuple[str, int, str]:
        word = self._words[number]
        return word[:1], len(word), word
