"""The values of a checked story: its quotations, where each stands on record, and how they differ.

Words of a story are slices of the draft, and words of the record are slices of its paragraphs; none
is written here. How quotations are graded, ``grades`` tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.drafts.quotation import Quotation
from index.model.answer import Citation, Quote, Span
from index.model.record import Coverage


class Grade(StrEnum):
    """How a quotation stands to the record; the worst comes first."""

    #: On record in other words.
    ALTERED = "altered"
    #: Parts from different places, joined as one.
    SPLICED = "spliced"
    #: On record, but not as the story says: of another speaker, date or statement, or as an
    #: outlet's words.
    MISATTRIBUTED = "misattributed"
    #: Verbatim, but what follows or leads to it limits it.
    CUT = "cut"
    #: Nowhere on record.
    ABSENT = "not on record"
    #: The same words, with other marks or capitals.
    PUNCTUATED = "punctuated differently"
    #: The same words and marks.
    VERBATIM = "verbatim"


class Change(StrEnum):
    """What a difference changes; what a desk must know first comes first."""

    NEGATION = "negation"
    #: Limiting words were left out: unless, subject to.
    LIMIT = "limit"
    NUMBER = "number"
    UNIT = "unit"
    CURRENCY = "currency"
    DATE = "date"
    NAME = "name"
    #: may, will, must.
    MODAL = "modal"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that differ between a quotation and its passage."""

    change: Change
    #: The story's words, a slice of the draft; empty (start == stop) where it left words out.
    written: Span
    #: The record's words; ``None`` where the story put words in.
    stands: Quote | None
    #: Whether the words were left out where the story marks that with an ellipsis.
    at_omission: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a part of a quotation stands on record."""

    #: The part, a slice of the draft.
    written: Span
    #: The words on record that it was compared with.
    quote: Quote
    citation: Citation


class Mismatch(StrEnum):
    """In what the record differs from what a story says of a quotation."""

    SPEAKER = "speaker"
    DATE = "date"
    STATEMENT = "statement"
    #: The words are those of an outlet's report, and not the speaker's own.
    PARAPHRASE = "paraphrase"
    #: The words are those of somebody who asked the speaker.
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What a story says of a quotation, and what the record says."""

    mismatch: Mismatch
    #: The story's words, a slice of the draft: "the minister said"; ``None`` if they follow from
    #: the quotation marks alone.
    written: Span | None
    #: What the record has: a speaker's name; a day or a title, as in the passage's citation.
    stands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedQuotation:
    """A quotation with its grade, and all that the grade rests on."""

    quotation: Quotation
    grade: Grade
    #: Where its parts stand, in the order of the quotation; none if it is not on record.
    passages: tuple[Passage, ...] = ()
    #: What differs, the worst first.
    differences: tuple[Difference, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    #: The words on record that limit it, and that the story does not have.
    limits: tuple[Quote, ...] = ()
    #: What is nearest to a quotation that is not on record, if anything is near.
    nearest: Passage | None = None
    #: Where else the text of its one passage stands, newest first.
    copies: Sequence[Citation] = ()
    #: The name of the rule that decided, one of ``grades.RULES``.
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedStory:
    """A draft, and each of its quotations compared with the record."""

    draft: str
    #: In the order of the draft.
    quotations: tuple[CheckedQuotation, ...]
    searched: Coverage
    #: Quotations of one or two words, which are not checked.
    short: tuple[Quotation, ...] = ()
    #: Sentences in indirect speech, which are not checked: slices of the draft.
    paraphrases: tuple[Span, ...] = ()
    #: Quotation marks without a partner: their offsets in the draft.
    unbalanced: tuple[int, ...] = ()
    #: How many characters of the draft were read; fewer than it has if it is too long.
    read: int = 0

    def worst_first(self) -> tuple[CheckedQuotation, ...]:
        """Return the quotations by grade, the worst first; of one grade in the draft's order."""
        order = list(Grade)
        return tuple(sorted(self.quotations, key=lambda one: order.index(one.grade)))

    def count(self, grade: Grade) -> int:
        """Return how many quotations have *grade*."""
        return sum(one.grade is grade for one in self.quotations)
