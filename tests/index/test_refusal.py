"""Refusing: the formulas by hand, and how many real questions are answered on and off a subject."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from index.evaluation import GoldQuestion, load_set
from index.record import Record
from index.refusal import idf, support, threshold
from index.search import Index
from index.statement import Statement

Split = tuple[list[Statement], list[GoldQuestion], list[GoldQuestion]]


def test_idf_worked_out_by_hand() -> None:
    """Of 10 paragraphs 2 have the term: ln(1 + 8.5 / 2.5) = ln 4.4."""
    assert idf(10, 2) == pytest.approx(1.4816045, rel=1e-7)
    assert idf(10, 2) == math.log(1 + (10 - 2 + 0.5) / (2 + 0.5))


@pytest.mark.parametrize("paragraphs", [0, 1, 2, 37, 1_000_000])
def test_idf_is_positive_and_falls_as_a_term_grows_commoner(paragraphs: int) -> None:
    values = [idf(paragraphs, df) for df in range(min(paragraphs, 50) + 1)]
    assert all(math.isfinite(value) and value > 0 for value in values)
    assert all(rarer > commoner for rarer, commoner in pairwise(values))
    assert idf(paragraphs, paragraphs) > 0


def test_support_is_the_score_less_what_is_missing() -> None:
    assert support(np.array([5.0, 2.0]), np.array([1.5, 4.0])).tolist() == [3.5, -2.0]


def test_threshold_worked_out_by_hand() -> None:
    """At 37 paragraphs the steep line holds, at 5,000 the slow one."""
    assert threshold(37) == pytest.approx(3.9 * 3.6109179 - 14.9, rel=1e-6)
    assert threshold(5000) == pytest.approx(8.5171932 + 4.7, rel=1e-6)


def test_threshold_rises_with_the_number_of_paragraphs() -> None:
    values = [threshold(paragraphs) for paragraphs in [*range(1, 3000), 10_000, 1_000_000]]
    assert all(less < more for less, more in pairwise(values))


@pytest.mark.parametrize("paragraphs", [0, 1, 2])
def test_threshold_of_the_smallest_records_is_finite(paragraphs: int) -> None:
    assert math.isfinite(threshold(paragraphs))


@pytest.fixture(scope="module")
def split(shared: Path) -> Split:
    """Return every other article, questions about these, and questions about those left out."""
    record, questions = load_set(shared / "questions" / "squadshifts_wiki")
    articles = sorted(record.statements, key=lambda article: article.id)
    kept = articles[::2]
    on_record = {article.id for article in kept}
    about_kept = [asked for asked in questions if {one for one, _ in asked.gold} <= on_record]
    about_left = [asked for asked in questions if not {one for one, _ in asked.gold} & on_record]
    return kept, about_kept, about_left


def answered(index: Index, questions: Iterable[GoldQuestion]) -> list[bool]:
    return [index.ask(asked.question).answered for asked in questions]


def share(answers: Sequence[bool]) -> float:
    return sum(answers) / len(answers)


def test_half_a_real_set_answers_its_own_questions_and_refuses_the_others(split: Split) -> None:
    """The promise of honest silence, at about 800 paragraphs."""
    kept, about_kept, about_left = split
    index = Index(Record.of(kept))
    assert 700 < index.searched.paragraphs < 900
    off_topic, on_topic = answered(index, about_left[::4]), answered(index, about_kept[::4])
    print(f"\n{len(kept)} articles, {index.searched.paragraphs} paragraphs:")
    print(f"off-topic answered {share(off_topic):.4f} of {len(off_topic)}")
    print(f"on-topic answered  {share(on_topic):.4f} of {len(on_topic)}")
    assert min(len(off_topic), len(on_topic)) > 900
    assert share(off_topic) <= 0.07  # measured .0697
    assert share(on_topic) >= 0.82  # measured .8328


def test_single_articles_answer_their_own_questions_and_refuse_the_others(split: Split) -> None:
    """The promise of honest silence, at some 20 to 70 paragraphs, 32 in the mean."""
    kept, about_kept, about_left = split
    off_topic: list[bool] = []
    on_topic: list[bool] = []
    for article in kept:
        index = Index(Record.of([article]))
        own = [asked for asked in about_kept if {one for one, _ in asked.gold} == {article.id}]
        off_topic += answered(index, about_left[::40])
        on_topic += answered(index, own[::2])
    print(f"\n{len(kept)} records of one article each:")
    print(f"off-topic answered {share(off_topic):.4f} of {len(off_topic)}")
    print(f"on-topic answered  {share(on_topic):.4f} of {len(on_topic)}")
    assert min(len(off_topic), len(on_topic)) > 1900
    assert share(off_topic) <= 0.065  # measured .0582
    assert share(on_topic) >= 0.925  # measured .9253
