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
from bot.services import refusals
from bot.wire import retry
from bot.wire.http_client import AiohttpRequest, NeverSent, PerhapsReceived

SAY, URDU = strings_of("en"), strings_of("ur")
FERRIES, BOATS = "Ferries to the harbour", "Fishing boats"
#: Those that log what became of a refusal.
MODULES = (errors.__name__, refusals.__name__)
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
        for module in MODULES:
            caplog.set_level(logging.DEBUG, module)
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


async def tried(telegram: TelegramStandIn, method: str, times: int) -> None:
    """Wait until the bot has called *method* so often, and knows what came of it."""
    await until(lambda: len(telegram.calls_of(method)) >= times)
    assert len(telegram.calls_of(method)) == times


def told(caplog) -> list[tuple[int, str]]:
    """Return what is logged of refusals, and how loud; a traceback comes with errors alone."""
    ours = [one for one in caplog.records if one.name in MODULES]
    assert all(one.levelno == logging.ERROR for one in ours if one.exc_info)
    return [(one.levelno, one.getMessage()) for one in ours]


def quietly(chat: Chat, reason: str) -> tuple[int, str]:
    """Return the one line that a chat is told of with."""
    return logging.INFO, f"chat {chat.id}: {reason} (told once a day)"


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        ("not enough rights to send text messages to the chat", "texts may not be sent there"),
        ("have no rights to send a message", "the bot may not write there"),
        (
            "need administrator rights in the channel chat",
            "only administrators may write there, and the bot is none",
        ),
        ("CHAT_WRITE_FORBIDDEN", "the bot may not write there"),
        ("CHAT_RESTRICTED", "Telegram has restricted the chat"),
        ("CHAT_ADMIN_REQUIRED", "only administrators may write there, and the bot is none"),
        ("CHAT_SEND_PLAIN_FORBIDDEN", "texts may not be sent there"),
        ("TOPIC_CLOSED", "the topic is closed"),
        ("message thread not found", "the topic was deleted"),
        ("chat not found", "there is no such chat that the bot could see"),
    ],
)
async def test_a_group_where_it_may_not_write_is_one_quiet_line_and_no_error(
    telegram, watched, caplog, refusal, reason
):
    """A server's 403 reaches bots as a 400: ``process_send_message_fail_error`` in tdlib."""
    async with watched() as operator:
        group, amina = telegram.group("Newsroom"), telegram.user("Amina")
        telegram.fail("sendMessage", Refuse(400, f"Bad Request: {refusal}"), times=3)
        for words in ("ferries", "fishing boats", "coastal railway"):
            telegram.say(group, amina, f"/ask {words}")
        await refused(telegram, group, 3)
        assert await errors_of_today(telegram, operator) == 0
    assert told(caplog) == [quietly(group, reason)]


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        ("message can't be edited", "the message there can no longer be changed"),
        ("MESSAGE_AUTHOR_REQUIRED", "the message there can no longer be changed"),
        ("CHAT_WRITE_FORBIDDEN", "the bot may not write there"),
        ("TOPIC_CLOSED", "the topic is closed"),
    ],
)
async def test_a_press_that_may_change_nothing_is_one_quiet_line_and_no_error(
    telegram, watched, caplog, refusal, reason
):
    async with watched() as operator:
        group, amina = telegram.group("Newsroom"), telegram.user("Amina")
        telegram.say(group, amina, "/ask ferries")
        reply = await telegram.reply(group)
        telegram.fail("editMessageText", Refuse(400, f"Bad Request: {refusal}"), times=2)
        for times in (1, 2):
            telegram.press(amina, reply, SAY.button_context)
            await tried(telegram, "editMessageText", times)
        await telegram.quiet(group)
        assert await errors_of_today(telegram, operator) == 0
    assert told(caplog) == [quietly(group, reason)]


async def test_an_edited_question_whose_answer_can_no_longer_be_changed_is_no_error(
    telegram, watched, caplog
):
    async with watched() as operator:
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        asked = telegram.say(private, amina, "ferries")
        await telegram.reply(private)
        telegram.fail("editMessageText", Refuse(400, "Bad Request: message can't be edited"))
        telegram.edit(asked, "fishing boats")
        await tried(telegram, "editMessageText", 1)
        await telegram.quiet(private)
        assert await errors_of_today(telegram, operator) == 0
    assert told(caplog) == [quietly(private, "the message there can no longer be changed")]


