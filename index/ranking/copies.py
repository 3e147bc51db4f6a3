"""Knows which paragraphs of a record have the same text, as what is printed under every release.

Such a text is shown once.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.ranking.score import Ranking


class Copies:
    """The paragraphs of one record by their texts; built once."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Compare *texts*, those of all paragraphs in order."""
        first: dict[str, int] = {}
        same = [first.setdefault(text, number) for number, text in enumerate(texts)]
        #: The number of the first paragraph with the same text, and whether any other has it.
        self._same: NDArray[np.int32] = np.array(same, dtype=np.int32)
        self._copied = np.bincount(self._same, minlength=len(same))[self._same] > 1

    def first_of_each(self, ranking: Ranking, limit: int) -> Ranking:
        """Return the first *limit* texts of *ranking*, each by its newest paragraph."""
        if not self._copied[ranking.numbers[:limit]].any():
            return ranking[:limit]
        newest: dict[int, tuple[int, int]] = {}
        texts = self._same[ranking.numbers].tolist()
        for row, (text, number) in enumerate(zip(texts, ranking.numbers.tolist(), strict=True)):
            if text not in newest or number < newest[text][0]:
                newest[text] = (number, row)
        return ranking[np.array([row for _, row in newest.values()][:limit], dtype=np.intp)]
