"""Decides what the wording of a question narrows: whose words are searched, of when, and in order.

"What did Biden say about Taiwan in May 2022?" is searched in Biden's words of May 2022 only. A long
question, such as a reporter's with a preamble, names people and days that it does not ask of: there
they are preferred, and others still count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from index.model.answer import Order, Span, Understood
from index.model.record import Coverage
from index.postings.bm25 import Mask
from index.question.paragraph_filter import ParagraphFilter
from index.question.syntax import Question
from index.text.language import Language
from index.text.terms import Token
from index.wording.dates import Dates
from index.wording.order import order_in
from index.wording.when import When, when_in
from index.wording.who import Asked, asked_of

#: A question of more words is not narrowed by its wording.
MOST_WORDS = 25
#: Nor by a speaker or days if so many of its words are left as its subject.
MOST_LEFT_OF_SPEAKER, MOST_LEFT_OF_DAYS = 12, 4

#: Words of a name that stands before the words for an order.
_MOST_WORDS_BEFORE = 4
#: Scripts without spaces between words.
_UNSPACED = ("Han", "Thai")

NOTHING_UNDERSTOOD = Understood()


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
    #: Whether a speaker is only likely asked of: if nothing answers, all words are searched for.
    likely: bool = False
    #: What is told of an answer, and if nothing answers.
    understood: Understood = NOTHING_UNDERSTOOD
    sought: Understood = NOTHING_UNDERSTOOD

    @property
    def narrows(self) -> bool:
        """Whether there are paragraphs that it leaves out."""
        return self.allowed is not None or bool(self.required)

    def lifted(self) -> Narrowing:
        """Return this without what it narrows: the same subject, said by anybody at any time."""
        return Narrowing(spans=(*self.spans, *self.required))


class Narrower:
    """Reads what questions narrow, in one record; built once."""

    def __init__(self, paragraph_filter: ParagraphFilter, covered: Coverage) -> None:
        """Narrow to the paragraphs of *paragraph_filter*, of the days that are *covered*."""
        self._filter, self._covered = paragraph_filter, covered

    def read(
        self, question: Question, tokens: Sequence[Token], language: Language, *, narrow: bool
    ) -> Narrowing:
        """Return what *question* narrows; its *tokens* were read as *language*.

        Unless *narrow*, its operators alone narrow.
        """
        words = question.words
        when = order = asked = None
        order_spans: list[Span] = []
        if narrow and self._covered.first is not None:
            # A record without dates has no days to narrow to, and no newest.
            when = when_in(words, language, question.today, self._covered.last)
            order, order_spans = order_in(words, language)
        if narrow:
            passed_over = [*(when.spans if when else ()), *order_spans]
            asked = asked_of(words, language, self._filter.knows, passed_over)
            if asked is None and order_spans and (before := order_spans[0][0]):
                asked = self._before_order(words[:before].rstrip())
        if not (when or order or asked):
            told = self._understood(question)
            return Narrowing(understood=told, sought=told) if told else NO_NARROWING
        reading = _Reading(question, tokens, [*order_spans])
        if when is not None:
            reading.spans += when.spans
        if asked is not None and asked.known:
            reading.spans.append(asked.phrase)
        left = len(outside(reading.spans, tokens))
        length = words.count(" ") + 1
        if language.script in _UNSPACED:
            # Two characters are some word; each is a token, and so are both.
            begins = {one.start for one in outside(reading.spans, tokens)}
            left, length = len(begins) // 2, len(words) // 2
        reading.spans = []
        short = length <= MOST_WORDS
        if order and short:
            reading.order = order
            reading.spans += order_spans
        if when is not None:
            self._read_days(when, reading, narrows=short and left <= MOST_LEFT_OF_DAYS)
        if asked is not None:
            self._read_speaker(asked, reading, narrows=short and left <= MOST_LEFT_OF_SPEAKER)
        return reading.narrowing(self._understood)

    def _before_order(self, name: str) -> Asked | None:
        """Return who is asked of in "Blinken latest on Iran", by the words before the order."""
        if name and name.count(" ") < _MOST_WORDS_BEFORE and self._filter.knows(name):
            return Asked((0, len(name)), (0, len(name)), known=True, weak=True)
        return None

    def _read_days(self, when: When, reading: _Reading, *, narrows: bool) -> None:
        """Read the days of *when*, which are preferred unless the question *narrows*."""
        dates, today = when.dates, reading.question.today
        dated = self._filter.dated(dates)
        if dates.first is not None and dates.first > today:
            return  # What is to come is spoken of.
        if dates.first == dates.last == today and not dated.any():
            reading.spans += when.spans
            return  # "Today" says little, where nothing was said yet.
        if narrows and dates.last and self._covered.first and dates.last < self._covered.first:
            # Before the first statement: what happened then may be spoken of.
            reading.required += when.spans
            reading.sought_dates = dates
        elif narrows:
            reading.dates = reading.sought_dates = dates
            reading.allow(dated)
            reading.spans += when.spans
        else:
            # "Since 2005" tells of what a preamble speaks of.
            closed = dates.first is not None and dates.last is not None
            if closed and dated.any() and not dated.all():
                reading.dates = dates
                reading.prefer(dated)
            # Texts have years and months as words, but no "last week".
            reading.spans += when.periods

    def _read_speaker(self, asked: Asked, reading: _Reading, *, narrows: bool) -> None:
        """Read who is *asked* of, whose words are preferred unless the question *narrows*."""
        name = reading.question.words[slice(*asked.name)]
        spoken = self._filter.spoken_by(name) if asked.known else None
        if spoken is None:
            # In a record of texts that nobody speaks, "what did she announce" is a fact.
            if narrows and self._filter.has_speakers:
                reading.required.append(asked.name)
                reading.sought_speaker = name
            return
        reading.speaker = name
        if narrows:
            reading.allow(spoken)
            reading.spans.append(asked.phrase)
            if asked.apart:
                reading.spans.append(asked.apart)
            reading.names = self._filter.names_of(name)
            reading.likely = asked.weak
        else:
            reading.prefer(spoken)
            reading.spans.append(asked.name)

    def _understood(
        self,
        question: Question,
        speakers: Sequence[str] = (),
        dates: Dates | None = None,
        order: Order | None = None,
    ) -> Understood:
        """Return what the operators of *question* narrow, and its wording."""
        filters = question.filters
        by_wording = bool(speakers or dates or order)
        names = [name for asked in filters.speakers for name in self._filter.names_from(asked)]
        names += speakers
        if filters.dates is not None:
            dates = filters.dates if dates is None else dates.overlap(filters.dates)
        if not (names or dates or order):
            return NOTHING_UNDERSTOOD
        return Understood(
            speakers=tuple(dict.fromkeys(names)),
            first=dates.first if dates else None,
            last=dates.last if dates else None,
            order=order,
            by_wording=by_wording,
        )


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
    dates: Dates | None = None
    order: Order | None = None
    likely: bool = False
    #: Who and when it asks of, though the record has nothing of them.
    sought_speaker: str = ""
    sought_dates: Dates | None = None

    def allow(self, mask: Mask) -> None:
        self.allowed = mask if self.allowed is None else self.allowed & mask

    def prefer(self, mask: Mask) -> None:
        self.preferred = mask if self.preferred is None else self.preferred & mask

    def narrowing(self, understood: Callable[..., Understood]) -> Narrowing:
        """Return what was read; *understood* tells it."""
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
            understood=understood(self.question, self.names, narrowed, self.order),
            sought=understood(self.question, sought, self.sought_dates, self.order),
        )


NO_NARROWING = Narrowing()


def outside(spans: Sequence[Span], tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the *tokens* that overlap none of *spans*."""
    return tuple(
        one
        for one in tokens
        if not any(start < one.stop and one.start < stop for start, stop in spans)
    )
