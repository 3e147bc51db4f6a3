"""Finds the topic a bot's call names, of a forum, a private chat or a channel's direct messages.

What belongs to a topic is told by topics and messages.
"""

from __future__ import annotations

from telegram_standin.parameters import Parameters
from telegram_standin.people import Chat, User
from telegram_standin.refusals import bad_request
from telegram_standin.topics import Topic
from telegram_standin.world import World


def named_topic(world: World, given: Parameters, chat: Chat) -> Topic | None:
    """Return the topic of the parameter `message_thread_id`, None without one; raises Refusal.

    Only a topic will do, not "General" under the id 1 and not the thread of a chain of replies,
    although messages bear its id: `check_message_topic` in Client.cpp of tdlib/telegram-bot-api,
    and its issues 447 and 798. Where there can be no topics, the parameter is not looked at.
    """
    thread_id = given.integer("message_thread_id")
    if thread_id <= 0 or not (chat.is_forum or chat.kind == "private"):
        return None
    opening = world.message(chat, thread_id)
    if opening is None or opening.topic is None or opening.topic.thread_id != thread_id:
        raise bad_request("Message thread not found")
    return opening.topic


def named_direct_topic(world: World, given: Parameters, chat: Chat) -> User | None:
    """Return whose topic `direct_messages_topic_id` names, None elsewhere; raises Refusal.

    In a channel's direct messages it is required, in a reply too: `get_send_message_topic` in
    MessageTopic.cpp of tdlib/td. In other chats it is not looked at.
    """
    topic_id = given.integer("direct_messages_topic_id")
    if not chat.is_direct_messages:
        return None
    if topic_id == 0 and given.integer("message_thread_id") == 0:
        raise bad_request("Channel direct messages topic must be specified")
    if topic_id == 0:
        raise bad_request("Topic not found")
    user = world.users.get(topic_id)
    if user is None or (chat.id, user.id) not in world.standings:
        raise bad_request("Wrong direct messages topic identifier specified")
    return user
