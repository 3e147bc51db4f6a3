"""What a bot's reply may quote: words of the message with the very marks they have there."""

from __future__ import annotations

import pytest
from telegram import Bot, MessageEntity, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram_standin import Chat, Message, TelegramStandIn, User

BOLD, ITALIC = MessageEntity.BOLD, MessageEntity.ITALIC


@pytest.fixture
def amina(telegram: TelegramStandIn) -> User:
    return telegram.user("Amina")


@pytest.fixture
def private(telegram: TelegramStandIn, amina: User) -> Chat:
    return telegram.private_chat(amina)


async def sent(telegram: TelegramStandIn, bot: Bot, chat: Chat, html: str) -> Message:
    await bot.send_message(chat.id, html, parse_mode=ParseMode.HTML)
    return await telegram.reply(chat)


async def quote(telegram: TelegramStandIn, bot: Bot, message: Message, **quoted: object) -> Message:
    reply = ReplyParameters(message.message_id, **quoted)  # type: ignore[arg-type]
    await bot.send_message(message.chat.id, "Yes.", reply_parameters=reply)
    return await telegram.reply(message.chat)


async def test_marks_of_a_quote_are_those_of_the_message(
    telegram: TelegramStandIn, bot: Bot, private: Chat
) -> None:
    said = await sent(telegram, bot, private, "The <b>harbour opens</b> in <i>March</i>.")
    bold = MessageEntity(BOLD, 0, 7)
    answer = await quote(telegram, bot, said, quote="harbour", quote_entities=[bold])
    assert answer.quote is not None
    assert answer.quote.to_json() == {
        "text": "harbour",
        "position": 4,
        "is_manual": True,
        "entities": [{"type": "bold", "offset": 0, "length": 7}],
    }
    marked = {"quote": "<b>opens</b> in <i>Mar</i>", "quote_parse_mode": ParseMode.HTML}
    answer = await quote(telegram, bot, said, **marked)
    assert answer.quote is not None
    assert answer.quote.text == "opens in Mar"


@pytest.mark.parametrize(
    "marks",
    [
        [],
        [MessageEntity(ITALIC, 0, 7)],
        [MessageEntity(BOLD, 0, 6)],
        [MessageEntity(BOLD, 0, 7), MessageEntity(ITALIC, 0, 7)],
    ],
)
async def test_a_quote_with_other_marks_is_refused(
    telegram: TelegramStandIn, bot: Bot, private: Chat, marks: list[MessageEntity]
) -> None:
    said = await sent(telegram, bot, private, "The <b>harbour</b> opens.")
    with pytest.raises(BadRequest, match="Quote_text_invalid"):
        await quote(telegram, bot, said, quote="harbour", quote_entities=marks)


async def test_links_code_and_quotations_are_no_marks(
    telegram: TelegramStandIn, bot: Bot, private: Chat
) -> None:
    """Nor does a link within bold cut the bold of a quote in three."""
    html = (
        '<blockquote>The <b>old <a href="https://ports.example/">harbour</a> wall</b></blockquote>'
        " <code>x</code>"
    )
    said = await sent(telegram, bot, private, html)
    bold = MessageEntity(BOLD, 4, 16)
    answer = await quote(telegram, bot, said, quote="The old harbour wall x", quote_entities=[bold])
    assert answer.quote is not None
    assert [mark.type for mark in answer.quote.entities] == ["bold"]


async def test_the_place_nearest_to_the_position_is_quoted(
    telegram: TelegramStandIn, bot: Bot, private: Chat
) -> None:
    """With the right marks, whatever is nearer without them."""
    said = await sent(telegram, bot, private, "port, port and <b>port</b>")
    for position, found in ((0, 0), (5, 6), (100, 6), (3, 0), (4, 6)):
        answer = await quote(telegram, bot, said, quote="port", quote_position=position)
        assert answer.quote is not None
        assert answer.quote.position == found
    bold = MessageEntity(BOLD, 0, 4)
    answer = await quote(telegram, bot, said, quote="port", quote_entities=[bold])
    assert answer.quote is not None
    assert answer.quote.position == 15


async def test_what_is_not_said_or_is_too_long_is_refused(
    telegram: TelegramStandIn, bot: Bot, private: Chat
) -> None:
    said = await sent(telegram, bot, private, "x" * 1025)
    assert (await quote(telegram, bot, said, quote="x" * 1024)).quote is not None
    for words in ("x" * 1025, "y"):
        with pytest.raises(BadRequest, match="Quote_text_invalid"):
            await quote(telegram, bot, said, quote=words)


async def test_what_a_person_quotes_brings_its_marks(
    telegram: TelegramStandIn, bot: Bot, private: Chat, amina: User
) -> None:
    said = await sent(telegram, bot, private, "The <b>harbour</b> opens.")
    telegram.say(private, amina, "Really?", reply_to=said, quote="harbour")
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.quote is not None
    assert [entity.type for entity in update.message.quote.entities or ()] == ["bold"]
