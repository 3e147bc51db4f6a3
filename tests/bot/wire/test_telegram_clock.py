"""Telegram's time, told from its answers by a machine whose own clock is wrong."""

from __future__ import annotations

import logging
from email.utils import formatdate

import pytest
from hand_clock import HandClock
from hypothesis import given
from hypothesis import strategies as st

from bot.wire.telegram_clock import Source, TelegramClock

HOUR, MINUTE = 3600, 60


class Universe:
    """Telegram's clock, the machine's, and a timer, which go on together."""

    def __init__(self, machine_ahead: float = 0.0) -> None:
        """Begin with a machine whose clock is *machine_ahead* seconds."""
        self.telegram = HandClock()
        self.machine = HandClock(self.telegram.now + machine_ahead)
        self.timer = HandClock(1000.0)
        self.clock = TelegramClock(self.machine, self.timer)

    def pass_(self, seconds: float) -> None:
        """Let time pass."""
        for one in (self.telegram, self.machine, self.timer):
            one.now += seconds

    def set_machine(self, ahead: float) -> None:
        """Set the machine's clock to so many seconds ahead of Telegram's."""
        self.machine.now = self.telegram.now + ahead

    def answer(self, there: float = 0.05, back: float = 0.05, header: str | None = None) -> None:
        """Call Telegram; it answers *there* seconds later, and that takes *back* seconds."""
        called = self.machine.now
        self.pass_(there)
        date = formatdate(self.telegram.now, usegmt=True) if header is None else header
        self.pass_(back)
        self.clock.take_header(date, called)

    @property
    def error(self) -> float:
        """By how many seconds the clock is wrong."""
        return self.clock() - self.telegram.now


@pytest.mark.parametrize("ahead", [310, 600, HOUR, -600, -HOUR, 40 * 24 * HOUR, -3 * 365 * 86400])
def test_it_tells_telegrams_time_from_the_first_answer_on(ahead):
    """The first updates come with the third at the latest, and theirs must be right."""
    universe = Universe(ahead)
    for _ in range(12):
        universe.answer()
        assert abs(universe.error) <= 2.1
        universe.pass_(0.7)
    assert abs(universe.clock.machine_ahead - ahead) <= 2.1


def test_before_any_answer_it_tells_the_machines_time():
    assert Universe(600).clock() == pytest.approx(Universe(600).machine.now)


@given(st.lists(st.tuples(st.floats(0, 60), st.floats(0, 60)), max_size=30))
def test_of_a_machine_that_is_right_slow_answers_and_full_seconds_change_nothing(delays):
    universe = Universe()
    for there, back in delays:
        universe.answer(there, back)
        assert universe.error == pytest.approx(0)


@given(st.floats(-1e6, 1e6), st.lists(st.tuples(st.floats(0, 30), st.floats(0, 30)), max_size=30))
def test_it_is_never_more_wrong_than_the_quickest_answers_are_slow(ahead, delays):
    """Once half of the answers came within a second."""
    universe = Universe(ahead)
    for there, back in delays:
        universe.answer(there, back)
        universe.answer(0.1, 0.1)
    if delays:
        assert abs(universe.error) <= 2.3


def test_an_answer_that_is_held_open_and_then_late_does_not_make_it_wrong():
    universe = Universe(-600)
    for _ in range(20):
        universe.answer(25, 0.1)
        universe.answer(0.1, 12)
    assert abs(universe.error) <= 2.1


@pytest.mark.parametrize(
    "header",
    ["", "yesterday", "0", "Mon, 99 Foo 2026 99:99:99 GMT", "Thu, 01 Jan 1970 00:00:00 GMT",
     "Fri, 01 Jan 99999 00:00:00 GMT", "Mon, 01 Jan 2026", "\x00" * 5000, "9" * 5000,
     "Tue, 10 Feb 2026 10:00:00 +999999999999999999999999"],
)  # fmt: skip
def test_a_header_that_makes_no_sense_is_ignored(header):
    universe = Universe(600)
    for _ in range(5):
        universe.answer()
        universe.answer(header=header)
    assert abs(universe.error) <= 2.1
    universe.clock.take_header(None, universe.machine.now)
    for odd in (None, "1740000000", True, [], float("nan"), float("inf"), 10**400):
        universe.clock.take(Source.SENT, odd, universe.machine.now)
    assert abs(universe.error) <= 2.1


