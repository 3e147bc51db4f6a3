"""Reads the blocks of a rich message: their words, what is marked in them, how large they are.

A block, or a text in it, is JSON as the Bot API has it (core.telegram.org/bots/api#richmessage):
a text is a string, an array of texts, or an object with a `type`. Making blocks of HTML is done
elsewhere, and by nobody when people send them: a test gives the JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from telegram_standin.detection import find_entities
from telegram_standin.entities import STYLES, utf16_length, utf16_slice
from telegram_standin.refusals import bad_request

#: core.telegram.org/bots/api#rich-message-formatting-options, "Rich Message Limits".
MAX_CHARACTERS = 32_768
MAX_BLOCKS = 500
MAX_DEPTH = 16
MAX_COLUMNS = 20

# What of a block holds texts, in the order of reading, and what holds blocks.
_TEXTS = ("summary", "text", "expression", "credit", "caption")
_NESTED = ("blocks", "items")
# What Telegram finds by itself -> the type of the rich text, and the field that repeats it.
_FOUND = {
    "url": ("url", "url"),
    "email": ("email_address", "email_address"),
    "phone_number": ("phone_number", "phone_number"),
    "bank_card_number": ("bank_card_number", "bank_card_number"),
    "mention": ("mention", "username"),
    "hashtag": ("hashtag", "hashtag"),
    "cashtag": ("cashtag", "cashtag"),
    "bot_command": ("bot_command", "bot_command"),
}
# Nothing is looked for inside these.
_LEFT_ALONE = frozenset(
    {"code", "pre", "anchor_link", "reference_link", "text_mention"}
    | {kind for kind, _ in _FOUND.values()}
)
# The texts that are part of a line; whatever else has a type, and the item of a list, is a block.
_INLINE = (
    STYLES
    | {kind for kind, _ in _FOUND.values()}
    | {
        "anchor_link",
        "button",
        "code",
        "custom_emoji",
        "date_time",
        "marked",
        "reference",
        "reference_link",
        "subscript",
        "superscript",
        "text_mention",
    }
)


@dataclass(frozen=True, slots=True)
class Size:
    """What Telegram counts of a rich message."""

    characters: int
    blocks: int
    depth: int
    columns: int


def words_of(blocks: Any) -> str:
    """Return the words of blocks or of a text, one line a block."""
    return "\n".join(line for line in _lines(blocks) if line)


def marked_in(blocks: Any, kind: str) -> list[str]:
    """Return the words of every block or text of this `type`."""
    return [words_of(node) for node in _nodes(blocks) if node.get("type") == kind]


def refuse_too_large(blocks: Any) -> None:
    """Raise Refusal for blocks that exceed a limit; the words of the refusals are not known."""
    size = measure(blocks)
    for name, limit in (
        ("characters", MAX_CHARACTERS),
        ("blocks", MAX_BLOCKS),
        ("depth", MAX_DEPTH),
        ("columns", MAX_COLUMNS),
    ):
        if getattr(size, name) > limit:
            raise bad_request(f"RICH_MESSAGE_{name.upper()}_TOO_MUCH")


def measure(blocks: Any) -> Size:
    """Return the size of blocks: nested ones, list items and table rows are blocks too."""
    characters = sum(len(leaf) for leaf in _leaves(blocks))
    tables = [node["cells"] for node in _nodes(blocks) if isinstance(node.get("cells"), list)]
    columns = max((_columns(row) for rows in tables for row in rows), default=0)
    return Size(characters, _count(blocks), _depth(blocks), columns)


def with_found(node: Any) -> Any:
    """Return blocks or a text with the mentions, commands, links and tags that Telegram finds."""
    if isinstance(node, str):
        return _found_in(node)
    if isinstance(node, list):
        # Never flattened: the cells of a table are rows of lists.
        return [with_found(one) for one in node]
    if not isinstance(node, dict) or node.get("type") in _LEFT_ALONE:
        return node
    texts = {name: with_found(node[name]) for name in _TEXTS if name in node}
    nested = {name: with_found(node[name]) for name in (*_NESTED, "cells") if name in node}
    return {**node, **texts, **nested}


def _found_in(text: str) -> Any:
    pieces: list[Any] = []
    start = 0
    for entity in find_entities(text):
        between = utf16_slice(text, start, entity.offset - start)
        words = entity.text_of(text)
        kind, field = _FOUND[entity.type]
        pieces += [between] if between else []
        pieces.append({"type": kind, "text": words, field: words.removeprefix("@")})
        start = entity.end
    rest = utf16_slice(text, start, utf16_length(text) - start)
    if not pieces:
        return text
    return [*pieces, rest] if rest else pieces


def _parts(node: Mapping[str, Any]) -> Iterator[Any]:
    for name in (*_TEXTS, *_NESTED, "cells"):
        if name in node:
            yield node[name]


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for one in node:
            yield from _leaves(one)
    elif isinstance(node, dict):
        for part in _parts(node):
            yield from _leaves(part)


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for one in node:
            yield from _nodes(one)
    elif isinstance(node, dict):
        yield node
        for part in _parts(node):
            yield from _nodes(part)


def _is_block(node: Any) -> bool:
    return isinstance(node, dict) and ("blocks" in node or "items" in node or "cells" in node)


def _lines(node: Any) -> Iterator[str]:
    if isinstance(node, list) and any(isinstance(one, dict) and _stands_alone(one) for one in node):
        for one in node:
            yield from _lines(one)
    elif isinstance(node, dict) and "cells" in node:
        for row in node["cells"]:
            yield " | ".join("".join(_leaves(cell)) for cell in row)
    elif _is_block(node):
        for part in _parts(node):
            yield from _lines(part)
    else:
        yield "".join(_leaves(node))


def _stands_alone(node: Mapping[str, Any]) -> bool:
    """Whether it is a block or an item of a list, and no part of a line."""
    return node.get("type") not in _INLINE


def _count(node: Any) -> int:
    if isinstance(node, list):
        return sum(_count(one) for one in node)
    if not isinstance(node, dict) or not _stands_alone(node):
        return 0
    rows = node.get("cells")
    own = 1 + (len(rows) if isinstance(rows, list) else 0)
    return own + sum(_count(node[name]) for name in _NESTED if name in node)


def _depth(node: Any) -> int:
    if isinstance(node, list):
        return max((_depth(one) for one in node), default=0)
    if not isinstance(node, dict):
        return 0
    return 1 + max((_depth(part) for part in _parts(node)), default=0)


def _columns(row: Any) -> int:
    return sum(int(cell.get("colspan", 1)) for cell in row) if isinstance(row, list) else 0
