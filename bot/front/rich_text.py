"""Reads the words of a rich message, of whatever blocks and texts it is made.

A block has blocks, items, cells or a text; a text is a string, a list of texts, or a node with a
text of its own. Blocks and nodes that are not known are read like those that are, so that a newer
kind keeps no words from us. What the words mean is left to others.

* https://core.telegram.org/bots/api#richblock
* https://core.telegram.org/bots/api#richtext
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum, auto
from itertools import islice
from typing import Any

from telegram import MessageEntity

from bot.front.flat_text import FlatText, user_of

#: Nodes that are read: Telegram has 500 blocks and 32,768 characters in a message; what has more
#: nodes is not from Telegram.
_MOST_NODES = 50_000
#: A draft that a bot shows while it writes: nobody's words.
_DRAFT = "thinking"
#: Where a node has its words, in the order in which they are read. "content", "children" and "rows"
#: are guesses at kinds that do not exist yet.
_PARTS = (
    *("summary", "text", "alternative_text", "expression", "content", "children"),
    *("blocks", "items", "cells", "rows", "caption", "credit"),
)
#: Which of these hold tables, and which stand on a line of their own though they are no lists.
_TABLES = frozenset({"cells", "rows"})
_APART = frozenset({"summary", "caption", "credit"})
#: Which hold blocks where they are lists: each stands on a line of its own.
_BLOCKS = frozenset({"blocks", "items", "content", "children"})
_ENTITIES = {
    "mention": MessageEntity.MENTION,
    "text_mention": MessageEntity.TEXT_MENTION,
    "bot_command": MessageEntity.BOT_COMMAND,
    "email_address": MessageEntity.EMAIL,
}


class _Then(Enum):
    """What is done between two nodes."""

    LINE = auto()
    SPACE = auto()
    CLOSE = auto()


def flattened(rich: Mapping[str, Any]) -> tuple[str, tuple[MessageEntity, ...]]:
    """Return the text of a rich message, a block a line, and what in it addresses or is a link.

    The entities count in UTF-16 units of the text. Of a message that is larger than Telegram's can
    be the beginning is read.
    """
    flat, seen = FlatText(), 0
    # Not by recursion: a hostile message is nested thousands of times.
    left: list[Any] = list(_lines(rich.get("blocks")))[::-1]
    while left and not flat.full and seen < _MOST_NODES:
        node = left.pop()
        if node is _Then.LINE:
            flat.line()
        elif node is _Then.SPACE:
            flat.space()
        elif node is _Then.CLOSE:
            flat.close()
        else:
            seen += 1
            left += list(_read(node, flat))[::-1]
    return flat.finished()


def _read(node: Any, flat: FlatText) -> Iterator[Any]:
    """Write *node* if it is a string; else yield what it is made of."""
    if isinstance(node, str):
        flat.write(node)
    elif isinstance(node, list):
        yield from islice(node, _MOST_NODES)
    elif isinstance(node, Mapping) and node.get("type") != _DRAFT:
        opened = _opened(node, flat)
        for name in _PARTS:
            part = node.get(name)
            if part is None:
                continue
            if name in _TABLES:
                yield from _table(part)
            elif name in _BLOCKS and isinstance(part, list):
                yield from _lines(part)
            elif name in _APART:
                yield from (_Then.LINE, part, _Then.LINE)
            else:
                yield part
        if opened:
            yield _Then.CLOSE


def _lines(part: Any) -> Iterator[Any]:
    """Yield what *part* is made of, each on a line of its own."""
    yield _Then.LINE
    for node in islice(part, _MOST_NODES) if isinstance(part, list) else (part,):
        yield node
        yield _Then.LINE


def _table(rows: Any) -> Iterator[Any]:
    """Yield the cells of a table, a row a line."""
    yield _Then.LINE
    for row in islice(rows, _MOST_NODES) if isinstance(rows, list) else (rows,):
        for cell in islice(row, _MOST_NODES) if isinstance(row, list) else (row,):
            yield cell
            yield _Then.SPACE
        yield _Then.LINE


def _opened(node: Mapping[str, Any], flat: FlatText) -> bool:
    """Open the entity that *node* is, if it is one; return whether it is."""
    kind = node.get("type")
    if kind == "url":
        url = node.get("url")
        if isinstance(url, str) and url != node.get("text"):
            flat.open(MessageEntity.TEXT_LINK, url=url)
        else:
            flat.open(MessageEntity.URL)
    elif isinstance(kind, str) and kind in _ENTITIES:
        user = user_of(node.get("user")) if kind == "text_mention" else None
        flat.open(_ENTITIES[kind], user=user)
    else:
        return False
    return True
