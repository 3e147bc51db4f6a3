"""The API methods that put messages into chats, change them and take them away."""

from __future__ import annotations

from typing import Any

from telegram_standin.composing import (
    NOTHING_SAID,
    Composed,
    compose,
    parse_text,
    read_link_preview,
)
from telegram_standin.composing_rich import read_rich_message
from telegram_standin.discussion import edit_automatically, forward_automatically
from telegram_standin.ephemeral_messages import named_ephemeral, read_receiver
from telegram_standin.files import File
from telegram_standin.inline_messages import inline_message
from telegram_standin.keyboards import Keyboard, read_keyboard, read_markup
from telegram_standin.media import MAX_CAPTION, Media, make_document
from telegram_standin.messages import Message
from telegram_standin.methods import Method
from telegram_standin.parameters import Parameters
from telegram_standin.placing import placed
from telegram_standin.refusals import bad_request
from telegram_standin.rights import refuse_buttons, refuse_to_act, refuse_to_change, refuse_to_send
from telegram_standin.threads import named_topic
from telegram_standin.world import World

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
# What a bot without the right is told that it may not send.
_TEXTS, _RICH = "text messages", "the rich message"
_NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


def _send_message(world: World, given: Parameters) -> dict[str, Any]:
    return _send(world, given, compose(given, world.users))


def _send_rich_message(world: World, given: Parameters) -> dict[str, Any]:
    content = read_rich_message(given)
    if content is None:
        raise bad_request("RICH_MESSAGE_EMPTY")
    return _send(world, given, NOTHING_SAID, content)


