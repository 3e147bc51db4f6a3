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
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.front.contents import contents_of, has_content
from bot.front.stack import Policy, Stack
from bot.handlers.adding import Adding
from bot.handlers.buttons import Buttons
from bot.handlers.guests import Guests
from bot.handlers.inline_queries import InlineQueries
from bot.handlers.messages import Messages
from bot.handlers.operators import Operators
from bot.handlers.reviewing import Reviewing

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

    def __init__(self, name: str, matches: Callable[[Message], bool]) -> None:
        super().__init__(name=name)
        self._matches = matches

    def filter(self, message: Message) -> bool:
        return self._matches(message)


def _has_words(message: Message) -> bool:
    # Most have a text.
    return bool(message.text and message.text.strip()) or contents_of(message) is not None


def add_routes(
    application: Application[Any, Any, Any, Any, Any, Any],
    stack: Stack,
    *,
    admins: frozenset[int],
    messages: Messages,
    operators: Operators,
    adding: Adding,
    reviewing: Reviewing,
    buttons: Buttons,
    inline: InlineQueries,
    guests: Guests,
) -> None:
    """Add the routes to *application*: the first that takes an update is the only one."""
    # Each names the types of update that it takes; without that it would also take edits, guests
    # and other bots' commands.
    written = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST
    edited = filters.UpdateType.EDITED_MESSAGE | filters.UpdateType.EDITED_CHANNEL_POST
    # Anonymous administrators all write through one account of Telegram's, in the name of a chat.
    by_operators = written & filters.User(admins) & ~filters.SenderChat.ALL
    in_private = filters.ChatType.PRIVATE
    has_words = _Matching("has words", _has_words)
    was_sent = _Matching("was sent", has_content)
    orders = _Matching("is an operators' command", operators.is_order)
    answers = _Matching("answers a review", reviewing.is_answer)
    files = filters.Document.ALL & ~filters.CAPTION

    # What operators ask is neither counted nor kept waiting. From others it is an unknown command.
    at_once = Policy(expires=False, throttled=False, queued=False)
    asks = Policy(accepts=messages.accepts)
    # A user who sends a picture through another bot is told, too.
    unread = Policy(only_users=False, throttled=False, queued=False)
    # Telegram forgets what a guest is asked sooner than a group loses patience.
    as_guest = Policy(accepts=guests.accepts, expires=False, queued=False)
    application.add_handlers(
        [
            MessageHandler(by_operators & orders, stack.message(operators.obey, at_once)),
            MessageHandler(
                by_operators & in_private & filters.REPLY & filters.TEXT & answers,
                stack.message(reviewing.answer, at_once),
            ),
            MessageHandler(by_operators & in_private & files, stack.message(adding.hint, at_once)),
            MessageHandler((written | edited) & has_words, stack.message(messages.answer, asks)),
            MessageHandler(
                filters.UpdateType.MESSAGE & in_private & was_sent,
                stack.message(messages.refuse_media, unread),
            ),
            MessageHandler(
                filters.UpdateType.GUEST_MESSAGE, stack.message(guests.answer, as_guest)
            ),
            CallbackQueryHandler(stack.press(buttons.press)),
            InlineQueryHandler(stack.inline_query(inline.answer)),
            ChosenInlineResultHandler(stack.any_other(lambda _: inline.count_chosen())),
            TypeHandler(Update, stack.any_other(lambda _: None)),
        ]
    )
