"""Inline keyboards: what is refused, what is rewritten, and what is dropped without a word."""

from __future__ import annotations

from typing import Any

import pytest
from telegram_standin.keyboards import MAX_BUTTONS, MAX_IN_ROW, Keyboard, read_keyboard
from telegram_standin.refusals import Refusal


def read(*rows: list[dict[str, Any]]) -> Keyboard:
    keyboard = read_keyboard({"inline_keyboard": list(rows)})
    assert keyboard is not None
    return keyboard


def numbered(count: int) -> list[dict[str, Any]]:
    return [{"text": f"{number}", "callback_data": "x"} for number in range(count)]


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"copy_text": {"text": "\u202a"}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"url": "http://localhost"},
            "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
        ),
        (
            {"url": "https://ports.example:99999/a"},
            "inline keyboard button URL 'https://ports.example:99999/a' is invalid:"
            " Wrong port number specified in the URL",
        ),
        (
            {"text": "\r\u030a", "callback_data": "x"},
            'can\'t parse inline keyboard button: Field "text" must be a non-empty String',
        ),
        (
            {"switch_inline_query_chosen_chat": {"query": "x"}},
            "at least one chat type must be allowed",
        ),
        ({"calback_data": "x"}, "can't parse inline keyboard button: Unknown field 'calback_data'"),
    ],
)
def test_bad_buttons_are_refused(button: dict[str, Any], refusal: str) -> None:
    with pytest.raises(Refusal) as refused:
        read([{"text": "Go", **button}])
    assert refused.value.description == f"Bad Request: {refusal}"


@pytest.mark.parametrize(
    "button",
    [
        {"callback_data": "é" * 32},
        {"copy_text": {"text": "x" * 256}},
        {"url": "https://gov.pk/"},
        {"switch_inline_query_current_chat": ""},
        {"switch_inline_query_chosen_chat": {"query": "x", "allow_user_chats": True}},
    ],
)
def test_good_buttons_come_back_as_they_went(button: dict[str, Any]) -> None:
    row = [{"text": "Go", **button}]
    assert read(row).to_json() == {"inline_keyboard": [row]}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"callback_data": "a\tb"}, {"callback_data": "a\tb"}),
        ({"copy_text": {"text": "a\tb\u2028c"}}, {"copy_text": {"text": "a bc"}}),
        ({"switch_inline_query": "a\r\tb"}, {"switch_inline_query": "a b"}),
        (
            {"switch_inline_query_chosen_chat": {"query": "a\tb", "allow_bot_chats": True}},
            {"switch_inline_query_chosen_chat": {"query": "a b", "allow_bot_chats": True}},
        ),
        ({"url": "https://gov.pk/a\u202eb"}, {"url": "https://gov.pk/ab"}),
    ],
)
def test_buttons_are_rewritten_but_for_their_data(
    given: dict[str, Any], kept: dict[str, Any]
) -> None:
    """As texts are, though their ends are left."""
    (button,) = read([{"text": " A\u030a\tport ", **given}])
    assert button.to_json() == {"text": " A port ", **kept}


@pytest.mark.parametrize(
    ("actions", "first"),
    [
        ({"copy_text": {"text": "x"}, "callback_data": "x", "url": "https://gov.pk/"}, "url"),
        ({"copy_text": {"text": "x"}, "callback_data": "x", "url": ""}, "callback_data"),
        ({"switch_inline_query": "", "callback_data": "x"}, "callback_data"),
        ({"copy_text": {"text": "x"}, "switch_inline_query": ""}, "switch_inline_query"),
    ],
)
def test_of_several_actions_the_first_wins(actions: dict[str, Any], first: str) -> None:
    """In Telegram's order, not in that of the fields."""
    (button,) = read([{"text": "Go", **actions}])
    assert button.action == first


def test_buttons_beyond_twelve_in_a_row_are_dropped() -> None:
    keyboard = read(numbered(15), numbered(1))
    assert [len(row) for row in keyboard.rows] == [MAX_IN_ROW, 1]


def test_buttons_beyond_three_hundred_are_dropped() -> None:
    keyboard = read(*[numbered(8) for _ in range(40)])
    assert [len(row) for row in keyboard.rows] == [8] * 37 + [4]
    assert len(list(keyboard)) == MAX_BUTTONS


def test_an_empty_keyboard_is_none() -> None:
    assert read_keyboard({"inline_keyboard": [[]]}) is None
