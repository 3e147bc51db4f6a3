"""Queues updates and hands them out as getUpdates does; what an update says is for others.

A webhook is fed from the same queue, by `after`, `holds` and `forget`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any

from telegram_standin.clock import Clock
from telegram_standin.pulse import Pulse
from telegram_standin.refusals import bad_request, conflict

#: What core.telegram.org/bots/api#getupdates says: 1 to 100 at once, kept for 24 hours.
MAX_BATCH = 100
LIFETIME_SECONDS = 24 * 60 * 60

KNOWN_KINDS = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "guest_message",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
    ]
)
#: What a bot receives that has never said what it wants.
DEFAULT_KINDS = KNOWN_KINDS - {"chat_member", "message_reaction", "message_reaction_count"}

_FIRST_ID = 501_000_001


@dataclass(frozen=True, slots=True)
class Queued:
    """An update in the queue; `number` counts all that were ever queued."""

    number: int
    update_id: int
    queued_at: int
    body: dict[str, Any]


class UpdateQueue:
    """The updates a bot has not confirmed yet, and the kinds it wants."""

    def __init__(self, clock: Clock, pulse: Pulse) -> None:
        self._clock = clock
        self._pulse = pulse
        # By update_id, in the order of queueing.
        self._waiting: dict[int, Queued] = {}
        self._next_id = _FIRST_ID
        self._queued = 0
        self._polls = 0
        self._closed = False
        self._allowed: frozenset[str] = DEFAULT_KINDS
        #: The list the bot gave, as getWebhookInfo shows it; empty for the default.
        self.allowed_updates: list[str] = []

    def __len__(self) -> int:
        self._expire()
        return len(self._waiting)

    def pending(self) -> list[dict[str, Any]]:
        """Return the updates not confirmed yet."""
        self._expire()
        return [queued.body for queued in self._waiting.values()]

    def allow(self, kinds: Any) -> None:
        """Remember which kinds to queue from now on; None changes nothing, [] means the default.

        Stricter than Telegram, which ignores a kind it does not know. Raises Refusal.
        """
        if kinds is None:
            return
        if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
            raise bad_request("Can't parse allowed updates: expected an Array of Strings")
        unknown = sorted(set(kinds) - KNOWN_KINDS)
        if unknown:
            raise bad_request(f"Unknown update type {', '.join(map(repr, unknown))}")
        self.allowed_updates = list(kinds)
        self._allowed = frozenset(kinds) or DEFAULT_KINDS

    def put(self, kind: str, payload: dict[str, Any]) -> bool:
        """Queue an update and return True, or return False if the bot does not want its kind."""
        if kind not in KNOWN_KINDS:
            raise ValueError(f"{kind!r} is no kind of update")
        if kind not in self._allowed:
            return False
        self.put_raw({kind: payload})
        return True

    def put_raw(self, update: dict[str, Any]) -> int:
        """Queue any JSON, whatever the bot allows, and return its update_id.

        Raises ValueError for an update_id that is queued already.
        """
        update_id = int(update.get("update_id", self._next_id))
        if update_id in self._waiting:
            raise ValueError(f"update {update_id} is queued already")
        self._next_id = max(self._next_id, update_id) + 1
        body = {"update_id": update_id, **update}
        self._queued += 1
        self._waiting[update_id] = Queued(self._queued, update_id, self._clock.now(), body)
        self._pulse.beat()
        return update_id

    def confirm(self, offset: int) -> None:
        """Forget the updates before `offset`; a negative one keeps that many of the last."""
        self._expire()
        if offset < 0:
            for update_id in list(islice(self._waiting, max(len(self._waiting) + offset, 0))):
                del self._waiting[update_id]
        if offset > 0:
            for update_id in list(takewhile(lambda known: known < offset, self._waiting)):
                del self._waiting[update_id]
        self._pulse.beat()

    def after(self, number: int) -> list[Queued]:
        """Return the updates queued after the one of this number, oldest first; all after 0."""
        self._expire()
        newer = takewhile(lambda queued: queued.number > number, reversed(self._waiting.values()))
        return list(newer)[::-1]

    def holds(self, update_id: int) -> bool:
        """Return whether an update still awaits its confirmation."""
        self._expire()
        return update_id in self._waiting

    def forget(self, update_id: int) -> None:
        """Confirm this one update, wherever it stands."""
        self._waiting.pop(update_id, None)
        self._pulse.beat()

    def clear(self) -> None:
        """Forget all updates, as `drop_pending_updates` asks."""
        self._waiting.clear()
        self._pulse.beat()

    def batch(self, limit: int = MAX_BATCH) -> list[dict[str, Any]]:
        """Return the first updates, at most `limit`; they stay until they are confirmed."""
        self._expire()
        size = limit if 1 <= limit <= MAX_BATCH else MAX_BATCH
        return [queued.body for queued in islice(self._waiting.values(), size)]

    async def poll(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:  # noqa: ASYNC109
        """Answer one getUpdates: at once if there is something, else after up to `timeout`.

        The seconds are the clock's, so that a test can end a poll by moving it. Raises Refusal
        (409) in a poll that is still waiting when another one begins.
        """
        self._polls += 1
        mine = self._polls
        due = self._clock.time() + timeout
        self.confirm(offset)

        def look() -> list[dict[str, Any]] | None:
            if self._closed:
                return []
            if self._polls != mine:
                raise conflict(
                    "terminated by other getUpdates request; "
                    "make sure that only one bot instance is running"
                )
            batch = self.batch(limit)
            return batch if batch or self._clock.time() >= due else None

        return await self._pulse.until(look, timeout) or []

    def close(self) -> None:
        """End the polls under way and let no later one wait."""
        self._closed = True
        self._pulse.beat()

    def _expire(self) -> None:
        oldest = self._clock.now() - LIFETIME_SECONDS
        expired = takewhile(lambda queued: queued.queued_at < oldest, self._waiting.values())
        for queued in list(expired):
            del self._waiting[queued.update_id]
