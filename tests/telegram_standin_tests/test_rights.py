"""Where the bot may not write although it is there, and what it is told of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import Bot, ChatMemberAdministrator, ChatMemberRestricted, ForceReply, Update
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest
from telegram_standin import Chat, TelegramStandIn, User

TEXTS = "Not enough rights to send text messages to the chat"
CODE = "Chat_write_forbidden"


@pytest.fixture
def amina(telegram: TelegramStandIn) -> User:
    return telegram.user("Amina")


@pytest.fixture
def newsroom(telegram: TelegramStandIn) -> Chat:
    return telegram.group("Newsroom")


async def updates(bot: Bot) -> list[Update]:
    """Return all updates not confirmed yet, and confirm them."""
    received = await bot.get_updates()
    if received:
        await bot.get_updates(offset=received[-1].update_id + 1)
    return list(received)


Forbid = Callable[[TelegramStandIn, Chat], Any]


@pytest.mark.parametrize(
    ("forbid", "allow"),
    [
        (
            lambda telegram, group: telegram.restrict(group, telegram.bot),
            lambda telegram, group: telegram.free(group, telegram.bot),
        ),
        (
            lambda telegram, group: telegram.silence(group),
            lambda telegram, group: telegram.silence(group, False),
        ),
        (
            lambda telegram, group: telegram.silence(group),
            lambda telegram, group: telegram.promote(group, telegram.bot),
        ),
    ],
    ids=["restricted", "silenced", "promoted"],
)
async def test_a_bot_kept_from_writing_is_told_so(
    telegram: TelegramStandIn, bot: Bot, newsroom: Chat, forbid: Forbid, allow: Forbid
) -> None:
    """It may still take away what it has written."""
    earlier = await bot.send_message(newsroom.id, "In March.")
    forbid(telegram, newsroom)
    refused: list[tuple[str, Awaitable[Any]]] = [
        (TEXTS, bot.send_message(newsroom.id, "In May.")),
        ("Not enough rights to send documents to the chat", bot.send_document(newsroom.id, b"x")),
        (CODE, bot.edit_message_text("In May.", newsroom.id, earlier.message_id)),
        (CODE, bot.send_chat_action(newsroom.id, ChatAction.TYPING)),
    ]
    for words, call in refused:
        with pytest.raises(BadRequest, match=words):
            await call
    allow(telegram, newsroom)
    await bot.send_message(newsroom.id, "In May.")
    await bot.edit_message_text("In May.", newsroom.id, earlier.message_id)
    forbid(telegram, newsroom)
    await bot.delete_message(newsroom.id, earlier.message_id)


async def test_a_restricted_bot_is_told_of_it_and_of_nothing_it_may(
    telegram: TelegramStandIn, bot: Bot, newsroom: Chat, amina: User
) -> None:
    telegram.restrict(newsroom, telegram.bot, by=amina)
    (update,) = await updates(bot)
    assert update.my_chat_member is not None
    member = update.my_chat_member.new_chat_member
    assert isinstance(member, ChatMemberRestricted)
    assert (member.is_member, member.can_send_messages) == (True, False)
    assert update.my_chat_member.from_user.id == amina.id
    telegram.say(newsroom, amina, "When?")
    assert len(await updates(bot)) == 1


async def test_a_restricted_person_writes_nothing(
    telegram: TelegramStandIn, newsroom: Chat, amina: User
) -> None:
    telegram.say(newsroom, amina, "When?")
    telegram.restrict(newsroom, amina)
    with pytest.raises(ValueError, match="Amina may not write in Newsroom"):
        telegram.say(newsroom, amina, "Well?")
    telegram.free(newsroom, amina)
    telegram.say(newsroom, amina, "Well?")


async def test_an_administrator_of_a_channel_may_lack_the_right_to_post(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    channel = telegram.channel("Press")
    post = await bot.send_message(channel.id, "In March.")
    telegram.forbid_posts(channel, telegram.bot)
    with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
        await bot.send_message(channel.id, "In May.")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("In May.", channel.id, post.message_id)
    with pytest.raises(BadRequest, match=CODE):
        await bot.send_chat_action(channel.id, ChatAction.TYPING)
    (update,) = await updates(bot)
    assert update.my_chat_member is not None
    member = update.my_chat_member.new_chat_member
    assert isinstance(member, ChatMemberAdministrator)
    assert member.can_post_messages is False
    telegram.forbid_posts(channel, telegram.bot, False)
    await bot.send_message(channel.id, "In May.")
    telegram.demote(channel, telegram.bot)
    with pytest.raises(BadRequest, match="Need administrator rights"):
        await bot.send_message(channel.id, "In June.")


async def test_a_channel_asks_for_no_reply(telegram: TelegramStandIn, bot: Bot) -> None:
    """Nobody could give one."""
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await bot.send_message(telegram.channel("Press").id, "When?", reply_markup=ForceReply())


async def test_a_closed_topic_takes_nothing_from_a_member(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    """Whether it is named or replied into; an administrator goes on."""
    forum = telegram.group("Newsroom", forum=True)
    shipping = telegram.topic(forum, "Shipping")
    question = telegram.say(forum, amina, "When?", topic=shipping)
    answer = await bot.send_message(forum.id, "In March.", reply_to_message_id=question.message_id)
    telegram.close_topic(shipping)
    refused = [
        bot.send_message(forum.id, "In May.", message_thread_id=shipping.thread_id),
        bot.send_message(forum.id, "In May.", reply_to_message_id=question.message_id),
        bot.edit_message_text("In May.", forum.id, answer.message_id),
    ]
    for call in refused:
        with pytest.raises(BadRequest, match="Topic_closed"):
            await call
    with pytest.raises(ValueError, match="Newsroom › Shipping is closed"):
        telegram.say(forum, amina, "Well?", topic=shipping)
    await bot.send_message(forum.id, "In General.")
    telegram.reopen_topic(shipping)
    await bot.send_message(forum.id, "In May.", message_thread_id=shipping.thread_id)
    telegram.close_topic(shipping)
    telegram.promote(forum, telegram.bot)
    await bot.send_message(forum.id, "In June.", message_thread_id=shipping.thread_id)
    told = [update.message for update in await updates(bot) if update.message]
    assert [bool(one.forum_topic_closed) - bool(one.forum_topic_reopened) for one in told] == [
        0,
        0,
        1,
        -1,
        1,
    ]


async def test_general_is_closed_for_itself(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    forum = telegram.group("Newsroom", forum=True)
    shipping = telegram.topic(forum, "Shipping")
    telegram.close_topic(forum)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(forum.id, "In General.")
    await bot.send_message(forum.id, "In May.", message_thread_id=shipping.thread_id)
    with pytest.raises(ValueError, match="is no topic"):
        telegram.close_topic(telegram.group("Desk"))


async def test_a_deleted_topic_is_not_found(
    telegram: TelegramStandIn, bot: Bot, amina: User
) -> None:
    """Nor is what it held; what may go without a reply lands in General."""
    forum = telegram.group("Newsroom", forum=True)
    shipping = telegram.topic(forum, "Shipping")
    question = telegram.say(forum, amina, "When?", topic=shipping)
    telegram.delete_topic(shipping)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(forum.id, "x", message_thread_id=shipping.thread_id)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(forum.id, "x", reply_to_message_id=question.message_id)
    await bot.send_message(
        forum.id, "x", reply_to_message_id=question.message_id, allow_sending_without_reply=True
    )
    assert (await telegram.reply(forum)).topic is None


async def test_the_words_are_checked_before_the_rights(
    telegram: TelegramStandIn, bot: Bot, newsroom: Chat
) -> None:
    """As Telegram does, which parses before it looks where to."""
    telegram.silence(newsroom)
    with pytest.raises(BadRequest, match="can't find end tag"):
        await bot.send_message(newsroom.id, "<b>x", parse_mode=ParseMode.HTML)
