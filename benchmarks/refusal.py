"""Prints how many questions on and off a record's subjects are answered, by the record's size.

Half of a set's statements are left out of the record, and their questions asked all the same: those
are off its subjects. Statements of governments are put beside the rest to make the record larger.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.floors import HALF, LONG, LONG_TERMS, SINGLE, Long, Silence
from benchmarks.texts import government_statements, present, questions_folder, record_of
from index import GoldQuestion, Hit, Index, Record, Statement, load_questions, load_set

SETS = ("squadshifts_wiki", "squad_train_sample")
#: The set that ``floors`` speaks of.
FLOORED = "squadshifts_wiki"
#: How many of the set's statements are on record; then how many paragraphs are put beside half.
ARTICLES = (1, 2, 6, 12)
BESIDE = (0, 1_000, 8_000, 100_000)
QUESTIONS = 500


@dataclass(frozen=True, slots=True)
class Measured:
    """How many questions were asked off and on the subjects, and the shares answered."""

    #: Of each record, in the mean.
    paragraphs: float
    off_asked: int
    on_asked: int
    off_topic: float
    on_topic: float

    def __str__(self) -> str:
        return (
            f"{self.paragraphs:.0f} paragraphs; off-topic answered {self.off_topic:.4f} of "
            f"{self.off_asked}, on-topic answered {self.on_topic:.4f} of {self.on_asked}"
        )


@dataclass(frozen=True, slots=True)
class MeasuredLong:
    """How many long questions were asked, of the record's own and of others, and the shares.

    Of its own: answered with the right passage first, and answered at all; of the others: answered.
    """

    asked: int
    others_asked: int
    right: float
    answered: float
    others: float

    def __str__(self) -> str:
        return (
            f"answered right {self.right:.4f} and at all {self.answered:.4f} of {self.asked}; "
            f"the others' answered {self.others:.4f} of {self.others_asked}"
        )


@dataclass(frozen=True, slots=True)
class Split:
    """Every other article of a set, questions about these, and questions about the rest."""

    kept: list[Statement]
    about_kept: list[GoldQuestion]
    about_left: list[GoldQuestion]


def split_in_half(record: Record, questions: Sequence[GoldQuestion]) -> Split:
    """Return *record*, a set's, without every other of its articles."""
    kept = sorted(record.statements, key=lambda article: article.id)[::2]
    on_record = {article.id for article in kept}
    about_kept = [asked for asked in questions if {one for one, _ in asked.gold} <= on_record]
    about_left = [asked for asked in questions if not {one for one, _ in asked.gold} & on_record]
    return Split(kept, about_kept, about_left)


def half_a_set(split: Split) -> Measured:
    """Return how one record of the articles kept does on every fourth question."""
    index = Index(Record.of(split.kept))
    off, on = _answers(index, split.about_left[::4]), _answers(index, split.about_kept[::4])
    return _measured([index.searched.paragraphs], off, on)


def single_articles(split: Split) -> Measured:
    """Return how records of one article each do on every other question about it.

    And on every fortieth about an article that was left out.
    """
    sizes, off, on = list[int](), list[bool](), list[bool]()
    for article in split.kept:
        index = Index(Record.of([article]))
        own = [one for one in split.about_kept if {name for name, _ in one.gold} == {article.id}]
        sizes.append(index.searched.paragraphs)
        off += _answers(index, split.about_left[::40])
        on += _answers(index, own[::2])
    return _measured(sizes, off, on)


def long_questions(name: str) -> MeasuredLong:
    """Return how the record of the set *name* does on long questions, its own and others'."""
    record, own = load_set(questions_folder(name))
    index = Index(record)
    others = [
        one
        for floor in LONG
        if floor.name != name and questions_folder(floor.name).is_dir()
        for one in load_questions(questions_folder(floor.name) / "questions.jsonl")
    ]
    asked = [one for one in own if _is_long(index, one)]
    off = [one for one in others if _is_long(index, one)]
    answers = [index.ask(one.question, 1) for one in asked]
    right = sum(
        answer.answered and _place(answer.hits[0]) in one.gold
        for one, answer in zip(asked, answers, strict=True)
    )
    return MeasuredLong(
        asked=len(asked),
        others_asked=len(off),
        right=right / len(asked),
        answered=sum(answer.answered for answer in answers) / len(asked),
        others=answered(index, off),
    )


