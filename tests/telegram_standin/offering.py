"""What a bot answers to somebody who typed its name: results to choose from, and a button above.

A result by itself is read in results.py; who types and chooses is told in inline.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram_standin.links import LinkError, check_link
from telegram_standin.parameters import Parameters
from telegram_standin.people import User
from telegram_standin.refusals import Refusal, bad_request
from telegram_standin.results import InlineResult, read_results
from telegram_standin.rewriting import clean

#: core.telegram.org/bots/api#answerinlinequery: seconds, seconds and bytes.
DEFAULT_CACHE_SECONDS = 300
MAX_CACHE_SECONDS = 24 * 60 * 60
MAX_NEXT_OFFSET = 64
#: core.telegram.org/bots/api#inlinequeryresultsbutton, and links to a bot alike.
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class OfferButton:
    """The button above the results: it opens the bot with a start parameter, or a Web App."""

    text: str
    start_parameter: str | None = None
    web_app: str | None = None


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What a person sees who typed a query."""

    user: User
    query: str
    results: tuple[InlineResult, ...]
    #: What to type on with for the next page, "" after the last.
    next_offset: str
    button: OfferButton | None
    #: How many seconds Telegram may keep the results; the stand-in keeps none.
    cache_time: int
    is_personal: bool


def read_offer(given: Parameters, users: Mapping[int, User]) -> dict[str, Any]:
    """Return what the parameters of answerInlineQuery say of an InlineAnswer; raises Refusal."""
    button = _read_button(given.json("button"))
    results = read_results(given.json("results"), users)
    next_offset = given.text("next_offset")
    if len(next_offset.encode()) > MAX_NEXT_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    # The server brings a cache_time out of range into it, without a word.
    cache_time = given.integer("cache_time", DEFAULT_CACHE_SECONDS)
    return {
        "results": results,
        "next_offset": next_offset,
        "button": button,
        "cache_time": min(max(cache_time, 0), MAX_CACHE_SECONDS),
        "is_personal": given.flag("is_personal"),
    }


def told(offer: Mapping[str, Any]) -> str:
    """Return what `read_offer` read as the transcript tells it."""
    results, button = offer["results"], offer["button"]
    lines = ["offers:" if results else "offers nothing"]
    for number, result in enumerate(results, 1):
        about = f" — {result.description}" if result.description else ""
        lines.append(f"{number}. {result.title}{about}".replace("\n", " "))
    if offer["next_offset"]:
        lines.append("… and more")
    if button:
        lines.append(f"[{button.text}]")
    return "\n    ".join(lines)


def _read_button(given: Any) -> OfferButton | None:
    if given is None:
        return None
    if not isinstance(given, dict):
        raise _unreadable("InlineQueryResultsButton must be an Object")
    fields = Parameters(given)
    if fields.get("text") is None:
        raise _unreadable('Can\'t find field "text"')
    unknown = sorted(set(fields) - {"text", "start_parameter", "web_app"})
    if unknown or len(fields) != 2:
        raise _unreadable("InlineQueryResultsButton must have exactly one optional field")
    text = clean(fields.text("text"))
    if not text.strip():
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if "web_app" in fields:
        return OfferButton(text, web_app=_web_app(fields))
    parameter = fields.text("start_parameter")
    if not parameter:
        raise bad_request("START_PARAM_EMPTY")
    if not START_PARAMETER.fullmatch(parameter):
        raise bad_request("START_PARAM_INVALID")
    return OfferButton(text, start_parameter=parameter)


def _web_app(fields: Parameters) -> str:
    url = Parameters(fields.fields("web_app", ["url"])).text("url")
    try:
        link = check_link(url)
    except LinkError as problem:
        raise bad_request("BUTTON_URL_INVALID") from problem
    if not link.startswith("https://"):
        raise bad_request("BUTTON_URL_INVALID")
    return link


def _unreadable(reason: str) -> Refusal:
    return bad_request(f"Can't parse inline query results button: {reason}")
