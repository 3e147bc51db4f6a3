"""A topic of a forum as a value, and where in a chat a new message belongs; opening is elsewhere.

A group with topics is still one chat. A topic is the thread of the service message that opened it,
and its id is that message's; what belongs to no topic is shown in "General", which has no id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram_standin.people import Chat, User, sender_to_json

#: One of the six colours an icon may have: core.telegram.org/bots/api#createforumtopic
_ICON_COLOR = 0x6FB9F0


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, named by the id of the message that opened it, its `message_thread_id`."""

    chat: Chat
    thread_id: int
    name: str
    opener: User | Chat
    date: int

    def __str__(self) -> str:
        return f"{self.chat} › {self.name}"

    @property
    def shown_as_replied(self) -> bool:
        """Whether its messages that reply to nothing show its opening as what they reply to."""
        return self.chat.kind != "private"

    @property
    def created(self) -> dict[str, Any]:
        """What only the opening message says."""
        return {"forum_topic_created": {"name": self.name, "icon_color": _ICON_COLOR}}

    def to_json(self) -> dict[str, Any]:
        """Return the opening message as the Bot API's Message.

        Telegram shows it as the `reply_to_message` of every message in the topic that replies to
        nothing, so "is this a reply?" must look twice.
        """
        return {
            "message_id": self.thread_id,
            **sender_to_json(self.opener, self.chat),
            "chat": self.chat.to_json(),
            "date": self.date,
            "message_thread_id": self.thread_id,
            "is_topic_message": True,
            **self.created,
        }
