"""Drafts wait in memory, a few of each operator, and not for ever."""

from __future__ import annotations

import datetime

import pytest
from hand_clock import HandClock
from telegram import Chat, Message
from telegram.constants import ChatType

from bot.services.drafts import LIFETIME, MOST_DRAFTS, Drafts
from documents import Block, Draft
from index import Fields

OMAR, OLGA = 1, 2


def made(*names: str) -> list[Draft]:
    blocks = (Block(text="Words."),)
    return [Draft(name=name, fields=Fields(), blocks=blocks, found_in={}) for name in names]


def message(number: int) -> Message:
    day = datetime.datetime(2025, 2, 19, tzinfo=datetime.UTC)
    return Message(number, day, Chat(OMAR, ChatType.PRIVATE))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def drafts(clock: HandClock) -> Drafts:
    return Drafts(clock)


def test_one_draft_is_reviewed_after_the_other(drafts: Drafts) -> None:
    review = drafts.begin(OMAR, made("a", "b"))
    assert review
    seen = [(review.draft.name, review.number, review.total)]
    assert review.go_on()
    seen.append((review.draft.name, review.number, review.total))
    assert not review.go_on()
    assert seen == [("a", 1, 2), ("b", 2, 2)]


def test_a_review_is_found_by_its_message_and_by_those_that_ask(drafts: Drafts) -> None:
    """By its own operator only, and not once the next draft is shown."""
    review = drafts.begin(OMAR, made("a", "b"))
    assert review
    review.shown = message(7)
    review.asked[8] = "title"
    assert drafts.shown_in(OMAR, 7) is drafts.asking_in(OMAR, 8) is review
    assert drafts.shown_in(OLGA, 7) is None
    assert drafts.asking_in(OMAR, 7) is None
    review.go_on()
    assert drafts.shown_in(OMAR, 7) is None
    assert drafts.asking_in(OMAR, 8) is None


def test_no_more_drafts_wait_than_there_is_room_for(drafts: Drafts) -> None:
    """Each operator has a room of his own; what is passed over makes room."""
    first = drafts.begin(OMAR, made(*map(str, range(MOST_DRAFTS - 1))))
    second = drafts.begin(OMAR, made("x", "y", "z"))
    assert first
    assert second
    assert (first.total, second.total) == (MOST_DRAFTS - 1, 1)
    assert drafts.room(OMAR) == 0
    assert drafts.begin(OMAR, made("more")) is None
    assert drafts.room(OLGA) == MOST_DRAFTS
    first.go_on()
    assert drafts.room(OMAR) == 1
    drafts.end(second)
    assert drafts.room(OMAR) == 2


def test_what_is_not_seen_to_for_an_hour_is_dropped(drafts: Drafts, clock: HandClock) -> None:
    review = drafts.begin(OMAR, made("a"))
    assert review
    review.shown = message(7)
    clock.now += LIFETIME - 1
    assert drafts.shown_in(OMAR, 7) is review
    clock.now += LIFETIME - 1
    assert drafts.shown_in(OMAR, 7) is review
    clock.now += LIFETIME + 1
    assert drafts.shown_in(OMAR, 7) is None
    assert drafts.room(OMAR) == MOST_DRAFTS
