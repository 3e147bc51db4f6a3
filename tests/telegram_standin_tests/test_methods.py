"""The Bot API methods, called by python-telegram-bot's own Bot, and what each of them refuses."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.error import TimedOut as BotTimedOut
from telegram_standin import (
    Chat,
    Drop,
    Flood,
    NotFound,
    Refuse,
    ServerError,
    Slow,
    TelegramStandIn,
    Unauthorized,
    User,
)
from telegram_standin.updates import KNOWN_KINDS


@dataclass(frozen=True)
class Scene:
    """A Telegram, the library's Bot connected to it, and a person in a private chat."""

    telegram: TelegramStandIn
    bot: Bot
    amina: User
    private: Chat


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with TelegramStandIn() as telegram:
        amina = telegram.user("Amina")
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            yield Scene(telegram, bot, amina, telegram.private_chat(amina))


async def call(telegram: TelegramStandIn, path: str, **more: Any) -> tuple[int, Any]:
    """Call the server without any library: `path` follows the base address."""
    async with aiohttp.ClientSession() as session, session.post(path, **more) as answer:
        return answer.status, json.loads(await answer.text())


def keyboard(**labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in labels.items()]]
    )


async def test_the_bot_learns_who_it_is(scene: Scene) -> None:
    me = await scene.bot.get_me()
    assert (me.id, me.username, me.is_bot) == (scene.telegram.bot.id, "OnRecordBot", True)
    assert me.can_read_all_group_messages is True
    assert me.supports_inline_queries is True
    number, secret = scene.telegram.token.split(":")
    assert (int(number), len(secret), secret[:2]) == (me.id, 35, "AA")


