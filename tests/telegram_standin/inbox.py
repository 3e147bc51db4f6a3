"""Keeps what the bot did in each chat and how much of it a test has taken; waiting is elsewhere."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field

from telegram_standin.messages import Message
from telegram_standin.people import Chat, User


@dataclass(slots=True)
class Inbox:
    """The bot's messages and edits, as the people in the chats saw them arrive."""

    # By what `_seen_in` says: the id of a chat, and of the one person if only one sees it.
    _sent: defaultdict[tuple[int, int], deque[Message]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    _edits: defaultdict[Message, deque[Message]] = field(default_factory=lambda: defaultdict(deque))
    _doings: defaultdict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))

    def sent(self, message: Message) -> None:
        """Note a new message of the bot."""
        self._sent[_seen_in(message)].append(message)
        self._doings[_seen_in(message)] += 1

    def edited(self, message: Message) -> None:
        """Note an edit, given as the message now stands."""
        self._edits[message].append(message)
        self._doings[_seen_in(message)] += 1

    def deleted(self, message: Message) -> None:
        """Note that the bot deleted a message."""
        self._doings[_seen_in(message)] += 1

    def take_message(self, chat: Chat, only_for: User | None = None) -> Message | None:
        """Return the bot's first message in the chat not taken before, or None.

        Of those that everybody sees, or of those that only this one person sees.
        """
        sent = self._sent[_place(chat, only_for)]
        return sent.popleft() if sent else None

    def take(self, message: Message) -> None:
        """Note that a test has seen this message."""
        if message in self._sent[_seen_in(message)]:
            self._sent[_seen_in(message)].remove(message)

    def take_edit(self, message: Message) -> Message | None:
        """Return the first edit of the message not taken before, or None."""
        edits = self._edits[message]
        return edits.popleft() if edits else None

    def untaken(self, chat: Chat, only_for: User | None = None) -> list[Message]:
        """Return the messages in the chat no test has taken."""
        return list(self._sent[_place(chat, only_for)])

    def doings(self, chat: Chat, only_for: User | None = None) -> int:
        """Return how often the bot has sent, edited or deleted in the chat."""
        return self._doings[_place(chat, only_for)]


def _place(chat: Chat, only_for: User | None) -> tuple[int, int]:
    return (chat.id, only_for.id if only_for else 0)


def _seen_in(message: Message) -> tuple[int, int]:
    return _place(message.chat, message.only_for)