def _send(
    world: World, given: Parameters, composed: Composed, media: Media | None = None
) -> dict[str, Any]:
    keyboard, asks_reply = read_markup(given.json("reply_markup"))
    preview = read_link_preview(given)
    # Neither shows in a conversation of texts, but nonsense in them is refused all the same.
    given.flag("disable_notification")
    given.flag("protect_content")
    chat = world.writable_chat(given.get("chat_id"))
    receiver = read_receiver(world, given, chat)
    place = placed(world, given, chat, receiver)
    if receiver is None:
        refuse_to_send(world, chat, place.lands_in, _RICH if media else _TEXTS)
    refuse_buttons(chat, keyboard, asks_reply=asks_reply)
    message = world.add_message(
        chat,
        world.bot,
        composed.text,
        entities=composed.entities,
        html=composed.source,
        media=media,
        receiver=receiver,
        keyboard=keyboard,
        **place.fields,
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
    keyboard = read_keyboard(given.json("reply_markup"))
    receiver = read_receiver(world, given, chat)
    place = placed(world, given, chat, receiver)
    if receiver is None:
        refuse_to_send(world, chat, place.lands_in, "documents")
    refuse_buttons(chat, keyboard)
    number = world.next_id(chat)
    file = File(upload.name, upload.content, upload.kind)
    world.files[f"file-{number}"] = file
    message = world.add_message(
        chat,
        world.bot,
        caption,
        entities=entities,
        html=given.text("caption"),
        receiver=receiver,
        keyboard=keyboard,
        **place.fields,
        media=make_document(file.described(number)),
    )
    return message.to_json()


def _edit_message_text(world: World, given: Parameters) -> dict[str, Any] | bool:
    content = _read_content(world, given)
    message = _own_message(world, given, "edit", content["keyboard"])
    changed = _change(world, message, content)
    edit_automatically(world, changed)
    return _edited(changed, given)


def _edit_message_reply_markup(world: World, given: Parameters) -> dict[str, Any] | bool:
    keyboard = read_keyboard(given.json("reply_markup"))
    message = _own_message(world, given, "edit", keyboard)
    return _edited(_change(world, message, {"keyboard": keyboard}), given)


def _edit_ephemeral_message_text(world: World, given: Parameters) -> bool:
    content = _read_content(world, given)
    _change(world, named_ephemeral(world, given, "edit"), content)
    return True


def _edit_ephemeral_message_reply_markup(world: World, given: Parameters) -> bool:
    keyboard = read_keyboard(given.json("reply_markup"))
    _change(world, named_ephemeral(world, given, "edit"), {"keyboard": keyboard})
    return True


def _delete_ephemeral_message(world: World, given: Parameters) -> bool:
    world.drop_message(named_ephemeral(world, given, "delete"), by_bot=True)
    return True


def _read_content(world: World, given: Parameters) -> dict[str, Any]:
    """Return what an edit makes of a message: a text, or a rich message without one."""
    media = read_rich_message(given)
    if media and given.text("text"):
        raise bad_request("Either text or rich_message can be specified, not both")
    composed = NOTHING_SAID if media else compose(given, world.users)
    return {
        "text": composed.text,
        "entities": composed.entities,
        "html": composed.source,
        "media": media,
        "keyboard": read_keyboard(given.json("reply_markup")),
        "link_preview_options": read_link_preview(given),
    }


def _change(world: World, message: Message, content: dict[str, Any]) -> Message:
    if "text" in content and message.media and not message.rich:
        raise bad_request("There is no text in the message to edit")
    shown = {name: value for name, value in content.items() if name != "html"}
    if all(getattr(message, name) == value for name, value in shown.items()):
        raise bad_request(_NOT_MODIFIED)
    return world.change_message(message, by_bot=True, **content)


def _edited(message: Message, given: Parameters) -> dict[str, Any] | bool:
    # Of a message it knows by its inline id alone, the bot is not shown the rest.
    return True if "inline_message_id" in given else message.to_json()


def _delete_message(world: World, given: Parameters) -> bool:
    world.drop_message(_own_message(world, given, "delete"), by_bot=True)
    return True


def _send_chat_action(world: World, given: Parameters) -> bool:
    if given.text("action").lower() not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat = world.writable_chat(given.get("chat_id"))
    named_topic(world, given, chat)
    refuse_to_act(world, chat)
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
    if verb == "edit":
        refuse_to_change(world, message)
        refuse_buttons(chat, keyboard)
    return message


METHODS = {
    "sendMessage": Method(
        _send_message,
        "chat_id message_thread_id direct_messages_topic_id text parse_mode entities"
        " link_preview_options disable_notification protect_content reply_parameters reply_markup"
        " ephemeral_message_parameters@10.3",
    ),
    "sendRichMessage": Method(
        _send_rich_message,
        "chat_id message_thread_id direct_messages_topic_id rich_message disable_notification"
        " protect_content reply_parameters reply_markup ephemeral_message_parameters@10.3",
        since="10.1",
    ),
    "sendDocument": Method(
        _send_document,
        "chat_id message_thread_id direct_messages_topic_id document caption parse_mode"
        " disable_notification protect_content reply_parameters reply_markup"
        " ephemeral_message_parameters@10.3",
    ),
    "editMessageText": Method(
        _edit_message_text,
        "chat_id message_id inline_message_id text parse_mode entities link_preview_options"
        " reply_markup rich_message@10.1",
    ),
    # Telegram ignores the first two of the last three here; python-telegram-bot sends them along
    # wherever an application has Defaults.
    "editMessageReplyMarkup": Method(
        _edit_message_reply_markup,
        "chat_id message_id inline_message_id parse_mode link_preview_options reply_markup",
    ),
    "deleteMessage": Method(_delete_message, "chat_id message_id"),
    "editEphemeralMessageText": Method(
        _edit_ephemeral_message_text,
        "chat_id receiver_user_id ephemeral_message_id text parse_mode entities rich_message"
        " link_preview_options reply_markup",
        since="10.2",
    ),
    "editEphemeralMessageReplyMarkup": Method(
        _edit_ephemeral_message_reply_markup,
        "chat_id receiver_user_id ephemeral_message_id reply_markup",
        since="10.2",
    ),
    "deleteEphemeralMessage": Method(
        _delete_ephemeral_message,
        "chat_id receiver_user_id ephemeral_message_id",
        since="10.2",
    ),
    "sendChatAction": Method(_send_chat_action, "chat_id message_thread_id action"),
}
