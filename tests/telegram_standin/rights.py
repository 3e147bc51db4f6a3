"""Refuses what the bot may not do where it is, in the words of Telegram.

What tdlib/td knows it says in a sentence (`can_send_message_to_dialog` in DialogManager.cpp,
`can_send_message_content` in MessageContent.cpp); the rest comes from the server as a code, and a
code that came with 403 is a 400 here (`fail_query_with_error` in Client.cpp). Whether the bot is in
the chat at all has been seen to before.
"""

from __future__ import annotations

from telegram_standin.keyboards import Keyboard, refuse_in_channel
from telegram_standin.messages import Message
from telegram_standin.people import Chat, User
from telegram_standin.refusals import bad_request
from telegram_standin.topics import Topic
from telegram_standin.world import World


def refuse_to_send(
    world: World, chat: Chat, topic: Topic | None, what: str = "text messages"
) -> None:
    """Raise Refusal where the bot may not send; `what` as in "send documents to the chat"."""
    if chat.is_channel and not _may_post(world, chat):
        raise bad_request("Need administrator rights in the channel chat")
    if _is_silenced(world, chat):
        raise bad_request(f"Not enough rights to send {what} to the chat")
    _refuse_in_closed_topic(world, chat, topic)


def refuse_to_change(world: World, message: Message) -> None:
    """Raise Refusal where the bot may not edit even its own message any more."""
    chat = message.chat
    if chat.is_channel and not _may_post(world, chat):
        raise bad_request("Message can't be edited")
    if _is_silenced(world, chat):
        raise bad_request("CHAT_WRITE_FORBIDDEN")
    _refuse_in_closed_topic(world, chat, message.topic)


def refuse_to_act(world: World, chat: Chat) -> None:
    """Raise Refusal where the bot may not be seen to type."""
    if chat.is_direct_messages:
        raise bad_request("Chat actions can't be sent to channel direct messages chats")
    if _is_silenced(world, chat) or (chat.is_channel and not _may_post(world, chat)):
        raise bad_request("CHAT_WRITE_FORBIDDEN")


def refuse_buttons(chat: Chat, keyboard: Keyboard | None, *, asks_reply: bool = False) -> None:
    """Raise Refusal for buttons that a chat does not have where nobody but the chat writes."""
    if chat.is_channel or chat.is_direct_messages:
        refuse_in_channel(keyboard)
    if chat.is_channel and asks_reply:
        raise bad_request("Inline keyboard expected")


def refused_to_people(
    world: World, chat: Chat, sender: User | Chat, topic: Topic | None, reply_to: Message | None
) -> str:
    """Return why a person may not write somewhere, empty if they may."""
    if chat.is_direct_messages and not isinstance(sender, User) and reply_to is None:
        return f"{sender} writes in its direct messages only by a reply"
    if not isinstance(sender, User):
        return ""
    standing = world.standing(chat, sender.id)
    if standing in ("creator", "administrator"):
        return ""
    if standing == "restricted" or world.limits.is_silent(chat):
        return f"{sender} may not write in {chat}"
    lands_in = topic or (reply_to.topic if reply_to and reply_to.chat.id == chat.id else None)
    place = lands_in or (chat if chat.is_forum else None)
    return f"{place} is closed" if place and world.limits.is_closed(place) else ""


def _may_post(world: World, chat: Chat) -> bool:
    rises = world.standing(chat, world.bot.id) in ("creator", "administrator")
    return rises and world.limits.may_post(chat, world.bot)


def _is_silenced(world: World, chat: Chat) -> bool:
    standing = world.standing(chat, world.bot.id)
    return standing == "restricted" or (standing == "member" and world.limits.is_silent(chat))


def _refuse_in_closed_topic(world: World, chat: Chat, topic: Topic | None) -> None:
    place = topic or (chat if chat.is_forum else None)
    administrator = world.standing(chat, world.bot.id) == "administrator"
    if place and not administrator and world.limits.is_closed(place):
        raise bad_request("TOPIC_CLOSED")
