"""Knows which paragraphs of a record have the same text, as what is printed under every release.

Such a text is shown once, and does not keep others from being ranked.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.postings.bm25 import Numbers
from index.ranking.score import Ranking


class Copies:
    """The paragraphs of one record by their texts; built once."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Compare *texts*, those of all paragraphs in order."""
        first: dict[str, int] = {}
        same = [first.setdefault(text, number) for number, text in enumerate(texts)]
        #: The number of the first paragraph with the same text; ``None`` if no two have the same.
        self._same: NDArray[np.int32] | None = None
        if len(first) < len(same):
            self._same = np.array(same, dtype=np.int32)

    def different(self, numbers: Numbers) -> int:
        """Return how many different texts the paragraphs *numbers* have."""
        return len(numbers) if self._same is None else len(set(self._same[numbers].tolist()))

    def with_different(self, numbers: Numbers, wanted: int) -> Numbers:
        """Return the first *wanted* of *numbers*, and as many more as have other texts."""
        if self._same is None or len(numbers) <= wanted:
            return numbers[:wanted]
        seen = set(self._same[numbers[:wanted]].tolist())
        more = []
        for number, text in zip(
            numbers[wanted:].tolist(), self._same[numbers[wanted:]].tolist(), strict=True
        ):
            if len(seen) == wanted:
                break
            if text not in seen:
                seen.add(text)
                more.append(number)
        return np.append(numbers[:wanted], np.array(more, dtype=numbers.dtype))

    def newest_of_each(self, ranking: Ranking) -> Ranking:
        """Return *ranking* with each text once, where it ranks best, by its newest paragraph."""
        if self.different(ranking.numbers) == len(ranking.numbers) or self._same is None:
            return ranking
        newest: dict[int, tuple[int, int]] = {}
        texts = self._same[ranking.numbers].tolist()
        for row, (text, number) in enumerate(zip(texts, ranking.numbers.tolist(), strict=True)):
            newest[text] = min(newest.get(text, (number, row)), (number, row))
        return ranking[np.array([row for _, row in newest.values()])]
