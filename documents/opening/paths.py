"""Opens what was named: files, folders, zip archives, links and standard input.

Each is a source, or one line that says why it is refused. What is in a source is left to the
readers.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import regex

from documents.model import Refused, Source, Unreadable
from documents.opening import archives
from documents.opening.limits import Limits, size_of
from documents.opening.names import is_ignored
from index import printable

#: What names standard input.
STANDARD_INPUT = "-"
_LINK = regex.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20}+)://")
_PART = "Give the part that is to be filed"
_NO_FILE = (
    (stat.S_ISFIFO, "it is a pipe, not a file", "Give its content on standard input, as “-”"),
    (stat.S_ISSOCK, "it is a socket, not a file", "Give a file"),
    (stat.S_ISBLK, "it is a device, not a file", "Give a file"),
    (stat.S_ISCHR, "it is a device, not a file", "Give a file"),
)

#: Bytes of a line after which a terminal drops what is typed or pasted, without a word (termios(3),
#: "canonical mode"; MAX_CANON of macOS).
_LONGEST_TYPED = 1024 if sys.platform == "darwin" else 4095

Fetch = Callable[[str], Source]


def open_paths(
    names: Sequence[str],
    limits: Limits | None = None,
    *,
    fetch: Fetch | None = None,
    standard_input: BinaryIO | None = None,
    ignored: Callable[[str], object] = lambda _: None,
) -> Iterator[Source | Refused]:
    """Yield what each of *names* holds: one source of a file or a link, many of a folder.

    A folder is walked to its ends, in the order of its names; links to other folders are refused,
    and so no folder is met twice. Only one source is in memory at a time. *fetch* opens a link,
    by default ``web.fetch``; *ignored* is told each file that is hidden or a system's own.
    """
    limits = limits or Limits()
    for name in names:
        for found in _opened(name, limits, fetch, standard_input, ignored):
            if isinstance(found, Source) and archives.is_archive(found.content):
                yield from archives.open_archive(found.name, found.content, limits, ignored=ignored)
            else:
                yield found


def _opened(
    name: str,
    limits: Limits,
    fetch: Fetch | None,
    standard_input: BinaryIO | None,
    ignored: Callable[[str], object],
) -> Iterator[Source | Refused]:
    if not name:
        yield Refused(name="“”", what="a name is empty", repair="Name a file, a folder or a link")
    elif name == STANDARD_INPUT:
        yield _piped(standard_input or sys.stdin.buffer, limits)
    elif scheme := _LINK.match(name):
        yield _fetched(name, scheme[1].lower(), fetch or _default_fetch(limits))
    else:
        yield from _at(Path(name), limits, ignored)


def _piped(pipe: BinaryIO, limits: Limits) -> Source | Refused:
    name = "standard input"
    try:
        content = pipe.read(limits.file_bytes + 1)
    except OSError as error:
        return Refused(
            name=name, what=f"it cannot be read ({_reason(error)})", repair="Give a file"
        )
    if len(content) > limits.file_bytes:
        return Refused(name=name, what=_too_long(limits), repair=_PART)
    if pipe.isatty() and len(max(content.split(b"\n"), key=len)) >= _LONGEST_TYPED:
        what = "it has a line that is longer than a terminal takes, and its end is lost"
        return Refused(name=name, what=what, repair="Save it as a file, and give that")
    return Source(name=name, content=content)


def _default_fetch(limits: Limits) -> Fetch:
    from documents.opening.web import fetch  # noqa: PLC0415  # http and ssl: 60 ms

    def plainly(url: str) -> Source:
        fetched = fetch(url, limits=limits)
        if not isinstance(fetched, Source):
            raise TypeError("nothing was asked about an earlier version")
        return fetched

    return plainly


def _fetched(url: str, scheme: str, fetch: Fetch) -> Source | Refused:
    if scheme not in ("http", "https"):
        what = f"links that begin with {scheme}:// are not followed"
        return Refused(name=printable(url), what=what, repair="Save it, and add the file")
    try:
        return fetch(url)
    except Unreadable as error:
        return Refused(name=printable(url), what=error.what, repair=error.repair)


def _at(path: Path, limits: Limits, ignored: Callable[[str], object]) -> Iterator[Source | Refused]:
    """Yield what is at *path*; what is still to be seen of a folder is kept on a stack."""
    if not _is_folder(path):
        yield _read(path, limits)
        return
    nothing = True
    waiting = [path]
    while waiting:
        here = waiting.pop()
        if not _is_folder(here):
            nothing = False
            yield _read(here, limits)
        elif here.is_symlink() and here != path:
            nothing = False
            repair = "Name the folder that it leads to"
            yield Refused(name=printable(here), what="it is a link to a folder", repair=repair)
        else:
            try:
                within = sorted(here.iterdir(), reverse=True)
            except OSError as error:
                nothing = False
                yield _refused(here, error)
                continue
            for one in within:
                if is_ignored(one.name):
                    ignored(printable(one))
                else:
                    waiting.append(one)
    if nothing:
        repair = "Give a folder that holds documents"
        yield Refused(name=printable(path), what="there is no document in it", repair=repair)


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False  # and why, is told when it is read


def _read(path: Path, limits: Limits) -> Source | Refused:
    """Return the file at *path*; it is looked at before it is opened, which a pipe would hold."""
    try:
        if refused := _unfit(path, path.stat(), limits):
            return refused
        # Not waiting: it may have become a pipe since.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if refused := _unfit(path, os.fstat(descriptor), limits):
                return refused
            # Counted too: some files have more than they say.
            content = file.read(limits.file_bytes + 1)
    except (OSError, ValueError) as error:
        return _refused(path, error)
    if len(content) > limits.file_bytes:
        return Refused(name=printable(path), what=_too_long(limits), repair=_PART)
    return Source(name=printable(path), content=content)


def _unfit(path: Path, status: os.stat_result, limits: Limits) -> Refused | None:
    for is_one, what, repair in _NO_FILE:
        if is_one(status.st_mode):
            return Refused(name=printable(path), what=what, repair=repair)
    if status.st_size > limits.file_bytes:
        what = (
            f"it has {size_of(status.st_size)}, and at most {size_of(limits.file_bytes)} are read"
        )
        return Refused(name=printable(path), what=what, repair=_PART)
    return None


def _refused(path: Path, error: OSError | ValueError) -> Refused:
    name = printable(path)
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            what, repair = "the file that it links to does not exist", "Give the file itself"
        else:
            what, repair = "this file does not exist", "Check how it is spelt"
        return Refused(name=name, what=what, repair=repair)
    if isinstance(error, PermissionError):
        what, repair = "it may not be read", "Give yourself the right to read it, or copy it"
        return Refused(name=name, what=what, repair=repair)
    return Refused(
        name=name,
        what=f"it cannot be read ({_reason(error)})",
        repair="Copy it elsewhere, and add that",
    )


def _reason(error: OSError | ValueError) -> str:
    return printable(getattr(error, "strerror", None) or error)


def _too_long(limits: Limits) -> str:
    return f"it has more than {size_of(limits.file_bytes)}, and no more are read"
