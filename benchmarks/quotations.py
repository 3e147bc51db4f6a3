"""Prints how well quotations in stories are checked: 2,000 that were made of real texts.

Of each grade precision and recall; how many genuine quotations are called altered or absent, and
altered ones verbatim; whether the worst change is named first, and the right passage shown; beside
peers that do a part of it; and what a long story costs. ``--show N`` prints mistakes, the worst
first: they have other people's words, and are for reading only.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.floors import QUOTATIONS, Quoted
from benchmarks.quotation_made import NUMBER, Made, Maker
from benchmarks.quotation_peers import GENUINE, PEERS, asked, counted
from benchmarks.quotation_texts import Texts, real_texts
from benchmarks.quotation_times import print_times
from index import CheckedQuotation, Grade, Index, Mismatch

#: What an altered or invented quotation is, and a genuine one must never be called.
WRONG = frozenset({Grade.ALTERED, Grade.ABSENT, Grade.SPLICED})


@dataclass(frozen=True, slots=True)
class Judged:
    """A quotation that was made, and what it was called."""

    made: Made
    #: ``None`` if it was not found in its story, or not as one.
    checked: CheckedQuotation | None

    @property
    def grade(self) -> Grade | None:
        """The grade that it was given."""
        return self.checked.grade if self.checked else None

    @property
    def true(self) -> Grade:
        """The grade that is true: the one given, if that is."""
        given = self.grade
        return given if given in self.made.grades and given else min(self.made.grades, key=_order)

    @property
    def graded_right(self) -> bool:
        """Whether its grade is true."""
        return self.grade in self.made.grades

    @property
    def called_false(self) -> bool:
        """Whether it is genuine, and called altered, spliced or absent, or not even found."""
        return self.made.grades <= GENUINE and (self.grade is None or self.grade in WRONG)

    @property
    def passed(self) -> bool:
        """Whether it is altered, spliced or invented, and called genuine, or cut only."""
        return self.made.grades <= WRONG and (
            self.grade is None or self.grade in GENUINE | {Grade.CUT}
        )

    @property
    def change_right(self) -> bool | None:
        """Whether what is true of the change comes first; ``None`` if nothing can be said."""
        if not self.checked or not self.graded_right:
            return None
        if self.made.mismatch:
            told = {one.mismatch for one in self.checked.disagreements}
            # Who asked is another speaker, too, where the record has the name.
            asked_by = self.made.mismatch is Mismatch.QUESTION and Mismatch.SPEAKER in told
            return self.made.mismatch in told or asked_by
        if not self.made.changes:
            return None
        if self.grade is Grade.CUT:
            limits = any(one.change in self.made.changes for one in self.checked.differences)
            return limits or bool(self.checked.limits)
        return bool(self.checked.differences) and (
            self.checked.differences[0].change in self.made.changes
        )

    @property
    def passage_right(self) -> bool | None:
        """Whether each part is shown where it stands; ``None`` if it stands nowhere."""
        if not self.checked or not self.graded_right or not self.made.places:
            return None
        shown = {(one.citation.statement, one.citation.paragraph) for one in self.checked.passages}
        return all(shown & places for places in self.made.places)

    @property
    def wrong(self) -> bool:
        """Whether anything is wrong."""
        return not self.graded_right or self.change_right is False or self.passage_right is False


def _order(grade: Grade) -> int:
    return list(Grade).index(grade)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The measures of a run; shares are from 0 to 1."""

    number: int
    precision: dict[Grade, float]
    recall: dict[Grade, float]
    #: Genuine quotations that were called altered, spliced or absent.
    called_false: int
    #: Altered, spliced or invented ones that were called genuine.
    passed: int
    changes_right: float
    passages_right: float


def judged(index: Index, made: Iterable[Made]) -> list[Judged]:
    """Return each quotation that was *made* with what *index* calls it in its story."""
    return [_judged(index, one) for one in made]


def _judged(index: Index, made: Made) -> Judged:
    story = made.story
    checked = index.check_story(story.draft).quotations
    # One within the quotation, or within a note of the story, is no concern here.
    there = [
        one
        for one in checked
        if one.quotation.start < story.stop
        and one.quotation.stop > story.start
        and one.quotation.within is None
    ]
    whole = [one for one in there if abs(one.quotation.start - story.start) <= 1]
    return Judged(made, whole[0] if len(there) == 1 and whole else None)


def measure(all_: Sequence[Judged]) -> Measured:
    """Return the measures of *all_*."""
    given: Counter[Grade] = Counter()
    true: Counter[Grade] = Counter()
    right: Counter[Grade] = Counter()
    for one in all_:
        true[one.true] += 1
        right[one.true] += one.graded_right
        if one.grade:
            given[one.grade] += 1
    changes = [one.change_right for one in all_ if one.change_right is not None]
    passages = [one.passage_right for one in all_ if one.passage_right is not None]
    return Measured(
        number=len(all_),
        precision={grade: right[grade] / given[grade] if given[grade] else 1.0 for grade in Grade},
        recall={grade: right[grade] / true[grade] if true[grade] else 1.0 for grade in Grade},
        called_false=sum(one.called_false for one in all_),
        passed=sum(one.passed for one in all_),
        changes_right=sum(changes) / max(1, len(changes)),
        passages_right=sum(passages) / max(1, len(passages)),
    )


