"""Remembers the files of a record, so that only those that have changed are read again.

A file that has got a mistake since keeps on record what it had there: bad data takes nothing away.
What a mistake is, the readers decide; when to read again, whoever loads the record.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from index.files.json_lines import read_json_lines
from index.model.errors import Problem
from index.model.record import Record
from index.model.statement import Statement

ReadOne = tuple[Statement | None, list[Problem]]
#: Of a file: its size, when it and its entry in the folder changed (in ns), and its inode. An
#: editor may leave each of them as it was, but not all.
Stamp = tuple[int, int, int, int]


def stamp_of(found: os.stat_result) -> Stamp:
    """Return the stamp of a file, by what the system *found*."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it was last read."""

    stamp: Stamp | None
    #: The statements in it, with what is wrong with each; and those that mistakes keep on record.
    read: list[ReadOne]
    #: What was in each line of JSON lines, by its digest, with the line's number.
    lines: dict[bytes, tuple[int, ReadOne]] = field(default_factory=dict)

    def statements(self) -> dict[str, Statement]:
        """Return the statements on record from this file, by id."""
        return {one.id: one for one, _ in self.read if one}


class KnownFiles:
    """The files of one record as they were last read."""

    def __init__(
        self,
        read_text: Callable[[Path], tuple[str, Problem | None]],
        read: Callable[[Path], Iterable[ReadOne]],
    ) -> None:
        """Know no file yet; read each by *read*, or the lines of JSON lines from *read_text*."""
        self._read_text, self._read = read_text, read
        self._files: dict[Path, _File] = {}
        self._met: set[Path] = set()
        self._synonyms: tuple[tuple[str, ...], ...] = ()
        self._told: Callable[[], None] | None = None

    def told(self, record: Record, data: Path) -> Iterator[str]:
        """Yield what is known of each file in the folder *data*, for ``take_over``.

        Statements are told by their numbers in *record*: the current ones, those withdrawn, the
        earlier versions. Files of which one is not there, as it was read, are left out.
        """
        statements = (*record.statements, *record.withdrawn, *record.earlier)
        numbers = {id(one): number for number, one in enumerate(statements)}
        for path, file in self._files.items():
            read = [
                (
                    numbers.get(id(one), -1) if one else None,
                    [problem.told(data) for problem in all_],
                )
                for one, all_ in file.read
            ]
            if path.is_relative_to(data) and all(number != -1 for number, _ in read):
                places = {id(one): place for place, one in enumerate(file.read)}
                lines = [
                    (digest.hex(), number, places.get(id(one)))
                    for digest, (number, one) in file.lines.items()
                ]
                told = (str(path.relative_to(data)), file.stamp, read, lines)
                yield json.dumps(told)

    def take_over(
        self, told: Iterable[str], data: Path, statement: Callable[[int], Statement]
    ) -> None:
        """Know the files in the folder *data* that were *told*, once any is to be read.

        *statement* gives the one of a number.
        """
        self._told = partial(self._take_over, told, data, statement)

    def _take_over(
        self, told: Iterable[str], data: Path, statement: Callable[[int], Statement]
    ) -> None:
        for one in told:
            name, stamp, each, lines = json.loads(one)
            read: list[ReadOne] = [
                (
                    None if number is None else statement(number),
                    [Problem.of(problem, data) for problem in problems],
                )
                for number, problems in each
            ]
            known = {
                bytes.fromhex(digest): (number, read[place])
                for digest, number, place in lines
                if place is not None
            }
            self._files[data / name] = _File(tuple(stamp) if stamp else None, read, known)

    def __contains__(self, path: Path) -> bool:
        """Return whether the file *path* was read before."""
        self._know()
        return path in self._files

    def _know(self) -> None:
        """Take over what was told, if anything was."""
        if told := self._told:
            self._told = None
            told()

    def read(self, path: Path) -> list[ReadOne]:
        """Return the statements in the file *path*, and what is wrong with each.

        If there are mistakes in it, the statements that it had before, and has no more, follow: any
        of them may be what the mistake is in.
        """
        self._know()
        self._met.add(path)
        before, stamp = self._files.get(path), _stamp(path)
        if before and stamp and stamp == before.stamp:
            return before.read
        lines: dict[bytes, tuple[int, ReadOne]] = {}
        if path.suffix == ".jsonl":
            found = list(self._read_lines(path, before.lines if before else {}, lines))
        else:
            found = list(self._read(path))
        if before and any(not one.warning for _, problems in found for one in problems):
            here = {statement.id for statement, _ in found if statement}
            lost = (one for one in before.statements().values() if one.id not in here)
            found += [(one, list[Problem]()) for one in lost]
        self._files[path] = _File(stamp, found, lines)
        return found

    def all_read(
        self, synonyms: tuple[tuple[str, ...], ...], problems: Iterable[Problem]
    ) -> tuple[tuple[str, ...], ...]:
        """Forget the files that were not read since the last call, which are gone.

        Return the *synonyms* that were read, or those before if there are mistakes in them.
        """
        self._files = {path: one for path, one in self._files.items() if path in self._met}
        self._met = set()
        if not any(not one.warning for one in problems):
            self._synonyms = synonyms
        return self._synonyms or synonyms

    def _read_lines(
        self,
        path: Path,
        before: dict[bytes, tuple[int, ReadOne]],
        lines: dict[bytes, tuple[int, ReadOne]],
    ) -> Iterator[ReadOne]:
        """Yield what is in each line of JSON lines, and note it in *lines*.

        A line that stood there *before*, wherever, is not read again.
        """
        text, problem = self._read_text(path)
        if problem:
            yield None, [problem]
            return
        written = text.split("\n")
        digests = [_digest(line) if line.strip() else b"" for line in written]
        # Empty lines are passed over, and keep the numbers of the others as they are.
        new = ("" if one in before else line for one, line in zip(digests, written, strict=True))
        reading = read_json_lines("\n".join(new), path)
        for number, digest in enumerate(digests, 1):
            if not digest:
                continue
            stood, one = before[digest] if digest in before else (number, next(reading))
            if stood != number:
                statement, problems = one
                one = statement, [replace(each, line=number) for each in problems]
            lines[digest] = number, one
            yield one


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp_of(path.stat())
    except OSError:
        return None


def _digest(line: str) -> bytes:
    return hashlib.blake2b(line.encode("utf-8", "surrogatepass"), digest_size=16).digest()
