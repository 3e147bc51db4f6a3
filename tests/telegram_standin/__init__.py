"""A strict stand-in for the Telegram Bot API, so that tests run the real bot against a server.

It refuses what Telegram refuses and rewrites what Telegram rewrites. It knows texts and edits,
inline keyboards, links that start the bot, groups with topics, groups that become supergroups,
channels with their discussion, inline mode, guest mode, polling and webhooks. People also send
media, files, polls and the like, rich messages, and what only the bot and they themselves see; the
bot sends words, plain and rich, to all or to one, and files to read. To add a method, write it in
the module of its group and list it there in METHODS.
"""

from telegram_standin.audience import Press
from telegram_standin.contents import (
    checklist,
    contact,
    dice,
    game,
    location,
    paid_media,
    poll,
    rich,
    story,
    unheard_of,
)
from telegram_standin.delivery import Delivery
from telegram_standin.entities import Entity
from telegram_standin.faults import (
    Drop,
    Flood,
    Moved,
    NotFound,
    Refuse,
    ServerError,
    Slow,
    Unauthorized,
)
from telegram_standin.files import File
from telegram_standin.guests import GuestCall
from telegram_standin.inline import InlineTyping
from telegram_standin.messages import Message
from telegram_standin.offering import InlineAnswer, OfferButton
from telegram_standin.people import Chat, User
from telegram_standin.results import InlineResult
from telegram_standin.server import Call
from telegram_standin.standin import TelegramStandIn
from telegram_standin.topics import Topic

__all__ = [
    "Call",
    "Chat",
    "Delivery",
    "Drop",
    "Entity",
    "File",
    "Flood",
    "GuestCall",
    "InlineAnswer",
    "InlineResult",
    "InlineTyping",
    "Message",
    "Moved",
    "NotFound",
    "OfferButton",
    "Press",
    "Refuse",
    "ServerError",
    "Slow",
    "TelegramStandIn",
    "Topic",
    "Unauthorized",
    "User",
    "checklist",
    "contact",
    "dice",
    "game",
    "location",
    "paid_media",
    "poll",
    "rich",
    "story",
    "unheard_of",
]
