"""What Telegram should know of the bot is compared with what it knows, and nothing else is set."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

import pytest
from telegram import Bot
from telegram_standin import TelegramStandIn
from telegram_standin.server import Call

from bot.configuration import Configuration
from bot.i18n.strings import languages, strings_of
from bot.services.bot_changes import Comparison, set_differences
from bot.services.bot_comparison import compare, settings_wanted
from bot.services.menus import IN_GROUPS

SAY = strings_of()
EXAMPLES = ("What about the harbour?", "Coastal Railway")
EVERY_LANGUAGE = {"", *languages()}
WANTED = {
    "supports_inline_queries": True,
    "inline_query_placeholder": SAY.inline_placeholder,
    "supports_guest_queries": True,
    "can_read_all_group_messages": True,
    "can_join_groups": True,
}


async def compared(bot: Bot, examples: Sequence[str] = EXAMPLES, **settings: Any) -> Comparison:
    return await compare(bot, Configuration(**settings), examples)


async def set_up(bot: Bot, examples: Sequence[str] = EXAMPLES, **settings: Any) -> Comparison:
    """Set all that differs; return what it was."""
    comparison = await compared(bot, examples, **settings)
    assert not (await set_differences(comparison)).refused
    return comparison


def setters(telegram: TelegramStandIn) -> list[Call]:
    """Return every call that changes something of the bot's."""
    return [call for call in telegram.calls if call.method.startswith("setMy")]


def named(comparison: Comparison) -> list[tuple[str, str | None]]:
    return [(one.name, one.language) for one in comparison.differences]


@pytest.fixture
def untouched(telegram: TelegramStandIn) -> TelegramStandIn:
    """Return a Telegram that knows of the bot what it knows of any that @BotFather just made."""
    world = telegram._world
    world.privacy, world.inline, world.guests = True, False, False
    return telegram


async def test_of_a_new_bot_everything_is_set_and_then_nothing_more(untouched, bot):
    """Before a profile may be changed again Telegram can make a bot wait for hours."""
    comparison = await set_up(bot)
    # All but that it may be added to groups, which any bot may.
    assert len(comparison.differences) == 4 + len(EVERY_LANGUAGE) * 5
    assert comparison.alike == 1
    done = len(setters(untouched))
    again = await set_up(bot)
    assert again.differences == ()
    assert again.alike == comparison.alike + len(comparison.differences)
    assert len(setters(untouched)) == done


async def test_what_is_set_is_what_telegram_knows_then(untouched, bot):
    await set_up(bot)
    (call,) = untouched.calls_of("setMySettings")
    sent = {
        name: json.loads(str(value).lower()) if name != "inline_query_placeholder" else value
        for name, value in call.parameters.items()
    }
    assert sent == {name: value for name, value in WANTED.items() if name != "can_join_groups"}
    me = await bot.get_me()
    assert me.supports_inline_queries
    assert me.supports_guest_queries
    assert me.can_read_all_group_messages
    assert me.api_kwargs["inline_query_placeholder"] == SAY.inline_placeholder
    for tag in languages():
        text = (await bot.get_my_description(tag)).description
        assert text.startswith(strings_of(tag).description)
        assert "What about the harbour?" in text
        short = (await bot.get_my_short_description(tag)).short_description
        assert short.startswith(strings_of(tag).short_description)


async def test_comparing_sets_nothing(untouched, bot):
    await compared(bot)
    assert setters(untouched) == []


@pytest.mark.parametrize(
    ("name", "otherwise", "shown"),
    [
        ("privacy", True, ("privacy mode", "on", "off")),
        ("inline", False, ("inline mode", "off", "on")),
        ("guests", False, ("guest mode", "off", "on")),
    ],
)
async def test_each_switch_that_differs_is_set_alone(telegram, bot, name, otherwise, shown):
    await set_up(bot)
    before = len(setters(telegram))
    setattr(telegram._world, name, otherwise)
    (difference,) = (await set_up(bot)).differences
    assert (difference.name, difference.now, difference.then) == shown
    (call,) = setters(telegram)[before:]
    assert call.method == "setMySettings"
    assert len(call.parameters) == 1
    assert getattr(telegram._world, name) is not otherwise


