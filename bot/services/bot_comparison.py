"""Compares what Telegram knows of the bot with what it should know; nothing is set.

That is the switches that @BotFather has as well, the menus, and the texts of the profile. The calls
that would set it are in ``bot_changes``. When they are made at the start is decided in
``introduction``; with ``onrecord setup``, by whoever has read what would be.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import BadRequest

from bot.configuration import Configuration
from bot.i18n.strings import languages, strings_of
from bot.rendering.profile import description, short_description
from bot.services.bot_changes import Call, Comparison, Difference
from bot.services.menus import (
    Menu,
    commands_at_telegram,
    is_as_wanted,
    menu_for_operator,
    menus,
    set_menu,
)
from bot.wire.newer_api import bot_settings, set_bot_settings
from bot.wire.retry import with_retries

logger = logging.getLogger(__name__)

PRIVACY_MODE, INLINE_MODE, GUEST_MODE = "privacy mode", "inline mode", "guest mode"
_PLACEHOLDER = "inline_query_placeholder"
#: What ``getMe`` tells since Bot API 10.5, with which ``setMySettings`` came.
_SINCE_SETTINGS = (
    *("active_usernames", "needs_inline_query_location", "has_topic_sidebar"),
    _PLACEHOLDER,
)


async def compare(bot: Bot, configuration: Configuration, examples: Sequence[str]) -> Comparison:
    """Return how Telegram knows the bot, and what would change; nothing is set.

    *examples* are questions that the record answers, for the texts of the profile.

    Raises:
        TelegramError: Telegram cannot be reached, or refuses to tell.
    """
    known = await with_retries(lambda: bot_settings(bot))
    wanted = settings_wanted(configuration)
    calls = [*_settings_call(bot, known, wanted)]
    compared = len(wanted)
    for menu in menus(configuration.language):
        compared += 1
        calls += _menu_call(bot, menu, await commands_at_telegram(bot, menu))
    for operator in sorted(configuration.admins):
        menu = menu_for_operator(operator, configuration.language)
        try:
            calls += _menu_call(bot, menu, await commands_at_telegram(bot, menu))
        except BadRequest as error:
            # One who has never written to the bot has no chat with it yet.
            logger.info("%s has no menu yet: %s", menu.place, error.message)
            continue
        compared += 1
    # Last, as it is here that Telegram makes a bot wait.
    calls += await _text_calls(bot, configuration.language, examples)
    compared += 2 * (1 + len(languages()))
    differing = sum(len(call.differences) for call in calls)
    return Comparison(str(known.get("username", "")), tuple(calls), compared - differing)


def settings_wanted(configuration: Configuration) -> Mapping[str, bool | str]:
    """Return the switches and the placeholder, as ``setMySettings`` has them.

    Where the operator lists ``chats``, a call from any other would get no answer, so guest mode is
    off. With ``people`` it is on, as is inline mode: it is for them. What is not named stays, above
    all ``callback_query_mode``: with another, presses come without the message they belong to.
    """
    return {
        "supports_inline_queries": True,
        _PLACEHOLDER: str(strings_of(configuration.language).inline_placeholder),
        "supports_guest_queries": not configuration.chats,
        "can_read_all_group_messages": True,
        "can_join_groups": True,
    }


def _settings_call(
    bot: Bot, known: Mapping[str, Any], wanted: Mapping[str, bool | str]
) -> list[Call]:
    """Return the call that sets those settings that differ, if any do."""
    # An older server does not tell the placeholder; whether it differs is not known then.
    tells_placeholder = any(one in known for one in _SINCE_SETTINGS)
    differing = {
        name: value
        for name, value in wanted.items()
        if known.get(name, type(value)()) != value and (name != _PLACEHOLDER or tells_placeholder)
    }
    words = str(wanted[_PLACEHOLDER])
    apart = tuple(
        Call(
            (_setting_difference(name, known.get(name), value, words),),
            partial(set_bot_settings, bot, {name: value}),
        )
        for name, value in differing.items()
    )
    if len(apart) < 2:
        return [*apart]
    together = tuple(one.differences[0] for one in apart)
    return [Call(together, partial(set_bot_settings, bot, differing), apart)]


def _setting_difference(name: str, now: object, then: bool | str, placeholder: str) -> Difference:
    match name:
        case "supports_inline_queries":
            hand = f"/setinline, with the words: {placeholder}"
            return Difference(INLINE_MODE, None, _on(now), _on(then), hand)
        case "inline_query_placeholder":
            hand = f"/setinline, with the words: {placeholder}"
            return Difference("inline placeholder", None, str(now or ""), str(then), hand)
        case "supports_guest_queries":
            hand = f"/mybots, the bot's settings: guest mode {_on(then)}"
            return Difference(GUEST_MODE, None, _on(now), _on(then), hand)
        case "can_read_all_group_messages":
            hand = "/setprivacy, then Disable"
            return Difference(PRIVACY_MODE, None, _on(not now), _on(not then), hand)
        case _:
            hand = "/setjoingroups, then Enable"
            return Difference("joining groups", None, _on(now), _on(then), hand)


def _on(switched: object) -> str:
    return "on" if switched else "off"


def _menu_call(bot: Bot, menu: Menu, commands: Sequence[BotCommand]) -> list[Call]:
    if is_as_wanted(menu, commands):
        return []
    now, then = (
        " ".join(f"/{one.command}" for one in these) for these in (commands, menu.commands)
    )
    if now == then:
        now = f"{now}, described otherwise"
    # An operator has one language, as far as menus go.
    language = None if isinstance(menu.scope, BotCommandScopeChat) else menu.language
    difference = Difference(f"menu {menu.place}", language, now, then, "/setcommands")
    return [Call((difference,), partial(set_menu, bot, menu))]


async def _text_calls(bot: Bot, own: str, examples: Sequence[str]) -> list[Call]:
    spoken = {tag: strings_of(tag or own) for tag in ("", *languages())}

    async def long_now(tag: str) -> str:
        return (await bot.get_my_description(tag or None)).description

    async def short_now(tag: str) -> str:
        return (await bot.get_my_short_description(tag or None)).short_description

    async def set_long(tag: str, text: str) -> None:
        await bot.set_my_description(text, tag or None)

    async def set_short(tag: str, text: str) -> None:
        await bot.set_my_short_description(text, tag or None)

    return [
        *await _calls_of_text(
            _Text("description", "/setdescription", long_now, set_long),
            {tag: description(strings, examples) for tag, strings in spoken.items()},
        ),
        *await _calls_of_text(
            _Text("short description", "/setabouttext", short_now, set_short),
            {tag: short_description(strings, examples) for tag, strings in spoken.items()},
        ),
    ]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the profile: what it is called, and how it is read and set in a language."""

    name: str
    by_hand: str
    get: Callable[[str], Awaitable[str]]
    set: Callable[[str, str], Awaitable[None]]


async def _calls_of_text(text: _Text, wanted: Mapping[str, str]) -> list[Call]:
    """Return the calls that set *text* in those languages, by their tags, where another stands."""
    now = {tag: await with_retries(partial(text.get, tag)) for tag in wanted}
    calls = []
    for tag, then in wanted.items():
        if now[tag] == then:
            continue
        # A language without a text of its own is told the one for all others. Where that is right,
        # it becomes its own before the other one changes.
        kept = [one for one in wanted if one and now[one] == wanted[one] == now[""] and not tag]

        async def make(setting: tuple[str, ...] = (*kept, tag)) -> None:
            for one in setting:
                await text.set(one, wanted[one])

        calls.append(Call((Difference(text.name, tag, now[tag], then, text.by_hand),), make))
    return calls
