"""The errors the index raises, and the problems it reports about data.

An error stops the work at hand. A problem is a value: one thing that is wrong in one file, found
while the rest of the record is still read. Usage messages of the command line are in ``bot``.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from pathlib import Path

#: A fragment shown with a problem is cut to this many characters: one problem stays one line.
FRAGMENT_LENGTH = 60


class OnRecordError(Exception):
    """The base of every error that this project raises on purpose."""


class RecordNotFound(OnRecordError):
    """There is no folder of statements where one was expected."""

    def __init__(self, folder: Path, reason: str = "No such file or directory") -> None:
        """Carry the *folder* that was expected, and the system's *reason*."""
        self.folder = folder
        self.reason = reason
        super().__init__(
            f"{printable(folder)}: the folder of statements cannot be read ({reason}). Make it and "
            "put statements in it, or name the folder that holds statements/ with --data."
        )


class FilingRefused(OnRecordError):
    """A document cannot be filed as it is; *repair* says what to give or change."""

    def __init__(self, subject: str, what: str, repair: str) -> None:
        """Carry the *subject* (a file or a field), *what* is wrong, and the *repair*."""
        self.subject = subject
        self.what = what
        self.repair = repair
        super().__init__(f"{subject}: {what}. {repair}")


class QuestionsUnreadable(OnRecordError):
    """A file of questions with known answers cannot be read."""

    def __init__(self, path: Path, line: int | None, what: str, repair: str) -> None:
        """Carry the *path*, the *line* from 1, *what* is wrong there, and the *repair*."""
        self.path = path
        self.line = line
        self.what = what
        self.repair = repair
        super().__init__(f"{path}{f':{line}' if line else ''}: {what}. {repair}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one statement file: where, what, and how to repair it."""

    #: The file, as the operator would name it.
    path: Path
    #: The line in that file, from 1; ``None`` if the problem is with the whole file.
    line: int | None
    _: KW_ONLY
    #: What is wrong, without a full stop.
    what: str
    #: How to repair it, a sentence.
    repair: str
    #: The offending piece of the file, cut to ``FRAGMENT_LENGTH``; may be empty.
    fragment: str = ""
    #: Whether it is only a warning: the statement stays on record.
    warning: bool = False
    #: What warnings of its sort are counted as, such as "no date".
    category: str = ""

    def __str__(self) -> str:
        """Return the problem on one line: ``file:line: what: fragment. repair``."""
        where = printable(self.path) + (f":{self.line}" if self.line else "")
        fragment = f": {self.fragment}" if self.fragment else ""
        return f"{where}: {self.what}{fragment}. {self.repair}"


def printable(text: object) -> str:
    """Return *text* with every character that a terminal would not show written as its number."""
    return "".join(c if c.isprintable() else f"\\x{{{ord(c):x}}}" for c in str(text))


def fragment_of(text: str) -> str:
    """Return *text* as a fragment to show: on one line, printable, cut to a readable length."""
    shown = printable(text[:FRAGMENT_LENGTH])
    return f"“{shown}…”" if len(text) > FRAGMENT_LENGTH else f"“{shown}”"
