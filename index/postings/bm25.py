"""BM25 as rank_bm25 computes it, kept as postings so that a question takes microseconds.

``rank_bm25.BM25Okapi`` visits every paragraph for every term of a question. Most paragraphs lack a
term, which adds exactly 0.0 there; so it is enough to keep, for each term, the paragraphs that have
it and what it adds to their scores. The idf is computed by rank_bm25 itself and the weights by its
expression, in its order of operations, so the scores are the same to the last bit.

Source of the formula: Trotman, Puurula and Burgess, "Improvements to BM25 and Language Models
Examined" (2014). Splitting text into terms is left to ``terms``, and deciding what to show to
``index.ranking``.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Hashable, ItemsView, Iterable, KeysView, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

Scores = NDArray[np.float64]
Numbers = NDArray[np.int64]
#: Which paragraphs of the record are chosen: shape (paragraphs,).
Mask = NDArray[np.bool_]


def idf(paragraphs: int, df: int) -> float:
    """Return how rare a term is that *df* of *paragraphs* paragraphs have, in nats; never negative.

    This is Lucene's form of the BM25 idf, ``ln(1 + (N - df + 0.5) / (df + 0.5))``. It is used for
    sentences and for refusing, where rank_bm25's idf, which is negative for a common term, would
    make it worse to have a word than to lack it.
    """
    return math.log(1 + (paragraphs - df + 0.5) / (df + 0.5))


@dataclass(frozen=True, slots=True)
class NumberedTokens:
    """The tokens of all paragraphs, as the numbers of their terms."""

    #: Each term with its number, in the order in which they first occur.
    numbers: Mapping[str, int]
    #: The number of each token's term, paragraph by paragraph.
    tokens: NDArray[np.int32]
    #: The number of tokens of each paragraph.
    lengths: list[int]


def numbered(
    corpus: Iterable[Sequence[str]], known: Mapping[str, int] | None = None
) -> NumberedTokens:
    """Number the terms of *corpus* as they first occur, after those that are *known*."""
    numbers = defaultdict(count(len(known or ())).__next__, known or {})
    tokens, lengths = array("i"), []
    # One by one, as a generator may read them from the record only now.
    for terms in corpus:
        tokens.extend(map(numbers.__getitem__, terms))
        lengths.append(len(terms))
    return NumberedTokens(dict(numbers), np.array(tokens), lengths)


class PostingsBM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 ships no types
    """``BM25Okapi`` with the same scores, for paragraphs numbered from 0.

    Unlike its parent it accepts a record without paragraphs, and keeps the positions of terms
    instead of a copy of the texts: the tokens of all paragraphs are numbered in one sequence, and a
    position is a token's number.
    """

    idf: dict[Hashable, float]
    corpus_size: int

    def __init__(
        self,
        corpus: Iterable[Sequence[str]] | NumberedTokens,
        k1: float = 1.5,
        b: float = 0.75,
        epsilon: float = 0.25,
    ) -> None:
        """Index *corpus*: for each paragraph, its terms in order. The defaults are rank_bm25's."""
        super().__init__(corpus, None, k1, b, epsilon)
        self._weigh()

    def _initialize(self, corpus: Iterable[Sequence[str]] | NumberedTokens) -> dict[Hashable, int]:
        """Sort the tokens of *corpus* into postings; return how many paragraphs have each term.

        The terms keep the order in which they first occur, in which rank_bm25 averages their idf.
        """
        read = corpus if isinstance(corpus, NumberedTokens) else numbered(corpus)
        numbers, tokens, self.doc_len = read.numbers, read.tokens, read.lengths
        self.corpus_size = len(self.doc_len)
        #: The number of terms of each paragraph.
        self.lengths = np.array(self.doc_len, dtype=np.int64)
        self._ends = np.cumsum(self.lengths)
        self.avgdl = sum(self.doc_len) / self.corpus_size if self.corpus_size else 0.0
        self._term_numbers: dict[Hashable, int] = dict(numbers.items())
        #: The positions of all tokens: those of one term side by side, in ascending order.
        self.positions = np.argsort(tokens, kind="stable").astype(np.int32)
        term = tokens[self.positions]
        here = np.repeat(np.arange(self.corpus_size, dtype=np.int32), self.doc_len)[self.positions]
        # A posting is the positions of one term in one paragraph.
        begins = np.flatnonzero(np.diff(term, prepend=-1) | np.diff(here, prepend=-1))
        #: The paragraph of each posting, and where its positions begin; one more ends the last.
        self.paragraphs = here[begins]
        self.begins = np.append(begins, len(tokens)).astype(np.int32)
        df = np.bincount(term[begins], minlength=len(numbers))
        self._bounds = [0, *np.cumsum(df).tolist()]
        return dict(zip(self._term_numbers, df.tolist(), strict=True))

    def _calc_idf(self, nd: dict[Hashable, int]) -> None:
        if nd:
            super()._calc_idf(nd)
        else:
            self.average_idf = 0.0

    def _weigh(self) -> None:
        """Compute what each posting adds to its paragraph's score, by rank_bm25's expression."""
        idf = np.repeat(
            np.array([self.idf[term] for term in self._term_numbers], dtype=np.float64),
            np.diff(self._bounds),
        )
        tf = np.diff(self.begins)
        doc_len = self.lengths[self.paragraphs]
        #: What each posting adds to its paragraph's score.
        self.weights: Scores = idf * (
            tf * (self.k1 + 1) / (tf + self.k1 * (1 - self.b + self.b * doc_len / self.avgdl))
            if len(tf)
            else np.zeros(0)
        )

    def extend(self, phrases: Iterable[tuple[Hashable, ...]]) -> None:
        """Add *phrases*, each a tuple of consecutive terms, as terms of their own.

        rank_bm25 has no phrases. They are weighed as it weighs a word, and change no word's weight.
        """
        added = [
            (phrase, self._run(phrase)) for phrase in phrases if phrase not in self._term_numbers
        ]
        added = [(phrase, positions) for phrase, positions in added if len(positions)]
        if not added:
            return
        paragraphs, begins, weights = [self.paragraphs], [self.begins], [self.weights]
        for phrase, positions in added:
            here = np.searchsorted(self._ends, positions, side="right").astype(np.int32)
            first = np.flatnonzero(np.diff(here, prepend=-1))
            ending = begins[-1][-1] + len(positions)
            starts = begins[-1][-1] + first
            begins[-1] = begins[-1][:-1]
            begins.append(np.append(starts, ending).astype(np.int32))
            df, tf = len(first), np.diff(begins[-1])
            idf = math.log(self.corpus_size - df + 0.5) - math.log(df + 0.5)
            self.idf[phrase] = idf = idf if idf >= 0 else self.epsilon * self.average_idf
            length = self.lengths[here[first]] / self.avgdl
            paragraphs.append(here[first])
            weights.append(
                idf * (tf * (self.k1 + 1) / (tf + self.k1 * (1 - self.b + self.b * length)))
            )
            self._term_numbers[phrase] = len(self._bounds) - 1
            self._bounds.append(self._bounds[-1] + df)
        self.positions = np.concatenate([self.positions, *(positions for _, positions in added)])
        self.paragraphs = np.concatenate(paragraphs)
        self.begins = np.concatenate(begins)
        self.weights = np.concatenate(weights)

    def having(self, phrase: tuple[Hashable, ...]) -> NDArray[np.int64]:
        """Return the paragraphs in which the terms of *phrase* stand side by side, ascending."""
        if len(phrase) == 1:
            alone = self.postings(phrase[0])
            found = self.paragraphs[alone] if alone else np.zeros(0)
            return found.astype(np.int64)
        here = np.searchsorted(self._ends, self._run(phrase), side="right")
        return np.unique(here).astype(np.int64)

    def _run(self, phrase: tuple[Hashable, ...]) -> NDArray[np.int32]:
        """Return the positions at which *phrase* begins, all its terms in one paragraph."""
        found = [self.postings(term) for term in phrase]
        if not phrase or None in found:
            return np.zeros(0, dtype=np.int32)
        of_term = [
            self.positions[self.begins[one.start] : self.begins[one.stop]] for one in found if one
        ]
        # Beginning with the rarest, there are the fewest positions to compare.
        in_order = sorted(range(len(of_term)), key=lambda offset: len(of_term[offset]))
        positions = of_term[in_order[0]] - in_order[0]
        for offset in in_order[1:]:
            if not len(positions):
                break
            others = of_term[offset]
            at = np.searchsorted(others, positions + offset)
            positions = positions.compress(others.take(at, mode="clip") == positions + offset)
        last = positions + (len(phrase) - 1)
        whole = np.searchsorted(self._ends, positions, "right") == np.searchsorted(
            self._ends, last, "right"
        )
        run: NDArray[np.int32] = positions[whole]
        return run

    def postings(self, term: Hashable) -> slice | None:
        """Return the postings of *term* as a slice of all, or ``None``; paragraphs ascend in it."""
        number = self._term_numbers.get(term)
        return None if number is None else slice(self._bounds[number], self._bounds[number + 1])

    def df(self, term: Hashable) -> int:
        """Return the number of paragraphs that have *term*."""
        number = self._term_numbers.get(term)
        return 0 if number is None else self._bounds[number + 1] - self._bounds[number]

    def terms(self) -> KeysView[Hashable]:
        """Return every term."""
        return self._term_numbers.keys()

    def term_numbers(self) -> ItemsView[Hashable, int]:
        """Return every term with its number."""
        return self._term_numbers.items()

    def term_number(self, term: Hashable) -> int:
        """Return the number of *term* among all terms, or -1."""
        return self._term_numbers.get(term, -1)

    def token_terms(self) -> NDArray[np.int32]:
        """Return the number of each token's term, in the order of the texts."""
        tokens = sum(self.doc_len)
        terms = np.empty(tokens, dtype=np.int32)
        in_order = self.begins[self._bounds]
        terms[self.positions[:tokens]] = np.repeat(
            np.arange(len(self._term_numbers)), np.diff(in_order)
        )[:tokens]
        return terms

    def get_scores(self, query: Iterable[Hashable]) -> Scores:
        """Return the score of every paragraph: float64, shape (paragraphs,)."""
        found = [one for one in map(self.postings, query) if one]
        if not found:
            return np.zeros(self.corpus_size)
        return self.sum(found, [1.0] * len(found), self.paragraphs_of(found))

    def get_batch_scores(self, query: Iterable[Hashable], doc_ids: Sequence[int]) -> list[float]:
        """Return the scores of the paragraphs *doc_ids* only."""
        scores: list[float] = self.get_scores(query)[list(doc_ids)].tolist()
        return scores

    def paragraphs_of(self, postings: Sequence[slice]) -> NDArray[np.int32]:
        """Return the paragraphs of all *postings*, one slice after the other."""
        return np.concatenate([self.paragraphs[one] for one in postings])

    def sum(
        self,
        postings: Sequence[slice],
        boost: Sequence[float | Scores],
        paragraphs: NDArray[np.int32],
    ) -> Scores:
        """Return the score of every paragraph by *postings*, each slice multiplied by its *boost*.

        *paragraphs* are ``paragraphs_of`` these postings.
        """
        # bincount adds in the order of its input: term by term, as rank_bm25 does.
        boosted = zip(postings, boost, strict=True)
        weights = np.concatenate([self.weights[one] * times for one, times in boosted])
        return np.bincount(paragraphs, weights, minlength=self.corpus_size).astype(
            np.float64, copy=False
        )

    def best(
        self,
        scores: Scores,
        postings: Sequence[slice],
        k: int,
        allowed: NDArray[np.bool_] | None = None,
    ) -> Numbers:
        """Return the *k* paragraphs of *postings* with the best *scores*, among those *allowed*.

        The best comes first; of equals, the earlier. Scores may be zero or negative: a term in half
        of all paragraphs or more has no positive idf, but a paragraph that has it still matches.

        An exact bound avoids a full sort: k paragraphs of one term reach the k-th best score among
        them, so no paragraph below that score is among the k best.
        """
        if allowed is not None:
            matching = np.zeros(self.corpus_size, dtype=bool)
            for one in postings:
                matching[self.paragraphs[one]] = True
            kept = (matching & allowed).nonzero()[0]
            if len(kept) > k:
                among = scores[kept]
                among.partition(len(among) - k)
                kept = kept[scores[kept] >= among[len(among) - k]]
            return self._first(kept, scores, k)
        enough = [one for one in postings if one.stop - one.start >= k]
        bound = -np.inf
        if enough:
            rarest = min(enough, key=lambda one: one.stop - one.start)
            among = scores[self.paragraphs[rarest]]
            among.partition(len(among) - k)
            bound = among[len(among) - k]
        if bound > 0:
            # A paragraph without any of the terms scores exactly 0.0, so all these match.
            kept = (scores >= bound).nonzero()[0]
        else:
            kept = np.unique(np.concatenate([self.paragraphs[one] for one in postings]))
            kept = kept[scores[kept] >= bound]
        return self._first(kept, scores, k)

    @staticmethod
    def _first(ascending: NDArray[np.integer], scores: Scores, k: int) -> Numbers:
        """Return the *k* best of *ascending* paragraphs, best first; of equals, the earlier."""
        order = (-scores[ascending]).argsort(kind="stable")
        first: Numbers = ascending[order[:k]].astype(np.int64)
        return first

    def top(self, query: Iterable[Hashable], k: int) -> tuple[Numbers, Scores]:
        """Return the *k* best paragraphs that have a term of *query*, and their scores."""
        found = [one for one in map(self.postings, query) if one]
        if not found or k < 1:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        scores = self.sum(found, [1.0] * len(found), self.paragraphs_of(found))
        best = self.best(scores, found, k)
        return best, scores[best]
