"""The layer before all handlers: the checks that an update passes, in order, before one handles it.

Each handler is registered through it, with a ``Policy`` where it differs. Any check can stop the
update:

1. Is the chat, or the user, answered at all?         ``access``
2. Did a bot write it?                                ``addressing``
3. In a group: is it too old?                         ``throttles``
4. Is it meant for us, and still to be answered?      ``Policy.accepts``, ``addressing``
5. Were there too many? In private: is it too old?    ``throttles``
6. Has its chat a slot, or must it wait for one?      ``chat_slots``
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, InlineQuery, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.front.access import Access
from bot.front.addressing import written_by_a_bot
from bot.front.album_captions import AlbumCaptions
from bot.front.chat_slots import ChatSlots
from bot.front.request import Press, Request
from bot.front.throttles import Throttles
from bot.rendering.callback_data import unpack
from bot.services.chats import Chats
from bot.services.sending import answer_press

#: What the library calls with an update.
Callback = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]


async def always(_: Request) -> bool:
    """Let every message through."""
    return True


async def named_in_groups(request: Request) -> bool:
    """Let a command through that names the bot: a bare /help in a group is for every bot there."""
    return request.is_private or request.wording.names_us


@dataclass(frozen=True, slots=True)
class Policy:
    """How one handler's messages are checked, where that differs from the others'."""

    #: Whether a message is meant for us, beyond what the library's filters tell.
    accepts: Callable[[Request], Awaitable[bool]] = always
    #: Whether what a bot wrote, or a user through one, is dropped.
    only_users: bool = True
    #: Whether a group gets no answer to what is old.
    expires: bool = True
    #: Whether it counts against the limits of its user and chat.
    throttled: bool = True
    #: Whether it takes one of its chat's slots.
    queued: bool = True


_DEFAULT = Policy()


class Stack:
    """The layer before all handlers."""

    def __init__(
        self,
        access: Access,
        throttles: Throttles,
        slots: ChatSlots,
        chats: Chats,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Ask *access*, *throttles* and *slots*; *clock* gives seconds since 1970."""
        self._access = access
        self._throttles = throttles
        self._slots = slots
        self._chats = chats
        self._clock = clock
        self._albums = AlbumCaptions()

    def message(
        self, handle: Callable[[Request], Awaitable[None]], policy: Policy = _DEFAULT
    ) -> Callback:
        """Return what has *handle* work on a message that passes every check."""

        async def checked(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            message = update.effective_message
            if not await self._access.admit(update, context.bot) or message is None:
                return
            request = self._request(update, message, context)
            if not await self._passes(request, policy):
                return
            if not policy.queued:
                await handle(request)
                return
            async with self._slots.take(request.chat.id) as taken:
                if taken:
                    await handle(request)
                else:
                    await self._throttles.tell_too_many(request)

        return checked

    def press(self, handle: Callable[[Press], Awaitable[None]]) -> Callback:
        """Return what has *handle* work on a press, unless its chat is busy; it does not wait."""

        async def checked(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            query = update.callback_query
            if not await self._access.admit(update, context.bot) or query is None:
                return
            message = query.message if isinstance(query.message, Message) else None
            button = unpack(query.data or "") if _is_shown(query) else None
            press = Press(query, query.from_user, button, message, self._chats)
            if message is None:
                await handle(press)
                return
            async with self._slots.take(message.chat.id, waits=False) as taken:
                if taken:
                    await handle(press)
                else:
                    await answer_press(query)

        return checked

    def inline_query(self, handle: Callable[[InlineQuery], Awaitable[None]]) -> Callback:
        """Return what has *handle* work on an inline query, unless there were too many."""

        async def checked(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            query = update.inline_query
            if not await self._access.admit(update, context.bot) or query is None:
                return
            # Telegram shows nothing then. A user who types does not get there, a program may.
            if self._throttles.inline_queries.allows(query.from_user.id):
                await handle(query)

        return checked

    def any_other(self, handle: Callable[[Update], None]) -> Callback:
        """Return what has *handle* work on an update that is checked for access only."""

        async def checked(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            if await self._access.admit(update, context.bot):
                handle(update)

        return checked

    def _request(
        self, update: Update, message: Message, context: ContextTypes.DEFAULT_TYPE
    ) -> Request:
        self._albums.note(message)
        return Request(
            message=message,
            chat=message.chat,
            is_private=message.chat.type == ChatType.PRIVATE,
            edited=bool(update.edited_message or update.edited_channel_post),
            from_guest=update.guest_message is not None,
            age=self._clock() - (message.edit_date or message.date).timestamp(),
            me=context.bot.bot,
            _chats=self._chats,
            _album=self._albums.of,
        )

    async def _passes(self, request: Request, policy: Policy) -> bool:
        """Return whether *request* passes what is asked of every message."""
        if policy.only_users and written_by_a_bot(request.message, request.me):
            return False
        if policy.expires and not request.is_private and self._throttles.is_old(request):
            return False
        if not await policy.accepts(request):
            return False
        return not policy.throttled or await self._throttles.admit(request)


def _is_shown(query: CallbackQuery) -> bool:
    """Return whether the message has the button that *query* says was pressed, if it can be told.

    A modified client sends any data (Bot API, CallbackQuery), and so could put other words beneath
    somebody else's question. The message comes from Telegram, with the buttons that we gave it.
    """
    if not isinstance(query.message, Message):
        return True
    shown = query.message.reply_markup
    rows = shown.inline_keyboard if shown else ()
    return any(one.callback_data == query.data for row in rows for one in row)
