"""The direct messages of a channel, which the bot manages: a topic for each person."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    SwitchInlineQueryChosenChat,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest
from telegram_standin import Chat, TelegramStandIn, User


@pytest.fixture
def amina(telegram: TelegramStandIn) -> User:
    return telegram.user("Amina")


@pytest.fixture
def ports(telegram: TelegramStandIn) -> Chat:
    return telegram.channel("Ports")


@pytest.fixture
def letters(telegram: TelegramStandIn, ports: Chat) -> Chat:
    return telegram.direct_messages(ports)


async def last_message(bot: Bot) -> Message:
    updates = await bot.get_updates()
    await bot.get_updates(offset=updates[-1].update_id + 1)
    message = updates[-1].message
    assert message is not None
    return message


async def test_a_person_writes_to_the_channel_in_a_topic_of_their_own(
    telegram: TelegramStandIn, bot: Bot, letters: Chat, ports: Chat, amina: User
) -> None:
    """To the bot it is a supergroup, and what it sends goes to the topic in the channel's name."""
    telegram.say(letters, amina, "When?")
    question = await last_message(bot)
    assert (question.chat.type, question.chat.is_direct_messages) == ("supergroup", True)
    assert question.direct_messages_topic is not None
    assert question.direct_messages_topic.topic_id == amina.id
    assert question.message_thread_id is None
    question.set_bot(bot)
    answer = await question.reply_text("In March.", do_quote=True)
    assert answer.direct_messages_topic is not None
    assert answer.direct_messages_topic.topic_id == amina.id
    assert answer.sender_chat is not None
    assert answer.sender_chat.id == ports.id
    sent = await telegram.reply(letters)
    assert (sent.direct_topic, sent.sender) == (amina, telegram.bot)
    full = await bot.get_chat(letters.id)
    assert full.parent_chat is not None
    assert full.parent_chat.id == ports.id


async def test_the_channel_answers_in_the_topic_of_what_it_replies_to(
    telegram: TelegramStandIn, bot: Bot, letters: Chat, ports: Chat, amina: User
) -> None:
    question = telegram.say(letters, amina, "When?")
    telegram.say(letters, ports, "In March.", reply_to=question)
    answer = await last_message(bot)
    assert answer.direct_messages_topic is not None
    assert answer.direct_messages_topic.topic_id == amina.id
    assert answer.sender_chat is not None
    assert answer.sender_chat.id == ports.id
    with pytest.raises(ValueError, match="only by a reply"):
        telegram.say(letters, ports, "Anybody?")


async def test_the_topic_must_be_named_even_in_a_reply(
    telegram: TelegramStandIn, bot: Bot, letters: Chat, amina: User
) -> None:
    question = telegram.say(letters, amina, "When?")
    stranger = telegram.user("Bilal")
    with pytest.raises(BadRequest, match="Channel direct messages topic must be specified"):
        await bot.send_message(letters.id, "x", reply_to_message_id=question.message_id)
    with pytest.raises(BadRequest, match="Topic not found"):
        await bot.send_message(letters.id, "x", message_thread_id=question.message_id)
    with pytest.raises(BadRequest, match="Wrong direct messages topic identifier specified"):
        await bot.send_message(letters.id, "x", direct_messages_topic_id=stranger.id)
    await bot.send_message(letters.id, "x", direct_messages_topic_id=amina.id)


async def test_elsewhere_the_topic_is_not_looked_at(telegram: TelegramStandIn, bot: Bot) -> None:
    group = telegram.group("Newsroom")
    sent = await bot.send_message(group.id, "x", direct_messages_topic_id=7)
    assert sent.direct_messages_topic is None


@pytest.mark.parametrize(
    ("button", "name"),
    [
        ({"switch_inline_query": ""}, "switch_inline_query"),
        ({"switch_inline_query_current_chat": "x"}, "switch_inline_query_current_chat"),
        (
            {"switch_inline_query_chosen_chat": SwitchInlineQueryChosenChat(allow_user_chats=True)},
            "switch_inline_query",
        ),
    ],
)
async def test_buttons_that_switch_to_inline_mode_are_refused(
    telegram: TelegramStandIn, bot: Bot, letters: Chat, button: dict[str, Any], name: str
) -> None:
    """In an edit too; one that asks for a reply is not, as it is in a channel."""
    amina = telegram.user("Amina")
    telegram.say(letters, amina, "When?")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Share", **button)]])
    topic = {"direct_messages_topic_id": amina.id}
    with pytest.raises(BadRequest, match=f"Can't use {name} button in a channel chat"):
        await bot.send_message(letters.id, "x", reply_markup=keyboard, **topic)
    sent = await bot.send_message(letters.id, "x", reply_markup=ForceReply(), **topic)
    with pytest.raises(BadRequest, match=f"Can't use {name} button in a channel chat"):
        await bot.edit_message_reply_markup(letters.id, sent.message_id, reply_markup=keyboard)


async def test_nobody_is_seen_typing_there(
    telegram: TelegramStandIn, bot: Bot, letters: Chat, amina: User
) -> None:
    with pytest.raises(BadRequest, match="Chat actions can't be sent to channel direct messages"):
        await bot.send_chat_action(letters.id, ChatAction.TYPING)


async def test_a_channel_has_them_and_nothing_else_does(telegram: TelegramStandIn) -> None:
    with pytest.raises(ValueError, match="Newsroom is no channel"):
        telegram.direct_messages(telegram.group("Newsroom"))
