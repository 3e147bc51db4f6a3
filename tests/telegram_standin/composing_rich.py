"""Turns the parameter `rich_message` of a call into what a message shows; stores nothing."""

from __future__ import annotations

from telegram_standin.media import Media
from telegram_standin.parameters import Parameters
from telegram_standin.refusals import bad_request, beyond_the_standin
from telegram_standin.rich_blocks import refuse_too_large, with_found, words_of
from telegram_standin.rich_html import parse_rich_html

# core.telegram.org/bots/api#inputrichmessage
_FIELDS = ["html", "markdown", "blocks", "is_rtl", "skip_entity_detection", "media"]
_CONTENT = ("html", "markdown", "blocks")


def read_rich_message(given: Parameters) -> Media | None:
    """Return the rich message of a call, None without one; raises Refusal."""
    if given.get("rich_message") is None:
        return None
    rich = Parameters(given.fields("rich_message", _FIELDS))
    if sum(name in rich for name in _CONTENT) != 1:
        raise bad_request("Exactly one of html, markdown and blocks must be specified")
    if "markdown" in rich or rich.get("media"):
        raise beyond_the_standin("rich messages of Markdown or with media")
    blocks = rich.json("blocks") if "blocks" in rich else parse_rich_html(rich.text("html"))
    if not isinstance(blocks, list) or not all(
        isinstance(block, dict) and isinstance(block.get("type"), str) for block in blocks
    ):
        raise bad_request("Can't parse rich message: blocks must be Objects with a type")
    if not rich.flag("skip_entity_detection"):
        blocks = with_found(blocks)
    refuse_too_large(blocks)
    words = words_of(blocks)
    if not words.strip():
        raise bad_request("RICH_MESSAGE_EMPTY")
    message = {"blocks": blocks, **({"is_rtl": True} if rich.flag("is_rtl") else {})}
    return Media("rich_message", {"rich_message": message}, words)
