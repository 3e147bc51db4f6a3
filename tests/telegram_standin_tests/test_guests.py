"""Guest mode: the bot is called into a chat it is not in, and answers there once."""

from __future__ import annotations

import json

import aiohttp
import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden
from telegram_standin import Chat, GuestCall, TelegramStandIn, User

QUESTION = "@OnRecordBot what about the harbour?"
ANSWER = InlineQueryResultArticle(
    id="hit-1",
    title="Harbour",
    input_message_content=InputTextMessageContent("<b>Ships.</b>", ParseMode.HTML),
    reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Next", callback_data="n")]]),
)


@pytest.fixture
def amina(telegram: TelegramStandIn) -> User:
    return telegram.user("Amina")


@pytest.fixture
def teahouse(telegram: TelegramStandIn) -> Chat:
    return telegram.foreign_group("Teahouse")


async def call_seen(bot: Bot) -> Message:
    """Return the call the bot was told of last."""
    updates = await bot.get_updates()
    await bot.get_updates(offset=updates[-1].update_id + 1)
    message = updates[-1].guest_message
    assert message is not None
    return message


async def answered(telegram: TelegramStandIn, bot: Bot, chat: Chat, user: User) -> GuestCall:
    call = telegram.call_guest(chat, user, QUESTION)
    await (await call_seen(bot)).answer_guest_query(ANSWER)
    return call


async def test_a_call_brings_the_message_that_mentions_the_bot_and_what_it_replies_to(
    telegram: TelegramStandIn, bot: Bot, amina: User, teahouse: Chat
) -> None:
    """Whatever else is said there stays there."""
    remark = telegram.say(teahouse, telegram.user("Li"), "The harbour is closed, they say.")
    telegram.call_guest(teahouse, amina, "@onrecordbot is that so?", remark)
    assert len(await bot.get_updates()) == 1
    message = await call_seen(bot)
    assert message.guest_query_id
    assert (message.chat.title, message.text) == ("Teahouse", "@onrecordbot is that so?")
    assert message.from_user is not None
    assert message.from_user.id == amina.id
    assert message.reply_to_message is not None
    assert message.reply_to_message.text == "The harbour is closed, they say."


async def test_the_guests_answer_appears_as_the_bots_reply_to_the_call(
    telegram: TelegramStandIn, bot: Bot, amina: User, teahouse: Chat
) -> None:
    call = telegram.call_guest(teahouse, amina, QUESTION)
    assert call.answer is None
    sent = await (await call_seen(bot)).answer_guest_query(ANSWER)
    message = await call.answered()
    assert message.inline_message_id == sent.inline_message_id
    assert (message.chat, message.sender, message.reply_to) == (
        teahouse,
        telegram.bot,
        call.message,
    )
    assert (message.text, message.marked("bold"), message.buttons) == (
        "Ships.",
        ["Ships."],
        [["Next"]],
    )
    shown = Message.de_json(message.to_json(), bot)
    assert shown.guest_bot_caller_user is not None
    assert shown.guest_bot_caller_user.id == amina.id
    await telegram.quiet(teahouse, seconds=0)


async def test_a_group_that_calls_is_named_as_the_caller(
    telegram: TelegramStandIn, bot: Bot, teahouse: Chat
) -> None:
    call = telegram.call_guest(teahouse, teahouse, QUESTION)
    await (await call_seen(bot)).answer_guest_query(ANSWER)
    assert (await call.answered()).to_json()["guest_bot_caller_chat"]["id"] == teahouse.id


async def test_a_guests_buttons_are_pressed_and_edited_by_the_inline_id(
    telegram: TelegramStandIn, bot: Bot, amina: User, teahouse: Chat
) -> None:
    message = await (await answered(telegram, bot, teahouse, amina)).answered()
    press = telegram.press(amina, message, "Next")
    (update,) = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.message, query.inline_message_id) == (None, message.inline_message_id)
    assert await query.edit_message_text("Boats.") is True
    await query.answer()
    await press.answered()
    assert (await telegram.edited(message)).text == "Boats."


