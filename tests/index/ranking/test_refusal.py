"""Refusing: the formulas by hand, and how many real questions are answered on and off a subject."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from index.evaluation import GoldQuestion, load_set
from index.model.record import Record
from index.model.statement import Statement
from index.postings.passages import NO_OCCURRENCES
from index.ranking.refusal import support, threshold
from index.ranking.score import Part, Ranking
from index.search import Index

Split = tuple[list[Statement], list[GoldQuestion], list[GoldQuestion]]


def ranking(*hits: dict[Part, float], lacking: Sequence[tuple[float, float]]) -> Ranking:
    """Return a ranking of *hits*, each told by its parts; the other parts are zero."""
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
    assert share(off_topic) <= 0.07  # measured .0687
    assert share(on_topic) >= 0.82  # measured .8287


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
