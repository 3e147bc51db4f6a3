"""The record: its order, and how much there is to search."""

from __future__ import annotations

from datetime import date

from index.model.record import Coverage, Record
from index.model.statement import Speaker


def test_statements_come_newest_first_undated_last_then_by_id(make_statement) -> None:
    days = {"b": date(1999, 12, 31), "undated": None, "c": date(2025, 2, 6), "a": date(2025, 2, 6)}
    record = Record.of(make_statement("Yes.", id=name, date=day) for name, day in days.items())
    assert [one.id for one in record.statements] == ["a", "c", "b", "undated"]
    expected = Coverage(statements=4, paragraphs=4, first=date(1999, 12, 31), last=date(2025, 2, 6))
    assert record.coverage() == expected


def test_questions_do_not_count_in_one_form(make_statement) -> None:
    statement = make_statement("Will you?", "We will.", "And then?", asked=(1, 3))
    assert Record.of([statement]).coverage().paragraphs == 1
    assert len(list(Record.of([statement]).paragraphs())) == 3


def test_paragraphs_come_with_their_statements_in_the_records_order(make_statement) -> None:
    old = make_statement("One.", "Two.", id="old", date=date(2020, 1, 1))
    new = make_statement("Three.", id="new", speakers=(Speaker("Martin Lee"),))
    found = [(s.id, p.text) for s, p in Record.of([old, new]).paragraphs()]
    assert found == [("new", "Three."), ("old", "One."), ("old", "Two.")]
