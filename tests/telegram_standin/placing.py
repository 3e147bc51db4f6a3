"""Reads where in a chat a bot's message goes: its topic, what it replies to, what it quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram_standin.messages import Message, Quote
from telegram_standin.parameters import Parameters
from telegram_standin.people import Chat, User
from telegram_standin.replying import replied_to
from telegram_standin.threads import named_direct_topic, named_topic
from telegram_standin.topics import Topic
from telegram_standin.world import World


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a message goes."""

    #: The topic that was named.
    topic: Topic | None
    direct_topic: User | None
    replied: Message | None
    quote: Quote | None

    @property
    def lands_in(self) -> Topic | None:
        """The topic it will be in: that of what it replies to, where none is named."""
        return self.topic or (self.replied.topic if self.replied else None)

    @property
    def fields(self) -> dict[str, Any]:
        """What a message says of it; to one in another topic it replies as if it were elsewhere."""
        elsewhere = self.replied is not None and self.lands_in != self.replied.topic
        return {
            "topic": self.topic,
            "direct_topic": self.direct_topic,
            "reply_to": None if elsewhere else self.replied,
            "external_reply": self.replied if elsewhere else None,
            "quote": self.quote,
        }


def placed(world: World, given: Parameters, chat: Chat, receiver: User | None = None) -> Placed:
    """Return where the parameters of a call put a message; raises Refusal.

    The receiver is the one person who will see it, None if everybody will.
    """
    topic = named_topic(world, given, chat)
    direct_topic = named_direct_topic(world, given, chat)
    return Placed(topic, direct_topic, *replied_to(world, given, chat, receiver))
