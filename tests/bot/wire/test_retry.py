"""Getting a message through: what is tried again, and what would come twice."""

from __future__ import annotations

import asyncio

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.wire import retry
from bot.wire.http_client import NeverSent, PerhapsReceived
from bot.wire.retry import PAUSES as WAITED
from bot.wire.retry import with_retries


class FakeCall:
    """A call that meets the faults it was given, one a try, and then succeeds."""

    def __init__(self, *faults: TelegramError) -> None:
        self.faults = list(faults)
        self.tries = 0

    async def __call__(self) -> str:
        """Make the call."""
        self.tries += 1
        if self.faults:
            raise self.faults.pop(0)
        return "sent"


def fault(kind: type[NetworkError], cause: Exception | None = None) -> NetworkError:
    made = kind("made for this test")
    made.__cause__ = cause
    return made


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(retry, "PAUSES", (0, 0, 0))


@pytest.mark.parametrize("at_most_once", [True, False])
@pytest.mark.parametrize(
    "passing",
    [
        fault(NetworkError),  # a 5xx: Telegram itself says that it did not
        fault(NetworkError, NeverSent()),
        fault(TimedOut, NeverSent()),
    ],
)
async def test_what_was_not_carried_out_is_tried_again_everywhere(passing, at_most_once):
    call = FakeCall(passing)
    assert await with_retries(call, at_most_once=at_most_once) == "sent"
    assert call.tries == 2


async def test_what_may_have_arrived_is_tried_again_only_where_two_are_better_than_none():
    """A private message that comes twice is a nuisance; in a group it is noise for everybody."""
    call = FakeCall(fault(NetworkError, PerhapsReceived()))
    assert await with_retries(call) == "sent"
    call = FakeCall(fault(NetworkError, PerhapsReceived()))
    with pytest.raises(NetworkError):
        await with_retries(call, at_most_once=True)
    assert call.tries == 1


@pytest.mark.parametrize("at_most_once", [True, False])
@pytest.mark.parametrize(
    "lasting",
    [
        BadRequest("message is too long"),
        Forbidden("bot was blocked by the user"),
        RetryAfter(60),  # the rate limiter has waited as long as is sensible
        fault(TimedOut, PerhapsReceived()),  # most likely on its way
    ],
)
async def test_what_will_not_be_better_the_next_time_is_not_tried_again(lasting, at_most_once):
    call = FakeCall(lasting)
    with pytest.raises(type(lasting)):
        await with_retries(call, at_most_once=at_most_once)
    assert call.tries == 1


async def test_in_the_end_it_gives_up():
    call = FakeCall(*(fault(NetworkError) for _ in range(9)))
    with pytest.raises(NetworkError):
        await with_retries(call)
    assert call.tries == 4


async def test_each_further_try_comes_after_a_longer_pause(monkeypatch):
    """A server in trouble is not helped by calls, nor a reply saved by three in one moment."""
    assert len(WAITED) == 3
    assert list(WAITED) == sorted(set(WAITED))
    assert 5 <= sum(WAITED) <= 15
    waited: list[float] = []

    async def waiting(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(retry, "PAUSES", WAITED)
    monkeypatch.setattr(asyncio, "sleep", waiting)
    assert await with_retries(FakeCall(*(fault(NetworkError) for _ in WAITED))) == "sent"
    assert waited == list(WAITED)
