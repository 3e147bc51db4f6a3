"""Reads the fields of a statement: title, date, speakers and the rest.

The same rules apply to front matter, JSON lines and the options of ``onrecord add``. Each wrong
field gives an error of its own, so that an operator sees all of them at once. Only the module that
reads a file knows the line of a field.
"""

from __future__ import annotations

import dataclasses
import datetime
import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

import regex

from index.files.addresses import read_address
from index.files.verbatim import rewritings
from index.model.errors import InvalidInput, fragment_of
from index.model.statement import Kind, Origin, Paragraph, Speaker, Statement, Translation

_ID = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,119}")
_LANGUAGE = regex.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_DATE = regex.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: A title or name of more characters is probably a paragraph, and would not fit a citation.
_LINE_LENGTH = 1000
_URL_LENGTH = 2048
#: Why a statement is withdrawn is shown above each of its quotes.
_WHY_LENGTH = 300
#: File systems allow 255 bytes for a name, its extension included.
_ID_BYTES = 240
_MOST_SPEAKERS = 100
_MOST_FOOTNOTES, _FOOTNOTE_LENGTH = 5_000, 10_000
#: Unknown fields for which a known one is suggested: it takes 70 microseconds each.
_MOST_HINTS = 20

#: Anything but what is not seen: spaces, controls, joiners, fillers, and the blank of Braille.
_VISIBLE = regex.compile(r"[^\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]")
#: A host as it is written; anything else is read as another host by one program or the other.
_HOST = regex.compile(r"[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)+\.?")
_IPV6 = regex.compile(r"\[[0-9A-Fa-f:]+\]")
_NOT_IN_URLS = regex.compile(r"[\s\p{C}<>\"\\]")
_SHA256 = regex.compile(r"[0-9a-f]{64}")

_Word = TypeVar("_Word", bound=StrEnum)


