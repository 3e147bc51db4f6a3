"""The API methods that put messages into chats, change them and take them away."""

from __future__ import annotations

from typing import Any

from telegram_standin.composing import compose, parse_text, read_link_preview
from telegram_standin.discussion import edit_automatically, forward_automatically
from telegram_standin.entities import utf16_length
from telegram_standin.files import File
from telegram_standin.inline_messages import inline_message
from telegram_standin.keyboards import Keyboard, read_keyboard, read_markup, refuse_in_channel
from telegram_standin.media import MAX_CAPTION, make_document
from telegram_standin.messages import Message, Quote
from telegram_standin.methods import Method
from telegram_standin.parameters import Parameters
from telegram_standin.people import Chat
from telegram_standin.refusals import bad_request, beyond_the_standin
from telegram_standin.threads import named_topic
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
    keyboard, asks_reply = read_markup(given.json("reply_markup"))
    preview = read_link_preview(given)
    # Neither shows in a conversation of texts, but nonsense in them is refused all the same.
    given.flag("disable_notification")
    given.flag("protect_content")
    chat = world.writable_chat(given.get("chat_id"))
    replied, quote = _replied(world, given, chat)
    topic = named_topic(world, given, chat)
    if chat.is_channel:
        refuse_in_channel(keyboard)
    elsewhere = replied is not None and topic is not None and replied.topic != topic
    message = world.add_message(
        chat,
        world.bot,
        composed.text,
        entities=composed.entities,
        html=composed.source,
        keyboard=keyboard,
        reply_to=None if elsewhere else replied,
        external_reply=replied if elsewhere else None,
        quote=quote,
        topic=topic,
        link_preview_options=preview,
        asks_reply=asks_reply,
    )
    forward_automatically(world, message)
    return message.to_json()


def _send_document(world: World, given: Parameters) -> dict[str, Any]:
    upload = given.upload("document")
    caption, entities = parse_text(
        given.text("caption"), given.text("parse_mode"), None, world.users
    )
    if len(caption) > MAX_CAPTION:
        raise bad_request("MEDIA_CAPTION_TOO_LONG")
    chat = world.writable_chat(given.get("chat_id"))
    replied, quote = _replied(world, given, chat)
    number = world.next_id(chat)
    file = File(upload.name, upload.content, upload.kind)
    world.files[f"file-{number}"] = file
    message = world.add_message(
        chat,
        world.bot,
        caption,
        entities=entities,
        html=given.text("caption"),
        keyboard=read_keyboard(given.json("reply_markup")),
        reply_to=replied,
        quote=quote,
        topic=named_topic(world, given, chat),
        media=make_document(file.described(number)),
    )
    return message.to_json()


def _edit_message_text(world: World, given: Parameters) -> dict[str, Any] | bool:
    composed = compose(given, world.users)
    keyboard = read_keyboard(given.json("reply_markup"))
    preview = read_link_preview(given)
    message = _own_message(world, given, "edit", keyboard)
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
    edit_automatically(world, changed)
    return _edited(changed, given)


def _edit_message_reply_markup(world: World, given: Parameters) -> dict[str, Any] | bool:
    keyboard = read_keyboard(given.json("reply_markup"))
    message = _own_message(world, given, "edit", keyboard)
    if message.keyboard == keyboard:
        raise bad_request(_NOT_MODIFIED)
    changed = world.change_message(message, by_bot=True, keyboard=keyboard)
    return _edited(changed, given)


def _edited(message: Message, given: Parameters) -> dict[str, Any] | bool:
    # Of a message it knows by its inline id alone, the bot is not shown the rest.
    return True if "inline_message_id" in given else message.to_json()


def _delete_message(world: World, given: Parameters) -> bool:
    world.drop_message(_own_message(world, given, "delete"), by_bot=True)
    return True


def _send_chat_action(world: World, given: Parameters) -> bool:
    if given.text("action").lower() not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    named_topic(world, given, world.writable_chat(given.get("chat_id")))
    return True


def _own_message(
    world: World, given: Parameters, verb: str, keyboard: Keyboard | None = None
) -> Message:
    if given.get("inline_message_id") is not None:
        return inline_message(world, given)
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
    if chat.is_channel:
        refuse_in_channel(keyboard)
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


METHODS = {
    "sendMessage": Method(
        _send_message,
        "chat_id message_thread_id text parse_mode entities link_preview_options"
        " disable_notification protect_content reply_parameters reply_markup",
    ),
    "sendDocument": Method(
        _send_document,
        "chat_id message_thread_id document caption parse_mode disable_notification"
        " protect_content reply_parameters reply_markup",
    ),
    "editMessageText": Method(
        _edit_message_text,
        "chat_id message_id inline_message_id text parse_mode entities link_preview_options"
        " reply_markup",
    ),
    # Telegram ignores the first two of the last three here; python-telegram-bot sends them along
    # wherever an application has Defaults.
    "editMessageReplyMarkup": Method(
        _edit_message_reply_markup,
        "chat_id message_id inline_message_id parse_mode link_preview_options reply_markup",
    ),
    "deleteMessage": Method(_delete_message, "chat_id message_id"),
    "sendChatAction": Method(_send_chat_action, "chat_id message_thread_id action"),
}
