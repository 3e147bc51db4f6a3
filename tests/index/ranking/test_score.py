"""The table of a score's parts: its rows, its shares, and a sentence for each."""

from __future__ import annotations

import pytest

from index.ranking.score import Missing, Part


def test_a_part_is_its_row_in_the_ranking() -> None:
    assert [int(part) for part in Part] == list(range(len(Part)))
    assert [int(missing) for missing in Missing] == list(range(len(Missing)))


@pytest.mark.parametrize("part", Part)
def test_every_part_has_a_share_in_the_support_and_a_meaning(part: Part) -> None:
    assert 0.0 <= part.support <= 1.0
    assert part.meaning and not part.meaning.endswith(".")
    assert part.key == part.key.lower()
