"""A channel and its discussion group: posts that appear there by themselves, and comments."""

from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram_standin import Chat, TelegramStandIn


@pytest.fixture
def press_office(telegram: TelegramStandIn) -> tuple[Chat, Chat]:
    """Return a channel with its discussion group."""
    channel, group = telegram.channel("Press"), telegram.group("Press discussion")
    telegram.link(channel, group)
    return channel, group


async def told(bot: Bot) -> list[Update]:
    """Return what the bot has not confirmed yet, and confirm it."""
    updates = await bot.get_updates()
    await bot.get_updates(offset=updates[-1].update_id + 1 if updates else None)
    return list(updates)


def message_of(update: Update) -> Message:
    assert update.message is not None
    return update.message


async def test_a_post_is_forwarded_into_the_discussion_group(
    telegram: TelegramStandIn, bot: Bot, press_office: tuple[Chat, Chat]
) -> None:
    """It comes from Telegram itself, on behalf of the channel, and says which post it is."""
    channel, group = press_office
    telegram.post(channel, "Before there was much to say")
    await told(bot)
    post = telegram.post(channel, "The harbour opens in March.", seconds_ago=10)
    in_channel, in_group = await told(bot)
    assert in_channel.channel_post is not None
    assert in_channel.channel_post.text == "The harbour opens in March."
    forward = message_of(in_group)
    assert (forward.chat.id, forward.text) == (group.id, "The harbour opens in March.")
    assert forward.from_user is not None
    assert (forward.from_user.id, forward.from_user.is_bot) == (777000, False)
    assert forward.sender_chat is not None
    assert (forward.sender_chat.id, forward.is_automatic_forward) == (channel.id, True)
    origin = forward.forward_origin
    assert origin is not None
    assert (origin.type, origin.chat.id, origin.message_id) == (  # type: ignore[attr-defined]
        "channel",
        channel.id,
        post.message_id,
    )
    assert int(origin.date.timestamp()) == post.date
    assert telegram.forwarded(post).message_id == forward.message_id
    assert (await bot.get_chat(channel.id)).linked_chat_id == group.id
    assert (await bot.get_chat(group.id)).linked_chat_id == channel.id


async def test_a_comment_is_a_reply_in_the_thread_of_the_forward(
    telegram: TelegramStandIn, bot: Bot, press_office: tuple[Chat, Chat]
) -> None:
    channel, group = press_office
    forward = telegram.forwarded(telegram.post(channel, "The harbour opens in March."))
    comment = telegram.comment(forward, telegram.user("Amina"), "/ask harbour")
    update = message_of((await told(bot))[-1])
    assert (update.message_thread_id, update.is_topic_message) == (forward.message_id, None)
    assert update.reply_to_message is not None
    assert update.reply_to_message.is_automatic_forward is True
    sent = await bot.send_message(group.id, "In March.", reply_to_message_id=comment.message_id)
    assert sent.message_thread_id == forward.message_id
    with pytest.raises(ValueError, match="is no automatic forward"):
        telegram.comment(comment, telegram.user("Bilal"), "Really?")


async def test_the_channel_and_anonymous_administrators_comment_too(
    telegram: TelegramStandIn, bot: Bot, press_office: tuple[Chat, Chat]
) -> None:
    """Each has a placeholder in `from`; only a forward has Telegram itself there."""
    channel, group = press_office
    forward = telegram.forwarded(telegram.post(channel, "The harbour opens in March."))
    telegram.comment(forward, channel, "Correction: in April.")
    telegram.comment(forward, group, "Be polite.")
    speakers = [
        (message.from_user.username, message.sender_chat.id, message.is_automatic_forward)
        for message in map(message_of, (await told(bot))[2:])
        if message.from_user and message.sender_chat
    ]
    assert speakers == [("Channel_Bot", channel.id, None), ("GroupAnonymousBot", group.id, None)]


async def test_who_speaks_as_the_group_presses_as_himself(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    amina = telegram.user("Amina")
    group = telegram.group("Newsroom", administrators=[amina])
    telegram.say(group, group, "/settings")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("English", callback_data="en")]])
    await bot.send_message(group.id, "Which language?", reply_markup=keyboard)
    telegram.press(amina, await telegram.reply(group), "English")
    query = (await told(bot))[-1].callback_query
    assert query is not None
    assert query.from_user.id == amina.id
    assert (await bot.get_chat_member(group.id, query.from_user.id)).status == "administrator"
    assert [member.user.id for member in await bot.get_chat_administrators(group.id)] == [amina.id]


async def test_the_bots_own_posts_come_back_as_forwards_and_follow_its_edits(
    telegram: TelegramStandIn, bot: Bot, press_office: tuple[Chat, Chat]
) -> None:
    """Telegram forwards every post, so a bot in both places meets its own words."""
    channel, _ = press_office
    sent = await bot.send_message(channel.id, "<b>In March.</b>", parse_mode="HTML")
    (update,) = await told(bot)
    assert message_of(update).is_automatic_forward is True
    assert [entity.type for entity in message_of(update).entities] == ["bold"]
    await sent.edit_text("In April.")
    (update,) = await told(bot)
    assert update.edited_message is not None
    assert update.edited_message.text == "In April."
    post = await telegram.reply(channel)
    assert telegram.forwarded(post).text == "In April."
    assert (await telegram.edited(post)).text == "In April."


async def test_privacy_mode_keeps_forwards_and_comments_from_a_plain_member() -> None:
    async with TelegramStandIn(privacy=True) as telegram:
        channel, group = telegram.channel("Press"), telegram.group("Press discussion")
        telegram.link(channel, group)
        forward = telegram.forwarded(telegram.post(channel, "The harbour opens in March."))
        telegram.comment(forward, telegram.user("Amina"), "Really?")
        telegram.comment(forward, telegram.user("Bilal"), "/ask harbour")
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            post, comment = await told(bot)
        assert post.channel_post is not None
        assert message_of(comment).text == "/ask harbour"


async def test_the_transcript_reads_like_a_discussion(
    telegram: TelegramStandIn, bot: Bot, press_office: tuple[Chat, Chat]
) -> None:
    channel, _ = press_office
    post = telegram.post(channel, "The harbour opens in March.")
    telegram.comment(telegram.forwarded(post), telegram.user("Amina"), "At last!")
    telegram.edit(post, "The harbour opens in April.")
    assert telegram.transcript() == "\n".join(
        [
            "— Press discussion —",
            "Press discussion becomes the discussion group of Press",
            "— Press —",
            "#1 Press: The harbour opens in March.",
            "— Press discussion —",
            "#1 Press forwards its post #1: The harbour opens in March.",
            "#2 Amina (to #1): At last!",
            "— Press —",
            "#1 Press edits: The harbour opens in April.",
            "— Press discussion —",
            "#1 Press edits: The harbour opens in April.",
        ]
    )


def test_only_a_channel_and_a_supergroup_are_linked() -> None:
    telegram = TelegramStandIn()
    with pytest.raises(ValueError, match="cannot discuss"):
        telegram.link(telegram.channel("Press"), telegram.group("Small", kind="group"))
    with pytest.raises(AssertionError, match="was not forwarded"):
        telegram.forwarded(telegram.post(telegram.channel("Press"), "x"))
