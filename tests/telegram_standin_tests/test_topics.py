"""Topics of a forum: where messages land, what they say of it, and what a bot may name."""

from __future__ import annotations

import pytest
from telegram import Bot, Message, ReplyParameters
from telegram.constants import ChatAction
from telegram.error import BadRequest
from telegram_standin import TelegramStandIn


async def last_message(bot: Bot) -> Message:
    """Return the message the bot was told of last, and confirm all updates."""
    updates = await bot.get_updates()
    await bot.get_updates(offset=updates[-1].update_id + 1)
    message = updates[-1].message
    assert message is not None
    return message


async def test_a_topic_opens_with_a_message_whose_id_it_bears(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    amina = telegram.user("Amina")
    newsroom = telegram.group("Newsroom", forum=True)
    telegram.say(newsroom, amina, "Hello")
    shipping = telegram.topic(newsroom, "Shipping", amina)
    opening = await last_message(bot)
    assert opening.chat.is_forum is True
    assert opening.forum_topic_created is not None
    assert opening.forum_topic_created.name == "Shipping"
    assert (opening.message_id, opening.message_thread_id) == (3, 3)
    assert opening.is_topic_message is True
    assert (shipping.thread_id, str(shipping)) == (3, "Newsroom › Shipping")
    assert (await bot.get_chat(newsroom.id)).is_forum is True


async def test_a_message_in_a_topic_seems_to_reply_to_its_opening(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    """Telegram does so; only General is free of it."""
    amina = telegram.user("Amina")
    newsroom = telegram.group("Newsroom", forum=True)
    shipping = telegram.topic(newsroom, "Shipping")
    telegram.say(newsroom, amina, "When?", topic=shipping)
    inside = await last_message(bot)
    assert (inside.message_thread_id, inside.is_topic_message) == (shipping.thread_id, True)
    assert inside.reply_to_message is not None
    assert inside.reply_to_message.message_id == shipping.thread_id
    assert inside.reply_to_message.forum_topic_created is not None
    telegram.say(newsroom, amina, "When?")
    general = await last_message(bot)
    assert (general.message_thread_id, general.is_topic_message) == (None, None)
    assert general.reply_to_message is None


async def test_a_reply_stays_in_the_topic_of_what_it_replies_to(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    amina, bilal = telegram.user("Amina"), telegram.user("Bilal")
    newsroom = telegram.group("Newsroom", forum=True)
    shipping = telegram.topic(newsroom, "Shipping")
    question = telegram.say(newsroom, amina, "When?", topic=shipping)
    sent = await bot.send_message(newsroom.id, "In March.", reply_to_message_id=question.message_id)
    assert (sent.message_thread_id, sent.is_topic_message) == (shipping.thread_id, True)
    answer = await telegram.reply(newsroom)
    assert (answer.topic, answer.reply_to) == (shipping, question)
    thanks = telegram.say(newsroom, bilal, "Thanks", reply_to=answer)
    assert (thanks.topic, thanks.thread_id) == (shipping, shipping.thread_id)
    with pytest.raises(ValueError, match="is not in Newsroom › Ferries"):
        telegram.say(
            newsroom, bilal, "Thanks", reply_to=answer, topic=telegram.topic(newsroom, "Ferries")
        )


async def test_a_chain_of_replies_is_a_thread_but_no_topic(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    """In General and in supergroups without topics, where its id says nothing."""
    amina = telegram.user("Amina")
    for group in (telegram.group("Newsroom", forum=True), telegram.group("Desk")):
        first = telegram.say(group, amina, "When?")
        second = telegram.say(group, amina, "Well?", reply_to=first)
        telegram.say(group, amina, "Anybody?", reply_to=second)
        third = await last_message(bot)
        assert third.message_thread_id == first.message_id
        assert third.is_topic_message is None
        if group.is_forum:
            with pytest.raises(BadRequest, match="Message thread not found"):
                await bot.send_message(group.id, "x", message_thread_id=third.message_thread_id)
        else:
            sent = await bot.send_message(group.id, "x", message_thread_id=third.message_thread_id)
            assert sent.message_thread_id is None
        # The library's own shortcut knows this.
        third.set_bot(bot)
        assert (await third.reply_text("Here.")).is_topic_message is None
    basic = telegram.group("Small", kind="group")
    first = telegram.say(basic, amina, "When?")
    assert telegram.say(basic, amina, "Well?", reply_to=first).thread_id is None


async def test_a_bot_names_a_topic_by_its_id_alone(telegram: TelegramStandIn, bot: Bot) -> None:
    newsroom = telegram.group("Newsroom", forum=True)
    shipping = telegram.topic(newsroom, "Shipping")
    inside = telegram.say(newsroom, telegram.user("Amina"), "When?", topic=shipping)
    await bot.send_message(newsroom.id, "x", message_thread_id=shipping.thread_id)
    assert (await telegram.reply(newsroom)).topic == shipping
    await bot.send_message(newsroom.id, "x")
    assert (await telegram.reply(newsroom)).topic is None
    await bot.send_chat_action(newsroom.id, ChatAction.TYPING, message_thread_id=shipping.thread_id)
    for unknown in (1, inside.message_id, 999):
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(newsroom.id, "x", message_thread_id=unknown)
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_chat_action(newsroom.id, ChatAction.TYPING, message_thread_id=unknown)


async def test_a_reply_sent_to_another_topic_lands_there(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    newsroom = telegram.group("Newsroom", forum=True)
    shipping, ferries = telegram.topic(newsroom, "Shipping"), telegram.topic(newsroom, "Ferries")
    amina = telegram.user("Amina")
    question = telegram.say(newsroom, amina, "When do ferries sail?", topic=shipping)
    sent = await bot.send_message(
        newsroom.id,
        "Twice a day.",
        message_thread_id=ferries.thread_id,
        reply_parameters=ReplyParameters(question.message_id, quote="ferries"),
    )
    assert sent.message_thread_id == ferries.thread_id
    assert sent.reply_to_message is None
    assert sent.external_reply is not None
    assert sent.external_reply.message_id == question.message_id
    assert sent.external_reply.origin.sender_user.id == amina.id  # type: ignore[attr-defined]
    assert telegram.transcript(newsroom).endswith(
        "— Newsroom › Ferries —\n"
        f"#5 OnRecordBot (to #{question.message_id} in another topic, “ferries”): Twice a day."
    )


async def test_the_transcript_says_which_topic(telegram: TelegramStandIn, bot: Bot) -> None:
    amina = telegram.user("Amina")
    newsroom = telegram.group("Newsroom", forum=True)
    telegram.say(newsroom, amina, "Good morning")
    shipping = telegram.topic(newsroom, "Shipping", amina)
    question = telegram.say(newsroom, amina, "When?", topic=shipping)
    telegram.say(newsroom, amina, "Anybody here?")
    await bot.send_message(newsroom.id, "In March.", reply_to_message_id=question.message_id)
    assert telegram.transcript() == "\n".join(
        [
            "— Newsroom —",
            "#2 Amina: Good morning",
            "— Newsroom › Shipping —",
            "#3 Amina opens the topic",
            "#4 Amina: When?",
            "— Newsroom —",
            "#5 Amina: Anybody here?",
            "— Newsroom › Shipping —",
            "#6 OnRecordBot (to #4): In March.",
        ]
    )


def test_only_a_forum_has_topics() -> None:
    telegram = TelegramStandIn()
    with pytest.raises(ValueError, match="Desk has no topics"):
        telegram.topic(telegram.group("Desk"), "Shipping")
    with pytest.raises(ValueError, match="only a supergroup"):
        telegram.group("Desk", kind="group", forum=True)
    shipping = telegram.topic(telegram.group("Newsroom", forum=True), "Shipping")
    with pytest.raises(ValueError, match="is no topic of Desk"):
        telegram.say(telegram.group("Desk"), telegram.user("Amina"), "x", topic=shipping)
