"""What the bot answers to what it was asked: one of these values.

Each holds all that a renderer needs. Which one it is, is decided in ``answering``.
"""

from __future__ import annotations

from dataclasses import dataclass

from index import Amended, Answer, CitationPart, Coverage, Hit, SmallTalk


@dataclass(frozen=True, slots=True)
class Found:
    """Passages answer."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class QuotedAlready:
    """The passage that answers was shown in this chat within a day."""

    answer: Answer
    #: The address of the message that shows it.
    address: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing on record answers; or what was asked for by its reference was amended."""

    answer: Answer
    amended: Amended | None = None


@dataclass(frozen=True, slots=True)
class CitationTold:
    """Somebody wants to know what the citation of passages tells."""

    cited: tuple[Hit, ...]
    parts: tuple[CitationPart, ...]


@dataclass(frozen=True, slots=True)
class Chatted:
    """A greeting or thanks."""

    kind: SmallTalk
    searched: Coverage
    #: Questions that the record answers.
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HowToAsk:
    """The bot is addressed, and asked nothing."""

    #: What the record has something about.
    subject: str
    #: Whether it was asked for its author's eyes only.
    alone: bool = False


@dataclass(frozen=True, slots=True)
class HowToDoubt:
    """A doubt was uttered, and nothing that is doubted."""


@dataclass(frozen=True, slots=True)
class CannotRead:
    """It is asked about what has no words, or none that the bot can read."""

    #: Whether there were words beside it, and nothing on record answers those alone.
    words_alone: bool = False


@dataclass(frozen=True, slots=True)
class UnknownCommand:
    """It is a command that the bot does not know."""


Outcome = (
    Found
    | QuotedAlready
    | NotFound
    | CitationTold
    | Chatted
    | HowToAsk
    | HowToDoubt
    | CannotRead
    | UnknownCommand
)
