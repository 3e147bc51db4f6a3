"""Message entities as values, and the arithmetic of UTF-16 offsets; finding them is for others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from telegram_standin.people import User

#: Entities that may overlap anything but code: merged where they touch, cut where another begins.
STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
#: Entities that take no other entity inside.
CODE = frozenset({"code", "pre"})
#: Entities that may contain all others but not each other, and that none may run out of.
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
#: Entities that may not overlap one another.
LINKS = frozenset({"text_link", "text_mention"})

# Order among entities of equal span, from MessageEntity::get_type_priority of tdlib/td.
_PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "date_time": 30,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
_PRIORITY_OF_FOUND = 50


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units, which is how Telegram counts offsets."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Return the part of `text` at an offset and length in UTF-16 code units."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of a text; offset and length in UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    user: User | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None

    @property
    def end(self) -> int:
        """The offset just after the entity."""
        return self.offset + self.length

    @property
    def order(self) -> tuple[int, int, int]:
        """The sort key: from the start, the outer before the inner."""
        return (self.offset, -self.length, _PRIORITY.get(self.type, _PRIORITY_OF_FOUND))

    def overlaps(self, other: Entity) -> bool:
        """Whether the two share a code unit."""
        return self.offset < other.end and other.offset < self.end

    def moved(self, offset: int, end: int) -> Entity:
        """Return the same entity over another stretch."""
        if (offset, end) == (self.offset, self.end):
            return self
        return replace(self, offset=offset, length=end - offset)

    def text_of(self, text: str) -> str:
        """Return what the entity covers of its text."""
        return utf16_slice(text, self.offset, self.length)

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's MessageEntity."""
        fields: dict[str, Any] = {
            "type": self.type,
            "offset": self.offset,
            "length": self.length,
            "url": self.url,
            "user": self.user.to_json() if self.user else None,
            "language": self.language,
            "custom_emoji_id": self.custom_emoji_id,
            "unix_time": self.unix_time,
            "date_time_format": self.date_time_format,
        }
        return {name: value for name, value in fields.items() if value is not None}
