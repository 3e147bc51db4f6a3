"""Says which handler takes which update, and what is checked before.

The checks are made by ``front.stack``. Telegram sends only the types of update listed here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from telegram import Message, Update
from telegram.constants import UpdateType
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.front.stack import Policy, Stack, named_in_groups
from bot.handlers.adding import Adding
from bot.handlers.buttons import Buttons
from bot.handlers.chat_settings import SettingsOfChats
from bot.handlers.commands import Commands
from bot.handlers.guests import Guests
from bot.handlers.inline_queries import InlineQueries
from bot.handlers.operators import Operators
from bot.handlers.questions import Questions
from bot.handlers.reviewing import Reviewing
from bot.handlers.sent import ADD, commands_in_caption

#: The updates that the bot wants. Telegram remembers the list, so it is always given in full.
ALLOWED_UPDATES = [
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CHANNEL_POST,
    UpdateType.EDITED_CHANNEL_POST,
    UpdateType.INLINE_QUERY,
    UpdateType.CHOSEN_INLINE_RESULT,
    UpdateType.CALLBACK_QUERY,
    UpdateType.MY_CHAT_MEMBER,
    UpdateType.GUEST_MESSAGE,
]


class _Matching(filters.MessageFilter):
    """Lets those messages through of which a function says so."""

    def __init__(self, matches: Callable[[Message], bool]) -> None:
        super().__init__(name=getattr(matches, "__name__", "matching"))
        self._matches = matches

    def filter(self, message: Message) -> bool:
        return self._matches(message)


def add_routes(
    application: Application[Any, Any, Any, Any, Any, Any],
    stack: Stack,
    *,
    admins: frozenset[int],
    questions: Questions,
    commands: Commands,
    settings: SettingsOfChats,
    operators: Operators,
    adding: Adding,
    reviewing: Reviewing,
    buttons: Buttons,
    inline: InlineQueries,
    guests: Guests,
) -> None:
    """Add the routes to *application*: the first that takes an update is the only one."""
    # Each names the types of update that it takes; without that it would also take channel posts,
    # edits, guests and other bots' commands.
    written = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST
    edited = filters.UpdateType.EDITED_MESSAGE | filters.UpdateType.EDITED_CHANNEL_POST
    # Anonymous administrators all write through one account of Telegram's, in the name of a chat.
    by_operators = written & filters.User(admins) & ~filters.SenderChat.ALL
    media = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL

    named = Policy(accepts=named_in_groups)
    # What operators ask is neither counted nor kept waiting. From others it is an unknown command.
    at_once = Policy(accepts=named_in_groups, expires=False, throttled=False, queued=False)
    for name, callback, by_whom in (
        ("start", stack.message(commands.start, named), written),
        ("help", stack.message(commands.help, named), written),
        ("ref", stack.message(commands.ref), written),
        ("sources", stack.message(commands.sources), written),
        ("settings", stack.message(settings.show, Policy(accepts=settings.accepts)), written),
        ("status", stack.message(operators.status, at_once), by_operators),
        ("reload", stack.message(operators.reload, at_once), by_operators),
        ("misses", stack.message(operators.misses, at_once), by_operators),
        (ADD, stack.message(adding.add, at_once), by_operators),
    ):
        application.add_handler(CommandHandler(name, callback, filters=by_whom))
    add, hint = stack.message(adding.add, at_once), stack.message(adding.hint, at_once)
    replies = filters.REPLY & filters.TEXT & _Matching(reviewing.is_answer)
    files = filters.Document.ALL & ~filters.CAPTION
    in_private = by_operators & filters.ChatType.PRIVATE
    application.add_handlers(
        [
            MessageHandler(by_operators & _Matching(commands_in_caption), add),
            MessageHandler(in_private & replies, stack.message(reviewing.answer, at_once)),
            MessageHandler(in_private & files, hint),
        ]
    )

    asks = stack.message(questions.answer, Policy(accepts=questions.accepts))
    # Telegram forgets what a guest is asked sooner than a group loses patience.
    as_guest = Policy(accepts=guests.accepts, expires=False, queued=False)
    # A user who sends a picture through another bot is told, too.
    unread = Policy(only_users=False, throttled=False, queued=False)
    application.add_handlers(
        [
            MessageHandler((written | edited) & (filters.TEXT | filters.CAPTION), asks),
            MessageHandler(media, stack.message(questions.refuse_media, unread)),
            MessageHandler(
                filters.UpdateType.GUEST_MESSAGE, stack.message(guests.answer, as_guest)
            ),
            CallbackQueryHandler(stack.press(buttons.press)),
            InlineQueryHandler(stack.inline_query(inline.answer)),
            ChosenInlineResultHandler(stack.any_other(lambda _: inline.count_chosen())),
            TypeHandler(Update, stack.any_other(lambda _: None)),
        ]
    )
