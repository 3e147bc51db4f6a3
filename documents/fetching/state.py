"""Keeps what is known of each source between two runs, in ``incoming/.state.json``.

It stands beside the documents that wait, and not in the bot's SQLite file: ``onrecord fetch`` works
without a bot, and whoever copies or removes the folder takes both. One run at a time holds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from index import OnRecordError, replace_whole, unwritable

try:
    import fcntl
except ImportError:  # where there is none, two runs at once would fetch some things twice
    fcntl = None  # type: ignore[assignment]

_VERSION = 1
_STATE, _LOCK = ".state.json", ".lock"


def host_of(url: str) -> str:
    """Return the host of *url*, in small letters, with its port."""
    return urlsplit(url).netloc.lower()


class FetchingUnderWay(OnRecordError):
    """Another process fetches into the same folder."""

    def __init__(self, folder: Path) -> None:
        """Carry the *folder*."""
        self.folder = folder
        super().__init__(f"{folder}: another fetch is under way. Wait until it has ended.")


class DamagedState(OnRecordError):
    """The file of the state cannot be read."""

    def __init__(self, path: Path, what: str, repair: str) -> None:
        """Carry the *path*, *what* is wrong with it, and the *repair*."""
        self.path, self.what, self.repair = path, what, repair
        super().__init__(f"{path}: {what}. {repair}")


@dataclass(slots=True)
class Pending:
    """A document that a feed names, and whose text is still to be fetched."""

    #: What the feed calls it.
    part: str
    #: What the feed claims of it with certainty: of each field the value, and where it stands.
    claims: list[tuple[str, str, str]] = field(default_factory=list)
    #: How often it could not be fetched, and when it may be tried again.
    failures: int = 0
    again: float = 0.0


@dataclass(slots=True)
class SourceState:
    """What is known of one source. Times are in seconds since 1970."""

    etag: str = ""
    last_modified: str = ""
    #: Of the bytes that were read last.
    sha256: str = ""
    #: When it was last asked, whatever came of it.
    asked: float = 0.0
    #: Before when it is not asked again, after a failure.
    again: float = 0.0
    failures: int = 0
    #: What the last failure was, and what to do; empty if there is none.
    what: str = ""
    repair: str = ""
    #: Of each document that it brought, by its address: a digest of its words, and when it was
    #: last there.
    seen: dict[str, tuple[str, float]] = field(default_factory=dict)
    #: What it names and is still to be fetched, by the address.
    pending: dict[str, Pending] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """What is known of all sources."""

    sources: dict[str, SourceState] = field(default_factory=dict)
    #: When each host that asked for patience may be asked again.
    hosts: dict[str, float] = field(default_factory=dict)

    def of(self, url: str) -> SourceState:
        """Return what is known of the source *url*, which may be nothing."""
        return self.sources.setdefault(url, SourceState())

    def patience_with(self, url: str) -> float:
        """Return before when the host of *url* asked not to be asked; 0 if it did not."""
        return self.hosts.get(host_of(url), 0.0)

    @property
    def last(self) -> float:
        """When any source was last asked; 0 if none was."""
        return max((one.asked for one in self.sources.values()), default=0.0)


def load_state(folder: Path) -> State:
    """Return the state that is kept in *folder*; a new one if there is none.

    Raises:
        DamagedState: the file is there and cannot be read.
    """
    path = folder / _STATE
    try:
        raw = json.loads(path.read_bytes())
        sources = {url: _source_state(one) for url, one in raw["sources"].items()}
        hosts = {str(host): float(until) for host, until in raw["hosts"].items()}
    except FileNotFoundError:
        return State()
    except OSError as error:
        what = f"it cannot be read ({error.strerror or type(error).__name__})"
        raise DamagedState(path, what, "Check its permissions, and its folder.") from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        what = f"it is damaged ({type(error).__name__})"
        repair = "Remove it; what was skipped then comes once more."
        raise DamagedState(path, what, repair) from None
    return State(sources, hosts)


def save_state(folder: Path, state: State) -> None:
    """Keep *state* in *folder*, whole or not at all.

    Raises:
        FilingRefused: the folder cannot be written to.
    """
    kept = {"version": _VERSION, "sources": {}, "hosts": state.hosts}
    kept["sources"] = {url: asdict(one) for url, one in state.sources.items()}
    write_whole(folder / _STATE, json.dumps(kept, ensure_ascii=False, indent=1).encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write *content* to *path*, over what is there, whole or not at all.

    Raises:
        FilingRefused: it cannot be written.
    """
    try:
        replace_whole(path, content)
    except OSError as error:
        raise unwritable(path, error) from None


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold *folder* for one run; it is made if it is not there.

    Raises:
        FetchingUnderWay: another process holds it.
        FilingRefused: it cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / _LOCK).open("ab")
    except OSError as error:
        raise unwritable(folder, error) from None
    with file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise FetchingUnderWay(folder) from None
        yield


def _source_state(raw: Mapping[str, Any]) -> SourceState:
    known = {one.name for one in fields(SourceState)}
    values = {name: value for name, value in raw.items() if name in known}
    values["seen"] = {
        str(url): (str(digest), float(when)) for url, (digest, when) in raw["seen"].items()
    }
    values["pending"] = {
        str(url): Pending(
            part=str(one["part"]),
            claims=[(str(name), str(value), str(at)) for name, value, at in one["claims"]],
            failures=int(one["failures"]),
            again=float(one["again"]),
        )
        for url, one in raw["pending"].items()
    }
    return SourceState(**values)
