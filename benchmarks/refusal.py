"""Prints how many questions on and off a record's subjects are answered, by the record's size.

Half of a set's statements are left out of the record, and their questions asked all the same: those
are off its subjects. Statements of governments are put beside the rest to make the record larger.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from collections.abc import Sequence

from benchmarks.texts import SHARED, government_statements, record_of, require_shared
from index import GoldQuestion, Index, Record, Statement, load_set

SETS = ("squadshifts_wiki", "squad_train_sample")
#: How many of the set's statements are on record; then how many paragraphs are put beside half.
ARTICLES = (1, 2, 6, 12)
BESIDE = (0, 1_000, 8_000, 100_000)
QUESTIONS = 500


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


def main() -> None:
    """Print a line for each size of record."""
    require_shared()
    government = government_statements()
    print("set                  articles  paragraphs  off-topic answered  on-topic answered")
    for name in SETS:
        record, questions = load_set(SHARED / "questions" / name)
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