class InvalidField(InvalidInput):
    """One field has a value that it cannot have."""

    def __init__(self, field: str, what: str, repair: str, value: object = "") -> None:
        """Carry the *field*, *what* is wrong with its *value*, and the *repair*."""
        self.field = field
        fragment = fragment_of(str(value)) if value not in ("", None) else ""
        shown = f": {fragment}" if fragment else ""
        super().__init__(f"{field}: {what}{shown}. {repair}", what, repair, fragment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields of a statement, as ``Statement`` explains them."""

    title: str = ""
    speakers: tuple[Speaker, ...] = ()
    date: datetime.date | None = None
    published: datetime.date | None = None
    kind: Kind = Kind.STATEMENT
    publisher: str = ""
    url: str = ""
    language: str = "en"
    translation: Translation | None = None
    source: Origin | None = None
    withdrawn: str = ""
    amended: datetime.date | None = None
    footnotes: tuple[str, ...] = ()

    def statement(self, statement_id: str, paragraphs: Sequence[Paragraph]) -> Statement:
        """Return the statement with these fields, this id and these *paragraphs*."""
        known = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return Statement(id=statement_id, paragraphs=tuple(paragraphs), **known)


#: Without these, a statement cannot be cited.
REQUIRED = ("title", "speakers")
_REPAIR_MISSING = {
    "title": "Add a line such as “title: Remarks on the state visit”.",
    "speakers": "Add whose words they are, such as “speakers: [{name: Jiang Zaidong, "
    "role: Ambassador}]”.",
}


def read_fields(raw: Mapping[str, object]) -> tuple[Fields, list[InvalidField]]:
    """Return the fields in *raw*, and one error for each that is wrong or missing.

    A value of ``None`` counts as missing. Wrong fields have their defaults in the result.
    """
    values: dict[str, Any] = {}
    wrong: list[InvalidField] = []
    for field, value in raw.items():
        if field not in READERS:
            wrong.append(_unknown(field, hint=len(wrong) < _MOST_HINTS))
        elif value is not None:
            try:
                values[field] = READERS[field](value)
            except InvalidField as error:
                wrong.append(error)
    known = {*values, *(error.field for error in wrong)}
    wrong += [
        InvalidField(field, f"{field} is missing", _REPAIR_MISSING[field])
        for field in REQUIRED
        if field not in known
    ]
    return Fields(**values), wrong


def read_id(value: object) -> str:
    """Return *value* as a statement's id: letters, digits, ``.``, ``_`` and ``-``, at most 120.

    Raises:
        InvalidField: it has other characters, or too many, or could be a path.
    """
    if not isinstance(value, str) or not _ID.fullmatch(value) or len(value.encode()) > _ID_BYTES:
        raise InvalidField(
            "id",
            "an id has letters, digits, dots, dashes and underscores, and begins with a letter "
            "or a digit (120 at most)",
            "Rename it, for example “2025-02-24-remarks-to-media”.",
            value,
        )
    return value


def read_date(value: object, field: str = "date") -> datetime.date:
    """Return *value*, written as ``2025-02-06``, as a date.

    Raises:
        InvalidField: it is written differently, or there is no such day.
    """
    text = str(value).strip()
    if _DATE.fullmatch(text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            raise InvalidField(field, "there is no such day", "Correct it.", text) from None
    raise InvalidField(
        field, "this is not a date", "Write year-month-day, for example 2025-02-06.", text
    )


def read_speaker(value: object) -> Speaker:
    """Return a speaker from ``{"name": …, "role": …}`` or from ``"name; role"``.

    Raises:
        InvalidField: it has no name, or other keys.
    """
    if isinstance(value, str):
        name, _, role = value.partition(";")
        value = {"name": name, "role": role}
    if not isinstance(value, Mapping) or not value.get("name"):
        raise InvalidField(
            "speakers", "a speaker needs a name", "Write “name; role”.", _shown(value)
        )
    if surplus := sorted(map(str, set(value) - {"name", "role"})):
        raise InvalidField(
            "speakers",
            f"a speaker has a name and a role, not “{surplus[0]}”",
            "Remove it, or add it to the role.",
            _shown(value),
        )
    return Speaker(
        _line(value["name"], "speakers"),
        _line(value["role"], "speakers") if value.get("role") else "",
    )


def _read_speakers(value: object) -> tuple[Speaker, ...]:
    listed = value if isinstance(value, list | tuple) else [value]
    if not listed or listed == [""]:
        raise InvalidField("speakers", "there is no speaker", _REPAIR_MISSING["speakers"])
    if len(listed) > _MOST_SPEAKERS:
        raise InvalidField("speakers", f"there are more than {_MOST_SPEAKERS}", "Leave some out.")
    return tuple(read_speaker(one) for one in listed)


def _read_url(value: object) -> str:
    text = _line(value, "url", longest=_URL_LENGTH)
    address = read_address(text)
    if address and address.named:
        raise _named_before_host("url", text)
    linked = address and (_HOST.fullmatch(address.host) or _IPV6.fullmatch(address.host))
    if not linked or _NOT_IN_URLS.search(text):
        raise InvalidField(
            "url",
            "this is not the address of a page that Telegram will link",
            "Give the whole address, such as https://example.org/statement, or leave url out.",
            text,
        )
    return text


def read_source(value: object) -> Origin:
    """Return where a text came from, from ``{"url": …, "file": …, "fetched": …, "sha256": …}``.

    Each part may be missing, but not all of them.

    Raises:
        InvalidField: it has other parts, or one has a value that it cannot have.
    """
    repair = "Write {url: …, file: …, fetched: 2025-02-07, sha256: …}, or some of these."
    if not isinstance(value, Mapping):
        raise InvalidField("source", "this does not say what it is", repair, _shown(value))
    for part in value:
        if part not in _SOURCE:
            near = difflib.get_close_matches(str(part).lower(), list(_SOURCE), n=1)
            raise InvalidField(
                "source",
                "this is not a part of a source",
                f"Did you mean “{near[0]}”?" if near else f"The parts are: {', '.join(_SOURCE)}.",
                part,
            )
    parts: dict[str, Any] = {
        part: _SOURCE[part](one) for part, one in value.items() if one is not None
    }
    if not parts:
        raise InvalidField("source", "source is empty", repair)
    return Origin(**parts)


def _read_source_url(value: object) -> str:
    """Return an address that a text was fetched from: nobody follows it, so any host will do."""
    text = _line(value, "source", longest=_URL_LENGTH)
    address = read_address(text)
    if not address or _NOT_IN_URLS.search(text):
        raise InvalidField(
            "source",
            "this is not the address of a page that Telegram will link",
            "Give the whole address, such as https://example.org/statement, or leave url out.",
            text,
        )
    if address.named:
        raise _named_before_host("source", text)
    return text


def _named_before_host(field: str, url: str) -> InvalidField:
    """Return what is wrong with https://good.example@evil.example/: it leads elsewhere."""
    what = "there is a name before the host (…@)"
    return InvalidField(field, what, "Give the address without it.", url)


def _read_sha256(value: object) -> str:
    text = _line(value, "source").lower()
    if not _SHA256.fullmatch(text):
        raise InvalidField(
            "source", "this is not a SHA-256", "Write its 64 digits, or leave sha256 out.", text
        )
    return text


def _read_footnotes(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    if len(listed) > _MOST_FOOTNOTES:
        repair = f"Keep at most {_MOST_FOOTNOTES:,}."
        raise InvalidField("footnotes", f"there are {len(listed):,} footnotes", repair)
    return tuple(_line(one, "footnotes", longest=_FOOTNOTE_LENGTH) for one in listed)


def _read_language(value: object) -> str:
    text = _line(value, "language")
    if not _LANGUAGE.fullmatch(text):
        raise InvalidField(
            "language", "this is not a language tag", "Write en, ur, zh, pt-BR or the like.", text
        )
    return text


def _line(value: object, field: str, longest: int = _LINE_LENGTH) -> str:
    """Return *value* as one line of text; raise ``InvalidField`` if it is not."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise InvalidField(field, "this should be plain text", "Write one line.", _shown(value))
    text = value.strip()
    if not text:
        raise InvalidField(field, f"{field} is empty", "Fill it in.")
    if not _VISIBLE.search(text):
        raise InvalidField(field, f"nothing of {field} can be seen", "Fill it in.", text)
    if len(text) > longest:
        raise InvalidField(
            field, f"{field} is longer than {longest} characters", "Shorten it.", text
        )
    if "\n" in text or "\x85" in text:  # YAML ends a line with U+0085 too
        raise InvalidField(field, f"{field} is more than one line", "Write it on one line.", text)
    if change := next(rewritings(text), None):
        raise InvalidField(field, f"Telegram would change {change.what} here", "Remove it.", text)
    return text


def _one_of(words: type[_Word], field: str) -> Callable[[object], _Word]:
    def read(value: object) -> _Word:
        text = str(value).strip()
        try:
            return words(text)
        except ValueError:
            near = difflib.get_close_matches(text.lower(), list(words), n=1)
            raise InvalidField(
                field,
                f"there is no such {field}",
                f"Did you mean “{near[0]}”?" if near else f"Choose one of: {', '.join(words)}.",
                text,
            ) from None

    return read


#: The parts of a source, each with the function that reads its value.
_SOURCE: Mapping[str, Callable[[object], object]] = {
    "url": _read_source_url,
    "file": lambda value: _line(value, "source"),
    "fetched": lambda value: read_date(value, "source"),
    "sha256": _read_sha256,
}

#: The fields, each with the function that reads its value.
READERS: Mapping[str, Callable[[object], object]] = {
    "title": lambda value: _line(value, "title"),
    "date": read_date,
    "published": lambda value: read_date(value, "published"),
    "kind": _one_of(Kind, "kind"),
    "speakers": _read_speakers,
    "publisher": lambda value: _line(value, "publisher"),
    "url": _read_url,
    "language": _read_language,
    "translation": _one_of(Translation, "translation"),
    "source": read_source,
    "withdrawn": lambda value: _line(value, "withdrawn", longest=_WHY_LENGTH),
    "amended": lambda value: read_date(value, "amended"),
    "footnotes": _read_footnotes,
}


def _unknown(field: str, *, hint: bool) -> InvalidField:
    near = difflib.get_close_matches(field.lower(), list(READERS), n=1) if hint else []
    return InvalidField(
        field,
        "this is not a field of a statement",
        f"Did you mean “{near[0]}”?" if near else f"The fields are: {', '.join(READERS)}.",
        field,
    )


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    return str(value)
