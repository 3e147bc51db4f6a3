"""Takes out of an update what cannot be what the Bot API says it is, before anything reads it.

The library builds its objects of whatever it is given: a text that is a number, a chat whose ID is
a list. Telegram sends no such thing; a server in its place, a fault, or a field that means another
thing tomorrow may. A field that is not of its type is as good as not sent, and an object without
what it must have is not there. What the library makes of the rest is left to the library.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from telegram.constants import InlineKeyboardButtonLimit

from bot.wire.json_shapes import Object, Shape, flag, list_of, make_readable, number, size, text

#: Objects within objects that are read. A rich message has at most 16 (Bot API, Rich Message
#: Limits), each with texts in lists, and is in a message in a message.
DEEPEST = 100
#: Characters of what a button lets a person type, or copy (Bot API, InlineQuery, CopyTextButton).
_LONGEST_QUERY = 256
#: What an address begins with.
_ADDRESS = re.compile(r"[a-z]{2,20}://[^\s/]", re.IGNORECASE)
#: What entities of these kinds are nothing without.
_NEEDED_BY = {"text_link": "url", "text_mention": "user"}


def _address(value: Any) -> bool:
    return isinstance(value, str) and _ADDRESS.match(value) is not None


def _label(value: Any) -> bool:
    return isinstance(value, str) and any(one.isprintable() and one != " " for one in value)


def _callback_data(value: Any) -> bool:
    most = InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    return isinstance(value, str) and 0 < len(value.encode()) <= most


def _query(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_QUERY


_USER = Object(
    {"id": number, "is_bot": flag, "first_name": text},
    {"last_name": text, "username": text, "language_code": text},
)
_CHAT = Object(
    {"id": number, "type": text},
    {
        "title": text,
        "username": text,
        "first_name": text,
        "last_name": text,
        "is_forum": flag,
        "is_direct_messages": flag,
    },
)
_MARK = Object({"type": text, "offset": size, "length": size}, {"url": _address, "user": _USER})


def _entity(value: Any) -> bool:
    return _MARK(value) and _NEEDED_BY.get(value["type"], "type") in value


_ENTITIES = list_of(_entity)
_QUOTE = Object(
    {"text": text, "position": size},
    {"entities": _ENTITIES, "is_manual": flag},
    marked=[("text", "entities")],
)
_LABELLED = Object(
    {"text": _label},
    {
        "callback_data": _callback_data,
        "url": _address,
        "copy_text": Object({"text": _query}),
        "switch_inline_query": _query,
        "switch_inline_query_current_chat": _query,
        "switch_inline_query_chosen_chat": Object({}, {"query": _query}),
    },
)


def _button(value: Any) -> bool:
    """Keep of a button what it has to have: it is sent again beside other buttons."""
    if not _LABELLED(value):
        return False
    for name in [name for name in value if not _LABELLED.knows(name)]:
        del value[name]
    return len(value) > 1


_KEYBOARD = Object({"inline_keyboard": list_of(list_of(_button))})
_FILE = Object(
    {"file_id": text, "file_unique_id": text},
    {"file_name": text, "mime_type": text, "file_size": size},
)
_ORIGIN = Object(
    {"type": text, "date": size},
    {
        "sender_user": _USER,
        "sender_chat": _CHAT,
        "chat": _CHAT,
        "message_id": number,
        "sender_user_name": text,
        "author_signature": text,
    },
)
_WORDS = Object({"text": text}, {"text_entities": _ENTITIES}, marked=[("text", "text_entities")])
#: What a message can show, and what it replies to in another chat.
_CONTENT: Mapping[str, Shape] = {
    "document": _FILE,
    "photo": list_of(_FILE),
    "animation": _FILE,
    "audio": _FILE,
    "video": _FILE,
    "voice": _FILE,
    "poll": Object(
        {"id": text, "question": text},
        {"options": list_of(_WORDS), "question_entities": _ENTITIES},
        marked=[("question", "question_entities")],
    ),
    "checklist": Object(
        {"title": text},
        {"tasks": list_of(_WORDS), "title_entities": _ENTITIES},
        marked=[("title", "title_entities")],
    ),
    "game": Object({"title": text, "description": text}),
    "rich_message": Object({}, {"blocks": list_of(Object({}))}),
    "link_preview_options": Object({}, {"url": text}),
}
_MESSAGE = Object(
    {"message_id": number, "date": size, "chat": _CHAT},
    {
        **_CONTENT,
        "from": _USER,
        "sender_chat": _CHAT,
        "via_bot": _USER,
        "edit_date": size,
        "text": text,
        "entities": _ENTITIES,
        "caption": text,
        "caption_entities": _ENTITIES,
        "quote": _QUOTE,
        "external_reply": Object(
            {"origin": _ORIGIN}, {**_CONTENT, "chat": _CHAT, "message_id": number}
        ),
        "forward_origin": _ORIGIN,
        "is_automatic_forward": flag,
        "message_thread_id": number,
        "is_topic_message": flag,
        "direct_messages_topic": Object({"topic_id": number}, {"user": _USER}),
        "media_group_id": text,
        "reply_markup": _KEYBOARD,
        "guest_query_id": text,
        "ephemeral_message_id": number,
        "receiver_user": _USER,
        "migrate_to_chat_id": number,
        "migrate_from_chat_id": number,
    },
    marked=[("text", "entities"), ("caption", "caption_entities")],
)
_MESSAGE.may_have({"reply_to_message": _MESSAGE, "pinned_message": _MESSAGE})
_MEMBER = Object({"user": _USER, "status": text})
#: The kinds of update that the bot asks for; of others nothing is read.
KINDS: Mapping[str, Shape] = {
    "message": _MESSAGE,
    "edited_message": _MESSAGE,
    "channel_post": _MESSAGE,
    "edited_channel_post": _MESSAGE,
    "guest_message": _MESSAGE,
    "callback_query": Object(
        {"id": text, "from": _USER, "chat_instance": text},
        {"message": _MESSAGE, "inline_message_id": text, "data": text},
    ),
    "inline_query": Object(
        {"id": text, "from": _USER, "query": text, "offset": text}, {"chat_type": text}
    ),
    "chosen_inline_result": Object(
        {"result_id": text, "from": _USER, "query": text}, {"inline_message_id": text}
    ),
    "my_chat_member": Object(
        {
            "chat": _CHAT,
            "from": _USER,
            "date": size,
            "old_chat_member": _MEMBER,
            "new_chat_member": _MEMBER,
        }
    ),
}


def without_nonsense(update: Any) -> dict[str, Any]:
    """Return the JSON of an *update* with its number and the first that is right of what it tells.

    There is at most one (Bot API, Update), and none if it is of a kind that was not asked for.

    Raises:
        ValueError: it has no number, or nothing is right of what it tells.
    """
    if not isinstance(update, dict) or not number(update.get("update_id")):
        raise ValueError("what came is no update")
    numbered = {"update_id": update["update_id"]}
    wrong = ""
    for kind, told in update.items():
        if shape := KINDS.get(kind):
            make_readable(told, DEEPEST)
            if shape(told):
                return {**numbered, kind: told}
            wrong = kind
    if wrong:
        raise ValueError(f"what is told as {wrong} of update {update['update_id']} is none")
    return numbered