async def test_a_guest_answers_once_and_within_30_seconds(
    telegram: TelegramStandIn, bot: Bot, amina: User, teahouse: Chat
) -> None:
    telegram.call_guest(teahouse, amina, QUESTION)
    call = await call_seen(bot)
    await call.answer_guest_query(ANSWER)
    with pytest.raises(BadRequest, match="Query is too old"):
        await call.answer_guest_query(ANSWER)
    telegram.call_guest(teahouse, amina, QUESTION)
    call = await call_seen(bot)
    telegram.clock.advance(31)
    with pytest.raises(BadRequest, match="Query is too old"):
        await call.answer_guest_query(ANSWER)


async def test_a_guest_cannot_otherwise_write_there(
    telegram: TelegramStandIn, bot: Bot, amina: User, teahouse: Chat
) -> None:
    """Nor edit its answer as a message of the chat."""
    message = await (await answered(telegram, bot, teahouse, amina)).answered()
    with pytest.raises(Forbidden, match="not a member of the supergroup chat"):
        await bot.send_message(teahouse.id, "Ships.")
    with pytest.raises(Forbidden, match="not a member of the supergroup chat"):
        await bot.edit_message_text("Boats.", teahouse.id, message.message_id)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, "Bad Request: result isn't specified"),
        ({"result": []}, "can't parse inline query result: Inline query result must be an object"),
        ({"result": {"type": "article", "id": "1"}}, 'Can\'t find field "message_text"'),
        (
            {
                "result": {
                    "type": "article",
                    "id": "1" * 65,
                    "title": "Harbour",
                    "input_message_content": {"message_text": "Ships."},
                }
            },
            "Bad Request: RESULT_ID_INVALID",
        ),
        ({"results": []}, "has no parameter 'results'"),
    ],
)
async def test_a_guests_result_is_checked_like_an_inline_one(
    telegram: TelegramStandIn, given: dict[str, object], reason: str
) -> None:
    address = f"{telegram.base_url}{telegram.token}/answerGuestQuery"
    sent = {"guest_query_id": "7", **given}
    async with aiohttp.ClientSession() as session, session.post(address, json=sent) as answer:
        assert answer.status == 400
        assert reason in json.loads(await answer.text())["description"]


async def test_a_guest_is_called_by_its_name_from_where_it_is_not(
    telegram: TelegramStandIn, amina: User, teahouse: Chat
) -> None:
    with pytest.raises(ValueError, match="called by its name, @OnRecordBot"):
        telegram.call_guest(teahouse, amina, "what about the harbour?")
    with pytest.raises(ValueError, match="called by its name"):
        telegram.call_guest(teahouse, amina, "@OnRecordBots what about the harbour?")
    newsroom = telegram.group("Newsroom")
    with pytest.raises(ValueError, match="no guest in Newsroom"):
        telegram.call_guest(newsroom, amina, QUESTION)
    telegram.remove(newsroom, amina)
    with pytest.raises(ValueError, match="no guest in Newsroom"):
        telegram.call_guest(newsroom, amina, QUESTION)
    with pytest.raises(ValueError, match="no guest in Gazette"):
        telegram.call_guest(telegram.channel("Gazette", joined=False), amina, QUESTION)
    assert QUESTION not in telegram.transcript()


async def test_a_bot_without_guest_mode_is_not_called() -> None:
    async with TelegramStandIn(guests=False) as telegram:
        with pytest.raises(ValueError, match="no guest mode"):
            telegram.call_guest(telegram.foreign_group("A"), telegram.user("Amina"), QUESTION)
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            assert (await bot.get_me()).supports_guest_queries is False


async def test_a_wait_for_no_answer_ends_with_the_transcript(
    telegram: TelegramStandIn, amina: User, teahouse: Chat
) -> None:
    call = telegram.call_guest(teahouse, amina, QUESTION)
    with pytest.raises(AssertionError, match="did not answer #1 as a guest"):
        await call.answered(timeout=0.05)


async def test_the_transcript_tells_a_guest_from_a_member(
    telegram: TelegramStandIn, bot: Bot, amina: User, teahouse: Chat
) -> None:
    await answered(telegram, bot, teahouse, amina)
    assert telegram.transcript() == (
        "— Teahouse —\n"
        "#1 Amina: @OnRecordBot what about the harbour?\n"
        "#2 OnRecordBot, a guest (to #1): Ships.\n"
        "    [Next]"
    )
