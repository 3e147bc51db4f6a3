"""Refusing: the formulas by hand, and how many real questions are answered on and off a subject."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from made_statements import statement

from benchmarks.floors import HALF, LONG, SINGLE, Long, Silence
from benchmarks.refusal import (
    Measured,
    Split,
    half_a_set,
    long_questions,
    single_articles,
    split_in_half,
)
from index.evaluation import load_set
from index.model.record import Record
from index.postings.sentence_index import NO_OCCURRENCES
from index.question.query import Query
from index.ranking.refusal import SHORT, bound, support, threshold
from index.ranking.score import Part, Ranking
from index.search import Index


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


def query(terms: int, idf: float = 4.0) -> Query:
    """Return a query of so many *terms* of an *idf* each, none of which is on record."""
    reader = Index(Record.of([statement("tea", ["Tea is served."])])).query("tea")
    return replace(reader, terms=tuple(map(str, range(terms))), idf=np.full(terms, idf))


def test_support_of_a_short_question_worked_out_by_hand() -> None:
    """What speaks for it, half of what the best sentence and the title add, less what lacks."""
    found = ranking(
        {Part.BM25: 5.0, Part.BEST_SENTENCE: 2.0, Part.TITLE: 0.5, Part.REPLY: 1.0},
        {Part.BM25: 2.0},
        {Part.BM25: 2.0},
        lacking=[(0.0, 0.0), (1.5, 0.0), (1.5, 1.5)],
    )
    hand = [7.25, 2 - 0.8 * 1.5, 2 - 0.8 * 1.5 - 0.6 * 1.5]
    assert support(found, query(SHORT)) == pytest.approx(hand, rel=1e-12)


def test_support_of_a_long_question_worked_out_by_hand() -> None:
    """A term that lacks counts a quarter, and a name no more; at twice ``SHORT``, 15/16 of that."""
    found = ranking({Part.BM25: 9.0}, {Part.BM25: 9.0}, lacking=[(8.0, 0.0), (8.0, 8.0)])
    terms = (0.8 + 15 * 0.2) / 16 * 8.0
    hand = [9 - terms, 9 - terms - 0.6 / 16 * 8.0]
    assert support(found, query(2 * SHORT)) == pytest.approx(hand, rel=1e-12)


@pytest.mark.parametrize("terms", [1, SHORT])
def test_a_short_questions_bound_is_the_records(terms: int) -> None:
    assert bound(query(terms), 7.5) == 7.5


def test_the_bound_of_a_long_question_worked_out_by_hand() -> None:
    """It becomes the square root of the idf of all terms, whatever the record's threshold is."""
    assert bound(query(2 * SHORT, idf=2.0), 7.5) == pytest.approx((7.5 + 15 * 6.0) / 16, rel=1e-12)
    assert bound(query(400), -4.0) == pytest.approx(bound(query(400), 12.0), abs=1e-4)
    assert bound(query(400), 12.0) == pytest.approx(40.0, abs=1e-3)


def test_one_term_more_changes_the_bound_by_little() -> None:
    """A question does not fall off an edge where it ceases to be short."""
    bounds = [bound(query(terms), 12.0) for terms in range(1, 100)]
    assert max(abs(more - less) for less, more in pairwise(bounds)) < 2.0


@pytest.mark.parametrize("part", [Part.TURN, Part.PREFERENCE])
def test_neither_a_place_in_an_answer_nor_a_preference_supports(part: Part) -> None:
    """Who said it and when does not make a passage speak of the subject."""
    found = ranking({Part.BM25: 3.0, part: 9.0}, {Part.BM25: 3.0}, lacking=[(0.0, 0.0)] * 2)
    assert support(found, query(3)).tolist() == [3.0, 3.0]


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


@pytest.mark.quality
@pytest.mark.parametrize("floor", LONG, ids=lambda floor: floor.name)
def test_long_questions_are_answered_from_their_record_and_refused_by_others(
    shared: Path, floor: Long
) -> None:
    """A reporter's question has a preamble; refusing it for that hid the right passage."""
    if not (shared / "questions" / floor.name).is_dir():
        pytest.skip(f"{floor.name} is not beside the project")
    measured = long_questions(floor.name)
    print(f"\n{floor.name}: {measured}")
    assert measured.asked == floor.questions
    assert measured.right >= floor.answered
    assert measured.others <= floor.others


def test_a_long_question_is_answered_from_what_its_preamble_leads_to() -> None:
    """And the same words are refused by a record of another subject."""
    question = (
        "Thank you, and thanks for coming back to me. The Herald reported this morning that the "
        "ferry company asked the harbour board for help. Will the harbour subsidy for the ferry "
        "company be paid before the winter timetable begins?"
    )
    paid = "The harbour board pays the ferry company a subsidy from the winter timetable on."
    others = [f"The {one} of valley number {one * 7} is under review." for one in range(100)]
    answer = Index(Record.of([statement("ferry", [paid, *others])])).ask(question)
    assert answer.answered
    assert answer.hits[0].paragraph.text == paid
    elsewhere = Index(Record.of([statement("mill", [*others, "The board meets this morning."])]))
    assert not elsewhere.ask(question).answered
