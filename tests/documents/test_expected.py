"""Each document that stands beside the project becomes what a perfect import makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from expected_imports import expected_lines, faults_of

SHARED = Path(__file__).parents[3] / "shared"
CASES = [
    pytest.param(folder, case, id=case["file"])
    for folder in (SHARED / "wild", SHARED / "made")
    if folder.is_dir()
    for case in expected_lines(folder)
]


@pytest.mark.parametrize(("folder", "case"), CASES)
def test_a_document_is_imported_as_it_should_be(folder: Path, case: dict[str, object]) -> None:
    assert faults_of(case, folder) == []
