"""Finds the topic a bot's call names; what belongs to a topic is told by topics and messages."""

from __future__ import annotations

from telegram_standin.parameters import Parameters
from telegram_standin.people import Chat
from telegram_standin.refusals import bad_request
from telegram_standin.topics import Topic
from telegram_standin.world import World


def named_topic(world: World, given: Parameters, chat: Chat) -> Topic | None:
    """Return the topic of the parameter `message_thread_id`, None without one; raises Refusal.

    Only a topic will do, not "General" under the id 1 and not the thread of a chain of replies,
    although messages bear its id: `check_reply_parameters` in Client.cpp of
    tdlib/telegram-bot-api, and its issues 447 and 798.
    """
    thread_id = given.integer("message_thread_id")
    if thread_id <= 0:
        return None
    opening = world.message(chat, thread_id)
    if opening is None or opening.topic is None or opening.topic.thread_id != thread_id:
        raise bad_request("Message thread not found")
    return opening.topic
