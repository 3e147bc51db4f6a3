"""Takes snapshots of the files of a record, by which a change is noticed without reading any.

Hidden files, the temporary ones of editors and rsync among them, and what is no statement file are
left out, as they are when the record is loaded.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from index.files.known_files import Stamp, stamp_of

_STATEMENTS, _EARLIER, _SYNONYMS = "statements", "earlier", "synonyms.yaml"
_SUFFIXES = (".md", ".jsonl")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files of a record at one moment."""

    #: Of each file, by its path within the folder of data. Those of statements/ come with it.
    stamps: dict[str, Stamp] = field(default_factory=dict)
    #: Why the folder of statements cannot be read; empty if it can.
    missing: str = ""
    #: How many files of statements there are, without their earlier versions.
    statement_files: int = 0
    #: When it was begun to be taken: nanoseconds since 1970.
    taken: int = field(default_factory=time.time_ns, compare=False)


def take_snapshot(data: Path) -> Snapshot:
    """Return the files of the record in the folder *data*, as they are now."""
    taken = time.time_ns()
    try:
        stamps = dict(_in_folder(data / _STATEMENTS, _STATEMENTS))
    except OSError as error:
        return Snapshot(missing=error.strerror or type(error).__name__)
    statement_files = len(stamps)
    earlier = data / _STATEMENTS / _EARLIER
    for name in _folders_in(earlier):
        try:
            stamps |= _in_folder(earlier / name, f"{_STATEMENTS}/{_EARLIER}/{name}")
        except OSError:  # it is gone
            continue
    with suppress(OSError):  # there need not be any
        stamps[_SYNONYMS] = stamp_of((data / _SYNONYMS).stat())
    return Snapshot(stamps, statement_files=statement_files, taken=taken)


def _in_folder(folder: Path, called: str) -> Iterator[tuple[str, Stamp]]:
    """Yield the stamp of each statement file in *folder*, as the folder is *called*.

    Raises:
        OSError: it cannot be read.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if not name.endswith(_SUFFIXES) or name.startswith((".", "~")):
                continue
            try:
                found = entry.stat()
            except OSError:  # it is gone, or a link to nothing
                continue
            if stat.S_ISREG(found.st_mode):
                yield f"{called}/{name}", stamp_of(found)


def _folders_in(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [one.name for one in entries if one.is_dir() and not one.name.startswith(".")]
    except OSError:  # most records have no earlier versions
        return []
