"""A button's callback data fits 64 bytes, and what others forge is not taken for ours."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reached import reached, reaches

from bot.rendering.callback_data import MAX_BYTES, Action, CallbackData, unpack

ACTIONS = st.sampled_from(Action)
NUMBERS = st.integers(0, 999_999)
HISTORIES = st.lists(ACTIONS, max_size=3).map(tuple)
#: Telegram delivers whole characters; half ones cannot arrive.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


BUTTONS = st.builds(
    CallbackData,
    ACTIONS,
    number=NUMBERS,
    reference=st.sampled_from(["", "K7Q2-M9XA"]),
    question=TEXTS,
    page=NUMBERS,
    history=HISTORIES,
    lifted=st.booleans(),
)


@given(BUTTONS)
@example(CallbackData(Action.PASSAGE, number=3, question="what|about|bars | and 7|"))
@example(CallbackData(Action.NEAREST))
@example(
    CallbackData(
        Action.STATEMENT,
        number=12,
        reference="K7Q2-M9XA",
        question="harbour?",
        page=7,
        history=(Action.SEVERAL, Action.PASSAGE),
    )
)
def test_what_is_packed_is_unpacked(button):
    """The question is carried whole or left out; it is never cut into another question."""
    without, packed = replace(button, question=""), button.packed()
    assert len(packed.encode()) <= MAX_BYTES
    assert packed.startswith(without.packed())
    fits = len(f"{without.packed()}{button.question}".encode()) <= MAX_BYTES
    assert unpack(packed) == (button if fits else without)


def test_the_longest_way_back_leaves_most_of_the_room_to_the_question():
    history = (Action.SEVERAL, Action.PASSAGE, Action.PARAGRAPH)
    deepest = CallbackData(
        Action.STATEMENT,
        number=29,
        reference="K7Q2-M9XA",
        question="x" * 41,
        page=99,
        history=history,
    )
    assert unpack(deepest.packed()) == deepest


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
    assert unpack(
        CallbackData(Action.PASSAGE, number=4, question=question).packed()
    ) == CallbackData(Action.PASSAGE, number=4)


def test_the_64th_byte_is_used_and_the_65th_is_not():
    longest = CallbackData(Action.PASSAGE, number=1, question="?" + "ب" * 29)
    assert len(longest.packed().encode()) == MAX_BYTES
    assert unpack(longest.packed()) == longest
    longer = CallbackData(Action.PASSAGE, number=1, question=longest.question + "?")
    assert unpack(longer.packed()) == CallbackData(Action.PASSAGE, number=1)


@given(BUTTONS, ACTIONS)
def test_forward_then_back_returns_to_the_same_place(here, further):
    """The same passage of the same question."""
    there = here.forward(further, "K7Q2-M9XA")
    assert (there.action, there.reference, there.page) == (further, "K7Q2-M9XA", 0)
    back = there.back()
    assert replace(back, reference="") == replace(here, reference="", page=0)


def test_a_way_back_names_a_paragraph_only_where_one_is_shown_by_its_reference():
    """The bytes are the question's."""
    passage = CallbackData(Action.PASSAGE, number=1, question="harbour?")
    paragraph = passage.forward(Action.PARAGRAPH, "K7Q2-M9XA")
    whole = paragraph.forward(Action.STATEMENT, "K7Q2-M9XA")
    assert whole.back() == paragraph
    assert paragraph.back() == passage


def test_what_nothing_was_shown_before_has_no_way_back():
    with pytest.raises(ValueError, match="not enough values"):
        CallbackData(Action.PASSAGE).back()


#: What a button's data is made of, and what only looks like it.
FORGED = st.builds(
    "{}|{}{}|{}|{}".format,
    st.lists(ACTIONS, min_size=1, max_size=4).map("".join) | st.sampled_from(["", "N", "nnnnn"]),
    NUMBERS | NUMBERS | st.sampled_from(["", "-1", "٣", "²", "1234567", "0001", " 1", "1e3"]),
    st.sampled_from(["", "", ".", ".1", ".999999", ".1234567", ".-1", ".1.1", ".٣"]),
    st.sampled_from(["", "K7Q2-M9XA", "\ud800", "lang:xx"]),
    st.text() | st.sampled_from(["", "a|b", "|||", "harbour?"]),
)


@reaches(5)
@given(st.text() | FORGED)
@example("n|" + "9" * 5000 + "||question")
@example("n" * 5000 + "|1||question")
@example("n|٣||question")
@example("n|²||question")
@example("n|-1||question")
@example("n|1.-1||question")
@example("N|1||question")
@example("PASSAGE|1||question")
@example("n")
@example("||")
@example("n|\ud800||\udfff")
def test_hostile_data_is_no_button_or_a_small_number(data):
    """Whatever a modified client sends, reading it never raises."""
    button = unpack(data)
    if button is not None:
        reached()
        assert button.action in set(Action)
        assert len(button.history) <= 3
        assert set(button.history) <= set(Action)
        assert 0 <= button.number < 10**6
        assert 0 <= button.page < 10**6
        assert data.startswith(f"{button.action}")
        assert data.endswith(button.question)


@pytest.mark.parametrize(
    "data",
    [
        *("", "n", "n||", "n|1|q", "n|x||q", "n|-1||q", "n|٣||q", "x|1||q", "N|1||q", "|1||q"),
        *("nx|1||q", "nnnnn|1||q", "n|1.x||q", "n|.1||q", "n|1234567||q", "n|1.1234567||q"),
    ],
)
def test_data_that_no_button_of_ours_has_is_told_apart(data):
    assert unpack(data) is None
