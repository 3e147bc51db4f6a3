"""Finds the words on record that begin as a word does that is still being typed.

``query_reader`` decides whether the last word of a question is one; here a beginning is completed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from heapq import nlargest

#: A shorter beginning, in characters, is that of too many words to show anything by it.
_SHORTEST = 3
#: So many words at most complete a beginning. With three letters typed it has hundreds in a large
#: record, and the commonest of them are what is searched for most.
_MOST = 8
#: Sorts behind every letter that can follow a beginning.
_LAST = chr(0x10FFFF)


class Beginnings:
    """The words of one record, to be found by how they begin."""

    def __init__(self, words: Mapping[str, int]) -> None:
        """Sort the folded *words* on record, each with how often it occurs."""
        self._counts = words
        self._sorted = sorted(words)

    def completed(self, beginning: str) -> list[str]:
        """Return the words that begin with the folded *beginning*, the commonest first.

        None for fewer than three characters, and never more than eight. *beginning* itself is none
        of them.

        >>> Beginnings({"kashmir": 9, "kashgar": 2, "cash": 5}).completed("kash")
        ['kashmir', 'kashgar']
        """
        if len(beginning) < _SHORTEST:
            return []
        first = bisect_left(self._sorted, beginning)
        last = bisect_left(self._sorted, beginning + _LAST, first)
        longer = (word for word in self._sorted[first:last] if word != beginning)
        return nlargest(_MOST, longer, key=self._counts.__getitem__)
