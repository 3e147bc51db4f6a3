"""Links that start the bot, and buttons that lead elsewhere than to the bot."""

from __future__ import annotations

import pytest
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultsButton,
    SwitchInlineQueryChosenChat,
    Update,
    WebAppInfo,
)
from telegram.error import BadRequest
from telegram_standin import Chat, InlineTyping, Message, TelegramStandIn, User


@pytest.fixture
def amina(telegram: TelegramStandIn) -> User:
    return telegram.user("Amina")


async def updates(bot: Bot) -> list[Update]:
    """Return all updates not confirmed yet, and confirm them."""
    received = await bot.get_updates()
    if received:
        await bot.get_updates(offset=received[-1].update_id + 1)
    return list(received)


async def shown(telegram: TelegramStandIn, bot: Bot, chat: Chat, *buttons: object) -> Message:
    """Let the bot send a message with these buttons, and return it."""
    markup = InlineKeyboardMarkup.from_column(buttons)  # type: ignore[arg-type]
    await bot.send_message(chat.id, "Ships.", reply_markup=markup)
    return await telegram.reply(chat)


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/OnRecordBot?start=K7Q2-M9XA",
        "http://telegram.me/onrecordbot?start=K7Q2-M9XA",
        "t.me/OnRecordBot/?start=K7Q2-M9XA",
        "tg://resolve?domain=OnRecordBot&start=K7Q2-M9XA",
    ],
)
async def test_a_link_with_a_parameter_starts_the_bot_in_private(
    telegram: TelegramStandIn, bot: Bot, amina: User, link: str
) -> None:
    """Even for who never wrote to it before."""
    message = telegram.open_link(amina, link)
    assert message is not None
    (update,) = await updates(bot)
    assert update.message is not None
    assert (update.message.text, update.message.chat.id) == ("/start K7Q2-M9XA", amina.id)
    assert message.chat == telegram.open_link(amina, link).chat  # type: ignore[union-attr]


async def test_other_links_write_nothing(telegram: TelegramStandIn, bot: Bot, amina: User) -> None:
    for link in (
        "https://t.me/OnRecordBot",
        "https://t.me/OtherBot?start=K7Q2",
        "https://ports.example/OnRecordBot?start=K7Q2",
        "tg://user?id=7",
    ):
        assert telegram.open_link(amina, link) is None
    assert await updates(bot) == []


@pytest.mark.parametrize("parameter", ["", "a b", "é", "x" * 65])
async def test_a_parameter_telegram_would_not_pass_on_is_no_link(
    telegram: TelegramStandIn, amina: User, parameter: str
) -> None:
    with pytest.raises(ValueError, match="no bot can be started"):
        telegram.open_link(amina, f"https://t.me/OnRecordBot?start={parameter}")


async def test_who_has_blocked_the_bot_does_not_start_it(
    telegram: TelegramStandIn, amina: User
) -> None:
    telegram.block(telegram.private_chat(amina))
    with pytest.raises(ValueError, match="has blocked"):
        telegram.open_link(amina, "https://t.me/OnRecordBot?start=K7Q2")


