"""Text in columns: aligned and never too wide, in scripts of single and of double width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.columns import beneath, clipped, table, width, wrapped

#: One column a character, two, none, and spaces.
TEXT = st.text(st.sampled_from("ab —é港口の한😀\u0301\u200d "), max_size=60)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("harbour", 7), ("", 0), ("瓜达尔港", 8), ("ML-1 铁路", 9), ("e\u0301", 1), ("ﾊﾛｰ", 3)],
)
def test_a_wide_character_takes_two_columns_and_a_mark_none(text, columns):
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("harbour", 7, "harbour"),
        ("harbour", 6, "harbo…"),
        ("瓜达尔港", 8, "瓜达尔港"),
        ("瓜达尔港", 7, "瓜达尔…"),
        ("瓜达尔港", 6, "瓜达…"),
        ("the harbour", 5, "the…"),
    ],
)
def test_what_is_too_wide_is_cut_and_marked(text, columns, shown):
    assert clipped(text, columns) == shown


@given(TEXT, st.integers(2, 30))
def test_nothing_is_wider_than_it_may_be(text, columns):
    assert width(clipped(text, columns)) <= columns
    assert all(width(line) <= columns for line in wrapped(text, columns))


@given(TEXT, st.integers(2, 30))
def test_wrapping_loses_nothing_but_spaces(text, columns):
    assert "".join("".join(wrapped(text, columns)).split()) == "".join(text.split())


def test_words_are_wrapped_beneath_each_other():
    assert list(beneath("lacks", "one two three", 14, 7)) == ["lacks  one two", "       three"]
    assert list(beneath("lacks", "", 14, 7)) == []


def test_the_cells_of_a_table_stand_below_each_other():
    rows = [("term", "df"), ("port", "12"), ("港口", "3"), ("a long term", "1")]
    assert list(table(rows, (False, True), 8)) == [
        "term     df",
        "port     12",
        "港口      3",
        "a long…   1",
    ]
