"""Examines one quotation: gathers what the rules of ``grades`` look at, and tells what was found.

Where the quotation may come from is found by ``candidates``; what the story says of it is read by
``attributions``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.checking.comparison import Comparison, Part, Standing, sentence_at
from index.checking.differences import (
    Differing,
    broken_at_line_end,
    change_of,
    differing_in,
    differs_in_spelling,
    ends_otherwise,
    is_spelling,
    negations_lost,
)
from index.checking.gaps import Gap, gaps_in, joins
from index.checking.grades import RULES, Evidence, decided_by
from index.checking.places import Places
from index.checking.report import (
    Change,
    CheckedQuotation,
    Difference,
    Disagreement,
    Grade,
    Passage,
)
from index.checking.words import Word
from index.drafts.quotation import Quotation
from index.model.answer import Quote, Span
from index.text.limits import limits_of, opens_with_limit

#: A part of a quotation has so many words that stand on record, or so many beside a mark of
#: omission; fewer are taken for words of the story's own.
_FEWEST_IN_PART, _FEWEST_MARKED = 5, 3
#: Of the words of a part, and those on record between them, this share is the same; and of the
#: whole quotation this share stands in parts.
_DENSE, _NEARLY_ALL = 0.8, 0.85
#: What is near is shown if this share of the quotation's words stands there, and so many words.
_NEAR, _FEWEST_NEAR = 0.5, 5


@dataclass(frozen=True, slots=True)
class Examined:
    """A comparison, examined."""

    comparison: Comparison
    evidence: Evidence
    passages: tuple[Passage, ...]

    def without_limits_in(self, quoted: Sequence[Passage]) -> Examined:
        """Return the same without the limiting words that a story has in its *quoted* passages."""
        kept = tuple(one for one in self.evidence.limits if not _is_quoted(one, quoted))
        if len(kept) == len(self.evidence.limits):
            return self
        return replace(self, evidence=replace(self.evidence, limits=kept))


def _is_quoted(limit: Quote, quoted: Sequence[Passage]) -> bool:
    """Return whether one of *quoted* has most of the words that limit."""
    return any(
        one.quote.paragraph is limit.paragraph
        and min(one.quote.stop, limit.stop) - max(one.quote.start, limit.start)
        >= (limit.stop - limit.start) / 2
        for one in quoted
    )


def without_scraps(comparison: Comparison) -> Comparison:
    """Return *comparison* with parts of a few words taken for words that only the story has.

    A few words stand side by side everywhere. If what is left is not nearly all of the quotation,
    in parts that are nearly whole, nobody spliced it: then the largest part alone is left.
    """
    parts = [part for part in comparison.parts if part.matched]
    if not parts:
        return replace(comparison, parts=())
    largest = max(parts, key=lambda part: len(part.matched))
    solid = [part for part in comparison.parts if part is largest or _is_solid(part, comparison)]
    found = sum(len(part.matched) for part in solid)
    most = len(comparison.written.words) / _FEWEST_IN_PART / comparison.written.scale
    if len(solid) > most or found < _NEARLY_ALL * len(comparison.written.words):
        solid = [largest]
    kept: list[Part] = []
    waiting: list[int] = []
    for part in comparison.parts:
        if any(part is one for one in solid):
            kept.append(part.with_added(waiting, first=True) if waiting else part)
            waiting = []
        elif kept:
            kept[-1] = kept[-1].with_added(part.written)
        else:
            waiting += part.written
    return replace(comparison, parts=tuple(kept))


def _is_solid(part: Part, comparison: Comparison) -> bool:
    """Return whether *part* is more than words that stand side by side anywhere."""
    written, matched = part.written, len(part.matched)
    marked = not comparison.written.omissions.isdisjoint((written[0], written[-1] + 1))
    fewest = _FEWEST_MARKED if marked else _FEWEST_IN_PART
    return matched >= fewest * comparison.written.scale and matched >= _DENSE * max(
        len(written), len(part.standing)
    )


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
    passages = tuple(_passages(comparison, draft, places))
    gaps = gaps_in(comparison)
    differences = [
        *_differences(comparison, draft, places),
        *_lost_at(gaps, comparison, draft, places),
    ]
    order = list(Change)
    differences.sort(key=lambda one: order.index(one.change))
    evidence = Evidence(
        words=round(len(written.words) / written.scale),
        matched=round(_matched(comparison) / written.scale),
        longest_run=round(_longest_run(comparison) / written.scale),
        every=_matched(comparison) == len(written.words),
        told=_told(comparison, weight),
        places=_places(comparison),
        joins=any(joins(gap, places.at, places.sentences) for gap in gaps),
        differences=tuple(differences),
        disagreements=disagreements(passages) if passages else (),
        limits=tuple(_limits(comparison, places)),
        spelled_otherwise=_is_spelled_otherwise(comparison, draft, quotation, places),
    )
    return Examined(comparison, evidence, passages)


def graded(examined: Examined, quotation: Quotation) -> CheckedQuotation:
    """Return the grade of what was *examined*, with all that it rests on."""
    evidence, passages = examined.evidence, examined.passages
    rule = decided_by(evidence)
    if rule.grade is Grade.ABSENT:
        near = evidence.matched >= max(_FEWEST_NEAR, _NEAR * evidence.words)
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


def _passages(comparison: Comparison, draft: str, places: Places) -> Iterator[Passage]:
    """Yield where the parts of the quotation stand; a part of two paragraphs is two passages.

    Words that stand in the place of others on record belong to a passage, too.
    """
    words = comparison.written.words
    for part in comparison.parts:
        here: list[tuple[int, Standing]] = []
        for pair in part.pairs:
            if pair.standing is None or pair.written is None:
                continue
            if here and here[-1][1].paragraph != pair.standing.paragraph:
                yield _passage(here, words, places)
                here = []
            here.append((pair.written, pair.standing))
        if here:
            yield _passage(here, words, places)


def _passage(
    here: Sequence[tuple[int, Standing]], words: Sequence[Word], places: Places
) -> Passage:
    (first, begins), (last, ends) = here[0], here[-1]
    number = begins.paragraph
    quote = Quote(places.at(number)[1], begins.word.start, ends.word.stop)
    return Passage((words[first].start, words[last].stop), quote, places.citation(number))


def _matched(comparison: Comparison) -> int:
    """Return how many words of the quotation stand on record, in the same spelling or another."""
    words = comparison.written.words
    spelled = sum(
        len(differing.written)
        for part in comparison.parts
        for differing in differing_in(part)
        if is_spelling(differing, words)
    )
    return comparison.matched + spelled


def _places(comparison: Comparison) -> int:
    """Return in how many places the words differ, in more than their spelling."""
    words = comparison.written.words
    return sum(
        not is_spelling(differing, words)
        for part in comparison.parts
        for differing in differing_in(part)
    )


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


def _differences(comparison: Comparison, draft: str, places: Places) -> Iterator[Difference]:
    """Yield the words that differ."""
    words = comparison.written.words
    for part in comparison.parts:
        if not part.matched:
            continue
        anchor = part.matched[0].standing
        assert anchor is not None  # noqa: S101  # a matched word stands somewhere
        for differing in differing_in(part):
            if is_spelling(differing, words):
                continue
            yield _difference(differing, comparison, draft, places, anchor.paragraph)


def _difference(
    differing: Differing, comparison: Comparison, draft: str, places: Places, paragraph: int
) -> Difference:
    words, standing = comparison.written.words, differing.standing
    ours = [words[number] for number in differing.written]
    theirs = [one.word for one in standing]
    if standing:
        paragraph = standing[0].paragraph
        theirs = [one.word for one in standing if one.paragraph == paragraph]
    language, text = places.language(paragraph), places.text(paragraph)
    if theirs:
        beside: Sequence[Word] = places.words(paragraph)
        first = standing[0].number
        before, after = beside[max(0, first - 2) : first], beside[first + len(theirs) :][:2]
    else:
        first = differing.written[0]
        beside = words
        before, after = beside[max(0, first - 2) : first], beside[first + len(ours) :][:2]
    change = change_of(
        ours,
        theirs,
        before=before,
        after=after,
        language=language,
        is_name=lambda word: _is_name(word, draft if word in ours else text),
    )
    if change is not Change.NEGATION and theirs and not ours:
        lost = negations_lost(text, theirs[0].start, theirs[-1].stop, language)
        if any(denies for _, _, denies in lost):
            change = Change.NEGATION
        elif lost:
            change = Change.LIMIT
    stands = Quote(places.at(paragraph)[1], theirs[0].start, theirs[-1].stop) if theirs else None
    return Difference(change, _written_span(differing, words), stands)


def _written_span(differing: Differing, words: Sequence[Word]) -> Span:
    if differing.written:
        return words[differing.written[0]].start, words[differing.written[-1]].stop
    at = differing.before
    offset = words[at].start if at < len(words) else words[-1].stop
    return offset, offset


def _is_name(word: Word, text: str) -> bool:
    """Return whether *word* is written as a name where it stands in *text*: inside a sentence."""
    if not word.spelled[:1].isupper():
        return False
    before = text[max(0, word.start - 3) : word.start].rstrip(" \u00a0\"'“”‘’«([")
    return bool(before) and before[-1] not in ".?!:\n" and word.spelled not in ("I", "I'm")


def _lost_at(
    gaps: Sequence[Gap], comparison: Comparison, draft: str, places: Places
) -> Iterator[Difference]:
    """Yield the words that deny or limit and that the story left out where it says that it did."""
    words = comparison.written.words
    for gap in gaps:
        if not gap.marked or joins(gap, places.at, places.sentences):
            continue
        before, after = gap.before, gap.after
        offset = words[gap.written].start
        if before.paragraph == after.paragraph:
            slices = [(before.paragraph, before.word.stop, after.word.start)]
        else:
            slices = [
                (before.paragraph, before.word.stop, len(places.text(before.paragraph))),
                (after.paragraph, 0, after.word.start),
            ]
        for number, start, stop in slices:
            text, language = places.text(number), places.language(number)
            for begin, end, denies in negations_lost(text, start, stop, language):
                change = Change.NEGATION if denies else Change.LIMIT
                quote = Quote(places.at(number)[1], begin, min(end, stop))
                yield Difference(change, (offset, offset), quote, at_omission=True)


def _limits(comparison: Comparison, places: Places) -> Iterator[Quote]:
    """Yield the words on record that limit what the quotation has."""
    standing = [one for part in comparison.parts for one in part.standing]
    if not standing:
        return
    # A part that the next one follows is limited by nothing that stands between.
    ends = [
        (part, following)
        for part, following in pairwise([*comparison.parts, None])
        if part is not None
    ]
    for part, following in ends:
        if following is not None:
            continue
        last = part.standing[-1]
        paragraph = last.paragraph
        first = next(one for one in part.standing if one.paragraph == paragraph)
        text, language = places.text(paragraph), places.language(paragraph)
        start, stop = first.word.start, last.word.stop
        for limit in limits_of(text, start, stop, language):
            yield Quote(places.at(paragraph)[1], limit.start, limit.stop)
        spans = places.sentences(paragraph)
        if sentence_at(spans, stop - 1) == len(spans) - 1:
            after = places.next_in_voice(paragraph)
            opening = None if after is None else opens_with_limit(places.text(after), language)
            if after is not None and opening:
                yield Quote(places.at(after)[1], opening.start, opening.stop)


def _is_spelled_otherwise(
    comparison: Comparison, draft: str, quotation: Quotation, places: Places
) -> bool:
    words = comparison.written.words
    for part in comparison.parts:
        for differing in differing_in(part):
            if is_spelling(differing, words) and not broken_at_line_end(differing, words, draft):
                return True
        if differs_in_spelling(comparison, part, draft, places.text):
            return True
    if not comparison.parts or not words:
        return False
    last = comparison.parts[-1].pairs[-1]
    if last.written != len(words) - 1 or last.standing is None or comparison.written.ends_cut:
        return False
    text = places.text(last.standing.paragraph)
    return ends_otherwise(draft, words[-1].stop, quotation.stop, text, last.standing.word.stop)
