"""Splices what is noted of new texts into what is noted of those that stay, in their order.

A change of a record is mostly a few texts cut out and a few put in. What is told of texts side by
side is pasted together from long runs; what is sorted otherwise, as postings are by their terms, is
moved place by place, and stays sorted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.keeping.paragraphs import Ints

_Mask = NDArray[np.bool_]
#: Runs that are no longer than this, on average, take longer to copy one by one.
_SHORT_RUN = 32
#: So many places are moved at once.
_PART = 1 << 16
#: Places that are moved in no more stretches than so are moved stretch by stretch.
_FEW = 32


class _Run(NamedTuple):
    """Things side by side, among those that were there or among the new ones."""

    begin: int
    end: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Splice:
    """Which things stay, and where among them the new ones are put."""

    runs: Sequence[_Run]
    #: How many were there before, and how many are new.
    before: int
    new: int

    @classmethod
    def of(cls, order: Ints, before: int) -> Splice:
        """Return the splice of things that are numbered in *order*.

        Below *before* are the numbers of what was there; the new ones are numbered on, in order.
        """
        is_new = order >= before
        begins = order - before * is_new
        new = int(np.count_nonzero(is_new))
        return cls.of_slices(np.stack([begins, begins + 1], axis=1), is_new, before, new)

    @classmethod
    def of_slices(cls, slices: Ints, is_new: _Mask, before: int, new: int) -> Splice:
        """Return the splice of *slices* of what was there before or *is new*: shape (n, 2)."""
        has_any = slices[:, 0] < slices[:, 1]
        slices, is_new = slices[has_any], is_new[has_any]
        goes_on = (slices[1:, 0] == slices[:-1, 1]) & (is_new[1:] == is_new[:-1])
        first = np.append(0, (~goes_on).nonzero()[0] + 1)[: len(slices)]
        last = np.append(first[1:] - 1, len(slices) - 1)[: len(slices)]
        of_each = (slices[first, 0].tolist(), slices[last, 1].tolist(), is_new[first].tolist())
        return cls(list(map(_Run, *of_each)), before, new)

    def __len__(self) -> int:
        return sum(run.end - run.begin for run in self.runs)

    def of_parts(self, before: NDArray[np.integer], new: NDArray[np.integer]) -> Splice:
        """Return the splice of the parts of these things.

        *before* and *new* have for each thing how many parts it has and all those ahead of it.
        """
        ends = (np.append(0, before), np.append(0, new))
        runs = [
            _Run(int(ends[run.is_new][run.begin]), int(ends[run.is_new][run.end]), run.is_new)
            for run in self.runs
        ]
        return Splice(runs, int(ends[0][-1]), int(ends[1][-1]))

    def values(self, before: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
        """Return what is told of each thing, as it was told *before* or of the *new* ones."""
        parts = [(new if run.is_new else before)[run.begin : run.end] for run in self.runs]
        return np.concatenate(parts) if parts else before[:0].copy()

    def moved(self, places: NDArray[np.integer]) -> NDArray[np.int32]:
        """Return where that is now which was at *places* before; below zero if it is nowhere."""
        stretches = self._stretches()
        found = np.empty(len(places), dtype=np.int32)
        if len(stretches) > _FEW:
            table = np.empty(self.before, dtype=np.int32)
            ends = [begin for begin, _ in stretches[1:]]
            for (begin, shift), end in zip(stretches, [*ends, self.before], strict=True):
                table[begin:end] = np.arange(begin + shift, end + shift, dtype=np.int32)
        # Part by part, as each step would take the memory of all.
        for start in range(0, len(places), _PART):
            part, into = places[start : start + _PART], found[start : start + _PART]
            if len(stretches) > _FEW:
                table.take(part, mode="clip", out=into)
                continue
            into[:] = part
            before = 0
            for begin, shift in stretches:
                np.add(into, np.int32(shift - before), out=into, where=part >= begin)
                before = shift
        return found

    def placed(self) -> NDArray[np.int32]:
        """Return where each new thing is, or -1 if it is nowhere."""
        placed = np.full(self.new, -1, dtype=np.int32)
        at = 0
        for begin, end, is_new in self.runs:
            if is_new:
                placed[begin:end] = np.arange(at, at + end - begin, dtype=np.int32)
            at += end - begin
        return placed

    def gone(self, before: NDArray[Any]) -> NDArray[Any]:
        """Return what was told *before* of those that are there no more."""
        stretches = self._stretches()
        ends = [begin for begin, _ in stretches[1:]]
        parts = [
            before[begin:end]
            for (begin, shift), end in zip(stretches, [*ends, self.before], strict=False)
            if begin + shift < 0
        ]
        return np.concatenate(parts) if parts else before[:0]

    def _stretches(self) -> list[tuple[int, int]]:
        """Return where each stretch of what was there begins, and by how much it has moved.

        What is gone has moved to places below zero.
        """
        found, reached, at = list[tuple[int, int]](), 0, 0
        stay = list[tuple[int, int, int]]()
        for begin, end, is_new in self.runs:
            if not is_new and begin < end:
                stay.append((begin, end, at - begin))
            at += end - begin
        for begin, end, shift in [*sorted(stay), (self.before, self.before, 0)]:
            if reached < begin:
                found.append((reached, -self.before - 1))
            if begin < end:
                found.append((begin, shift))
            reached = end
        return found


class Weave:
    """How the new things of a sorted column come between those that stay."""

    def __init__(self, stays: _Mask, ahead: Ints) -> None:
        """Weave new things in, each with how many are *ahead* of it of those that *stay*."""
        #: Which of the things before stay.
        self.stays = stays
        left = int(np.count_nonzero(stays))
        self._count, self._places = left + len(ahead), ahead + np.arange(len(ahead))
        # What stays is copied in runs: they end where a thing is gone, and where a new one comes.
        gone = (~stays).nonzero()[0]
        gone -= np.arange(len(gone))
        edges = np.unique(np.concatenate([[0, left], gone, ahead]))
        begins, lengths = edges[:-1], np.diff(edges)
        froms = begins + gone.searchsorted(begins, "right")
        intos = begins + ahead.searchsorted(begins, "right")
        self._runs = np.stack([intos, froms, lengths], axis=1)

    def values(self, before: NDArray[Any], new: NDArray[Any], room: int = 0) -> NDArray[Any]:
        """Return the column of what there is now, by that of *before* and of what is *new*.

        Behind it is *room* for so many more.
        """
        column = np.empty((self._count + room, *before.shape[1:]), dtype=before.dtype)
        column[self._places] = new
        if len(self._runs) * _SHORT_RUN > self._count:
            stays = np.ones(self._count, dtype=bool)
            stays[self._places] = False
            column[: self._count][stays] = before[self.stays]
            return column
        for into, begin, length in self._runs.tolist():
            column[into : into + length] = before[begin : begin + length]
        return column


def ahead_of(here: NDArray[np.int32], counts: Ints, there: NDArray[np.int32], new: Ints) -> Ints:
    """Return how many sorted things that stay are ahead of each new one.

    *here* and *there* are the places of these and of those, group by group, and ascend in each
    group. It has so many of each: *counts* and *new*.
    """
    ends, ends_new = counts.cumsum(), new.cumsum()
    groups = new.nonzero()[0]
    bounds = (ends - counts, ends, ends_new - new, ends_new)
    ahead = np.empty(len(there), dtype=np.int64)
    for begin, end, first, last in zip(*(one[groups].tolist() for one in bounds), strict=True):
        ahead[first:last] = begin + here[begin:end].searchsorted(there[first:last])
    return ahead


def ascending(numbers: Ints) -> Ints:
    """Return *numbers* with -1 for those that are out of order, so that the others ascend.

    Those below zero stay as they are. Of all ways to leave some out, the one that leaves the fewest
    is taken.
    """
    known = (numbers >= 0).nonzero()[0]
    if (np.diff(numbers[known]) > 0).all():
        return numbers
    _, ranks, counts = np.unique(numbers[known], return_inverse=True, return_counts=True)
    # What stands side by side, with nothing between and but once, is left or taken together.
    alone = counts[ranks] > 1
    begins = np.append(0, ((np.diff(ranks) != 1) | alone[1:] | alone[:-1]).nonzero()[0] + 1)
    ends = np.append(begins[1:], len(ranks))
    in_order = np.zeros(len(ranks), dtype=bool)
    for run in _heaviest(ranks[begins].tolist(), ranks[ends - 1].tolist()):
        in_order[begins[run] : ends[run]] = True
    found = numbers.copy()
    found[known[~in_order]] = -1
    return found


def _heaviest(firsts: Sequence[int], lasts: Sequence[int]) -> Iterator[int]:
    """Yield those runs, from the last, that ascend from each to the next and have most numbers.

    Each run has all numbers from its first to its last.
    """
    # Of each sum of numbers that is reached, with no lower last number for a higher one: that last
    # number, the sum, and the run. A run is put behind the best that it can follow.
    reached: list[int] = []
    sums: list[int] = []
    runs: list[int] = []
    ahead: list[int] = []
    for run, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        at = bisect_left(reached, first)
        total = last - first + 1 + (sums[at - 1] if at else 0)
        ahead.append(runs[at - 1] if at else -1)
        begin = end = bisect_left(reached, last)
        if begin and sums[begin - 1] >= total:
            continue
        while end < len(sums) and sums[end] <= total:
            end += 1
        reached[begin:end], sums[begin:end], runs[begin:end] = [last], [total], [run]
    chosen = runs[-1]
    while chosen >= 0:
        yield chosen
        chosen = ahead[chosen]
