"""Flood limits: the chat that has had enough waits, and nobody else."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from telegram.error import BadRequest, RetryAfter

from bot.wire import rate_limiter
from bot.wire.rate_limiter import MARGIN, PerChatRateLimiter


class FakeTelegram:
    """Takes calls; refuses those it was told to, and remembers when each came."""

    def __init__(self) -> None:
        self.came: list[tuple[Any, float]] = []
        self.refusals: dict[Any, list[float]] = {}
        self.answer_after = 0.0
        self.under_way = self.most_under_way = 0

    def refuse(self, chat: Any, *seconds: float) -> None:
        """Refuse the next calls for *chat*, one for each number of seconds to wait."""
        self.refusals[chat] = list(seconds)

    async def __call__(self, chat: Any) -> bool:
        """Take a call."""
        self.came.append((chat, asyncio.get_running_loop().time()))
        if self.refusals.get(chat):
            raise RetryAfter(self.refusals[chat].pop(0))
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await asyncio.sleep(self.answer_after)
        self.under_way -= 1
        return True

    def chats(self) -> list[Any]:
        """Return whom the calls were for, in the order they came."""
        return [chat for chat, _ in self.came]


@pytest.fixture(autouse=True)
def no_margin(monkeypatch):
    monkeypatch.setattr(rate_limiter, "MARGIN", 0.0)


@pytest.fixture
def telegram_() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
def pace() -> PerChatRateLimiter:
    return PerChatRateLimiter()


@pytest.fixture
def make(telegram_, pace):
    """Return what makes a call, through *pace* unless told otherwise."""

    async def call(chat: Any = None, endpoint: str = "sendMessage", through=pace, patience=None):
        given = {} if chat is None else {"chat_id": chat}
        return await through.process_request(
            telegram_, (chat,), {}, endpoint=endpoint, data=given, rate_limit_args=patience
        )

    return call


async def soon(*calls) -> None:
    """Require that *calls* wait for nothing; all that they could wait for takes far longer."""
    async with asyncio.timeout(5):
        await asyncio.gather(*calls)


async def waiting_for(*calls) -> list[asyncio.Task[Any]]:
    """Return *calls* under way, each after the one before it has been made or waits."""
    tasks = []
    for call in calls:
        tasks.append(asyncio.create_task(call))
        await asyncio.sleep(0.01)
    assert not any(task.done() for task in tasks)
    return tasks


def end(tasks: list[asyncio.Task[Any]]) -> None:
    """Give up *tasks*, which must be waiting still."""
    assert not any(task.done() for task in tasks)
    for task in tasks:
        task.cancel()


async def test_a_refused_message_is_sent_again_after_the_pause(telegram_, make):
    telegram_.refuse(7, 0.1, 0.1)
    assert await make(7) is True
    first, _, third = (when for _, when in telegram_.came)
    assert third - first >= 0.2


async def test_of_two_refusals_at_once_the_longer_holds(telegram_, pace):
    """They were on their way together, and the shorter one comes back last."""
    telegram_.refuse(7, 0.4, 0.05)

    async def on_its_way(chat: int) -> bool:
        await asyncio.sleep(0.05)
        return await telegram_(chat)

    calls = [
        pace.process_request(on_its_way, (7,), {}, "sendMessage", {"chat_id": 7}, None)
        for _ in range(2)
    ]
    await asyncio.gather(*calls)
    (_, first), _, (_, third), _ = telegram_.came
    assert third - first >= 0.4


async def test_a_little_is_added_to_what_telegram_asks_for(telegram_, make, monkeypatch):
    """It gives whole seconds: who came back to the moment would be refused again."""
    assert 0 < MARGIN < 1
    monkeypatch.setattr(rate_limiter, "MARGIN", 0.2)
    telegram_.refuse(7, 0.05)
    await make(7)
    (_, first), (_, again) = telegram_.came
    assert again - first >= 0.25


async def test_one_chats_refusal_delays_no_other(telegram_, make):
    telegram_.refuse(7, 30)
    waiting = await waiting_for(make(7))
    await soon(*(make(chat) for chat in (8, -9, "@channel")))
    end(waiting)


async def test_a_second_message_to_a_refused_chat_waits_unasked(telegram_, make):
    telegram_.refuse(7, 30)
    end(await waiting_for(make(7), make(7)))
    assert telegram_.chats() == [7]


async def test_after_the_pause_messages_leave_one_by_one(telegram_, make):
    """All at once they would be refused once more, each."""
    telegram_.refuse(7, *[0.05] * 4)
    telegram_.answer_after = 0.01
    await asyncio.gather(*(make(7) for _ in range(4)))
    assert telegram_.most_under_way == 1
    assert len(telegram_.came) == 8


async def test_a_chat_is_the_same_however_its_number_is_written(telegram_, make):
    telegram_.refuse(-7, 30)
    end(await waiting_for(make(-7), make("-7")))
    assert telegram_.chats() == [-7]


async def test_who_would_wait_too_long_is_told_at_once(telegram_, make):
    """Its place is needed by somebody else; and Telegram is not asked in vain."""
    telegram_.refuse(7, 300)
    with pytest.raises(RetryAfter):
        await make(7)
    with pytest.raises(RetryAfter) as refused:
        await make(7)
    assert 299 <= refused.value.retry_after <= 300
    assert telegram_.chats() == [7]
    await soon(make(8))


async def test_a_call_may_say_how_long_it_can_wait(telegram_, make):
    telegram_.refuse(7, 2)
    with pytest.raises(RetryAfter):
        await make(7, patience=1)
    telegram_.refuse(None, 2)
    with pytest.raises(RetryAfter):
        await make(endpoint="getMe", patience=1)


async def test_another_error_is_not_repeated(make, telegram_, pace):
    async def refused(chat: Any) -> bool:
        telegram_.came.append((chat, 0.0))
        raise BadRequest("chat not found")

    with pytest.raises(BadRequest):
        await pace.process_request(refused, (7,), {}, "sendMessage", {"chat_id": 7}, None)
    assert telegram_.chats() == [7]
    await soon(make(7))


async def test_the_profile_is_set_once_whatever_comes_of_it(telegram_, make):
    """Telegram can make a bot wait for hours before it may call itself something again."""
    telegram_.refuse(None, 0.01)
    with pytest.raises(RetryAfter):
        await make(endpoint="setMyDescription")
    assert len(telegram_.came) == 1


async def test_a_query_is_answered_at_once_or_after_a_moment_or_not(telegram_, make):
    telegram_.refuse(None, 0.05)
    await soon(make(endpoint="answerInlineQuery"))
    assert len(telegram_.came) == 2
    telegram_.refuse(None, 6)
    with pytest.raises(RetryAfter):
        await make(endpoint="answerCallbackQuery")


async def test_a_query_waits_neither_for_messages_nor_for_other_queries(telegram_):
    busy = PerChatRateLimiter(per_second=1, group_per_minute=1)
    telegram_.refuse(None, 4)

    async def query() -> object:
        return await busy.process_request(telegram_, (None,), {}, "answerInlineQuery", {}, None)

    async def message(chat: int) -> object:
        return await busy.process_request(
            telegram_, (chat,), {}, "sendMessage", {"chat_id": chat}, None
        )

    refused = await waiting_for(query())
    messages = [asyncio.create_task(message(chat)) for chat in range(9)]
    await soon(query(), query())
    assert not messages[-1].done()
    end(refused)
    for one in messages:
        one.cancel()


async def test_a_refused_question_about_a_chat_holds_up_itself_alone(telegram_, make):
    telegram_.refuse(-7, 30)
    waiting = await waiting_for(make(-7, endpoint="getChatAdministrators"))
    await soon(make(-7), make(-7, endpoint="getChat"))
    end(waiting)


async def test_messages_are_spread_over_the_second(telegram_, make):
    limited = PerChatRateLimiter(per_second=20)
    await soon(*(make(chat, through=limited) for chat in range(1, 21)))
    began = asyncio.get_running_loop().time()
    await asyncio.gather(*(make(chat, through=limited) for chat in range(1, 5)))
    assert asyncio.get_running_loop().time() - began > 0.1


@pytest.mark.parametrize("per_second", [0.4, 1 / 64, 1.5])
async def test_a_share_of_less_than_one_message_lets_that_one_through(telegram_, make, per_second):
    """One of many workers has little of the limit, and is not struck dumb."""
    shared = PerChatRateLimiter(per_second, group_per_minute=per_second)
    await soon(make(-7, through=shared))
    end(await waiting_for(make(-7, through=shared)))


async def test_the_time_in_a_groups_line_is_not_counted_as_patience(telegram_, make):
    limited = PerChatRateLimiter(0, group_per_minute=600)  # ten a second
    await soon(*(make(-7, through=limited) for _ in range(600)))
    telegram_.refuse(-7, 0.05)
    # It waits a tenth of a second for its turn, and more than a moment for Telegram.
    assert await make(-7, through=limited, patience=0.2) is True


async def test_a_call_that_sends_nothing_releases_its_slot_while_it_waits(telegram_, make):
    slot_released = []

    @contextlib.contextmanager
    def standing() -> Iterator[None]:
        slot_released.append("in")
        yield
        slot_released.append("out")

    telegram_.refuse(None, 0.01)
    await make(endpoint="getChatAdministrators", through=PerChatRateLimiter(slot_released=standing))
    assert slot_released == ["in", "out"]


async def test_a_groups_minute_holds_only_so_many_and_a_persons_any(telegram_, make):
    limited = PerChatRateLimiter(group_per_minute=2)
    await soon(*(make(-7, through=limited) for _ in range(2)))
    third = await waiting_for(make("-7", through=limited))
    await soon(make(-8, through=limited), *(make(7, through=limited) for _ in range(5)))
    end(third)


@pytest.mark.parametrize("endpoint", ["editMessageText", "copyMessage", "forwardMessage"])
async def test_whatever_puts_words_in_a_group_waits_in_its_line(telegram_, make, endpoint):
    """Telegram counts changed messages as it does sent ones."""
    limited = PerChatRateLimiter(group_per_minute=2)
    await soon(make(-7, through=limited), make(-7, endpoint, through=limited))
    end(await waiting_for(make(-7, endpoint, through=limited)))


async def test_without_limits_nothing_waits(telegram_, make):
    unlimited = PerChatRateLimiter(0, 0)
    await soon(*(make(-7, through=unlimited) for _ in range(100)))


async def test_what_was_written_to_long_ago_is_forgotten(telegram_, make):
    """A bot that has spoken in a hundred thousand groups must not remember each."""
    quick = PerChatRateLimiter(0, group_per_minute=600_000)  # a group has room again after 0.1 ms
    for group in range(1, 1500):
        telegram_.refuse(-group, 0.0)
        await make(-group, through=quick)
    for person in range(1, 500):
        telegram_.refuse(person, 0.2)
        with pytest.raises(RetryAfter):
            await make(person, through=quick, patience=0.1)
    await asyncio.sleep(0.3)
    telegram_.refuse(1, 0.0)
    await make(1, through=quick)
    assert len(quick._groups) < rate_limiter.GROUPS_KEPT + 50
    assert len(quick._paused) < 50


async def test_when_many_chats_are_refused_all_wait(telegram_, make):
    """Then it is the bot that has had enough; a refusal for each chat would only prolong it."""
    for chat in range(1, 6):
        telegram_.refuse(chat, 30)
    flooded = await waiting_for(*(make(chat) for chat in range(1, 6)))
    others = await waiting_for(*(make(chat) for chat in range(100, 105)))
    assert len(telegram_.came) == 5
    await soon(make(endpoint="answerInlineQuery"), make(endpoint="getMe"))
    end(flooded + others)


async def test_a_flood_of_all_chats_is_sat_out_for_no_longer_than_a_message_waits(
    telegram_, make, monkeypatch
):
    """Telegram may name hours, but to one chat; others are tried again after a minute at most."""
    monkeypatch.setattr(rate_limiter, "LONGEST_WAIT", 0.2)
    for chat in range(1, 6):
        telegram_.refuse(chat, 7200)
        with pytest.raises(RetryAfter):
            await make(chat)
    await soon(make(200))
    (_, last), (_, next_) = telegram_.came[-2:]
    assert next_ - last >= 0.15, "it waited for nothing"


def test_a_message_waits_for_a_minute_and_a_query_for_moments():
    """Longer, and whoever asked has moved on; a query is forgotten by then."""
    assert rate_limiter.LONGEST_WAIT == 60
    assert rate_limiter.LONGEST_QUERY_WAIT == 5


async def test_a_flood_that_is_over_is_forgotten(telegram_, make):
    for chat in range(1, 6):
        telegram_.refuse(chat, 0.1)
    await soon(*(make(chat) for chat in range(1, 11)))
    await soon(make(200))


async def test_a_message_that_waits_for_its_chat_releases_its_slot(telegram_, make):
    standing = 0

    @contextlib.contextmanager
    def slot_released() -> Iterator[None]:
        nonlocal standing
        standing += 1
        try:
            yield
        finally:
            standing -= 1

    small_talk_reply = PerChatRateLimiter(0, group_per_minute=3, slot_released=slot_released)
    await soon(*(make(-8, through=small_talk_reply) for _ in range(3)))
    assert standing == 0
    telegram_.refuse(7, 30)
    waiting = await waiting_for(
        *(make(7, through=small_talk_reply) for _ in range(3)), make(-8, through=small_talk_reply)
    )
    assert standing == 3 + 1
    end(waiting)
    await asyncio.gather(*waiting, return_exceptions=True)
    assert standing == 0


async def test_who_gives_up_waiting_holds_up_nobody(telegram_, make):
    telegram_.refuse(7, 0.1)
    first, second, third = (asyncio.create_task(make(7)) for _ in range(3))
    await asyncio.sleep(0.02)
    first.cancel()
    second.cancel()
    async with asyncio.timeout(5):
        assert await third is True
