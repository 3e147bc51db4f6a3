"""Ranks the paragraphs of a record by how well they speak to a query.

The score of a paragraph is a sum of parts, each in the unit of BM25's (nats, about): its BM25
score; a share of the weight of its best sentence; a share of the query's words that it lacks and
its title has; what its neighbours in the same answer say. Whether the best is good enough to be
given is ``refusal``'s to say.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.postings.bm25 import Mask, Numbers, PostingsBM25, Scores
from index.postings.passages import NO_OCCURRENCES, Matches, Passages, QueryPostings
from index.question.query import Query
from index.ranking.context import Context
from index.ranking.score import Missing, Part, Ranking

#: How many paragraphs are read sentence by sentence. On nine sets of questions, 25 gave the same
#: R@1 as 100.
CANDIDATES = 30
#: How much the best sentence of a paragraph adds, of its weight, if the question is short. In a
#: long one a sentence only meets what others say of the same: with the same share there, the R@1
#: of Members' written questions was 4 points lower in a trial.
SENTENCE = 0.6
#: How much a word adds that the title has and the paragraph lacks, of its idf. In a trial it
#: brought those questions 5 points of R@1, and took one answer from all other sets.
TITLE = 0.3
#: How much the paragraphs before and after add, of their BM25 score, within one answer; to
#: questions put to China's spokespersons it brought 2 points of R@1 in a trial.
BESIDE = 0.1
#: How much the question that an answer replies to adds, of its BM25 score.
REPLY = 0.6
#: A long question is more likely to be a reporter's, and answered by an answer: so much more a
#: term, up to so much. It brought reporters' questions .4 to 6 points of R@1 in a trial.
ANSWER, ANSWER_MOST = 0.1, 2.0
#: A paragraph that says nothing beyond the words it is found by ("Iran?") loses this share of its
#: score.
EMPTY = 0.5
#: How much more a paragraph counts that the wording prefers, by its speaker or its date.
PREFERENCE = 0.3


class Ranker:
    """Ranks the paragraphs of one record; built once."""

    def __init__(self, bm25: PostingsBM25, passages: Passages, context: Context) -> None:
        """Rank by these three."""
        self._bm25, self._passages, self._context = bm25, passages, context

    def rank(self, query: Query) -> Ranking:
        """Return the paragraphs that score best for *query*; of equals, the newer comes first.

        A query without a term is for whatever its filters leave.
        """
        postings, context = query.postings, self._context
        if not postings.postings:
            return self._unranked(query)
        joined = self._bm25.joined(postings.postings)
        scores = self._bm25.sum(postings.postings, postings.boost, joined)
        numbers = self._candidates(query, scores)
        boosted = query.idf * query.boost
        asked, nearness = context.questions(numbers, scores)
        found, absent, unasked = self._find(postings, joined, numbers, asked, len(boosted))
        evidence = self._passages.weigh(numbers, found, postings, boosted)
        parts = np.zeros((len(Part), len(numbers)))
        parts[Part.BM25] = scores[numbers]
        parts[Part.BEST_SENTENCE] = SENTENCE * query.short * evidence.best
        titled = context.titled(numbers, query.terms)
        if titled is not None:
            parts[Part.TITLE] = (titled & absent) @ (TITLE * boosted)
        if context.has_turns:
            parts[Part.TURN] = BESIDE * context.beside(numbers, scores)
            if not query.bare:
                long = min(ANSWER * len(query.terms), ANSWER_MOST)
                parts[Part.TURN] += long * context.is_answer(numbers)
        if asked is not None:
            parts[Part.REPLY] = REPLY * nearness * scores[asked]
            absent &= unasked | (nearness == 0)[:, np.newaxis]
        occurrences = evidence.occurrences
        matched = np.bincount(
            occurrences.rows, occurrences.last - occurrences.first + 1, len(numbers)
        )
        empty = matched >= self._bm25.lengths[numbers]
        of_words = np.abs(parts[Part.BM25] + parts[Part.BEST_SENTENCE])
        parts[Part.EMPTINESS] = empty * (-EMPTY * of_words)
        if query.preferred is not None:
            parts[Part.PREFERENCE] = PREFERENCE * query.preferred[numbers] * of_words
        # The numbers ascend, so that of equals the newer comes first.
        order = (-parts.sum(axis=0)).argsort(kind="stable")
        idf = np.empty((len(Missing), len(query.idf)))
        idf[Missing.TERMS], idf[Missing.NAMES] = query.idf, query.idf * query.named
        missing_idf = idf @ absent.T.astype(np.float64)
        return Ranking(
            numbers=numbers[order],
            parts=parts[:, order],
            sentences=evidence.sentence[order],
            missing_idf=missing_idf[:, order],
            rows=order,
            occurrences=evidence.occurrences,
        )

    def _find(
        self,
        postings: QueryPostings,
        joined: NDArray[np.int32],
        numbers: Numbers,
        asked: Numbers | None,
        terms: int,
    ) -> tuple[Matches, NDArray[np.bool_], NDArray[np.bool_]]:
        """Return what was found in the paragraphs *numbers*, and which terms they lack.

        The third is which terms the questions *asked* lack, one for each of *numbers*.
        """
        count = len(numbers)
        row_of = np.full(self._bm25.corpus_size, -1)
        if asked is not None:
            row_of[asked] = np.arange(count, 2 * count)
        row_of[numbers] = np.arange(count)
        rows = row_of[joined]
        kept = (rows >= 0).nonzero()[0]
        rows = rows[kept]
        starts = np.array([one.start for one in postings.postings])
        ends = np.array([one.stop - one.start for one in postings.postings]).cumsum()
        lines = ends.searchsorted(kept, side="right")
        # Where the postings of a line stand among those of all lines, and among all there are.
        shifts = starts.copy()
        shifts[1:] -= ends[:-1]
        height = count if asked is None else 2 * count
        cells = np.ones(height * terms, dtype=bool)
        cells[rows * terms + postings.columns[lines]] = False
        absent = cells.reshape(height, terms)
        if asked is None:
            return Matches(rows=rows, lines=lines, postings=kept + shifts[lines]), absent, absent
        unasked = absent[row_of[asked]]
        ours = (rows < count).nonzero()[0]
        rows, lines, kept = rows[ours], lines[ours], kept[ours]
        return (
            Matches(rows=rows, lines=lines, postings=kept + shifts[lines]),
            absent[:count],
            unasked,
        )

    def _candidates(self, query: Query, scores: Scores) -> Numbers:
        """Return the paragraphs to weigh, ascending: those that score best by BM25.

        A question gives its place to the answer that follows.
        """
        postings, context = query.postings, self._context
        numbers = self._bm25.best(scores, postings.postings, CANDIDATES, self._searched(query))
        if query.preferred is not None:
            likely = query.preferred if query.allowed is None else query.preferred & query.allowed
            also = self._bm25.best(scores, postings.postings, CANDIDATES, likely)
            numbers = np.unique(np.concatenate([numbers, also]))
        if context.has_questions:
            numbers = context.answers(numbers)
            if query.allowed is not None:
                numbers = numbers[query.allowed[numbers]]
            return numbers
        numbers.sort()
        return numbers

    def _searched(self, query: Query) -> Mask | None:
        """Return which paragraphs may be candidates: with an answer left, its question too."""
        if query.allowed is None or not self._context.has_questions:
            return query.allowed
        return self._context.asking_too(query.allowed)

    def _unranked(self, query: Query) -> Ranking:
        """Return what a query leaves that has no term on record, the newest first."""
        asks_nothing = query.allowed is not None and not query.terms
        allowed = (
            query.allowed if query.allowed is not None and asks_nothing else np.zeros(0, dtype=bool)
        )
        numbers = allowed.nonzero()[0][:CANDIDATES]
        return Ranking(
            numbers=numbers,
            parts=np.zeros((len(Part), len(numbers))),
            sentences=self._passages.first_sentences(numbers),
            missing_idf=np.zeros((len(Missing), len(numbers))),
            rows=np.arange(len(numbers)),
            occurrences=NO_OCCURRENCES,
        )
