"""Examines one quotation: gathers what the rules of ``grades`` look at, and tells what was found.

Where the quotation may come from is found by ``candidates``; what the story says of it is compared
by ``disagreements``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

from index.checking.comparison import Comparison, Standing
from index.checking.differences import differences_of, other_words
from index.checking.differing import Differing, differing_in
from index.checking.gaps import gaps_in, joins
from index.checking.grades import RULES, Evidence, decided_by
from index.checking.limiting import is_quoted, limits_on
from index.checking.places import Places
from index.checking.report import CheckedQuotation, Disagreement, Grade, Passage
from index.checking.scraps import without_scraps
from index.checking.spelling import (
    broken_at_line_end,
    differs_in_spelling,
    ends_otherwise,
    is_spelling,
)
from index.checking.words import BEGINNING, Word, beginning_of
from index.drafts.quotation import Quotation
from index.model.answer import Quote
from index.voices.citing import cited_in_part

#: What is near is shown if this share of the quotation's words stands there, and so many words.
_NEAR, _FEWEST_NEAR = 0.5, 5


@dataclass(frozen=True, slots=True)
class Examined:
    """A comparison, examined."""

    comparison: Comparison
    evidence: Evidence
    passages: tuple[Passage, ...]

    def without_limits(self) -> Examined:
        """Return the same without the words that limit it."""
        return replace(self, evidence=replace(self.evidence, limits=()))

    def without_limits_in(self, quoted: Sequence[Passage]) -> Examined:
        """Return the same without the limiting words that a story has in its *quoted* passages."""
        kept = tuple(one for one in self.evidence.limits if not is_quoted(one, quoted))
        if len(kept) == len(self.evidence.limits):
            return self
        return replace(self, evidence=replace(self.evidence, limits=kept))


def examine(
    comparison: Comparison,
    *,
    draft: str,
    quotation: Quotation,
    places: Places,
    weight: Callable[[str], float],
    disagreements: Callable[[Sequence[Passage]], tuple[Disagreement, ...]],
) -> Examined:
    """Return what the rules look at, and the passages it rests on.

    *weight* tells how much a word, as compared, tells of where it stands; *disagreements* tells in
    what the story and the passages disagree.
    """
    comparison = without_scraps(comparison)
    written = comparison.written
    passages = tuple(_passages(comparison, places))
    spelled: list[Differing] = []
    rest: list[Differing] = []
    for differing in chain.from_iterable(map(differing_in, comparison.parts)):
        (spelled if is_spelling(differing, written.words) else rest).append(differing)
    others = other_words(rest, written.words, places)
    matched = comparison.matched + sum(len(one.written) for one in spelled)
    evidence = Evidence(
        words=round(len(written.words) / written.scale),
        matched=round(matched / written.scale),
        longest_run=round(_longest_run(comparison) / written.scale),
        every=matched == len(written.words),
        told=_told(comparison, weight),
        places=sum(not _is_akin(one, written.words) for one in others),
        joins=any(joins(gap, places.at, places.sentences) for gap in gaps_in(comparison)),
        differences=differences_of(comparison, others, draft, places),
        disagreements=disagreements(passages) if passages else (),
        limits=limits_on(comparison, passages, draft, quotation, places) if passages else (),
        spelled_otherwise=_is_spelled_otherwise(comparison, spelled, draft, quotation, places),
    )
    return Examined(comparison, evidence, passages)


def graded(examined: Examined, quotation: Quotation) -> CheckedQuotation:
    """Return the grade of what was *examined*, with all that it rests on."""
    evidence, passages = examined.evidence, examined.passages
    rule = decided_by(evidence)
    if rule.grade is Grade.ABSENT:
        near = evidence.matched >= max(_FEWEST_NEAR, _NEAR * evidence.words)
        near &= evidence.longest_run >= _FEWEST_NEAR - 1
        nearest = max(passages, key=lambda one: one.written[1] - one.written[0], default=None)
        return CheckedQuotation(
            quotation=quotation,
            grade=rule.grade,
            nearest=nearest if near else None,
            rule=rule.name,
        )
    return CheckedQuotation(
        quotation=quotation,
        grade=rule.grade,
        passages=passages,
        differences=evidence.differences,
        disagreements=evidence.disagreements,
        limits=evidence.limits,
        rule=rule.name,
    )


def nowhere(quotation: Quotation) -> CheckedQuotation:
    """Return that nothing on record is like *quotation*."""
    return CheckedQuotation(quotation=quotation, grade=Grade.ABSENT, rule=RULES[0].name)


def _passages(comparison: Comparison, places: Places) -> Iterator[Passage]:
    """Yield where the parts of the quotation stand; a part of two paragraphs is two passages.

    All words on record that stand beside the story's belong to a passage, also where one of the
    story's stands beside several: the last word of "$4.9 billion" if the story has $4.9bn.
    """
    words = comparison.written.words
    for part in comparison.parts:
        standing = [(pair.written, pair.standing) for pair in part.pairs if pair.standing]
        for _, here in groupby(standing, lambda one: one[1].paragraph):
            numbers, stands = zip(*here, strict=True)
            written = [number for number in numbers if number is not None]
            if written:
                yield _passage(written, stands, words, places)


def _passage(
    written: Sequence[int], stands: Sequence[Standing], words: Sequence[Word], places: Places
) -> Passage:
    first, last, number = written[0], written[-1], stands[0].paragraph
    statement, paragraph = places.at(number)
    quote = Quote(paragraph, stands[0].word.start, stands[-1].word.stop)
    citation = cited_in_part(
        places.citation(number), statement, paragraph, (quote.start, quote.stop)
    )
    return Passage((words[first].start, words[last].stop), quote, citation)


def _is_akin(differing: Differing, words: Sequence[Word]) -> bool:
    if len(differing.written) != 1 or len(differing.standing) != 1:
        return False
    one, other = words[differing.written[0]], differing.standing[0].word
    return len(one.plain) >= BEGINNING and beginning_of(one) == beginning_of(other)


def _longest_run(comparison: Comparison) -> int:
    longest = 0
    for part in comparison.parts:
        run = 0
        for pair in part.pairs:
            run = run + 1 if pair.same else 0
            longest = max(longest, run)
    return longest


def _told(comparison: Comparison, weight: Callable[[str], float]) -> float:
    """Return the share of what the quotation's words tell that stands on record."""
    words = comparison.written.words
    total = sum(weight(word.plain) for word in words)
    found = sum(
        weight(words[pair.written].plain)
        for part in comparison.parts
        for pair in part.matched
        if pair.written is not None
    )
    return found / total if total else 0.0


def _is_spelled_otherwise(
    comparison: Comparison,
    spelled: Sequence[Differing],
    draft: str,
    quotation: Quotation,
    places: Places,
) -> bool:
    words = comparison.written.words
    if not all(broken_at_line_end(one, words, draft) for one in spelled):
        return True
    if any(differs_in_spelling(comparison, one, draft, places.text) for one in comparison.parts):
        return True
    if not comparison.parts:
        return False
    last = comparison.parts[-1].pairs[-1]
    if last.written != len(words) - 1 or last.standing is None or comparison.written.ends_cut:
        return False
    text = places.text(last.standing.paragraph)
    return ends_otherwise(draft, words[-1].stop, quotation.stop, text, last.standing.word.stop)
