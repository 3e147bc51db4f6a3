"""What a refused or failed reply leads to: in the chat, in the log, and in the day's errors."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from patience import until
from telegram.error import TimedOut
from telegram_standin import (
    Chat,
    Drop,
    Flood,
    Message,
    Moved,
    Refuse,
    ServerError,
    Slow,
    TelegramStandIn,
    User,
)

from bot import assembly
from bot.handlers import errors
from bot.i18n.strings import strings_of
from bot.wire import retry
from bot.wire.http_client import AiohttpRequest, NeverSent, PerhapsReceived

SAY, URDU = strings_of("en"), strings_of("ur")
FERRIES, BOATS = "Ferries to the harbour", "Fishing boats"
#: What Telegram says to a bot that a person has blocked, or a group has removed.
BLOCKED = Refuse(403, "Forbidden: bot was blocked by the user")

Watched = Callable[..., AbstractAsyncContextManager[User]]


@pytest.fixture(autouse=True)
def one_further_try(monkeypatch) -> None:
    """Let a reply be tried twice, at once."""
    monkeypatch.setattr(retry, "PAUSES", (0,))


@pytest.fixture
def watched(telegram: TelegramStandIn, running, caplog) -> Watched:
    """Return what runs the bot with an operator, and keeps what it logs."""

    @asynccontextmanager
    async def run(**settings) -> AsyncIterator[User]:
        caplog.set_level(logging.DEBUG, errors.__name__)
        operator = telegram.user("Omar")
        async with running(admins=frozenset({operator.id}), **settings):
            yield operator

    return run


async def errors_of_today(telegram: TelegramStandIn, operator: User) -> int:
    """Return how many errors the operator is told of."""
    private = telegram.private_chat(operator)
    telegram.say(private, operator, "/status")
    (today,) = (
        line for line in (await telegram.reply(private)).text.splitlines() if "errors" in line
    )
    return int(today.rsplit(" ", 2)[1])


async def refused(telegram: TelegramStandIn, chat: Chat, sent: int) -> None:
    """Wait until the bot has tried *sent* messages, and is done with the update."""
    await until(lambda: len(telegram.calls_of("sendMessage")) >= sent)
    await telegram.quiet(chat)
    assert len(telegram.calls_of("sendMessage")) == sent


def told(caplog) -> list[tuple[int, str]]:
    """Return what the module logs, and how loud."""
    ours = [one for one in caplog.records if one.name == errors.__name__]
    return [(one.levelno, one.getMessage()) for one in ours]


async def test_a_person_who_blocked_the_bot_is_no_error_and_is_written_to_once(
    telegram, watched, caplog
):
    async with watched() as operator:
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("sendMessage", BLOCKED)
        telegram.say(private, amina, "ferries")
        await refused(telegram, private, 1)
        assert await errors_of_today(telegram, operator) == 0
        telegram.say(private, amina, "ferries")
        assert FERRIES in (await telegram.reply(private)).text
    assert told(caplog) == [(logging.INFO, "a chat does not let the bot write any more")]


async def test_a_flood_that_outlasts_patience_is_counted_and_no_apology_prolongs_it(
    telegram, watched, caplog
):
    async with watched() as operator:
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("sendMessage", Flood(retry_after=3600))
        telegram.say(private, amina, "ferries")
        await refused(telegram, private, 1)
        assert await errors_of_today(telegram, operator) == 1
    ((level, line),) = told(caplog)
    assert level == logging.WARNING
    assert "took no more messages" in line


async def test_a_group_that_moved_unheard_of_keeps_its_settings_and_nothing_is_an_error(
    telegram, watched, caplog
):
    """The refusal of a change may be the first that the bot hears of the group's new number."""
    async with watched() as operator:
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom", administrators=[amina], kind="group")
        supergroup = telegram.group("Newsroom", administrators=[amina])
        telegram.say(group, amina, "/settings@OnRecordBot")
        settings = await telegram.reply(group)
        telegram.press(amina, settings, "اردو")
        await telegram.edited(settings)
        telegram.fail("editMessageText", Moved(supergroup.id))
        telegram.press(amina, settings, URDU.settings_button_commands)
        await until(lambda: len(telegram.calls_of("editMessageText")) == 2)
        await telegram.quiet(group)
        telegram.say(supergroup, amina, "/ask ferries")
        assert URDU.attribution_direct in (await telegram.reply(supergroup)).text
        assert await errors_of_today(telegram, operator) == 0
    assert told(caplog) == []


