"""Decides what the wording of a question narrows: whose words are searched, of when, and in order.

"What did Biden say about Taiwan in May 2022?" is searched in Biden's words of May 2022 only. A long
question, such as a reporter's with a preamble, names people and days that it does not ask of: there
they are preferred, and others still count.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto

import regex

from index.model.answer import Order, Span, Understood
from index.model.record import Coverage
from index.postings.bm25 import Mask
from index.question.common_words import CommonWords
from index.question.paragraph_filter import ParagraphFilter
from index.question.syntax import Question
from index.text.folding import fold
from index.text.language import Language
from index.text.question_phrases import is_unspaced
from index.text.terms import Analyzer, Token
from index.wording.dates import Dates
from index.wording.order import may_be_ordered, order_in
from index.wording.telling import Glance
from index.wording.when import When, may_name_days, when_in
from index.wording.who import Asked, asked_of, may_ask_of

#: A question of more words is not narrowed by its wording.
MOST_WORDS = 25
#: Nor by a speaker or days if so many of its words are left as its subject.
MOST_LEFT_OF_SPEAKER, MOST_LEFT_OF_UNKNOWN = 12, 6
#: The days are those of the statements if so few are left beside "said", or without it; never
#: beside "when" or "how many".
MOST_LEFT_OF_SAID, MOST_LEFT_OF_DAYS = 4, 3
#: So many names of speakers are told.
MOST_NAMES = 4
#: So many keywords at most are a speaker and a subject; so many are the name.
MOST_KEYWORDS, MOST_OF_NAME = 6, 3

#: Words of a name that stands before the words for an order.
_MOST_WORDS_BEFORE = 4

NOTHING_UNDERSTOOD = Understood()
#: A date without a year is looked for in so many years.
_MOST_YEARS_BACK = 30
_FIRST_WORD, _NAME = regex.compile(r"\w+"), regex.compile(r"[\w'’-]+")


class Scope(Enum):
    """How far the wording of a question narrows what is searched."""

    #: As it asks.
    ASKED = auto()
    #: As it certainly asks: what is only likely is a word like others.
    CERTAIN = auto()
    #: Not at all, and what would narrow is left out: the same subject, by anybody at any time.
    ANYWHERE = auto()
    #: Not at all, and all words are searched for.
    WORDS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What the wording of a question narrows."""

    #: The words that only narrow, by their spans.
    spans: tuple[Span, ...] = ()
    #: Which paragraphs are searched, and which are preferred; ``None`` for no difference.
    allowed: Mask | None = None
    preferred: Mask | None = None
    #: Whose words are asked for, as typed, and of which days.
    speaker: str = ""
    dates: Dates | None = None
    order: Order | None = None
    #: Words that a passage must have, by their spans: a speaker who is none on record, a year
    #: before the first statement.
    required: tuple[Span, ...] = ()
    #: Whether a speaker or days are only likely asked of: if nothing answers, all words are
    #: searched for.
    likely: bool = False
    #: Whether it was lifted.
    is_lifted: bool = False
    #: What is told of an answer, and if nothing answers.
    understood: Understood = NOTHING_UNDERSTOOD
    sought: Understood = NOTHING_UNDERSTOOD

    @property
    def narrows(self) -> bool:
        """Whether there are paragraphs that it leaves out."""
        return self.allowed is not None or bool(self.required)

    @property
    def few(self) -> bool:
        """Whether a few terms are all that is left of the question as its subject."""
        return self.allowed is not None or self.is_lifted

    def lifted(self) -> Narrowing:
        """Return this without what it narrows: the same subject, said by anybody at any time."""
        return Narrowing(spans=(*self.spans, *self.required), is_lifted=True)


