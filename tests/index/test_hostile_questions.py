"""What a hostile person types: no pattern grows faster than it, and nothing of it is kept."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
import time
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
import regex
from made_statements import statement

import index.postings
import index.question
import index.references
import index.wording
from benchmarks.made import made_statements
from benchmarks.worst import Words, composed, worst_kinds
from index.model.record import Record
from index.search import Index
from index.text.language import codes
from index.wording import dates, when

ROOMS = (index.postings, index.question, index.references, index.wording)
#: What repetitions have been slow with, each followed by what does not match.
PIECES = [
    *(" ", "\t", "\u200b", "\u200f ", "a", "a ", "A.", "1", "1,", "1.", "1-", "-", "--", ":", '"'),
    *("did ", "said ", "according to ", "the ", "of ", "ref ", "K7Q2-", "since ", "in 2024 ", "’"),
    *("6 ", "may ", "6 of may ", "last ", "中", "ا", "\u0301", "ever ", " just", "“", "from:"),
]
LENGTH = 2_000
#: Seconds below which the clock tells too little.
NOTHING = 0.001


def patterns() -> Iterator[tuple[str, Any]]:
    """Yield every compiled pattern of the rooms that read questions, with its name."""
    for room in ROOMS:
        for found in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                several = value.values() if isinstance(value, dict) else (value,)
                for one in several:
                    if isinstance(one, re.Pattern | regex.Pattern):
                        yield f"{found.name}.{name}", one
    for name in ("_SPELLED", "_YEAR_FIRST", "_YEAR_LAST", "_FOR_LIBRARY"):
        yield f"dates.{name}", re.compile(getattr(dates, name))
    for code in codes():
        if vocabulary := when._vocabulary(code):
            yield f"when {code}", vocabulary._pattern


PATTERNS = list(patterns())


def seconds(pattern: Any, text: str, times: int = 1) -> float:
    """Return the least time in which *pattern* is looked for in *text*, in all ways."""
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        pattern.fullmatch(text)
        pattern.search(text)
        best = min(best, time.process_time() - began)
    return best


def is_no_slower(pattern: Any, short: str, long: str) -> bool:
    """Return whether *long*, four times *short*, takes less than ten times as long.

    What takes less than five times as long at once is not measured again.
    """
    once = seconds(pattern, long)
    if once < NOTHING or once < 5 * seconds(pattern, short):
        return True
    slow = seconds(pattern, long, 3)
    return slow < NOTHING or slow < 10 * seconds(pattern, short, 3)


@pytest.mark.parametrize("name", sorted({name for name, _ in PATTERNS}))
def test_no_pattern_takes_longer_than_its_input_grows(name: str) -> None:
    """Four times the text takes some four times as long, not sixteen times."""
    assert len(PATTERNS) > 20
    for pattern in (one for at, one in PATTERNS if at == name):
        for piece in PIECES:
            for end in ("", "!", "x"):
                short = (piece * LENGTH)[:LENGTH] + end
                long = (piece * 4 * LENGTH)[: 4 * LENGTH] + end
                assert is_no_slower(pattern, short, long), (piece, end)


@pytest.fixture(scope="module")
def made() -> Index:
    index = Index(Record.of(made_statements(60)))
    index.prepare()
    return index


def test_nothing_that_is_typed_is_kept(made: Index) -> None:
    """Each of these kept up to ten megabytes once, in a cache."""

    def hostile(number: int) -> Iterator[str]:
        letters = "".join(chr(97 + (number * step) % 26) for step in range(1, 4_000))
        accents = letters.replace("a", "ä").replace("e", "ё")
        pairs = " ".join(letters[at : at + 2] for at in range(0, 2_600, 2))
        for text in (letters, accents):
            yield from (text, f'"{text}"', f'-"{text}"', f"from:{text}", f'in:"{text}"')
        yield from (f'from:"{pairs}"', f'"{pairs}"', f'-"{pairs}"', pairs, f"on:{number} x")

    def ask_all(numbers: range) -> None:
        for number in numbers:
            for question in hostile(number):
                made.ask(question)
                made.amended(question)

    ask_all(range(3))
    gc.collect()
    tracemalloc.start()
    try:
        ask_all(range(3, 5))
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        ask_all(range(5, 20))
        gc.collect()
        kept = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert kept < 1_000_000


def test_what_was_slow_and_anything_composed_of_it_is_answered(made: Index) -> None:
    """How long it takes, ``benchmarks.worst`` tells."""
    words = Words(made.record)
    kinds = [question[:4096] for _, question in worst_kinds(words)]
    for question in [*kinds, *composed(words, 300)]:
        answer = made.ask(question)
        assert answer.question == question
        assert made.ask(question) == answer


def test_many_zero_width_characters_are_no_reference() -> None:
    index = Index(Record.of([statement("a", ["The port is open."])]))
    began = time.process_time()
    for text in ("\u200b" * 40_000, "\u200b" * 40_000 + "1a", "ref " * 10_000):
        assert index.amended(text) is None
        assert index.look_up(text) == []
    assert time.process_time() - began < 1.0
