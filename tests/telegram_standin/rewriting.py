"""Rewrites a text as Telegram does before storing it, moving its entities along.

After `clean_input_string` (td/telegram/misc.cpp) and `fix_formatted_text` (MessageEntity.cpp) of
tdlib/td. Parsing markup comes before this, judging length and emptiness after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from telegram_standin.detection import find_entities
from telegram_standin.entities import CODE, LINKS, QUOTES, STYLES, Entity, utf16_length

#: How many entities a message keeps; the server drops the others without a word.
MAX_ENTITIES = 100

_DELETED = frozenset("\r\u030a\u0333\u033f" + "".join(map(chr, range(0x2028, 0x202F))))
_SPACED = frozenset(map(chr, range(0x20))) - {"\n", "\r"}
# In this order, each kind is dropped where it overlaps its rivals.
_GIVING_WAY = (
    (CODE, CODE),
    (LINKS, CODE | LINKS),
    (QUOTES, QUOTES),
    (frozenset({"custom_emoji", "date_time"}), CODE),
)
#: A text without any of these stays as it is, and has one UTF-16 code unit a character.
_TOUCHED = re.compile(f"[{''.join(sorted(_DELETED | _SPACED))}\u200e\u200f\U00010000-\U0010ffff]")
_DIRECTION_MARKS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")


def rewrite(text: str, entities: Iterable[Entity] = ()) -> tuple[str, tuple[Entity, ...]]:
    """Return the text and the entities as Telegram keeps them.

    Control characters become spaces, some characters vanish, both ends are trimmed; entities
    left with nothing but white space vanish too; links, commands and mentions are found.
    """
    cleaned, moved = _clean(text)
    left = len(cleaned) - len(cleaned.lstrip(" \n"))
    trimmed = cleaned.strip(" \n")
    length = utf16_length(trimmed)
    placed: list[Entity] = []
    for entity in entities:
        start = min(max(moved[entity.offset] - left, 0), length)
        end = min(max(moved[entity.end] - left, 0), length)
        shifted = entity.moved(start, end)
        if start < end and shifted.text_of(trimmed).strip(" \n"):
            placed.append(shifted)
    settled = _settle(placed)
    blocked = [entity for entity in settled if entity.type in CODE | LINKS]
    found = (
        entity
        for entity in find_entities(trimmed)
        if not any(entity.overlaps(other) for other in blocked)
    )
    together = sorted((*settled, *found), key=lambda entity: entity.order)
    return trimmed, tuple(together[:MAX_ENTITIES])


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


def _settle(entities: list[Entity]) -> list[Entity]:
    """Resolve overlaps: code wins over links, the first over the next; styles stop at code."""
    ordered = sorted(entities, key=lambda entity: entity.order)
    rigid: list[Entity] = []
    for kinds, rivals in _GIVING_WAY:
        for entity in ordered:
            if entity.type in kinds and not any(
                entity.overlaps(other) for other in rigid if other.type in rivals
            ):
                rigid.append(entity)
    code = [entity for entity in rigid if entity.type in CODE]
    for style in sorted({entity.type for entity in ordered} & STYLES):
        for span in _merged(entity for entity in ordered if entity.type == style):
            rigid.extend(_without(span, code))
    return rigid


def _merged(spans: Iterable[Entity]) -> list[Entity]:
    merged: list[Entity] = []
    for span in spans:
        if merged and span.offset <= merged[-1].end:
            merged[-1] = merged[-1].moved(merged[-1].offset, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _without(span: Entity, holes: list[Entity]) -> list[Entity]:
    pieces, start = [], span.offset
    for hole in holes:
        if hole.overlaps(span):
            if start < hole.offset:
                pieces.append(span.moved(start, hole.offset))
            start = max(start, hole.end)
    if start < span.end:
        pieces.append(span.moved(start, span.end))
    return pieces
