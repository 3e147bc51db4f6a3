"""Stories that are checked on several threads at once get the grades that each gets alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from made_statements import statement

from index.checking import places
from index.checking.report import Grade
from index.model.record import Record
from index.search import Index

SHIPS = [f"ferry{number}" for number in range(40)]
TEXTS = [
    f"The {one} carried grain to the {other} before the storm, and {one} pilots were paid in full."
    for one, other in pairwise(SHIPS)
]
#: Each quotation is on record, but for one word of every second.
STORIES = [
    "\n\n".join(
        f"It was noted: “{text.replace('grain', 'coal') if number % 2 else text}”"
        for number, text in enumerate(TEXTS)
        if number % 4 == first
    )
    for first in range(4)
]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have threads take turns all the time, and hardly anything remembered."""
    monkeypatch.setattr(places, "_REMEMBERED", 2)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_that_check_at_once_find_what_each_finds_alone(busy: None) -> None:
    index = Index(Record.of([statement("ships", TEXTS)]))
    with ThreadPoolExecutor(len(STORIES)) as threads:
        checked = list(threads.map(index.check_story, STORIES * 6))
    grades = [{one.grade for one in story.quotations} for story in checked]
    assert grades == [{Grade.VERBATIM}, {Grade.ALTERED}] * 12
