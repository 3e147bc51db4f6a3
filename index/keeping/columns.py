"""Writes columns of numbers and texts into one file, and maps the file into memory again.

The file has a head, the columns, each aligned, and a table of what stands where, in JSON. Nothing
in it can run. It is written beside the one that it replaces, synced and renamed, so that whoever
reads it has all of the one or all of the other.

What a file says of itself is not believed: its lengths are compared with its size when it is
opened, and its digest is there to be compared with all of it. What is kept in the columns is left
to ``kept_index``.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import stat
import struct
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.keeping.strings import Numbered, Strings

#: What the file begins with. Another format of the file has another.
_MAGIC = b"On Record index\n"
#: The magic; where the table begins, and its length; the length of the file; the digest of all
#: that follows the head; the sum of the table.
_HEAD = struct.Struct(f"<{len(_MAGIC)}sQQQ32sI")
#: Each column begins at a multiple of so many bytes: a line of a processor's cache.
_ALIGNED = 64
#: So many bytes are read and written at once.
_CHUNK = 1 << 22
#: What a column may consist of: whole numbers, floating-point numbers, bytes, truth values.
_TYPES = ("|u1", "|b1", "|i1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f8")


class DamagedFile(Exception):
    """A file is none of ours, is cut off, or says what cannot be; the text says which."""


class _Column(NamedTuple):
    """Where a column stands in the file."""

    type: str
    shape: tuple[int, ...]
    begins: int


class Keeper:
    """Writes columns and values, each under a name."""

    def __init__(self, writer: _Writer, prefix: str = "") -> None:
        """Write by *writer*; each name gets *prefix*."""
        self._writer, self._prefix = writer, prefix

    def within(self, name: str) -> Keeper:
        """Return what writes under names that begin with this one."""
        return Keeper(self._writer, f"{self._prefix}{name}.")

    def arrays(self, **columns: NDArray[Any] | Sequence[int]) -> None:
        """Write *columns* of numbers."""
        for name, values in columns.items():
            self._writer.add(self._prefix + name, np.asarray(values))

    def strings(self, name: str, values: Iterable[str]) -> None:
        """Write *values*, each with a sum by which it is checked when it is read."""
        self._texts(name, values if isinstance(values, Strings) else Strings.of(values))

    def numbered(self, name: str, numbers: Mapping[str, int]) -> None:
        """Write words that are numbered from 0, in the order of their numbers."""
        if isinstance(numbers, Numbered):
            words = numbers
        else:
            if list(numbers.values()) != list(range(len(numbers))):
                raise ValueError(f"the words of {name} are not numbered from 0 in their order")
            words = Numbered.of(numbers)
        self._texts(name, words.words)
        self.within(name).arrays(digests=words.digests, order=words.order)

    def _texts(self, name: str, texts: Strings) -> None:
        self.within(name).arrays(characters=texts.characters, ends=texts.ends, sums=texts.sums)

    def value(self, name: str, value: object) -> None:
        """Write a *value* that JSON has: a number, a text, a list of such."""
        self._writer.values[self._prefix + name] = value


class Kept:
    """The columns and values of a file, mapped into memory; read when they are asked for.

    All raise ``DamagedFile`` for what is not there, or not of that kind.
    """

    def __init__(self, file: KeptFile, prefix: str = "") -> None:
        """Read from *file*; each name gets *prefix*."""
        self._file, self._prefix = file, prefix

    def within(self, name: str) -> Kept:
        """Return what reads under names that begin with this one."""
        return Kept(self._file, f"{self._prefix}{name}.")

    def array(self, name: str, kind: str, width: int | None = None) -> NDArray[Any]:
        """Return a column of a *kind*, such as "i4"; of two dimensions if it has a *width*."""
        found = self._file.array(self._prefix + name)
        wanted = np.dtype(kind)
        shape = found.shape[1:]
        if found.dtype != wanted or shape != (() if width is None else (width,)):
            raise DamagedFile(f"the column {self._prefix}{name} is not of the kind it should be")
        return found

    def ints(self, name: str) -> Sequence[int]:
        """Return a column of 64-bit numbers that gives Python's own, faster than an array does."""
        return self.array(name, "i8").data

    def strings(self, name: str) -> Strings:
        """Return a column of texts."""
        of = self.within(name)
        return Strings(of.array("characters", "u1"), of.array("ends", "i8"), of.array("sums", "u4"))

    def numbered(self, name: str) -> Numbered:
        """Return words by their numbers, and their numbers by the words."""
        of = self.within(name)
        return Numbered(self.strings(name), of.array("digests", "u8"), of.array("order", "i4"))

    def value(self, name: str) -> Any:
        """Return a value."""
        try:
            return self._file.values[self._prefix + name]
        except KeyError:
            raise DamagedFile(f"the value {self._prefix}{name} is missing") from None