async def test_the_button_above_inline_results_starts_the_bot(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    typing = telegram.type_inline(amina, "harbour")
    with pytest.raises(AssertionError, match="no button that starts a bot"):
        telegram.press_inline_button(amina, typing)
    (update,) = await updates(bot)
    assert update.inline_query is not None
    button = InlineQueryResultsButton("Search in private", start_parameter="inline")
    await update.inline_query.answer([], button=button)
    assert telegram.press_inline_button(amina, typing).text == "/start inline"

    typing = telegram.type_inline(amina, "harbour")
    update = (await updates(bot))[-1]
    assert update.inline_query is not None
    app = InlineQueryResultsButton("Open", web_app=WebAppInfo("https://a.example"))
    await update.inline_query.answer([], button=app)
    with pytest.raises(AssertionError, match="no button that starts a bot"):
        telegram.press_inline_button(amina, typing)


async def test_buttons_lead_where_they_say(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    private, newsroom = telegram.private_chat(amina), telegram.group("Newsroom")
    message = await shown(
        telegram,
        bot,
        private,
        InlineKeyboardButton("Share", switch_inline_query="K7Q2"),
        InlineKeyboardButton("Refine", switch_inline_query_current_chat="harbour"),
        InlineKeyboardButton("Context", url="https://t.me/OnRecordBot?start=K7Q2"),
        InlineKeyboardButton("Source", url="https://ports.example"),
        InlineKeyboardButton("Cite", copy_text=CopyTextButton("Ports Gazette, 24 May")),
        InlineKeyboardButton("Next", callback_data="n"),
    )
    assert isinstance(telegram.follow(amina, message, "Share"), InlineTyping)
    assert isinstance(telegram.follow(amina, message, "Share", chat=newsroom), InlineTyping)
    assert isinstance(telegram.follow(amina, message, "Refine"), InlineTyping)
    typed = [update.inline_query for update in await updates(bot)]
    assert [(query.query, query.chat_type) for query in typed if query] == [
        ("K7Q2", "private"),
        ("K7Q2", "supergroup"),
        ("harbour", "sender"),
    ]
    started = telegram.follow(amina, message, "Context")
    assert isinstance(started, Message)
    assert started.text == "/start K7Q2"
    assert telegram.follow(amina, message, "Source") is None
    assert telegram.follow(amina, message, "Cite") == "Ports Gazette, 24 May"
    with pytest.raises(AssertionError, match="use press"):
        telegram.follow(amina, message, "Next")
    with pytest.raises(AssertionError, match="no button for 'Back'"):
        telegram.follow(amina, message, "Back")


async def test_a_chosen_chat_is_of_an_allowed_kind(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    private = telegram.private_chat(amina)
    groups = SwitchInlineQueryChosenChat("K7Q2", allow_group_chats=True)
    message = await shown(
        telegram,
        bot,
        private,
        InlineKeyboardButton("Share", switch_inline_query_chosen_chat=groups),
    )
    telegram.follow(amina, message, "Share")
    telegram.follow(amina, message, "Share", chat=telegram.group("Newsroom"))
    typed = [update.inline_query for update in await updates(bot)]
    assert [query.chat_type for query in typed if query] == ["group", "supergroup"]
    with pytest.raises(ValueError, match="does not lead to Gazette"):
        telegram.follow(amina, message, "Share", chat=telegram.channel("Gazette"))
    nowhere = SwitchInlineQueryChosenChat("K7Q2")
    with pytest.raises(BadRequest, match="least one chat type must be allowed"):
        await shown(
            telegram,
            bot,
            private,
            InlineKeyboardButton("Share", switch_inline_query_chosen_chat=nowhere),
        )


async def test_no_post_of_a_channel_switches_to_inline_mode(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    """The server refuses it when it is sent and when it is edited."""
    gazette = telegram.channel("Gazette")
    for button in (
        InlineKeyboardButton("Share", switch_inline_query="K7Q2"),
        InlineKeyboardButton("Refine", switch_inline_query_current_chat="K7Q2"),
    ):
        with pytest.raises(BadRequest, match="button in a channel chat"):
            await shown(telegram, bot, gazette, button)
    post = await shown(telegram, bot, gazette, InlineKeyboardButton("Next", callback_data="n"))
    share = InlineKeyboardMarkup.from_button(
        InlineKeyboardButton("Share", switch_inline_query="K7Q2")
    )
    with pytest.raises(BadRequest, match="Can't use switch_inline_query button"):
        await bot.edit_message_reply_markup(gazette.id, post.message_id, reply_markup=share)


async def test_the_transcript_tells_what_was_tapped(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    private, newsroom = telegram.private_chat(amina), telegram.group("Newsroom")
    message = await shown(
        telegram,
        bot,
        private,
        InlineKeyboardButton("Share", switch_inline_query="K7Q2"),
        InlineKeyboardButton("Context", url="https://t.me/OnRecordBot?start=K7Q2"),
        InlineKeyboardButton("Cite", copy_text=CopyTextButton("Ports Gazette, 24 May")),
    )
    telegram.follow(amina, message, "Cite")
    telegram.follow(amina, message, "Context")
    telegram.follow(amina, message, "Share", chat=newsroom)
    telegram.open_link(amina, "https://t.me/OnRecordBot?start=M9XA")
    assert telegram.transcript() == (
        "— Amina in private —\n"
        "#1 OnRecordBot: Ships.\n"
        "    [Share]\n"
        "    [Context]\n"
        "    [Cite]\n"
        "Amina copies [Cite] on #1: Ports Gazette, 24 May\n"
        "Amina presses [Context] on #1\n"
        "#2 Amina: /start K7Q2\n"
        "Amina presses [Share] on #1\n"
        "— Newsroom —\n"
        "Amina types: @OnRecordBot K7Q2\n"
        "— Amina in private —\n"
        "Amina opens https://t.me/OnRecordBot?start=M9XA\n"
        "#3 Amina: /start M9XA"
    )
