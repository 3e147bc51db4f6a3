"""Says what became of a document that a source brought, or of a source that brought nothing."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from documents.fetching.state import SourceState
from documents.model import Refused, Unreadable


class Became(StrEnum):
    """What became of a document."""

    FILED = "filed"
    WAITS = "waits"
    FAILED = "failed"
    #: Not asked for now, as its site or an earlier failure wants it.
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one document, or of one source."""

    became: Became
    #: The document, as its source names it, on one line; for a whole source, its address.
    name: str
    #: Of a filed one its id, and the file in which it stands or waits.
    id: str = ""
    path: Path | None = None
    #: Why it waits or failed, and what to do; may be empty.
    what: str = ""
    repair: str = ""


def failed(name: str, why: Unreadable | Refused) -> Outcome:
    """Return that the document or source *name* could not be had, and *why*."""
    shown = on_one_line(name)
    return Outcome(became=Became.FAILED, name=shown, what=why.what, repair=why.repair)


def on_one_line(name: str) -> str:
    """Return *name* without line breaks.

    A feed calls its entries what it likes; in a log, and to a script, each line is one document's.
    """
    return " ".join(name.splitlines())


def postponed(url: str, until: float, known: SourceState) -> Outcome:
    """Return that the source *url* is not asked before *until*, in seconds since 1970."""
    return Outcome(
        became=Became.POSTPONED,
        name=url,
        what=f"it is not asked before {_moment(until)}{_because(known)}",
        repair="To try it now, name it, unless its site asked for patience.",
    )


def _moment(seconds: float) -> str:
    """Return a time in *seconds* since 1970, by Universal Time: "2026-11-29 05:41 UTC"."""
    moment = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _because(known: SourceState) -> str:
    if not known.failures:
        return ""
    times = "once" if known.failures == 1 else f"{known.failures} times"
    return f", as it failed {times}: {known.what}"
