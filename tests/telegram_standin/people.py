"""Values for who talks and where: users and chats, with their JSON; no messages, no rights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

ChatKind = Literal["private", "group", "supergroup", "channel"]

#: Ids of the accounts Telegram shows in `from` when a group or a channel speaks in a group.
GROUP_ANONYMOUS_BOT = 1087968824
CHANNEL_BOT = 136817688
#: And of the one in `from` when a channel's post is forwarded into its discussion group.
TELEGRAM = 777000


@dataclass(frozen=True, slots=True)
class User:
    """A person or a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    def __str__(self) -> str:
        return self.username if self.is_bot and self.username else self.first_name

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's User."""
        return _without_none(
            id=self.id,
            is_bot=self.is_bot,
            first_name=self.first_name,
            last_name=self.last_name,
            username=self.username,
            language_code=self.language_code,
        )


@dataclass(frozen=True, slots=True)
class Chat:
    """A place to talk; private ids are the user's, supergroups and channels begin with -100."""

    id: int
    kind: ChatKind
    title: str | None = None
    username: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    #: Whether the group has topics.
    is_forum: bool = False
    #: The channel of which these are the direct messages: a supergroup where each person talks to
    #: the channel in a topic of their own.
    parent: Chat | None = None

    def __str__(self) -> str:
        return self.title or f"{self.first_name} in private"

    @property
    def is_channel(self) -> bool:
        """Whether only posts are made here, by nobody in particular."""
        return self.kind == "channel"

    @property
    def is_direct_messages(self) -> bool:
        """Whether people talk to a channel here, each in a topic of their own."""
        return self.parent is not None

    @property
    def numbers_its_own_messages(self) -> bool:
        """Whether message ids count per chat; elsewhere they count per account."""
        return self.kind in ("supergroup", "channel")

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's Chat."""
        return _without_none(
            id=self.id,
            type=self.kind,
            title=self.title,
            username=self.username,
            first_name=self.first_name,
            last_name=self.last_name,
            is_forum=self.is_forum or None,
            is_direct_messages=self.is_direct_messages or None,
        )


def sender_to_json(sender: User | Chat, chat: Chat) -> dict[str, Any]:
    """Return the fields of a message that say who sent it into `chat`.

    A channel post has no `from` at all, not even the bot's own; an anonymous administrator or a
    linked channel has a placeholder bot in `from` and itself in `sender_chat`, and so has the bot
    that answers in a channel's direct messages, for the channel.
    """
    if chat.is_channel:
        return {"sender_chat": chat.to_json()}
    if chat.parent and isinstance(sender, User) and sender.is_bot:
        sender = chat.parent
    if isinstance(sender, User):
        return {"from": sender.to_json()}
    placeholder = (
        User(GROUP_ANONYMOUS_BOT, "Group", username="GroupAnonymousBot", is_bot=True)
        if sender.id == chat.id
        else User(CHANNEL_BOT, "Channel", username="Channel_Bot", is_bot=True)
    )
    return {"from": placeholder.to_json(), "sender_chat": sender.to_json()}


def _without_none(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
