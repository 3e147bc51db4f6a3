"""What Telegram has otherwise of the bot than it should, and the calls that set it.

Before some of it may be changed again Telegram can make a bot wait for hours; so a refusal holds up
nothing else, and says itself in words. What is compared is told in ``bot_comparison``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from telegram.error import (
    BadRequest,
    EndPointNotFound,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.wire.retry import with_retries


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that Telegram has otherwise than it should, in words for an operator."""

    name: str
    #: The tag of the language it is in; empty if it is for users of all others, ``None`` for a
    #: setting without a language.
    language: str | None
    now: str
    then: str
    #: What to send to @BotFather where it cannot be set otherwise.
    by_hand: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call to Telegram that sets what differs."""

    differences: tuple[Difference, ...]
    make: Callable[[], Awaitable[object]]
    #: The same in several calls, if this one sets more than one thing.
    apart: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the bot as Telegram knows it compares with the bot as it should be."""

    username: str
    calls: tuple[Call, ...]
    #: How many things are as they should be.
    alike: int

    @property
    def differences(self) -> tuple[Difference, ...]:
        """All that differs."""
        return tuple(one for call in self.calls for one in call.differences)


@dataclass(frozen=True, slots=True)
class Refused:
    """What Telegram did not set, and its reason."""

    difference: Difference
    error: TelegramError

    @property
    def by_hand(self) -> bool:
        """Whether it is left to @BotFather: the server is too old to know of it."""
        return isinstance(self.error, EndPointNotFound)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was set, and what was not."""

    done: tuple[Difference, ...]
    refused: tuple[Refused, ...]

    @property
    def reasons(self) -> Mapping[str, tuple[Difference, ...]]:
        """What was refused, by the reason in words."""
        found: dict[str, tuple[Difference, ...]] = {}
        for one in self.refused:
            reason = why_refused(one.error)
            found[reason] = (*found.get(reason, ()), one.difference)
        return found

    @property
    def again_in(self) -> float:
        """Seconds until Telegram lets all that it put off be set; 0 if it put nothing off."""
        return max((_seconds(one.error) for one in self.refused), default=0.0)


async def set_differences(comparison: Comparison) -> Outcome:
    """Set all that differs, each whatever becomes of the others."""
    done: list[Difference] = []
    refused: list[Refused] = []
    waiting = list(comparison.calls)
    while waiting:
        call = waiting.pop(0)
        try:
            await with_retries(call.make)
        except TelegramError as error:
            if call.apart and type(error) is BadRequest:
                # One of them is refused; the others need not be.
                waiting[:0] = call.apart
                continue
            refused += [Refused(one, error) for one in call.differences]
        else:
            done += call.differences
    return Outcome(tuple(done), tuple(refused))


def names_of(differences: Sequence[Difference]) -> str:
    """Return the names of *differences*, each once: "inline mode, menu in groups"."""
    return ", ".join(dict.fromkeys(one.name for one in differences))


def why_refused(error: TelegramError) -> str:
    """Return in words why Telegram did not do as asked; the token is not in them."""
    if seconds := _seconds(error):
        return f"Telegram allows that again in {_duration(seconds)}"
    if isinstance(error, EndPointNotFound):
        return "a Bot API server older than 10.5 cannot set that"
    if isinstance(error, InvalidToken):  # its own words hold the token
        return "Telegram does not know this bot's token"
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return f"Telegram cannot be reached ({error.message})"
    return f"Telegram refuses: {error.message}"


def _seconds(error: TelegramError) -> float:
    """Return how long Telegram wants the call to wait; 0 if that is not what it says."""
    if not isinstance(error, RetryAfter):
        return 0.0
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _duration(seconds: float) -> str:
    """Return *seconds* as "40 seconds", "5 minutes", "3 hours", rounded up."""
    for length, unit in ((3600, "hour"), (60, "minute")):
        if seconds > length:
            number = -int(-seconds // length)
            return f"{number} {unit}{'s' if number > 1 else ''}"
    number = max(1, -int(-seconds // 1))
    return f"{number} second{'s' if number > 1 else ''}"
