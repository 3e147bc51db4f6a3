"""Tells what of a text's entities a quotation of a part of it keeps; finding the part is elsewhere.

core.telegram.org/bots/api#textquote and `is_allowed_quote_entity_type` in MessageEntity.cpp of
tdlib/td: the styles, custom emoji and times; links, code and the rest count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from telegram_standin.entities import STYLES, Entity

_KEPT = STYLES | {"custom_emoji", "date_time"}


def marks_within(entities: Iterable[Entity], start: int, end: int) -> tuple[Entity, ...]:
    """Return what falls within a part of a text, offsets counted from where the part starts.

    Pieces of one style that touch are one: they were cut by what counts for nothing here.
    """
    marks: list[Entity] = []
    for entity in sorted(entities, key=lambda one: (one.type, one.offset)):
        begin, stop = max(entity.offset, start), min(entity.end, end)
        if entity.type not in _KEPT or begin >= stop:
            continue
        moved = entity.moved(begin - start, stop - start)
        last = marks[-1] if marks else None
        if last and last.type == moved.type and last.type in STYLES and moved.offset <= last.end:
            marks[-1] = last.moved(last.offset, max(last.end, moved.end))
        else:
            marks.append(moved)
    return tuple(sorted(marks, key=lambda one: one.order))
