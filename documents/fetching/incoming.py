"""Keeps fetched documents that wait for review, in ``data/incoming/``.

Each is a file with its bytes as they came, and beside it a YAML file that tells where from, what is
known of it, and which statements in it wait: of a page one, of a feed those of its entries that are
new. Once a statement is filed or skipped it is taken off that list, and with the last one the
document is removed. ``review`` reads them again.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import regex
import yaml

from documents.fetching.state import write_whole
from documents.model import Claim, Field, Source
from index import InvalidYaml, printable, read_yaml, unwritable, write_new

#: What the name of the YAML file adds to that of its document.
BESIDE = ".source.yaml"
_NOT_IN_NAMES = regex.compile(r"[^a-z0-9.]+")
_DIGITS, _LONGEST_HOST = 12, 80
#: The endings of names, for people: what a document is, is told by its bytes.
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/json": ".json",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
}
_WIDE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A statement in a fetched document that waits for review."""

    #: Which part of the document it is; empty if it is all of it.
    part: str = ""
    #: Its own address; may be empty.
    url: str = ""
    #: Why it was not filed at once; empty if only its source is not trusted.
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a document that waits came from, and what is known of it besides."""

    url: str
    fetched: datetime.date | None = None
    sha256: str = ""
    content_type: str = ""
    charset: str = ""
    #: What the operator said of its source, and what the feed that named it does.
    settings: tuple[Claim, ...] = ()
    feed: tuple[Claim, ...] = ()
    waiting: tuple[Waiting, ...] = ()


def put(
    folder: Path,
    source: Source,
    waiting: Sequence[Waiting],
    *,
    settings: Sequence[Claim] = (),
    feed: Sequence[Claim] = (),
) -> Path:
    """Keep *source* in *folder*, since what is *waiting* in it is to be reviewed; return its path.

    What waits of the same address in an older document is taken off that.

    Raises:
        FilingRefused: the folder cannot be written to.
    """
    digest = hashlib.sha256(source.content).hexdigest()
    path = folder / _name_of(source, digest)
    try:
        write_new(path, source.content)
    except FileExistsError:
        pass  # a run that broke off had put it
    except OSError as error:
        raise unwritable(path, error) from None
    before = provenance_of(path)
    known_parts = {one.part for one in waiting}
    kept = [one for one in before.waiting if one.part not in known_parts] if before else []
    provenance = Provenance(
        url=source.url,
        fetched=source.fetched,
        sha256=digest,
        content_type=source.content_type,
        charset=source.charset,
        settings=tuple(settings),
        feed=tuple(feed),
        waiting=(*kept, *waiting),
    )
    write_whole(beside(path), _as_yaml(provenance))
    # Only now: on a full disk, the older document stays.
    _take_off(folder, path, {one.url for one in waiting} - {""})
    return path


def _take_off(folder: Path, newer: Path, urls: Set[str]) -> None:
    """Take what waits of these *urls* off all documents in *folder* but the *newer* one."""
    for older, known in documents_in(folder):
        left = [one for one in known.waiting if one.url not in urls]
        if older != newer and len(left) < len(known.waiting):
            keep_waiting(older, known, left)


class _Dumper(yaml.SafeDumper):
    """Writes texts so that they are read as they were: YAML takes U+0085 for a line break."""


def _written(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if text.isprintable() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _written)


def beside(path: Path) -> Path:
    """Return where the provenance of the document at *path* stands."""
    return path.with_name(path.name + BESIDE)


def provenance_of(path: Path) -> Provenance | None:
    """Return what is noted of the document at *path*; ``None`` if nothing is, or not readably."""
    try:
        root = read_yaml(beside(path).read_text(encoding="utf-8"))
        raw: Any = root.plain() if root else None
        return _provenance(raw)
    except (OSError, ValueError, InvalidYaml, KeyError, TypeError, AttributeError):
        return None


def documents_in(folder: Path) -> Iterator[tuple[Path, Provenance]]:
    """Yield each document that waits in *folder*, by its name, with its provenance."""
    for aside in sorted(folder.glob(f"*{BESIDE}")):
        path = aside.with_name(aside.name.removesuffix(BESIDE))
        if path.is_file() and (known := provenance_of(path)):
            yield path, known


def keep_waiting(path: Path, known: Provenance, left: Sequence[Waiting]) -> None:
    """Note that of the document at *path* only *left* waits; without any, it is removed.

    Raises:
        FilingRefused: it cannot be written.
    """
    if left:
        write_whole(beside(path), _as_yaml(replace(known, waiting=tuple(left))))
        return
    try:
        path.unlink(missing_ok=True)
        beside(path).unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from None


def _name_of(source: Source, digest: str) -> str:
    """Return a name that is the same for the same bytes of the same day, and looks like no title.

    >>> _name_of(Source(name="", content=b"", url="https://a-b.org/feed"), "0123456789abcdef")
    'undated-a.b.org.0123456789ab'
    """
    parts = urlsplit(source.url)
    day = source.fetched.isoformat() if source.fetched else "undated"
    host = _NOT_IN_NAMES.sub(".", parts.netloc.lower())[:_LONGEST_HOST].strip(".")
    ending = _ENDINGS.get(source.content_type, "")
    if not ending and source.content_type.endswith("xml"):
        ending = ".xml"
    return f"{day}-{host}.{digest[:_DIGITS]}{ending}"


def _as_yaml(provenance: Provenance) -> bytes:
    raw = {
        "url": provenance.url,
        "fetched": provenance.fetched.isoformat() if provenance.fetched else "",
        "sha256": provenance.sha256,
        "content_type": provenance.content_type,
        "charset": provenance.charset,
        "settings": [_as_texts(one) for one in provenance.settings],
        "feed": [_as_texts(one) for one in provenance.feed],
        "waiting": [asdict(one) for one in provenance.waiting],
    }
    kept = {name: value for name, value in raw.items() if value}
    dumped = yaml.dump(kept, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDE)
    return dumped.encode()


def _as_texts(claim: Claim) -> dict[str, str]:
    return {"field": str(claim.field), "value": claim.value, "where": claim.where}


def _provenance(raw: Mapping[str, Any]) -> Provenance:
    fetched = raw.get("fetched")
    return Provenance(
        url=str(raw["url"]),
        fetched=datetime.date.fromisoformat(fetched) if fetched else None,
        sha256=str(raw.get("sha256") or ""),
        content_type=str(raw.get("content_type") or ""),
        charset=str(raw.get("charset") or ""),
        settings=tuple(map(_claim, raw.get("settings") or ())),
        feed=tuple(map(_claim, raw.get("feed") or ())),
        waiting=tuple(
            Waiting(**{name: str(one.get(name) or "") for name in ("part", "url", "why")})
            for one in raw.get("waiting") or ()
        ),
    )


def _claim(raw: Mapping[str, str]) -> Claim:
    return Claim(
        field=Field(raw["field"]), value=raw["value"], where=printable(raw["where"]), certain=True
    )