class Narrower:
    """Reads what questions narrow, in one record; built once."""

    def __init__(
        self, paragraph_filter: ParagraphFilter, covered: Coverage, common: CommonWords
    ) -> None:
        """Narrow to the paragraphs of *paragraph_filter*, of the days that are *covered*.

        A name that is among the *common* words is the subject where both may be meant.
        """
        self._filter, self._covered, self._common = paragraph_filter, covered, common

    def read(
        self, question: Question, tokens: Sequence[Token], analyzer: Analyzer, scope: Scope
    ) -> Narrowing:
        """Return what *question* narrows; its *tokens* were read by *analyzer*.

        *scope* tells how far.
        """
        narrowing = self._read(question, tokens, analyzer, scope)
        return narrowing.lifted() if scope is Scope.ANYWHERE else narrowing

    def _read(
        self, question: Question, tokens: Sequence[Token], analyzer: Analyzer, scope: Scope
    ) -> Narrowing:
        """Return what *question* narrows, not yet lifted; of words, its operators alone."""
        words, language = question.words, analyzer.language
        narrow = scope is not Scope.WORDS and not question.only_phrases
        when = order = asked = None
        order_spans: list[Span] = []
        glance = Glance.at(words)
        if narrow and self._covered.first is not None:
            # A record without dates has no days to narrow to, and no newest.
            if may_name_days(glance, language):
                when = when_in(words, language, question.today, self._covered.last)
            if may_be_ordered(glance, language):
                order, order_spans = order_in(words, language)
        if narrow:
            days = when.spans if when else ()
            if may_ask_of(glance, language):
                # "When did she first say" has the verb among its words.
                passed_over = order_spans if order is Order.NEWEST else ()
                asked = self._asked_of(words, tokens, analyzer, days, passed_over)
            asked = asked or self._certainly(
                self._before_order(words, order_spans, analyzer)
                or self._beside_keywords(words, tokens, analyzer, [*days, *order_spans]),
                words,
                analyzer,
            )
            if question.phrases:
                # What is quoted asks nothing.
                quoted = _quoted(question)
                when = None if when and _overlap(when.spans, quoted) else when
                order = None if _overlap(order_spans, quoted) else order
                order_spans = order_spans if order else []
                asked = None if asked and _overlap([asked.phrase], quoted) else asked
        filters = question.filters
        if not (when or order or asked or filters):
            return NO_NARROWING
        reading = _Reading(question, tokens, [], certain=scope is Scope.CERTAIN)
        reading.filtered = self._filter.names_from(filters.speakers)
        if not (when or order or asked):
            return reading.narrowing()
        spans = [*order_spans, *(when.spans if when else ())]
        if asked is not None and asked.known:
            spans.append(asked.phrase)
        left, length = _counted(words, outside(spans, tokens), language)
        short = length <= MOST_WORDS
        if order and short:
            reading.order = order
            reading.spans += order_spans
        if when is not None:
            narrows = short and left <= _most_left(glance, language)
            self._read_days(when, reading, narrows=narrows)
        if asked is not None:
            most = MOST_LEFT_OF_SPEAKER if asked.known else MOST_LEFT_OF_UNKNOWN
            self._read_speaker(asked, reading, narrows=short and left <= most)
        return reading.narrowing()

    def _asked_of(
        self,
        words: str,
        tokens: Sequence[Token],
        analyzer: Analyzer,
        days: Sequence[Span],
        passed_over: Sequence[Span],
    ) -> Asked | None:
        """Return whom a phrase of *words* asks of.

        The words for its *days* are none of a phrase, and those that are *passed_over* are only if
        there is no other: "recent comments by Price" has "by" among the words for the order.
        """
        begins = tokens[0].start if tokens else 0
        for among in ([*days, *passed_over], days) if passed_over else (days,):
            asked = asked_of(words, analyzer.language, self._filter.knows, among, begins=begins)
            if asked := self._certainly(asked, words, analyzer):
                return asked
        return None

    def _certainly(self, asked: Asked | None, words: str, analyzer: Analyzer) -> Asked | None:
        """Return *asked*, unless the name is a common word where it may be the subject."""
        if asked and asked.weak and self._common.has(words[slice(*asked.name)], analyzer):
            return None
        return asked

    def _beside_keywords(
        self, words: str, tokens: Sequence[Token], analyzer: Analyzer, among: Sequence[Span]
    ) -> Asked | None:
        """Return the speaker named before or after other bare keywords: "biden ukraine".

        It is only likely that the speaker's words are asked for.
        """
        left = outside(among, tokens)
        if not 2 <= len(left) <= MOST_KEYWORDS:
            return None
        first = _FIRST_WORD.search(words)
        if first and fold(first[0]) in analyzer.language.question_words:
            return None
        for count in range(min(len(left) - 1, MOST_OF_NAME), 0, -1):
            for run in (left[:count], left[-count:]):
                span = (run[0].start, run[-1].stop)
                name = words[slice(*span)]
                if self._filter.is_name(name):
                    return Asked(span, span, known=True, weak=True)
        return None

    def _before_order(
        self, words: str, order_spans: Sequence[Span], analyzer: Analyzer
    ) -> Asked | None:
        """Return who is asked of in "Blinken latest on Iran", by the words before the order."""
        name = words[: order_spans[0][0]].rstrip() if order_spans else ""
        # "The latest" asks of nobody, though a minister be one of the interior.
        if not name or not analyzer.analyse(name).terms:
            return None
        if name.count(" ") < _MOST_WORDS_BEFORE and self._filter.knows(name):
            return Asked((0, len(name)), (0, len(name)), known=True, weak=True)
        return None

    def _read_days(self, when: When, reading: _Reading, *, narrows: bool) -> None:
        """Read the days of *when*, which are preferred unless the question *narrows*."""
        today = reading.question.today
        dates, dated = self._on_record(when)
        if dates.first is not None and dates.first > today:
            return  # What is to come is spoken of.
        if dates.first == dates.last == today and not dated.any():
            reading.spans += when.spans
            return  # "Today" says little, where nothing was said yet.
        if narrows and dates.last and self._covered.first and dates.last < self._covered.first:
            # Before the first statement: what happened then may be spoken of.
            reading.required += when.spans
            reading.sought_dates = dates
        elif narrows and when.may_be_subject and reading.certain:
            # "Iran deal 2015" is of that year, if nothing was said of it in that year.
            reading.required += when.spans
            reading.sought_dates = dates
        elif narrows:
            reading.dates = reading.sought_dates = dates
            reading.allow(dated)
            reading.spans += when.spans
            reading.likely |= when.may_be_subject
        else:
            # "Since 2005" tells of what a preamble speaks of.
            closed = dates.first is not None and dates.last is not None
            if closed and dated.any() and not dated.all():
                reading.dates = dates
                reading.prefer(dated)
            # Texts have years and months as words, but no "last week".
            reading.spans += when.periods

    def _on_record(self, when: When) -> tuple[Dates, Mask]:
        """Return the days of *when*, and what is of them: without a year, the latest on record."""
        dates, dated = when.dates, self._filter.dated(when.dates)
        first, last = dates.first, dates.last
        if not when.yearless or dated.any() or first is None or last is None:
            return dates, dated
        oldest = self._covered.first.year if self._covered.first else last.year
        for back in range(1, min(_MOST_YEARS_BACK, last.year - oldest + 1)):
            with suppress(ValueError):  # 29 February
                earlier = Dates(
                    first.replace(year=first.year - back), last.replace(year=last.year - back)
                )
                if (found := self._filter.dated(earlier)).any():
                    return earlier, found
        return dates, dated

    def _read_speaker(self, asked: Asked, reading: _Reading, *, narrows: bool) -> None:
        """Read who is *asked* of, whose words are preferred unless the question *narrows*."""
        name = reading.question.words[slice(*asked.name)]
        spoken = self._filter.spoken_by(name) if asked.known else None
        if spoken is None:
            # In a record of texts that nobody speaks, "what did she announce" is a fact.
            if narrows and self._filter.has_speakers:
                reading.required.append(asked.name)
                # Words alone: what is told of a question must not become a link.
                reading.sought_speaker = " ".join(_NAME.findall(name))
                reading.allow(self._filter.reports)
            return
        # "Lord Bach on legal aid" asks of him; "bach legal aid" may.
        likely = asked.weak and asked.phrase == asked.name
        if likely and reading.certain:
            reading.sought_speaker = name
            return
        reading.speaker = name
        if narrows:
            reading.allow(spoken)
            reading.spans.append(asked.phrase)
            if asked.apart:
                reading.spans.append(asked.apart)
            names = self._filter.names_of(name)
            # An office that many hold is told as it was asked of.
            reading.names = names if len(names) <= MOST_NAMES else (name,)
            reading.likely |= likely
        else:
            reading.prefer(spoken)
            reading.spans.append(asked.name)


