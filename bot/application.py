"""Assembles the bot: the library's application with our handlers, limits and watchdog.

This is the one place where the parts meet; what each does is told in its own module.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any

from telegram import BotCommand, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import InvalidToken, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    Defaults,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.configuration import Configuration
from bot.delivery import RepliesFirst
from bot.handlers import Handlers
from bot.polling import PollingRequest, Pulse, SteadyBot, watch
from bot.speaking import Phrases
from index import Index

logger = logging.getLogger(__name__)

#: What the bot wants to hear of. Telegram remembers the list, so it is always given in full.
ALLOWED_UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY]
#: Seconds that Telegram holds a poll open when nothing happens.
POLL_SECONDS = 25
#: Tries to reach Telegram at the start; a hiccup of the name service must not end it.
BOOTSTRAP_RETRIES = 5
#: Exit code when Telegram refuses the bot, or has been out of reach too long.
EXIT_UNREACHABLE = 3


def build_application(
    configuration: Configuration, index: Index, say: Phrases, pulse: Pulse
) -> Application:  # type: ignore[type-arg]  # six type parameters, all the library's own
    """Return the application, ready to be run; nothing has been sent yet."""
    timeouts: dict[str, Any] = {
        "connect_timeout": 10.0,
        "read_timeout": 20.0,
        "write_timeout": 20.0,
    }
    bot = SteadyBot(
        PollingRequest(pulse, connection_pool_size=2, **timeouts),
        token=configuration.token,
        base_url=f"{configuration.api}/bot",
        base_file_url=f"{configuration.api}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=configuration.concurrency * 2, pool_timeout=30.0, **timeouts
        ),
        defaults=Defaults(
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            allow_sending_without_reply=True,
        ),
        rate_limiter=RepliesFirst(max_retries=1),
    )
    handlers = Handlers(index, configuration, say)

    async def started(application: Application) -> None:  # type: ignore[type-arg]
        # Both beside the polling, which nothing may hold up: Telegram can make a bot wait long
        # before it may change its profile again.
        application.bot_data["beside"] = [
            asyncio.create_task(watch(pulse, configuration.silence, application.stop_running)),
            asyncio.create_task(_introduce(bot, say)),
        ]

    async def stopped(application: Application) -> None:  # type: ignore[type-arg]
        for task in application.bot_data["beside"]:
            task.cancel()
        await handlers.close()

    application = (
        ApplicationBuilder()
        .bot(bot)
        .concurrent_updates(configuration.concurrency)
        .post_init(started)
        .post_stop(stopped)
        .build()
    )
    # Each handler names the sorts of update it takes; without that it would also take channel
    # posts, edits and other bots' commands.
    written = filters.UpdateType.MESSAGE
    written_or_edited = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
    for name in ("start", "help", "sources"):
        callback = getattr(handlers, name)
        application.add_handler(CommandHandler(name, callback, filters=written))
    application.add_handler(MessageHandler(written_or_edited & filters.TEXT, handlers.ask))
    unread = written & filters.ChatType.PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL
    application.add_handler(MessageHandler(unread, handlers.not_text))
    application.add_handler(CallbackQueryHandler(handlers.press))
    application.add_error_handler(handlers.failed)
    return application


def run_bot(configuration: Configuration, index: Index, say: Phrases) -> int:
    """Poll Telegram and answer until told to stop; return the exit code."""
    index.prepare()
    pulse = Pulse(configuration.health_file)
    application = build_application(configuration, index, say, pulse)
    logger.info("starting, with %d paragraphs on record", index.searched.paragraphs)
    try:
        application.run_polling(
            timeout=POLL_SECONDS,
            bootstrap_retries=BOOTSTRAP_RETRIES,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
        )
    except InvalidToken:
        pulse.fatal = pulse.fatal or "Telegram does not know this bot's token"
    except TelegramError as error:
        pulse.fatal = pulse.fatal or f"Telegram cannot be reached ({type(error).__name__})"
    if pulse.fatal:
        repair = "Check the network, and the token with @BotFather; then start the bot again."
        sys.stderr.write(f"onrecord: {pulse.fatal}. {repair}\n")
        return EXIT_UNREACHABLE
    return 0


async def _introduce(bot: SteadyBot, say: Phrases) -> None:
    """Tell Telegram the bot's commands and profile, and the operator what the bot cannot hear."""
    if not bot.bot.can_read_all_group_messages:
        logger.info(
            "privacy mode is on: in groups the bot hears /ask and replies to it, and perhaps not "
            "mentions; switch it off with @BotFather (/setprivacy) if people mention it"
        )
    commands = [
        BotCommand("ask", say.command_ask),
        BotCommand("sources", say.command_sources),
        BotCommand("help", say.command_help),
    ]
    try:
        await bot.set_my_commands(commands)
        await bot.set_my_description(say.description)
        await bot.set_my_short_description(say.short_description)
    except TelegramError as error:
        logger.warning("the profile could not be set (%s)", type(error).__name__)
    logger.info("answering as @%s", bot.username)
