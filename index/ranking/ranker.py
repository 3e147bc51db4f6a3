"""Ranks the paragraphs of a record by how well they match a query.

The score of a paragraph is the sum of the parts that ``score`` names. ``refusal`` decides whether
the best paragraph is good enough to be given as an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from index.model.answer import Order
from index.postings.bm25 import Mask, Numbers, PostingsBM25, Scores
from index.postings.kernel import BUILT, in_c
from index.postings.scoring import Scored, Scorer
from index.postings.sentence_index import (
    NO_OCCURRENCES,
    Comparison,
    Evidence,
    Matches,
    Occurrences,
    QueryPostings,
    SentenceIndex,
)
from index.question.query import Query
from index.ranking.context import Context, TitleTerms
from index.ranking.denial import Denials
from index.ranking.score import Missing, Part, Ranking
from index.text.marks import same_marks

if BUILT:
    from index.postings import _kernel

#: This many paragraphs, the best by BM25, are scored sentence by sentence. On nine sets of
#: questions, 25 gave the same R@1 as 100.
CANDIDATES = 30
#: The share of the best sentence's weight that is added, if the question is short. A long question
#: matches many sentences on its subject: with the same share there, the R@1 of written questions in
#: a parliament was 4 points lower.
SENTENCE = 0.6
#: The share of a term's idf that is added if the title has it and the paragraph lacks it. With
#: .3, the R@1 of questions written in a parliament was 4 points lower, and that of no set higher.
TITLE = 0.8
#: So many paragraphs at most, of so many statements, are candidates for their titles. They brought
#: those questions 1.3 points of R@1 and 3 of R@5.
LIFTED, TITLED = 10, 4
#: The share of the BM25 scores of the paragraphs before and after that is added, within one answer.
#: It brought questions put to China's spokespersons 2 points of R@1.
NEIGHBOURS = 0.1
#: The share of a question's BM25 score that is added to its answer.
REPLY = 0.6
#: An answer that has no term of the question, and so few of its own, hardly answers.
FEW_TERMS = 6
#: Added to an answer for each term of the question, and at most in all: a long question is likelier
#: to be a reporter's, whom an answer to a reporter serves best. It brought reporters' questions .4
#: to 6 points of R@1.
ANSWER, ANSWER_MOST = 0.1, 2.0
#: The share of its score that a paragraph loses if it has nothing but the question's words: "Iran?"
EMPTY = 0.5
#: And if it is a fragment, such as a heading or a row of a table, and the question is short. With
#: any share from .6 to .7, the R@1 of written questions in a parliament rose by .3 points, and no
#: other set changed. A long question asks for the table: without regard to length R@5 fell by 1.1.
FRAGMENT = 0.7
#: The share of its score that a paragraph loses if it has the question's words only with other
#: accents than those typed; of some of the words, their part of it. With .4 and more, a word typed
#: alone is first in a long paragraph that has it once, before a line that has the other one thrice.
MARKS = 0.5
#: The share of its score that a paragraph gains if the question's wording prefers its speaker or
#: its date.
PREFERENCE = 0.3
#: What has the whole question word for word scores so much more than the best that has not.
_ABOVE = 1.0
_PARTS = len(Part)


class Ranker:
    """Ranks the paragraphs of one record; built once."""

    def __init__(
        self,
        bm25: PostingsBM25,
        sentence_index: SentenceIndex,
        context: Context,
        denials: Denials,
        *,
        texts: Sequence[str],
        fragments: Mask,
    ) -> None:
        """Rank by the postings, sentences, context and *texts* of the same record.

        *fragments* tells which of the texts are fragments.
        """
        self._bm25, self._sentence_index, self._context = bm25, sentence_index, context
        self._scorer = Scorer(bm25)
        self._denials, self._texts, self._fragments = denials, texts, fragments

    def rank(self, query: Query, candidates: int = CANDIDATES) -> Ranking:
        """Return the paragraphs that score best for *query*; of equals, the newer comes first.

        A query with filters only is for everything that they allow. So many *candidates* are ranked
        as score best by BM25.
        """
        postings = query.postings
        if not postings.postings:
            return self._unranked(query, candidates)
        with self._scorer.scored(postings.postings, postings.boost) as scored:
            return self._ranked(query, scored, candidates)

    def _ranked(self, query: Query, scored: Scored, candidates: int) -> Ranking:
        """Return the best of the paragraphs that are *scored*, so many *candidates* in full."""
        postings, context, scores = query.postings, self._context, scored.scores
        weights = query.idf * query.boost
        in_title = context.title_terms(query.terms, TITLE * weights)
        numbers = self._candidates(query, scored, in_title, candidates)
        asked, closeness = context.questions(numbers, scores)
        compared = self._compared(postings, scored, numbers, asked, weights)
        evidence, absent = compared.evidence, compared.absent
        parts = self._parts(query, numbers, scores, evidence, (asked, closeness))
        if in_title is not None:
            titled, lacking = context.titled(numbers, in_title), absent[:, in_title.places]
            parts[Part.TITLE] = (titled & lacking) @ in_title.weights
            absent[:, in_title.places] = lacking & ~titled
        if asked is not None:
            absent &= compared.unasked | (closeness == 0)[:, np.newaxis]
        # In the order of ``Missing``.
        idf = np.array([query.idf, query.idf * query.named])
        missing_idf = idf @ absent.T.astype(np.float64)
        total = parts.sum(axis=0)
        if query.denied is not None:
            parts[Part.NEGATION] = self._denials.lift(
                query.denied,
                numbers,
                found=self._find(postings, scored.paragraphs, numbers, None, len(weights))[0],
                terms=postings.terms,
                scores=total,
                missing=missing_idf[Missing.TERMS],
            )
            total = parts.sum(axis=0)
        if query.verbatim is not None:
            chosen = query.verbatim[numbers]
            if query.is_subject:
                chosen &= ~self._fragments[numbers]
            parts[Part.VERBATIM] = _first(total, chosen)
            total = parts.sum(axis=0)
        # The numbers ascend, so of equals the newer comes first.
        order = (-total).argsort(kind="stable")
        return Ranking(
            numbers=numbers[order],
            parts=parts[:, order],
            sentences=evidence.sentence[order],
            missing_idf=missing_idf[:, order],
            rows=order,
            occurrences=evidence.occurrences,
        )

    def _parts(
        self,
        query: Query,
        numbers: Numbers,
        scores: Scores,
        evidence: Evidence,
        replies: tuple[Numbers | None, Scores],
    ) -> Scores:
        """Return the parts of the scores of *numbers* that the paragraphs themselves make.

        They are *replies* to these questions, so closely; ``None`` if to none.
        """
        made = self._made_in_c if in_c() else self._made_by_numpy
        bonus = 0.0 if query.keywords_only else min(ANSWER * len(query.terms), ANSWER_MOST)
        parts = made(numbers, scores, evidence, replies, short=query.short, bonus=bonus)
        preferred = query.narrowing.preferred
        if query.marked or preferred is not None:
            of_words = np.abs(parts[Part.BM25] + parts[Part.BEST_SENTENCE])
            if query.marked:
                share = self._other_marks(query, numbers, evidence.occurrences)
                parts[Part.MARKS] = share * (-MARKS * of_words)
            if preferred is not None:
                parts[Part.PREFERENCE] = PREFERENCE * preferred[numbers] * of_words
        return parts

    def _made_in_c(
        self,
        numbers: Numbers,
        scores: Scores,
        evidence: Evidence,
        replies: tuple[Numbers | None, Scores],
        *,
        short: float,
        bonus: float,
    ) -> Scores:
        """Return the same as ``_made_by_numpy``."""
        asked, closeness = replies
        parts = _kernel.parts(
            numbers,
            scores,
            evidence.best,
            evidence.matched,
            self._bm25.lengths,
            self._fragments,
            *self._context.turns,
            asked,
            closeness,
            (SENTENCE * short, NEIGHBOURS, bonus, REPLY, FRAGMENT, FRAGMENT * short, EMPTY),
            FEW_TERMS,
            _PARTS,
        )
        return np.frombuffer(parts).reshape(_PARTS, -1)

    def _made_by_numpy(
        self,
        numbers: Numbers,
        scores: Scores,
        evidence: Evidence,
        replies: tuple[Numbers | None, Scores],
        *,
        short: float,
        bonus: float,
    ) -> Scores:
        """Return the parts of a question so *short*, with so much of a *bonus* for an answer."""
        context, (asked, closeness) = self._context, replies
        parts: Scores = np.zeros((_PARTS, len(numbers)))
        bm25, sentence = scores[numbers], SENTENCE * short * evidence.best
        parts[Part.BM25], parts[Part.BEST_SENTENCE] = bm25, sentence
        if asked is not None:
            # "Just a few questions. Michelle?" says nothing of what was asked.
            says_little = (bm25 == 0) & (self._bm25.lengths[numbers] <= FEW_TERMS)
            reply = REPLY * closeness * scores[asked]
            parts[Part.REPLY] = reply * (1 - FRAGMENT * says_little)
        if context.has_turns:
            turn = NEIGHBOURS * context.neighbours(numbers, scores)
            parts[Part.TURN] = turn + bonus * context.is_answer(numbers)
        lost = self._emptiness(short, numbers, evidence.matched)
        parts[Part.EMPTINESS] = -np.abs(bm25 + sentence) * lost
        return parts

    def _emptiness(self, short: float, numbers: Numbers, matched: Numbers) -> Scores:
        """Return the share of its score that each of *numbers* loses.

        Of so many tokens the question's words are *matched*, and so *short* is the question.
        """
        lost: Scores = np.where(self._fragments[numbers], FRAGMENT * short, 0.0)
        empty = matched >= self._bm25.lengths[numbers]
        return np.maximum(lost, EMPTY * empty) if np.count_nonzero(empty) else lost

    def _other_marks(self, query: Query, numbers: Numbers, occurrences: Occurrences) -> Scores:
        """Return the share of the terms that each of *numbers* has only with other accents."""
        share = np.zeros(len(numbers))
        for term, typed in query.marked.items():
            found: dict[int, bool] = {}
            for row, start, stop in self._sentence_index.spans_of(term, occurrences):
                written = self._texts[numbers[row]][start:stop]
                found[row] = found.get(row, False) or same_marks(typed, written)
            share[[row for row, same in found.items() if not same]] += 1 / len(query.terms)
        return share

    def _compared(
        self,
        postings: QueryPostings,
        scored: Scored,
        numbers: Numbers,
        asked: Numbers | None,
        weights: Scores,
    ) -> Comparison:
        """Return what is found by *postings* in the paragraphs *numbers*, and what is not.

        *asked* are the questions that they answer, and *weights* those of the query's terms.
        """
        if in_c():
            return self._sentence_index.compare(numbers, asked, postings, weights)
        found, absent, unasked = self._find(
            postings, scored.paragraphs, numbers, asked, len(weights)
        )
        evidence = self._sentence_index.weigh(numbers, found, postings, weights)
        return Comparison(evidence=evidence, absent=absent, unasked=unasked)

    def _find(
        self,
        postings: QueryPostings,
        paragraphs: NDArray[np.int32],
        numbers: Numbers,
        asked: Numbers | None,
        terms: int,
    ) -> tuple[Matches, NDArray[np.bool_], NDArray[np.bool_]]:
        """Return what was found in the paragraphs *numbers*, and which terms each of them lacks.

        *paragraphs* are those of all *postings*. The third value is which terms the question lacks
        that each of *numbers* answers, by *asked*.
        """
        count = len(numbers)
        row_of = np.full(self._bm25.corpus_size, -1, dtype=np.int32)
        if asked is not None:
            row_of[asked] = np.arange(count, 2 * count)
        row_of[numbers] = np.arange(count)
        all_rows = row_of[paragraphs]
        kept = (all_rows >= 0).nonzero()[0]
        rows: NDArray[np.intp] = all_rows[kept].astype(np.intp)
        stops = np.array([one.stop for one in postings.postings])
        ends = np.array(list(accumulate(one.stop - one.start for one in postings.postings)))
        lines = ends.searchsorted(kept, side="right")
        # From the number of a posting among those of all lines to its number in the whole index.
        shifts = stops - ends
        height = count if asked is None else 2 * count
        cells = np.ones(height * terms, dtype=bool)
        cells[rows * terms + postings.terms[lines]] = False
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

    def _candidates(
        self, query: Query, scored: Scored, in_title: TitleTerms | None, wanted: int
    ) -> Numbers:
        """Return the paragraphs to score in full, ascending: the best by BM25 and by title.

        In place of a question, the answer that follows is taken.
        """
        context, searched = self._context, self._searched(query)
        numbers = scored.best(wanted, searched)
        if in_title is not None:
            lifted = self._lifted(in_title, numbers, scored.scores, searched, wanted)
            numbers = np.concatenate([numbers, lifted]) if len(lifted) else numbers
        if (mask := query.narrowing.preferred) is not None:
            mask = mask if query.allowed is None else mask & query.allowed
            preferred = scored.best(wanted, mask)
            numbers = np.unique(np.concatenate([numbers, preferred]))
        if query.narrowing.order is not None or query.newest_too:
            numbers = np.unique(np.concatenate([numbers, self._having_all(query, wanted)]))
        if context.has_questions:
            numbers = context.answers(numbers)
            if query.allowed is not None:
                numbers = numbers[query.allowed[numbers]]
        else:
            numbers.sort()
        certain = query.verbatim if query.verbatim is not None else query.allowed
        if certain is None or not (query.exact or query.verbatim is not None):
            return numbers
        best = scored.best(wanted, certain)
        newest = certain.nonzero()[0][: wanted - len(best)]
        return np.unique(np.concatenate([numbers, best, newest]))

    def _having_all(self, query: Query, wanted: int) -> Numbers:
        """Return the newest, or the oldest, paragraphs that have all terms of *query*."""
        of_term: list[list[slice]] = [[] for _ in query.terms]
        for term, found in zip(query.postings.terms.tolist(), query.postings.postings, strict=True):
            of_term[term].append(found)
        # The rarest first: what lacks it need not be looked at again.
        of_term.sort(key=lambda lines: sum(one.stop - one.start for one in lines))
        numbers = None
        for lines in of_term:
            having = np.zeros(self._bm25.corpus_size, dtype=bool)
            for one in lines:
                having[self._bm25.paragraphs[one]] = True
            numbers = having.nonzero()[0] if numbers is None else numbers[having[numbers]]
            if not len(numbers):
                return numbers
        if numbers is None:
            numbers = np.zeros(0, dtype=np.intp)
        searched = self._searched(query)
        if searched is not None:
            numbers = numbers[searched[numbers]]
        return self._by_day(query, numbers)[:wanted]

    def _by_day(self, query: Query, numbers: Numbers) -> Numbers:
        """Return *numbers*, which ascend, with the newest first, or the oldest if *query* asks."""
        oldest = query.narrowing.order is Order.OLDEST
        return self._context.oldest_first(numbers) if oldest else numbers

    def _lifted(
        self,
        in_title: TitleTerms,
        numbers: Numbers,
        scores: Scores,
        searched: Mask | None,
        wanted: int,
    ) -> Numbers:
        """Return the paragraphs that titles may lift above all of *numbers*, the best by *scores*.

        What a paragraph is about may stand in its title alone: "This would incur disproportionate
        cost."
        """
        # No other paragraph scores more than the last of those wanted.
        most = float(scores[numbers[-1]]) if len(numbers) == wanted else 0.0
        first = float(scores[numbers[0]]) if len(numbers) else most
        others, added = self._context.best_titled(in_title, first - most, TITLED)
        if searched is not None:
            among = searched[others]
            others, added = others[among], added[among]
        total = scores[others] + added
        above = (total > first).nonzero()[0]
        if not len(above):
            return above
        best = others[above[(-total[above]).argsort(kind="stable")]].tolist()
        there = set(numbers.tolist())
        return np.array([one for one in best if one not in there][:LIFTED], dtype=np.int64)

    def _searched(self, query: Query) -> Mask | None:
        """Return which paragraphs may be found: those allowed, and the questions they answer."""
        if query.allowed is None or not self._context.has_questions:
            return query.allowed
        return self._context.with_questions(query.allowed)

    def _unranked(self, query: Query, wanted: int) -> Ranking:
        """Return the newest paragraphs that certainly answer a *query* with no term on record.

        They have its exact phrases, or all its words, or it is for whatever its filters allow.
        """
        allowed = query.allowed if query.exact or not query.terms else None
        allowed = allowed if query.verbatim is None else query.verbatim
        numbers = np.zeros(0, dtype=np.int64) if allowed is None else allowed.nonzero()[0]
        numbers = self._by_day(query, numbers)
        # What says something first; a stable sort keeps the newest of either before the rest.
        numbers = numbers[self._fragments[numbers].argsort(kind="stable")][:wanted]
        parts = np.zeros((_PARTS, len(numbers)))
        parts[Part.EMPTINESS] = -FRAGMENT * self._fragments[numbers]
        parts[Part.VERBATIM] = query.verbatim is not None
        return Ranking(
            numbers=numbers,
            parts=parts,
            sentences=self._sentence_index.first_sentences(numbers),
            missing_idf=np.zeros((len(Missing), len(numbers))),
            rows=np.arange(len(numbers)),
            occurrences=NO_OCCURRENCES,
        )


def _first(scores: Scores, chosen: NDArray[np.bool_]) -> Scores:
    """Return what to add to *scores* so that those *chosen* come first, in their order."""
    if not chosen.any():
        return np.zeros(len(scores))
    return np.where(chosen, scores.max() - scores[chosen].min() + _ABOVE, 0.0)
