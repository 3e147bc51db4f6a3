"""Finds the paragraphs that a quotation may come from, by runs of words that are rare on record.

A changed word spoils the few runs that it is in and none of the others. How well the paragraphs
match is left to ``alignment``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import regex
from numpy.typing import NDArray

from index.postings.exact_phrases import ExactPhrases
from index.text.words import UNSPACED

#: Words in a run, and characters in one of a script without spaces. Two words are tried where no
#: three stand side by side, as in a quotation of four words of which one is changed.
_RUN, _SHORT_RUN, _UNSPACED_RUN = 3, 2, 5
#: In a quotation of so few words both are looked for.
_FEW_WORDS = 8
#: So many positions are looked at for one quotation: the rarest runs tell most.
_MOST_POSITIONS = 60_000
#: A run that begins in more paragraphs tells where a quotation stands only together with others.
_COMMON = 400
#: So many paragraphs are compared because they share most with the quotation, and so many more
#: because they share what those do not.
_BEST, _FURTHER = 6, 5
#: Of those preferred, so many are compared if they share this much of what the best one does.
_PREFERRED, _NEARLY = 4, 0.5
#: What a preference adds; it decides between equals alone.
_TIE = 1e-6
_UNSPACED = regex.compile(rf"[{UNSPACED}]")

Preference = NDArray[np.float64]


class Candidates:
    """The paragraphs of a record, by the runs of words in them."""

    def __init__(self, phrases: ExactPhrases, paragraphs: int) -> None:
        """Look runs up in *phrases*, which numbers so many *paragraphs*."""
        self._phrases, self._paragraphs = phrases, paragraphs

    def of(self, text: str, preferred: Preference | None = None) -> list[int]:
        """Return the numbers of the paragraphs to compare *text* with, the likeliest first.

        Those *preferred*, by a number above zero, come before others that share as much: shape
        (paragraphs,).
        """
        unspaced = len(_UNSPACED.findall(text)) * 2 > len(text)
        sizes = (_UNSPACED_RUN, _RUN) if unspaced else (_RUN, _SHORT_RUN)
        runs: list[NDArray[np.int64]] = []
        for size in sizes:
            runs += [numbers for _, numbers in self._phrases.runs(text, size, _MOST_POSITIONS)]
            # One changed word of a few spoils all runs of three that are rare.
            if runs and len(text.split()) > _FEW_WORDS:
                break
        return self._chosen(runs, preferred) if runs else []

    def _chosen(self, runs: Sequence[NDArray[np.int64]], preferred: Preference | None) -> list[int]:
        """Return which paragraphs share most of *runs*, each with the paragraphs that have it."""
        rare = [numbers for numbers in runs if len(numbers) <= _COMMON]
        known = np.unique(np.concatenate(rare or [min(runs, key=len)[:_COMMON]]))
        shares = np.zeros((len(known), len(runs)))
        for column, numbers in enumerate(runs):
            rows = known.searchsorted(numbers)
            rows = rows[known.take(rows, mode="clip") == numbers]
            shares[rows, column] = np.log1p(self._paragraphs / len(numbers))
        total = shares.sum(axis=1)
        if preferred is not None:
            total += preferred[known] * _TIE
        order = np.argsort(-total, kind="stable")
        chosen = order[:_BEST].tolist()
        if preferred is not None:
            liked = order[
                (preferred[known[order]] > 0) & (total[order] >= _NEARLY * total[order[0]])
            ]
            chosen += [row for row in liked[:_PREFERRED].tolist() if row not in chosen]
        # What the best share is found; the others are for what is joined to it.
        left = shares * (shares[order[:1]].max(axis=0) == 0)
        for _ in range(_FURTHER):
            gains = left.sum(axis=1)
            best = int(gains.argmax())
            if gains[best] <= 0:
                break
            if best not in chosen:
                chosen.append(best)
            left = left * (left[best] == 0)
        return [int(known[row]) for row in chosen]
