"""How a person asks the bot in a group so that nobody else sees it, and what becomes of that.

core.telegram.org/bots/api#ephemeral-messages-and-commands: only commands, and replies to what the
bot has sent to this one person, can be sent so.
"""

from __future__ import annotations

import json
from typing import Any

from telegram_standin.messages import Message
from telegram_standin.people import Chat, User
from telegram_standin.stage import Stage, sendable
from telegram_standin.topics import Topic
from telegram_standin.world import EPHEMERAL_API


class OnlyForOne(Stage):
    """The people as they write to the bot alone, in a group."""

    @property
    def reuses_ephemeral_numbers(self) -> bool:
        """Whether the number of an ephemeral message that has gone is given to the next one."""
        return self._world.ephemerals.reuses_numbers

    @reuses_ephemeral_numbers.setter
    def reuses_ephemeral_numbers(self, value: bool) -> None:
        self._world.ephemerals.reuses_numbers = value

    def say_ephemeral(
        self,
        chat: Chat,
        sender: User,
        text: str,
        *,
        reply_to: Message | None = None,
        topic: Topic | None = None,
        seconds_ago: int = 0,
    ) -> Message:
        """Let a person send a command from the menu that only the person and the bot see.

        It need not be a command if it replies to what the bot has sent to this person alone.
        Raises ValueError for what nobody could send so.
        """
        if self._world.api < EPHEMERAL_API:
            raise ValueError("this server knows no ephemeral messages; use say")
        if chat.kind not in ("group", "supergroup"):
            raise ValueError(f"in {chat} there are no ephemeral messages")
        self._check_place(chat, sender, None, topic)
        if reply_to and reply_to.only_for not in (None, sender):
            raise ValueError(f"{sender} does not see {reply_to.name}")
        kept, marks = sendable(text, None)
        commands = [mark for mark in marks if mark.type == "bot_command" and mark.offset == 0]
        if not commands and not (reply_to and reply_to.ephemeral and reply_to.sender == self.bot):
            raise ValueError(f"{kept!r} is neither a command nor a reply to the bot's own")
        return self._write(
            chat,
            sender,
            text,
            reply_to=reply_to,
            topic=topic,
            seconds_ago=seconds_ago,
            receiver=self.bot,
        )

    def pick(
        self,
        chat: Chat,
        sender: User,
        text: str,
        *,
        reply_to: Message | None = None,
        topic: Topic | None = None,
    ) -> Message:
        """Let a person send a command that the menu offers: ephemeral if the bot has set it so.

        `telegram.pick(group, amina, "/askme When does the harbour open?")`; in a group the menu
        adds the bot's name. Raises ValueError for a command that the menu does not offer there.
        """
        name, space, rest = text.removeprefix("/").partition(" ")
        offered = {command["command"].removeprefix("/"): command for command in self._menu(chat)}
        if name not in offered:
            raise ValueError(f"the menu offers no /{name} in {chat}")
        self._check_place(chat, sender, reply_to, topic)
        if chat.kind not in ("group", "supergroup"):
            return self._write(chat, sender, text, reply_to=reply_to, topic=topic)
        full = f"/{name}@{self.bot.username}{space}{rest}"
        if offered[name].get("is_ephemeral"):
            return self.say_ephemeral(chat, sender, full, reply_to=reply_to, topic=topic)
        return self._write(chat, sender, full, reply_to=reply_to, topic=topic)

    def expire(self, message: Message) -> None:
        """Let an ephemeral message expire: it is gone, and its number may be used again."""
        current = self._current(message)
        if current.ephemeral is None:
            raise ValueError(f"{message.name} does not expire; delete it")
        self._world.transcript.note(message.chat, f"{message.name} expires")
        self._world.ephemerals.forget(current)

    def _menu(self, chat: Chat) -> list[dict[str, Any]]:
        """Return the commands of the narrowest scope that has any, in the bot's first language.

        core.telegram.org/bots/api#determining-list-of-commands, without administrators' menus.
        """
        kind = "all_private_chats" if chat.kind == "private" else "all_group_chats"
        for scope in ({"chat_id": chat.id, "type": "chat"}, {"type": kind}, {"type": "default"}):
            key = ("commands", json.dumps(scope, sort_keys=True), "")
            if commands := self._world.settings.get(key):
                return list(commands)
        return []