@dataclass(slots=True)
class _Reading:
    """What has been read of a question so far."""

    question: Question
    tokens: Sequence[Token]
    spans: list[Span]
    required: list[Span] = field(default_factory=list)
    allowed: Mask | None = None
    preferred: Mask | None = None
    speaker: str = ""
    #: The names of the speakers to whom it is narrowed, as the record writes them.
    names: tuple[str, ...] = ()
    #: The names of those whom operators ask for.
    filtered: Sequence[str] = ()
    dates: Dates | None = None
    order: Order | None = None
    likely: bool = False
    #: Whether what is only likely narrows nothing.
    certain: bool = False
    #: Who and when it asks of, though the record has nothing of them.
    sought_speaker: str = ""
    sought_dates: Dates | None = None

    def allow(self, mask: Mask) -> None:
        self.allowed = mask if self.allowed is None else self.allowed & mask

    def prefer(self, mask: Mask) -> None:
        self.preferred = mask if self.preferred is None else self.preferred & mask

    def narrowing(self) -> Narrowing:
        """Return what was read."""
        narrowed = self.dates if self.allowed is not None else None
        sought = (self.sought_speaker,) if self.sought_speaker else self.names
        return Narrowing(
            spans=tuple(self.spans),
            allowed=self.allowed,
            preferred=self.preferred,
            speaker=self.speaker,
            dates=self.dates,
            order=self.order,
            required=tuple(self.required),
            likely=self.likely,
            understood=self._told(self.names, narrowed),
            sought=self._told(sought, self.sought_dates),
        )

    def _told(self, speakers: Sequence[str], dates: Dates | None) -> Understood:
        """Return what is told of the operators, and of the wording: *speakers* and *dates*."""
        by_wording = bool(speakers or dates or self.order)
        filtered = self.question.filters.dates
        if filtered is not None:
            dates = filtered if dates is None else dates.overlap(filtered)
        names = dict.fromkeys((*self.filtered, *speakers))
        if not (names or dates or self.order):
            return NOTHING_UNDERSTOOD
        return Understood(
            speakers=tuple(names),
            first=dates.first if dates else None,
            last=dates.last if dates else None,
            order=self.order,
            by_wording=by_wording,
        )