@pytest.mark.parametrize("refusal", ["message thread not found", "TOPIC_DELETED"])
async def test_in_private_an_answer_whose_topic_is_gone_is_sent_outside_of_it(
    running_on, caplog, refusal
):
    """A person deletes a topic between the question and its answer."""
    async with TelegramStandIn(private_topics=True) as telegram, running_on(telegram):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        topic = telegram.topic(private, "Ports", amina)
        telegram.fail("sendMessage", Refuse(400, f"Bad Request: {refusal}"))
        telegram.say(private, amina, "ferries", topic=topic)
        assert FERRIES in (await telegram.reply(private)).text
        first, second = telegram.calls_of("sendMessage")
        assert first.parameters["message_thread_id"]
        assert "message_thread_id" not in second.parameters
    assert told(caplog) == []


async def test_a_guest_who_may_not_be_answered_there_is_no_error(telegram, watched, caplog):
    async with watched() as operator:
        foreign, amina = telegram.foreign_group("Elsewhere"), telegram.user("Amina")
        telegram.fail("answerGuestQuery", Refuse(400, "Bad Request: CHAT_SEND_INLINE_FORBIDDEN"))
        telegram.call_guest(foreign, amina, "@OnRecordBot ferries")
        await tried(telegram, "answerGuestQuery", 1)
        await telegram.quiet(foreign)
        assert await errors_of_today(telegram, operator) == 0
    assert told(caplog) == [quietly(foreign, "texts may not be sent there")]


async def test_what_is_typed_inline_by_who_blocked_the_bot_is_no_error(telegram, watched, caplog):
    async with watched() as operator:
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("answerInlineQuery", Refuse(403, "Forbidden: user is deactivated"))
        telegram.type_inline(amina, "ferries")
        await tried(telegram, "answerInlineQuery", 1)
        await telegram.quiet(private)
        assert await errors_of_today(telegram, operator) == 0
    assert told(caplog) == [quietly(private, "the account was deleted")]


async def test_a_chat_that_refuses_again_the_next_day_is_told_of_again(telegram, watched, caplog):
    async with watched() as operator:
        group, amina = telegram.group("Newsroom"), telegram.user("Amina")
        for asked, words in enumerate(("ferries", "fishing boats", "the coastal railway")):
            telegram.fail("sendMessage", Refuse(400, "Bad Request: TOPIC_CLOSED"))
            telegram.say(group, amina, f"/ask {words}")
            await refused(telegram, group, asked + 1)
            if asked == 1:
                telegram.clock.advance(24 * 60 * 60)
        assert await errors_of_today(telegram, operator) == 0
    assert told(caplog) == [quietly(group, "the topic is closed")] * 2


async def test_an_apology_to_who_has_just_blocked_the_bot_is_no_second_error(
    telegram, watched, caplog
):
    async with watched() as operator:
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("sendMessage", Refuse(400, "Bad Request: made for this test"))
        telegram.fail("sendMessage", BLOCKED)
        telegram.say(private, amina, "ferries")
        await refused(telegram, private, 2)
        assert await errors_of_today(telegram, operator) == 1
    assert [level for level, _ in told(caplog)] == [logging.ERROR, logging.INFO]


@pytest.mark.parametrize("fault", ["BUTTON_DATA_INVALID", "message is too long"])
async def test_what_is_a_fault_of_ours_is_counted_with_its_traceback(
    telegram, watched, caplog, fault
):
    async with watched() as operator:
        group = telegram.group("Newsroom")
        telegram.fail("sendMessage", Refuse(400, f"Bad Request: {fault}"))
        telegram.say(group, telegram.user("Amina"), "/ask ferries")
        await refused(telegram, group, 1)
        assert await errors_of_today(telegram, operator) == 1
    assert [level for level, _ in told(caplog)] == [logging.ERROR]
    assert "Traceback" in caplog.text


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
    assert told(caplog) == [quietly(private, "the user has blocked the bot")]


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
    assert told(caplog) == [quietly(group, "the chat has become a supergroup")]


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
