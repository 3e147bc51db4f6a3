"""The API methods that answer queries: presses, what is typed inline, and calls of a guest."""

from __future__ import annotations

from typing import Any

from telegram_standin.inline_messages import new_inline_id
from telegram_standin.links import LinkError, check_link
from telegram_standin.methods import Method
from telegram_standin.offering import read_offer, told
from telegram_standin.parameters import Parameters
from telegram_standin.refusals import bad_request
from telegram_standin.results import read_result
from telegram_standin.world import World

#: core.telegram.org/bots/api#answercallbackquery
MAX_CALLBACK_ANSWER = 200


def _answer_callback_query(world: World, given: Parameters) -> bool:
    text, url = given.text("text"), given.text("url")
    if len(text) > MAX_CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if url:
        try:
            check_link(url)
        except LinkError as problem:
            raise bad_request("URL_INVALID") from problem
    answer = {
        "text": text,
        "show_alert": given.flag("show_alert"),
        "url": url,
        "cache_time": given.integer("cache_time"),
    }
    query = world.queries.answer("callback_query", given.text("callback_query_id"), answer)
    shown = f"answers the press: {text}" if text else "answers the press"
    world.transcript.note(query.chat, f"{world.bot} {shown}")
    world.pulse.beat()
    return True


def _answer_inline_query(world: World, given: Parameters) -> bool:
    offer = read_offer(given, world.users)
    query = world.queries.answer("inline_query", given.text("inline_query_id"), offer)
    world.transcript.note(query.chat, f"    @{world.bot} {told(offer)}")
    world.pulse.beat()
    return True


def _answer_guest_query(world: World, given: Parameters) -> dict[str, Any]:
    if given.get("result") is None:
        raise bad_request("Result isn't specified")
    result = read_result(given.json("result"), world.users)
    query = world.queries.answer("guest_query", given.text("guest_query_id"), {})
    call = query.message
    assert call is not None, "a guest is called by a message"
    message = world.add_message(
        call.chat,
        world.bot,
        result.text,
        **result.content,
        topic=call.topic,
        reply_to=world.message(call.chat, call.message_id),
        inline_message_id=new_inline_id(world, call.chat),
        guest_caller=call.sender,
    )
    query.answer = {"message": message}
    world.pulse.beat()
    return {"inline_message_id": message.inline_message_id}


METHODS = {
    "answerCallbackQuery": Method(
        _answer_callback_query, "callback_query_id text show_alert url cache_time"
    ),
    "answerInlineQuery": Method(
        _answer_inline_query, "inline_query_id results cache_time is_personal next_offset button"
    ),
    "answerGuestQuery": Method(_answer_guest_query, "guest_query_id result"),
}
