"""Grades a quotation by what was found of it: an ordered list of rules, of which the first decides.

Each rule is one function whose docstring says what it decides; ``onrecord check-quotes --explain``
prints them. What they look at is ``Evidence``, which ``examination`` gathers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from index.checking.report import Change, Difference, Disagreement, Grade, Mismatch
from index.model.answer import Quote

#: The least share of a quotation's words that must stand on record, and of what they tell: a rare
#: word tells more than a small one. Of a quotation of few words, more of them must.
LEAST_SHARE, LEAST_OF_FEW, FEW = 0.6, 0.7, 11
LEAST_TOLD = 0.5
#: So many words side by side, and this share of the quotation, are enough as well.
LONG_RUN, LEAST_BESIDE_RUN = 8, 0.4
#: With fewer words of a quotation on record, another one in it is another quotation.
FEWEST_ALTERED = 4
#: So few words, with another among them, and said by somebody else, were not altered: they are
#: words that anybody says.
FEWEST_OF_ANOTHER = 7
#: Who alters a quotation changes it in a few places: in one of every so many words. What differs in
#: more was said in other words by somebody else.
WORDS_PER_CHANGE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the rules look at."""

    #: How many words the quotation has, and how many of them stand on record in order; in a script
    #: without spaces, about as many as a translation would have.
    words: int
    matched: int
    #: Whether every word stands on record.
    every: bool
    #: How many words stand on record side by side at most.
    longest_run: int
    #: The share of what its words tell that stands on record, from 0 to 1.
    told: float
    #: Whether it joins parts that stand apart on record.
    joins: bool
    #: In how many places its words differ from those on record.
    places: int
    differences: tuple[Difference, ...]
    disagreements: tuple[Disagreement, ...]
    limits: tuple[Quote, ...]
    #: Whether the same words have other marks or capitals.
    spelled_otherwise: bool


def is_nowhere(evidence: Evidence) -> bool:
    """Too few of its words stand together anywhere on record: not on record."""
    words, matched = evidence.words, evidence.matched
    if evidence.every and not evidence.places:
        return False
    if words <= FEWEST_OF_ANOTHER and _is_of_another_speaker(evidence):
        return True
    share = matched / max(1, words)
    if matched < FEWEST_ALTERED or evidence.places > max(1, words / WORDS_PER_CHANGE):
        return True
    if evidence.longest_run >= LONG_RUN and share >= LEAST_BESIDE_RUN:
        return False
    least = LEAST_OF_FEW if words < FEW else LEAST_SHARE
    return share < least or evidence.told < LEAST_TOLD


def _is_of_another_speaker(evidence: Evidence) -> bool:
    return any(one.mismatch is Mismatch.SPEAKER for one in evidence.disagreements)


def reverses_the_sense(evidence: Evidence) -> bool:
    """A word that denies was dropped or added, at an ellipsis too: altered."""
    return any(one.change is Change.NEGATION for one in evidence.differences)


def joins_what_stands_apart(evidence: Evidence) -> bool:
    """It joins parts of several statements, or of places of one that do not follow: spliced."""
    return evidence.joins


def has_other_words(evidence: Evidence) -> bool:
    """Words differ from those on record: altered."""
    return any(not (one.at_omission and one.change is Change.LIMIT) for one in evidence.differences)


def is_of_another(evidence: Evidence) -> bool:
    """Somebody else said it, or on another day, elsewhere, or an outlet did: misattributed."""
    return bool(evidence.disagreements)


def is_limited(evidence: Evidence) -> bool:
    """Words on record limit it, beside it or left out of it, and the story lacks them: cut."""
    return bool(evidence.limits) or any(one.change is Change.LIMIT for one in evidence.differences)


def has_other_marks(evidence: Evidence) -> bool:
    """The words are the same, and marks, capitals or accents are not: punctuated differently."""
    return evidence.spelled_otherwise


def is_verbatim(_: Evidence) -> bool:
    """The words and marks are the same: verbatim."""
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: if it *holds*, the grade is decided."""

    name: str
    grade: Grade
    holds: Callable[[Evidence], bool]

    @property
    def meaning(self) -> str:
        """What the rule decides, in a sentence."""
        return (self.holds.__doc__ or "").strip()


RULES = tuple(
    Rule(holds.__name__, grade, holds)
    for holds, grade in (
        (is_nowhere, Grade.ABSENT),
        (reverses_the_sense, Grade.ALTERED),
        (joins_what_stands_apart, Grade.SPLICED),
        (has_other_words, Grade.ALTERED),
        (is_of_another, Grade.MISATTRIBUTED),
        (is_limited, Grade.CUT),
        (has_other_marks, Grade.PUNCTUATED),
        (is_verbatim, Grade.VERBATIM),
    )
)


def decided_by(evidence: Evidence) -> Rule:
    """Return the first of ``RULES`` that holds."""
    return next(rule for rule in RULES if rule.holds(evidence))
