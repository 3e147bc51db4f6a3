"""The errors the index raises, and the problems it reports about data.

An error stops the work at hand. A problem is a value: one thing that is wrong in one file, found
while the rest of the record is still read. Usage messages of the command line are in ``bot``.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, asdict, dataclass
from pathlib import Path
from typing import Any

import regex

#: A fragment shown with a problem is cut to this many characters: one problem stays one line.
FRAGMENT_LENGTH = 60


#: The control characters of Unicode but the line break: U+009B, like ESC, begins a command.
_CONTROL = regex.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
#: What is wrong, and how to repair it, are cut to this many characters: they may quote a file.
_LONGEST = 600


class OnRecordError(Exception):
    """The base of every error that this project raises on purpose."""

    def __str__(self) -> str:
        """Return the message, printable, as it may quote what others wrote."""
        return "\n".join(map(printable, super().__str__().split("\n")))


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


class NoSuchStatement(OnRecordError):
    """No statement on record has the id that was given."""

    def __init__(self, statement_id: str, near: str = "") -> None:
        """Carry the *statement_id*, and an id on record that is *near*, if there is one."""
        self.statement_id = statement_id
        self.near = near
        self.what = f"there is no statement “{statement_id}” on record"
        self.repair = f"Did you mean “{near}”?" if near else "An id is a file's name without “.md”."
        super().__init__(f"{self.what}. {self.repair}")


class QuestionsUnreadable(OnRecordError):
    """A file of questions with known answers cannot be read."""

    def __init__(self, path: Path, line: int | None, what: str, repair: str) -> None:
        """Carry the *path*, the *line* from 1, *what* is wrong there, and the *repair*."""
        self.path = path
        self.line = line
        self.what = what
        self.repair = repair
        super().__init__(f"{path}{f':{line}' if line else ''}: {what}. {repair}")


class InvalidInput(OnRecordError):
    """Something that an operator wrote is wrong: *what*, and the *repair*.

    The module that reads the file knows where it stands, and makes a problem of it.
    """

    def __init__(self, message: str, what: str, repair: str, fragment: str = "") -> None:
        """Carry *what* is wrong, the *repair*, and the *fragment* of the input, ready to show."""
        self.what = what
        self.repair = repair
        self.fragment = fragment
        super().__init__(message)

    def problem(self, path: Path, line: int | None) -> Problem:
        """Return it as a problem at *line* of the file *path*."""
        return Problem(path, line, what=self.what, repair=self.repair, fragment=self.fragment)


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
    #: How many it stands for: what is wrong in thousands of lines is told once.
    count: int = 1
    #: What warnings of its sort are counted as, such as "no date".
    category: str = ""

    def told(self, data: Path) -> dict[str, object]:
        """Return all of it for JSON, its file as seen from the folder *data*, if it is in there."""
        path = self.path.relative_to(data) if self.path.is_relative_to(data) else self.path
        return {**asdict(self), "path": str(path)}

    @classmethod
    def of(cls, told: dict[str, Any], data: Path) -> Problem:
        """Return the problem that was *told*, of a file as seen from the folder *data*."""
        return cls(**{**told, "path": data / told["path"]})

    def __str__(self) -> str:
        """Return the problem on one printable line: ``file:line: what: fragment. repair``."""
        where = f"{self.path}" + (f":{self.line}" if self.line else "")
        fragment = f": {self.fragment}" if self.fragment else ""
        # All of it may quote the file: a key of its front matter, the name of another file.
        return printable(f"{where}: {_cut(self.what)}{fragment}. {_cut(self.repair)}")


def printable(text: object) -> str:
    """Return *text* with every character that a terminal would not show written as its number."""
    return "".join(c if c.isprintable() else f"\\x{{{ord(c):x}}}" for c in str(text))


def without_controls(text: str) -> str:
    r"""Return *text* with "\ufffd" for each control character, which would command a terminal.

    Line breaks stay, and so does all that only is not seen; every character keeps its place.
    """
    return text if text.isprintable() else _CONTROL.sub("\ufffd", text)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def fragment_of(text: str) -> str:
    """Return *text* as a fragment to show: on one line, printable, cut to a readable length."""
    shown = printable(text[:FRAGMENT_LENGTH])
    return f"“{shown}…”" if len(text) > FRAGMENT_LENGTH else f"“{shown}”"
