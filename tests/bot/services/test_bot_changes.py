"""What Telegram refuses is said in words, and holds nothing else up."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram_standin import Flood, Refuse, TelegramStandIn

from bot.configuration import Configuration
from bot.services.bot_changes import Comparison, Outcome, names_of, set_differences, why_refused
from bot.services.bot_comparison import compare


@pytest.fixture
def untouched(telegram: TelegramStandIn) -> TelegramStandIn:
    """Return a Telegram that knows of the bot what it knows of any that @BotFather just made."""
    world = telegram._world
    world.privacy, world.inline, world.guests = True, False, False
    return telegram


async def compared(bot: Bot, **settings: Any) -> Comparison:
    return await compare(bot, Configuration(**settings), ())


async def set_up(bot: Bot) -> Outcome:
    return await set_differences(await compared(bot))


async def test_what_telegram_puts_off_for_hours_holds_up_nothing_else(untouched, bot):
    untouched.fail("setMyDescription", Flood(10_000))
    outcome = await set_up(bot)
    (refused,) = outcome.refused
    assert (refused.difference.name, refused.difference.language) == ("description", "")
    assert outcome.reasons == {"Telegram allows that again in 3 hours": (refused.difference,)}
    assert outcome.again_in == 10_000
    (left,) = (await compared(bot)).differences
    assert left == refused.difference


async def test_of_several_switches_only_the_one_that_is_refused_stays(untouched, bot):
    """They go in one call; if that is refused, each is tried by itself."""
    untouched.fail("setMySettings", Refuse(400, "Bad Request: not these"), times=2)
    outcome = await set_up(bot)
    (refused,) = outcome.refused
    assert refused.difference.name == "inline mode"
    assert not refused.by_hand
    assert outcome.reasons.keys() == {"Telegram refuses: Not these"}
    assert names_of((await compared(bot)).differences) == "inline mode"


async def test_an_older_server_leaves_the_switches_to_botfather(untouched, bot):
    untouched._world.api = (10, 0)
    outcome = await set_up(bot)
    assert {one.difference.name: one.difference.by_hand for one in outcome.refused} == {
        "inline mode": "/setinline, with the words: Search official statements",
        "guest mode": "/mybots, the bot's settings: guest mode on",
        "privacy mode": "/setprivacy, then Disable",
    }
    assert all(one.by_hand for one in outcome.refused)
    assert outcome.again_in == 0
    # The menus and the profile are set as ever.
    assert names_of((await compared(bot)).differences) == "inline mode, guest mode, privacy mode"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RetryAfter(1), "Telegram allows that again in 1 second"),
        (RetryAfter(45), "Telegram allows that again in 45 seconds"),
        (RetryAfter(60), "Telegram allows that again in 60 seconds"),
        (RetryAfter(61), "Telegram allows that again in 2 minutes"),
        (RetryAfter(3600), "Telegram allows that again in 60 minutes"),
        (RetryAfter(7201), "Telegram allows that again in 3 hours"),
        (BadRequest("Not now"), "Telegram refuses: Not now"),
        (Forbidden("Forbidden: no"), "Telegram refuses: Forbidden: no"),
        (TimedOut("TimeoutError"), "Telegram cannot be reached (TimeoutError)"),
        (NetworkError("Bad Gateway"), "Telegram cannot be reached (Bad Gateway)"),
        (InvalidToken("the token `123:ABC`"), "Telegram does not know this bot's token"),
        (
            EndPointNotFound("setMySettings"),
            "a Bot API server older than 10.5 cannot set that",
        ),
    ],
)
def test_a_refusal_is_said_in_words(error: TelegramError, said: str) -> None:
    assert why_refused(error) == said
