"""Recorded floors on sets of real questions, each asked in full: they may rise and never fall.

One set of parameters serves all. The largest set, SQuADShifts New-Wiki, is ``test_evaluation``'s;
``python -m benchmarks.quality`` prints the figures of all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from index.evaluation import load_set
from index.search import Index


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that a set may measure, in shares of one; 0 where nothing is asked."""

    name: str
    questions: int
    recall_at_1: float
    recall_at_5: float = 0.0
    mrr_at_10: float = 0.0


FLOORS = [
    Floor("squad_train_sample", 4370, 0.779, mrr_at_10=0.845),
    Floor("xquad_es", 1190, 0.940),
    Floor("xquad_hi", 1190, 0.928),
    Floor("cmrc_trial_zh", 1002, 0.981),
    Floor("briefings_uk_written", 708, 0.724, 0.862),
    Floor("briefings_cn_mfa", 886, 0.482, 0.700),
    Floor("briefings_us_state", 216, 0.231, 0.444),
    Floor("briefings_au_pm", 82, 0.365, 0.560),
]


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.name)
def test_quality_on_real_questions_never_falls_below_its_floor(shared: Path, floor: Floor) -> None:
    folder = shared / "questions" / floor.name
    if not folder.is_dir():
        pytest.skip(f"{floor.name} is not beside the project")
    record, questions = load_set(folder)
    index = Index(record)
    ranks: list[int | None] = []
    for asked in questions:
        places = index.paragraph_ids(index.rank(index.query(asked.question))[:10])
        ranks.append(next((r for r, place in enumerate(places, 1) if place in asked.gold), None))
    found = [rank for rank in ranks if rank]
    recall_at_1 = found.count(1) / len(ranks)
    recall_at_5 = sum(rank <= 5 for rank in found) / len(ranks)
    mrr_at_10 = sum(1 / rank for rank in found) / len(ranks)
    print(f"\n{floor.name}: R@1 {recall_at_1:.4f}, R@5 {recall_at_5:.4f}, MRR@10 {mrr_at_10:.4f}")
    assert len(ranks) == floor.questions
    assert recall_at_1 >= floor.recall_at_1
    assert recall_at_5 >= floor.recall_at_5
    assert mrr_at_10 >= floor.mrr_at_10
