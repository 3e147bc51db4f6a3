"""How people call the bot into a chat it is not in, where it answers once, as a guest.

core.telegram.org/bots/api#answerguestquery: it gets the one message that mentions it, and what that
replies to, and nothing else of the chat. Without a call it cannot write there.
"""

from __future__ import annotations

from dataclasses import dataclass

from telegram_standin.founding import Founding
from telegram_standin.messages import Message
from telegram_standin.people import Chat, User
from telegram_standin.queries import GUEST_SECONDS, Query
from telegram_standin.stage import sendable
from telegram_standin.waiting import PATIENCE, expect
from telegram_standin.world import World


@dataclass(frozen=True, slots=True)
class GuestCall:
    """A message that calls the bot as a guest."""

    message: Message
    _world: World
    _query: Query

    @property
    def answer(self) -> Message | None:
        """The guest's message as it was sent, or None while there is none."""
        return self._query.answer["message"] if self._query.answer else None

    async def answered(self, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109
        """Wait for the guest's message and return it, in place of `reply`.

        Raises AssertionError with the transcript.
        """
        answer = await expect(
            self._world,
            lambda: self.answer,
            f"the bot did not answer #{self.message.message_id} as a guest",
            timeout,
        )
        self._world.inbox.take(answer)
        return answer


class Guests(Founding):
    """The people as they call the bot from where it is not."""

    def foreign_group(self, title: str) -> Chat:
        """Return a new group the bot is not in."""
        return self.group(title, joined=False)

    def call_guest(
        self, chat: Chat, sender: User | Chat, text: str, reply_to: Message | None = None
    ) -> GuestCall:
        """Let a person, or an anonymous administrator, mention the bot where it is not.

        Raises ValueError if guest mode is switched off, if the bot is there or was shut out, or if
        the text does not mention it.
        """
        bot, world = self.bot, self._world
        if not world.guests:
            raise ValueError(f"{bot} has no guest mode")
        if chat.is_channel or world.standing(chat, bot.id) != "left":
            raise ValueError(f"{bot} is no guest in {chat}; it is one in a foreign_group")
        self._check_place(chat, sender, reply_to, None)
        kept, entities = sendable(text, None)
        named = {one.text_of(kept).lower() for one in entities if one.type == "mention"}
        if f"@{bot.username}".lower() not in named:
            raise ValueError(f"a guest is called by its name, @{bot.username}")
        message = self._write(chat, sender, text, reply_to=reply_to)
        query = world.queries.open("guest_query", GUEST_SECONDS, chat, message)
        call = {**message.to_json(), "guest_query_id": query.id}
        world.tell_bot("guest_message", call, chat)
        return GuestCall(message, world, query)
