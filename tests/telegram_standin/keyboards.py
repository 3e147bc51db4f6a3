"""Validates inline keyboards and keeps them as values; nobody presses them here.

After `get_inline_keyboard_button_type` in Client.cpp of tdlib/telegram-bot-api, which takes the
first action of several, and `get_reply_markup` in ReplyMarkup.cpp of tdlib/td, which cleans what
people will read. It is stricter than both: a misspelt field is refused, and an empty label, which
Telegram would drop with its button.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from telegram_standin.links import LinkError, check_link
from telegram_standin.refusals import Refusal, bad_request, beyond_the_standin
from telegram_standin.rewriting import clean

#: callback_data in bytes, copy_text and switched queries in characters: core.telegram.org/bots/api
MAX_CALLBACK_BYTES = 64
MAX_COPY_TEXT = 256
MAX_SWITCH_QUERY = 256
#: What is beyond is dropped without a word (`get_reply_markup`).
MAX_IN_ROW = 12
MAX_BUTTONS = 300
#: core.telegram.org/bots/api#forcereply
MAX_PLACEHOLDER = 64

#: In the order in which they are looked for.
_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)
_OUT_OF_REACH = ("web_app", "login_url", "callback_game", "pay")
_DECORATION = ("text", "style", "icon_custom_emoji_id")
_CHOSEN_CHAT = frozenset(
    {"query", "allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats"}
)


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: its label, the name of its action and the action's value."""

    label: str
    action: str
    value: Any
    decoration: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's InlineKeyboardButton."""
        return {"text": self.label, self.action: self.value, **dict(self.decoration)}


@dataclass(frozen=True, slots=True)
class Keyboard:
    """Rows of inline buttons."""

    rows: tuple[tuple[Button, ...], ...]

    def __iter__(self) -> Iterator[Button]:
        return (button for row in self.rows for button in row)

    @property
    def labels(self) -> list[list[str]]:
        """The labels, row by row."""
        return [[button.label for button in row] for row in self.rows]

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's InlineKeyboardMarkup."""
        return {"inline_keyboard": [[button.to_json() for button in row] for row in self.rows]}


def read_keyboard(markup: Any) -> Keyboard | None:
    """Return the keyboard of a `reply_markup`, None if it is absent or empty; raises Refusal."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("Object expected as reply markup")
    if set(markup) != {"inline_keyboard"}:
        raise beyond_the_standin(f"a reply markup of {', '.join(sorted(markup)) or 'nothing'}")
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'Can\'t parse inline keyboard: Field "inline_keyboard" must be an Array of Arrays'
        )
    read = [[_read_button(button) for button in row] for row in rows]
    kept: list[tuple[Button, ...]] = []
    room = MAX_BUTTONS
    for row in read:
        kept.append(tuple(row[: min(MAX_IN_ROW, room)]))
        room -= len(kept[-1])
    shown = tuple(row for row in kept if row)
    return Keyboard(shown) if shown else None


def read_markup(markup: Any) -> tuple[Keyboard | None, bool]:
    """Return the keyboard of a `reply_markup`, and whether it asks for a reply; raises Refusal."""
    if isinstance(markup, dict) and "force_reply" in markup:
        unknown = set(markup) - {"force_reply", "input_field_placeholder", "selective"}
        if unknown or markup["force_reply"] is not True:
            raise bad_request('Field "force_reply" must be True, and stand with nothing strange')
        if len(str(markup.get("input_field_placeholder", ""))) > MAX_PLACEHOLDER:
            raise bad_request("INPUT_FIELD_PLACEHOLDER_INVALID")
        return None, True
    return read_keyboard(markup), False


def refuse_in_channel(keyboard: Keyboard | None) -> None:
    """Raise Refusal for buttons that switch to inline mode, which no channel's post may have.

    Even the one that leads to another chat: `get_dialog_reply_markup` in MessagesManager.cpp of
    tdlib/td allows neither where nobody but the channel writes.
    """
    for button in keyboard or ():
        if button.action.startswith("switch_inline_query"):
            name = button.action.removesuffix("_chosen_chat")
            raise bad_request(
                f"Can't use {name} button in a channel chat, because users will not be able to use"
                " the button without knowing bot's username"
            )


def _read_button(button: Any) -> Button:
    if not isinstance(button, dict):
        raise _unreadable("Expected an Object")
    label = button.get("text")
    if label is None:
        raise _unreadable('Can\'t find field "text"')
    if not isinstance(label, str) or not clean(label).strip():
        raise _unreadable('Field "text" must be a non-empty String')
    label = clean(label)
    unknown = sorted(set(button) - {*_DECORATION, *_ACTIONS})
    if unknown:
        raise _unreadable(f"Unknown field {unknown[0]!r}")
    action = next((name for name in _ACTIONS if _is_given(name, button.get(name))), None)
    if action is None:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if action in _OUT_OF_REACH:
        raise beyond_the_standin(f"the button action {action}")
    value = _checked(action, button[action])
    decoration = tuple(
        (name, str(button[name])) for name in _DECORATION if name != "text" and name in button
    )
    return Button(label, action, value, decoration)


def _is_given(action: str, value: Any) -> bool:
    """Return whether a button has an action; an empty query is one, an empty address is none."""
    return value is not None and (value != "" or action not in ("url", "callback_data"))


def _checked(action: str, value: Any) -> Any:
    """Return the value of an action as Telegram keeps it; raises Refusal."""
    match action, value:
        case "url", str():
            try:
                return clean(check_link(value))
            except LinkError as problem:
                raise bad_request(
                    f"Inline keyboard button URL '{value}' is invalid: {problem}"
                ) from problem
        case "callback_data", str():
            if len(value.encode()) > MAX_CALLBACK_BYTES:
                raise bad_request("BUTTON_DATA_INVALID")
        case "copy_text", {"text": str(copied), **rest} if not rest:
            if not 1 <= len(clean(copied)) <= MAX_COPY_TEXT:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
            return {"text": clean(copied)}
        case "switch_inline_query" | "switch_inline_query_current_chat", str():
            return _query(value)
        case "switch_inline_query_chosen_chat", dict() if set(value) <= _CHOSEN_CHAT:
            query = _query(str(value.get("query", "")))
            if not any(value.get(kind) for kind in _CHOSEN_CHAT - {"query"}):
                raise bad_request("At least one chat type must be allowed")
            return {**value, "query": query} if "query" in value else value
        case _:
            raise _unreadable(f'Field "{action}" has a wrong value')
    return value


def _query(given: str) -> str:
    query = clean(given)
    if len(query) > MAX_SWITCH_QUERY:
        raise bad_request("BUTTON_DATA_INVALID")
    return query


def _unreadable(reason: str) -> Refusal:
    # Telegram keeps the capital after the colon, so the reason is not lowered.
    return bad_request(f"Can't parse inline keyboard button: {reason}")
