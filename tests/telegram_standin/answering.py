"""The API methods that answer queries; inline and guest answers would join them here."""

from __future__ import annotations

from telegram_standin.links import LinkError, check_link
from telegram_standin.methods import Method
from telegram_standin.parameters import Parameters
from telegram_standin.refusals import bad_request
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


METHODS = {
    "answerCallbackQuery": Method(
        _answer_callback_query, "callback_query_id text show_alert url cache_time"
    ),
}
