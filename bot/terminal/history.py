"""Shows the versions of a statement: when each was current, and what changed from one to the next.

Which versions there are, and what changed, is told by ``index``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TextIO

from bot.i18n.strings import strings_of
from index import Changes, Version, changes_between, without_controls

#: Of more paragraphs, only the first are listed.
_MOST_LISTED = 10


def history_object(versions: Sequence[Version]) -> dict[str, object]:
    """Return *versions*, the oldest first, as a JSON object."""
    current = versions[-1].statement
    return {
        "statement": current.id,
        "title": current.title,
        "withdrawn": current.withdrawn or None,
        "versions": [
            {
                "version": version.number,
                "file": str(version.path),
                "from": _day(since),
                "to": _day(version.statement.amended),
                "paragraphs": len(version.statement.paragraphs),
                "changes": None if changes is None else _changes_object(changes),
            }
            for version, since, changes in _in_turn(versions)
        ],
    }


def show_history(versions: Sequence[Version], stream: TextIO) -> None:
    """Write *versions*, the oldest first, to *stream*: a line for each."""
    strings, current = strings_of(), versions[-1].statement
    lines = [f"{current.id}: {current.title}"]
    if current.withdrawn:
        lines.append(strings.withdrawn.format(why=current.withdrawn))
    for version, since, changes in _in_turn(versions):
        until = version.statement.amended
        parts = [f"version {version.number}"]
        parts += [f"since {strings.day(since)}"] if since else []
        parts.append(f"until {strings.day(until)}" if until else "current")
        parts.append(strings.paragraphs(len(version.statement.paragraphs)))
        if changes is not None:
            parts.append(_told(changes))
        lines.append(" · ".join(parts))
    stream.write(without_controls("\n".join(lines)) + "\n")


def _in_turn(
    versions: Sequence[Version],
) -> Iterator[tuple[Version, datetime.date | None, Changes | None]]:
    """Yield each version, since when it is known to have stood, and what changed in it."""
    yield versions[0], None, None
    for before, after in pairwise(versions):
        changes = changes_between(before.statement, after.statement)
        yield after, before.statement.amended, changes


def _told(changes: Changes) -> str:
    """Return *changes* in words: "2 changed (3, 5), 1 added (6)"."""
    told = [
        _listed("changed", [after for _, after in changes.changed]),
        _listed("added", changes.added),
        _listed("removed", changes.removed),
    ]
    return ", ".join(filter(None, told)) or "no paragraph changed"


def _listed(what: str, numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    listed = [str(number) for number in numbers[:_MOST_LISTED]]
    if len(numbers) > _MOST_LISTED:
        listed.append("…")
    return f"{len(numbers)} {what} ({', '.join(listed)})"


def _changes_object(changes: Changes) -> dict[str, object]:
    return {
        "added": list(changes.added),
        "removed": list(changes.removed),
        "changed": [list(pair) for pair in changes.changed],
    }


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