NO_NARROWING = Narrowing()


def _quoted(question: Question) -> list[Span]:
    """Return where the exact phrases of *question* stand among its words."""
    words = question.words
    places = ((words.find(phrase), len(phrase)) for phrase in question.phrases)
    return [(start, start + length) for start, length in places if start >= 0]


def _overlap(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(start < end and begin < stop for start, stop in some for begin, end in others)


def _counted(words: str, left: Sequence[Token], language: Language) -> tuple[int, int]:
    """Return how many words are *left* of a question, and how many *words* it has.

    In a script without spaces, two characters are some word; each is a token, and so are both.
    """
    if is_unspaced(language.script):
        return len({one.start for one in left}) // 2, len(words) // 2
    return len(left), words.count(" ") + 1


def _most_left(glance: Glance, language: Language) -> int:
    """Return how many words may be left of a question for its days to be when it was said.

    "When did it open in June?" asks of June, and not of what was said then.
    """
    if not language.saying_words.isdisjoint(glance.words):
        return MOST_LEFT_OF_SAID
    return MOST_LEFT_OF_DAYS if language.fact_words.isdisjoint(glance.words) else 0


def outside(spans: Sequence[Span], tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the *tokens* that overlap none of *spans*."""
    if not spans:
        return tuple(tokens)
    return tuple(
        one
        for one in tokens
        if not any(start < one.stop and one.start < stop for start, stop in spans)
    )
