"""Refusing: the formulas by hand, and how many real questions are answered on and off a subject."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from benchmarks.floors import HALF, SINGLE, Silence
from benchmarks.refusal import Measured, Split, half_a_set, single_articles, split_in_half
from index.evaluation import load_set
from index.postings.sentence_index import NO_OCCURRENCES
from index.ranking.refusal import support, threshold
from index.ranking.score import Part, Ranking


def ranking(*hits: dict[Part, float], lacking: Sequence[tuple[float, float]]) -> Ranking:
    """Return a ranking of *hits*, each given by its parts; the other parts are zero."""
    parts = np.array([[hit.get(part, 0.0) for hit in hits] for part in Part])
    numbers = np.arange(len(hits), dtype=np.int64)
    return Ranking(
        numbers=numbers,
        parts=parts,
        sentences=numbers,
        missing_idf=np.array(lacking).T,
        rows=numbers,
        occurrences=NO_OCCURRENCES,
    )


def test_support_worked_out_by_hand() -> None:
    """What speaks for it, half of what the best sentence adds, less four fifths of what lacks."""
    found = ranking(
        {Part.BM25: 5.0, Part.BEST_SENTENCE: 2.0, Part.TITLE: 0.5, Part.REPLY: 1.0},
        {Part.BM25: 2.0},
        {Part.BM25: 2.0},
        lacking=[(0.0, 0.0), (1.5, 0.0), (1.5, 1.5)],
    )
    assert support(found) == pytest.approx([7.5, 2 - 1.2, 2 - 1.2 - 0.9], rel=1e-12)


@pytest.mark.parametrize("part", [Part.TURN, Part.PREFERENCE])
def test_neither_a_place_in_an_answer_nor_a_preference_supports(part: Part) -> None:
    """Who said it and when does not make a passage speak of the subject."""
    found = ranking({Part.BM25: 3.0, part: 9.0}, {Part.BM25: 3.0}, lacking=[(0.0, 0.0)] * 2)
    assert support(found).tolist() == [3.0, 3.0]


@pytest.mark.parametrize(
    ("paragraphs", "bound"),
    [
        (3, 1.0986123 - 5.3),
        (37, 3.35 * 3.6109179 - 12.45),
        (5000, 0.93 * 8.5171932 + 3.6),
        (1_000_000, 0.93 * 13.8155106 + 3.6),
    ],
)
def test_threshold_worked_out_by_hand(paragraphs: int, bound: float) -> None:
    """Of three lines one holds for the smallest records, a steep one to a thousand, then a slow."""
    assert threshold(paragraphs) == pytest.approx(bound, rel=1e-6)


def test_threshold_rises_with_the_number_of_paragraphs() -> None:
    values = [threshold(paragraphs) for paragraphs in [*range(1, 3000), 10_000, 1_000_000]]
    assert all(less < more for less, more in pairwise(values))


def test_threshold_has_no_step() -> None:
    """One paragraph more never turns an answer into a refusal by much."""
    values = [threshold(paragraphs) for paragraphs in range(10, 3000)]
    assert max(more - less for less, more in pairwise(values)) < 0.3


@pytest.mark.parametrize("paragraphs", [0, 1, 2])
def test_threshold_of_the_smallest_records_is_finite(paragraphs: int) -> None:
    assert math.isfinite(threshold(paragraphs))


@pytest.fixture(scope="module")
def split(shared: Path) -> Split:
    """Return every other article, questions about these, and questions about those left out."""
    return split_in_half(*load_set(shared / "questions" / "squadshifts_wiki"))


def assert_silent(floor: Silence, measured: Measured) -> None:
    print(f"\n{floor.record}: {measured}")
    assert min(measured.off_asked, measured.on_asked) >= floor.questions
    assert measured.off_topic <= floor.off_topic
    assert measured.on_topic >= floor.on_topic


@pytest.mark.quality
def test_half_a_real_set_answers_its_own_questions_and_refuses_the_others(split: Split) -> None:
    """The promise of honest silence, at about 800 paragraphs."""
    measured = half_a_set(split)
    assert 700 < measured.paragraphs < 900
    assert_silent(HALF, measured)


@pytest.mark.quality
def test_single_articles_answer_their_own_questions_and_refuse_the_others(split: Split) -> None:
    """The promise of honest silence, at some 20 to 70 paragraphs, 32 in the mean."""
    assert_silent(SINGLE, single_articles(split))
