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
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index.keeping.columns import Keeper, Kept
from index.postings.kernel import BUILT, in_c
from index.postings.tokens import SortedTokens, numbered, sorted_tokens

if BUILT:
    from index.postings import _kernel

Scores = NDArray[np.float64]
Numbers = NDArray[np.int64]
#: Which paragraphs of the record are chosen: shape (paragraphs,).
Mask = NDArray[np.bool_]
#: So many postings are weighed at once.
_PART = 1 << 16


def idf(paragraphs: int, df: int) -> float:
    """Return how rare a term is that *df* of *paragraphs* paragraphs have, in nats; never negative.

    This is Lucene's form of the BM25 idf, ``ln(1 + (N - df + 0.5) / (df + 0.5))``. It is used for
    sentences and for refusing, where rank_bm25's idf, which is negative for a common term, would
    make it worse to have a word than to lack it.
    """
    return math.log(1 + (paragraphs - df + 0.5) / (df + 0.5))


class PostingsBM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 ships no types
    """``BM25Okapi`` with the same scores, for paragraphs numbered from 0.

    Unlike its parent it accepts a record without paragraphs, and keeps the positions of terms
    instead of a copy of the texts: the tokens of all paragraphs are numbered in one sequence, and a
    position is a token's number.
    """

    idf: _ByTerm
    corpus_size: int
    #: The number of terms of each paragraph.
    doc_len: Sequence[int]
    _terms: _Terms

    def __init__(
        self,
        corpus: Iterable[Sequence[str]] | SortedTokens,
        k1: float = 1.5,
        b: float = 0.75,
        epsilon: float = 0.25,
    ) -> None:
        """Index *corpus*: for each paragraph, its terms in order. The defaults are rank_bm25's."""
        super().__init__(corpus, None, k1, b, epsilon)
        # By the numbers of the terms, as they came from ``_initialize``.
        by_number = cast("dict[int, float]", self.idf)
        of_each = np.empty(len(by_number))
        of_each[list(by_number)] = list(by_number.values())
        self.idf = _ByTerm(self._terms, of_each)

    def keep(self, to: Keeper) -> None:
        """Write the postings *to* columns."""
        to.numbered("words", self.words)
        to.value("phrases", list(map(list, self._terms.phrases)))
        to.value("parameters", [self.k1, self.b, self.epsilon, self.average_idf])
        to.arrays(
            lengths=self.lengths,
            ends=self._ends,
            positions=self.positions,
            begins=self.begins,
            paragraphs=self.paragraphs,
            weights=self.weights,
            bounds=np.array(self._bounds, dtype=np.int64),
            idf=self.idf.values_of_each,
        )

    @classmethod
    def kept(cls, of: Kept) -> PostingsBM25:
        """Return the postings that ``keep`` wrote."""
        made = cls.__new__(cls)
        made._terms = _Terms(of.numbered("words"), map(tuple, of.value("phrases")))
        made.k1, made.b, made.epsilon, made.average_idf = of.value("parameters")
        made.lengths, made._ends = of.array("lengths", "i8"), of.array("ends", "i8")
        made.doc_len, made.corpus_size = made.lengths.data, len(made.lengths)
        made.avgdl = int(made._ends[-1]) / made.corpus_size if made.corpus_size else 0.0
        made.positions, made.begins = of.array("positions", "i4"), of.array("begins", "i4")
        made.paragraphs = of.array("paragraphs", "i4")
        made.__dict__["weights"] = of.array("weights", "f8")
        made._bounds = of.ints("bounds")
        made.idf = _ByTerm(made._terms, of.array("idf", "f8"))
        return made

    @property
    def words(self) -> Mapping[str, int]:
        """Every word with its number, in the order of the numbers."""
        return self._terms.words

    @property
    def tokens(self) -> SortedTokens:
        """The tokens in the order of the postings, without the phrases."""
        words = len(self.words)
        bounds = np.asarray(self._bounds[: words + 1])
        begins = self.begins[: bounds[-1] + 1]
        return SortedTokens(
            words=self.words,
            lengths=self.lengths,
            positions=self.positions[: begins[-1]],
            paragraphs=self.paragraphs[: bounds[-1]],
            begins=begins,
            df=np.diff(bounds),
        )

    def _initialize(self, corpus: Iterable[Sequence[str]] | SortedTokens) -> dict[int, int]:
        """Take the postings of *corpus*; return how many paragraphs have each term, by its number.

        The terms are in the order in which they first occur: rank_bm25 averages their idf in it.
        """
        read = corpus if isinstance(corpus, SortedTokens) else sorted_tokens(numbered(corpus))
        #: The number of terms of each paragraph.
        self.lengths = read.lengths
        self.doc_len, self.corpus_size = self.lengths.data, len(self.lengths)
        self._ends = np.cumsum(self.lengths)
        self.avgdl = int(self._ends[-1]) / self.corpus_size if self.corpus_size else 0.0
        self._terms = _Terms(read.words)
        #: The positions of all tokens: those of one term side by side, in ascending order.
        self.positions = read.positions
        #: The paragraph of each posting, and where its positions begin; one more ends the last.
        self.paragraphs, self.begins = read.paragraphs, read.begins
        bounds = np.append(0, np.cumsum(read.df))
        self._bounds: Sequence[int] = bounds.tolist()
        first = self.positions[self.begins[bounds[:-1]]]
        in_order = np.argsort(first)
        return dict(zip(in_order.tolist(), read.df[in_order].tolist(), strict=True))

    def _calc_idf(self, nd: dict[int, int]) -> None:
        if nd:
            super()._calc_idf(nd)
        else:
            self.average_idf = 0.0

    def prepare(self) -> None:
        """Weigh all postings now, and not when the first question comes."""
        _ = self.weights

    @cached_property
    def weights(self) -> Scores:
        """What each posting adds to its paragraph's score, by rank_bm25's expression."""
        weights: Scores = self.idf.values_of_each.repeat(np.diff(self._bounds))
        # Part by part, as each step would take the memory of all weights.
        for begin in range(0, len(weights), _PART):
            part = slice(begin, min(begin + _PART, len(weights)))
            tf = np.diff(self.begins[begin : part.stop + 1])
            doc_len = self.lengths[self.paragraphs[part]]
            weights[part] *= (
                tf * (self.k1 + 1) / (tf + self.k1 * (1 - self.b + self.b * doc_len / self.avgdl))
            )
        return weights

    def extend(self, phrases: Iterable[tuple[Hashable, ...]]) -> None:
        """Add *phrases*, each a tuple of consecutive terms, as terms of their own.

        rank_bm25 has no phrases. They are weighed as it weighs a word, and change no word's weight.
        """
        known = self._terms.phrases
        added = [(phrase, self._run(phrase)) for phrase in phrases if phrase not in known]
        added = [(phrase, positions) for phrase, positions in added if len(positions)]
        if not added:
            return
        paragraphs, begins, end = [self.paragraphs], [self.begins[:-1]], len(self.positions)
        bounds, of_phrases = [*self._bounds], []
        for phrase, positions in added:
            here = self.paragraphs_at(positions).astype(np.int32)
            first = np.flatnonzero(np.diff(here, prepend=-1))
            paragraphs.append(here[first])
            begins.append((end + first).astype(np.int32))
            end += len(positions)
            df = len(first)
            idf = math.log(self.corpus_size - df + 0.5) - math.log(df + 0.5)
            of_phrases.append(idf if idf >= 0 else self.epsilon * self.average_idf)
            known[phrase] = len(bounds) - 1
            bounds.append(bounds[-1] + df)
        self._bounds = bounds
        self.idf = _ByTerm(self._terms, np.append(self.idf.values_of_each, of_phrases))
        self.positions = np.concatenate([self.positions, *(positions for _, positions in added)])
        self.paragraphs = np.concatenate(paragraphs)
        self.begins = np.concatenate([*begins, np.array([end], dtype=np.int32)])
        self.__dict__.pop("weights", None)

    def having(self, phrase: tuple[Hashable, ...]) -> NDArray[np.int64]:
        """Return the paragraphs in which the terms of *phrase* stand side by side, ascending."""
        if len(phrase) == 1:
            return self.having_term(phrase[0]).astype(np.int64)
        if in_c():
            terms = self._positions_of(phrase)
            return np.frombuffer(_kernel.having(self.positions, terms, self._ends), dtype=np.int64)
        here = self.paragraphs_at(self._run(phrase))
        # The positions ascend, and so do these.
        each: NDArray[np.int64] = here[np.diff(here, prepend=-1) != 0].astype(np.int64)
        return each

    def having_term(self, term: Hashable) -> NDArray[np.int32]:
        """Return the paragraphs that have *term*, ascending; they are not to be written to."""
        return self.paragraphs[self.postings(term) or slice(0)]

    def _positions_of(self, phrase: tuple[Hashable, ...]) -> list[slice]:
        """Return where the positions of each term of *phrase* are; none if a term has none."""
        found = [self.postings(term) for term in phrase]
        if None in found:
            return []
        begins = self.begins
        return [slice(begins[one.start], begins[one.stop]) for one in found if one]

    def _run(self, phrase: tuple[Hashable, ...]) -> NDArray[np.int32]:
        """Return the positions at which *phrase* begins, all its terms in one paragraph."""
        of_term = [self.positions[one] for one in self._positions_of(phrase)]
        if not of_term:
            return np.zeros(0, dtype=np.int32)
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
        run: NDArray[np.int32] = positions[
            self.paragraphs_at(positions) == self.paragraphs_at(last)
        ]
        return run

    def paragraphs_at(self, positions: NDArray[np.integer]) -> Numbers:
        """Return the paragraph that each of *positions* is in."""
        return self._ends.searchsorted(positions, "right")

    def postings(self, term: Hashable) -> slice | None:
        """Return the postings of *term* as a slice of all, or ``None``; paragraphs ascend in it."""
        number = self._terms.number(term)
        return None if number < 0 else slice(self._bounds[number], self._bounds[number + 1])

    def df(self, term: Hashable) -> int:
        """Return the number of paragraphs that have *term*."""
        number = self._terms.number(term)
        return 0 if number < 0 else self._bounds[number + 1] - self._bounds[number]

    def term_number(self, term: Hashable) -> int:
        """Return the number of *term* among all terms, or -1."""
        return self._terms.number(term)

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
        if len(ascending) > 2 * k > 0:
            # Only those that score as the last of them does, or better, are sorted.
            among = scores[ascending]
            least = np.partition(among, len(among) - k)[len(among) - k]
            ascending = ascending[among >= least]
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


