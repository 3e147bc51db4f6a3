"""Scores the paragraphs of a record by a query's postings, and finds the best: in C, or by NumPy.

Both give the same scores, to the last bit, and the same best. What the scores are, ``bm25`` tells;
``kernel`` tells which way is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.postings.bm25 import Mask, Numbers, PostingsBM25, Scores
from index.postings.kernel import BUILT, in_c

if BUILT:
    from index.postings import _kernel


class Scored(Protocol):
    """The scores of all paragraphs for one query."""

    @property
    def scores(self) -> Scores:
        """The score of every paragraph: 0.0 for one that has no word of the query."""

    @property
    def paragraphs(self) -> NDArray[np.int32]:
        """The paragraphs of all the postings, one slice after the other."""

    def best(self, k: int, allowed: Mask | None = None) -> Numbers:
        """Return the *k* best that match, best first, among those *allowed*; as ``bm25.best``."""


class Scorer:
    """Scores the paragraphs of one record; built once."""

    def __init__(self, bm25: PostingsBM25) -> None:
        """Score by the postings of *bm25*."""
        self._bm25 = bm25
        #: Memory that no query uses now. There is one for each thread that scores at a time.
        self._idle: list[_Memory] = []

    @contextmanager
    def scored(
        self, postings: Sequence[slice], boost: Sequence[float | Scores]
    ) -> Iterator[Scored]:
        """Give the scores by *postings*, each slice multiplied by its *boost*, within the block.

        After it they are no more.
        """
        if not in_c():
            yield _ByNumPy(self._bm25, postings, boost)
            return
        try:
            memory = self._idle.pop()
        except IndexError:
            memory = _Memory(self._bm25.corpus_size)
        scored = _InC(self._bm25, memory, postings, boost)
        try:
            yield scored
        finally:
            scored.clear()
            self._idle.append(memory)


class _ByNumPy:
    """The scores of one query, summed and searched by NumPy."""

    def __init__(
        self, bm25: PostingsBM25, postings: Sequence[slice], boost: Sequence[float | Scores]
    ) -> None:
        self._bm25, self._postings = bm25, postings
        self.paragraphs = bm25.paragraphs_of(postings)
        self.scores = bm25.sum(postings, boost, self.paragraphs)

    def best(self, k: int, allowed: Mask | None = None) -> Numbers:
        return self._bm25.best(self.scores, self._postings, k, allowed)


class _Memory:
    """Zeros for the scores of all paragraphs, and room to list those that match.

    These are 13 bytes for each. They are used again for the next query: to make a megabyte of zeros
    takes longer than to score. If a damaged index stops the scoring half-way, they are thrown away.
    """

    def __init__(self, paragraphs: int) -> None:
        self.scores, self.seen = np.zeros(paragraphs), np.zeros(paragraphs, dtype=np.uint8)
        self.matching = np.zeros(paragraphs, dtype=np.int32)


class _InC:
    """The scores of one query, summed and searched in C."""

    def __init__(
        self,
        bm25: PostingsBM25,
        memory: _Memory,
        postings: Sequence[slice],
        boost: Sequence[float | Scores],
    ) -> None:
        self._bm25, self._postings = bm25, postings
        self._memory, self.scores = memory, memory.scores
        self._matches = _kernel.accumulate(
            bm25.paragraphs,
            bm25.weights,
            list(postings),
            list(boost),
            memory.scores,
            memory.seen,
            memory.matching,
        )

    @property
    def paragraphs(self) -> NDArray[np.int32]:
        return self._bm25.paragraphs_of(self._postings)

    def best(self, k: int, allowed: Mask | None = None) -> Numbers:
        best = _kernel.best(self.scores, self._memory.matching, self._matches, k, allowed)
        return np.frombuffer(best, dtype=np.int64)

    def clear(self) -> None:
        memory = self._memory
        _kernel.clear(memory.scores, memory.seen, memory.matching, self._matches)