class _Writer:
    """A file of columns that is being written."""

    def __init__(self, descriptor: int) -> None:
        self._file = os.fdopen(descriptor, "wb")
        self._digest = hashlib.blake2b(digest_size=32)
        self._columns: dict[str, _Column] = {}
        self.values: dict[str, object] = {}
        self._file.write(b"\0" * _ALIGNED * 2)

    def add(self, name: str, values: NDArray[Any]) -> None:
        values = np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<"))
        if values.dtype.str not in _TYPES:
            raise TypeError(f"{name} is a column of {values.dtype}")
        self._write(b"\0" * (-self._file.tell() % _ALIGNED))
        self._columns[name] = _Column(values.dtype.str, values.shape, self._file.tell())
        content = values.reshape(-1).view(np.uint8).data
        for begin in range(0, len(content), _CHUNK):
            self._write(content[begin : begin + _CHUNK])

    def finish(self) -> None:
        """Write the table and the head; sync the file and close it."""
        table = json.dumps({"columns": self._columns, "values": self.values}).encode()
        begins = self._file.tell()
        self._write(table)
        length = self._file.tell()
        self._file.seek(0)
        digest = self._digest.digest()
        self._file.write(_HEAD.pack(_MAGIC, begins, len(table), length, digest, crc32(table)))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def close(self) -> None:
        """Close the file; what could not be written of it is given up."""
        with suppress(OSError):
            self._file.close()

    def _write(self, content: bytes | memoryview) -> None:
        self._file.write(content)
        self._digest.update(content)


class KeptFile:
    """A file of columns; it is mapped into memory as long as anything uses them."""

    def __init__(self, path: Path) -> None:
        """Open the file *path*.

        Raises:
            OSError: it cannot be read.
            DamagedFile: it is none, or is cut off.
        """
        with open(path, "rb", opener=_opened_at_once) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise DamagedFile("it is no file")
            size = found.st_size
            if size < 2 * _ALIGNED:
                raise DamagedFile("it is too short")
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, begins, table, length, self._digest, of_table = _HEAD.unpack_from(self._memory)
        if magic != _MAGIC:
            raise DamagedFile("it is none of On Record, or of another version")
        if length != size or begins + table != length:
            raise DamagedFile(f"it has {size} bytes, and not {length}")
        if crc32(self._memory[begins:]) != of_table:
            raise DamagedFile("its table is not as it was written")
        try:
            read = json.loads(self._memory[begins:length])
            self.values: dict[str, Any] = dict(read["values"])
            columns = {name: _Column(*one) for name, one in read["columns"].items()}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise DamagedFile("its table cannot be read") from None
        self._arrays = {name: self._column(one, begins) for name, one in columns.items()}

    @property
    def columns(self) -> Kept:
        """What reads the columns and values."""
        return Kept(self)

    def _column(self, column: _Column, end: int) -> NDArray[Any]:
        shape, begins = column.shape, column.begins
        fits = (
            column.type in _TYPES
            and isinstance(begins, int)
            and isinstance(shape, list)
            and 1 <= len(shape) <= 2
            and all(isinstance(one, int) and 0 <= one <= end for one in shape)
        )
        if not fits:
            raise DamagedFile("its table says what cannot be")
        wanted = np.dtype(column.type)
        count = int(np.prod(shape, dtype=object))
        if begins % _ALIGNED or not 0 <= begins <= begins + count * wanted.itemsize <= end:
            raise DamagedFile("a column does not fit into it")
        return np.frombuffer(self._memory, wanted, count, begins).reshape(shape)

    def array(self, name: str) -> NDArray[Any]:
        """Return a column of whatever kind.

        Raises:
            DamagedFile: there is none of that name.
        """
        try:
            return self._arrays[name]
        except KeyError:
            raise DamagedFile(f"the column {name} is missing") from None

    def is_whole(self) -> bool:
        """Return whether all of the file is as it was written: its digest is compared."""
        digest, told = hashlib.blake2b(digest_size=32), bytes(self._digest)
        for begin in range(0, len(self._memory), _CHUNK):
            digest.update(self._memory[begin or 2 * _ALIGNED : begin + _CHUNK])
            # So that all of the file does not count as memory of this process.
            self.release(begin, min(_CHUNK, len(self._memory) - begin))
        return digest.digest() == told

    def release(self, begin: int = 0, length: int | None = None) -> None:
        """Let go of the memory of what was read; it is read again where it is used."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._memory.madvise(mmap.MADV_DONTNEED, begin, length or len(self._memory))


def _opened_at_once(path: str, flags: int) -> int:
    """Open *path* without waiting for a writer, if it is a pipe; Windows has none among files."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


class NewFile:
    """A file of columns that replaces another when it is whole, and leaves no trace if it is not.

    It is a context: on leaving it without an error, the file takes the other's place. Nobody else
    can read it, as not all of a record may be public.
    """

    def __init__(self, path: Path) -> None:
        """Write what will be *path*.

        Raises:
            OSError: it cannot be written.
        """
        import tempfile  # noqa: PLC0415  # only where an index is kept

        self._path = path
        # Of a name that no other has: in two containers, two processes may have one number.
        descriptor, beside = tempfile.mkstemp(_UNFINISHED, f"{path.name}.", path.parent)
        self._beside = Path(beside)
        self._writer = _Writer(descriptor)

    def __enter__(self) -> Keeper:
        return Keeper(self._writer)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._writer.finish()
                self._beside.replace(self._path)
                _sync_folder(self._path.parent)
        finally:
            self._writer.close()
            self._beside.unlink(missing_ok=True)


#: What the name of a file ends with while it is written.
_UNFINISHED = ".unfinished"


def _sync_folder(folder: Path) -> None:
    """Have the system write what *folder* has, so that a new name outlasts a power cut."""
    with suppress(OSError):  # not every system opens folders
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def remove_unfinished(path: Path, older_than: float) -> None:
    """Remove what was left of writing *path*, by processes that were killed, before that time."""
    for one in path.parent.glob(f"{path.name}.*{_UNFINISHED}"):
        with suppress(OSError):
            if one.stat().st_mtime < older_than:
                one.unlink()
