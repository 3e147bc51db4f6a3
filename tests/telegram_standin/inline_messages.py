"""The messages a bot knows only by an `inline_message_id`: sent through it, or by it as a guest.

It may change their words and buttons and is told who presses them, but not where they stand.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import struct

from telegram_standin.messages import Message
from telegram_standin.parameters import Parameters
from telegram_standin.people import Chat
from telegram_standin.refusals import bad_request
from telegram_standin.world import World

# InputBotInlineMessageID64 of the MTProto schema: data centre, owner, id and access hash.
_PARTS = struct.Struct("<iqiq")
_DATA_CENTRE = 4
# That, or the older InputBotInlineMessageID, which has no owner but a longer id.
_LENGTHS = (_PARTS.size, struct.calcsize("<iqq"))


def new_inline_id(world: World, chat: Chat) -> str:
    """Return the `inline_message_id` of the next message in a chat."""
    parts = _PARTS.pack(_DATA_CENTRE, chat.id, world.next_id(chat), secrets.randbits(62))
    return base64.urlsafe_b64encode(parts).decode().rstrip("=")


def inline_message(world: World, given: Parameters) -> Message:
    """Return the message of an `inline_message_id` as it stands now; raises Refusal.

    Stricter than Telegram, which passes over the id if there is a chat or message id too.
    """
    for name in ("chat_id", "message_id"):
        if given.get(name) is not None:
            raise bad_request(f"Either inline_message_id or {name} can be specified, not both")
    identifier = given.text("inline_message_id")
    if not _is_well_formed(identifier):
        raise bad_request("Invalid inline message identifier specified")
    message = world.inline_message(identifier)
    if message is None:
        raise bad_request("MESSAGE_ID_INVALID")
    return message


def _is_well_formed(identifier: str) -> bool:
    try:
        parts = base64.b64decode(identifier + "=" * (-len(identifier) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(parts) in _LENGTHS
