"""Of a question that is too long, the beginning is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.question.long_questions import MOST_CHARACTERS, MOST_WORDS, beginning_of, end_of


@pytest.mark.parametrize("one", ["levy ", "7, ", "7,", "中", "ก", "한 ", "हि ", "a.", "(b) "])
def test_so_many_words_are_read_and_no_more(one: str) -> None:
    whole = (one * MOST_WORDS).rstrip()
    assert beginning_of(whole) == (whole, "")
    beginning, last = beginning_of(one * 3 * MOST_WORDS)
    assert beginning.rstrip("(") == whole.rstrip("(") or beginning.rstrip(" (") == whole
    assert last
    assert beginning.endswith(last)


def test_of_longer_words_fewer_are_read_and_none_is_cut() -> None:
    words = " ".join("harbourmaster" for _ in range(MOST_WORDS))
    beginning, last = beginning_of(words)
    assert len(beginning) <= MOST_CHARACTERS
    assert set(beginning.split()) == set(last.split()) == {"harbourmaster"}
    assert beginning_of("a" * 4_096)[0] == "a" * MOST_CHARACTERS


def test_what_has_no_words_is_cut_off_and_not_told() -> None:
    assert beginning_of("levy" + "?" * 4_000) == (f"levy{'?' * (MOST_CHARACTERS - 4)}", "")


@given(st.text(max_size=30).map(lambda text: " ".join((text * 400)[:9_000].split())))
def test_it_is_always_the_beginning_and_what_is_told_its_end(words: str) -> None:
    beginning, last = beginning_of(words)
    assert words.startswith(beginning)
    assert len(beginning) <= max(MOST_CHARACTERS, MOST_WORDS)
    assert beginning.endswith(last)
    assert last in ("", end_of(beginning))
