"""Where a tap takes people: links that start the bot, and buttons that do not ask it anything.

Those that ask it something are pressed in audience.py.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from telegram_standin.founding import Founding
from telegram_standin.inline import Inline, InlineTyping, kind_of
from telegram_standin.messages import Message
from telegram_standin.offering import START_PARAMETER
from telegram_standin.people import Chat, User

_TELEGRAM_HOSTS = ("t.me", "telegram.me", "telegram.dog")
# Kind of chat -> what a switch_inline_query_chosen_chat button calls it.
_CHOICES = {
    "private": "allow_user_chats",
    "sender": "allow_bot_chats",
    "group": "allow_group_chats",
    "supergroup": "allow_group_chats",
    "channel": "allow_channel_chats",
}


class Following(Inline, Founding):
    """The people as they follow links and buttons."""

    def open_link(self, user: User, url: str) -> Message | None:
        """Let a person open a link; return what he thereby writes to the bot, if anything.

        `https://t.me/OnRecordBot?start=K7Q2` makes him write `/start K7Q2` in private; a link
        without parameter, or to anywhere else, nothing. Raises ValueError for a parameter that
        Telegram would not pass on.
        """
        self._world.transcript.note(self._world.chats.get(user.id), f"{user} opens {url}")
        return self._open(user, url)

    def press_inline_button(self, user: User, typing: InlineTyping) -> Message:
        """Let a person press the button above the results; return the `/start …` he writes.

        Raises AssertionError without a button that starts the bot.
        """
        button = typing.answer.button if typing.answer else None
        if button is None or button.start_parameter is None:
            raise AssertionError(f"what {user} typed was answered with no button that starts a bot")
        self._world.transcript.note(typing.chat, f"{user} presses [{button.text}]")
        return self._start(user, button.start_parameter)

    def follow(
        self, user: User, message: Message, label: str, *, chat: Chat | None = None
    ) -> InlineTyping | Message | str | None:
        """Let a person tap a button that is no callback, found as `press` finds it.

        A button that switches to inline mode types its query, in the same chat or in the `chat`
        the person picks, and returns the typing; a link is opened, as by `open_link`; a text is
        copied and returned. Raises AssertionError without such a button.
        """
        current = self._current(message)
        button = current.button(label)
        if button.action == "callback_data":
            raise AssertionError(f"[{button.label}] is a callback button; use press")
        copied = f": {button.value['text']}" if button.action == "copy_text" else ""
        deed = "copies" if copied else "presses"
        self._world.transcript.note(
            current.chat,
            f"{user} {deed} [{button.label}] on {current.name}{copied}",
            current.topic,
        )
        match button.action:
            case "copy_text":
                return str(button.value["text"])
            case "url":
                return self._open(user, button.value)
            case "switch_inline_query_current_chat":
                return self.type_inline(user, button.value, chat=current.chat)
            case "switch_inline_query":
                return self.type_inline(user, button.value, chat_type="private", chat=chat)
            case _:
                return self._type_where_allowed(user, button.value, chat)

    def _type_where_allowed(
        self, user: User, value: dict[str, Any], chat: Chat | None
    ) -> InlineTyping:
        allowed = [kind for kind, name in _CHOICES.items() if value.get(name)]
        kind = kind_of(chat, user) if chat else allowed[0]
        if kind not in allowed:
            raise ValueError(f"the button does not lead to {chat}")
        return self.type_inline(user, value.get("query", ""), chat_type=kind, chat=chat)

    def _open(self, user: User, url: str) -> Message | None:
        parameter = self._start_parameter(url)
        if parameter is None:
            return None
        if not START_PARAMETER.fullmatch(parameter):
            raise ValueError(f"no bot can be started with {parameter!r}")
        return self._start(user, parameter)

    def _start_parameter(self, url: str) -> str | None:
        link = urlsplit(url if "://" in url else f"https://{url}")
        given = parse_qs(link.query, keep_blank_values=True)
        if link.scheme == "tg" and link.netloc == "resolve":
            (name,) = given.get("domain", [""])
        elif link.scheme in ("http", "https") and link.netloc.lower() in _TELEGRAM_HOSTS:
            name = link.path.strip("/")
        else:
            return None
        if name.lower() != str(self.bot.username).lower():
            return None
        return given["start"][0] if "start" in given else None

    def _start(self, user: User, parameter: str) -> Message:
        chat = self._world.chats.get(user.id) or self.private_chat(user)
        if self._world.standing(chat, self.bot.id) == "kicked":
            raise ValueError(f"{user} has blocked {self.bot}; unblock it first")
        return self._write(chat, user, f"/start {parameter}")
