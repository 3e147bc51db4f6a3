"""What every deed of the people rests on: writing a message, changing one, telling the bot.

Which deeds there are is told by the modules whose classes build on it; the audience is all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from telegram_standin.composing import MAX_TEXT
from telegram_standin.entities import Entity
from telegram_standin.media import MAX_CAPTION, Media
from telegram_standin.messages import Message, Quote, Service
from telegram_standin.people import Chat, User
from telegram_standin.privacy import tell_message
from telegram_standin.rewriting import rewrite
from telegram_standin.rights import refused_to_people
from telegram_standin.topics import Topic
from telegram_standin.world import World


class Stage:
    """A world in the hands of its people."""

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def bot(self) -> User:
        """The bot's own account."""
        return self._world.bot

    def _write(
        self,
        chat: Chat,
        sender: User | Chat,
        text: str,
        *,
        media: Media | None = None,
        reply_to: Message | None = None,
        quote: Quote | None = None,
        topic: Topic | None = None,
        seconds_ago: int = 0,
        entities: Iterable[Entity] = (),
        **more: Any,
    ) -> Message:
        """Put a person's message into the chat and tell the bot; raises ValueError.

        What it replies to may be in another chat.
        """
        kept, marks = sendable(text, media, entities)
        replied = self._current(reply_to) if reply_to else None
        elsewhere = replied is not None and replied.chat.id != chat.id
        message = self._world.add_message(
            chat,
            sender,
            kept,
            entities=marks,
            html=text,
            media=media,
            reply_to=None if elsewhere else replied,
            external_reply=replied if elsewhere else None,
            quote=quote,
            topic=topic,
            date=self._world.clock.now() - seconds_ago,
            **more,
        )
        if isinstance(sender, User):
            self._world.standings.setdefault((chat.id, sender.id), "member")
        tell_message(self._world, "channel_post" if chat.is_channel else "message", message)
        return message

    def _report(
        self,
        chat: Chat,
        actor: User | Chat,
        fields: dict[str, Any],
        told: str,
        topic: Topic | None = None,
    ) -> Message:
        """Let Telegram put a service message into the chat and tell the bot."""
        service = Service(fields, told)
        message = self._world.add_message(chat, actor, "", service=service, topic=topic)
        tell_message(self._world, "channel_post" if chat.is_channel else "message", message)
        return message

    def _check_place(
        self, chat: Chat, sender: User | Chat, reply_to: Message | None, topic: Topic | None
    ) -> None:
        if chat.id in self._world.migrated:
            raise ValueError(f"{chat} is closed since it became a supergroup")
        if chat.kind == "private" and sender.id != chat.id:
            raise ValueError(f"{sender} does not write as {chat}")
        if chat.is_channel and sender != chat:
            raise ValueError(f"{sender} does not write in {chat}; only the channel does")
        if reply_to and reply_to.ephemeral:
            raise ValueError(f"only {reply_to.only_for} sees {reply_to.name}; use say_ephemeral")
        if topic and topic.chat.id != chat.id:
            raise ValueError(f"{topic} is no topic of {chat}")
        if topic and reply_to and reply_to.chat.id == chat.id and reply_to.topic != topic:
            raise ValueError(f"#{reply_to.message_id} is not in {topic}")
        if reason := refused_to_people(self._world, chat, sender, topic, reply_to):
            raise ValueError(reason)

    def _current(self, message: Message) -> Message:
        current = self._world.current(message)
        if current is None:
            raise ValueError(f"{message.name} is not in {message.chat} any more")
        return current


def sendable(
    text: str, media: Media | None, entities: Iterable[Entity] = ()
) -> tuple[str, tuple[Entity, ...]]:
    """Return a text or caption as Telegram keeps it, with its entities.

    Raises ValueError for what nobody can send.
    """
    kept, marks = rewrite(text, entities)
    if media and kept and not media.takes_caption:
        raise ValueError(f"a {media.kind} takes no caption")
    if len(kept) > (MAX_CAPTION if media else MAX_TEXT) or not (kept or media):
        raise ValueError(f"nobody can send a text of {len(kept)} characters")
    return kept, marks
