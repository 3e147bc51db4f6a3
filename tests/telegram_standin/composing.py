"""Turns the text parameters of a call into the text Telegram would store; stores nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram_standin.dates import date_format
from telegram_standin.entities import LINKS, QUOTES, STYLES, Entity, utf16_length
from telegram_standin.links import LinkError, check_link, linked_user
from telegram_standin.markup import parse_html
from telegram_standin.parameters import Parameters
from telegram_standin.people import User
from telegram_standin.refusals import bad_request, beyond_the_standin
from telegram_standin.rewriting import clean, rewrite

#: Before parsing, in bytes (`get_formatted_text` in Client.cpp); after it, in code points.
MAX_SOURCE_BYTES = 1 << 15
MAX_TEXT = 4096

# What Telegram counts as nothing to read, from `strip_empty_characters` in misc.cpp of tdlib/td.
_INVISIBLE = re.compile(
    "[ \n\u00a0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc]*"
)
_PREVIEW_FIELDS = [
    "is_disabled",
    "url",
    "prefer_small_media",
    "prefer_large_media",
    "show_above_text",
]
_GIVEN = STYLES | QUOTES | LINKS | {"code", "pre", "custom_emoji", "date_time"}


@dataclass(frozen=True, slots=True)
class Composed:
    """A text ready to be stored, and its source as the bot sent it."""

    text: str
    entities: tuple[Entity, ...]
    source: str


#: Of a rich message, whose words are in its blocks.
NOTHING_SAID = Composed("", (), "")


def compose(given: Parameters, users: Mapping[int, User]) -> Composed:
    """Return the text of the parameters `text`, `parse_mode` and `entities`; raises Refusal."""
    source = given.text("text")
    text, entities = parse_text(source, given.text("parse_mode"), given.json("entities"), users)
    if is_empty(text):
        raise bad_request("Message text is empty")
    if len(text) > MAX_TEXT:
        raise bad_request("Message is too long")
    return Composed(text, entities, source)


def is_empty(text: str) -> bool:
    """Return whether there is nothing to read in a text."""
    return _INVISIBLE.fullmatch(text) is not None


def read_link_preview(given: Parameters) -> dict[str, Any] | None:
    """Return the parameter `link_preview_options`, None without any; raises Refusal."""
    options = given.fields("link_preview_options", _PREVIEW_FIELDS)
    if options.get("url"):
        try:
            options = {**options, "url": check_link(clean(str(options["url"])))}
        except LinkError as problem:
            raise bad_request("Wrong HTTP URL specified") from problem
    return options or None


def parse_text(
    source: str, parse_mode: str, entities: Any, users: Mapping[int, User]
) -> tuple[str, tuple[Entity, ...]]:
    """Return a text and its entities as Telegram keeps them; raises Refusal.

    As with the real server, entities given next to a parse mode are not looked at.
    """
    if len(source.encode()) > MAX_SOURCE_BYTES:
        raise bad_request("Text is too long")
    match parse_mode.lower():
        case "html":
            text, parsed = parse_html(source, users)
        case "" | "none":
            text, parsed = source, _read_entities(entities, source, users)
        case "markdown" | "markdownv2":
            raise beyond_the_standin(f"parse_mode {parse_mode}; HTML is what it parses")
        case _:
            raise bad_request("Unsupported parse_mode")
    return rewrite(text, parsed)


def _read_entities(given: Any, text: str, users: Mapping[int, User]) -> tuple[Entity, ...]:
    if given is None:
        return ()
    if not isinstance(given, list):
        raise bad_request("Can't parse entities: expected an Array")
    read = (_read_entity(entity, utf16_length(text), users) for entity in given)
    return tuple(entity for entity in read if entity)


def _read_entity(given: Any, end: int, users: Mapping[int, User]) -> Entity | None:
    match given:
        case {"type": str(kind), "offset": int(offset), "length": int(length)}:
            pass
        case _:
            raise bad_request("Can't parse MessageEntity: type, offset and length are required")
    if offset < 0 or length < 1 or offset + length > end:
        raise bad_request(f"Entity {kind} at {offset}, length {length} is outside the text")
    # Telegram finds the other kinds itself and ignores them here.
    if kind not in _GIVEN:
        return None
    user = users.get((given.get("user") or {}).get("id", 0))
    url = given.get("url")
    if kind == "text_link" and (linked := linked_user(clean(str(url or "")))):
        kind, url, user = "text_mention", None, users.get(linked)
    if kind == "text_mention" and user is None:
        return None
    if kind == "text_link":
        try:
            url = check_link(clean(str(url or "")))
        except LinkError as problem:
            raise bad_request(f"Entity URL '{url}' is invalid: {problem}") from problem
    return Entity(
        kind,
        offset,
        length,
        url=url,
        user=user,
        language=given.get("language"),
        custom_emoji_id=given.get("custom_emoji_id"),
        **(_date_time(given) if kind == "date_time" else {}),
    )


def _date_time(given: Mapping[str, Any]) -> dict[str, Any]:
    unix, form = given.get("unix_time"), date_format(str(given.get("date_time_format") or ""))
    if not isinstance(unix, int) or not 0 < unix < 1 << 31:
        raise bad_request("Invalid date specified")
    if form is None:
        raise bad_request("Can't parse MessageEntity: Invalid date-time format specified")
    return {"unix_time": unix, "date_time_format": form or None}