def test_a_server_whose_header_is_wrong_now_and_then_is_outvoted():
    universe = Universe(0)
    for number in range(40):
        odd = number % 3 == 1
        universe.answer(header=formatdate(universe.telegram.now + 86_400 * odd, usegmt=True))
        assert abs(universe.error) <= 2.1, number


def test_the_date_of_a_message_just_sent_is_believed_rather_than_a_header():
    """A proxy before a server of one's own may add a Date of its own, which is the machine's."""
    universe = Universe(600)
    for _ in range(9):
        universe.answer(header=formatdate(universe.machine.now, usegmt=True))
    assert universe.error == pytest.approx(600, abs=2.1)
    universe.clock.take(Source.SENT, int(universe.telegram.now), universe.machine.now)
    assert abs(universe.error) <= 2.1
    for _ in range(9):
        universe.answer(header=formatdate(universe.machine.now, usegmt=True))
    assert abs(universe.error) <= 2.1


def test_an_update_that_a_poll_waited_for_is_believed_only_if_nothing_else_tells():
    universe = Universe(600)
    universe.clock.take(Source.POLLED, int(universe.telegram.now), universe.machine.now - 5)
    assert abs(universe.error) <= 7.1
    universe.answer()
    universe.clock.take(Source.POLLED, int(universe.telegram.now) - 3000, universe.machine.now)
    assert abs(universe.error) <= 2.1


def test_a_clock_that_is_set_right_is_believed_at_once_and_one_set_wrong_found_out():
    """As on a small machine that wakes in another year, until the network tells it the time."""
    universe = Universe(-86_400 * 100)
    for _ in range(9):
        universe.answer()
    universe.set_machine(0)
    assert abs(universe.error) <= 2.1
    universe.answer()
    assert abs(universe.error) <= 2.1
    universe.set_machine(HOUR)
    universe.answer()
    assert abs(universe.error) <= 2.1


def test_when_it_began_is_told_by_telegrams_clock_however_the_machines_is_set():
    universe = Universe(600)
    began = universe.telegram.now
    universe.pass_(3)
    assert universe.clock.began == pytest.approx(began + 600)
    for _ in range(3):
        universe.answer()
    assert abs(universe.clock.began - began) <= 2.1
    universe.set_machine(0)
    universe.answer()
    assert abs(universe.clock.began - began) <= 2.1


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (600, "10 minutes ahead of Telegram's"),
        (310, "5 minutes ahead of Telegram's"),
        (91, "90 seconds ahead of Telegram's"),
        (70, "70 seconds ahead of Telegram's"),
        (-HOUR, "60 minutes behind Telegram's"),
        (-5 * HOUR, "5 hours behind Telegram's"),
        (86_400 * 40, "40 days ahead of Telegram's"),
    ],
)
def test_a_wrong_clock_is_told_of_once_in_words(ahead, said, caplog):
    universe = Universe(ahead)
    for _ in range(50):
        universe.answer()
    (told,) = caplog.records
    assert told.levelno == logging.WARNING
    assert told.getMessage().startswith(f"this machine's clock is {said}; ")


def test_each_spell_is_told_of_and_that_it_is_over(caplog):
    caplog.set_level(logging.INFO)
    universe = Universe(600)
    for ahead in (600, 0, 600):
        universe.set_machine(ahead)
        for _ in range(9):
            universe.answer()
    levels = [one.levelname for one in caplog.records]
    assert levels == ["WARNING", "INFO", "WARNING"]


def test_a_clock_that_is_right_enough_is_not_told_of(caplog):
    caplog.set_level(logging.DEBUG)
    for ahead in (0, 3, -3, 20, -40):
        universe = Universe(ahead)
        for _ in range(20):
            universe.answer(2, 2)
    assert caplog.records == []


def test_one_of_several_processes_tells(caplog):
    machine = HandClock()
    clock = TelegramClock(machine, HandClock(5), tells=False)
    for _ in range(9):
        clock.take(Source.SENT, int(machine.now) - 600, machine.now)
    assert caplog.records == []
    assert clock.machine_ahead == pytest.approx(600, abs=2.1)


def test_a_machine_without_a_clock_for_sleep_still_has_a_timer(monkeypatch):
    from bot.wire import telegram_clock  # noqa: PLC0415  # its private part is what is tested

    monkeypatch.delattr(telegram_clock.time, "CLOCK_BOOTTIME", raising=False)
    assert telegram_clock._machine_timer() > 0
