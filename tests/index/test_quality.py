"""Recorded floors on sets of real questions, each asked in full: they may rise and never fall.

One set of parameters serves all. ``make test`` asks one small set, ``make quality`` every one, and
``python -m benchmarks.quality`` prints the figures beside the floors.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.floors import FLOORS, SMALL, Floor
from index.evaluation import evaluate, load_set
from index.search import Index


@pytest.mark.parametrize(
    "floor",
    [
        pytest.param(one, id=one.name, marks=() if one.name == SMALL else pytest.mark.quality)
        for one in FLOORS
    ],
)
def test_quality_on_real_questions_never_falls_below_its_floor(shared: Path, floor: Floor) -> None:
    folder = shared / "questions" / floor.name
    if not folder.is_dir():
        pytest.skip(f"{floor.name} is not beside the project")
    record, questions = load_set(folder)
    measured = evaluate(Index(record), questions)
    print(f"\n{floor.name}: {measured}")
    assert measured.questions == floor.questions
    assert measured.recall_at_1 >= floor.recall_at_1
    assert measured.recall_at_5 >= floor.recall_at_5
    assert measured.mrr_at_10 >= floor.mrr_at_10


def test_the_small_set_is_among_those_that_have_a_floor() -> None:
    """Else ``make test`` would ask none."""
    assert SMALL in {floor.name for floor in FLOORS}