async def test_a_reply_that_telegram_refuses_is_apologised_for_in_private(
    telegram, watched, caplog
):
    """The operator finds the update's number and the refusal, and not the question."""
    async with watched() as operator:
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("sendMessage", Refuse(400, "Bad Request: made for this test"))
        telegram.say(private, amina, "a confidential question of ferries")
        assert (await telegram.reply(private)).text == SAY.trouble
        assert await errors_of_today(telegram, operator) == 1
    ((level, line),) = told(caplog)
    assert level == logging.ERROR
    assert line.split()[1].isdecimal()
    assert "Made for this test" in caplog.text
    assert "confidential" not in caplog.text


async def test_in_a_group_a_refused_reply_is_counted_and_not_spoken_of(telegram, watched):
    async with watched() as operator:
        group = telegram.group("Newsroom")
        telegram.fail("sendMessage", Refuse(400, "Bad Request: made for this test"))
        telegram.say(group, telegram.user("Amina"), "/ask ferries")
        await refused(telegram, group, 1)
        assert await errors_of_today(telegram, operator) == 1


async def test_an_apology_that_is_refused_too_is_the_end_of_it(telegram, watched, caplog):
    async with watched() as operator:
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("sendMessage", Refuse(400, "Bad Request: made for this test"), times=2)
        telegram.say(private, amina, "ferries")
        await refused(telegram, private, 2)
        assert await errors_of_today(telegram, operator) == 1
    assert [level for level, _ in told(caplog)] == [logging.ERROR] * 2
    assert told(caplog)[1][1] == "nor could the user be told (BadRequest)"


async def test_an_apology_is_tried_again_like_any_reply(telegram, watched):
    async with watched():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("sendMessage", Refuse(400, "Bad Request: made for this test"))
        telegram.fail("sendMessage", ServerError(502))
        telegram.say(private, amina, "ferries")
        assert (await telegram.reply(private)).text == SAY.trouble


async def received(telegram: TelegramStandIn, private: Chat, times: int) -> list[Message]:
    """Return the *times* messages that came, and require that no more do."""
    came = [await telegram.reply(private) for _ in range(times)]
    await telegram.quiet(private)
    return came


async def test_a_reply_whose_confirmation_is_lost_each_time_is_not_called_missing(
    telegram, watched, caplog
):
    """It is there, above; to say that it is not would be false."""
    async with watched() as operator:
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("sendMessage", Drop(after=True), times=2)
        telegram.say(private, amina, "ferries")
        assert all(FERRIES in one.text for one in await received(telegram, private, 2))
        assert await errors_of_today(telegram, operator) == 1
    ((level, line),) = told(caplog)
    assert level == logging.WARNING
    assert "did not confirm" in line


async def test_a_reply_that_telegram_is_slow_to_confirm_is_not_called_missing(
    telegram, watched, caplog, monkeypatch
):
    """Nor is it sent again."""

    def hasty(**options):
        return AiohttpRequest(**options | {"read_timeout": 0.3})

    monkeypatch.setattr(assembly, "AiohttpRequest", hasty)
    async with watched() as operator:
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("sendMessage", Slow(1))
        telegram.say(private, amina, "ferries")
        (came,) = await received(telegram, private, 1)
        assert FERRIES in came.text
        await until(lambda: told(caplog))
        assert await errors_of_today(telegram, operator) == 1
    ((level, line),) = told(caplog)
    assert level == logging.WARNING
    assert "did not confirm" in line


async def test_a_reply_that_certainly_never_left_is_apologised_for(telegram, watched):
    async with watched() as operator:
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("sendMessage", ServerError(500), times=2)
        telegram.say(private, amina, "ferries")
        assert (await telegram.reply(private)).text == SAY.trouble
        assert await errors_of_today(telegram, operator) == 1


async def test_a_poll_that_fails_is_no_error_of_the_day(telegram, watched, caplog):
    async with watched() as operator:
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("getUpdates", ServerError(502))
        telegram.say(private, amina, "fishing boats")
        assert BOATS in (await telegram.reply(private, timeout=15)).text
        assert await errors_of_today(telegram, operator) == 0
    assert {level for level, _ in told(caplog)} == {logging.DEBUG}


@pytest.mark.parametrize(("cause", "apologises"), [(NeverSent, True), (PerhapsReceived, False)])
async def test_a_call_that_timed_out_before_it_was_sent_did_not_arrive(cause, apologises):
    """Waiting for a free connection times out too."""
    late = TimedOut()
    late.__cause__ = cause("no connection in time")
    assert errors._may_have_arrived(late) is not apologises
