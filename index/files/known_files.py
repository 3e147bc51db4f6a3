"""Remembers the files of a record, so that only those that have changed are read again.

A file that has got a mistake since keeps on record what it had there: bad data takes nothing away.
What a mistake is, the readers decide; when to read again, whoever loads the record.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
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


def stamp_at(path: Path) -> Stamp | None:
    """Return the stamp of the file *path*; ``None`` if it cannot be read."""
    try:
        return stamp_of(path.stat())
    except OSError:
        return None


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it was last read."""

    stamp: Stamp | None
    #: The statements in it, with what is wrong with each; and those that mistakes keep on record.
    read: list[ReadOne]
    #: What was in each line of JSON lines, by its digest, with the line's number.
    lines: dict[bytes, tuple[int, ReadOne]] = field(default_factory=dict)
    #: Whether mistakes keep on record what the file has no more.
    has_older: bool = False
    #: Whether it is on record as it was read; or else it is only known, of an earlier run.
    is_on_record: bool = True

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
        #: The file of synonyms, if mistakes keep those that it has no more, and files that keep ids
        #: that a start would find in others first; those of the latter that are being read.
        self._older_in: set[Path] = set()
        self._keeping_ids: set[Path] = set()
        #: What ``take_over`` was given, until it is needed.
        self._told: tuple[Iterable[str], Path, Record, bool] | None = None

    def told(self, record: Record, data: Path) -> Iterator[str]:
        """Yield what is known of each file in the folder *data*, for ``take_over``.

        Statements are told by their numbers in *record*: the current ones, those withdrawn, the
        earlier versions. Files of which one is not there, as it was read, are left out; and so are
        those of which there is more on record than they have.
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
            is_told = path.is_relative_to(data) and not file.has_older
            if is_told and all(number != -1 for number, _ in read):
                places = {id(one): place for place, one in enumerate(file.read)}
                lines = [
                    (digest.hex(), number, places.get(id(one)))
                    for digest, (number, one) in file.lines.items()
                ]
                told = (str(path.relative_to(data)), file.stamp, read, lines)
                yield json.dumps(told)

    def take_over(
        self, told: Iterable[str], data: Path, record: Record, *, is_on_record: bool
    ) -> None:
        """Know the files in the folder *data* that were *told* of *record*, once any is to be read.

        Unless that *is_on_record* now, it only saves reading again what has not changed: what a
        file had in an earlier run, and has no more, no mistake brings back.
        """
        if is_on_record:
            self._synonyms = record.synonyms
        if self._files:
            # They would keep in memory what these are read from by now.
            names = {data / json.loads(one)[0] for one in told}
            self._files = {path: one for path, one in self._files.items() if path not in names}
        self._told = told, data, record, is_on_record

    def _take_over(
        self, told: Iterable[str], data: Path, record: Record, is_on_record: bool
    ) -> None:
        statements = (record.statements, record.withdrawn, record.earlier)
        for one in told:
            name, stamp, each, lines = json.loads(one)
            read: list[ReadOne] = [
                (
                    None if number is None else _numbered(statements, number),
                    [Problem.of(problem, data) for problem in problems],
                )
                for number, problems in each
            ]
            known = {
                bytes.fromhex(digest): (number, read[place])
                for digest, number, place in lines
                if place is not None
            }
            self._files[data / name] = _File(
                tuple(stamp) if stamp else None, read, known, is_on_record=is_on_record
            )

    def __contains__(self, path: Path) -> bool:
        """Return whether the file *path* is on record as it was read before."""
        self._know()
        return path in self._files and self._files[path].is_on_record

    def keeps_id(self, path: Path) -> None:
        """Note that a statement of the file *path* stays, though another file has its id first."""
        self._keeping_ids.add(path)

    def has_older(self, path: Path) -> bool:
        """Return whether something is on record from the file *path* that no start would find.

        Mistakes keep what it has no more, or it keeps an id that another file has first.
        """
        return path in self._older_in or (path in self._files and self._files[path].has_older)

    def _know(self) -> None:
        """Take over what was told, if anything was."""
        if told := self._told:
            self._told = None
            self._take_over(*told)

    def read(self, path: Path) -> list[ReadOne]:
        """Return the statements in the file *path*, and what is wrong with each.

        If there are mistakes in it, the statements that it had before, and has no more, follow: any
        of them may be what the mistake is in.
        """
        self._know()
        self._met.add(path)
        before, stamp = self._files.get(path), stamp_at(path)
        if before and stamp and stamp == before.stamp:
            if not before.is_on_record:
                self._files[path] = replace(before, is_on_record=True)
            return before.read
        lines: dict[bytes, tuple[int, ReadOne]] = {}
        if path.suffix == ".jsonl":
            found = list(self._read_lines(path, before.lines if before else {}, lines))
        else:
            found = list(self._read(path))
        older: list[ReadOne] = []
        mistaken = any(not one.warning for _, problems in found for one in problems)
        if before and before.is_on_record and mistaken:
            here = {statement.id for statement, _ in found if statement}
            lost = (one for one in before.statements().values() if one.id not in here)
            older = [(one, list[Problem]()) for one in lost]
        self._files[path] = _File(stamp, found + older, lines, has_older=bool(older))
        return found + older

    def all_read(
        self, synonyms: tuple[tuple[str, ...], ...], problems: Iterable[Problem]
    ) -> tuple[tuple[str, ...], ...]:
        """Forget the files that were not read since the last call, which are gone.

        Return the *synonyms* that were read, or those before if there are mistakes in them.
        """
        self._files = {path: one for path, one in self._files.items() if path in self._met}
        self._met = set()
        mistaken = {one.path for one in problems if not one.warning}
        if not mistaken:
            self._synonyms = synonyms
        known = self._synonyms or synonyms
        self._older_in = self._keeping_ids | (mistaken if known != synonyms else set())
        self._keeping_ids = set()
        return known

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


def _numbered(parts: Sequence[Sequence[Statement]], number: int) -> Statement:
    """Return the statement of that *number* in all *parts* together."""
    for part in parts:
        if number < len(part):
            return part[number]
        number -= len(part)
    raise IndexError("there is no such statement")


def _digest(line: str) -> bytes:
    return hashlib.blake2b(line.encode("utf-8", "surrogatepass"), digest_size=16).digest()
