"""Keeps where and to whom writing is closed; what is refused for it is told in rights.py."""

from __future__ import annotations

from dataclasses import dataclass, field

from telegram_standin.people import Chat, User
from telegram_standin.topics import Topic


@dataclass(slots=True)
class Limits:
    """What an administrator may close besides letting nobody in."""

    _silent: set[int] = field(default_factory=set)
    _postless: set[tuple[int, int]] = field(default_factory=set)
    _closed: set[tuple[int, int]] = field(default_factory=set)

    def silence(self, group: Chat, silent: bool) -> None:
        """Note whether only administrators may write in a group."""
        self._silent = self._silent | {group.id} if silent else self._silent - {group.id}

    def is_silent(self, group: Chat) -> bool:
        """Return whether only administrators may write in a group."""
        return group.id in self._silent

    def allow_posts(self, channel: Chat, user: User, allowed: bool) -> None:
        """Note whether an administrator of a channel may post there."""
        one = {(channel.id, user.id)}
        self._postless = self._postless - one if allowed else self._postless | one

    def may_post(self, channel: Chat, user: User) -> bool:
        """Return whether somebody may post in a channel, if an administrator there."""
        return (channel.id, user.id) not in self._postless

    def close(self, place: Topic | Chat, closed: bool) -> None:
        """Note whether a topic, or a forum's General, is closed."""
        one = {_key(place)}
        self._closed = self._closed | one if closed else self._closed - one

    def is_closed(self, place: Topic | Chat) -> bool:
        """Return whether a topic, or a forum's General, is closed."""
        return _key(place) in self._closed


def _key(place: Topic | Chat) -> tuple[int, int]:
    return (place.chat.id, place.thread_id) if isinstance(place, Topic) else (place.id, 0)
