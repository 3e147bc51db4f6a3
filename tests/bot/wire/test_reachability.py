"""Whether Telegram answers, told in the log once a spell."""

from __future__ import annotations

import logging

import pytest
from hand_clock import HandClock

from bot.wire.obstacles import Obstacle
from bot.wire.reachability import WORTH_TELLING, Reachability

REFUSED = Obstacle("nothing listens at 127.0.0.1:1", "Start the server there")
UNKNOWN = Obstacle("the name telegram.example is not known", "Check the DNS")
SAID = "Telegram cannot be reached: {0.reason}. {0.repair}."


@pytest.fixture
def clock() -> HandClock:
    return HandClock(0)


@pytest.fixture
def reachability(clock: HandClock) -> Reachability:
    return Reachability(clock)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what an operator reads who has not asked for more."""
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.INFO]


def test_why_the_last_call_failed_is_known_until_one_is_answered(reachability):
    assert reachability.obstacle is None
    reachability.failed(REFUSED)
    reachability.failed(UNKNOWN)
    assert reachability.obstacle == UNKNOWN
    reachability.answered()
    assert reachability.obstacle is None


def test_a_connection_that_breaks_now_and_then_is_not_worth_a_warning(reachability, clock, caplog):
    caplog.set_level(logging.DEBUG)
    for _ in range(10):
        reachability.failed(REFUSED)
        clock.now += WORTH_TELLING
        reachability.answered()
        clock.now += 60
    assert told(caplog) == []
    assert REFUSED.reason in caplog.text, "at debug it is there"


def test_a_spell_is_told_of_once_with_its_reason_and_that_it_is_over(reachability, clock, caplog):
    caplog.set_level(logging.DEBUG)
    for _ in range(2):
        for _ in range(30):
            reachability.failed(REFUSED)
            clock.now += 3
        for _ in range(3):
            reachability.answered()
    spell = [SAID.format(REFUSED), "Telegram is reached again"]
    assert told(caplog) == spell * 2


def test_another_reason_is_told_too(reachability, clock, caplog):
    for _ in range(30):
        for obstacle in (REFUSED, UNKNOWN):
            reachability.failed(obstacle)
            clock.now += 3
    assert told(caplog) == [SAID.format(REFUSED), SAID.format(UNKNOWN)]
