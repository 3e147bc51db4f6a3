"""Answers questions from a record: query, ranking, best sentence, refusal, quote.

The same record and question always give the same answer. Nothing here is asynchronous, writes, or
knows who asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

import numpy as np

from index.answer import Answer, Citation, Hit
from index.bm25 import Numbers, PostingsBM25, Scores
from index.language import language_of, language_of_question
from index.passages import Passage, Passages
from index.record import Record
from index.reference import parse_reference, references
from index.refusal import idf, support, threshold
from index.sentences import sentence_spans
from index.statement import Kind, Paragraph, Statement
from index.suggestions import names_in, recurring_names
from index.terms import Analyzer

#: BM25's parameters. Against rank_bm25's own k1 of 1.5 they brought 1.0 to 1.7 points of R@1 on
#: three sets of questions, in trials made before this code was written; not tuned again since.
K1, B = 0.8, 0.75
#: How much the best sentence adds to its paragraph's score. Of .3, .5 and .8 it was the best on the
#: SQuAD sample and within .2 points of R@1 of the best on SQuADShifts New-Wiki, in a prototype.
SENTENCE_WEIGHT = 0.5
#: How many paragraphs are read sentence by sentence. In the trials made before this code, the first
#: answer was the same 99 times in 100 as if all 100,000 were, at a seventh of the cost.
CANDIDATES = 50
#: A question is read up to this many different terms; a pasted article needs no more.
MAX_TERMS = 64
#: A brief gives way to a source that has this share of its score. A source says a thing in its own
#: words, a brief in those that people ask in, so the source may well score less: .49 of it for
#: "What are the five corridors?", asked of a bundled brief and the text that it sums up.
BRIEF_GIVES_WAY = 0.4
#: A brief's paragraph and its source share at least this much of the brief's idf. Of the bundled
#: briefs' 39 paragraphs about one passage, 33 reach it with their source, and 2 with another text.
ECHO = 0.3
#: A question about this many terms is answered wherever they stand: "What about Afghanistan?" Two
#: would answer more questions, and too many that are off the record (.0747 at 773 paragraphs).
FEW_TERMS = 1
#: At most this many other questions are suggested, from this many of the newest paragraphs.
SUGGESTIONS = 3
NEWEST = 500

#: Called with the number of paragraphs indexed so far and the number there are.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: a question's different terms, in order, and how much each tells."""

    terms: tuple[str, ...]
    #: The idf of each, in nats; of a term that no paragraph has, the highest there is.
    idf: Scores
    #: Whether the question is bare words, as ``terms.Subject`` tells.
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Ranking:
    """Paragraphs in order, best first, as columns of equal length."""

    #: The paragraph's number among the quotable paragraphs of the record, from 0.
    numbers: Numbers
    #: Its BM25 score, and the share that its best sentence adds.
    bm25: Scores
    best_sentence: Scores
    #: The number of that sentence, over the whole record.
    sentences: Numbers
    #: The idf of the query's terms that the paragraph lacks.
    missing: Scores

    @property
    def scores(self) -> Scores:
        """What the paragraphs are ordered by."""
        return self.bm25 + self.best_sentence

    def __getitem__(self, rows: slice | Numbers) -> Ranking:
        """Return the ranking of these rows only."""
        return Ranking(
            self.numbers[rows],
            self.bm25[rows],
            self.best_sentence[rows],
            self.sentences[rows],
            self.missing[rows],
        )