def below(measured: Measured, floor: Quoted) -> list[str]:
    """Return in words what of *measured* is below *floor*."""
    faults = [
        f"{name} of {grade}: {value:.2%}, and not {least:.1%}"
        for name, values, least in (
            ("precision", measured.precision, floor.precision),
            ("recall", measured.recall, floor.recall),
        )
        for grade, value in values.items()
        if value < least
    ]
    for name, count, most in (
        ("genuine called altered or absent", measured.called_false, floor.called_false),
        ("altered called verbatim", measured.passed, floor.passed),
    ):
        if count > most:
            faults.append(f"{name}: {count}, and not {most}")
    for name, share, least in (
        ("change named first", measured.changes_right, floor.changes_right),
        ("passages", measured.passages_right, floor.passages_right),
    ):
        if share < least:
            faults.append(f"{name}: {share:.2%}, and not {least:.1%}")
    return faults


def print_table(all_: Sequence[Judged]) -> None:
    """Print what each grade was called, and the measures."""
    measured = measure(all_)
    grades = [*Grade, None]
    cells = Counter((one.true, one.grade) for one in all_)
    shown = [grade for grade in Grade if any(cells[grade, given] for given in grades)]
    print(f"{measured.number:,} quotations; down what they are, across what they were called")
    heads = [str(grade or "not found").split()[0][:9] for grade in grades]
    print(" " * 24 + "".join(f"{head:>10}" for head in heads) + "    recall precision")
    for grade in shown:
        counts = "".join(f"{cells[grade, given] or '·':>10}" for given in grades)
        print(
            f"  {grade!s:<22}{counts}"
            f" {measured.recall[grade]:9.2%} {measured.precision[grade]:9.2%}"
        )
    print(
        f"genuine called altered or absent: {measured.called_false};"
        f" altered or invented called genuine: {measured.passed};"
        f" change named first: {measured.changes_right:.2%};"
        f" passages right: {measured.passages_right:.2%}"
    )


def print_kinds(all_: Sequence[Judged]) -> None:
    """Print how many of each kind are right, by language."""
    print("right of each kind: grade; grade, change and passage; grade by language")
    for kind in dict.fromkeys(one.made.kind for one in all_):
        those = [one for one in all_ if one.made.kind == kind]
        graded = sum(one.graded_right for one in those)
        right = sum(not one.wrong for one in those)
        languages = ", ".join(
            f"{language} {sum(o.graded_right for o in spoken)}/{len(spoken)}"
            for language in ("en", "zh", "es", "ur")
            if (spoken := [one for one in those if one.made.language == language])
        )
        print(f"  {kind:<40}{graded:4}{right:4} of {len(those):<4} {languages}")


def mistakes(all_: Sequence[Judged]) -> list[Judged]:
    """Return what is wrong, the worst first."""
    wrong = [one for one in all_ if one.wrong]
    return sorted(wrong, key=lambda one: (not one.called_false, not one.passed, one.graded_right))


def told(one: Judged) -> str:
    """Return a mistake in words."""
    lines = [
        f"[{one.made.kind}, {one.made.language}] is {', '.join(sorted(one.made.grades))}"
        f" {sorted(one.made.changes) or ''}{one.made.mismatch or ''}; called {one.grade}",
        f"    {one.made.story.draft}",
    ]
    lines += [f"    stands: {part}  {sorted(where)[:2]}"
              for part, where in zip(one.made.parts, one.made.places, strict=False)]  # fmt: skip
    if one.checked:
        draft = one.made.story.draft
        lines += [
            f"    {d.change}: {draft[slice(*d.written)]!r} / {d.stands.text if d.stands else ''!r}"
            for d in one.checked.differences
        ]
        lines += [f"    {d.mismatch}: stands {d.stands!r}" for d in one.checked.disagreements]
        lines += [f"    limit: {quote.text}" for quote in one.checked.limits]
        lines += [
            f"    shown: {p.quote.text[:200]}  {p.citation.statement} {p.citation.paragraph}"
            for p in one.checked.passages
        ]
    return "\n".join(lines)


def print_peers(all_: Sequence[Judged], texts: Texts) -> None:
    """Print how the peers that are installed do on the same quotations, beside ours."""
    made = [one.made for one in all_]
    ours = counted("On Record", made, [one.grade in GENUINE for one in all_])
    print("beside others: false passes, false alarms; cut or misattributed, and passed")
    done = [ours, *(asked(peer, made, texts) for peer in PEERS if peer.present)]
    for one in done:
        print(
            f"  {one.name:<32}{one.false_passes:5} of {one.false:<6}"
            f"{one.false_alarms:5} of {one.genuine:<6}{one.unremarked:5} of {one.limited}"
        )
    for peer in PEERS:
        print(f"  {peer.name}: {peer.package} {peer.version}")


def measured_texts() -> Texts | None:
    """Return the real texts, or say that they are not there."""
    texts = real_texts()
    if texts is None:
        print("skipped: the statements are not beside the project (../shared/statements)")
    return texts


def main() -> None:
    """Make the quotations, check each, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quotations", description=__doc__)
    parser.add_argument("--number", type=int, default=NUMBER, help="how many are made")
    parser.add_argument("--show", type=int, default=0, help="how many mistakes are printed")
    parser.add_argument("--seed", default="", help="others are made with another: any word")
    parser.add_argument("--no-peers", action="store_true", help="only ours")
    parser.add_argument("--no-time", action="store_true", help="no times")
    options = parser.parse_args()
    texts = measured_texts()
    if texts:
        made = Maker(texts, options.seed).make(options.number)
        all_ = judged(Index(texts.record), made)
        print_table(all_)
        print_kinds(all_)
        # Of fewer, a single one is more than the floors allow.
        for fault in below(measure(all_), QUOTATIONS) if options.number >= NUMBER else ():
            print(f"below its floor: {fault}")
        for one in mistakes(all_)[: options.show]:
            print(told(one))
        if not options.no_peers:
            print_peers(all_, texts)
    if not options.no_time:
        print_times()


if __name__ == "__main__":
    main()