@pytest.mark.parametrize(
    ("settings", "shown"),
    [
        ({"can_join_groups": False}, ("joining groups", "off", "on")),
        (
            {"inline_query_placeholder": "Ask away"},
            ("inline placeholder", "Ask away", SAY.inline_placeholder),
        ),
    ],
)
async def test_so_is_each_setting_that_only_the_bot_api_has(telegram, bot, settings, shown):
    await set_up(bot)
    before = len(setters(telegram))
    await bot.do_api_request("setMySettings", api_kwargs=settings)
    (difference,) = (await set_up(bot)).differences
    assert (difference.name, difference.now, difference.then) == shown
    _, call = setters(telegram)[before:]
    assert call.parameters.keys() == settings.keys()


async def test_what_is_not_ours_to_set_is_left_alone(telegram, bot):
    """With another mode of presses, these would come without the message they belong to."""
    await set_up(bot)
    for call in telegram.calls_of("setMySettings"):
        assert call.parameters.keys() <= WANTED.keys()


async def test_a_menu_that_differs_is_set_alone(telegram, bot):
    await set_up(bot)
    before = len(setters(telegram))
    await bot.set_my_commands([("ask", "Ask!")], {"type": "all_group_chats"}, "ur")
    (difference,) = (await set_up(bot)).differences
    assert (difference.name, difference.language) == ("menu in groups", "ur")
    assert difference.now == "/ask"
    assert difference.then == " ".join(f"/{name}" for name in IN_GROUPS)
    assert len(setters(telegram)) == before + 2


async def test_a_menu_with_other_descriptions_is_shown_as_that(telegram, bot):
    await set_up(bot)
    await bot.set_my_commands([(name, "Do it") for name in IN_GROUPS], {"type": "all_group_chats"})
    (difference,) = (await compared(bot)).differences
    assert difference.now == f"{difference.then}, described otherwise"


@pytest.mark.parametrize("language", ["", *languages()])
async def test_a_text_that_differs_is_set_alone(telegram, bot, language):
    await set_up(bot)
    before = len(setters(telegram))
    await bot.set_my_description("Written by hand", language or None)
    (difference,) = (await set_up(bot)).differences
    assert (difference.name, difference.language) == ("description", language)
    assert difference.now == "Written by hand"
    assert [one.method for one in setters(telegram)[before:]] == ["setMyDescription"] * 2


async def test_other_questions_on_record_change_the_texts_and_nothing_else(telegram, bot):
    await set_up(bot)
    comparison = await set_up(bot, ["What about the tunnel?"])
    assert {name for name, _ in named(comparison)} == {"description", "short description"}


async def test_who_has_no_language_of_these_gets_the_operators(telegram, bot):
    """And once it is another one, nothing of the first is left standing for anybody."""
    await set_up(bot)
    comparison = await set_up(bot, language="ur")
    assert {language for _, language in named(comparison)} == {"", None}
    assert (await bot.get_my_description()).description.startswith(strings_of("ur").description)
    assert (await bot.get_my_description("en")).description.startswith(SAY.description)


async def test_a_language_that_was_told_the_text_for_all_others_keeps_it(telegram, bot):
    """Telegram tells that where a language has none of its own."""
    await bot.set_my_description(SAY.description)
    await set_up(bot, (), language="ur")
    assert (await bot.get_my_description("en")).description == SAY.description
    assert (await bot.get_my_description()).description == strings_of("ur").description
    assert (await compared(bot, (), language="ur")).differences == ()


async def test_an_operator_is_offered_more_in_private(telegram, bot):
    """One who has never written to the bot has no menu of their own yet; that holds nothing up."""
    olga = telegram.user("Olga")
    telegram.private_chat(olga)
    await set_up(bot)
    comparison = await set_up(bot, admins=frozenset({olga.id, 99}))
    assert named(comparison) == [(f"menu for operator {olga.id}", None)]


def test_guest_mode_is_off_where_only_listed_chats_are_answered():
    """A call from any other chat would get no answer."""
    listed = Configuration(chats=frozenset({-1001}), people=frozenset({7}))
    assert settings_wanted(listed)["supports_guest_queries"] is False
    assert settings_wanted(dataclasses.replace(listed, chats=frozenset())) == WANTED
    assert settings_wanted(Configuration()) == WANTED


async def test_guest_mode_is_switched_off_there(telegram, bot):
    await set_up(bot, chats=frozenset({-1001}))
    assert not (await bot.get_me()).supports_guest_queries


async def test_on_an_older_server_a_placeholder_that_it_does_not_tell_is_no_difference(
    telegram, bot
):
    await set_up(bot)
    telegram._world.api = (10, 0)
    assert (await compared(bot)).differences == ()
