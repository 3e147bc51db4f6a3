"""The API methods that put messages into chats, change them and take them away."""

from __future__ import annotations

from typing import Any

from telegram_standin.composing import compose, parse_text
from telegram_standin.entities import utf16_length
from telegram_standin.keyboards import read_keyboard
from telegram_standin.links import LinkError, check_link
from telegram_standin.messages import Message, Quote
from telegram_standin.methods import Method
from telegram_standin.parameters import Parameters
from telegram_standin.people import Chat
from telegram_standin.refusals import bad_request, beyond_the_standin
from telegram_standin.world import World

#: core.telegram.org/bots/api#replyparameters
MAX_QUOTE = 1024

_REPLY_FIELDS = [
    "message_id",
    "chat_id",
    "allow_sending_without_reply",
    "quote",
    "quote_parse_mode",
    "quote_entities",
]
_PREVIEW_FIELDS = [
    "is_disabled",
    "url",
    "prefer_small_media",
    "prefer_large_media",
    "show_above_text",
]
_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
_NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


def _send_message(world: World, given: Parameters) -> dict[str, Any]:
    composed = compose(given, world.users)
    keyboard = read_keyboard(given.json("reply_markup"))
    preview = _link_preview(given)
    # Neither shows in a conversation of texts, but nonsense in them is refused all the same.
    given.flag("disable_notification")
    given.flag("protect_content")
    chat = world.writable_chat(given.get("chat_id"))
    _refuse_topic(given)
    reply_to, quote = _replied(world, given, chat)
    message = world.add_message(
        chat,
        world.bot,
        composed.text,
        entities=composed.entities,
        html=composed.source,
        keyboard=keyboard,
        reply_to=reply_to,
        quote=quote,
        link_preview_options=preview,
    )
    return message.to_json()


def _edit_message_text(world: World, given: Parameters) -> dict[str, Any]:
    composed = compose(given, world.users)
    keyboard = read_keyboard(given.json("reply_markup"))
    preview = _link_preview(given)
    message = _own_message(world, given, "edit")
    if (message.text, message.entities, message.keyboard, message.link_preview_options) == (
        composed.text,
        composed.entities,
        keyboard,
        preview,
    ):
        raise bad_request(_NOT_MODIFIED)
    changed = world.change_message(
        message,
        by_bot=True,
        text=composed.text,
        entities=composed.entities,
        html=composed.source,
        keyboard=keyboard,
        link_preview_options=preview,
    )
    return changed.to_json()


def _edit_message_reply_markup(world: World, given: Parameters) -> dict[str, Any]:
    keyboard = read_keyboard(given.json("reply_markup"))
    message = _own_message(world, given, "edit")
    if message.keyboard == keyboard:
        raise bad_request(_NOT_MODIFIED)
    return world.change_message(message, by_bot=True, keyboard=keyboard).to_json()


def _delete_message(world: World, given: Parameters) -> bool:
    world.drop_message(_own_message(world, given, "delete"), by_bot=True)
    return True


def _send_chat_action(world: World, given: Parameters) -> bool:
    if given.text("action").lower() not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    world.writable_chat(given.get("chat_id"))
    _refuse_topic(given)
    return True


def _own_message(world: World, given: Parameters, verb: str) -> Message:
    if given.get("inline_message_id") is not None:
        raise beyond_the_standin("inline messages yet")
    chat = world.writable_chat(given.get("chat_id"))
    if given.get("message_id") is None:
        raise bad_request("Message identifier is not specified")
    message = world.message(chat, given.integer("message_id"))
    if message is None:
        raise bad_request(f"Message to {verb} not found")
    may_moderate = verb == "delete" and world.standing(chat, world.bot.id) == "administrator"
    if message.sender != world.bot and not may_moderate:
        past = {"edit": "edited", "delete": "deleted"}[verb]
        raise bad_request(f"Message can't be {past}")
    return message


def _replied(world: World, given: Parameters, chat: Chat) -> tuple[Message | None, Quote | None]:
    reply = Parameters(given.fields("reply_parameters", _REPLY_FIELDS))
    if not reply:
        return None, None
    if reply.get("chat_id") is not None and world.find_chat(reply["chat_id"]).id != chat.id:
        raise beyond_the_standin("replies to another chat")
    message = world.message(chat, reply.integer("message_id"))
    if message is None:
        if reply.flag("allow_sending_without_reply"):
            return None, None
        raise bad_request("Message to be replied not found")
    text, _ = parse_text(reply.text("quote"), reply.text("quote_parse_mode"), None, {})
    if not text:
        return message, None
    if len(text) > MAX_QUOTE or text not in message.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return message, Quote(text, utf16_length(message.text[: message.text.index(text)]))


def _link_preview(given: Parameters) -> dict[str, Any] | None:
    options = given.fields("link_preview_options", _PREVIEW_FIELDS)
    if options.get("url"):
        try:
            options = {**options, "url": check_link(str(options["url"]))}
        except LinkError as problem:
            raise bad_request("Wrong HTTP URL specified") from problem
    return options or None


def _refuse_topic(given: Parameters) -> None:
    # No chat has topics yet; a chat with them would look its thread up here.
    if given.get("message_thread_id") is not None:
        raise bad_request("Message thread not found")


METHODS = {
    "sendMessage": Method(
        _send_message,
        "chat_id message_thread_id text parse_mode entities link_preview_options"
        " disable_notification protect_content reply_parameters reply_markup",
    ),
    "editMessageText": Method(
        _edit_message_text,
        "chat_id message_id inline_message_id text parse_mode entities link_preview_options"
        " reply_markup",
    ),
    "editMessageReplyMarkup": Method(
        _edit_message_reply_markup, "chat_id message_id inline_message_id reply_markup"
    ),
    "deleteMessage": Method(_delete_message, "chat_id message_id"),
    "sendChatAction": Method(_send_chat_action, "chat_id message_thread_id action"),
}
