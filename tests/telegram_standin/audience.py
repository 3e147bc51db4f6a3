"""Everything people do around the bot: write, post, edit and press.

How they send media and the like, write so that nobody else sees it, found chats, come and go,
discuss a channel's posts and outgrow a group is told by the modules beside it; what the bot does
about it all is awaited elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from telegram_standin.discussion import Discussion, edit_automatically, forward_automatically
from telegram_standin.entities import Entity
from telegram_standin.following import Following
from telegram_standin.guests import Guests
from telegram_standin.media import Media
from telegram_standin.messages import Message
from telegram_standin.migration import Migration
from telegram_standin.only_for_one import OnlyForOne
from telegram_standin.people import Chat, User
from telegram_standin.privacy import tell_message
from telegram_standin.queries import CALLBACK_SECONDS, Query
from telegram_standin.restricting import Restricting
from telegram_standin.showing import Showing, quoted
from telegram_standin.stage import sendable
from telegram_standin.topics import Topic
from telegram_standin.waiting import PATIENCE, account, expect
from telegram_standin.world import World


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
        """Wait for the answer and return it; raises AssertionError with the transcript.

        So it does at once when the press has grown too old to be answered.
        """

        def look() -> dict[str, Any] | None:
            if self._query.answer is None and self._query.expires_at < self._world.clock.now():
                raise AssertionError(
                    f"the bot did not answer the press in time\n\n{account(self._world)}"
                )
            return self._query.answer

        return await expect(self._world, look, "the bot did not answer the press", timeout)


class Audience(Following, Guests, Restricting, Discussion, Migration, Showing, OnlyForOne):
    """The people of a world and their places; every deed queues the update a bot would get."""

    def say(
        self,
        chat: Chat,
        sender: User | Chat,
        text: str,
        *,
        reply_to: Message | None = None,
        quote: str | None = None,
        topic: Topic | None = None,
        seconds_ago: int = 0,
        entities: Iterable[Entity] = (),
        via: User | None = None,
    ) -> Message:
        """Let a person write; in a group also an anonymous administrator or a channel (a chat).

        A reply may `quote` a part of what it replies to, and is in the same topic; what it replies
        to may be in another chat. `entities` are what the person has made bold and so on, besides
        what Telegram finds. `via` is another bot through which it was sent. `seconds_ago` dates the
        message back, as if the bot had been down. Raises ValueError for what nobody could send.
        """
        if chat.is_channel:
            raise ValueError("nobody says anything in a channel; use post")
        self._check_place(chat, sender, reply_to, topic)
        return self._write(
            chat,
            sender,
            text,
            reply_to=reply_to,
            quote=quoted(reply_to, quote),
            topic=topic,
            seconds_ago=seconds_ago,
            entities=entities,
            via_bot=via,
        )

    def post(
        self, channel: Chat, text: str, *, reply_to: Message | None = None, seconds_ago: int = 0
    ) -> Message:
        """Let a channel publish a post; raises ValueError as `say` does."""
        if not channel.is_channel:
            raise ValueError(f"{channel} is no channel; use say")
        message = self._write(channel, channel, text, reply_to=reply_to, seconds_ago=seconds_ago)
        forward_automatically(self._world, message)
        return message

    def edit(
        self,
        message: Message,
        text: str = "",
        *,
        content: Media | None = None,
        entities: Iterable[Entity] = (),
    ) -> Message:
        """Let the author edit a text, caption or post; returns the message as it then stands.

        With `content` it shows that instead; a rich message that becomes a text is rich no more.
        """
        current = self._current(message)
        if current.sender == self.bot:
            raise ValueError("only the bot edits the bot's messages")
        media = content or (None if current.rich else current.media)
        kept, marks = sendable(text, media, entities)
        changed = self._world.change_message(
            current, by_bot=False, text=kept, entities=marks, html=text, media=media
        )
        kind = "edited_channel_post" if message.chat.is_channel else "edited_message"
        tell_message(self._world, kind, changed)
        edit_automatically(self._world, changed)
        return changed

    def delete(self, message: Message) -> None:
        """Let somebody delete a message; bots are not told."""
        self._world.drop_message(self._current(message), by_bot=False)

    def press(self, user: User, message: Message, label: str) -> Press:
        """Let a person press a callback button, found by its label or a part of it.

        Even who writes as a group or channel presses as himself. The message is taken as it stands
        now. Raises AssertionError without such a button.
        """
        current = self._current(message)
        if current.only_for not in (None, user):
            raise AssertionError(f"{user} does not see {current.name}")
        button = current.button(label)
        if button.action != "callback_data":
            raise AssertionError(f"[{button.label}] is a {button.action} button: {button.value}")
        return self._press(user, current, button.label, button.value)

    def forge_press(self, user: User, message: Message, data: str) -> Press:
        """Let a person's modified client press a button that the message does not have.

        Telegram passes on whatever *data* it sends: "a bad client can send arbitrary data in this
        field" (Bot API, CallbackQuery). The message with its real buttons comes along.
        """
        return self._press(user, self._current(message), "forged", data)

    def _press(self, user: User, current: Message, label: str, data: str) -> Press:
        query = self._world.queries.open(
            "callback_query", CALLBACK_SECONDS, current.chat, current, user
        )
        self._world.transcript.note(
            current.chat, f"{user} presses [{label}] on {current.name}", current.topic
        )
        payload = {
            "id": query.id,
            "from": user.to_json(),
            **_pressed(current),
            "chat_instance": str(-current.chat.id),
            "data": data,
        }
        self._world.tell_bot("callback_query", payload, current.chat)
        return Press(self._world, query)

    def queue_raw(self, update: dict[str, Any]) -> int:
        """Queue any JSON as an update, even one no library can parse; returns its update_id."""
        return self._world.updates.put_raw(update)


def _pressed(message: Message) -> dict[str, Any]:
    if message.inline_message_id:
        return {"inline_message_id": message.inline_message_id}
    return {"message": message.to_json()}
