"""Puts a text together from pieces, with entities that cover exactly what they are about.

A rich message, a checklist and a poll hold their words in pieces; here they become one text, as if
somebody had typed it. Where the pieces come from is left to ``rich_text`` and ``contents``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from telegram import MessageEntity, User

#: Characters that a rich message may have, the longest message that there is
#: (https://core.telegram.org/bots/api#rich-messages); what comes after is not read.
LONGEST = 32_768
#: What addresses somebody.
ADDRESSING = frozenset(
    {MessageEntity.BOT_COMMAND, MessageEntity.MENTION, MessageEntity.TEXT_MENTION}
)
#: What leads elsewhere.
LINKS = frozenset({MessageEntity.URL, MessageEntity.TEXT_LINK, MessageEntity.EMAIL})


def well_formed(text: object) -> str:
    r"""Return *text* with a replacement character for each half of a character; no text is empty.

    It has as many UTF-16 units as before, so entities stand where they stood.

    >>> well_formed("a quay\ud83d"), well_formed(None)
    ('a quay�', '')
    """
    if not isinstance(text, str):
        return ""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def utf16_length(text: str) -> int:
    """Return the length of a well-formed *text* in UTF-16 units, in which entities count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def entities_within(
    entities: Iterable[MessageEntity], length: int, before: int = 0
) -> tuple[MessageEntity, ...]:
    """Return which of *entities* address somebody or are links, in order and apart.

    Those that do not lie within a text of *length* UTF-16 units are left out, and so is a link
    around what addresses somebody. They are moved behind *before* units of other text.
    """
    inside = [one for one in entities if _is_told(one) and _lies_within(one, length)]
    if len(inside) < 2:  # as in most messages
        return tuple(_moved(one, before) for one in inside) if before else tuple(inside)
    inside.sort(key=lambda one: (one.offset, -one.length))
    addressing = _apart(one for one in inside if one.type in ADDRESSING)
    ends = [_end(one) for one in addressing]

    def is_around_none(link: MessageEntity) -> bool:
        # The first that ends behind the beginning of the link begins behind its end, or is in it.
        following = bisect_right(ends, link.offset)
        return following == len(ends) or addressing[following].offset >= _end(link)

    links = _apart(one for one in inside if one.type in LINKS and is_around_none(one))
    kept = sorted([*addressing, *links], key=lambda one: one.offset)
    return tuple(_moved(one, before) for one in kept) if before else tuple(kept)


def _is_told(entity: MessageEntity) -> bool:
    """Return whether *entity*, which may be anything, is of a kind that is kept."""
    kind = entity.type
    return isinstance(kind, str) and (kind in ADDRESSING or kind in LINKS)


def _lies_within(entity: MessageEntity, length: int) -> bool:
    """Return whether *entity*, which may be anything, covers a part of a text."""
    return (
        type(entity.offset) is int
        and type(entity.length) is int
        and 0 <= entity.offset < _end(entity) <= length
    )


def _apart(entities: Iterable[MessageEntity]) -> list[MessageEntity]:
    """Return which of *entities*, in order, do not begin within the one before."""
    kept: list[MessageEntity] = []
    for entity in entities:
        if not kept or entity.offset >= _end(kept[-1]):
            kept.append(entity)
    return kept


def _end(entity: MessageEntity) -> int:
    return entity.offset + entity.length


def user_of(told: object) -> User | None:
    """Return the user that JSON tells of, if it tells who."""
    if not isinstance(told, dict) or type(told.get("id")) is not int:
        return None
    name, username = told.get("first_name"), told.get("username")
    return User(
        told["id"],
        name if isinstance(name, str) else "",
        told.get("is_bot") is True,
        username=username if isinstance(username, str) else None,
    )


class FlatText:
    """A text that is put together: pieces on lines, and entities that are opened and closed."""

    def __init__(self) -> None:
        """Begin without a word."""
        self._pieces: list[str] = []
        self._characters = self._units = 0
        #: What is written before the next piece: a line break, a space, or nothing.
        self._before = ""
        #: What each open entity is, and where the first of them begin, in units; the others
        #: begin with the next piece.
        self._open: list[dict[str, Any]] = []
        self._starts: list[int] = []
        self._entities: list[MessageEntity] = []

    @property
    def full(self) -> bool:
        """Whether no more is taken."""
        return self._characters >= LONGEST

    def line(self) -> None:
        """Let what follows begin on a new line."""
        self._before = "\n"

    def space(self) -> None:
        """Let what follows on this line be apart from what is before."""
        self._before = self._before or " "

    def write(self, text: object, entities: Sequence[MessageEntity] = ()) -> None:
        """Write *text*, which is nothing if it is none, with the *entities* in it."""
        piece = well_formed(text)
        if not self._pieces and not entities:
            # As Telegram does of texts: a command is one only at the very beginning.
            piece = piece.lstrip()
        if not piece or self.full:
            return
        if self._pieces and self._before:
            self._put(self._before)
        self._before = ""
        piece = piece[: LONGEST - self._characters]
        start = self._units
        self._starts += [start] * (len(self._open) - len(self._starts))
        self._put(piece)
        if entities:
            self._entities += entities_within(entities, self._units - start, start)

    def open(self, kind: str, **what: Any) -> None:
        """Begin an entity with the next piece that is written."""
        self._open.append({"type": kind, **what})

    def close(self) -> None:
        """End the entity that was opened last; one that covers nothing is none."""
        what = self._open.pop()
        if len(self._starts) > len(self._open):
            start = self._starts.pop()
            self._entities.append(MessageEntity(offset=start, length=self._units - start, **what))

    def finished(self) -> tuple[str, tuple[MessageEntity, ...]]:
        """Return the text, and its entities in UTF-16 units of it, in order and apart."""
        while self._open:
            self.close()
        return "".join(self._pieces), entities_within(self._entities, self._units)

    def _put(self, piece: str) -> None:
        self._pieces.append(piece)
        self._characters += len(piece)
        self._units += utf16_length(piece)


def _moved(entity: MessageEntity, by: int) -> MessageEntity:
    return MessageEntity(
        entity.type, entity.offset + by, entity.length, url=entity.url, user=entity.user
    )
