"""All that Telegram knows in a test: people, chats, messages, and the bot's standing in each chat.

It answers questions and records changes. The API's methods and the test's people act on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from telegram_standin.clock import Clock
from telegram_standin.ephemerals import Ephemerals
from telegram_standin.inbox import Inbox
from telegram_standin.limits import Limits
from telegram_standin.messages import Message, thread_of
from telegram_standin.people import Chat, User
from telegram_standin.pulse import Pulse
from telegram_standin.queries import Queries
from telegram_standin.refusals import bad_request, forbidden, upgraded
from telegram_standin.transcript import Transcript
from telegram_standin.updates import UpdateQueue

if TYPE_CHECKING:
    from telegram_standin.files import File
    from telegram_standin.topics import Topic

#: The version that brought messages which one person sees.
EPHEMERAL_API = (10, 2)

Standing = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]


class World:
    """The state behind the API."""

    def __init__(
        self,
        bot: User,
        *,
        privacy: bool,
        inline: bool = True,
        inline_feedback: bool = False,
        guests: bool = True,
        private_topics: bool = False,
        api: str = "10.5",
    ) -> None:
        self.bot = bot
        #: The version of the server's Bot API: (10, 5).
        self.api = version_of(api)
        #: What the bot's owner has switched on: privacy mode, inline mode, word of what is chosen
        #: from inline results, and guest mode.
        self.privacy = privacy
        self.inline = inline
        self.inline_feedback = inline_feedback
        self.guests = guests
        #: What else `setMySettings` sets and nothing here follows, by the names of its parameters;
        #: of these, only topics in private chats are acted on.
        self.bot_settings: dict[str, Any] = {"has_topics_enabled": private_topics}
        self.pulse = Pulse()
        #: The files in messages, by their `file_id`.
        self.files: dict[str, File] = {}
        self.clock = Clock(self.pulse)
        self.updates = UpdateQueue(self.clock, self.pulse)
        self.queries = Queries(self.clock)
        self.inbox = Inbox()
        self.transcript = Transcript()
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        #: (chat id, user id) -> standing; the bot's own included.
        self.standings: dict[tuple[int, int], Standing] = {}
        #: Where those who are in a chat may not write.
        self.limits = Limits()
        #: The commands, descriptions and webhook the bot has set, by whatever key names them.
        self.settings: dict[tuple[str, ...], Any] = {}
        #: The id of a channel -> its discussion group, and the other way round.
        self.linked: dict[int, Chat] = {}
        #: A channel's post -> its automatic forward in the discussion group.
        self.forwards: dict[Message, Message] = {}
        #: The id of a group that became a supergroup -> that supergroup.
        self.migrated: dict[int, Chat] = {}
        self.ephemerals = Ephemerals()
        self._messages: dict[tuple[int, int], Message] = {}
        #: inline_message_id -> (chat id, message id).
        self._inline: dict[str, tuple[int, int]] = {}
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
        """Return a chat the bot may write to; raises Refusal."""
        chat = self.find_chat(identifier)
        if chat.id in self.migrated:
            raise upgraded(self.migrated[chat.id].id)
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

    def messages_in(self, topic: Topic) -> list[Message]:
        """Return all messages of a topic, oldest first, its opening among them."""
        return [message for message in self._messages.values() if message.topic == topic]

    def current(self, message: Message) -> Message | None:
        """Return a message, whoever sees it, as it stands now; None if it is there no more."""
        if message.ephemeral:
            return self.ephemerals.current(message)
        return self.message(message.chat, message.message_id)

    def inline_message(self, inline_message_id: str) -> Message | None:
        """Return a message known by its inline id as it stands now, or None if there is none."""
        place = self._inline.get(inline_message_id)
        return self._messages.get(place) if place else None

    def next_id(self, chat: Chat) -> int:
        """Return the id the next message in the chat will have; a forum's 1 is General's."""
        return max(self._last_id[_counter(chat)], int(chat.is_forum)) + 1

    def add_message(
        self,
        chat: Chat,
        sender: User | Chat,
        text: str,
        *,
        receiver: User | None = None,
        **more: Any,
    ) -> Message:
        """Store a new message under the chat's next id, in its topic or thread, and return it.

        With a receiver, only that one and the sender see it: it has a number in place of an id.
        """
        fields: dict[str, Any] = {"date": self.clock.now(), "html": text, **more}
        fields |= thread_of(chat, fields.get("topic"), fields.get("reply_to"))
        if chat.is_direct_messages and sender != self.bot:
            replied: Message | None = fields.get("reply_to")
            answered = replied.direct_topic if replied else None
            fields["direct_topic"] = sender if isinstance(sender, User) else answered
        if receiver:
            fields["ephemeral"] = self.ephemerals.name(receiver)
        else:
            self._last_id[_counter(chat)] = self.next_id(chat)
        message_id = 0 if receiver else self._last_id[_counter(chat)]
        message = Message(chat, message_id, sender, text=text, **fields)
        self._keep(message)
        if message.inline_message_id:
            self._inline[message.inline_message_id] = (chat.id, message.message_id)
        self.transcript.message(message)
        if sender == self.bot:
            self.inbox.sent(message)
        self.pulse.beat()
        return message

    def change_message(self, message: Message, *, by_bot: bool, **changes: Any) -> Message:
        """Store another state of a message and return it."""
        changed = replace(message, edit_date=self.clock.now(), **changes)
        self._keep(changed)
        self.transcript.message(changed, edited=True)
        if by_bot:
            self.inbox.edited(changed)
        self.pulse.beat()
        return changed

    def drop_message(self, message: Message, *, by_bot: bool) -> None:
        """Delete a message."""
        if message.ephemeral:
            self.ephemerals.forget(message)
        else:
            del self._messages[message.chat.id, message.message_id]
        self.transcript.note(message.chat, f"{message.name} is deleted")
        if by_bot:
            self.inbox.deleted(message)
        self.pulse.beat()

    def _keep(self, message: Message) -> None:
        if message.ephemeral:
            self.ephemerals.keep(message)
        else:
            self._messages[message.chat.id, message.message_id] = message

    def tell_bot(self, kind: str, payload: Mapping[str, Any], chat: Chat | None) -> bool:
        """Queue an update unless the bot does not want its kind; the transcript says if so."""
        queued = self.updates.put(kind, dict(payload))
        if not queued:
            self.transcript.note(chat, f"(the bot has not asked for {kind} updates)")
        return queued


def version_of(api: str) -> tuple[int, ...]:
    """Return a version of the Bot API so that versions compare: "10.5" is (10, 5)."""
    return tuple(int(part) for part in api.split("."))


def _counter(chat: Chat) -> int:
    return chat.id if chat.numbers_its_own_messages else 0
