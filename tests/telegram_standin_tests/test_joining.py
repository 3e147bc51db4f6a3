"""Coming into chats, rising in them and going; and a group that becomes a supergroup."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram_standin import TelegramStandIn


async def test_the_bot_is_brought_into_a_group_and_told_by_whom(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    amina = telegram.user("Amina")
    group = telegram.group("Newsroom", joined=False)
    telegram.say(group, amina, "Shall we add it?")
    with pytest.raises(Forbidden, match="bot is not a member"):
        await bot.send_message(group.id, "x")
    telegram.invite(group, amina)
    change, arrival = await bot.get_updates()
    assert change.my_chat_member is not None
    assert change.my_chat_member.from_user.id == amina.id
    assert change.my_chat_member.old_chat_member.status == "left"
    assert change.my_chat_member.new_chat_member.status == "member"
    assert arrival.message is not None
    assert [user.id for user in arrival.message.new_chat_members] == [telegram.bot.id]
    assert (await bot.send_message(group.id, "Hello")).message_id == 3
    with pytest.raises(ValueError, match="OnRecordBot is already in Newsroom"):
        telegram.invite(group, amina)


async def test_the_bot_hears_of_its_removal_and_of_nothing_after_it(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    amina = telegram.user("Amina")
    group = telegram.group("Newsroom")
    telegram.remove(group, amina)
    telegram.say(group, amina, "Quiet at last")
    departure, change = await bot.get_updates()
    assert departure.message is not None
    assert departure.message.left_chat_member is not None
    assert departure.message.left_chat_member.id == telegram.bot.id
    assert change.my_chat_member is not None
    assert change.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match="bot was kicked"):
        await bot.send_message(group.id, "x")
    with pytest.raises(ValueError, match="OnRecordBot is not in Newsroom"):
        telegram.remove(group, amina)


async def test_into_a_channel_the_bot_comes_as_an_administrator(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    amina = telegram.user("Amina")
    channel = telegram.channel("Press", administrators=[amina], joined=False)
    telegram.invite(channel, amina)
    (change,) = await bot.get_updates()
    assert change.my_chat_member is not None
    assert change.my_chat_member.new_chat_member.status == "administrator"
    await bot.send_message(channel.id, "Hello")


async def test_people_come_and_go_and_privacy_mode_hides_it_not() -> None:
    """Bots receive every service message: core.telegram.org/bots/features#privacy-mode."""
    async with TelegramStandIn(privacy=True) as telegram:
        amina, bilal = telegram.user("Amina"), telegram.user("Bilal")
        group = telegram.group("Newsroom", administrators=[amina])
        telegram.invite(group, bilal, bilal)
        telegram.remove(group, amina, bilal)
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            arrival, departure = await bot.get_updates()
            assert arrival.message is not None
            assert arrival.message.new_chat_members[0].first_name == "Bilal"
            assert departure.message is not None
            assert departure.message.left_chat_member is not None
            assert (await bot.get_chat_member(group.id, bilal.id)).status == "kicked"


async def test_promotions_count_at_once(telegram: TelegramStandIn, bot: Bot) -> None:
    """The bot is always told of its own, of others' only as an administrator and if it asks."""
    bilal = telegram.user("Bilal")
    group = telegram.group("Newsroom")
    await bot.get_updates(allowed_updates=["my_chat_member", "chat_member"])
    telegram.promote(group, bilal)
    assert (await bot.get_chat_member(group.id, bilal.id)).status == "administrator"
    telegram.promote(group, telegram.bot, by=bilal)
    telegram.demote(group, bilal)
    own, other = await bot.get_updates()
    assert own.my_chat_member is not None
    assert own.my_chat_member.from_user.id == bilal.id
    assert own.my_chat_member.new_chat_member.status == "administrator"
    assert other.chat_member is not None
    assert other.chat_member.new_chat_member.status == "member"
    assert (await bot.get_chat_member(group.id, bilal.id)).status == "member"


async def test_a_migrated_group_refuses_and_names_its_successor(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    amina = telegram.user("Amina")
    group = telegram.group("Small", kind="group", administrators=[amina])
    question = telegram.say(group, amina, "When?")
    supergroup = telegram.migrate(group, amina)
    _, leaving, arriving = await bot.get_updates()
    assert leaving.message is not None
    assert (leaving.message.chat.id, leaving.message.migrate_to_chat_id) == (
        group.id,
        supergroup.id,
    )
    assert arriving.message is not None
    assert (arriving.message.chat.id, arriving.message.migrate_from_chat_id) == (
        supergroup.id,
        group.id,
    )
    with pytest.raises(ChatMigrated) as refused:
        await bot.send_message(group.id, "In March.", reply_to_message_id=question.message_id)
    assert refused.value.new_chat_id == supergroup.id
    assert str(supergroup.id).startswith("-100")
    # What was said stays in the old chat.
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(supergroup.id, "x", reply_to_message_id=question.message_id + 9)
    await bot.send_message(supergroup.id, "In March.")
    assert (await telegram.reply(supergroup)).text == "In March."
    member = await bot.get_chat_member(supergroup.id, amina.id)
    assert member.status == "administrator"
    with pytest.raises(ValueError, match="closed since it became a supergroup"):
        telegram.say(group, amina, "Anybody?")
    with pytest.raises(ValueError, match="no basic group any more"):
        telegram.migrate(supergroup)


async def test_the_transcript_tells_who_came_and_what_became_of_the_group(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    amina, bilal = telegram.user("Amina"), telegram.user("Bilal")
    group = telegram.group("Small", kind="group", joined=False)
    telegram.invite(group, amina)
    telegram.invite(group, amina, bilal)
    telegram.promote(group, bilal)
    telegram.remove(group, bilal, bilal)
    supergroup = telegram.migrate(group, amina)
    assert telegram.transcript() == "\n".join(
        [
            "— Small —",
            "#1 Amina adds OnRecordBot",
            "#2 Amina adds Bilal",
            "Bilal becomes an administrator",
            "#3 Bilal leaves",
            "#4 Amina upgrades the group to a supergroup",
            "— Small —",
            "#1 Small is a supergroup now, under a new id",
        ]
    )
    assert telegram.transcript(supergroup).count("\n") == 1
