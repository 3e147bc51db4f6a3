"""Buttons carry their meaning in the 64 bytes that Telegram keeps, and anybody may send others."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.buttons import MAX_BYTES, Action, Button, unpack

ACTIONS = st.sampled_from(Action)
NUMBERS = st.integers(0, 999_999)
#: Telegram delivers whole characters; half ones cannot arrive.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@given(ACTIONS, NUMBERS, st.sampled_from(["", "K7Q2-M9XA"]), TEXTS)
@example(Action.PASSAGE, 3, "", "what|about|bars | and 7|")
@example(Action.NEAREST, 0, "", "")
def test_what_is_packed_is_unpacked(action, number, reference, question):
    """The question is carried whole or left out; it is never cut into another question."""
    whole, without = Button(action, number, reference, question), Button(action, number, reference)
    packed = whole.packed()
    assert len(packed.encode()) <= MAX_BYTES
    fits = len(f"{action}|{number}|{reference}|{question}".encode()) <= MAX_BYTES
    assert unpack(packed) == (whole if fits else without)


@pytest.mark.parametrize(
    "question",
    [
        "گہرے پانی کی بندرگاہ کب کھلے گی اور کون اسے چلائے گا؟",
        "深水港什么时候开放？谁来管理这个港口和铁路？请告诉我",
        "🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢",
    ],
    ids=["Urdu", "Chinese", "emoji"],
)
def test_a_question_that_fits_in_characters_but_not_in_bytes_is_left_out(question):
    assert len(question) < MAX_BYTES - 8 < len(question.encode())
    assert unpack(Button(Action.PASSAGE, 4, question=question).packed()) == Button(
        Action.PASSAGE, 4
    )


def test_the_64th_byte_is_used_and_the_65th_is_not():
    longest = Button(Action.PASSAGE, 1, question="?" + "ب" * 29)
    assert len(longest.packed().encode()) == MAX_BYTES
    assert unpack(longest.packed()) == longest
    longer = Button(Action.PASSAGE, 1, question=longest.question + "?")
    assert unpack(longer.packed()) == Button(Action.PASSAGE, 1)


@given(st.text())
@example("n|" + "9" * 5000 + "||question")
@example("n|٣||question")
@example("n|²||question")
@example("n|-1||question")
@example("N|1||question")
@example("PASSAGE|1||question")
@example("n")
@example("||")
@example("n|\ud800||\udfff")
def test_hostile_data_is_no_button_or_a_small_number(data):
    """Whatever a modified client sends, reading it never raises."""
    button = unpack(data)
    if button is not None:
        assert button.action in set(Action)
        assert 0 <= button.number < 10**6
        assert data.startswith(f"{button.action}|")
        assert data.endswith(button.question)


@pytest.mark.parametrize(
    "data", ["", "n", "n||", "n|1|q", "n|x||q", "n|-1||q", "n|٣||q", "x|1||q", "N|1||q"]
)
def test_data_that_no_button_of_ours_has_is_told_apart(data):
    assert unpack(data) is None
