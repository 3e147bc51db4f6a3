"""Makes the bot known to Telegram at the start, if the operator wants that; else says what lacks.

What Telegram should know, and how it is set, is told in ``bot_comparison`` and ``bot_changes``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import Bot
from telegram.error import TelegramError

from bot.configuration import Configuration
from bot.services.bot_changes import Comparison, names_of, set_differences, why_refused
from bot.services.bot_comparison import GUEST_MODE, INLINE_MODE, PRIVACY_MODE, compare
from bot.services.chats import Chats

logger = logging.getLogger(__name__)

Examples = Callable[[], Awaitable[Sequence[str]]]

#: What does not work while a switch is otherwise than it should be.
_WITHOUT = {
    PRIVACY_MODE: "privacy mode is on: in groups the bot gets /ask and replies to it, but perhaps "
    "no mentions",
    INLINE_MODE: "inline mode is off: quotes cannot be shared or searched from other chats",
    GUEST_MODE: "guest mode is off: in chats that it is not in, the bot gets no mentions",
}
#: Seconds that are waited at most until what Telegram has put off is tried again, and how often.
_LONGEST_WAIT = 24 * 3600.0
_TRIES = 8


async def introduce(
    bot: Bot, configuration: Configuration, examples: Examples, chats: Chats
) -> None:
    """Set what Telegram has otherwise than it should, or only log it; *chats* learn of it.

    *examples* returns questions that the record answers. What Telegram does not let be set yet is
    set when it does. Whatever fails is logged.
    """
    logger.info("answering as @%s", bot.username)
    for _ in range(_TRIES):
        wait = 0.0
        try:
            comparison = await compare(bot, configuration, await examples())
            if configuration.setup:
                wait = await _set(comparison)
                await bot.get_me()
                # Links and the Share button need inline mode.
                chats.me = bot.bot
            else:
                _tell(comparison)
        except TelegramError as error:
            logger.warning("what Telegram knows of the bot is not certain: %s", why_refused(error))
        if not wait:
            return
        await asyncio.sleep(min(wait, _LONGEST_WAIT))


async def _set(comparison: Comparison) -> float:
    """Set what differs; return in how many seconds Telegram lets the rest be set, 0 if all is."""
    outcome = await set_differences(comparison)
    if outcome.done:
        logger.info("set at Telegram: %s", names_of(outcome.done))
    for reason, differences in outcome.reasons.items():
        logger.warning("not set at Telegram: %s (%s)", names_of(differences), reason)
    for one in outcome.refused:
        if one.by_hand:
            logger.warning(
                "%s is %s: tell @BotFather %s",
                *(one.difference.name, one.difference.now or "none", one.difference.by_hand),
            )
    return outcome.again_in


def _tell(comparison: Comparison) -> None:
    """Log what does not work, and how all that differs is set."""
    differences = comparison.differences
    for one in differences:
        # Guest mode may be on though it should be off; that takes nothing away.
        if one.name in _WITHOUT and (one.name == PRIVACY_MODE or one.now == "off"):
            logger.info(_WITHOUT[one.name])
    if differences:
        logger.info(
            "at Telegram these are otherwise than the bot would have them: %s. “onrecord setup” "
            "shows and sets them; with “setup: true” the bot does, at each start",
            names_of(differences),
        )