class Index:
    """A record that can be asked; built once, never changed."""

    def __init__(self, record: Record, progress: Progress | None = None) -> None:
        """Index the quotable paragraphs of *record*."""
        self.record = record
        self.searched = record.coverage()
        self._paragraphs: list[tuple[Statement, Paragraph]] = [
            (statement, paragraph)
            for statement, paragraph in record.paragraphs()
            if paragraph.quotable
        ]
        self._analyzers: dict[str, Analyzer] = {}
        passages: list[Passage] = []
        for number, (statement, paragraph) in enumerate(self._paragraphs):
            terms = self._analyzer(statement.language).analyse(paragraph.text)
            passages.append(Passage(terms, sentence_spans(paragraph.text, statement.language)))
            if progress and number % 500 == 0:
                progress(number, len(self._paragraphs))
        self._bm25 = PostingsBM25((passage.terms.terms for passage in passages), K1, B)
        self._passages = Passages(passages)
        newest = [paragraph.text for _, paragraph in self._paragraphs[:NEWEST]]
        self._names = dict.fromkeys(recurring_names(newest))
        self._suggestible: dict[str, bool] = {}
        self._threshold = threshold(len(self._paragraphs))
        by_language = Counter(statement.language for statement, _ in self._paragraphs)
        self._languages = [tag for tag, _ in by_language.most_common()]
        self._statements = {statement.id: statement for statement in record.statements}
        self._references: dict[str, list[tuple[Statement, Paragraph]]] = {}
        self._reference_of: dict[tuple[str, int], str] = {}
        for statement in record.statements:
            codes = references(statement.id, (p.text for p in statement.paragraphs))
            for code, paragraph in zip(codes, statement.paragraphs, strict=True):
                self._references.setdefault(code, []).append((statement, paragraph))
                self._reference_of[statement.id, paragraph.number] = code

    def ask(self, question: str, limit: int = 5) -> Answer:
        """Return the passages that answer *question*, at most *limit*, best first.

        If none answers, the hits are the nearest passages, and other questions are suggested.
        A reference stands for its paragraph.
        """
        if found := self.look_up(question):
            return Answer(question, True, tuple(found[:limit]), self.searched)
        query = self.query(question)
        ranking = self.rank(query)
        answering = self.answering(query, ranking)
        if len(answering):
            hits = self._hits(self._sources_first(ranking, answering)[:limit], query)
            return Answer(question, True, hits, self.searched)
        nearest = self._hits(ranking[:limit], query)
        return Answer(question, False, nearest, self.searched, self._suggestions(nearest))

    def query(self, question: str) -> Query:
        """Return what to search for to answer *question*."""
        language = language_of_question(question, self._languages)
        subject = self._analyzer(language.code).subject(question)
        terms = tuple(dict.fromkeys(subject.terms))
        weights = np.array([idf(self._bm25.corpus_size, self._bm25.df(term)) for term in terms])
        if len(terms) > MAX_TERMS:
            telling = np.sort(np.argsort(-weights, kind="stable")[:MAX_TERMS])
            return Query(tuple(terms[i] for i in telling), weights[telling])
        return Query(terms, weights, subject.bare)

    def rank(self, query: Query) -> Ranking:
        """Return the paragraphs that score best for *query*; of equals, the newer comes first.

        The score is BM25's plus a share of the weight of the paragraph's best sentence.
        """
        numbers, scores = self._bm25.top(query.terms, CANDIDATES)
        evidence = self._passages.weigh(numbers, query.terms, query.idf)
        best = SENTENCE_WEIGHT * evidence.best
        order = np.lexsort((numbers, -(scores + best)))
        missing = ~evidence.has @ query.idf
        return Ranking(numbers, scores, best, evidence.sentence, missing)[order]

    def answering(self, query: Query, ranking: Ranking) -> Numbers:
        """Return the rows of *ranking* that answer *query*.

        They are supported well enough; or the question is bare words, or about a single one,
        and they have every one: who asks about a common word wants to see where it stands.
        """
        answers = support(ranking.scores, ranking.missing) > self._threshold
        if query.bare or len(query.terms) <= FEW_TERMS:
            answers |= ranking.missing == 0
        return np.flatnonzero(answers)

    def places(self, ranking: Ranking) -> list[tuple[str, int]]:
        """Return the statement's id and the paragraph's number for each row of *ranking*."""
        ranked = (self._paragraphs[number] for number in ranking.numbers.tolist())
        return [(statement.id, paragraph.number) for statement, paragraph in ranked]

    def examples(self) -> tuple[str, ...]:
        """Return a few questions that the record answers, for a newcomer."""
        return self._suggestions(())

    def look_up(self, text: str) -> list[Hit]:
        """Return the paragraphs that the reference *text* stands for; none if it is not one."""
        code = parse_reference(text)
        return [self._whole(*place) for place in self._references.get(code or "", [])]

    def paragraph(self, statement_id: str, number: int) -> Hit | None:
        """Return paragraph *number* (from 1) of a statement, or ``None`` if there is none."""
        statement = self._statements.get(statement_id)
        if statement is None or not 1 <= number <= len(statement.paragraphs):
            return None
        return self._whole(statement, statement.paragraphs[number - 1])

    def _analyzer(self, tag: str) -> Analyzer:
        language = language_of(tag)
        if language.code not in self._analyzers:
            self._analyzers[language.code] = Analyzer(language)
        return self._analyzers[language.code]

    def _hits(self, ranking: Ranking, query: Query) -> tuple[Hit, ...]:
        hits = []
        highlights = self._passages.highlights(ranking.numbers, query.terms)
        columns = (ranking.numbers.tolist(), ranking.scores.tolist(), ranking.sentences.tolist())
        for number, score, sentence, spans in zip(*columns, highlights, strict=True):
            statement, paragraph = self._paragraphs[number]
            span = self._passages.sentence_span(sentence)
            citation = self._citation(statement, paragraph)
            hits.append(Hit(paragraph, citation, score, span, tuple(spans)))
        return tuple(hits)

    def _whole(self, statement: Statement, paragraph: Paragraph) -> Hit:
        whole = (0, len(paragraph.text))
        return Hit(paragraph, self._citation(statement, paragraph), 0.0, whole)

    def _citation(self, statement: Statement, paragraph: Paragraph) -> Citation:
        reference = self._reference_of[statement.id, paragraph.number]
        return Citation.of(statement, paragraph, reference)

    def _sources_first(self, ranking: Ranking, answering: Numbers) -> Ranking:
        """Return the rows of *ranking* that answer, and before each brief its sources.

        A source that answers, and lacks no more of the question than a brief does, goes before it
        unless it is far behind in score. Another does so only if the brief echoes it: then both
        speak of the same thing, and the brief only says it in the words that people ask in.
        """
        numbers, scores = ranking.numbers.tolist(), ranking.scores.tolist()
        missing = ranking.missing.tolist()
        is_brief = [self._paragraphs[number][0].kind is Kind.BRIEF for number in numbers]
        answers = set(answering.tolist())
        order: list[int] = []
        for row in answering.tolist():
            if is_brief[row]:
                said = self._different_terms(numbers[row])
                order += [
                    later
                    for later in range(row + 1, len(scores))
                    if not is_brief[later]
                    and scores[later] >= BRIEF_GIVES_WAY * scores[row]
                    and (
                        (later in answers and missing[later] <= missing[row])
                        or self._echoed(said, numbers[later])
                    )
                ]
            order.append(row)
        return ranking[np.array(list(dict.fromkeys(order)))]

    def _echoed(self, said: dict[str, float], source: int) -> bool:
        """Return whether enough of what a brief *said* stands in the paragraph *source*."""
        heard = self._different_terms(source)
        shared = sum(weight for term, weight in said.items() if term in heard)
        return shared >= ECHO * sum(said.values())

    def _different_terms(self, number: int) -> dict[str, float]:
        """Return the terms of a paragraph, each with its idf."""
        statement, paragraph = self._paragraphs[number]
        terms = self._analyzer(statement.language).analyse(paragraph.text).terms
        return {term: idf(self._bm25.corpus_size, self._bm25.df(term)) for term in terms}

    def _suggestions(self, nearest: tuple[Hit, ...]) -> tuple[str, ...]:
        """Return names that can be asked about: from the nearest passages, then from the newest."""
        names = [name for hit in nearest for name in names_in(hit.paragraph.text)]
        known = (name for name in names if name in self._names)
        answered = (name for name in dict.fromkeys([*known, *self._names]) if self._answers(name))
        return tuple(islice(answered, SUGGESTIONS))

    def _answers(self, name: str) -> bool:
        """Return whether *name* would be answered; remembered, as the same names are suggested."""
        if name not in self._suggestible:
            query = self.query(name)
            self._suggestible[name] = len(self.answering(query, self.rank(query))) > 0
        return self._suggestible[name]
