"""Inline mode: what is typed after the bot's name, what it may offer, what is sent that way."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest
from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultGif,
    InlineQueryResultsButton,
    InputLocationMessageContent,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
    WebAppInfo,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram_standin import InlineResult, InlineTyping, Message, TelegramStandIn, User

TOO_OLD = "Query is too old"


@pytest.fixture
def amina(telegram: TelegramStandIn) -> User:
    return telegram.user("Amina")


async def updates(bot: Bot) -> list[Update]:
    """Return all updates not confirmed yet, and confirm them."""
    received = await bot.get_updates()
    if received:
        await bot.get_updates(offset=received[-1].update_id + 1)
    return list(received)


def article(
    number: int = 1, text: str = "<blockquote>Ships.</blockquote>", **more: Any
) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=f"hit-{number}",
        title=f"Harbour {number}",
        input_message_content=InputTextMessageContent(text, ParseMode.HTML),
        **more,
    )


def buttons(**labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in labels.items()]]
    )


async def offered(
    telegram: TelegramStandIn, bot: Bot, user: User, *results: InlineQueryResultArticle, **more: Any
) -> InlineTyping:
    """Let a person type and the bot answer with these results."""
    typing = telegram.type_inline(user, "harbour")
    (update,) = await updates(bot)
    assert update.inline_query is not None
    await update.inline_query.answer(list(results), **more)
    return typing


async def refusal(telegram: TelegramStandIn, results: Any, **more: Any) -> str:
    """Return why an answer is refused that no library would send."""
    given = {"inline_query_id": "7", "results": results, **more}
    address = f"{telegram.base_url}{telegram.token}/answerInlineQuery"
    async with aiohttp.ClientSession() as session, session.post(address, json=given) as answer:
        assert answer.status == 400
        return str(json.loads(await answer.text())["description"])


async def test_what_is_typed_reaches_the_bot_and_its_answer_the_person(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    """The update says who typed what in which kind of chat; the answer is values to look at."""
    typing = telegram.type_inline(amina, "harbour", offset="10", chat_type="channel")
    (update,) = await updates(bot)
    query = update.inline_query
    assert query is not None
    assert query.from_user.id == amina.id
    assert (query.query, query.offset, query.chat_type) == ("harbour", "10", "channel")
    assert typing.answer is None

    results = [
        article(1, "The <b>harbour</b>", description="24 May", reply_markup=buttons(Next="n")),
        article(2),
    ]
    assert await query.answer(results, cache_time=60, is_personal=True, next_offset="20")
    answer = await typing.answered()
    first, second = answer.results
    assert (first.id, first.title, first.description) == ("hit-1", "Harbour 1", "24 May")
    assert (first.text, first.html, first.marked("bold")) == (
        "The harbour",
        "The <b>harbour</b>",
        ["harbour"],
    )
    assert (first.buttons, second.buttons) == ([["Next"]], [])
    assert (answer.next_offset, answer.cache_time, answer.is_personal) == ("20", 60, True)
    assert answer.button is None


async def test_the_kind_of_chat_follows_from_the_chat(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    for chat in (telegram.private_chat(amina), telegram.group("Newsroom")):
        telegram.type_inline(amina, "", chat=chat)
    kinds = [update.inline_query and update.inline_query.chat_type for update in await updates(bot)]
    assert kinds == ["sender", "supergroup"]


async def test_nobody_types_more_than_256_characters(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    telegram.type_inline(amina, "x" * 256)
    with pytest.raises(ValueError, match="256 fit"):
        telegram.type_inline(amina, "x" * 257)
    with pytest.raises(ValueError, match="'forum' is none of"):
        telegram.type_inline(amina, "x", chat_type="forum")


async def test_a_bot_without_inline_mode_is_not_asked() -> None:
    async with TelegramStandIn(inline=False) as telegram:
        with pytest.raises(ValueError, match="no inline mode"):
            telegram.type_inline(telegram.user("Amina"), "harbour")
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            assert (await bot.get_me()).supports_inline_queries is False


async def test_a_query_takes_one_answer_within_30_seconds(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    telegram.type_inline(amina, "harbour")
    telegram.type_inline(amina, "harbour master")
    first, second = [update.inline_query for update in await updates(bot)]
    assert first is not None
    assert second is not None
    await first.answer([article()])
    with pytest.raises(BadRequest, match=TOO_OLD):
        await first.answer([article()])
    telegram.clock.advance(31)
    with pytest.raises(BadRequest, match=TOO_OLD):
        await second.answer([article()])


async def test_a_wait_for_no_answer_ends_with_the_transcript(
    telegram: TelegramStandIn, amina: User
) -> None:
    typing = telegram.type_inline(amina, "harbour")
    with pytest.raises(AssertionError, match="Amina types: @OnRecordBot harbour"):
        await typing.answered(timeout=0.05)


async def test_a_result_becomes_a_message_of_the_person(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    """The bot is where it is sent, so it gets the message, and sees itself in via_bot."""
    private = telegram.private_chat(amina)
    result = article(
        text='<blockquote>Ships.</blockquote> <a href="https://a.example/">here</a>',
        reply_markup=buttons(Next="n"),
    )
    typing = await offered(telegram, bot, amina, result)
    sent = telegram.choose(amina, typing, (await typing.answered()).results[0], private)
    assert (sent.sender, sent.text, sent.buttons) == (amina, "Ships. here", [["Next"]])
    (update,) = await updates(bot)
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.via_bot is not None
    assert (update.message.from_user.id, update.message.via_bot.id) == (amina.id, bot.id)
    assert [entity.type for entity in update.message.entities] == ["blockquote", "text_link"]
    assert update.message.reply_markup == buttons(Next="n")


@pytest.mark.parametrize("privacy", [True, False])
async def test_in_groups_a_bot_gets_what_is_sent_through_it_and_nothing_from_elsewhere(
    privacy: bool,
) -> None:
    async with TelegramStandIn(privacy=privacy) as telegram:
        amina = telegram.user("Amina")
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            typing = await offered(telegram, bot, amina, article())
            result = (await typing.answered()).results[0]
            telegram.choose(amina, typing, result, telegram.group("Newsroom"))
            telegram.choose(amina, typing, result, telegram.channel("Gazette"))
            telegram.choose(amina, typing, result, telegram.group("Elsewhere", joined=False))
            (first, second) = await updates(bot)
            assert first.message is not None
            assert first.message.chat.title == "Newsroom"
            assert second.channel_post is not None
            assert second.channel_post.via_bot is not None


async def test_only_what_was_offered_to_a_person_can_be_sent_and_where_he_may_write(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    li = telegram.user("Li")
    private = telegram.private_chat(amina)
    typing = telegram.type_inline(amina, "harbour")
    result = InlineResult("hit-1", "Harbour", "", "Ships.", (), "Ships.")
    with pytest.raises(ValueError, match="Amina was offered no 'Harbour'"):
        telegram.choose(amina, typing, result, private)
    await updates(bot)
    typing = await offered(telegram, bot, amina, article())
    answer = await typing.answered()
    with pytest.raises(ValueError, match="Li was offered no"):
        telegram.choose(li, answer, answer.results[0], private)
    with pytest.raises(ValueError, match="does not write as"):
        telegram.choose(amina, answer, answer.results[0], telegram.private_chat(li))


async def test_the_bot_is_told_what_was_chosen_only_if_that_is_switched_on(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    typing = await offered(telegram, bot, amina, article())
    result = (await typing.answered()).results[0]
    telegram.choose(amina, typing, result, telegram.group("Elsewhere", joined=False))
    assert await updates(bot) == []


async def test_what_was_chosen_bears_an_inline_message_id_only_with_buttons() -> None:
    async with TelegramStandIn(inline_feedback=True) as telegram:
        amina, elsewhere = telegram.user("Amina"), telegram.group("Elsewhere", joined=False)
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            with_buttons = article(2, reply_markup=buttons(Next="n"))
            typing = await offered(telegram, bot, amina, article(1), with_buttons)
            for result in (await typing.answered()).results:
                telegram.choose(amina, typing, result, elsewhere)
            plain, buttoned = [update.chosen_inline_result for update in await updates(bot)]
            assert plain is not None
            assert buttoned is not None
            assert (plain.result_id, plain.query, plain.from_user.id) == (
                "hit-1",
                "harbour",
                amina.id,
            )
            assert plain.inline_message_id is None
            assert buttoned.inline_message_id is not None


async def pressed(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> tuple[CallbackQuery, Message]:
    """Let a person send a result with buttons and another press one; return press and message."""
    typing = await offered(telegram, bot, amina, article(reply_markup=buttons(Next="n", Back="b")))
    elsewhere = telegram.group("Elsewhere", joined=False)
    sent = telegram.choose(amina, typing, (await typing.answered()).results[0], elsewhere)
    telegram.press(telegram.user("Li"), sent, "Next")
    (update,) = await updates(bot)
    assert update.callback_query is not None
    return update.callback_query, sent


async def test_a_press_below_such_a_message_names_it_by_its_inline_id_alone(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    query, _ = await pressed(telegram, bot, amina)
    assert query.message is None
    assert query.inline_message_id is not None
    assert (query.data, query.from_user.first_name) == ("n", "Li")
    assert await query.answer("Next hit")


async def test_such_a_message_is_edited_by_its_inline_id(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    """The bot sees no message for it, only that it was done; the same edit twice is refused."""
    query, sent = await pressed(telegram, bot, amina)
    edit = {"text": "<b>Boats.</b>", "parse_mode": "HTML", "reply_markup": buttons(Back="b")}
    assert await query.edit_message_text(**edit) is True
    edited = await telegram.edited(sent)
    assert (edited.text, edited.sender, edited.buttons) == ("Boats.", amina, [["Back"]])
    assert "#1 Amina (via @OnRecordBot), edited: Boats." in telegram.transcript()
    with pytest.raises(BadRequest, match="not modified"):
        await query.edit_message_text(**edit)

    assert await query.edit_message_reply_markup(None) is True
    assert (await telegram.edited(sent)).buttons == []


async def test_an_inline_id_must_be_known_and_stand_alone(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    query, sent = await pressed(telegram, bot, amina)
    known = str(query.inline_message_id)
    unknown = ("A" if known[-1] != "A" else "E") + known[1:]
    with pytest.raises(BadRequest, match=r"(?i)message_id_invalid"):
        await bot.edit_message_text("x", inline_message_id=unknown)
    with pytest.raises(BadRequest, match=r"(?i)invalid inline message identifier"):
        await bot.edit_message_text("x", inline_message_id="not one")
    with pytest.raises(BadRequest, match="not both"):
        await bot.edit_message_text("x", chat_id=amina.id, message_id=1, inline_message_id=known)
    telegram.delete(sent)
    with pytest.raises(BadRequest, match=r"(?i)message_id_invalid"):
        await query.edit_message_text("x")


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (
            "no object",
            "Bad Request: can't parse inline query result: Inline query result must be an object",
        ),
        ({"id": "1"}, "can't parse inline query result: Can't find field \"type\""),
        ({"type": "article"}, "can't parse inline query result: Can't find field \"id\""),
        (
            {"type": "poem", "id": "1"},
            'result: type "poem" is unsupported for the inline query result',
        ),
        ({"type": "article", "id": "1"}, 'Can\'t find field "message_text"'),
        ({"type": "article", "id": 1}, 'Field "id" must be of type String'),
        ({"title": None}, 'Can\'t find field "title"'),
        ({"title": ""}, "Bad Request: ARTICLE_TITLE_EMPTY"),
        ({"id": ""}, "Bad Request: RESULT_ID_INVALID"),
        ({"id": "é" * 33}, "Bad Request: RESULT_ID_INVALID"),
        ({"colour": "red"}, "Unknown field 'colour'"),
        ({"url": "localhost"}, "WEBDOCUMENT_URL_INVALID"),
        ({"thumbnail_width": "wide"}, 'Field "thumbnail_width" must be a valid Number'),
        ({"input_message_content": "Ships."}, "must be of type Object"),
        ({"input_message_content": {}}, "Input message content is not specified"),
        ({"input_message_content": {"message_text": ""}}, "Input message content is not specified"),
        ({"input_message_content": {"message_text": " \u200b"}}, "Bad Request: MESSAGE_EMPTY"),
        ({"input_message_content": {"message_text": "x" * 4097}}, "Bad Request: MESSAGE_TOO_LONG"),
        ({"input_message_content": {"message_text": "x", "size": 1}}, "Unknown field 'size'"),
        (
            {"input_message_content": {"message_text": "<x>", "parse_mode": "HTML"}},
            "can't parse inline query result: Can't parse entities: Unsupported start tag \"x\"",
        ),
        ({"reply_markup": {"inline_keyboard": [[{"text": "A"}]]}}, "Text buttons are unallowed"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "é" * 33}]]}},
            "Bad Request: BUTTON_DATA_INVALID",
        ),
    ],
)
async def test_results_are_refused_in_the_servers_words(
    telegram: TelegramStandIn, result: Any, reason: str
) -> None:
    if isinstance(result, dict) and "type" not in result and result != {"id": "1"}:
        whole = {
            "type": "article",
            "id": "1",
            "title": "Harbour",
            "input_message_content": {"message_text": "Ships."},
        }
        result = {key: value for key, value in (whole | result).items() if value is not None}
    assert reason in await refusal(telegram, [result])


async def test_a_text_at_the_limits_is_taken(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    """4,096 code points after parsing, and an id of 64 bytes."""
    longest = InlineQueryResultArticle(
        id="é" * 32,
        title="Harbour",
        input_message_content=InputTextMessageContent(
            "<b>" + "😀" * 4096 + "</b>",
            ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        url="https://a.example",
    )
    typing = await offered(telegram, bot, amina, longest)
    (result,) = (await typing.answered()).results
    assert len(result.text) == 4096
    assert (result.link_preview_options, result.url) == (
        {"is_disabled": True},
        "https://a.example/",
    )


async def test_at_most_50_results_with_ids_of_their_own(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    typing = await offered(telegram, bot, amina, *(article(number) for number in range(50)))
    assert len((await typing.answered()).results) == 50
    whole = article(1).to_dict()
    too_many = [whole | {"id": str(number)} for number in range(51)]
    assert "too many inline query results specified" in await refusal(telegram, too_many)
    assert "RESULT_ID_DUPLICATE" in await refusal(telegram, [whole, whole])
    assert "expected an Array of inline query results" in await refusal(telegram, whole)


async def test_other_kinds_of_results_are_beyond_the_stand_in(bot: Bot) -> None:
    gif = InlineQueryResultGif("1", "https://a.example/a.gif", "https://a.example/a.jpg")
    with pytest.raises(BadRequest, match="stand-in does not support inline results of type gif"):
        await bot.answer_inline_query("7", [gif])
    place = InlineQueryResultArticle("1", "Harbour", InputLocationMessageContent(25.1, 62.3))
    with pytest.raises(BadRequest, match="stand-in does not support inline results that send no"):
        await bot.answer_inline_query("7", [place])


async def test_an_answer_may_offer_nothing_but_a_button(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    button = InlineQueryResultsButton("Search in private", start_parameter="a-Z_9" + "x" * 59)
    typing = await offered(telegram, bot, amina, button=button)
    answer = await typing.answered()
    assert answer.results == ()
    assert answer.button is not None
    assert (answer.button.text, answer.button.web_app) == ("Search in private", None)
    assert answer.button.start_parameter == "a-Z_9" + "x" * 59
    typing = await offered(
        telegram,
        bot,
        amina,
        button=InlineQueryResultsButton("Open", web_app=WebAppInfo("https://a.example")),
    )
    answer = await typing.answered()
    assert answer.button is not None
    assert answer.button.web_app == "https://a.example/"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"next_offset": "é" * 33}, "NEXT_OFFSET_INVALID"),
        ({"button": {"start_parameter": "a"}}, 'Can\'t find field "text"'),
        ({"button": {"text": "Open"}}, "exactly one optional field"),
        (
            {"button": {"text": "Open", "start_parameter": "a", "web_app": {}}},
            "exactly one optional field",
        ),
        ({"button": {"text": " ", "start_parameter": "a"}}, "SWITCH_PM_TEXT_EMPTY"),
        ({"button": {"text": "Open", "start_parameter": ""}}, "START_PARAM_EMPTY"),
        ({"button": {"text": "Open", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ({"button": {"text": "Open", "start_parameter": "a" * 65}}, "START_PARAM_INVALID"),
        ({"button": {"text": "Open", "web_app": {"url": "http://a.b"}}}, "BUTTON_URL_INVALID"),
        ({"button": "Open"}, "can't parse button JSON object"),
        ({"colour": "red"}, "has no parameter 'colour'"),
        ({"cache_time": "soon"}, 'field "cache_time" must be a valid Number'),
    ],
)
async def test_what_goes_with_the_results_is_refused_too(
    telegram: TelegramStandIn, given: dict[str, Any], reason: str
) -> None:
    assert reason in await refusal(telegram, [], **given)


async def test_the_transcript_reads_like_a_chat(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    newsroom = telegram.group("Newsroom", joined=False)
    typing = telegram.type_inline(amina, "harbour", chat=newsroom)
    (update,) = await updates(bot)
    assert update.inline_query is not None
    results = [article(1, description="24 May · Remarks"), article(2)]
    await update.inline_query.answer(results, next_offset="2")
    nothing = telegram.type_inline(amina, "harbour", "2", chat=newsroom)
    (update,) = await updates(bot)
    assert update.inline_query is not None
    button = InlineQueryResultsButton("Search in private", start_parameter="inline")
    await update.inline_query.answer([], button=button)
    await nothing.answered()
    telegram.choose(amina, typing, (await typing.answered()).results[0], newsroom)
    assert telegram.transcript() == (
        "— Newsroom —\n"
        "Amina types: @OnRecordBot harbour\n"
        "    @OnRecordBot offers:\n"
        "    1. Harbour 1 — 24 May · Remarks\n"
        "    2. Harbour 2\n"
        "    … and more\n"
        "Amina scrolls on to 2\n"
        "    @OnRecordBot offers nothing\n"
        "    [Search in private]\n"
        "#1 Amina (via @OnRecordBot): > Ships."
    )
