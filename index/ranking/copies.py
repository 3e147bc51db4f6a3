"""Knows which paragraphs of a record have the same text, as what is printed under every release.

Such a text is shown once.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.ranking.score import Part, Ranking


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
        """Return the first *limit* texts of *ranking*, each by its newest paragraph.

        A paragraph by the speaker, or of the days, that the question prefers comes before a newer
        one: it is the answer to who or when was asked.
        """
        if not self._copied[ranking.numbers[:limit]].any():
            return ranking[:limit]
        chosen: dict[int, tuple[float, int, int]] = {}
        texts = self._same[ranking.numbers].tolist()
        columns = (texts, ranking.parts[Part.PREFERENCE].tolist(), ranking.numbers.tolist())
        for row, (text, preference, number) in enumerate(zip(*columns, strict=True)):
            copy = (-preference, number, row)
            chosen[text] = min(copy, chosen.get(text, copy))
        rows = [row for _, _, row in chosen.values()][:limit]
        return ranking[np.array(rows, dtype=np.intp)]
