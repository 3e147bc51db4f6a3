"""Builders of statements and records, and the real texts most tests read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.files.loading import read_statements
from index.model.record import Record
from index.model.statement import Paragraph, Role, Speaker, Statement
from index.postings.kernel import BUILT, by_numpy

MakeStatement = Callable[..., Statement]


def _make_statement(*texts: str, asked: tuple[int, ...] = (), **fields: Any) -> Statement:
    stated = {
        "id": "a-statement",
        "title": "A statement",
        "date": date(2025, 2, 6),
        "speakers": (Speaker("Ayesha Noor", "Spokesperson"),),
    } | fields
    paragraphs = [
        Paragraph(number, text, stated["speakers"][0], Role.QUESTION if number in asked else None)
        for number, text in enumerate(texts, 1)
    ]
    return Statement(paragraphs=tuple(paragraphs), **stated)


@pytest.fixture(scope="session")
def make_statement() -> MakeStatement:
    """Return a builder: texts, the numbers of those that are *asked*, and any field."""
    return _make_statement


@pytest.fixture(scope="session")
def state_department(shared: Path) -> Record:
    """Return the record of several hundred real statements in English."""
    found = read_statements(shared / "statements" / "us_state.jsonl")
    return Record.of(statement for statement, _ in found if statement)


@pytest.fixture(scope="module", params=["in C", "by NumPy"])
def both_ways(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run the tests of a module twice: the C ranks, then NumPy."""
    if request.param == "by NumPy":
        with by_numpy():
            yield
    elif BUILT:
        yield
    else:
        pytest.skip("the C was not built here: there was no compiler, or no headers of Python")
