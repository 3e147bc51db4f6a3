"""The folded words on record, each with how often it occurs, sorted so that others are found by it.

In their order, words that begin alike stand side by side; in another, those with one first letter
and one length. Both are reckoned when they are first needed, and kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.keeping.columns import Keeper, Kept
from index.keeping.strings import Numbered

#: Sorts behind every letter that can follow a beginning.
_LAST = chr(0x10FFFF)


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
        words, order = self._words, self._sorted
        first = bisect_left(order, beginning, key=words.__getitem__)
        last = bisect_right(order, beginning + _LAST, first, key=words.__getitem__)
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
        return self._in_order(self._words.__getitem__)

    @cached_property
    def _by_length(self) -> Sequence[int]:
        """The numbers of the words by the first letter, the length, and then in their order."""
        words = self._words
        return self._in_order(lambda number: (words[number][:1], len(words[number]), words[number]))

    def _in_order(self, key: Callable[[int], object]) -> Sequence[int]:
        return sorted(range(len(self.numbers)), key=key)  # type: ignore[arg-type]
