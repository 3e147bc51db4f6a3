"""Everything people do around the bot: exist, gather in chats, write, edit, press, block.

What the bot does about it is awaited elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from telegram_standin.composing import MAX_TEXT
from telegram_standin.entities import Entity
from telegram_standin.membership import member_to_json
from telegram_standin.messages import Message
from telegram_standin.people import Chat, ChatKind, User
from telegram_standin.queries import CALLBACK_SECONDS, Query
from telegram_standin.rewriting import rewrite
from telegram_standin.waiting import PATIENCE, expect
from telegram_standin.world import Standing, World

_FIRST_USER = 5_000_000
_FIRST_GROUP = 4_000_000
_FIRST_SUPERGROUP = 1_002_000_000_000


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed."""

    _world: World
    _query: Query

    @property
    def answer(self) -> dict[str, Any] | None:
        """The answer (text, show_alert, url, cache_time), or None while there is none."""
        return self._query.answer

    async def answered(self, timeout: float = PATIENCE) -> dict[str, Any]:  # noqa: ASYNC109
        """Wait for the answer and return it; raises AssertionError with the transcript."""
        return await expect(
            self._world, lambda: self._query.answer, "the bot did not answer the press", timeout
        )


class Audience:
    """The people of a world and their places; every deed queues the update a bot would get."""

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def bot(self) -> User:
        """The bot's own account."""
        return self._world.bot

    def user(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "en",
    ) -> User:
        """Return a new person."""
        number = _FIRST_USER + len(self._world.users)
        user = User(number, first_name, last_name, username, language_code)
        self._world.users[user.id] = user
        return user

    def private_chat(self, user: User) -> Chat:
        """Return the person's chat with the bot, as if the person had started it."""
        chat = Chat(
            user.id,
            "private",
            username=user.username,
            first_name=user.first_name,
            last_name=user.last_name,
        )
        self._world.standings[chat.id, user.id] = "member"
        return self._world.add_chat(chat, "member")

    def group(
        self,
        title: str,
        *,
        kind: ChatKind = "supergroup",
        username: str | None = None,
        administrators: Iterable[User] = (),
    ) -> Chat:
        """Return a new group with the bot in it; `telegram.bot` may be an administrator."""
        if kind not in ("group", "supergroup"):
            raise ValueError(f"a {kind} is no kind of group")
        chat = self._world.add_chat(Chat(self._new_id(kind), kind, title, username), "member")
        for user in administrators:
            self._world.standings[chat.id, user.id] = "administrator"
        return chat

    def channel(self, title: str, *, username: str | None = None) -> Chat:
        """Return a new channel with the bot as an administrator."""
        chat = Chat(self._new_id("channel"), "channel", title, username)
        return self._world.add_chat(chat, "administrator")

    def block(self, chat: Chat) -> None:
        """Shut the bot out: block it in a private chat, remove it from a group or channel."""
        self._change_standing(chat, "kicked")

    def unblock(self, chat: Chat) -> None:
        """Let the bot in again."""
        self._change_standing(chat, "administrator" if chat.is_channel else "member")

    def say(
        self,
        chat: Chat,
        sender: User | Chat,
        text: str,
        *,
        reply_to: Message | None = None,
        seconds_ago: int = 0,
    ) -> Message:
        """Let a person write; in a group also an anonymous administrator or a channel (a chat).

        `seconds_ago` dates the message back, as if the bot had been down. Raises ValueError for
        what nobody could send.
        """
        if chat.is_channel:
            raise ValueError("nobody says anything in a channel; use post")
        if chat.kind == "private" and sender.id != chat.id:
            raise ValueError(f"{sender} does not write as {chat}")
        message = self._write(chat, sender, text, reply_to, seconds_ago)
        if isinstance(sender, User):
            self._world.standings.setdefault((chat.id, sender.id), "member")
        self._tell("message", message)
        return message

    def post(
        self, channel: Chat, text: str, *, reply_to: Message | None = None, seconds_ago: int = 0
    ) -> Message:
        """Let a channel publish a post; raises ValueError as `say` does."""
        if not channel.is_channel:
            raise ValueError(f"{channel} is no channel; use say")
        message = self._write(channel, channel, text, reply_to, seconds_ago)
        self._tell("channel_post", message)
        return message

    def edit(self, message: Message, text: str) -> Message:
        """Let the author edit a message or a post; returns it as it then stands."""
        current = self._current(message)
        if current.sender == self.bot:
            raise ValueError("only the bot edits the bot's messages")
        kept, entities = _sendable(text)
        changed = self._world.change_message(
            current, by_bot=False, text=kept, entities=entities, html=text
        )
        self._tell("edited_channel_post" if message.chat.is_channel else "edited_message", changed)
        return changed

    def delete(self, message: Message) -> None:
        """Let somebody delete a message; bots are not told."""
        self._world.drop_message(self._current(message), by_bot=False)

    def press(self, user: User, message: Message, label: str) -> Press:
        """Let a person press a callback button, found by its label or a part of it.

        The message is taken as it stands now. Raises AssertionError without such a button.
        """
        current = self._current(message)
        button = current.button(label)
        if button.action != "callback_data":
            raise AssertionError(f"[{button.label}] is a {button.action} button: {button.value}")
        query = self._world.queries.open("callback_query", CALLBACK_SECONDS, current.chat)
        self._world.transcript.note(
            current.chat, f"{user} presses [{button.label}] on #{current.message_id}"
        )
        payload = {
            "id": query.id,
            "from": user.to_json(),
            "message": current.to_json(),
            "chat_instance": str(-current.chat.id),
            "data": button.value,
        }
        self._world.tell_bot("callback_query", payload, current.chat)
        return Press(self._world, query)

    def queue_raw(self, update: dict[str, Any]) -> int:
        """Queue any JSON as an update, even one no library can parse; returns its update_id."""
        return self._world.updates.put_raw(update)

    def _new_id(self, kind: ChatKind) -> int:
        first = _FIRST_GROUP if kind == "group" else _FIRST_SUPERGROUP
        return -(first + len(self._world.chats) + 1)

    def _write(
        self,
        chat: Chat,
        sender: User | Chat,
        text: str,
        reply_to: Message | None,
        seconds_ago: int,
    ) -> Message:
        kept, entities = _sendable(text)
        return self._world.add_message(
            chat,
            sender,
            kept,
            entities=entities,
            html=text,
            reply_to=self._current(reply_to) if reply_to else None,
            date=self._world.clock.now() - seconds_ago,
        )

    def _current(self, message: Message) -> Message:
        current = self._world.message(message.chat, message.message_id)
        if current is None:
            raise ValueError(f"#{message.message_id} is not in {message.chat} any more")
        return current

    def _tell(self, kind: str, message: Message) -> None:
        chat = message.chat
        if self._world.standing(chat, self.bot.id) in ("left", "kicked"):
            return
        if self._world.privacy and not self._is_meant_for_bot(message):
            self._world.transcript.note(chat, "(privacy mode keeps this from the bot)")
            return
        self._world.tell_bot(kind, message.to_json(), chat)

    def _is_meant_for_bot(self, message: Message) -> bool:
        # core.telegram.org/bots/features#privacy-mode; an unaddressed command counts as meant
        # for the bot, which is so wherever it is the only bot.
        chat = message.chat
        if chat.kind in ("private", "channel"):
            return True
        if self._world.standing(chat, self.bot.id) == "administrator":
            return True
        if message.reply_to and message.reply_to.sender == self.bot:
            return True
        addressees = (command.partition("@")[2] for command in message.marked("bot_command"))
        return any(name.lower() in ("", str(self.bot.username).lower()) for name in addressees)

    def _change_standing(self, chat: Chat, standing: Standing) -> None:
        old = self._world.standing(chat, self.bot.id)
        self._world.standings[chat.id, self.bot.id] = standing
        shut = standing == "kicked"
        self._world.transcript.note(chat, f"{self.bot} is {'shut out' if shut else 'let in'}")
        # Of a chat without people there is nobody to name; the bot's own account stands in.
        actor = self._world.users.get(chat.id, self.bot)
        payload = {
            "chat": chat.to_json(),
            "from": actor.to_json(),
            "date": self._world.clock.now(),
            "old_chat_member": member_to_json(self.bot, old),
            "new_chat_member": member_to_json(self.bot, standing),
        }
        self._world.tell_bot("my_chat_member", payload, chat)


def _sendable(text: str) -> tuple[str, tuple[Entity, ...]]:
    kept, entities = rewrite(text)
    if not kept or len(kept) > MAX_TEXT:
        raise ValueError(f"nobody can send a text of {len(kept)} characters")
    return kept, entities
