"""What a bot sets of itself since Bot API 10.5, and reads of itself."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest, EndPointNotFound
from telegram_standin import TelegramStandIn

from bot.wire.newer_api import bot_settings, set_bot_settings


async def test_the_bot_reads_its_settings(telegram: TelegramStandIn, bot: Bot) -> None:
    settings = await bot_settings(bot)
    assert settings["supports_inline_queries"] is True
    assert settings["supports_guest_queries"] is True
    assert settings["can_read_all_group_messages"] is True
    assert settings["can_join_groups"] is True
    assert settings["inline_query_placeholder"] == ""
    assert settings["has_topics_enabled"] is False
    assert settings["active_usernames"] == ["OnRecordBot"]


async def test_what_is_not_named_stays_and_the_rest_is_followed() -> None:
    async with TelegramStandIn(inline=False, guests=False, privacy=True) as telegram:
        group, amina = telegram.group("Newsroom"), telegram.user("Amina")
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            await set_bot_settings(bot, {"supports_inline_queries": True})
            await set_bot_settings(bot, {"inline_query_placeholder": "a topic or a name"})
            settings = await bot_settings(bot)
            assert settings["supports_inline_queries"] is True
            assert settings["inline_query_placeholder"] == "a topic or a name"
            assert settings["supports_guest_queries"] is False
            assert settings["can_read_all_group_messages"] is False
            telegram.type_inline(amina, "harbour")
            telegram.say(group, amina, "kept from the bot")
            await set_bot_settings(
                bot, {"can_read_all_group_messages": True, "supports_guest_queries": True}
            )
            telegram.say(group, amina, "seen")
            telegram.call_guest(telegram.foreign_group("Elsewhere"), amina, "@OnRecordBot x")
            typed, seen, called = await bot.get_updates()
    assert typed.inline_query is not None
    assert seen.message is not None
    assert seen.message.text == "seen"
    assert called.guest_message is not None


async def test_the_share_of_choices_told_is_set_and_not_read(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    await set_bot_settings(
        bot, {"inline_feedback_share_denominator": 1, "callback_query_mode": "default"}
    )
    assert not {"inline_feedback_share_denominator", "callback_query_mode"} & set(
        await bot_settings(bot)
    )


async def test_a_sidebar_of_topics_shows_only_where_there_are_topics(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    await set_bot_settings(bot, {"has_topic_sidebar": True})
    assert (await bot_settings(bot))["has_topic_sidebar"] is False
    await set_bot_settings(bot, {"has_topics_enabled": True})
    assert (await bot_settings(bot))["has_topic_sidebar"] is True


async def test_a_bot_that_may_not_join_groups_is_not_invited(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    group, amina = telegram.group("Newsroom", joined=False), telegram.user("Amina")
    await set_bot_settings(bot, {"can_join_groups": False})
    with pytest.raises(ValueError, match="joins no groups"):
        telegram.invite(group, amina)
    await set_bot_settings(bot, {"can_join_groups": True})
    telegram.invite(group, amina)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"supports_inline_queries": "perhaps"}, "must be of type boolean"),
        ({"callback_query_mode": "loud"}, "Invalid callback query mode"),
        ({"inline_query_placeholder": "x" * 65}, "too long"),
        ({"colour": "red"}, "has no parameter"),
    ],
)
async def test_nonsense_is_refused(
    telegram: TelegramStandIn, bot: Bot, settings: dict[str, str], reason: str
) -> None:
    with pytest.raises(BadRequest, match=reason):
        await set_bot_settings(bot, settings)


async def test_a_server_of_10_0_knows_neither_the_method_nor_the_fields() -> None:
    async with (
        TelegramStandIn(api="10.0") as telegram,
        Bot(telegram.token, base_url=telegram.base_url) as bot,
    ):
        with pytest.raises(EndPointNotFound):
            await set_bot_settings(bot, {"can_join_groups": False})
        assert not {"active_usernames", "inline_query_placeholder"} & set(await bot_settings(bot))
