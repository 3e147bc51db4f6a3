"""The queue of updates: oldest first, and what it does when more is asked than can be answered."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count
from typing import Any

import pytest
from hand_clock import HandClock
from patience import until
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, TypeHandler
from telegram_standin import TelegramStandIn

from bot.state.state import State
from bot.wire.claims import Claim, Claims
from bot.wire.http_client import AiohttpRequest
from bot.wire.update_queue import CROWDED, INLINE_SECONDS, DrainingApplication, UpdateQueue

NUMBERS = count(1)
AMINA = {"id": 5, "is_bot": False, "first_name": "Amina"}
BASHIR = {"id": 6, "is_bot": False, "first_name": "Bashir"}


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def update_queue(clock) -> UpdateQueue:
    return UpdateQueue(at_once=1000, clock=clock)


def update(**content: Any) -> Update:
    return Update.de_json({"update_id": next(NUMBERS), **content}, None)


def message(text: str, *, kind: str = "message", number: int = 0, group: bool = False) -> Update:
    chat = {"id": -7, "type": "supergroup", "title": "N"} if group else {"id": 5, "type": "private"}
    number = number or next(NUMBERS)
    said = {"message_id": number, "date": 1, "chat": chat, "from": AMINA, "text": text}
    return update(**{kind: said})


def inline(text: str, person: dict[str, Any] = AMINA) -> Update:
    return update(inline_query={"id": "1", "from": person, "query": text, "offset": ""})


def press() -> Update:
    return update(callback_query={"id": "1", "from": AMINA, "chat_instance": "1", "data": "n"})


def words(item: object) -> str:
    """Return what *item* asks."""
    if not isinstance(item, Update):
        return str(item)
    if item.inline_query:
        return item.inline_query.query
    return (item.effective_message.text or "") if item.effective_message else "press"


def drained(update_queue: UpdateQueue) -> list[str]:
    """Take out all there is; return what was asked, in the order it came out."""
    out = []
    while not update_queue.empty():
        with contextlib.suppress(asyncio.QueueEmpty):
            out.append(words(update_queue.get_nowait()))
            update_queue.task_done()
    return out


def test_in_ordinary_times_the_oldest_comes_first(update_queue):
    for number in range(CROWDED):
        update_queue.put_nowait(message(str(number)))
    assert not update_queue.crowded
    assert drained(update_queue) == [str(number) for number in range(CROWDED)]


def test_in_a_crowd_the_newest_comes_first_until_it_thins(update_queue):
    for number in range(CROWDED + 3):
        update_queue.put_nowait(message(str(number)))
    assert update_queue.crowded
    out = drained(update_queue)
    assert out[:3] == [str(CROWDED + 2), str(CROWDED + 1), str(CROWDED)]
    assert out[3:] == [str(number) for number in range(CROWDED)]
    assert not update_queue.crowded
    assert update_queue.dropped == 0


def test_of_a_persons_keystrokes_only_the_last_is_kept(update_queue):
    for text in ("h", "ha", "har"):
        update_queue.put_nowait(inline(text))
        update_queue.put_nowait(inline(text.upper(), BASHIR))
    assert drained(update_queue) == ["har", "HAR"]
    update_queue.put_nowait(inline("harb"))
    assert drained(update_queue) == ["harb"], "the ones before were given out"
    assert update_queue.dropped == 0, "nobody waited for them"


def test_an_inline_query_that_telegram_has_forgotten_is_let_go(update_queue, clock, caplog):
    update_queue.put_nowait(inline("old"))
    update_queue.put_nowait(message("also old"))
    clock.now += INLINE_SECONDS - 10
    update_queue.put_nowait(inline("newer", BASHIR))
    clock.now += 11
    assert drained(update_queue) == ["also old", "newer"]
    assert update_queue.dropped == 1
    assert "inline query waited" in caplog.text


def test_of_a_message_and_its_edits_only_the_last_words_are_answered(update_queue):
    """Newest first, the old words would otherwise be answered after the new ones, over them."""
    update_queue.put_nowait(message("harbuor", number=3))
    update_queue.put_nowait(message("ferries", number=4))
    update_queue.put_nowait(message("harbour", number=3, kind="edited_message"))
    update_queue.put_nowait(message("railway", number=3, group=True))
    assert drained(update_queue) == ["ferries", "harbour", "railway"]


def test_an_edit_of_what_nobody_has_seen_is_a_new_message(update_queue):
    """A command that was corrected before it was read is heard; in an edit it would not be."""
    update_queue.put_nowait(message("/sorces", number=3))
    update_queue.put_nowait(message("/sources", number=3, kind="edited_message"))
    update_queue.put_nowait(message("/sources please", number=3, kind="edited_message"))
    update = update_queue.get_nowait()
    assert update.edited_message is None
    assert update.message.text == "/sources please"
    update_queue.put_nowait(message("/sources now", number=3, kind="edited_message"))
    assert update_queue.get_nowait().edited_message.text == "/sources now"


def test_an_edit_of_a_post_that_nobody_has_seen_is_a_new_post(update_queue):
    update_queue.put_nowait(message("/sorces", number=4, kind="channel_post", group=True))
    update_queue.put_nowait(message("/sources", number=4, kind="edited_channel_post", group=True))
    update = update_queue.get_nowait()
    assert update.edited_channel_post is None
    assert update.channel_post.text == "/sources"


def test_where_there_is_no_room_the_oldest_of_groups_and_inline_go_first(clock):
    update_queue = UpdateQueue(1000, most=4, clock=clock)
    asked = [
        message("private 1"),
        message("group 1", group=True),
        press(),
        inline("inline 1"),
        message("private 2"),
        message("group 2", group=True),
    ]
    for one in asked:
        update_queue.put_nowait(one)
    assert [words(one) for one in asked[:1] + asked[2:3] + asked[4:]] == drained(update_queue)
    assert update_queue.dropped == 2


def test_where_only_people_in_private_wait_the_oldest_of_them_goes(clock):
    update_queue = UpdateQueue(1000, most=3, clock=clock)
    for number in range(5):
        update_queue.put_nowait(message(str(number)))
    assert drained(update_queue) == ["2", "3", "4"]


@pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post", "guest_message"])
def test_what_is_said_in_public_is_let_go_before_a_question_in_private(clock, kind):
    """Posts, and calls of a guest from some other chat; though the question came before them."""
    update_queue = UpdateQueue(1000, most=1, clock=clock)
    update_queue.put_nowait(message("private"))
    update_queue.put_nowait(message("public", kind=kind, group=True))
    assert drained(update_queue) == ["private"]


def test_losses_are_told_once_a_spell_with_their_number(clock, caplog):
    update_queue = UpdateQueue(1000, most=2, clock=clock)
    for spell in (5, 3):
        caplog.clear()
        for number in range(2 + spell):
            update_queue.put_nowait(message(str(number)))
        drained(update_queue)
        told = [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]
        assert len(told) == 2
        assert "more than 2" in told[0]
        assert told[1].startswith(f"{spell} updates")
    assert update_queue.dropped == 8


def test_what_is_no_update_gets_through_after_all_updates(clock):
    update_queue = UpdateQueue(1000, most=2, clock=clock)
    update_queue.put_nowait(message("1"))
    update_queue.put_nowait("stop")
    for number in range(2, 5):
        update_queue.put_nowait(message(str(number)))
    assert drained(update_queue) == ["3", "4", "stop"]


async def test_every_update_is_accounted_for_at_the_end(clock):
    """The library waits at its end for all of them; one that is dropped must not hold it up."""
    update_queue = UpdateQueue(1000, most=3, clock=clock)
    for number in range(6):
        update_queue.put_nowait(message(str(number), group=True))
        update_queue.put_nowait(inline(str(number)))
    clock.now += 60
    update_queue.put_nowait(message("last"))
    drained(update_queue)
    async with asyncio.timeout(1):
        await update_queue.join()
    with pytest.raises(ValueError, match="too many"):
        update_queue.task_done()


async def test_no_more_are_given_out_than_are_worked_on():
    update_queue = UpdateQueue(at_once=2)
    for number in range(3):
        await update_queue.put(message(str(number)))
    assert [words(await update_queue.get()) for _ in range(2)] == ["0", "1"]
    third = asyncio.create_task(update_queue.get())
    await asyncio.sleep(0)
    assert not third.done()
    update_queue.task_done()
    assert words(await third) == "2"


async def test_the_choice_is_made_when_a_place_is_free_and_not_before(clock):
    update_queue = UpdateQueue(at_once=1, clock=clock)
    await update_queue.put(message("first"))
    await update_queue.get()
    waiting = asyncio.create_task(update_queue.get())
    await asyncio.sleep(0)
    await update_queue.put(inline("h"))
    await update_queue.put(inline("harbour"))
    update_queue.task_done()
    assert words(await waiting) == "harbour"


async def test_when_all_that_waited_has_expired_the_next_is_waited_for(clock):
    update_queue = UpdateQueue(at_once=1, clock=clock)
    await update_queue.put(inline("h"))
    clock.now += 60
    waiting = asyncio.create_task(update_queue.get())
    await asyncio.sleep(0)
    assert not waiting.done()
    await update_queue.put(message("ferries"))
    assert words(await waiting) == "ferries"


async def test_one_that_stands_aside_leaves_its_place_to_another():
    update_queue = UpdateQueue(at_once=1)
    for number in range(3):
        await update_queue.put(message(str(number)))
    await update_queue.get()
    second = asyncio.create_task(update_queue.get())
    await asyncio.sleep(0)
    assert not second.done()
    with update_queue.slot_released():
        assert words(await second) == "1"
    third = asyncio.create_task(update_queue.get())
    update_queue.task_done()
    await asyncio.sleep(0)
    assert not third.done(), "the one that had released its slot is at work again"
    update_queue.task_done()
    await third


# With the library's application.

Handle = Callable[[Update, Any], Awaitable[None]]


@contextlib.asynccontextmanager
async def working(
    telegram: TelegramStandIn, update_queue: UpdateQueue, handle: Handle
) -> AsyncIterator[Application]:  # type: ignore[type-arg]
    application = (
        ApplicationBuilder()
        .application_class(DrainingApplication)
        .token(telegram.token)
        .base_url(telegram.base_url)
        .request(AiohttpRequest())
        .get_updates_request(AiohttpRequest())
        .updater(None)
        .update_queue(update_queue)
        .concurrent_updates(64)
        .build()
    )
    application.add_handler(TypeHandler(Update, handle))
    async with application:
        await application.start()
        try:
            yield application
        finally:
            async with asyncio.timeout(5):
                await application.stop()


async def test_the_library_works_on_so_many_at_once_and_no_more(telegram):
    """Left to itself it takes all from the queue, where newest first would come too late."""
    update_queue = UpdateQueue(at_once=4)
    at_work = most = 0
    order: list[str] = []
    at_work_on_four = asyncio.Event()

    async def handle(update: Update, _: Any) -> None:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        order.append(words(update))
        if len(order) == 4:
            at_work_on_four.set()
        await asyncio.sleep(0.002)
        at_work -= 1

    for number in range(CROWDED + 20):
        await update_queue.put(message(str(number)))
    async with working(telegram, update_queue, handle):
        await at_work_on_four.wait()
        await update_queue.put(message("just now"))
    assert most == 4
    assert order[0] == str(CROWDED + 19)
    assert order.index("just now") < 8
    assert len(order) == CROWDED + 21, "none was lost when it stopped"


async def test_a_handler_that_fails_gives_its_place_back(telegram, caplog):
    update_queue = UpdateQueue(at_once=1)
    done = asyncio.Event()

    async def handle(update: Update, _: Any) -> None:
        if words(update) == "breaks":
            raise ZeroDivisionError("made for this test")
        done.set()

    async with working(telegram, update_queue, handle):
        await update_queue.put(message("breaks"))
        await update_queue.put(message("works"))
        async with asyncio.timeout(2):
            await done.wait()
    assert "made for this test" in caplog.text


async def test_a_bot_that_stops_answers_what_waits_but_not_for_ever(telegram, monkeypatch, caplog):
    monkeypatch.setattr("bot.wire.update_queue.STOP_SECONDS", 0.2)
    update_queue = UpdateQueue(at_once=1)
    answered = asyncio.Event()
    done: list[str] = []

    async def handle(update: Update, _: Any) -> None:
        if words(update) == "3":
            asyncio.get_running_loop().call_later(0.4, answered.set)
            await answered.wait()
        done.append(words(update))

    async with working(telegram, update_queue, handle):
        for number in range(20):
            await update_queue.put(message(str(number)))
    assert done == ["0", "1", "2", "3"]
    assert update_queue.dropped == 16
    assert "16 updates were dropped" in caplog.text


# What becomes of each update, for other processes.


@pytest.fixture
def claims() -> Claims:
    return Claims(State.open(None))


async def test_an_update_is_handled_when_its_handlers_are_through(telegram, claims):
    update_queue = UpdateQueue(at_once=4, claims=claims)
    asked = [message("works"), message("breaks")]
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def handle(update: Update, _: Any) -> None:
        begun.set()
        await go_on.wait()
        if words(update) == "breaks":
            raise ZeroDivisionError("made for this test")

    claims.take(asked)
    async with working(telegram, update_queue, handle):
        for one in asked:
            await update_queue.put(one)
        await begun.wait()
        assert all(claims.is_under_way(one.update_id) for one in asked)
        go_on.set()
    assert claims.take(asked) == [Claim.HANDLED] * 2


async def test_what_is_given_up_when_the_bot_stops_is_for_another_process(
    telegram, claims, monkeypatch
):
    """What did not begin is free at once, what was broken off when its claim has run out."""
    monkeypatch.setattr("bot.wire.update_queue.STOP_SECONDS", 0.05)
    monkeypatch.setattr("bot.wire.update_queue.LAST_SECONDS", 0.05)
    update_queue = UpdateQueue(at_once=1, claims=claims)
    asked = [message("begun"), message("waiting")]

    async def handle(_: Update, __: Any) -> None:
        await asyncio.Event().wait()

    claims.take(asked)
    async with working(telegram, update_queue, handle):
        for one in asked:
            await update_queue.put(one)
        await until(lambda: update_queue.qsize() == 1)
    assert claims.take(asked) == [Claim.HERE, Claim.OURS]


def test_what_a_later_update_made_pointless_is_handled_with_it(claims, clock):
    """Not before: after a kill both come again, and the edit alone would not be answered."""
    update_queue = UpdateQueue(1000, clock=clock, claims=claims)
    first = message("/sorces", number=3)
    edits = [message(text, number=3, kind="edited_message") for text in ("/source", "/sources")]
    claims.take([first, *edits])
    for one in (first, *edits):
        update_queue.put_nowait(one)
    assert claims.is_under_way(first.update_id)
    given = update_queue.get_nowait()
    assert isinstance(given, Update)
    update_queue.end(given)
    assert claims.take([first, *edits]) == [Claim.HANDLED] * 3


def test_what_is_dropped_for_want_of_room_does_not_come_again(claims, clock):
    update_queue = UpdateQueue(1000, most=1, clock=clock, claims=claims)
    asked = [message("old", group=True), message("new")]
    claims.take(asked)
    for one in asked:
        update_queue.put_nowait(one)
    assert claims.take(asked) == [Claim.HANDLED, Claim.HERE]
