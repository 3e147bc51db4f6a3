"""Compounds: words with hyphens, and nothing that merely has one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.text.compounds import compounds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an iron-clad bond", [("iron", "clad")]),
        ("An IRON\u2010CLAD, iron\u2011clad bond.", [("iron", "clad"), ("iron", "clad")]),
        ("people’s-centred and U.S.-led", [("people", "centred"), ("us", "led")]),
        ("“people-to-people” (ML-1)", [("people", "to", "people"), ("ml", "1")]),
        ("a state-of-the-art port", [("state", "of", "the", "art")]),
        ("a first-come-first-served-only rule", []),
        ("2024-25, 1.5-2, 10-15", []),
        ("the 1.5-degree goal", [("1.5", "degree")]),
        ("mid- and long-term", [("long", "term")]),
        ("this -- that, this--that, -this, that-", []),
        ("no hyphen – a dash", []),
        ("Пекин-Москва", [("пекин", "москва")]),
        ("", []),
    ],
)
def test_compounds_are_found_in_folded_parts(text: str, expected: list[tuple[str, ...]]) -> None:
    assert compounds(text) == expected


@reaches(1)
@given(st.text(alphabet="aB1-\u2010\u2011.'’ é中\u0301²", max_size=100))
def test_any_text_gives_two_to_four_parts_none_empty(text: str) -> None:
    for parts in compounds(text):
        reached()
        assert 2 <= len(parts) <= 4
        assert all(parts)


@pytest.mark.parametrize("piece", ["a", "a-", "-a", "-", "a-b ", "1-", ".-", "'"])
def test_hostile_texts_take_a_time_in_proportion_to_their_length(piece: str) -> None:
    """Nothing to assert: a search that grew with the square would never end here."""
    compounds(piece * 200_000 + "-")
