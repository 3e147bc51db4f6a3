"""Answers questions from a record: read the question, rank the paragraphs, decide, quote.

The same record and question always give the same answer. Nothing here is asynchronous, writes
files, or knows the user; ``building`` builds what is searched.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

import numpy as np

from index.building import Progress, build
from index.model.answer import Amended, Answer, Hit, Order, Span
from index.model.record import Coverage, Record
from index.postings.bm25 import Numbers, idf
from index.postings.exact_phrases import span_in
from index.question.query import Query
from index.question.syntax import read_question
from index.ranking.briefs import Briefs
from index.ranking.explanation import Explanation, hits_explained, terms_read
from index.ranking.ranker import CANDIDATES
from index.ranking.refusal import support, threshold
from index.ranking.score import Part, Ranking
from index.references.catalogue import Catalogue
from index.text.suggested_names import names_in, recurring_names

#: A question of at most this many terms is answered wherever they all stand: "What about
#: Afghanistan?" With two, too many questions off the record were answered (.0747 at 773
#: paragraphs).
FEW_TERMS = 1
#: Of one speaker or of a few days, so many.
FEW_NARROWED = 4
#: Of so many paragraphs shown for bare words, one is the newest that answers.
FEWEST_WITH_NEWEST = 3
#: What is sought word for word is looked for in so many of the paragraphs that are shown.
SOUGHT_IN = 10
#: If copies of a few texts leave fewer than enough to show, so many candidates are ranked instead.
ENOUGH, MANY_CANDIDATES = 5, 480
#: At most this many other questions are suggested, from this many of the newest paragraphs.
SUGGESTIONS = 3
NEWEST = 500


class Index:
    """A record that can be asked; built once, never changed."""

    def __init__(self, record: Record, progress: Progress | None = None) -> None:
        """Index the paragraphs of *record*."""
        parts = build(record, progress)
        self.record = record
        self.searched = record.coverage()
        self._paragraphs, self._analyzers = parts.paragraphs, parts.analyzers
        self._reader, self._filter = parts.reader, parts.paragraph_filter
        self._bm25, self._sentence_index = parts.bm25, parts.sentence_index
        self._ranker, self._copies = parts.ranker, parts.copies
        self._briefs = Briefs(self._paragraphs, self._idf_of_terms)
        self._threshold = threshold(self.searched.paragraphs)
        self._catalogue = Catalogue(record)
        newest = [one.text for _, one in self._paragraphs[:NEWEST] if one.quotable]
        self._names = dict.fromkeys(recurring_names(newest))
        #: Whether each of these names would be answered; filled as they are suggested.
        self._answered_names: dict[str, bool] = {}

    def ask(
        self,
        question: str,
        limit: int = 5,
        today: datetime.date | None = None,
        *,
        narrow: bool = True,
    ) -> Answer:
        """Return the passages that answer *question*, at most *limit*, best first.

        If none answers, the hits are the nearest passages, and other questions are suggested.
        A reference, a statement's id or ``id#7`` stands for its paragraph, and so does a reference
        within a text; phrases that such a text quotes and the paragraph lacks are reported as
        absent. *today* is the day from which "last week" is counted, by default today.

        Unless *narrow*, who, when and in which order are not read from the wording: all its words
        are words to search for.
        """
        if named := self._answer_named(question, limit, today):
            return named
        query = self.query(question, today, narrow=narrow)
        answered, shown = self._shown(query, limit)
        if not answered and query.narrowing.likely:
            return self.ask(question, limit, today, narrow=False)
        narrowing = query.narrowing
        others_answer, understood = False, narrowing.understood if answered else narrowing.sought
        coverage = self._coverage(query)
        if not answered and narrowing.narrows:
            query = self._reader.read(read_question(question, today), anywhere=True)
            others_answer, shown = self._shown(query, limit)
        hits = self._quote(query, shown)
        interpretation = query.interpretation
        if answered and query.amounts and not query.exact:
            lacking = self._lacking(query, shown.numbers)
            interpretation = replace(interpretation, absent=interpretation.absent + lacking)
        return Answer(
            question=question,
            answered=answered,
            hits=hits,
            searched=coverage,
            suggestions=() if answered else self._suggestions(hits),
            interpretation=interpretation,
            understood=understood,
            others_answer=others_answer,
        )

    def query(
        self, question: str, today: datetime.date | None = None, *, narrow: bool = True
    ) -> Query:
        """Return what to search for to answer *question*, as ``ask`` does."""
        return self._reader.read(read_question(question, today), narrow=narrow)

    def rank(self, query: Query) -> Ranking:
        """Return the paragraphs that score best for *query*; of equals, the newer comes first."""
        return self._ranker.rank(query)

    def answering(self, query: Query, ranking: Ranking) -> Numbers:
        """Return the rows of *ranking* that answer *query*.

        A paragraph answers if it is supported well enough. If the question is keywords only, or has
        a single term, it also answers if it has all of them: a user who asks about a common word
        wants to see where it stands. What has the whole question word for word answers. An amount
        in a short question must be there: £5bn is not borne out by £2.5bn. If the question is an
        exact phrase, or has a long one, or has only filters, everything found answers.
        """
        if query.certain or not query.terms:
            return np.arange(len(ranking.numbers))
        answers = support(ranking) > self._threshold
        few = FEW_TERMS if query.narrowing.allowed is None else FEW_NARROWED
        if query.keywords_only or len(query.terms) <= few:
            answers |= ranking.missing == 0
        if query.short == 1:
            for amount in query.amounts:
                answers &= amount.among(ranking.numbers)
        if query.verbatim is not None:
            answers |= ranking.parts[Part.VERBATIM] > 0
        return np.flatnonzero(answers)

    def explain(
        self, question: str, limit: int = 5, today: datetime.date | None = None
    ) -> Explanation:
        """Return how *question* is read, and why the hits of ``ask`` rank where they do."""
        query = self.query(question, today)
        _, shown = self._shown(query, limit)
        answering = shown[self.answering(query, shown)]
        quotable = self.searched.paragraphs
        return Explanation(
            query=query,
            terms=terms_read(query, self._bm25),
            searched=quotable if query.allowed is None else int(query.allowed.sum()),
            paragraphs=quotable,
            average_length=self._bm25.avgdl,
            threshold=self._threshold,
            hits=hits_explained(
                query,
                shown,
                self._quote(query, shown),
                answering.numbers.tolist(),
                self._bm25,
            ),
        )

    def look_up(self, text: str) -> list[Hit]:
        """Return the paragraphs that *text* names; none if it names none.

        It may be a reference, a statement's id, or an id with a paragraph's number: ``id#7``. Of
        any other text, such as a citation, the references in it are looked up.
        """
        return self._catalogue.look_up(text)

    def amended(self, text: str) -> Amended | None:
        """Return the reference in *text* whose paragraph was amended since, and its statement.

        ``None`` if there is no reference, its paragraph is on record, or its statement is not.
        """
        return self._catalogue.amended(text)

    def paragraph(self, statement_id: str, number: int) -> Hit | None:
        """Return paragraph *number* (from 1) of a statement, or ``None`` if there is none."""
        return self._catalogue.paragraph(statement_id, number)

    def paragraph_ids(self, ranking: Ranking) -> list[tuple[str, int]]:
        """Return the statement's id and the paragraph's number for each row of *ranking*."""
        ranked = (self._paragraphs[number] for number in ranking.numbers.tolist())
        return [(statement.id, paragraph.number) for statement, paragraph in ranked]

    def examples(self) -> tuple[str, ...]:
        """Return a few questions that the record answers, for a newcomer."""
        return self._suggestions(())

    def prepare(self) -> None:
        """Do now what the first misspelt word and the first exact phrase would wait for."""
        self._reader.prepare()

    def _answer_named(
        self, question: str, limit: int, today: datetime.date | None
    ) -> Answer | None:
        """Return the paragraphs that *question* names; ``None`` if it names none, or asks more."""
        hits = self.look_up(question)[:limit]
        if not hits:
            return None
        interpretation = self._reader.read_named(read_question(question, today), hits)
        if interpretation is None:
            return None
        return Answer(
            question=question,
            answered=True,
            hits=tuple(hits),
            searched=self.searched,
            interpretation=interpretation,
        )

    def _lacking(self, query: Query, numbers: Numbers) -> tuple[str, ...]:
        """Return the amounts of *query* that none of the paragraphs *numbers* has, as typed."""
        return tuple(
            one.written for one in query.amounts if one.is_number and not one.among(numbers).any()
        )

    def _shown(self, query: Query, limit: int) -> tuple[bool, Ranking]:
        """Return whether *query* is answered, and the first paragraphs to show, *limit* at most.

        They are those that answer, sources before their briefs, or all ranked if none answers. What
        has the same text as another is shown once, in the newest place.
        """
        for candidates in (CANDIDATES, MANY_CANDIDATES):
            ranking = self._ranker.rank(query, candidates)
            answering = self.answering(query, ranking)
            answered = len(answering) > 0
            rows = self._briefs.give_way(ranking, answering) if answered else ranking
            order = query.narrowing.order
            if answered and order:
                rows = rows[self._in_order(rows, order)]
            elif answered and query.newest_too:
                rows = self._with_newest(rows, limit)
            shown = self._copies.first_of_each(rows, limit)
            if len(shown.numbers) >= min(limit, len(rows.numbers), ENOUGH):
                break
        return answered, shown

    def _with_newest(self, ranking: Ranking, limit: int) -> Ranking:
        """Return *ranking* with its newest row, the best of that day, among the first *limit*."""
        newest = int(self._in_order(ranking, Order.NEWEST)[0])
        if newest < limit or limit < FEWEST_WITH_NEWEST:
            return ranking
        order = np.arange(len(ranking.numbers))
        order = np.insert(np.delete(order, newest), limit - 1, newest)
        return ranking[order]

    def _in_order(self, ranking: Ranking, order: Order) -> Numbers:
        """Return the rows of *ranking* by the days of their statements, undated ones last.

        Of one day, the best comes first.
        """
        days = self._filter.days_of(ranking.numbers)
        by_day = (
            -days if order is Order.NEWEST else np.where(days > 0, days, np.iinfo(days.dtype).max)
        )
        rows: Numbers = by_day.argsort(kind="stable")
        return rows

    def _quote(self, query: Query, ranking: Ranking) -> tuple[Hit, ...]:
        """Return the paragraphs of *ranking* with their best sentences and highlights.

        Where what is *sought* word for word stands, is highlighted, and its sentence is the best.
        """
        highlights = self._sentence_index.highlights(ranking.rows.tolist(), ranking.occurrences)
        columns = (ranking.numbers.tolist(), ranking.scores.tolist(), ranking.sentences.tolist())
        hits: list[Hit] = []
        for number, score, best, found in zip(*columns, highlights, strict=True):
            statement, paragraph = self._paragraphs[number]
            spans, sentence = found, best
            if query.sought and len(hits) < SOUGHT_IN:
                exact = [span_in(paragraph.text, one) for one in query.sought]
                spans, sentence = self._with_exact(number, best, found, filter(None, exact))
            hits.append(
                Hit(
                    paragraph=paragraph,
                    citation=self._catalogue.citation(statement, paragraph),
                    score=score,
                    sentence=self._sentence_index.sentence_span(sentence),
                    highlights=tuple(spans),
                )
            )
        return tuple(hits)

    def _with_exact(
        self, number: int, sentence: int, highlights: list[Span], exact: Iterable[Span]
    ) -> tuple[list[Span], int]:
        """Return *highlights* with those that are *exact*, and the number of the best sentence."""
        for start, stop in exact:
            begin, end = self._sentence_index.sentence_span(sentence)
            if not begin <= start < end:
                sentence = self._sentence_index.sentence_at(number, start)
            others = [(a, b) for a, b in highlights if b <= start or stop <= a]
            highlights = sorted([*others, (start, stop)])
        return highlights, sentence

    def _coverage(self, query: Query) -> Coverage:
        """Return what was searched: the record, or the part of it that the filters allow."""
        narrowed = query.narrowing.allowed
        if not query.question.filters and narrowed is None:
            return self.searched
        allowed = self._filter.allowed_by(query.question.filters)
        return self._filter.coverage(allowed if narrowed is None else allowed & narrowed)

    def _suggestions(self, nearest: tuple[Hit, ...]) -> tuple[str, ...]:
        """Return names that can be asked about: from the nearest passages, then from the newest."""
        near = (name for hit in nearest for name in names_in(hit.paragraph.text))
        suggested: dict[str, None] = {}
        for name in chain((name for name in near if name in self._names), self._names):
            if len(suggested) == SUGGESTIONS:
                break
            if self._is_answered(name):
                suggested[name] = None
        return tuple(suggested)

    def _is_answered(self, name: str) -> bool:
        """Return whether *name* would be answered if a user asked about it."""
        if name not in self._answered_names:
            query = self.query(name)
            self._answered_names[name] = len(self.answering(query, self.rank(query))) > 0
        return self._answered_names[name]

    def _idf_of_terms(self, number: int) -> dict[str, float]:
        """Return the different terms of a paragraph, each with its idf."""
        statement, paragraph = self._paragraphs[number]
        terms = self._analyzers.of(statement.language).analyse(paragraph.text).terms
        return {term: idf(self._bm25.corpus_size, self._bm25.df(term)) for term in terms}
