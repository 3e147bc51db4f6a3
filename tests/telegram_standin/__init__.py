"""A strict stand-in for the Telegram Bot API, so that tests run the real bot against a server.

It refuses what Telegram refuses and rewrites what Telegram rewrites. It knows text messages,
edits, inline keyboards, groups and channels; no media, inline mode, guest mode, topics or webhook
deliveries yet. To add a method, write it in the module of its group and list it there in METHODS.
"""

from telegram_standin.audience import Press
from telegram_standin.faults import Drop, Flood, NotFound, Refuse, ServerError, Slow, Unauthorized
from telegram_standin.messages import Message
from telegram_standin.people import Chat, User
from telegram_standin.server import Call
from telegram_standin.standin import TelegramStandIn

__all__ = [
    "Call",
    "Chat",
    "Drop",
    "Flood",
    "Message",
    "NotFound",
    "Press",
    "Refuse",
    "ServerError",
    "Slow",
    "TelegramStandIn",
    "Unauthorized",
    "User",
]
