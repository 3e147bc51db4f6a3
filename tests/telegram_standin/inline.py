"""What people do with a bot's name in any chat: type a question after it, and send what it offers.

Nothing is kept: every query reaches the bot, whatever `cache_time` it gave to the answer before.
"""

from __future__ import annotations

from dataclasses import dataclass

from telegram_standin.discussion import forward_automatically
from telegram_standin.inline_messages import new_inline_id
from telegram_standin.messages import Message
from telegram_standin.offering import InlineAnswer
from telegram_standin.people import Chat, User
from telegram_standin.privacy import tell_message
from telegram_standin.queries import INLINE_SECONDS, Query
from telegram_standin.results import InlineResult
from telegram_standin.stage import Stage
from telegram_standin.waiting import PATIENCE, expect
from telegram_standin.world import World

#: core.telegram.org/bots/api#inlinequery, in characters.
MAX_QUERY = 256

_CHAT_TYPES = ("sender", "private", "group", "supergroup", "channel")


@dataclass(frozen=True, slots=True)
class InlineTyping:
    """A query typed after the bot's name."""

    user: User
    query: str
    _world: World
    _query: Query

    @property
    def chat(self) -> Chat | None:
        """Where it was typed, as far as the test says."""
        return self._query.chat

    @property
    def answer(self) -> InlineAnswer | None:
        """What the bot offers, or None while it has not answered."""
        offered = self._query.answer
        return None if offered is None else InlineAnswer(self.user, self.query, **offered)

    async def answered(self, timeout: float = PATIENCE) -> InlineAnswer:  # noqa: ASYNC109
        """Wait for the answer and return it; raises AssertionError with the transcript."""
        return await expect(
            self._world,
            lambda: self.answer,
            f"the bot did not answer what {self.user} typed",
            timeout,
        )


class Inline(Stage):
    """The people as they use the bot without leaving the chat they are in."""

    def type_inline(
        self,
        user: User,
        query: str,
        offset: str = "",
        chat_type: str = "sender",
        *,
        chat: Chat | None = None,
    ) -> InlineTyping:
        """Let a person type the bot's name and a query into the message field of some chat.

        The bot learns of the chat only its kind, "sender" for its own chat with the person; a
        `chat` says it too and gives the typing its place in the transcript. To page, type the same
        with the `next_offset` of the answer before. Raises ValueError for what nobody could type.
        """
        if not self._world.inline:
            raise ValueError(f"{self.bot} has no inline mode")
        if len(query) > MAX_QUERY:
            raise ValueError(f"nobody types {len(query)} characters; {MAX_QUERY} fit")
        if chat:
            chat_type = kind_of(chat, user)
        if chat_type not in _CHAT_TYPES:
            raise ValueError(f"{chat_type!r} is none of {', '.join(_CHAT_TYPES)}")
        asked = self._world.queries.open("inline_query", INLINE_SECONDS, chat)
        # A person who scrolls on has typed nothing new.
        deed = f"scrolls on to {offset}" if offset else f"types: @{self.bot} {query}".rstrip()
        self._world.transcript.note(chat, f"{user} {deed}")
        payload = {
            "id": asked.id,
            "from": user.to_json(),
            "query": query,
            "offset": offset,
            "chat_type": chat_type,
        }
        self._world.tell_bot("inline_query", payload, chat)
        return InlineTyping(user, query, self._world, asked)

    def choose(
        self, user: User, typing: InlineTyping | InlineAnswer, result: InlineResult, chat: Chat
    ) -> Message:
        """Let a person send a result to a chat, and return the message.

        It is the person's message, or the channel's; the bot gets it if it is there, in groups
        even in privacy mode. With `inline_feedback` it is told what was chosen besides. Raises
        ValueError for a result that was not offered to this person, or a chat closed to it.
        """
        answer = typing.answer if isinstance(typing, InlineTyping) else typing
        if answer is None or result not in answer.results or answer.user != user:
            raise ValueError(f"{user} was offered no {result.title!r}")
        world = self._world
        sender = chat if chat.is_channel else user
        self._check_place(chat, sender, None, None)
        inline_id = new_inline_id(world, chat) if result.keyboard else None
        message = world.add_message(
            chat,
            sender,
            result.text,
            **result.content,
            via_bot=self.bot,
            inline_message_id=inline_id,
        )
        if isinstance(sender, User):
            world.standings.setdefault((chat.id, user.id), "member")
        tell_message(world, "channel_post" if chat.is_channel else "message", message)
        forward_automatically(world, message)
        if world.inline_feedback:
            chosen = {"result_id": result.id, "from": user.to_json(), "query": answer.query}
            if inline_id:
                chosen["inline_message_id"] = inline_id
            world.tell_bot("chosen_inline_result", chosen, chat)
        return message


def kind_of(chat: Chat, user: User) -> str:
    """Return what a query says of the chat it is typed in, "sender" for the one with the bot."""
    return "sender" if chat.id == user.id else chat.kind
