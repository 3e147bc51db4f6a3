"""Says what is followed: the address of a feed or page, how often, and what its operator knows.

Where that is written, and in which line, is known to whoever reads the settings.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

import regex

from documents.model import Claim, Field
from index import InvalidField, read_fields

#: Seconds of the units in which an interval is written, and the shortest and longest allowed.
_UNITS = {"m": 60, "h": 3600, "d": 86_400}
_SHORTEST, _LONGEST = 600, 30 * 86_400
_EVERY = regex.compile(r"(\d{1,4})([mhd])", regex.ASCII)
_WORDS = {"true": True, "false": False}
#: The fields of a statement that a source may tell, as a source and as a statement has them.
_FIELDS = {
    "speaker": ("speakers", Field.SPEAKER),
    "publisher": ("publisher", Field.PUBLISHER),
    "language": ("language", Field.LANGUAGE),
    "kind": ("kind", Field.KIND),
}
_PARTS = ("url", "every", "trust", *_FIELDS)
#: What names such a claim's place to a person.
_WHERE = "the setting “sources”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A feed, or a page, that is looked at again and again."""

    url: str
    #: Seconds between two looks.
    every: int = 3600
    #: Whether what is certain is filed at once.
    trust: bool = False
    #: What its operator knows of each statement; it comes before what the document says.
    claims: tuple[Claim, ...] = ()


def read_followed(raw: object) -> Followed:
    """Return the source in *raw*: an address, or ``{url: …, every: 1h, trust: true, …}``.

    Raises:
        InvalidField: it has other parts, or one has a value that it cannot have.
    """
    parts = {"url": raw} if isinstance(raw, str) else raw
    if not isinstance(parts, Mapping) or not parts.get("url"):
        repair = "Write {url: https://example.org/feed.xml, every: 1h}."
        raise InvalidField("url", "there is no address", repair)
    for name in parts:
        if name not in _PARTS:
            near = difflib.get_close_matches(str(name), _PARTS, n=1)
            known = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(_PARTS)}."
            raise InvalidField(str(name), "this is not a part of a source", known)
    return Followed(
        url=_url(parts["url"]),
        every=_seconds(_given(parts, "every", "1h")),
        trust=_true_or_false(_given(parts, "trust", "false")),
        claims=tuple(_claims(parts)),
    )


def user_agent(contact: str = "") -> str:
    """Return what sites are told of who asks: the program, its version, and the *contact*."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  # slow

    try:
        program = f"OnRecord/{version('onrecord')}"
    except PackageNotFoundError:  # run from a folder, not installed
        program = "OnRecord"
    about = "archive of official statements"
    return f"{program} ({about}; {contact})" if contact else f"{program} ({about})"


def _url(value: object) -> str:
    # As the source of a statement: any host will do, as only the program goes there.
    fields, wrong = read_fields({"source": {"url": value}})
    for error in wrong:
        if error.field == "source":
            # Telegram never sees it.
            what = error.what.removesuffix(" that Telegram will link")
            raise InvalidField("url", what, "Give the whole address.", value)
    return fields.source.url if fields.source else ""


def _given(parts: Mapping[str, object], name: str, default: str) -> object:
    value = parts.get(name)
    return default if value is None else value


def _seconds(value: object) -> int:
    found = _EVERY.fullmatch(value) if isinstance(value, str) else None
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0
    if not _SHORTEST <= seconds <= _LONGEST:
        repair = "Give a time from 10m to 30d, such as 30m, 1h or 1d."
        raise InvalidField("every", "this is not how often it may be asked", repair, value)
    return seconds


def _true_or_false(value: object) -> bool:
    if not isinstance(value, str) or value not in _WORDS:
        raise InvalidField("trust", "this is neither true nor false", "Give one of them.", value)
    return _WORDS[value]


def _claims(parts: Mapping[str, object]) -> list[Claim]:
    claims = []
    for name, (field, claimed) in _FIELDS.items():
        value = parts.get(name)
        if value is None:
            continue
        values = value if isinstance(value, list) and name == "speaker" else [value]
        _, wrong = read_fields({field: values if name == "speaker" else value})
        for error in wrong:
            if error.field == field:
                repair = "Write “name; role”." if name == "speaker" else error.repair
                raise InvalidField(name, error.what, repair, value)
        claims += [
            Claim(field=claimed, value=str(one), where=_WHERE, certain=True) for one in values
        ]
    return claims
