"""Two processes that read a half each note the same as one."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.connection import Connection

import numpy as np
import pytest

from index import notes
from index.notes import Notes, Texts, notes_by_two, notes_of
from index.text.terms import Analyzers

TAGS = ("en", "ur", "zh")
TEXTS = [
    ("en", "The ironclad agreement on the Gwadar port was signed. It costs $5 million."),
    ("en", "The China-Pakistan Economic Corridor (CPEC) is iron clad."),
    ("zh", "中国走廊。走廊很长。"),
    ("en", "Tea!"),
    ("en", "…"),
    ("ur", "نہر بند ہے۔"),
    ("en", "The port and the corridor (CPEC): signed, and well-kept."),
]


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "_FEW", 2)


def told(of: Notes) -> dict[str, object]:
    columns = of.sentences
    lists = {
        name: list(getattr(columns, name))
        for name in ("form", "start", "stop", "sentence", "sentences", "bounds")
    }
    return {
        "terms": list(of.tokens.terms),
        "tokens": of.tokens.tokens.tolist(),
        "lengths": of.tokens.lengths.tolist(),
        "forms": list(columns.forms.new),
        "fragments": of.fragments.tolist(),
        "sums": of.sums.tolist(),
        "remarks": of.remarks,
        **lists,
    }


def both(texts: Texts) -> tuple[dict[str, object], dict[str, object]]:
    return told(notes_of(texts, Analyzers(TAGS))), told(notes_by_two(texts, Analyzers(TAGS)))


def test_they_note_the_same_with_words_of_both_halves_and_of_one() -> None:
    alone, by_two = both(TEXTS)
    assert by_two == alone
    assert alone["remarks"]


@pytest.mark.parametrize("texts", [[("en", "…")] * 3, [("en", "Tea.")] * 2, [("en", "One.")], []])
def test_a_half_may_have_no_word_and_there_may_be_none(texts: Texts) -> None:
    alone, by_two = both(texts)
    assert by_two == alone


def test_all_is_read_here_where_no_other_process_can_be_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    alone, by_two = both(TEXTS)
    assert by_two == alone


def end_at_once(_: Connection, __: Texts, ___: object) -> None:
    """Send nothing, as a process that is killed."""


def test_all_is_read_here_where_the_other_process_ends_before_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(notes, "_send_notes", end_at_once)
    alone, by_two = both(TEXTS)
    assert by_two == alone


def test_progress_is_told_of_all_texts() -> None:
    seen: list[tuple[int, int]] = []
    report: Callable[[int, int], None] = lambda done, total: seen.append((done, total))  # noqa: E731
    notes_by_two(TEXTS, Analyzers(TAGS), report)
    assert seen == [(0, 2 * (len(TEXTS) // 2))]


def test_terms_are_numbered_as_they_first_occur() -> None:
    by_two = notes_by_two(TEXTS, Analyzers(TAGS))
    first = np.unique(by_two.tokens.tokens, return_index=True)[1]
    assert (np.diff(first) > 0).all()
