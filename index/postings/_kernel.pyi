"""The inner loops of a ranking, in C; ``_kernel.c`` explains each.

An array of another type than is said here, or of a length that does not fit, raises ``ValueError``;
so does an index whose numbers lead out of its arrays.
"""

import numpy as np
from numpy.typing import NDArray

from index.postings.bm25 import Mask, Numbers, Scores

#: Of what the functions take and return.
VERSION: int

def accumulate(
    paragraphs: NDArray[np.int32],
    weights: Scores,
    postings: list[slice],
    boosts: list[float | Scores],
    scores: Scores,
    seen: NDArray[np.uint8],
    matching: NDArray[np.int32],
    /,
) -> int:
    """Add the *weights* of *postings* to *scores*; return how many paragraphs match.

    *scores* and *seen* are zeros, one for each paragraph. Those that match are listed in
    *matching*.
    """

def best(
    scores: Scores, matching: NDArray[np.int32], count: int, k: int, allowed: Mask | None, /
) -> bytearray:
    """Return the *k* best of the first *count* of *matching* that are *allowed*, best first.

    They are int64.
    """

def clear(
    scores: Scores, seen: NDArray[np.uint8], matching: NDArray[np.int32], count: int, /
) -> None:
    """Make zero again what ``accumulate`` wrote."""

def compare(
    numbers: Numbers,
    asked: Numbers | None,
    postings: list[slice],
    lines: NDArray[np.intp],
    weights: Scores,
    as_good: float,
    paragraphs: NDArray[np.int32],
    begins: NDArray[np.int32],
    positions: NDArray[np.int32],
    details: NDArray[np.int32],
    first: Numbers,
    sentences: int,
    /,
) -> tuple[bytearray, bytearray, bytearray, bytearray, bytearray, bytearray]:
    """Return columns with a row for each of *numbers*, and where the query's words stand.

    The weight of the best sentence (float64), its number (int64), how many tokens the words are
    (int64), which terms are absent (bool, shape (n, terms)), and which the question lacks (the
    same, or nothing); and the occurrences (int64, shape (4, m)).
    """

def having(positions: NDArray[np.int32], terms: list[slice], ends: Numbers, /) -> bytearray:
    """Return the paragraphs in which *terms* stand side by side, ascending (int64).

    Each is a slice of *positions*, which ascend in it; *ends* are the positions behind each
    paragraph's last token.
    """

def highlights(
    rows: NDArray[np.intp],
    of: NDArray[np.intp],
    first: Numbers,
    last: Numbers,
    starts: NDArray[np.int32],
    stops: NDArray[np.int32],
    /,
) -> list[list[tuple[int, int]]]:
    """Return where the words of each of *rows* stand, in order, as (start, stop)."""

def parts(
    numbers: Numbers,
    scores: Scores,
    best: Scores,
    matched: Numbers,
    lengths: Numbers,
    fragments: Mask,
    before: Numbers,
    behind: Numbers,
    is_answer: Mask,
    asked: Numbers | None,
    closeness: Scores | None,
    shares: tuple[float, float, float, float, float, float, float],
    few: int,
    count: int,
    /,
) -> bytearray:
    """Return the parts of the scores of *numbers* that the paragraphs make by themselves.

    They are float64, in *count* rows, one for each ``Part``. The *shares* are those of the best
    sentence, of the neighbours, of an answer and of the question it replies to; what of the last is
    lost where an answer of a *few* words says nothing of the question; and what a fragment and an
    empty paragraph lose.
    """
