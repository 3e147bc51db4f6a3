"""Claims: each update is handled by one process, and by another if the first is no more."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest
from hand_clock import HandClock
from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.state.state import CLAIM_SECONDS, State
from bot.wire import claims as claims_module
from bot.wire.claims import Claim, Claims
from bot.wire.http_client import NeverSent, PerhapsReceived


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


def process(path: Path, clock: HandClock) -> Claims:
    """Return the claims of one more process with the same file."""
    return Claims(State.open(path, clock))


def updates(*numbers: int) -> list[Update]:
    return [Update(number) for number in numbers]


def inline(number: int) -> Update:
    person = {"id": 5, "is_bot": False, "first_name": "Amina"}
    query = {"id": "1", "from": person, "query": "ferries", "offset": ""}
    return Update.de_json({"update_id": number, "inline_query": query}, None)


def test_of_two_processes_one_has_an_update_until_it_is_handled(path, clock):
    one, two = process(path, clock), process(path, clock)
    assert one.take(updates(1, 2)) == [Claim.OURS, Claim.OURS]
    assert two.take(updates(1, 2, 3)) == [Claim.ELSEWHERE, Claim.ELSEWHERE, Claim.OURS]
    assert one.take(updates(1)) == [Claim.HERE]
    one.end(1)
    assert two.take(updates(1, 2)) == [Claim.HANDLED, Claim.ELSEWHERE]
    assert one.take(updates(1, 3)) == [Claim.HANDLED, Claim.ELSEWHERE]


def test_what_a_process_had_when_it_was_killed_is_free_after_seconds(path, clock):
    """But not what it had handled; and without its being asked, since it is no more."""
    killed = process(path, clock)
    killed.take(updates(1, 2))
    killed.end(1)
    heir = process(path, clock)
    clock.now += CLAIM_SECONDS - 0.1
    assert heir.take(updates(1, 2)) == [Claim.HANDLED, Claim.ELSEWHERE]
    clock.now += 0.2
    assert heir.take(updates(1, 2)) == [Claim.HANDLED, Claim.OURS]
    assert process(path, clock).take(updates(2)) == [Claim.ELSEWHERE]


async def test_what_takes_long_stays_claimed(path, clock, monkeypatch):
    monkeypatch.setattr(claims_module, "RENEW_EVERY", 0.01)
    one, two = process(path, clock), process(path, clock)
    one.take(updates(1))
    keeping = asyncio.create_task(one.keep())
    for _ in range(4):
        clock.now += CLAIM_SECONDS - 0.1
        await asyncio.sleep(0.05)
        assert two.take(updates(1)) == [Claim.ELSEWHERE]
    keeping.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await keeping


def test_a_clock_that_is_set_back_leaves_no_claim_for_ever(path, clock):
    process(path, clock).take(updates(1))
    clock.now -= 86_400
    assert process(path, clock).take(updates(1)) == [Claim.OURS]


def test_what_is_released_is_free_at_once(path, clock):
    one = process(path, clock)
    one.take(updates(1))
    one.end(1, handled=False)
    assert process(path, clock).take(updates(1)) == [Claim.OURS]


def test_an_inline_query_is_noted_and_not_waited_for(path, clock):
    one = process(path, clock)
    assert one.take([inline(1), *updates(2)]) == [Claim.OURS, Claim.OURS]
    assert not one.is_under_way(1)
    assert process(path, clock).take([inline(1)]) == [Claim.HANDLED]


def test_a_file_that_cannot_be_used_makes_every_update_ours(tmp_path, clock):
    (tmp_path / "file").write_text("a file where the folder would be")
    claims = process(tmp_path / "file" / "state.db", clock)
    assert claims.take(updates(1, 2)) == [Claim.OURS, Claim.OURS]
    assert claims.take(updates(1, 2**70)) == [Claim.HERE, Claim.OURS]
    claims.end(1)
    assert claims.take(updates(1)) == [Claim.HANDLED]


async def test_whoever_follows_an_update_is_told_what_became_of_it(path, clock):
    claims = process(path, clock)
    claims.take(updates(1, 2))
    followed = [claims.follow(1), claims.follow(1), claims.follow(2)]
    gone = followed[1]
    assert gone
    gone.cancel()
    claims.end(1)
    claims.end(2, handled=False)
    assert [one.result() for one in followed if one and not one.cancelled()] == [True, False]
    assert claims.follow(1) is None


# Messages of which two would be worse than none.


async def test_what_is_being_sent_to_a_group_is_not_sent_by_another_process(path, clock):
    """Killed between the sending and Telegram's answer, it is never answered twice."""
    killed, heir = process(path, clock), process(path, clock)
    killed.take(updates(1))
    killed.begin(1)

    async def send() -> None:
        clock.now += CLAIM_SECONDS + 1
        assert heir.take(updates(1)) == [Claim.HANDLED]

    await killed.once(send)
    killed.end(1)


@pytest.mark.parametrize(
    ("error", "cause", "sent"),
    [
        (RetryAfter(5), None, False),
        (BadRequest("chat not found"), None, False),
        (NetworkError("refused"), NeverSent("refused"), False),
        (NetworkError("reset"), PerhapsReceived("reset"), True),
    ],
)
async def test_what_telegram_refused_is_still_to_be_sent(path, clock, error, cause, sent):
    one, two = process(path, clock), process(path, clock)
    one.take(updates(1))
    one.begin(1)

    async def send() -> None:
        raise error from cause

    with pytest.raises(type(error)):
        await one.once(send)
    clock.now += CLAIM_SECONDS + 1
    assert two.take(updates(1)) == [Claim.HANDLED if sent else Claim.OURS]


async def test_a_message_that_answers_no_update_is_sent_as_it_is(path, clock):
    async def send() -> str:
        return "sent"

    assert await process(path, clock).once(send) == "sent"
