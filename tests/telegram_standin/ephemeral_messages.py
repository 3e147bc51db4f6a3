"""The API's side of messages that one person sees: to whom the bot may send one, and changing them.

core.telegram.org/bots/api#ephemeral-messages-and-commands and #ephemeralmessageparameters. What is
not written there, the words of most refusals among it, is a guess.
"""

from __future__ import annotations

from telegram_standin.messages import Message
from telegram_standin.parameters import Parameters
from telegram_standin.people import Chat, User
from telegram_standin.queries import Query
from telegram_standin.refusals import bad_request
from telegram_standin.world import World

#: For so long after the press, or the message, that gives a bot the right to send one.
ANSWER_SECONDS = 15

_FIELDS = ["receiver_user_id", "callback_query_id", "replace_callback_query_message"]


def read_receiver(world: World, given: Parameters, chat: Chat) -> User | None:
    """Return the one person who is to see the message, None if everybody is; raises Refusal."""
    if given.get("ephemeral_message_parameters") is None:
        return None
    wanted = Parameters(given.fields("ephemeral_message_parameters", _FIELDS))
    if chat.kind not in ("group", "supergroup"):
        raise bad_request("Ephemeral messages can be sent only to groups and supergroups")
    person = world.users.get(wanted.integer("receiver_user_id"))
    if person is None or person.is_bot:
        raise bad_request("USER_ID_INVALID")
    query = _press(world, wanted, chat, person)
    if wanted.flag("replace_callback_query_message"):
        if query is None:
            raise bad_request("QUERY_ID_INVALID")
        if query.message is not None and query.message.ephemeral:
            raise bad_request("Ephemeral messages must be edited by editEphemeralMessage methods")
    if query is None and not _is_answer(world, given, chat, person):
        _check_administrator(world, chat, person)
    return person


def named_ephemeral(world: World, given: Parameters, verb: str) -> Message:
    """Return the bot's message that the parameters of a change name; raises Refusal."""
    chat = world.writable_chat(given.get("chat_id"))
    for name in ("receiver_user_id", "ephemeral_message_id"):
        if given.get(name) is None:
            raise bad_request(f'Field "{name}" must be specified')
    message = world.ephemerals.find(
        chat.id, given.integer("receiver_user_id"), given.integer("ephemeral_message_id")
    )
    if message is None:
        raise bad_request(f"Message to {verb} not found")
    if message.sender != world.bot:
        past = {"edit": "edited", "delete": "deleted"}[verb]
        raise bad_request(f"Message can't be {past}")
    return message


def _press(world: World, wanted: Parameters, chat: Chat, person: User) -> Query | None:
    identifier = wanted.text("callback_query_id")
    if not identifier:
        return None
    query = world.queries.find("callback_query", identifier)
    if (
        query is None
        or query.user != person
        or query.chat is None
        or query.chat.id != chat.id
        or world.clock.now() > query.opened_at + ANSWER_SECONDS
    ):
        raise bad_request("QUERY_ID_INVALID")
    return query


def _is_answer(world: World, given: Parameters, chat: Chat, person: User) -> bool:
    reply = given.json("reply_parameters")
    number = reply.get("ephemeral_message_id") if isinstance(reply, dict) else None
    asked = world.ephemerals.find(chat.id, person.id, number) if isinstance(number, int) else None
    return (
        asked is not None
        and asked.sender == person
        and world.clock.now() <= asked.date + ANSWER_SECONDS
    )


def _check_administrator(world: World, chat: Chat, person: User) -> None:
    if world.standing(chat, world.bot.id) not in ("creator", "administrator"):
        raise bad_request("MESSAGE_NOT_COMMAND")
    if world.standing(chat, person.id) in ("left", "kicked"):
        raise bad_request("USER_NOT_PARTICIPANT")
