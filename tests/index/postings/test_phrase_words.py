"""The words of phrases: the quick reading of usual texts is the careful one of all texts."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.postings import phrase_words
from index.postings.phrase_words import (
    ANY,
    Gap,
    Spelling,
    is_joint,
    is_sign,
    pieces_of,
    read_phrase,
    word_spans,
)


def careful(text: str) -> list[str]:
    return [match[0] for match in phrase_words._PIECE.finditer(text)]


def test_every_character_is_read_alike_in_a_usual_text_and_in_any() -> None:
    """Else a phrase would not be found in a text that has another script beside it."""
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        if not phrase_words._UNUSUAL.search(character):
            for text in (f"a{character}b", f"1{character}234", f"a {character}.b.", character):
                assert pieces_of(text) == careful(text), hex(number)


@pytest.mark.slow
def test_no_word_is_lost_or_gained_in_lower_case() -> None:
    """Texts are read in lower case, and what is found is marked in the text itself."""
    for number in range(sys.maxunicode + 1):
        text = f"a{chr(number)}b {chr(number)} c"
        words = [one for one in pieces_of(text.lower()) if not (is_joint(one) or is_sign(one))]
        assert len(words) == len(word_spans(text)), hex(number)


@given(st.text("aZ.’'1, $%é½²\u202f_-–", max_size=20))
def test_a_usual_text_is_read_as_carefully(text: str) -> None:
    assert pieces_of(text) == careful(text)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("the end.Next", ["the", "end", "Next"]),
        ("H.E. the", ["H", ".", "E", "the"]),
        ("a.b.c", ["a", ".", "b", ".", "c"]),
        ("rock’n’roll", ["rock", "’", "n", "’", "roll"]),
        ("5\u202f000 5\u202f00", ["5", "\u202f", "000", "5", "00"]),
        ("1,000.5", ["1", ",", "000", ".", "5"]),
        ("1, 2", ["1", "2"]),
        ("€5%", ["€", "5", "%"]),
        ("公路，开", ["公", "路", "开"]),
        ("co\xadop", ["co\xadop"]),
    ],
)
def test_words_joints_and_signs(text: str, pieces: list[str]) -> None:
    assert pieces_of(text) == pieces


def test_a_phrase_is_read_with_the_ways_to_write_it() -> None:
    phrase = read_phrase("the U.S. paid $2,000, or 5%")
    assert [[one.pieces for one in word] for word in phrase.words] == [
        [("the",)],
        [("u", "s"), ("us",)],
        [("paid",)],
        [("2", "000"), ("2000",)],
        [("or",)],
        [("5",)],
    ]
    assert phrase.words[3][0] == Spelling(("2", "000"), (True,))
    assert phrase.gaps[3] == Gap(("$",))
    assert phrase.gaps[-1] == Gap(("%",), False)
    assert phrase.gaps[0] is phrase.gaps[1] is ANY
