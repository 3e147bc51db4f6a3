"""Rewrites a text as Telegram does before storing it, moving its entities along.

After `clean_input_string` (td/telegram/misc.cpp) and `fix_formatted_text` (MessageEntity.cpp) of
tdlib/td. Which entities stand where two meet is settled in overlaps.py; parsing markup comes before
this, judging length and emptiness after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from telegram_standin.detection import find_entities
from telegram_standin.entities import Entity, utf16_length
from telegram_standin.overlaps import settle, with_found

#: How many entities a message keeps; the server drops the others without a word.
MAX_ENTITIES = 100

_DELETED = frozenset("\r\u030a\u0333\u033f" + "".join(map(chr, range(0x2028, 0x202F))))
_SPACED = frozenset(map(chr, range(0x20))) - {"\n", "\r"}
#: A text without any of these stays as it is, and has one UTF-16 code unit a character.
_TOUCHED = re.compile(f"[{''.join(sorted(_DELETED | _SPACED))}\u200e\u200f\U00010000-\U0010ffff]")
_DIRECTION_MARKS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")


def rewrite(text: str, entities: Iterable[Entity] = ()) -> tuple[str, tuple[Entity, ...]]:
    """Return the text and the entities as Telegram keeps them.

    Control characters become spaces and some characters vanish; both ends are trimmed, but not
    what an entity covers of the beginning. Links, commands and mentions are found.
    """
    cleaned, moved = _clean(text)
    kept = settle(entities)
    if cleaned is not text:
        # What has gone from between two entities may have been all that kept them apart.
        kept = settle(one.moved(moved[one.offset], moved[one.end]) for one in kept)
    trimmed = cleaned.rstrip(" \n")
    end = utf16_length(trimmed)
    kept = [one.moved(one.offset, min(one.end, end)) for one in kept if one.offset < end]
    start = len(trimmed) - len(trimmed.lstrip(" \n"))
    start = min(start, *(one.offset for one in kept)) if kept else start
    trimmed = trimmed[start:]
    kept = [one.moved(one.offset - start, one.end - start) for one in kept]
    return trimmed, tuple(with_found(kept, find_entities(trimmed))[:MAX_ENTITIES])


def clean(text: str) -> str:
    """Return a short string, as a button's label, as Telegram keeps it; its ends are kept."""
    return _clean(text)[0]


def _clean(text: str) -> tuple[str, Sequence[int]]:
    """Return the cleaned text and, for each UTF-16 offset of the old one, its new offset."""
    if not _TOUCHED.search(text):
        return text, range(len(text) + 1)
    kept: list[str] = []
    moved: list[int] = []
    offset = 0
    for character in text:
        units = 2 if ord(character) > 0xFFFF else 1
        moved.extend([offset] * units)
        if character in _DELETED:
            continue
        kept.append(" " if character in _SPACED else character)
        offset += units
    moved.append(offset)
    # All but the last of a run of direction marks become ZERO WIDTH NON-JOINER.
    marked = _DIRECTION_MARKS.sub(lambda run: "\u200c" * len(run[0]), "".join(kept))
    return marked, moved
