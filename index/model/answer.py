"""The values an answer is made of: quotes, citations, hits.

A quote is a slice of its paragraph and can be nothing else. ``bot`` decides how an answer looks.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from index.model.attribution import Attribution, attribution_of
from index.model.record import Coverage
from index.model.statement import Kind, Paragraph, Speaker, Statement, Translation

#: (start, stop) in characters (code points) of a paragraph's text, end exclusive.
Span = tuple[int, int]


def speakers_of(statement: Statement, paragraph: Paragraph) -> tuple[Speaker, ...]:
    """Return whose words *paragraph* of *statement* are: its speaker's, or all parties'."""
    return speakers_by(statement, paragraph.speaker, named=paragraph.named)


def speakers_by(statement: Statement, speaker: Speaker, *, named: bool) -> tuple[Speaker, ...]:
    """Return whose words a paragraph of *statement* by *speaker* is, who may be *named* in it."""
    return (speaker,) if named or speaker != statement.speakers[0] else statement.parties


@dataclass(frozen=True, slots=True)
class Quote:
    """A slice of a paragraph."""

    paragraph: Paragraph
    start: int
    stop: int

    def __post_init__(self) -> None:
        """Refuse offsets outside the paragraph, and an empty slice."""
        if not 0 <= self.start < self.stop <= len(self.paragraph.text):
            raise ValueError(
                f"{self.start}:{self.stop} is not a slice of {len(self.paragraph.text)} characters"
            )

    @property
    def text(self) -> str:
        """The words, exactly as filed."""
        return self.paragraph.text[self.start : self.stop]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a quote stands: who, what, when, where, which paragraph, and whose words."""

    statement: str
    title: str
    #: When it was said; ``None`` is "undated".
    date: datetime.date | None
    #: When it was published, if that differs.
    published: datetime.date | None
    kind: Kind
    speaker: str
    role: str
    publisher: str
    url: str
    #: The paragraph's number, from 1, and how many paragraphs the statement has.
    paragraph: int
    paragraphs: int
    #: The short code that finds the paragraph again.
    reference: str
    attribution: Attribution
    language: str
    translation: Translation | None
    #: The heading that the paragraph stands under; may be empty.
    section: str = ""
    #: Whom the speaker quotes with these words, if the text tells; may be empty.
    quoted_from: str = ""
    #: Why its statement is no longer quoted as current; empty if it is.
    withdrawn: str = ""
    #: The day on which the words were replaced; ``None`` if they stand in the current text.
    amended: datetime.date | None = None

    @classmethod
    def of(cls, statement: Statement, paragraph: Paragraph, reference: str) -> Citation:
        """Return the citation of *paragraph* of *statement*."""
        speakers = speakers_of(statement, paragraph)
        speaker = speakers[0]
        if len(speakers) > 1:
            speaker = Speaker(", ".join(one.name for one in speakers), "")
        return cls(
            statement=statement.id,
            title=statement.title,
            date=statement.date,
            published=statement.published,
            kind=statement.kind,
            speaker=speaker.name,
            role=speaker.role,
            publisher=statement.publisher,
            url=statement.url,
            paragraph=paragraph.number,
            paragraphs=len(statement.paragraphs),
            reference=reference,
            attribution=attribution_of(statement, paragraph),
            language=statement.language,
            translation=statement.translation,
            section=paragraph.section,
            withdrawn=statement.withdrawn,
            amended=statement.amended,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A paragraph found, with its score and the slices of it that match the question."""

    paragraph: Paragraph
    citation: Citation
    score: float
    #: The sentence that matches the question best.
    sentence: Span
    #: Where the question's words stand in the paragraph, in order.
    highlights: tuple[Span, ...] = ()
    #: Where the same text also stands on record, newest first.
    copies: Sequence[Citation] = ()
    #: The statement that the paragraph is of, by which its voices are told apart.
    statement: Statement | None = field(default=None, repr=False, compare=False)

    @property
    def quote(self) -> Quote:
        """The whole paragraph."""
        return Quote(self.paragraph, 0, len(self.paragraph.text))

    @property
    def key_sentence(self) -> Quote:
        """The sentence that matches the question best."""
        return Quote(self.paragraph, *self.sentence)


@dataclass(frozen=True, slots=True)
class Amended:
    """A reference whose paragraph was amended or removed after the reference was made."""

    reference: str
    #: The statements it may have stood in, each as a hit on its first paragraph; usually one.
    statements: tuple[Hit, ...]
    #: The paragraph as it last stood, in each statement that kept the version: their citations have
    #: the day on which it was replaced.
    earlier: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """What a user should know about how a question was read."""

    #: Words that are not on record, each with the word that was searched for instead.
    corrected: tuple[tuple[str, str], ...] = ()
    #: Operators, as typed, that could not be read and were taken as plain words.
    unparsed: tuple[str, ...] = ()
    #: Exact phrases that stand in no paragraph; their words were searched for instead.
    absent: tuple[str, ...] = ()
    #: Exact phrases that stand in no paragraph alone, but reach across the end of one.
    across: tuple[str, ...] = ()
    #: Operators, as typed, that narrow what is searched.
    narrowed: tuple[str, ...] = ()
    #: Whether no statement is written in the script of the question.
    foreign: bool = False
    #: The sentence of the question that was judged by itself; empty if the question was as a whole.
    judged: str = ""
    #: The last words that were read of a question that is too long; empty if all of it was read.
    read_up_to: str = ""


class Order(StrEnum):
    """In which order a question wants what answers it; without one, the best comes first."""

    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What narrowed or ordered a search, by operators or by the question's wording."""

    #: The speakers whose words were searched, as the record names them.
    speakers: tuple[str, ...] = ()
    #: The days whose statements were searched; ``None`` for a range without a beginning or an end.
    first: datetime.date | None = None
    last: datetime.date | None = None
    order: Order | None = None
    #: Whether some of it was read from the wording, and can be lifted: ``Index.ask(narrow=False)``.
    by_wording: bool = False

    def __bool__(self) -> bool:
        """Whether anything narrowed or ordered the search."""
        return bool(self.speakers or self.first or self.last or self.order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found for a question; finding nothing is an answer too."""

    question: str
    #: Whether the hits answer the question. If not, they are the nearest passages, best first.
    answered: bool
    hits: tuple[Hit, ...]
    searched: Coverage
    #: All that is on record, without the bot's own statement.
    on_record: Coverage
    #: Other questions, each of which the record answers.
    suggestions: tuple[str, ...] = ()
    interpretation: Interpretation = Interpretation()
    understood: Understood = Understood()
    #: If not answered: whether the hits, of other speakers or days, answer it but for whom or when.
    others_answer: bool = False
