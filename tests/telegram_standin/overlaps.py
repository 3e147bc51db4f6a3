"""Settles which entities stand where two of a text meet, and where one is split for another.

After `fix_entities` and `merge_new_entities` in MessageEntity.cpp of tdlib/td: a quotation may hold
all others; of links, mentions, code and the like the first wins; bold and the other styles are cut
wherever any entity begins or ends, and are lost in code. So bold around a link counts three times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from telegram_standin.entities import CODE, QUOTES, STYLES, Entity

#: In these no style stays; `get_pre_entities_mask` has dates among them.
_WITHOUT_STYLE = CODE | {"date_time"}
#: In the order in which the pieces of one place are told.
_STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
_AFTER_ALL = 1 << 31


def settle(entities: Iterable[Entity]) -> list[Entity]:
    """Return the entities sorted and consistent: none empty, none crossing another."""
    given = _sorted(one for one in entities if one.length > 0)
    solid = _first_of_each_place(
        one for one in given if one.type not in STYLES and one.type not in QUOTES
    )
    quotes = _first_of_each_place(one for one in given if one.type in QUOTES)
    return _styled(given, [*_within(solid, quotes), *quotes])


def with_found(settled: Sequence[Entity], found: Iterable[Entity]) -> list[Entity]:
    """Return settled entities along with those that Telegram found in the text by itself."""
    quotes = [one for one in settled if one.type in QUOTES]
    solid = [one for one in settled if one.type not in STYLES and one.type not in QUOTES]
    new = [one for one in _within(found, quotes) if not any(one.overlaps(old) for old in solid)]
    if not new:
        return list(settled)
    return _styled(settled, [*solid, *new, *quotes])


def _first_of_each_place(entities: Iterable[Entity]) -> list[Entity]:
    """Drop what begins within another, of entities that are sorted."""
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _within(entities: Iterable[Entity], quotes: Sequence[Entity]) -> list[Entity]:
    """Drop what runs into a quotation or out of one."""
    return [
        one
        for one in entities
        if not any(
            one.overlaps(quote) and not (quote.offset <= one.offset and one.end <= quote.end)
            for quote in quotes
        )
    ]


def _styled(entities: Iterable[Entity], others: Iterable[Entity]) -> list[Entity]:
    """Return the others with the styles of the entities, cut where any of them begins or ends."""
    standing = _sorted(others)
    styles = [one for one in entities if one.type in STYLES]
    if not styles:
        return standing
    edges = sorted({edge for one in standing for edge in (one.offset, one.end)})
    hidden = [one for one in standing if one.type in _WITHOUT_STYLE]
    pieces = [
        piece
        for piece in _cut(styles, [*edges, _AFTER_ALL])
        if not any(piece.overlaps(other) for other in hidden)
    ]
    return _sorted([*standing, *pieces])


def _cut(styles: Iterable[Entity], edges: Sequence[int]) -> list[Entity]:
    """Return the styles cut at the edges and where another style begins; those that touch join.

    A style that begins cuts all that are open, and they go on behind it: `split_entities`.
    """
    waiting = list(_sorted(styles))
    waiting.reverse()
    #: The styles that are open, with where each began and ends as far as is known.
    opened: dict[str, tuple[int, int]] = {}
    pieces: list[Entity] = []

    def flush(place: int) -> None:
        for style in _STYLES:
            start, end = opened.get(style, (place, place))
            if start < place:
                pieces.append(Entity(style, start, min(end, place) - start))
                if end <= place:
                    del opened[style]
                else:
                    opened[style] = (place, end)

    for edge in edges:
        while waiting and waiting[-1].offset < edge:
            style = waiting.pop()
            start, end = opened.get(style.type, (0, -1))
            if style.offset <= end:
                opened[style.type] = (start, max(end, style.end))
            else:
                flush(style.offset)
                opened[style.type] = (style.offset, style.end)
        flush(edge)
    return pieces


def _sorted(entities: Iterable[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: entity.order)
