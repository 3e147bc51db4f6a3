"""Aligns the words of a quotation with those of passages, word by word.

All passages are one sequence. A quotation is aligned with parts of it: gaps cost by their length
up to the cost of a jump to anywhere else, so that a changed word, a dropped clause and a part taken
from another place are each found where they are. It is the alignment of Gotoh (An improved
algorithm for matching biological sequences, 1982), row by row, with free ends in the passages and
a bounded cost of gaps. What the differences mean is left to ``differences``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: What a word adds that is the same, but for its spelling, one that begins alike, or another.
_SAME, _ALIKE, _AKIN, _OTHER = 1.0, 0.98, -0.4, -0.7
#: What a word costs that only the quotation has.
_ADDED = 0.8
#: What the first word costs that only the passage has, and each word after it.
_DROPPED, _DROPPED_NEXT = 0.8, 0.06
#: What it costs besides to leave out the end of a sentence: who drops words drops them within one.
_DROPPED_END = 0.8
#: A jump costs what fifty dropped words do: a name of a few words is not taken from elsewhere.
_JUMP = 4.0
#: Where the quotation marks that words were left out, each word costs this, and a jump the other.
_MARKED_NEXT, _MARKED_JUMP = 0.004, 1.6
#: Words in brackets stand for a few: each of those costs this.
_REPLACED_NEXT = 0.2

Ids = NDArray[np.int64]


# By which step a word is aligned: both have one, the same or another; the passage's is not the next
# one there; only the quotation has it; only the passage has some.
_BOTH, _JUMPED, _ONLY_WRITTEN, _LEFT_OUT = range(4)


@dataclass(frozen=True, slots=True)
class Pair:
    """A word of the quotation and one of the passages, as they are aligned; or only one of them."""

    #: The number of the word in the quotation; ``None`` if only the passage has it.
    written: int | None
    #: The number of the word in the passages; ``None`` if only the quotation has it.
    stands: int | None
    #: Whether it does not follow the pair before it.
    jumped: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Numbered:
    """Words as numbers: equal ones have the same."""

    #: As they are compared, as they are spelled, and their beginnings: all of shape (words,).
    plain: Ids
    spelled: Ids
    begun: Ids
    #: Whether each begins a sentence.
    opens: NDArray[np.bool_]


@dataclass(slots=True, eq=False)
class _Trace:
    """By which step each word of the quotation is best aligned with each of the passages.

    All but the last two are of shape (words of the quotation, words of the passages).
    """

    steps: NDArray[np.int8]
    #: The column after which the words that are dropped before a column begin.
    begun: NDArray[np.int32]
    #: The column that is best to go on from after a mark of omission.
    marked: NDArray[np.int32]
    #: The best column to jump from, of each row.
    jumps: Ids
    omissions: Collection[int]


def aligned(
    written: Numbered,
    passages: Numbered,
    omissions: Collection[int] = (),
    *,
    insertions: Collection[int] = (),
    scale: float = 1.0,
) -> list[Pair]:
    """Return the pairs of the best alignment, in the order of the quotation.

    *omissions* are the words *written*, by number, before which the quotation marks that words
    were left out, and *insertions* those of them before which it put others in. Where each
    character is a word here, *scale* says how many make one.
    """
    count, length = len(written.plain), len(passages.plain)
    if not count or not length:
        return [Pair(number, None) for number in range(count)]
    trace = _Trace(
        steps=np.zeros((count, length), dtype=np.int8),
        begun=np.zeros((count, length), dtype=np.int32),
        marked=np.zeros((count, length), dtype=np.int32),
        jumps=np.zeros(count, dtype=np.int64),
        omissions=frozenset(omissions),
    )
    columns = np.arange(length)
    ramp = np.cumsum(_DROPPED_NEXT + _DROPPED_END * passages.opens)
    best = np.zeros(length + 1)
    for row in range(count):
        jump = _JUMP * scale
        before = best
        if row in omissions:
            jump = _MARKED_JUMP * scale
            before, trace.marked[row] = _carried(
                best, _REPLACED_NEXT if row in insertions else _MARKED_NEXT
            )
        came = int(best.argmax())
        trace.jumps[row] = came
        entered = before[:-1]
        jumping = best[came] - jump > entered
        score = np.where(passages.begun == written.begun[row], _AKIN, _OTHER)
        score[passages.plain == written.plain[row]] = _ALIKE
        score[passages.spelled == written.spelled[row]] = _SAME
        both = score + np.where(jumping, best[came] - jump, entered)
        trace.steps[row] = jumping
        added = best[1:] - _ADDED
        if (better := added > both).any():
            trace.steps[row][better] = _ONLY_WRITTEN
            both = np.where(better, added, both)
        # The best column before each from which the words between are dropped.
        reach = both + ramp
        highest = np.maximum.accumulate(reach)
        source = np.maximum.accumulate(np.where(reach >= highest, columns, 0))
        dropped = np.full(length, -np.inf)
        dropped[1:] = highest[:-1] - ramp[1:] - (_DROPPED - _DROPPED_NEXT)
        if (better := dropped > both).any():
            trace.steps[row][better] = _LEFT_OUT
            trace.begun[row][1:] = source[:-1]
            both = np.where(better, dropped, both)
        best = np.empty(length + 1)
        # Nothing of the passages is needed before the quotation begins.
        best[0] = -_ADDED * (row + 1)
        best[1:] = both
    return _traced(int(best[1:].argmax()), trace)


def _carried(best: NDArray[np.float64], cost: float) -> tuple[NDArray[np.float64], Ids]:
    """Return the best score at or before each column, less *cost* a column, and where it was."""
    columns = np.arange(len(best))
    reach = best + columns * cost
    highest = np.maximum.accumulate(reach)
    source = np.maximum.accumulate(np.where(reach >= highest, columns, 0))
    return highest - columns * cost, source[:-1]


def _traced(column: int, trace: _Trace) -> list[Pair]:
    """Return the pairs that lead to the end of the quotation at *column*."""
    pairs: list[Pair] = []
    row = len(trace.steps) - 1
    while row >= 0:
        if column < 0:
            pairs.append(Pair(row, None))
            row -= 1
            continue
        step = int(trace.steps[row, column])
        if step == _LEFT_OUT:
            first = int(trace.begun[row, column])
            pairs += [Pair(None, number) for number in range(column, first, -1)]
            column = first
        elif step == _ONLY_WRITTEN:
            pairs.append(Pair(row, None))
            row -= 1
        else:
            jumped = step == _JUMPED
            pairs.append(Pair(row, column, jumped))
            # Columns of the row before are counted from its beginning, where nothing is aligned.
            came = int(trace.jumps[row]) if jumped else column
            if not jumped and row in trace.omissions:
                came = int(trace.marked[row, column])
            column = came - 1
            row -= 1
    return pairs[::-1]
