"""Answers questions from a record: read the question, rank the paragraphs, decide, quote.

The same record and question always give the same answer. Nothing here is asynchronous, writes
files, or knows the user; ``building`` builds what is searched.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np

from index.building import Parts, build, ranker_of, reader_of
from index.checking.checking import StoryChecker
from index.checking.places import Places
from index.checking.report import CheckedQuotation, CheckedStory
from index.first_questions import FirstQuestions
from index.model.answer import Amended, Answer, Citation, Hit, Order, Span
from index.model.record import Coverage, Record
from index.notes import Progress
from index.own_statement import OwnStatement
from index.postings.bm25 import Numbers, idf
from index.postings.exact_phrases import spans_in
from index.postings.phrase_words import read_phrase
from index.postings.weak_methods import weakly
from index.question.long_questions import end_of
from index.question.narrowing import NOTHING_UNDERSTOOD, Scope
from index.question.query import Query
from index.question.sentences_to_check import LONGEST, sentences_to_check
from index.question.syntax import Question, read_question
from index.ranking.briefs import Briefs
from index.ranking.explanation import Explanation, hits_explained, terms_read
from index.ranking.ranker import CANDIDATES
from index.ranking.refusal import bound, support, threshold
from index.ranking.score import Part, Ranking
from index.shelves import Shelves
from index.suggestions import Suggestions
from index.voices.voices import forget_voices

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
#: A sentence of a text with fewer terms says too little for the text to be judged by it.
FEWEST_TERMS = 4
#: Who types so many words of the bot's own statement as they stand there, asks for it; half as many
#: if they end with a full stop, as what is pasted does.
OWN_WORDS = 8


class _Found(NamedTuple):
    """What is found for a question."""

    #: As it asks, and as it was searched for in the end.
    asked: Query
    query: Query
    answered: bool
    shown: Ranking
    #: Whether *shown*, of others or of another time, answers it but for that.
    others_answer: bool = False


class Index:
    """A record that can be asked; built once, never changed."""

    def __init__(
        self,
        record: Record,
        progress: Progress | None = None,
        *,
        before: Index | None = None,
        by_two: bool = False,
    ) -> None:
        """Index the paragraphs of *record*.

        What an index *before* has read of the same texts is not read again: with few new texts,
        this takes a tenth of the time. *by_two*, another process reads half of the texts if they
        are many. Either way, the index is the same.
        """
        self._take(build(record, progress, before.parts if before else None, by_two=by_two))

    @classmethod
    def of(cls, parts: Parts, is_whole: Callable[[], bool] = lambda: True) -> Index:
        """Return the index of these *parts*, which were kept.

        *is_whole* tells whether all of them are as they were when they were.
        """
        made = cls.__new__(cls)
        made._take(parts)
        made._is_whole = is_whole
        return made

    def is_whole(self) -> bool:
        """Return whether all that was kept of it is as it was; reading it all takes a while."""
        return self._is_whole()

    def _take(self, parts: Parts) -> None:
        """Be the index of these *parts*."""
        forget_voices()
        #: What this consists of, to be kept, and for the index that replaces this.
        self.parts = parts
        self._is_whole: Callable[[], bool] = lambda: True
        self.record, self.searched = parts.record, parts.searched
        #: What there is to search, without the bot's own statement.
        self.covered = parts.covered
        read = parts.read
        self._paragraphs, self._analyzers = read.paragraphs, read.analyzers
        self._bm25, self._sentence_index = read.bm25, read.sentence_index
        self._phrases, self._copies = read.phrases, parts.copies
        self._filter, self._catalogue = parts.paragraph_filter, parts.catalogue
        self._reader, self._ranker = reader_of(parts), ranker_of(parts)
        self._briefs = Briefs(
            self._paragraphs, weakly(self._idf_of_terms), there_are=self._filter.has_briefs
        )
        self._threshold = threshold(self.searched.paragraphs)
        own = [self.record.statements[number] for number in parts.own]
        self._own = OwnStatement(own, self._catalogue, self._analyzers)
        may_be_quoted = self._filter.quotable.copy()
        may_be_quoted[self._own.numbers] = False
        self._suggestions = Suggestions(
            read.texts, may_be_quoted, self._bm25, weakly(self._is_answered)
        )
        self._first_questions = FirstQuestions(
            self.record.statements,
            self.searched.paragraphs,
            weakly(self._having),
            weakly(self.ask),
        )

    def ask(
        self,
        question: str,
        limit: int = 5,
        today: datetime.date | None = None,
        *,
        narrow: bool = True,
        unfinished: bool = False,
    ) -> Answer:
        """Return the passages that answer *question*, at most *limit*, best first.

        If none answers, the hits are the nearest passages, and other questions are suggested.
        A reference, a statement's id or ``id#7`` stands for its paragraph, and so does a reference
        within a text; phrases that such a text quotes and the paragraph lacks are reported as
        absent. A reference of an earlier version does not answer: the hits are its words as they
        stood, and ``amended`` tells more. What is asked about the bot is answered from its own
        statement, and nothing else is.
        *today* is the day from which "last week" is counted, by default today.

        Unless *narrow*, who, when and in which order are not read from the wording: all its words
        are words to search for. If the question is *unfinished*, as while it is typed, its last
        word is searched for as the beginning of one, unless it is on record as it is.
        """
        if named := self._answer_named(question, limit, today):
            return named
        if stood := self._catalogue.stood(question):
            # What was amended is shown as it stood, and answers no more.
            return Answer(
                question=question,
                answered=False,
                hits=stood[:limit],
                searched=self.searched,
                on_record=self.covered,
            )
        if own := self.about_bot(question):
            return Answer(
                question=question,
                answered=True,
                hits=tuple(own[:limit]),
                searched=self.searched,
                on_record=self.covered,
            )
        found = self._found(
            read_question(question, today),
            limit,
            scope=Scope.ASKED if narrow else Scope.WORDS,
            unfinished=unfinished,
        )
        query, answered, narrowing = found.query, found.answered, found.asked.narrowing
        searched, matched = self._coverage(found.asked)
        understood = narrowing.understood if answered else narrowing.sought
        if not matched:
            # It is the operators that leave nothing, whatever the wording asks.
            understood = NOTHING_UNDERSTOOD
        hits = self._quote(query, found.shown)
        interpretation = query.interpretation
        if answered and query.amounts and not query.exact:
            lacking = self._lacking(query, found.shown.numbers)
            interpretation = replace(interpretation, absent=interpretation.absent + lacking)
        return Answer(
            question=question,
            answered=answered,
            hits=hits,
            searched=searched,
            on_record=self.covered,
            suggestions=() if answered else self._suggest(query, hits),
            interpretation=interpretation,
            understood=understood,
            others_answer=found.others_answer,
        )

    def query(
        self,
        question: str,
        today: datetime.date | None = None,
        *,
        narrow: bool = True,
        unfinished: bool = False,
    ) -> Query:
        """Return what to search for to answer *question*, as ``ask`` does."""
        scope = Scope.ASKED if narrow else Scope.WORDS
        return self._reader.read(read_question(question, today), scope=scope, unfinished=unfinished)

    def rank(self, query: Query) -> Ranking:
        """Return the paragraphs that score best for *query*; of equals, the newer comes first."""
        return self._ranked(query, CANDIDATES)

    def answering(self, query: Query, ranking: Ranking) -> Numbers:
        """Return the rows of *ranking* that answer *query*.

        A paragraph answers if it is supported well enough. If the question is keywords only, or has
        a single term, it also answers if it has all of them: a user who asks about a common word
        wants to see where it stands; in the titles only if it stands nowhere else. What has the
        whole question word for word answers. An amount in a short question must be there: £5bn is
        not borne out by £2.5bn. If the question is an exact phrase, or has a long one, or has only
        filters, everything found answers.
        """
        if query.certain or not query.terms:
            return np.arange(len(ranking.numbers))
        answers = support(ranking, query) > bound(query, self._threshold)
        few = FEW_NARROWED if query.narrowing.few else FEW_TERMS
        if query.keywords_only or len(query.terms) <= few:
            answers |= ranking.missing == 0
        if len(query.terms) <= FEW_TERMS:
            in_text = answers & (ranking.parts[Part.TITLE] == 0)
            answers = in_text if in_text.any() else answers
        if query.short == 1:
            for amount in query.amounts:
                answers &= amount.among(ranking.numbers)
        if query.verbatim is not None:
            answers |= query.verbatim[ranking.numbers]
        return answers.nonzero()[0]

    def explain(
        self, question: str, limit: int = 5, today: datetime.date | None = None
    ) -> Explanation:
        """Return how *question* is read, and why the hits of ``ask`` rank where they do."""
        found = self._found(
            read_question(question, today), limit, scope=Scope.ASKED, unfinished=False
        )
        query, shown = found.query, found.shown
        answering = shown[self.answering(query, shown)]
        quotable = self.searched.paragraphs
        return Explanation(
            query=query,
            narrowing=found.asked.narrowing,
            terms=terms_read(query, self._bm25),
            searched=quotable if query.allowed is None else int(query.allowed.sum()),
            paragraphs=quotable,
            average_length=self._bm25.avgdl,
            threshold=bound(query, self._threshold),
            hits=hits_explained(
                query,
                shown,
                self._quote(query, shown),
                answering.numbers.tolist(),
                self._bm25,
            ),
        )

    def has_all(self, hit: Hit, question: str) -> bool:
        """Return whether the paragraph of *hit* has all the words that *question* is about."""
        analyzer = self._analyzers.of(hit.citation.language)
        terms = self.query(question).terms
        return bool(terms) and set(terms) <= set(analyzer.analyse(hit.paragraph.text).terms)

    def look_up(self, text: str, most: int | None = None) -> list[Hit]:
        """Return the paragraphs that *text* names, at *most* so many; none if it names none.

        It may be a reference, a statement's id, or an id with a paragraph's number: ``id#7``. Of
        any other text, such as a citation, the first references in it are looked up.
        """
        return list(map(self._with_copies, self._catalogue.look_up(text, most)))

    def amended(self, text: str) -> Amended | None:
        """Return the reference in *text* whose paragraph was amended since, and its statement.

        ``None`` if there is no reference, its paragraph is on record, or its statement is not.
        """
        return self._catalogue.amended(text)

    def paragraph(self, statement_id: str, number: int) -> Hit | None:
        """Return paragraph *number* (from 1) of a statement, or ``None`` if there is none."""
        hit = self._catalogue.paragraph(statement_id, number)
        return self._with_copies(hit) if hit else None

    def paragraph_ids(self, ranking: Ranking) -> list[tuple[str, int]]:
        """Return the statement's id and the paragraph's number for each row of *ranking*."""
        ranked = (self._paragraphs[number] for number in ranking.numbers.tolist())
        return [(statement.id, paragraph.number) for statement, paragraph in ranked]

    def about_bot(self, question: str) -> list[Hit]:
        """Return what the bot's own statement says to *question*, if that is about the bot."""
        return self._own.answering(question)

    def check_story(self, draft: str, today: datetime.date | None = None) -> CheckedStory:
        """Return *draft* with each of its quotations compared with the record, and graded.

        *today* is the day from which "last Monday" is counted; without it, such days are not read.
        """
        story = self._story_checker.check(draft, self.covered, today)
        return replace(story, quotations=tuple(map(self._checked_with_copies, story.quotations)))

    @cached_property
    def _story_checker(self) -> StoryChecker:
        places = Places(self._paragraphs, self._catalogue.citation, self._catalogue.numbers_of)
        columns = self.parts.read.columns
        return StoryChecker(places, self._phrases, columns.speakers, columns.speaker_of)

    @cached_property
    def shelves(self) -> Shelves:
        """The statements sorted by day, speaker and kind; sorted when first asked for."""
        return Shelves(self.record, self._analyzers)

    def examples(self) -> tuple[str, ...]:
        """Return a few questions that the record answers, for a newcomer."""
        return self._first_questions.found()

    def prepare(self) -> None:
        """Do now what the first questions would wait for.

        These are a misspelt or unfinished word, an exact phrase, a speaker, and any question at
        all, which may be about the bot; and a story to check.
        """
        self._reader.prepare()
        self._filter.prepare()
        self.about_bot("unheardof")
        self.check_story("“Nobody ever said so”, the minister said.")

    def _answer_named(
        self, question: str, limit: int, today: datetime.date | None
    ) -> Answer | None:
        """Return the paragraphs that *question* names; ``None`` if it names none, or asks more."""
        hits = self.look_up(question, limit)
        if not hits:
            return None
        interpretation = self._reader.read_named(read_question(question, today), hits)
        if interpretation is None:
            return None
        read_up_to = self._catalogue.read_up_to(question)
        return Answer(
            question=question,
            answered=True,
            hits=tuple(hits),
            searched=self.searched,
            on_record=self.covered,
            interpretation=replace(interpretation, read_up_to=read_up_to),
        )

    def _lacking(self, query: Query, numbers: Numbers) -> tuple[str, ...]:
        """Return the amounts of *query* that none of the paragraphs *numbers* has, as typed."""
        return tuple(
            one.written for one in query.amounts if one.is_number and not one.among(numbers).any()
        )

    def _ranked(self, query: Query, candidates: int) -> Ranking:
        """Return so many *candidates* ranked for *query*, without the bot's own statement.

        It stays if it is asked for by its words or its name: by a phrase in quotation marks or a
        whole sentence, ``in:`` or ``from:``.
        """
        ranking, filters = self._ranker.rank(query, candidates), query.question.filters
        words = query.question.words
        fewest = OWN_WORDS // 2 if words.endswith(".") else OWN_WORDS
        pasted = query.verbatim is not None and words.count(" ") + 1 >= fewest
        asked_for = query.exact or pasted or filters.statements or filters.speakers
        if asked_for or not len(self._own.numbers):
            return ranking
        return ranking[np.flatnonzero(~np.isin(ranking.numbers, self._own.numbers))]

    def _found(self, question: Question, limit: int, *, scope: Scope, unfinished: bool) -> _Found:
        """Return what is found for *question*, at most *limit* paragraphs.

        Where its wording narrows the search and nothing answers, what others said is found, or what
        was said at another time.
        """
        query, answered, shown = self._judged(question, limit, scope=scope, unfinished=unfinished)
        again = partial(self._reader.read, question, unfinished=unfinished, before=query)
        if not answered and query.narrowing.likely:
            query = again(scope=Scope.CERTAIN)
            answered, shown = self._shown(query, limit)
        if answered or not query.narrowing.narrows:
            return _Found(query, query, answered, shown)
        if self._reader.stands(question):
            as_it_stands = again(scope=Scope.WORDS)
            answered, shown = self._shown(as_it_stands, limit)
            return _Found(as_it_stands, as_it_stands, answered, shown)
        anywhere = again(scope=Scope.ANYWHERE)
        others_answer, shown = self._shown(anywhere, limit)
        return _Found(query, anywhere, False, shown, others_answer)

    def _judged(
        self, question: Question, limit: int, *, scope: Scope, unfinished: bool
    ) -> tuple[Query, bool, Ranking]:
        """Return the query for *question*, or one sentence of it; if it is answered; what to show.

        A text with "Is this right?" is judged by that of its sentences which is answered best, if
        that is answered better than the whole. Of a long one, the whole is its beginning.
        """
        sentences = sentences_to_check(question.words, self._language_of, self._terms_of)
        shortened = bool(sentences) and len(question.words) > LONGEST
        if shortened:
            question = replace(question, words=question.words[:LONGEST], phrases=())
        query = self._reader.read(question, scope=scope, unfinished=unfinished)
        if shortened:
            told = replace(query.interpretation, read_up_to=end_of(question.words))
            query = replace(query, interpretation=told)
        answered, shown = self._shown(query, limit)
        if not sentences:
            return query, answered, shown
        most = self._above(query, shown) if answered else -math.inf
        best = ranked = None
        for one in sentences:
            sentence = self._sentence(query, one)
            if len(sentence.terms) < FEWEST_TERMS:
                continue
            ranking = self.rank(sentence)
            answering = self.answering(sentence, ranking)
            if len(answering) and (above := self._above(sentence, ranking[answering])) > most:
                best, ranked, most = sentence, ranking, above
        if best is None:
            return query, answered, shown
        return best, *self._shown(best, limit, ranked)

    def _above(self, query: Query, ranking: Ranking) -> float:
        """Return how far the support of the best supported of *ranking* is above what it needs."""
        return float(support(ranking, query).max()) - bound(query, self._threshold)

    def _sentence(self, query: Query, sentence: str) -> Query:
        """Return the query of one *sentence* of *query*, with the same filters."""
        read = self._reader.read(replace(query.question, words=sentence, phrases=()))
        return replace(
            read,
            keywords_only=False,
            idf_of_whole=float(query.idf.sum()),
            interpretation=replace(read.interpretation, judged=sentence),
        )

    def _language_of(self, words: str) -> str:
        """Return the code of the language that *words* are read in."""
        return self._analyzers.for_question(words)[0].language.code

    def _terms_of(self, words: str) -> int:
        """Return how many terms *words* have, less those that only ask."""
        return len(self._analyzers.for_question(words)[0].subject(words).tokens)

    def _shown(
        self, query: Query, limit: int, ranked: Ranking | None = None
    ) -> tuple[bool, Ranking]:
        """Return whether *query* is answered, and the first paragraphs to show, *limit* at most.

        They are those that answer, sources before their briefs, or all ranked if none answers. What
        has the same text as another is shown once, in the newest place, or the oldest if asked so.
        The candidates may be *ranked* already.
        """
        for candidates in (CANDIDATES, MANY_CANDIDATES):
            few = ranked if candidates == CANDIDATES else None
            ranking = few or self._ranked(query, candidates)
            answering = self.answering(query, ranking)
            answered = len(answering) > 0
            rows = self._briefs.give_way(ranking, answering) if answered else ranking
            order = query.narrowing.order if answered else None
            if order is not None:
                rows = rows[self._in_order(rows, order)]
            elif answered and query.newest_too:
                rows = self._with_newest(rows, limit)
            shown = self._copies.first_of_each(rows, limit, in_order=order is not None)
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

        Of one day, the best comes first. What says little, such as a heading, comes after all.
        """
        days = self._filter.days_of(ranking.numbers)
        undated_last = np.where(days > 0, days, np.iinfo(days.dtype).max)
        by_day = -days if order is Order.NEWEST else undated_last
        says_little = ranking.parts[Part.EMPTINESS] < 0
        rows: Numbers = np.lexsort((by_day, says_little))
        return rows

    def _quote(self, query: Query, ranking: Ranking) -> tuple[Hit, ...]:
        """Return the paragraphs of *ranking* with their best sentences and highlights.

        Where what is *sought* word for word stands, is highlighted, and its sentence is the best.
        """
        highlights = self._sentence_index.highlights(ranking.rows.tolist(), ranking.occurrences)
        sentences = self._sentence_index.sentence_spans(ranking.sentences)
        columns = (ranking.numbers.tolist(), ranking.scores.tolist(), sentences, highlights)
        sought = [read_phrase(one) for one in query.sought] if len(ranking.numbers) else []
        hits: list[Hit] = []
        for number, score, best, found in zip(*columns, strict=True):
            statement, paragraph = self._paragraphs[number]
            spans, sentence = found, best
            if sought and len(hits) < SOUGHT_IN:
                exact = spans_in(paragraph.text, sought)
                spans, sentence = self._with_exact(number, best, found, exact)
            hits.append(
                Hit(
                    paragraph=paragraph,
                    citation=self._catalogue.citation(statement, paragraph),
                    score=score,
                    sentence=sentence,
                    highlights=tuple(spans),
                    copies=self._copies_of(number),
                    statement=statement,
                )
            )
        return tuple(hits)

    def _copies_of(self, number: int) -> Sequence[Citation]:
        """Return where else the text of paragraph *number* stands, newest first.

        Each is cited when it is asked for: some texts stand in thousands of places.
        """
        others = self._copies.others(number)
        if not len(others):
            return ()
        quotable = others[self._filter.quotable[others]]
        return self._catalogue.cited(quotable) if len(quotable) else ()

    def _with_copies(self, hit: Hit) -> Hit:
        """Return *hit*, a paragraph that was named, with where else its text stands."""
        copies = self._copies_at(hit.citation)
        return replace(hit, copies=copies) if copies else hit

    def _checked_with_copies(self, checked: CheckedQuotation) -> CheckedQuotation:
        """Return *checked*, with where else the text stands that it is from, if it is from one."""
        if len(checked.passages) != 1:
            return checked
        copies = self._copies_at(checked.passages[0].citation)
        return replace(checked, copies=copies) if copies else checked

    def _copies_at(self, citation: Citation) -> Sequence[Citation]:
        """Return where else the text of the paragraph of *citation* stands, newest first."""
        numbers = self._catalogue.numbers_of(citation.statement)
        if numbers.stop > len(self._paragraphs) or citation.paragraph > len(numbers):
            return ()  # It is withdrawn, or of an earlier version.
        return self._copies_of(numbers[citation.paragraph - 1])

    def _with_exact(
        self, number: int, sentence: Span, highlights: list[Span], exact: Iterable[Span]
    ) -> tuple[list[Span], Span]:
        """Return *highlights* with those that are *exact*, and the best sentence."""
        for start, stop in exact:
            if not sentence[0] <= start < sentence[1]:
                other = self._sentence_index.sentence_at(number, start)
                sentence = self._sentence_index.sentence_span(other)
            others = [(a, b) for a, b in highlights if b <= start or stop <= a]
            highlights = sorted([*others, (start, stop)])
        return highlights, sentence

    def _coverage(self, query: Query) -> tuple[Coverage, bool]:
        """Return what was searched, and whether there is anything that the filters leave.

        It is the part of the record that *query* is narrowed to; if it is not, all but the bot's
        own statement.
        """
        narrowed = query.narrowing.allowed
        if not query.question.filters and narrowed is None:
            return self.covered, True
        filters = query.question.filters
        allowed = self._filter.allowed_by(filters)
        if not (filters.statements or filters.speakers):
            allowed[self._own.numbers] = False
        searched = self._filter.coverage(allowed if narrowed is None else allowed & narrowed)
        return searched, bool(allowed.any())

    def _suggest(self, query: Query, nearest: tuple[Hit, ...]) -> tuple[str, ...]:
        """Return what to ask instead of *query*, which nothing answers."""
        searched = set(query.terms)
        tokens = [token for token in query.tokens if token.term in searched]
        return self._suggestions.instead_of(query.question.words, tokens, nearest)

    def _is_answered(self, question: str) -> bool:
        """Return whether *question* would be answered if a user asked it."""
        query = self.query(question)
        return len(self.answering(query, self.rank(query))) > 0

    def _having(self, words: str, tag: str) -> int:
        """Return how many paragraphs have *words*, of the language *tag*, side by side."""
        return len(self._bm25.having(tuple(self._analyzers.of(tag).analyse(words).terms)))

    def _idf_of_terms(self, number: int) -> dict[str, float]:
        """Return the different terms of a paragraph, each with its idf."""
        statement, paragraph = self._paragraphs[number]
        terms = self._analyzers.of(statement.language).analyse(paragraph.text).terms
        return {term: idf(self._bm25.corpus_size, self._bm25.df(term)) for term in terms}
