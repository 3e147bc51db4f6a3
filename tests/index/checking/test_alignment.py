"""The words of a quotation beside those of passages. A dash is a word that only the other has."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.checking.alignment import Ids, Numbered, aligned


def _numbered(words: Ids) -> Numbered:
    return Numbered(words, words, words, np.zeros(len(words), dtype=bool))


def drawn(quotation: str, passages: str, omissions: tuple[int, ...] = ()) -> str:
    """Return the alignment as text: words of both with "=" between, jumps with "»" before."""
    ours, theirs = quotation.split(), passages.split()
    numbers = {word: number for number, word in enumerate(dict.fromkeys(ours + theirs))}
    first, second = (np.array([numbers[word] for word in one]) for one in (ours, theirs))
    columns = []
    for pair in aligned(_numbered(first), _numbered(second), omissions):
        one = "-" if pair.written is None else ours[pair.written]
        other = "-" if pair.stands is None else theirs[pair.stands]
        columns.append(("»" if pair.jumped else "") + (one if one == other else f"{one}/{other}"))
    return " ".join(columns)


@pytest.mark.parametrize(
    ("quotation", "passages", "expected"),
    [
        ("we open it", "they say we open it now", "we open it"),
        ("we will open it", "we will not open it", "we will -/not open it"),
        ("we will not open it", "we will open it", "we will not/- open it"),
        ("we shall open it", "we will open it", "we shall/will open it"),
        ("we open the big port now", "we open the port now", "we open the big/- port now"),
        (
            "we open the port all day we close the road by night",
            "we close the road by night . . . . . . . . we open the port all day",
            "we open the port all day »we close the road by night",
        ),
    ],
)
def test_words_are_aligned_as_a_reader_would(quotation: str, passages: str, expected: str) -> None:
    assert drawn(quotation, passages) == expected


def test_a_dropped_clause_costs_less_than_a_jump_to_a_few_words() -> None:
    passages = "we open the port and all the roads there by june . by june"
    assert drawn("we open the port by june", passages) == (
        "we open the port -/and -/all -/the -/roads -/there by june"
    )


def test_words_left_out_at_a_mark_cost_next_to_nothing() -> None:
    between = " ".join("x" * n for n in range(1, 60))
    assert (
        drawn("we open it by june", f"we open it {between} by june", (3,)) == "we open it by june"
    )


def test_a_row_without_passages_is_all_the_story_s_own() -> None:
    nothing = _numbered(np.zeros(0, dtype=np.int64))
    words = _numbered(np.arange(2))
    assert [(pair.written, pair.stands) for pair in aligned(words, nothing)] == [
        (0, None),
        (1, None),
    ]


@given(
    st.lists(st.integers(0, 6), min_size=1, max_size=12),
    st.lists(st.integers(0, 6), min_size=1, max_size=40),
    st.sets(st.integers(1, 11)),
)
def test_every_word_is_aligned_once_and_columns_ascend_between_jumps(
    quotation: list[int], passages: list[int], omissions: set[int]
) -> None:
    one, other = np.array(quotation), np.array(passages)
    pairs = aligned(_numbered(one), _numbered(other), omissions)
    assert [p.written for p in pairs if p.written is not None] == list(range(len(quotation)))
    last = -1
    for pair in pairs:
        if pair.stands is not None:
            assert pair.jumped or pair.stands > last
            last = pair.stands


@given(st.lists(st.integers(0, 30), min_size=1, max_size=20), st.integers(0, 15))
def test_what_stands_word_for_word_is_found_word_for_word(words: list[int], before: int) -> None:
    quotation = np.array(words)
    passages = np.concatenate([np.full(before, 99), quotation, [99]])
    pairs = aligned(_numbered(quotation), _numbered(passages))
    assert all(p.written is not None and p.stands is not None for p in pairs)
    assert [passages[p.stands] for p in pairs if p.stands is not None] == words
