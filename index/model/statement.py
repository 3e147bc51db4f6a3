"""The values a record is made of: speakers, paragraphs, statements, and where those came from.

They validate what must always hold. ``index.files`` reads them, and tells an operator how to repair
a file.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What kind of text a statement is; the values are the words used in statement files."""

    STATEMENT = "statement"
    JOINT_STATEMENT = "joint statement"
    REMARKS = "remarks"
    PRESS_RELEASE = "press release"
    PRESS_CONFERENCE = "press conference"
    INTERVIEW = "interview"
    LETTER = "letter"
    REPORT = "report"
    BRIEF = "brief"


class Translation(StrEnum):
    """Whether a translation is official."""

    OFFICIAL = "official"
    UNOFFICIAL = "unofficial"


class Role(StrEnum):
    """Whether a paragraph of a transcript asks or answers."""

    QUESTION = "question"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words: a person or an institution."""

    name: str
    #: The office held, for example ``Chinese Ambassador to Pakistan``; may be empty.
    role: str = ""

    def __post_init__(self) -> None:
        """Refuse a speaker without a name."""
        if not self.name.strip():
            raise ValueError("a speaker needs a name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the text of a statement was taken from, as whoever filed it noted; all may be empty."""

    url: str = ""
    #: The name of the file, without its folder.
    file: str = ""
    #: The day it was fetched, by Universal Time.
    fetched: datetime.date | None = None
    #: The SHA-256 of its bytes, 64 hexadecimal digits.
    sha256: str = ""

    def __bool__(self) -> bool:
        """Whether anything is noted."""
        return bool(self.url or self.file or self.fetched or self.sha256)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The unit that is retrieved and cited."""

    #: Its number in the statement, from 1.
    number: int
    #: The words as filed, with line breaks inside the paragraph already shown as spaces.
    text: str
    #: Whose words they are.
    speaker: Speaker
    #: Question or answer; ``None`` outside transcripts.
    role: Role | None = None
    #: Whether the text itself names the speaker, as a turn in a transcript does.
    named: bool = False
    _: KW_ONLY
    #: Whether the text tells for certain who speaks.
    certain: bool = True
    #: Whether the speaker reads out somebody else's words: a paragraph between quotation marks.
    quoted: bool = False
    #: The heading that it stands under, the nearest before it; empty if there is none.
    section: str = ""

    def __post_init__(self) -> None:
        """Refuse an empty paragraph, one with line breaks, and a number below 1."""
        if self.number < 1:
            raise ValueError(f"paragraphs are numbered from 1, not {self.number}")
        if not self.text.strip():
            raise ValueError(f"paragraph {self.number} is empty")
        if "\n" in self.text or "\r" in self.text:
            raise ValueError(f"paragraph {self.number} has a line break")

    @property
    def quotable(self) -> bool:
        """Whether it can be quoted as an answer; a question put to a speaker cannot."""
        return self.role is not Role.QUESTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One published text, with all that a citation of it needs."""

    #: The short name it is filed under; unique in a record.
    id: str
    title: str
    #: At least one; the first is the speaker of paragraphs that name none.
    speakers: tuple[Speaker, ...]
    #: At least one, numbered from 1 without gaps; a tuple, or what reads each when it is asked for.
    paragraphs: Sequence[Paragraph]
    #: When it was said; ``None`` is "undated".
    date: datetime.date | None = None
    #: When it was published, if that differs.
    published: datetime.date | None = None
    kind: Kind = Kind.STATEMENT
    publisher: str = ""
    url: str = ""
    #: A BCP 47 language tag.
    language: str = "en"
    translation: Translation | None = None
    source: Origin | None = None
    #: Why it is no longer quoted as current; empty if it is.
    withdrawn: str = ""
    #: The day on which another version replaced it; ``None`` of the current one.
    amended: datetime.date | None = None
    #: Its footnotes, in their order; they are kept, and neither numbered nor quoted.
    footnotes: tuple[str, ...] = ()

    @property
    def parties(self) -> tuple[Speaker, ...]:
        """The speakers of paragraphs that name none: usually the first speaker alone.

        A joint statement is the words of all its speakers, and so is a report of several.
        """
        several = self.kind in (Kind.JOINT_STATEMENT, Kind.REPORT)
        return self.speakers if several else self.speakers[:1]

    def __post_init__(self) -> None:
        """Refuse a statement that could not be cited: no id, title, speaker or paragraph."""
        for name in ("id", "title", "speakers", "paragraphs"):
            if not getattr(self, name):
                raise ValueError(f"a statement needs {name}")
        # What reads a paragraph when it is asked for, numbers it by its place.
        read = self.paragraphs if isinstance(self.paragraphs, tuple) else ()
        if [p.number for p in read] != list(range(1, len(read) + 1)):
            raise ValueError(f"the paragraphs of {self.id} are not numbered from 1 without gaps")
