"""Keeps the queries that await one answer for a short time; the answers' content is elsewhere.

A press, a query typed inline and the call of a guest are kinds with a lifetime each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram_standin.clock import Clock
from telegram_standin.messages import Message
from telegram_standin.people import Chat, User
from telegram_standin.refusals import bad_request

#: After this long Telegram takes no answer to a press (tdlib/telegram-bot-api drops the query).
CALLBACK_SECONDS = 150
#: The same for what is typed inline, which it drops sooner.
INLINE_SECONDS = 30
#: "A short window" is all that is known for guests, so it is taken to be that of inline queries.
GUEST_SECONDS = 30


@dataclass(slots=True)
class Query:
    """A question of a person's client to the bot, and the answer once there is one."""

    id: str
    kind: str
    expires_at: int
    chat: Chat | None
    #: The message that asks, if it is one; of a press, the one with the button.
    message: Message | None = None
    answer: dict[str, Any] | None = None
    #: Who asks, and when.
    user: User | None = None
    opened_at: int = 0


class Queries:
    """All queries ever opened, by id."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._queries: dict[str, Query] = {}

    def open(
        self,
        kind: str,
        lifetime: int,
        chat: Chat | None = None,
        message: Message | None = None,
        user: User | None = None,
    ) -> Query:
        """Return a new query, answerable for `lifetime` seconds; its place may be unknown."""
        number = 7_340_000_000_000_000_001 + len(self._queries)
        now = self._clock.now()
        query = Query(str(number), kind, now + lifetime, chat, message, user=user, opened_at=now)
        self._queries[query.id] = query
        return query

    def find(self, kind: str, query_id: str) -> Query | None:
        """Return a query ever opened, answered or not."""
        query = self._queries.get(query_id)
        return query if query and query.kind == kind else None

    def answer(self, kind: str, query_id: str, answer: dict[str, Any]) -> Query:
        """Give a query its one answer and return it; raises Refusal when that is not possible."""
        query = self._queries.get(query_id)
        too_late = query is None or query.kind != kind or query.answer is not None
        if query is None or too_late or self._clock.now() > query.expires_at:
            raise bad_request(
                "Query is too old and response timeout expired or query ID is invalid"
            )
        query.answer = answer
        return query
