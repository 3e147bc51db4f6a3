"""Opens the members of a zip archive, in memory and one at a time; nothing is ever unpacked.

A member is read by its entry, never by its name, and counted while it is read: what the headers
say of its size is a claim. Names are shown with every control character escaped.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable, Iterator

from documents.model import Refused, Source
from documents.opening.limits import Limits, size_of
from documents.opening.names import is_ignored
from documents.reading import signatures
from index import printable

#: Bytes taken at a time.
_PIECE = 65_536
#: A member may unpack to so much, whatever its ratio: a table of zeros is no bomb.
_HARMLESS = 1_000_000
_ENCRYPTED = 0x1
_UTF_8 = 0x800
#: zipfile unpacks these a piece at a time; of the others, one piece may be gigabytes.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_PACK_ANEW = "Pack it anew, or add the file itself"
_ITSELF = "If you trust it, unpack it, and add the file itself"


class _MemberRefused(Exception):
    """A member is not opened: its arguments are what is wrong, and the repair."""


def is_archive(content: bytes) -> bool:
    """Return whether *content* is a zip archive of documents; an Office file or a book is none."""
    return signatures.is_zip(content) and signatures.zip_format(content) == "archive"


def open_archive(
    name: str,
    content: bytes,
    limits: Limits,
    *,
    ignored: Callable[[str], object] = lambda _: None,
) -> Iterator[Source | Refused]:
    """Yield each member of the zip archive *content*, or why it is refused, in its order.

    *ignored* is told the name of each member that is a system's, not a person's.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from _members(printable(name), archive, limits, ignored)
    except signatures.ZIP_ERRORS:
        repair = "Get it again, or add the files themselves"
        yield Refused(name=printable(name), what="the archive is damaged", repair=repair)


def _members(
    name: str, archive: zipfile.ZipFile, limits: Limits, ignored: Callable[[str], object]
) -> Iterator[Source | Refused]:
    wanted = []
    for entry in archive.infolist():
        member = _name_of(entry)
        # Not entry.is_dir(), which fails for an empty name.
        if not member.endswith("/"):
            if not _leads_out(member) and any(map(is_ignored, member.split("/"))):
                ignored(f"{name}: {printable(member)}")
            else:
                wanted.append((member, entry))
    if not wanted:
        repair = "Give an archive with documents"
        yield Refused(name=name, what="there is no file in the archive", repair=repair)
    if len(wanted) > limits.members:
        what = (
            f"there are {len(wanted):,} files in the archive, and at most {limits.members} are read"
        )
        yield Refused(name=name, what=what, repair="Unpack it, and add the folder")
        return
    seen: dict[str, bytes] = {}
    total = 0
    for number, (member, entry) in enumerate(wanted):
        shown = f"{name}: {printable(member)}"
        try:
            read = _read(archive, entry, member, limits)
            _refuse_second(member, read, seen)
        except _MemberRefused as refused:
            what, repair = refused.args
            yield Refused(name=shown, what=what, repair=repair)
            continue
        total += len(read)
        if total > limits.archive_bytes:
            what = (
                f"the archive unpacks to more than {size_of(limits.archive_bytes)}: its last "
                f"{len(wanted) - number} files are not read"
            )
            yield Refused(name=name, what=what, repair="Unpack it, and add the folder")
            return
        seen[member] = read
        yield Source(name=shown, content=read)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Return the member's name as it was packed; many programs write UTF-8 without saying so."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF_8:
        try:
            return name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return name


def _leads_out(name: str) -> bool:
    """Return whether *name*, with either slash, is absolute, on a drive, or climbs."""
    path = name.replace("\\", "/")
    return path.startswith("/") or path[1:2] == ":" or ".." in path.split("/")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, member: str, limits: Limits) -> bytes:
    """Return the content of *entry*.

    Raises:
        _MemberRefused: its name, its kind or its size is not one of a document.
    """
    if not member:
        raise _MemberRefused("it has no name", _PACK_ANEW)
    if _leads_out(member):
        raise _MemberRefused("its name leads out of the archive", _ITSELF)
    if any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in member):
        raise _MemberRefused("its name has control characters", "Rename it, and add it anew")
    if "\\" in member:
        raise _MemberRefused("its name has a backslash", _PACK_ANEW)
    mode = entry.external_attr >> 16
    if stat.S_ISLNK(mode):
        raise _MemberRefused("it is a link", "Pack the file that it leads to")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise _MemberRefused("it is not a file", _PACK_ANEW)
    if entry.flag_bits & _ENCRYPTED:
        raise _MemberRefused("it is protected by a password", "Unpack it, and add the file itself")
    if entry.compress_type not in _METHODS:
        raise _MemberRefused("it is packed in a way that is not read", _PACK_ANEW)
    try:
        content = _counted(archive, entry, limits)
    except signatures.ZIP_ERRORS:
        raise _MemberRefused("it is damaged", "Get the archive again") from None
    if is_archive(content):
        raise _MemberRefused("it is an archive in the archive", "Add it by itself")
    return content


def _counted(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> bytes:
    """Return what *entry* unpacks to, given up as soon as that is too much."""
    pieces: list[bytes] = []
    count = 0
    most = max(_HARMLESS, limits.ratio * entry.compress_size)
    with archive.open(entry) as member:
        while piece := member.read(_PIECE):
            count += len(piece)
            pieces.append(piece)
            if count > most:
                # What it says of its size may be false; it was not unpacked to find out.
                said = max(entry.file_size, count)
                packed = size_of(entry.compress_size)
                what = f"{packed} unpack to {size_of(said)}: it is made to fill the memory"
                raise _MemberRefused(what, _ITSELF)
            if count > limits.file_bytes:
                what = f"it has more than {size_of(limits.file_bytes)}, and no more are read"
                raise _MemberRefused(what, "Give the part that is to be filed")
    return b"".join(pieces)


def _refuse_second(member: str, content: bytes, seen: dict[str, bytes]) -> None:
    if member not in seen:
        return
    if content == seen[member]:
        raise _MemberRefused("the same file comes twice", "Nothing is missing")
    raise _MemberRefused("the name comes twice, with another text", "Pack the right one alone")
