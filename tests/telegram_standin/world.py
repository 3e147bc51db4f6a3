"""All that Telegram knows in a test: people, chats, messages, and the bot's standing in each chat.

It answers questions and records changes. The API's methods and the test's people act on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from telegram_standin.clock import Clock
from telegram_standin.inbox import Inbox
from telegram_standin.messages import Message
from telegram_standin.people import Chat, User
from telegram_standin.pulse import Pulse
from telegram_standin.queries import Queries
from telegram_standin.refusals import bad_request, forbidden
from telegram_standin.transcript import Transcript
from telegram_standin.updates import UpdateQueue

Standing = Literal["creator", "administrator", "member", "left", "kicked"]


class World:
    """The state behind the API."""

    def __init__(self, bot: User, *, privacy: bool) -> None:
        self.bot = bot
        self.privacy = privacy
        self.clock = Clock()
        self.pulse = Pulse()
        self.updates = UpdateQueue(self.clock, self.pulse)
        self.queries = Queries(self.clock)
        self.inbox = Inbox()
        self.transcript = Transcript()
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        #: (chat id, user id) -> standing; the bot's own included.
        self.standings: dict[tuple[int, int], Standing] = {}
        #: The commands, descriptions and webhook the bot has set, by whatever key names them.
        self.settings: dict[tuple[str, ...], Any] = {}
        self._messages: dict[tuple[int, int], Message] = {}
        self._last_id: defaultdict[int, int] = defaultdict(int)

    def add_chat(self, chat: Chat, standing: Standing) -> Chat:
        """Remember a chat and how the bot stands in it."""
        self.chats[chat.id] = chat
        self.standings[chat.id, self.bot.id] = standing
        return chat

    def standing(self, chat: Chat, user_id: int) -> Standing:
        """Return how a user stands in a chat; who was never seen there has left."""
        return self.standings.get((chat.id, user_id), "left")

    def find_chat(self, identifier: Any) -> Chat:
        """Return the chat of a `chat_id` parameter, a number or @username; raises Refusal."""
        if identifier in (None, ""):
            raise bad_request("chat_id is empty")
        name = str(identifier)
        for chat in self.chats.values():
            by_name = chat.username and chat.kind != "private" and name == f"@{chat.username}"
            if name == str(chat.id) or by_name:
                return chat
        raise bad_request("chat not found")

    def writable_chat(self, identifier: Any) -> Chat:
        """Return a chat the bot may write to; raises Refusal.

        A migrated group or a guest-only chat would be refused here too.
        """
        chat = self.find_chat(identifier)
        standing = self.standing(chat, self.bot.id)
        if standing == "kicked" and chat.kind == "private":
            raise forbidden("bot was blocked by the user")
        if standing == "kicked":
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        if standing == "left":
            raise forbidden(f"bot is not a member of the {chat.kind} chat")
        return chat

    def message(self, chat: Chat, message_id: int) -> Message | None:
        """Return a message as it stands now, or None if there is none."""
        return self._messages.get((chat.id, message_id))

    def add_message(self, chat: Chat, sender: User | Chat, text: str, **more: Any) -> Message:
        """Store a new message under the chat's next id and return it."""
        counter = chat.id if chat.numbers_its_own_messages else 0
        self._last_id[counter] += 1
        fields: dict[str, Any] = {"date": self.clock.now(), "html": text, **more}
        message = Message(chat, self._last_id[counter], sender, text=text, **fields)
        self._messages[chat.id, message.message_id] = message
        self.transcript.message(message)
        if sender == self.bot:
            self.inbox.sent(message)
        self.pulse.beat()
        return message

    def change_message(self, message: Message, *, by_bot: bool, **changes: Any) -> Message:
        """Store another state of a message and return it."""
        changed = replace(message, edit_date=self.clock.now(), **changes)
        self._messages[message.chat.id, message.message_id] = changed
        self.transcript.message(changed, edited=True)
        if by_bot:
            self.inbox.edited(changed)
        self.pulse.beat()
        return changed

    def drop_message(self, message: Message, *, by_bot: bool) -> None:
        """Delete a message."""
        del self._messages[message.chat.id, message.message_id]
        self.transcript.note(message.chat, f"#{message.message_id} is deleted")
        if by_bot:
            self.inbox.deleted(message)
        self.pulse.beat()

    def tell_bot(self, kind: str, payload: Mapping[str, Any], chat: Chat | None) -> bool:
        """Queue an update unless the bot does not want its kind; the transcript says if so."""
        queued = self.updates.put(kind, dict(payload))
        if not queued:
            self.transcript.note(chat, f"(the bot has not asked for {kind} updates)")
        return queued
