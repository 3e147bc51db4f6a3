"""BM25 as rank_bm25 computes it, kept as postings so that a question costs microseconds.

``rank_bm25.BM25Okapi`` walks every paragraph for every term of a question. A term is absent from
most paragraphs, where it adds exactly 0.0; so it is enough to keep, for each term, the paragraphs
that have it and what it adds there. The idf and the weights are rank_bm25's own expressions in
their own order of operations, so the scores are the same to the last bit.

Source of the formula: Trotman, Puurula and Burgess, Improvements to BM25 and Language Models
Examined (2014). What is not done here: splitting text into terms, and deciding what to show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

Scores = NDArray[np.float64]
Numbers = NDArray[np.int64]


class PostingsBM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 ships no types
    """``BM25Okapi`` with the same scores, for paragraphs numbered from 0.

    Unlike its parent it takes a record of no paragraphs, and keeps no copy of the terms.
    """

    idf: dict[Hashable, float]
    corpus_size: int

    def __init__(
        self,
        corpus: Iterable[Sequence[Hashable]],
        k1: float = 1.5,
        b: float = 0.75,
        epsilon: float = 0.25,
    ) -> None:
        """Index *corpus*: for each paragraph, its terms in order. The defaults are rank_bm25's."""
        super().__init__(corpus, None, k1, b, epsilon)
        self._weigh()

    def _initialize(self, corpus: Iterable[Sequence[Hashable]]) -> dict[Hashable, int]:
        """Count the terms of *corpus* into postings; return how many paragraphs have each.

        The terms keep the order in which they first occur: rank_bm25 averages the idf in it.
        """
        slots: dict[Hashable, int] = {}
        term_slots: list[int] = []
        paragraphs: list[int] = []
        frequencies: list[int] = []
        for number, terms in enumerate(corpus):
            self.doc_len.append(len(terms))
            for term, tf in Counter(terms).items():
                term_slots.append(slots.setdefault(term, len(slots)))
                paragraphs.append(number)
                frequencies.append(tf)
        self.corpus_size = len(self.doc_len)
        self.avgdl = sum(self.doc_len) / self.corpus_size if self.corpus_size else 0.0
        by_slot = np.array(term_slots, dtype=np.int32)
        order = np.argsort(by_slot, kind="stable")
        df = np.bincount(by_slot, minlength=len(slots))
        self._slots = slots
        self._paragraphs = np.array(paragraphs, dtype=np.int32)[order]
        self._frequencies = np.array(frequencies, dtype=np.int32)[order]
        self._bounds = np.concatenate([[0], np.cumsum(df)]).astype(np.int64)
        return dict(zip(slots, df.tolist(), strict=True))

    def _calc_idf(self, nd: dict[Hashable, int]) -> None:
        if nd:
            super()._calc_idf(nd)
        else:
            self.average_idf = 0.0

    def _weigh(self) -> None:
        """Compute what each posting adds to its paragraph's score, by rank_bm25's expression."""
        idf = np.repeat(
            np.array([self.idf[term] for term in self._slots], dtype=np.float64),
            np.diff(self._bounds),
        )
        tf = self._frequencies
        doc_len = np.array(self.doc_len, dtype=np.int64)[self._paragraphs]
        self._weights: Scores = idf * (
            tf * (self.k1 + 1) / (tf + self.k1 * (1 - self.b + self.b * doc_len / self.avgdl))
            if len(tf)
            else np.zeros(0)
        )

    def df(self, term: Hashable) -> int:
        """Return the number of paragraphs that have *term*."""
        slot = self._slots.get(term)
        return 0 if slot is None else int(self._bounds[slot + 1] - self._bounds[slot])

    def get_scores(self, query: Iterable[Hashable]) -> Scores:
        """Return the score of every paragraph: float64, shape (paragraphs,)."""
        slices = self._slices(query)
        if not slices:
            return np.zeros(self.corpus_size)
        # bincount adds in the order of its input: term by term, as rank_bm25 does.
        scores: Scores = np.bincount(
            np.concatenate([self._paragraphs[one] for one in slices]),
            np.concatenate([self._weights[one] for one in slices]),
            minlength=self.corpus_size,
        ).astype(np.float64, copy=False)
        return scores

    def get_batch_scores(self, query: Iterable[Hashable], doc_ids: Sequence[int]) -> list[float]:
        """Return the scores of the paragraphs *doc_ids* only."""
        scores: list[float] = self.get_scores(query)[list(doc_ids)].tolist()
        return scores

    def top(self, query: Iterable[Hashable], k: int) -> tuple[Numbers, Scores]:
        """Return the *k* best paragraphs that have a term of *query*, and their scores.

        Best first; of equals, the earlier. Scores may be zero or negative: a term in half of all
        paragraphs or more has no positive idf, and a paragraph that has it is a match all the same.

        A full sort is avoided by an exact bound. The paragraphs of any one term are paragraphs, so
        the k-th best score among them is a score that k paragraphs reach; whatever is below it is
        not among the k best.
        """
        query = list(query)
        slices = self._slices(query)
        if not slices or k < 1:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        scores = self.get_scores(query)
        enough = [one for one in slices if one.stop - one.start >= k]
        bound = -np.inf
        if enough:
            rarest = min(enough, key=lambda one: one.stop - one.start)
            among = scores[self._paragraphs[rarest]]
            bound = np.partition(among, len(among) - k)[len(among) - k]
        if bound > 0:
            # Without a term of the query a paragraph scores exactly 0.0, so these all match.
            kept = np.flatnonzero(scores >= bound)
        else:
            matching = np.unique(np.concatenate([self._paragraphs[one] for one in slices]))
            kept = matching[scores[matching] >= bound]
        best = kept[np.lexsort((kept, -scores[kept]))[:k]]
        return best.astype(np.int64), scores[best]

    def _slices(self, query: Iterable[Hashable]) -> list[slice]:
        slots = [self._slots[term] for term in query if term in self._slots]
        return [slice(int(self._bounds[s]), int(self._bounds[s + 1])) for s in slots]
