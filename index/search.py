"""Answers questions from a record: query, ranking, best sentence, refusal, quote.

The same record and question always give the same answer. Nothing here is asynchronous, writes, or
knows who asks.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import numpy as np

from index.model.answer import Amended, Answer, Hit
from index.model.record import Coverage, Record, coverage_of
from index.model.statement import Paragraph, Statement
from index.postings.bm25 import Numbers, PostingsBM25, idf
from index.postings.exact_phrases import ExactPhrases
from index.postings.passages import PassageColumns, Passages
from index.question.equivalents import Equivalents, groups_of
from index.question.filters import ParagraphFilter
from index.question.query import Query, QueryReader
from index.question.syntax import read_question
from index.ranking.briefs import Briefs
from index.ranking.context import Context
from index.ranking.explanation import Explanation, hits_explained, terms_read
from index.ranking.ranker import Ranker
from index.ranking.refusal import support, threshold
from index.ranking.score import Ranking
from index.references.catalogue import Catalogue
from index.text.abbreviations import Definition, definitions, recurring
from index.text.compounds import compounds
from index.text.language import codes, language_of, script_of
from index.text.names import names_in, recurring_names
from index.text.sentences import sentence_spans
from index.text.terms import Analyzers

#: BM25's parameters. Of k1 .6 to 1.2 and b .6 to .85 no pair was better on all nine sets of
#: questions; these are the best on SQuADShifts New-Wiki, and within a point on most others.
K1, B = 0.8, 0.75
#: A question about this many terms is answered wherever they stand: "What about Afghanistan?" Two
#: would answer more questions, and too many that are off the record (.0747 at 773 paragraphs).
FEW_TERMS = 1
#: At most this many other questions are suggested, from this many of the newest paragraphs.
SUGGESTIONS = 3
NEWEST = 500
#: So many characters tell which script a statement is in.
_TELLING = 400

#: Called with the number of paragraphs indexed so far and the number there are.
Progress = Callable[[int, int], None]


class Index:
    """A record that can be asked; built once, never changed."""

    def __init__(self, record: Record, progress: Progress | None = None) -> None:
        """Index the paragraphs of *record*."""
        self.record = record
        self.searched = record.coverage()
        self._paragraphs: list[tuple[Statement, Paragraph]] = list(record.paragraphs())
        by_language = Counter(statement.language for statement, _ in self._paragraphs)
        self._analyzers = Analyzers([tag for tag, _ in by_language.most_common()])
        columns, defined = PassageColumns(), list[Definition]()
        joined: dict[str, tuple[str, ...]] = {}
        self._bm25 = PostingsBM25(self._read(columns, defined, joined, progress), K1, B)
        statements = {statement.id: statement for statement, _ in self._paragraphs}
        titles = [
            self._analyzers.of(one.language).analyse(one.title).terms for one in statements.values()
        ]
        equivalents = Equivalents(
            groups_of(record.synonyms, recurring(defined), joined, self._analyzers, self._bm25)
        )
        self._bm25.extend(equivalents.phrases())
        self._passages = Passages(self._bm25, columns)
        # Freed before the rest is built, which then takes its place in memory.
        del columns
        self._ranker = Ranker(self._bm25, self._passages, Context(self._paragraphs, titles))
        self._selection = ParagraphFilter(self._paragraphs)
        self._reader = QueryReader(
            analyzer=self._analyzers.for_question,
            bm25=self._bm25,
            passages=self._passages,
            selection=self._selection,
            phrases=ExactPhrases(
                [paragraph.text for _, paragraph in self._paragraphs],
                self._bm25,
                self._analyzers.spellings,
            ),
            equivalents=equivalents,
            joined=joined,
            scripts=_scripts(statements.values()),
        )
        newest = [p.text for _, p in self._paragraphs[:NEWEST] if p.quotable]
        self._names = dict.fromkeys(recurring_names(newest))
        self._suggestible: dict[str, bool] = {}
        self._briefs = Briefs(self._paragraphs, self._different_terms)
        self._catalogue = Catalogue(record)
        self._analyzers.freeze()
        self._quotable = self.searched.paragraphs
        self._threshold = threshold(self._quotable)

    def _read(
        self,
        columns: PassageColumns,
        defined: list[Definition],
        joined: dict[str, tuple[str, ...]],
        progress: Progress | None,
    ) -> Iterator[list[str]]:
        """Yield the terms of each paragraph in turn, and note what else it tells.

        Its tokens and sentences go into *columns*, what it explains into *defined*, and the parts
        of its compounds into *joined*, under what they are in one word.
        """
        for number, (statement, paragraph) in enumerate(self._paragraphs):
            text = paragraph.text
            terms = self._analyzers.of(statement.language).analyse(text)
            columns.add(terms, sentence_spans(text, statement.language))
            defined += definitions(text)
            joined.update(("".join(parts), parts) for parts in compounds(text))
            if progress and number % 500 == 0:
                progress(number, len(self._paragraphs))
            yield terms.terms

    def ask(self, question: str, limit: int = 5, today: datetime.date | None = None) -> Answer:
        """Return the passages that answer *question*, at most *limit*, best first.

        If none answers, the hits are the nearest passages, and other questions are suggested.
        A reference, a statement's id or ``id#7`` stands for its paragraph, and so does a reference
        within a text; what that puts between quotation marks must stand there too, or it is said to
        be absent. *today* is what "last week" is counted from; the day of asking unless told.
        """
        if found := self.look_up(question):
            found = found[:limit]
            interpretation = self._reader.read_named(read_question(question, today), found)
            if interpretation is not None:
                return Answer(
                    question=question,
                    answered=True,
                    hits=tuple(found),
                    searched=self.searched,
                    suggestions=(),
                    interpretation=interpretation,
                )
        query = self.query(question, today)
        ranking = self.rank(query)
        answering = self.answering(query, ranking)
        if len(answering):
            hits = self._hits(self._briefs.give_way(ranking, answering)[:limit])
            return Answer(
                question=question,
                answered=True,
                hits=hits,
                searched=self._covered(query),
                interpretation=query.interpretation,
            )
        nearest = self._hits(ranking[:limit])
        suggestions = self._suggestions(nearest)
        return Answer(
            question=question,
            answered=False,
            hits=nearest,
            searched=self._covered(query),
            suggestions=suggestions,
            interpretation=query.interpretation,
        )

    def explain(
        self, question: str, limit: int = 5, today: datetime.date | None = None
    ) -> Explanation:
        """Return how *question* is read, and why the hits of ``ask`` rank where they do."""
        query = self.query(question, today)
        ranking = self.rank(query)
        rows = self.answering(query, ranking)
        answering = ranking.numbers[rows].tolist()
        ranking = (self._briefs.give_way(ranking, rows) if len(rows) else ranking)[:limit]
        hits = self._hits(ranking)
        searched = self._quotable if query.allowed is None else int(query.allowed.sum())
        return Explanation(
            query=query,
            terms=terms_read(query, self._bm25),
            searched=searched,
            paragraphs=self._quotable,
            average_length=self._bm25.avgdl,
            threshold=self._threshold,
            hits=hits_explained(query, ranking, hits, answering, self._bm25),
        )

    def query(self, question: str, today: datetime.date | None = None) -> Query:
        """Return what to search for to answer *question*, asked on the day *today*."""
        return self._reader.read(read_question(question, today))

    def rank(self, query: Query) -> Ranking:
        """Return the paragraphs that score best for *query*; of equals, the newer comes first."""
        return self._ranker.rank(query)

    def answering(self, query: Query, ranking: Ranking) -> Numbers:
        """Return the rows of *ranking* that answer *query*.

        They are supported well enough; or the question is bare words, or about a single one,
        and they have every one: who asks about a common word wants to see where it stands. Where
        a phrase was asked for exactly, or nothing but filters, whatever was found answers.
        """
        if (query.exact and query.bare) or not query.terms:
            return np.arange(len(ranking.numbers))
        answers = support(ranking) > self._threshold
        if query.bare or len(query.terms) <= FEW_TERMS:
            answers |= ranking.missing == 0
        return np.flatnonzero(answers)

    def paragraph_ids(self, ranking: Ranking) -> list[tuple[str, int]]:
        """Return the statement's id and the paragraph's number for each row of *ranking*."""
        ranked = (self._paragraphs[number] for number in ranking.numbers.tolist())
        return [(statement.id, paragraph.number) for statement, paragraph in ranked]

    def prepare(self) -> None:
        """Do now what the first misspelt word and the first exact phrase would wait for."""
        self._reader.prepare()

    def examples(self) -> tuple[str, ...]:
        """Return a few questions that the record answers, for a newcomer."""
        return self._suggestions(())

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

    def _covered(self, query: Query) -> Coverage:
        """Return what was searched: the record, or what the question's filters leave of it."""
        if not query.question.filters:
            return self.searched
        allowed = self._selection.allowed_by(query.question.filters).nonzero()[0].tolist()
        return coverage_of(self._paragraphs[number] for number in allowed)

    def _hits(self, ranking: Ranking) -> tuple[Hit, ...]:
        hits = []
        highlights = self._passages.highlights(ranking.rows.tolist(), ranking.occurrences)
        columns = (ranking.numbers.tolist(), ranking.scores.tolist(), ranking.sentences.tolist())
        for number, score, sentence, spans in zip(*columns, highlights, strict=True):
            statement, paragraph = self._paragraphs[number]
            span = self._passages.sentence_span(sentence)
            citation = self._catalogue.citation(statement, paragraph)
            hits.append(
                Hit(
                    paragraph=paragraph,
                    citation=citation,
                    score=score,
                    sentence=span,
                    highlights=tuple(spans),
                )
            )
        return tuple(hits)

    def _different_terms(self, number: int) -> dict[str, float]:
        """Return the terms of a paragraph, each with its idf."""
        statement, paragraph = self._paragraphs[number]
        terms = self._analyzers.of(statement.language).analyse(paragraph.text).terms
        return {term: idf(self._bm25.corpus_size, self._bm25.df(term)) for term in terms}

    def _suggestions(self, nearest: tuple[Hit, ...]) -> tuple[str, ...]:
        """Return names that can be asked about: from the nearest passages, then from the newest."""
        near = (name for hit in nearest for name in names_in(hit.paragraph.text))
        names = chain((name for name in near if name in self._names), self._names)
        suggested: dict[str, None] = {}
        for name in names:
            if len(suggested) == SUGGESTIONS:
                break
            if name not in suggested and self._answers(name):
                suggested[name] = None
        return tuple(suggested)

    def _answers(self, name: str) -> bool:
        """Return whether *name* would be answered; remembered, as the same names are suggested."""
        if name not in self._suggestible:
            query = self.query(name)
            self._suggestible[name] = len(self.answering(query, self.rank(query))) > 0
        return self._suggestible[name]


def _scripts(statements: Iterable[Statement]) -> frozenset[str]:
    """Return the scripts that *statements* are in: as their languages are written, and as they are.

    A language may be written in two, or not be known here; and a text may begin in another.
    """
    told, seen = set[str](), set[str]()
    for one in statements:
        told.add(one.language)
        seen.add(script_of(one.paragraphs[0].text[:_TELLING]))
    known = {language.script for language in map(language_of, told) if language.code in codes()}
    return frozenset(known | seen)