async def test_a_message_comes_back_as_telegram_keeps_it(scene: Scene) -> None:
    """Entities are in UTF-16 units, the ends trimmed, the date is a whole second."""
    message = await scene.bot.send_message(
        scene.private.id, " 😀 <b>Gwadar</b>\tport ", parse_mode=ParseMode.HTML
    )
    assert message.text == "😀 Gwadar port"
    assert [(entity.type, entity.offset, entity.length) for entity in message.entities] == [
        ("bold", 3, 6)
    ]
    assert message.from_user is not None
    assert message.from_user.id == scene.bot.id
    reply = await scene.telegram.reply(scene.private)
    assert (reply.html, reply.marked("bold")) == (" 😀 <b>Gwadar</b>\tport ", ["Gwadar"])


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "Message text is empty"),
        (" \n\u200b", "Message text is empty"),
        ("x" * 4097, "Message is too long"),
        ("<b>x</b>" * 4097, "Text is too long"),
        ("1 < 2", 'Can\'t parse entities: unsupported start tag "" at byte offset 2'),
    ],
)
async def test_texts_are_refused(scene: Scene, text: str, refusal: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await scene.bot.send_message(scene.private.id, text, parse_mode=ParseMode.HTML)
    assert str(refused.value).lower() == refusal.lower()


async def test_4096_code_points_fit_however_long_their_markup(scene: Scene) -> None:
    message = await scene.bot.send_message(
        scene.private.id, "<b>" + "😀" * 4096 + "</b>", parse_mode=ParseMode.HTML
    )
    assert message.text is not None
    assert len(message.text) == 4096


async def test_entities_may_be_given_instead_of_markup(scene: Scene) -> None:
    given = [MessageEntity(MessageEntity.BLOCKQUOTE, 0, 2), MessageEntity("bold", 3, 1)]
    message = await scene.bot.send_message(scene.private.id, "😀 a", entities=given)
    assert [entity.type for entity in message.entities] == ["blockquote", "bold"]
    with pytest.raises(BadRequest, match="outside the text"):
        await scene.bot.send_message(scene.private.id, "a", entities=[MessageEntity("bold", 0, 2)])


async def test_a_reply_needs_its_message(scene: Scene) -> None:
    """A deleted question is refused unless the bot may send without it."""
    telegram, bot, chat = scene.telegram, scene.bot, scene.private
    question = telegram.say(chat, scene.amina, "What about Gwadar?")
    answer = await bot.send_message(
        chat.id, "This.", reply_parameters=ReplyParameters(question.message_id, quote="Gwadar")
    )
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "What about Gwadar?"
    assert answer.quote is not None
    assert (answer.quote.text, answer.quote.position) == ("Gwadar", 11)
    assert (await telegram.reply(chat)).reply_to == question

    telegram.delete(question)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(chat.id, "This.", reply_to_message_id=question.message_id)
    alone = await bot.send_message(
        chat.id,
        "This.",
        reply_to_message_id=question.message_id,
        allow_sending_without_reply=True,
    )
    assert alone.reply_to_message is None


async def test_edits_must_change_something(scene: Scene) -> None:
    bot, chat = scene.bot, scene.private
    message = await bot.send_message(chat.id, "One", reply_markup=keyboard(Next="2"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text(
            "One", chat.id, message.message_id, reply_markup=keyboard(Next="2")
        )
    await bot.edit_message_text("<b>One</b>", chat.id, message.message_id, parse_mode="HTML")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(chat.id, message.message_id)
    await bot.edit_message_reply_markup(
        chat.id, message.message_id, reply_markup=keyboard(Back="1")
    )

    sent = await scene.telegram.reply(chat)
    first, second = await scene.telegram.edited(sent), await scene.telegram.edited(sent)
    assert (sent.buttons, first.buttons, second.buttons) == ([["Next"]], [], [["Back"]])
    assert second == sent
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("Two", chat.id, 999)
    question = scene.telegram.say(chat, scene.amina, "Hello")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("Two", chat.id, question.message_id)


async def test_a_deleted_message_is_gone(scene: Scene) -> None:
    message = await scene.bot.send_message(scene.private.id, "One")
    assert await scene.bot.delete_message(scene.private.id, message.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await scene.bot.delete_message(scene.private.id, message.message_id)


async def test_a_press_takes_one_answer_within_150_seconds(scene: Scene) -> None:
    telegram, bot = scene.telegram, scene.bot
    question = telegram.say(scene.private, scene.amina, "Hello")
    sent = await bot.send_message(
        scene.private.id,
        "One",
        reply_markup=keyboard(**{"‹ Back": "1", "Next ›": "2"}),
        reply_to_message_id=question.message_id,
    )
    message = await telegram.reply(scene.private)
    press = telegram.press(scene.amina, message, "Next")
    update = (await bot.get_updates())[-1]
    assert update.callback_query is not None
    assert update.callback_query.data == "2"
    embedded = update.callback_query.message
    assert embedded is not None
    assert embedded.message_id == sent.message_id
    assert embedded.reply_to_message.message_id == question.message_id  # type: ignore[attr-defined]

    assert press.answer is None
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(update.callback_query.id, "x" * 201)
    await bot.answer_callback_query(update.callback_query.id, "x" * 200, show_alert=True)
    assert await press.answered() == {
        "text": "x" * 200,
        "show_alert": True,
        "url": "",
        "cache_time": 0,
    }
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(update.callback_query.id)

    late = telegram.press(scene.amina, message, "‹ Back")
    update = (await bot.get_updates())[-1]
    telegram.clock.advance(151)
    assert update.callback_query is not None
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(update.callback_query.id)
    with pytest.raises(AssertionError, match="did not answer the press"):
        await late.answered(timeout=0.01)


async def test_pressing_what_is_not_there_lists_the_buttons(scene: Scene) -> None:
    await scene.bot.send_message(scene.private.id, "One", reply_markup=keyboard(Next="2"))
    message = await scene.telegram.reply(scene.private)
    with pytest.raises(AssertionError, match=r"no button for 'Back'; its buttons: \[\['Next'\]\]"):
        scene.telegram.press(scene.amina, message, "Back")


async def test_chats_that_are_unknown_or_shut_are_refused(scene: Scene) -> None:
    group = scene.telegram.group("Newsroom")
    with pytest.raises(BadRequest, match="Chat not found"):
        await scene.bot.send_message(12345, "x")
    scene.telegram.block(scene.private)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await scene.bot.send_message(scene.private.id, "x")
    scene.telegram.block(group)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await scene.bot.send_message(group.id, "x")
    scene.telegram.unblock(group)
    assert await scene.bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await scene.bot.send_chat_action(group.id, ChatAction.TYPING)
    changes = [update.my_chat_member for update in await scene.bot.get_updates()]
    assert [change.new_chat_member.status for change in changes if change] == [
        "kicked",
        "kicked",
        "member",
    ]


async def test_chats_and_members_can_be_looked_up(scene: Scene) -> None:
    bilal = scene.telegram.user("Bilal")
    group = scene.telegram.group("Newsroom", username="newsroom", administrators=[bilal])
    assert (await scene.bot.get_chat("@newsroom")).id == group.id
    assert str(group.id).startswith("-100")
    members = [
        await scene.bot.get_chat_member(group.id, user.id)
        for user in (bilal, scene.amina, scene.telegram.bot)
    ]
    assert [member.status for member in members] == ["administrator", "left", "member"]
    assert (await scene.bot.get_chat(scene.private.id)).type == "private"


async def test_a_bot_posts_in_a_channel_as_the_channel(scene: Scene) -> None:
    channel = scene.telegram.channel("Press")
    message = await scene.bot.send_message(channel.id, "x")
    assert message.from_user is None
    assert message.sender_chat is not None
    assert message.sender_chat.id == channel.id
    assert (await scene.telegram.reply(channel)).text == "x"


async def test_commands_and_descriptions_are_kept_by_language(scene: Scene) -> None:
    bot = scene.bot
    commands = [BotCommand("ask", "Ask a question")]
    await bot.set_my_commands(commands)
    await bot.set_my_description("Quotes statements.", language_code="en")
    await bot.set_my_short_description("x" * 120)
    assert list(await bot.get_my_commands()) == commands
    assert list(await bot.get_my_commands(language_code="ur")) == []
    assert (await bot.get_my_description(language_code="en")).description == "Quotes statements."
    with pytest.raises(BadRequest, match="description is too long"):
        await bot.set_my_short_description("x" * 121)
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([("Ask", "Ask a question")])
    with pytest.raises(BadRequest, match="Invalid language code"):
        await bot.set_my_commands(commands, language_code="english")


async def test_a_webhook_closes_get_updates(scene: Scene) -> None:
    await scene.bot.set_webhook("https://bot.example/hook", allowed_updates=["message"])
    info = await scene.bot.get_webhook_info()
    assert (info.url, info.allowed_updates) == ("https://bot.example/hook", ("message",))
    with pytest.raises(Conflict, match="webhook is active"):
        await scene.bot.get_updates()
    await scene.bot.delete_webhook()
    assert await scene.bot.get_updates() == ()
    with pytest.raises(BadRequest, match="https url must be provided"):
        await scene.bot.set_webhook("http://bot.example/hook")


async def test_typos_fail(scene: Scene) -> None:
    """Unknown methods, parameters, nested fields, faults and update kinds are all refused."""
    telegram, address = scene.telegram, scene.telegram.base_url + scene.telegram.token
    with pytest.raises(ValueError, match="sendMesage"):
        telegram.fail("sendMesage", Flood(1))
    assert await call(telegram, f"{address}/sendMesage") == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found: method not found"},
    )
    status, answer = await call(telegram, f"{address}/sendMessage", data={"chatid": 1, "text": "x"})
    assert (status, answer["description"]) == (
        400,
        "Bad Request: method sendMessage has no parameter 'chatid'",
    )
    with pytest.raises(BadRequest, match="Unknown update type 'mesage'"):
        await scene.bot.get_updates(allowed_updates=["mesage"])
    with pytest.raises(BadRequest, match="has no field 'disabled'"):
        await scene.bot.send_message(
            scene.private.id,
            "x",
            link_preview_options=LinkPreviewOptions(api_kwargs={"disabled": True}),
        )


async def test_a_wrong_token_is_unauthorized_and_a_malformed_one_not_found(scene: Scene) -> None:
    telegram = scene.telegram
    wrong = telegram.token[:-1] + ("a" if telegram.token[-1] != "a" else "b")
    assert (await call(telegram, f"{telegram.base_url}{wrong}/getMe"))[0] == 401
    assert (await call(telegram, f"{telegram.base_url}1:x/getMe"))[0] == 404
    with pytest.raises(InvalidToken):
        async with Bot(wrong, base_url=telegram.base_url):
            pass


async def test_forms_multipart_and_json_are_all_understood(scene: Scene) -> None:
    address = f"{scene.telegram.base_url}{scene.telegram.token}/sendMessage"
    fields: dict[str, Any] = {"chat_id": scene.private.id, "text": "é"}
    multipart = aiohttp.FormData({"chat_id": str(scene.private.id), "text": "é"}, quote_fields=True)
    multipart.add_field("reply_markup", '{"inline_keyboard": []}', content_type="text/plain")
    for body in ({"data": fields}, {"data": multipart}, {"json": fields}):
        status, answer = await call(scene.telegram, address, **body)
        assert (status, answer["result"]["text"]) == (200, "é")


async def test_updates_stay_until_an_offset_confirms_them(scene: Scene) -> None:
    telegram, bot = scene.telegram, scene.bot
    for text in "abc":
        telegram.say(scene.private, scene.amina, text)
    first = await bot.get_updates(limit=2)
    assert [update.message and update.message.text for update in first] == ["a", "b"]
    assert await bot.get_updates(limit=2) == first
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [update.message and update.message.text for update in rest] == ["c"]
    assert len(await bot.get_updates()) == 1
    telegram.clock.advance(24 * 60 * 60 + 1)
    assert await bot.get_updates() == ()


async def test_a_negative_offset_keeps_the_last_updates(scene: Scene) -> None:
    for text in "abc":
        scene.telegram.say(scene.private, scene.amina, text)
    last = await scene.bot.get_updates(offset=-1)
    assert [update.message and update.message.text for update in last] == ["c"]
    assert len(await scene.bot.get_updates()) == 1


async def test_a_long_poll_waits_and_wakes_at_once(scene: Scene) -> None:
    loop = asyncio.get_running_loop()
    begin = loop.time()
    assert await scene.bot.get_updates(timeout=1) == ()
    assert 0.9 < loop.time() - begin < 2

    poll = asyncio.create_task(scene.bot.get_updates(timeout=10))
    await asyncio.sleep(0.2)
    begin = loop.time()
    scene.telegram.say(scene.private, scene.amina, "Hello")
    assert len(await poll) == 1
    assert loop.time() - begin < 0.5


async def test_a_second_poll_ends_the_first_with_a_conflict(scene: Scene) -> None:
    first = asyncio.create_task(scene.bot.get_updates(timeout=10))
    await asyncio.sleep(0.2)
    async with Bot(scene.telegram.token, base_url=scene.telegram.base_url) as other:
        await other.get_updates(timeout=0)
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_allowed_updates_persist_and_filter_when_an_update_is_queued(scene: Scene) -> None:
    telegram, bot = scene.telegram, scene.bot
    channel = telegram.channel("Press")
    telegram.post(channel, "queued while all was allowed")
    await bot.get_updates(allowed_updates=["message"])
    telegram.post(channel, "not wanted")
    telegram.say(scene.private, scene.amina, "wanted")
    texts = [
        update.effective_message and update.effective_message.text
        for update in await bot.get_updates()
    ]
    assert texts == ["queued while all was allowed", "wanted"]
    assert "(the bot has not asked for channel_post updates)" in telegram.transcript(channel)
    await bot.get_updates(allowed_updates=[])
    telegram.post(channel, "wanted again")
    assert len(await bot.get_updates()) == 3


def test_every_kind_of_update_the_library_knows_is_known() -> None:
    assert set(Update.ALL_TYPES) <= KNOWN_KINDS


# The library warns that retry_after will become a timedelta.
@pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")
async def test_faults_meet_the_next_calls_and_then_pass(scene: Scene) -> None:
    telegram, bot, chat = scene.telegram, scene.bot, scene.private
    telegram.fail("sendMessage", Flood(retry_after=3))
    telegram.fail("sendMessage", ServerError(500))
    telegram.fail("sendMessage", ServerError(502))
    telegram.fail("sendMessage", Refuse(403, "Forbidden: user is deactivated"))
    telegram.fail("sendMessage", Drop(), times=2)
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(chat.id, "1")
    assert flood.value.retry_after == 3
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.send_message(chat.id, "2")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(chat.id, "3")
    with pytest.raises(Forbidden, match="deactivated"):
        await bot.send_message(chat.id, "4")
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(chat.id, "5")
    await bot.send_message(chat.id, "6")
    assert (await telegram.reply(chat)).text == "6"
    assert [call.outcome for call in telegram.calls_of("sendMessage")] == [
        "429 Too Many Requests: retry after 3",
        "500 Internal Server Error",
        "502 Bad Gateway",
        "403 Forbidden: user is deactivated",
        "dropped before it was processed",
        "dropped before it was processed",
        "ok",
    ]


async def test_a_call_may_be_processed_although_its_answer_is_lost(scene: Scene) -> None:
    scene.telegram.fail("sendMessage", Drop(after=True))
    with pytest.raises(NetworkError):
        await scene.bot.send_message(scene.private.id, "x")
    assert (await scene.telegram.reply(scene.private)).text == "x"


async def test_a_slow_answer_outlasts_an_impatient_bot(scene: Scene) -> None:
    scene.telegram.fail("sendMessage", Slow(seconds=0.5), times=2)
    with pytest.raises(BotTimedOut):
        await scene.bot.send_message(scene.private.id, "x", read_timeout=0.1)
    assert (await scene.telegram.reply(scene.private)).text == "x"
    begin = asyncio.get_running_loop().time()
    await scene.bot.send_message(scene.private.id, "y")
    assert asyncio.get_running_loop().time() - begin > 0.4


async def test_get_updates_can_be_unauthorized_or_not_found(scene: Scene) -> None:
    scene.telegram.fail("getUpdates", Unauthorized())
    scene.telegram.fail("getUpdates", NotFound())
    for _ in range(2):
        with pytest.raises(InvalidToken):
            await scene.bot.get_updates()
    assert await scene.bot.get_updates() == ()


async def test_an_update_the_library_cannot_parse_can_be_queued(scene: Scene) -> None:
    scene.telegram.queue_raw({"message": {"message_id": 1, "chat": {"id": 1, "type": "private"}}})
    with pytest.raises(KeyError, match="date"):
        await scene.bot.get_updates()


async def test_leaving_ends_open_polls_and_leaves_no_task() -> None:
    before = asyncio.all_tasks()
    async with TelegramStandIn() as telegram:
        bot = Bot(telegram.token, base_url=telegram.base_url)
        await bot.initialize()
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.sleep(0.2)
        begin = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - begin < 1
    assert await poll == ()
    await bot.shutdown()
    assert asyncio.all_tasks() == before