def _is_long(index: Index, asked: GoldQuestion) -> bool:
    return len(index.query(asked.question).terms) >= LONG_TERMS


def _place(hit: Hit) -> tuple[str, int]:
    return hit.citation.statement, hit.citation.paragraph


def _answers(index: Index, questions: Iterable[GoldQuestion]) -> list[bool]:
    return [index.ask(asked.question).answered for asked in questions]


def _measured(sizes: Sequence[int], off: Sequence[bool], on: Sequence[bool]) -> Measured:
    mean = sum(sizes) / len(sizes)
    return Measured(mean, len(off), len(on), sum(off) / len(off), sum(on) / len(on))


def answered(index: Index, questions: Sequence[GoldQuestion]) -> float:
    """Return the share of *questions* that *index* answers."""
    return sum(index.ask(one.question, 1).answered for one in questions) / len(questions)


def measure(
    kept: Sequence[Statement], beside: Sequence[Statement], questions: Sequence[GoldQuestion]
) -> tuple[int, float, float]:
    """Return the record's paragraphs, and the shares of off- and on-topic questions answered."""
    ids = {statement.id for statement in kept}
    about = [one for one in questions if next(iter(one.gold))[0] in ids]
    other = [one for one in questions if next(iter(one.gold))[0] not in ids]
    index = Index(Record.of([*kept, *beside]))
    off = answered(index, other[:: max(1, len(other) // QUESTIONS)])
    on = answered(index, about[:: max(1, len(about) // QUESTIONS)])
    return index.searched.paragraphs, off, on


def print_floors() -> None:
    """Print what the tests hold, beside its floors."""
    split = split_in_half(*load_set(questions_folder(FLOORED)))
    print(f"honest silence on {FLOORED}, in brackets the floor")
    for floor, measured in ((HALF, half_a_set(split)), (SINGLE, single_articles(split))):
        print(f"  {_beside(floor, measured)}", flush=True)


def print_long() -> None:
    """Print how long questions are answered, beside the floors."""
    print(f"questions of {LONG_TERMS} terms or more, in brackets the floor")
    for floor in LONG:
        if present(floor.name):
            print(f"  {_beside_long(floor, long_questions(floor.name))}", flush=True)


def _beside_long(floor: Long, measured: MeasuredLong) -> str:
    return (
        f"{floor.name:<20} {measured.right:.1%} (at least {floor.answered:.1%}) of "
        f"{measured.asked:,} answered with the right passage, {measured.answered:.1%} with any; "
        f"of {measured.others_asked:,} put to others {measured.others:.1%} "
        f"(at most {floor.others:.1%})"
    )


def _beside(floor: Silence, measured: Measured) -> str:
    return (
        f"{floor.record:<17} {measured.paragraphs:>4.0f} paragraphs: off-topic answered "
        f"{measured.off_topic:.1%} (at most {floor.off_topic:.1%}) of {measured.off_asked:,}, "
        f"on-topic answered {measured.on_topic:.1%} (at least {floor.on_topic:.1%}) "
        f"of {measured.on_asked:,}"
    )


def main() -> None:
    """Print the floors, then a line for each size of record."""
    names = [name for name in SETS if present(name)]
    if not names:
        return
    if FLOORED in names:
        print_floors()
    print_long()
    government = government_statements()
    print("set                  articles  paragraphs  off-topic answered  on-topic answered")
    for name in names:
        record, questions = load_set(questions_folder(name))
        statements = sorted(record.statements, key=lambda one: one.id)
        for articles in ARTICLES:
            if articles > len(statements) // 2:
                continue
            # Several records of this size, spread over the set.
            starts = range(0, len(statements) - articles + 1, max(1, len(statements) // 6))
            runs = [measure(statements[s : s + articles], [], questions) for s in starts]
            size, off, on = (sum(column) / len(runs) for column in zip(*runs, strict=True))
            print(f"{name:<20} {articles:>9} {size:>11.0f} {off:>19.1%} {on:>18.1%}")
        for number in BESIDE:
            beside = record_of(government, number).statements if number else ()
            size, off, on = measure(statements[::2], beside, questions)
            print(f"{name:<20} {'half':>9} {size:>11.0f} {off:>19.1%} {on:>18.1%}", flush=True)


if __name__ == "__main__":
    main()
