"""Parses Telegram's HTML into text and entities, with the server's refusals; rewrites nothing.

Written after `parse_html` in td/telegram/MessageEntity.cpp of tdlib/td, whose habits it keeps:
an unknown entity stays literal, `</>` closes anything, a link Telegram does not like is lost
without a word, and so is a time before 1970 or after 2038. A blockquote inside a blockquote is
parsed; which of the two stays is settled later, and it is the outer one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from telegram_standin.dates import date_format, int32
from telegram_standin.entities import Entity, utf16_length
from telegram_standin.links import LinkError, check_link, linked_user
from telegram_standin.people import User
from telegram_standin.refusals import Refusal, bad_request

_TYPE_OF_TAG = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_LITERAL = re.compile("[^<&]+")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]+)|#(?P<dec>[0-9]+)|(?P<name>[A-Za-z]+));?")
# At most nine characters from "&" to the ";", as decode_html_entity demands.
_LONGEST_NUMBER = 9
_SPACE = " \t\r\n\v\0"


@dataclass(slots=True)
class _OpenTag:
    name: str
    attributes: dict[str, str]
    offset: int
    start: int


def parse_html(
    source: str, users: Mapping[int, User] | None = None
) -> tuple[str, tuple[Entity, ...]]:
    """Return the text without its markup, and the entities sorted; raises Refusal.

    `users` are those whose `tg://user?id=` links become mentions.
    """
    return _Parser(source, users or {}).parse()


class _Parser:
    def __init__(self, source: str, users: Mapping[int, User]) -> None:
        self._source = source
        self._users = users
        self._at = 0
        self._pieces: list[str] = []
        self._offset = 0
        self._open: list[_OpenTag] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, tuple[Entity, ...]]:
        while self._at < len(self._source):
            if literal := _LITERAL.match(self._source, self._at):
                self._at = literal.end()
                self._emit(literal[0])
            elif self._peek() == "&":
                self._emit(self._reference())
            elif self._peek(1) == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            raise _refuse(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        text = "".join(self._pieces)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise bad_request(
                "Text contains invalid Unicode characters after decoding HTML entities, check for"
                " unmatched surrogate code units"
            )
        entities = (
            replace(entity, language=None) if entity.type == "code" else entity
            for entity in self._entities
        )
        return text, tuple(sorted(entities, key=lambda entity: entity.order))

    def _peek(self, ahead: int = 0) -> str:
        # C strings end with a zero, which the original counts among the spaces.
        place = self._at + ahead
        return self._source[place] if place < len(self._source) else "\0"

    def _take(self) -> str:
        self._at += 1
        return self._source[self._at - 1]

    def _emit(self, text: str) -> None:
        self._pieces.append(text)
        self._offset += utf16_length(text)

    def _reference(self) -> str:
        match = _REFERENCE.match(self._source, self._at)
        decoded = _decode(match) if match else None
        if match is None or decoded is None:
            return self._take()
        self._at = match.end()
        return decoded

    def _bytes_before(self, place: int) -> int:
        return len(self._source[:place].encode("utf-8", "surrogatepass"))

    def _start_tag(self) -> None:
        begin = self._at
        where = self._bytes_before(begin)
        self._at += 1
        name = self._word(_SPACE + ">").lower()
        if self._at >= len(self._source):
            raise _refuse(f"Unclosed start tag at byte offset {where}")
        if name not in _TYPE_OF_TAG:
            raise _refuse(f'Unsupported start tag "{name}" at byte offset {where}')
        attributes: dict[str, str] = {}
        while True:
            self._skip_spaces()
            if self._peek() == ">":
                break
            self._attribute(name, attributes, where)
        self._at += 1
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self._open.append(_OpenTag(name, attributes, self._offset, len(self._pieces)))

    def _attribute(self, tag: str, attributes: dict[str, str], where: int) -> None:
        name = self._word(_SPACE + "=>/\"'")
        if not name:
            raise _refuse(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
        self._skip_spaces()
        if self._peek() != "=":
            if self._at >= len(self._source):
                raise _refuse(f'Unclosed start tag "{tag}" at byte offset {where}')
            attributes[name] = ""
            return
        self._at += 1
        self._skip_spaces()
        if self._at >= len(self._source):
            raise _refuse(f'Unclosed start tag "{tag}" at byte offset {where}')
        attributes[name] = self._attribute_value()
        if self._at >= len(self._source):
            raise _refuse(f"Unclosed start tag at byte offset {where}")

    def _attribute_value(self) -> str:
        quote = self._peek()
        if quote not in "'\"":
            begin = self._at
            while self._peek().isascii() and (self._peek().isalnum() or self._peek() in ".-"):
                self._at += 1
            if self._peek() not in _SPACE + ">":
                raise _refuse(
                    f"Unexpected end of name token at byte offset {self._bytes_before(begin)}"
                )
            return self._source[begin : self._at].lower()
        self._at += 1
        pieces: list[str] = []
        while self._at < len(self._source) and self._peek() != quote:
            pieces.append(self._reference() if self._peek() == "&" else self._take())
        if self._peek() == quote:
            self._at += 1
        return "".join(pieces)

    def _end_tag(self) -> None:
        where = self._bytes_before(self._at)
        if not self._open:
            raise _refuse(f"Unexpected end tag at byte offset {where}")
        self._at += 2
        name = self._word(_SPACE + ">").lower()
        self._skip_spaces()
        if self._peek() != ">":
            raise _refuse(f"Unclosed end tag at byte offset {where}")
        self._at += 1
        tag = self._open.pop()
        if name and name != tag.name:
            raise _refuse(
                f"Unmatched end tag at byte offset {where}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        if self._offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        entity = Entity(_TYPE_OF_TAG[tag.name], tag.offset, self._offset - tag.offset)
        match tag.name:
            case "a":
                self._close_link(tag, entity)
                return
            case "tg-emoji":
                emoji = tag.attributes.get("emoji-id", "")
                if not emoji.isascii() or not emoji.isdigit() or int(emoji) == 0:
                    raise bad_request("Invalid custom emoji identifier specified")
                entity = replace(entity, custom_emoji_id=emoji)
            case "tg-time":
                form = date_format(tag.attributes.get("format", ""))
                if form is None:
                    raise _refuse("Invalid date format used")
                unix = int32(tag.attributes.get("unix", ""))
                if unix <= 0:
                    return
                entity = replace(entity, unix_time=unix, date_time_format=form or None)
            case "blockquote" if "expandable" in tag.attributes:
                entity = replace(entity, type="expandable_blockquote")
            case "pre" | "code":
                entity = self._join_code(tag, entity)
        self._entities.append(entity)

    def _close_link(self, tag: _OpenTag, entity: Entity) -> None:
        link = tag.attributes.get("href") or "".join(self._pieces[tag.start :])
        user_id = linked_user(link)
        if user_id is not None:
            if user_id in self._users:
                mention = replace(entity, type="text_mention", user=self._users[user_id])
                self._entities.append(mention)
            return
        try:
            self._entities.append(replace(entity, url=check_link(link)))
        except LinkError:
            return

    def _join_code(self, tag: _OpenTag, entity: Entity) -> Entity:
        # <pre><code class="language-x"> is one entity; until then "code" remembers its language.
        of_class = tag.attributes.get("class", "") if tag.name == "code" else ""
        language = of_class.removeprefix("language-") if "language-" in of_class[:9] else None
        inner = self._entities[-1] if self._entities else None
        if inner and {inner.type, entity.type} == {"pre", "code"}:
            same = (inner.offset, inner.length) == (entity.offset, entity.length)
            known = language or inner.language
            if same and known:
                self._entities.pop()
                return replace(entity, type="pre", language=known)
        return replace(entity, language=language or None)

    def _word(self, ends: str) -> str:
        begin = self._at
        while self._peek() not in ends:
            self._at += 1
        return self._source[begin : self._at]

    def _skip_spaces(self) -> None:
        while self._at < len(self._source) and self._peek() in _SPACE:
            self._at += 1


def _refuse(reason: str) -> Refusal:
    return bad_request(f"Can't parse entities: {reason}")


def _decode(match: re.Match[str]) -> str | None:
    if match["name"]:
        return _NAMED.get(match["name"])
    code = int(match["hex"], 16) if match["hex"] else int(match["dec"])
    length = len(match[0].rstrip(";"))
    if code == 0 or code >= 0x10FFFF or length > _LONGEST_NUMBER:
        return None
    return chr(code)
