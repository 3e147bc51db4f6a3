"""Finds the file that the index of a record is kept in, and tells whether it is that of the record.

It is, if it was made by this very program and these versions of what reads words, and if no file of
the record has changed since. A file of the record is known to be the same by its stamp, or else by
its digest, as where a container brings the same files anew. A file that is damaged, or another's,
is as good as none.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.files.known_files import KnownFiles, Stamp, stamp_at
from index.files.snapshot import Snapshot
from index.keeping.columns import DamagedFile, remove_unfinished
from index.kept_index import KeptIndex, keep
from index.search import Index

#: A smaller record, in paragraphs, is indexed in less than a second, and not kept.
LEAST = 2_000
#: A larger file, in bytes, is not compared with its digest where a start shall be quick.
_QUICKLY_READ = 64 * 1024 * 1024
#: What stands in the file depends on these libraries.
_LIBRARIES = ("numpy", "PyStemmer", "rank-bm25", "regex", "sentencex")
#: Of the program it depends on these files.
_PROGRAM = Path(__file__).parent
_SUFFIXES = (".py", ".yaml", ".txt")
#: Two changes of a file may have one time, if they are no more than so many nanoseconds apart.
_ONE_MOMENT = 50_000_000
#: Or so many, where the system notes times in whole seconds, as on some disks and networks.
_SECOND, _COARSE = 1_000_000_000, 2_500_000_000
#: Stands for a file of which there is more on record than it has: no start finds that in it.
_ANOTHER: tuple[Stamp, str] = (0, 0, 0, 0), "another"
#: What is left of writing is removed after so many seconds: whoever wrote it is dead.
_LEFT = 3600.0


@dataclass(frozen=True, slots=True)
class Found:
    """What there is in the file."""

    #: An index, if it can be used, and whether it is of the record as it is.
    index: Index | None = None
    is_current: bool = False
    #: Why the file is of no use, if it is damaged; empty otherwise.
    damaged: str = ""
    #: What was known of the files of the record.
    files: Sequence[str] = ()

    def known_by(self, known: KnownFiles, data: Path) -> None:
        """Let *known* know what was known of the files in *data*."""
        if self.index is not None:
            known.take_over(self.files, data, self.index.record, is_on_record=self.is_current)


class IndexFile:
    """The file that the index of the record in one folder is kept in."""

    def __init__(self, folder: Path, data: Path) -> None:
        """Keep the index of the record in *data* in a file in *folder*."""
        self._data = data
        where = hashlib.blake2b(os.fsencode(data.absolute()), digest_size=4)
        self.path = folder / f"onrecord-{where.hexdigest()}.index"

    def find(self, snapshot: Snapshot, *, quick: bool = False) -> Found:
        """Return what there is for the record, whose files are those in *snapshot*.

        An index that is not current can still be taken over: what it has read need not be read
        again. If it shall be *quick*, a large file that is current is not compared with its digest:
        what is quoted of it is compared when it is quoted, and ``Index.is_whole`` compares the
        rest.
        """
        if sys.byteorder != "little":
            return Found()
        try:
            kept = KeptIndex(self.path)
            key = kept.key
            if key.get("program") != program_key():
                return Found()
            is_current = self._are_as_they_were(key["files"], snapshot)
            # What is taken over gets a new digest, and must be as it was.
            is_read_later = quick and is_current and self.path.stat().st_size > _QUICKLY_READ
            if not is_read_later and not kept.is_whole():
                raise DamagedFile("its digest is another")
            return Found(kept.index(self._data), is_current, files=kept.files)
        except DamagedFile as error:
            return Found(damaged=str(error))
        except (TypeError, ValueError, LookupError, AttributeError):
            return Found(damaged="its key cannot be read")
        except OSError:  # mostly, there is none
            return Found()

    def keep(self, index: Index, snapshot: Snapshot, known: KnownFiles | None = None) -> Index:
        """Write *index*, made of the files in *snapshot*; return it as it is kept, or as it is.

        It is as it is, if a file changed meanwhile, or if the record is small. What is *known* of
        the files is written, too, and read from there from then on.

        Raises:
            OSError: it cannot be written.
        """
        if sys.byteorder != "little":
            return index
        if len(index.parts.read.columns) < LEAST:
            # What was there has words that may have been taken off the record for good. On a disk
            # that is only read, to remove what is not there would be an error.
            if self.path.exists():
                self.path.unlink(missing_ok=True)
            return index
        files = dict(self._digested(snapshot))
        if len(files) < len(snapshot.stamps):
            return index
        self.path.parent.mkdir(parents=True, exist_ok=True)
        remove_unfinished(self.path, time.time() - _LEFT)
        for name in files:
            if known and known.has_older(self._data / name):
                files[name] = _ANOTHER
        key = {"program": program_key(), "files": files}
        keep(index, self.path, key, self._data, known)
        try:
            kept = KeptIndex(self.path)
            index = kept.index(self._data)
        except (OSError, DamagedFile):  # another process has replaced it just now
            return index
        if known:
            # Or it would hold the statements of the index that is replaced, and so its file.
            known.take_over(kept.files, self._data, index.record, is_on_record=True)
        return index

    def is_damaged(self) -> bool:
        """Return whether the file is there, and is not as this program wrote it."""
        try:
            kept = KeptIndex(self.path)
            return kept.key.get("program") == program_key() and not kept.is_whole()
        except DamagedFile:
            return True
        except OSError:
            return False

    def _digested(self, snapshot: Snapshot) -> Iterator[tuple[str, tuple[Stamp, str]]]:
        """Yield each file in *snapshot* that is as it was, with its stamp and its digest."""
        for name, stamp in snapshot.stamps.items():
            digest = _digest_of(self._data / name)
            if _is_settled(stamp, snapshot.taken) and stamp_at(self._data / name) == stamp:
                yield name, (stamp, digest)

    def _are_as_they_were(self, files: Any, snapshot: Snapshot) -> bool:
        """Return whether the files in *snapshot* are those *files* that the index was made from."""
        stamps = snapshot.stamps
        return files.keys() == stamps.keys() and all(
            tuple(stamp) == stamps[name] or digest == _digest_of(self._data / name)
            for name, (stamp, digest) in files.items()
        )


def _is_settled(stamp: Stamp, at: int) -> bool:
    """Return whether a file of this *stamp* would have another if it changed after *at*, in ns."""
    _, modified, changed, _ = stamp
    latest = max(modified, changed)
    return latest < at - (_COARSE if latest % _SECOND == 0 else _ONE_MOMENT)


@cache
def program_key() -> str:
    """Return what tells this program, and what it reads words by, from all others."""
    from importlib.metadata import version  # noqa: PLC0415  # only where an index is kept

    key = hashlib.blake2b(digest_size=16)
    for path in sorted(_PROGRAM.rglob("*")):
        if path.suffix in _SUFFIXES:
            key.update(f"{path.relative_to(_PROGRAM)}\0".encode())
            key.update(path.read_bytes())
    versions = [f"{name} {version(name)}" for name in _LIBRARIES]
    versions += [platform.python_version(), unicodedata.unidata_version]
    key.update("\n".join(versions).encode())
    return key.hexdigest()


def _digest_of(path: Path) -> str:
    """Return the digest of the file *path*; empty if it cannot be read, which may change."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, hashlib.blake2b).hexdigest()
    except OSError:
        return ""
