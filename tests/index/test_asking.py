"""Recorded floors on questions as people type them: who, when, the latest, chatty and long ones.

``python -m benchmarks.asking --show`` prints the figures, and each question that went wrong.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.asking import KIT, measured
from benchmarks.floors import ASKING


@pytest.mark.quality
def test_questions_as_people_type_them_never_fall_below_their_floors(shared: Path) -> None:
    if not KIT.is_file():
        pytest.skip("the wordings are not beside the project")
    for part, floor in zip(measured(json.loads(KIT.read_text("utf-8"))), ASKING, strict=True):
        print(f"{part} ({floor})")
        assert part.name == floor.part
        assert part.right >= floor.right, part.others
        assert part.wrong <= floor.wrong, part.others
        assert part.off <= floor.off