class _Terms:
    """The terms of some postings, each with its number: the words, and after them the phrases."""

    def __init__(
        self, words: Mapping[str, int], phrases: Iterable[tuple[Hashable, ...]] = ()
    ) -> None:
        #: In the order of their numbers.
        self.words = words
        numbered = enumerate(phrases, len(words))
        self.phrases: dict[tuple[Hashable, ...], int] = {one: number for number, one in numbered}

    def __len__(self) -> int:
        return len(self.words) + len(self.phrases)

    def __iter__(self) -> Iterator[Hashable]:
        """Yield every term, in the order of their numbers."""
        yield from self.words
        yield from self.phrases

    def number(self, term: Hashable) -> int:
        """Return the number of *term*, or -1."""
        if isinstance(term, str):
            return self.words.get(term, -1)
        return self.phrases.get(term, -1) if isinstance(term, tuple) else -1


class _ByTerm(Mapping[Hashable, float]):
    """A value for each term, from a column."""

    def __init__(self, terms: _Terms, values: Scores) -> None:
        self._terms = terms
        #: The value of each term, in the order of their numbers.
        self.values_of_each = values
        self._values = values.data

    def __getitem__(self, term: Hashable) -> float:
        number = self._terms.number(term)
        if number < 0:
            raise KeyError(term)
        return self._values[number]

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._values)
