"""Assembles the bot: the library's application with our handlers, limits and desk.

This is the one place where the parts meet; what each does is told in its own module, and how the
whole is run in ``running``.
"""

from __future__ import annotations

from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    Updater,
    filters,
)

from bot.configuration import Configuration
from bot.front.access import Access
from bot.handlers.buttons import Buttons
from bot.handlers.chat_settings import SettingsOfChats
from bot.handlers.commands import Commands
from bot.handlers.errors import handle_error
from bot.handlers.inline import InlineQueries
from bot.handlers.operators import Operators
from bot.handlers.questions import Questions
from bot.services.desk import Desk
from bot.wire.http_client import AiohttpRequest
from bot.wire.polling import Heartbeat, PollingRequest, SteadyBot
from bot.wire.rate_limiter import GROUP_PER_MINUTE, PerChatRateLimiter
from bot.wire.update_queue import MOST_BEGUN, DrainingApplication

#: What the bot wants to hear of. Telegram remembers the list, so it is always given in full.
ALLOWED_UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CHANNEL_POST,
    Update.EDITED_CHANNEL_POST,
    Update.INLINE_QUERY,
    Update.CHOSEN_INLINE_RESULT,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.GUEST_MESSAGE,
]
#: Before all other handlers.
_AT_THE_DOOR = -1


def build_bot(configuration: Configuration, heartbeat: Heartbeat) -> SteadyBot:
    """Return the library's bot, which speaks to Telegram; nothing has been sent yet."""
    timeouts: dict[str, Any] = {
        "connect_timeout": 10.0,
        "read_timeout": 20.0,
        "write_timeout": 20.0,
    }
    return SteadyBot(
        PollingRequest(heartbeat, connection_pool_size=2, **timeouts),
        token=configuration.token,
        base_url=f"{configuration.api}/bot",
        base_file_url=f"{configuration.api}/file/bot",
        request=AiohttpRequest(
            connection_pool_size=configuration.concurrency * 2, pool_timeout=30.0, **timeouts
        ),
        defaults=Defaults(
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            allow_sending_without_reply=True,
        ),
        # Workers know nothing of each other: each takes its share of Telegram's limits.
        rate_limiter=PerChatRateLimiter(
            configuration.messages_per_second / configuration.workers,
            GROUP_PER_MINUTE / configuration.workers,
        ),
    )


def build_application(bot: SteadyBot, desk: Desk, updater: Updater | None = None) -> Application:  # type: ignore[type-arg]  # six type parameters, all the library's own
    """Return the application of *bot* at the *desk*, ready to be run.

    Its updates come from polling, or from another *updater*.
    """
    builder: Any = ApplicationBuilder().application_class(DrainingApplication)
    # How many of them are worked on at once is for the backlog to say.
    builder = builder.concurrent_updates(MOST_BEGUN)
    if isinstance(bot.rate_limiter, PerChatRateLimiter):
        bot.rate_limiter.slot_released = desk.update_queue.slot_released
    builder = (
        builder.updater(updater) if updater else builder.bot(bot).update_queue(desk.update_queue)
    )
    application: Application = builder.build()  # type: ignore[type-arg]
    _add_handlers(application, desk)

    async def failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        await handle_error(update, context, desk)

    application.add_error_handler(failed)
    return application


def _add_handlers(application: Application, desk: Desk) -> None:  # type: ignore[type-arg]
    # Each handler names the sorts of update it takes; without that it would also take channel
    # posts, edits, guests and other bots' commands.
    written = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST
    edited = filters.UpdateType.EDITED_MESSAGE | filters.UpdateType.EDITED_CHANNEL_POST
    admission, questions, offers = Access(desk), Questions(desk), InlineQueries(desk)
    commands, operators, settings = Commands(desk), Operators(desk), SettingsOfChats(desk)
    presses = Buttons(desk, settings)

    application.add_handler(TypeHandler(Update, admission.admit), _AT_THE_DOOR)
    application.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, offers.guest))
    for name, callback in {
        "start": commands.start,
        "help": commands.help,
        "ref": commands.ref,
        "sources": commands.sources,
        "settings": settings.show,
        "status": operators.status,
        "reload": operators.reload,
        "misses": operators.misses,
    }.items():
        application.add_handler(CommandHandler(name, callback, filters=written))
    application.add_handler(MessageHandler((written | edited) & filters.TEXT, questions.ask))
    # In a caption the bot may be addressed too.
    captioned = (written | edited) & filters.CAPTION
    application.add_handler(MessageHandler(captioned, questions.ask))
    unread = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL
    application.add_handler(MessageHandler(unread, questions.not_text))
    application.add_handler(CallbackQueryHandler(presses.press))
    application.add_handler(InlineQueryHandler(offers.offer))
    application.add_handler(ChosenInlineResultHandler(offers.chosen))
