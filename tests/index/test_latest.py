"""The latest and the oldest; and which day, or operator, is the reason that nothing is left."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from made_statements import statement

from index import Answer, Index, Kind, Record


@pytest.fixture(scope="module")
def index() -> Index:
    """Return three statements; the first is a brief that was written a year after it was said."""
    first = statement("first", ["The quay is old.", "A lamp was lit."], day=2)
    brief = replace(first, kind=Kind.BRIEF, published=datetime.date(2026, 2, 2))
    second = statement("second", ["The quay is repaired."], day=9)
    third = statement("third", ["The quay opens.", "All may come."], day=20)
    return Index(Record.of([second, brief, third]))


def shown(answer: Answer) -> list[str]:
    return [f"{hit.citation.statement}{hit.citation.paragraph}" for hit in answer.hits]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("the latest", "third1"),
        ("latest", "third1"),
        ("What is the latest?", "third1"),
        ("latest statement", "third1"),
        ("first statement", "first1"),
    ],
)
def test_an_order_alone_brings_the_statement_at_that_end(index: Index, question: str, first: str):
    answer = index.ask(question)
    assert answer.answered
    assert shown(answer)[0] == first


def test_a_fact_about_the_last_time_is_no_order(index: Index):
    assert not index.ask("when did they last speak").answered


def test_the_oldest_of_very_many_is_first():
    """Only so many are ranked closely; the oldest of all is among them."""
    many = [statement(f"s{day}{part}", [f"The quay, {part}, {day + 100}."], day=day)
            for day in range(1, 29) for part in "ab"]  # fmt: skip
    answer = Index(Record.of(many)).ask("earliest statement on the quay", limit=3)
    assert answer.hits[0].citation.date == datetime.date(2025, 2, 1)
    newest = Index(Record.of(many)).ask("latest on the quay", limit=3)
    assert newest.hits[0].citation.date == datetime.date(2025, 2, 28)


def test_of_the_same_text_the_oldest_is_shown_where_that_is_asked():
    same = [statement(f"s{day}", ["The quay is old."], day=day) for day in (3, 5, 9)]
    (hit,) = Index(Record.of(same)).ask("earliest statement on the quay").hits
    assert hit.citation.date == datetime.date(2025, 2, 3)
    assert [copy.date.day for copy in hit.copies if copy.date] == [9, 5]


def test_a_brief_counts_on_the_day_that_it_tells_of(index: Index):
    assert shown(index.ask("quay on:2025-02-02")) == ["first1"]
    assert not index.ask("quay year:2026").answered
    assert not index.ask("quay in 2026").answered


@pytest.mark.parametrize(
    "question", ["in:zzzz quay since 2024", "kind:letter quay in February 2025", "from:zzzz quay"]
)
def test_an_operator_that_leaves_nothing_is_the_reason(index: Index, question: str):
    answer = index.ask(question)
    assert not answer.answered
    assert answer.searched.paragraphs == 0
    assert answer.understood.first is answer.understood.last is None


def test_wording_that_leaves_nothing_is_the_reason_where_the_operators_leave_some(index: Index):
    answer = index.ask("kind:brief quay since 2026-03-01")
    assert answer.understood.first == datetime.date(2026, 3, 1)
    assert answer.on_record.statements == 3


@pytest.mark.parametrize(
    "question", ["quay, on my deadline in ten minutes", "quay asap, i need it by noon"]
)
def test_how_soon_it_is_needed_is_not_searched_for(index: Index, question: str):
    assert index.ask(question).answered
