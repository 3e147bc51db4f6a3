"""Decides whether what somebody wrote is answered now, and says once, politely, when it is not.

Who may ask at all is decided at the door, by ``admission``; how often is counted by ``limits``.
"""

from __future__ import annotations

from telegram import Message

from bot.front.limits import Verdict
from bot.handlers.addressing import is_private, sender_of
from bot.handlers.sending import send
from bot.rendering.html import plain
from bot.rendering.view import Reply
from bot.services.desk import Desk


async def is_allowed(message: Message, desk: Desk) -> bool:
    """Return whether *message* is answered; if not, whoever wrote it is told, but only once."""
    private = is_private(message.chat)
    if private and desk.update_queue.crowded and desk.too_old(message):
        if desk.apologies.ask(message.chat.id) is Verdict.FREE:
            await send(message, Reply(plain(desk.view_of(message).strings.too_late)))
        return False
    verdict = desk.per_person.ask(sender_of(message))
    if verdict is Verdict.FREE and not private:
        verdict = desk.per_chat.ask(message.chat.id)
    if verdict is Verdict.TELL:
        await say_too_many(message, desk)
    return verdict is Verdict.FREE


async def say_too_many(message: Message, desk: Desk) -> None:
    """Ask whoever wrote *message* to be patient; nobody in a chat is asked twice in a minute."""
    if desk.reproaches.ask(message.chat.id) is Verdict.FREE:
        await send(message, Reply(plain(desk.view_of(message).strings.too_many)))
