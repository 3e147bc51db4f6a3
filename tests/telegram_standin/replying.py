"""Reads what a bot's call replies to, and what of it is quoted; where it lands is elsewhere."""

from __future__ import annotations

from telegram_standin.composing import parse_text
from telegram_standin.messages import Message, Quote
from telegram_standin.parameters import Parameters
from telegram_standin.people import Chat, User
from telegram_standin.quoting import find_quote
from telegram_standin.refusals import bad_request, beyond_the_standin
from telegram_standin.world import EPHEMERAL_API, World

#: core.telegram.org/bots/api#replyparameters, in characters after parsing.
MAX_QUOTE = 1024

_FIELDS = [
    "message_id",
    "chat_id",
    "allow_sending_without_reply",
    "quote",
    "quote_parse_mode",
    "quote_entities",
    "quote_position",
    "ephemeral_message_id",
]


def replied_to(
    world: World, given: Parameters, chat: Chat, receiver: User | None = None
) -> tuple[Message | None, Quote | None]:
    """Return the message of `reply_parameters` and the quote; raises Refusal.

    The receiver is the one person who will see the reply, None if everybody will.
    """
    reply = Parameters(given.fields("reply_parameters", _FIELDS))
    if world.api < EPHEMERAL_API:
        reply = reply.without(["ephemeral_message_id"])
    if not reply:
        return None, None
    if number := reply.integer("ephemeral_message_id"):
        if receiver is None:
            raise bad_request("Replies to ephemeral messages must be ephemeral")
        asked = world.ephemerals.find(chat.id, receiver.id, number)
        if asked is None:
            # Even with `allow_sending_without_reply`, and a quote is not looked at.
            raise bad_request("Message to be replied not found")
        return asked, None
    if reply.get("chat_id") is not None and world.find_chat(reply["chat_id"]).id != chat.id:
        raise beyond_the_standin("replies to another chat")
    message = world.message(chat, reply.integer("message_id"))
    if message is None:
        if reply.flag("allow_sending_without_reply"):
            return None, None
        raise bad_request("Message to be replied not found")
    text, entities = parse_text(
        reply.text("quote"), reply.text("quote_parse_mode"), reply.json("quote_entities"), {}
    )
    if not text:
        return message, None
    quote = find_quote(message, text, entities, reply.integer("quote_position"))
    if quote is None or len(text) > MAX_QUOTE:
        raise bad_request("QUOTE_TEXT_INVALID")
    return message, quote
