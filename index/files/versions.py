"""Amends and withdraws statements, and tells what became of them: nothing that was said is lost.

The earlier versions of a statement are kept beside it, as ``earlier/<id>/1.md``, ``2.md`` and so
on, each a whole statement file with the day on which it was replaced. ``loading`` reads them.
"""

from __future__ import annotations

import difflib
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import regex
import yaml

from index.files.fields import READERS, InvalidField, read_id
from index.files.loading import EARLIER, read_statements, read_text, read_version, versions_in
from index.files.markdown import front_matter_end, read_markdown
from index.files.writing import replace_whole, unwritable, write_new
from index.model.errors import FilingRefused, NoSuchStatement, Problem
from index.model.statement import Statement

_LINE = regex.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")
#: So often a name is looked for that nobody else has taken meanwhile.
_ATTEMPTS = 100


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a statement; the last is the current one."""

    #: From 1, the oldest.
    number: int
    statement: Statement
    #: The file it stands in; a current one may stand there with other statements.
    path: Path


def amend(data: Path, statement_id: str, new_content: str, today: date) -> Path:
    """Replace the text of a statement by *new_content*, a whole file, and keep the old version.

    *data* is the folder that holds statements/. The old version is on disk before the new one
    takes its place, so that a crash between the two loses neither; done again, it keeps no second
    copy. Return the path of the statement's file.

    Raises:
        NoSuchStatement: there is no such statement.
        FilingRefused: it stands in a file with others, one of the two versions cannot be read, they
            are the same, or the folder cannot be written to.
    """
    path = _file_of(data, statement_id, "Move it into a file of its own first, {id}.md.")
    old, before = _read(path)
    new = new_content.encode()
    after = _statement_in(new_content, path)
    if new == old:
        raise FilingRefused(f"{path}", "the new text is the one it has", "Nothing was written.")
    if after.amended:
        raise FilingRefused(
            f"{path}",
            "the new version has a day on which it was replaced",
            "Leave “amended” out of it.",
        )
    kept = _with_field(old, "amended", today, path, replace(before, amended=today))
    try:
        folder = data / "statements" / EARLIER / statement_id
        folder.mkdir(parents=True, exist_ok=True)
        _keep(folder, kept, old)
        if path.read_bytes() != old:
            repair = "Nothing of it was replaced. Do it again."
            raise FilingRefused(f"{path}", "somebody else has just changed it", repair)
        replace_whole(path, new)
    except OSError as error:
        raise unwritable(path, error) from None
    return path


def withdraw(data: Path, statement_id: str, why: str) -> Path:
    """Note in the file of a statement *why* it is withdrawn; nothing else in it changes.

    *data* is the folder that holds statements/. Return the path of the statement's file.

    Raises:
        NoSuchStatement: there is no such statement.
        InvalidField: *why* is empty, or not a line that can be shown.
        FilingRefused: it stands in a file with others, it is withdrawn already, or its file cannot
            be read or written.
    """
    why = str(READERS["withdrawn"](why))
    path = _file_of(data, statement_id, 'Add “"withdrawn": "…"” to its line there.')
    old, before = _read(path)
    if before.withdrawn:
        repair = "To change why, edit “withdrawn” in its file."
        raise FilingRefused(f"{path}", "it is withdrawn already", repair)
    new = _with_field(old, "withdrawn", why, path, replace(before, withdrawn=why))
    try:
        replace_whole(path, new)
    except OSError as error:
        raise unwritable(path, error) from None
    return path


def history(data: Path, statement_id: str) -> tuple[Version, ...]:
    """Return the versions of a statement, the oldest first; the last is the current one.

    *data* is the folder that holds statements/.

    Raises:
        NoSuchStatement: there is no such statement.
        FilingRefused: a version cannot be read.
    """
    found = _find(data, statement_id)
    versions: list[Version] = []
    paths, _ = versions_in(data / "statements" / EARLIER / statement_id)
    for path in paths:
        statement, problems = read_version(path, statement_id)
        if statement is None:
            raise _refused(problems[0])
        versions.append(Version(int(path.stem), statement, path))
    current = _read(found)[1] if found.suffix == ".md" else _among(found, statement_id)
    number = versions[-1].number + 1 if versions else 1
    return (*versions, Version(number, replace(current, amended=None), found))


def _keep(folder: Path, kept: bytes, old: bytes) -> None:
    """Write *kept*, which is *old* with a day, as the last version in *folder*.

    If *old* was kept there before the system crashed, that is given the new day.
    """
    for _ in range(_ATTEMPTS):
        paths, _ = versions_in(folder)
        last = paths[-1] if paths else None
        if last and _without_field(last.read_bytes(), "amended") == _without_field(old, "amended"):
            replace_whole(last, kept)
            return
        try:
            write_new(folder / f"{int(last.stem) + 1 if last else 1}.md", kept)
        except FileExistsError:
            continue
        return
    raise FilingRefused(f"{folder}", "others write into it without a pause", "Do it again.")


def _find(data: Path, statement_id: str) -> Path:
    """Return the file that the statement stands in, its own or one with others."""
    folder = data / "statements"
    try:
        read_id(statement_id)
    except InvalidField:
        raise NoSuchStatement(statement_id) from None
    path = folder / f"{statement_id}.md"
    if path.is_file():
        return path
    ids = [one.stem for one in folder.glob("*.md")]
    for several in sorted(folder.glob("*.jsonl")):
        for statement, _ in read_statements(several):
            if statement and statement.id == statement_id:
                return several
            ids += [statement.id] if statement else []
    near = difflib.get_close_matches(statement_id, ids, n=1)
    raise NoSuchStatement(statement_id, near[0] if near else "")


def _file_of(data: Path, statement_id: str, repair: str) -> Path:
    """Return the statement's own file; raise ``FilingRefused`` with *repair* if it has none."""
    path = _find(data, statement_id)
    if path.suffix != ".md":
        what = f"{statement_id} stands in this file with others, which is not changed"
        raise FilingRefused(f"{path}", what, repair.format(id=statement_id))
    return path


def _among(path: Path, statement_id: str) -> Statement:
    """Return the statement with that id in the file *path*, which has several."""
    for statement, _ in read_statements(path):
        if statement and statement.id == statement_id:
            return statement
    raise NoSuchStatement(statement_id)


def _read(path: Path) -> tuple[bytes, Statement]:
    """Return the content of the file *path*, and the statement that it is."""
    text, problem = read_text(path)
    if problem:
        raise _refused(problem)
    return path.read_bytes(), _statement_in(text, path)


def _statement_in(text: str, path: Path) -> Statement:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    statement, problems = read_markdown(text, path)
    if statement is None:
        raise _refused(next(one for one in problems if not one.warning))
    return statement


def _refused(problem: Problem) -> FilingRefused:
    where = f"{problem.path}" + (f":{problem.line}" if problem.line else "")
    return FilingRefused(where, problem.what, problem.repair)


def _with_field(content: bytes, name: str, value: object, path: Path, expected: Statement) -> bytes:
    """Return *content* with the field at the end of its front matter; nothing else changes.

    Raises:
        FilingRefused: it is not read as *expected* then, as its YAML is of an unusual form.
    """
    written = yaml.safe_dump({name: value}, allow_unicode=True, width=sys.maxsize).strip("\n")
    lines, end = _lines_and_end(_without_field(content, name))
    if end is not None:
        line_end = lines[0][len(lines[0].rstrip("\r\n")) :]
        changed = "".join([*lines[:end], written, line_end, *lines[end:]])
        try:
            if _statement_in(changed, path) == expected:
                return changed.encode()
        except FilingRefused:
            pass
    what = "a line cannot be added to its front matter, which is in an unusual form"
    raise FilingRefused(f"{path}", what, f"Write “{written}” into it, and do it again.")


def _without_field(content: bytes, name: str) -> bytes:
    """Return *content* without the field, if its front matter has it on a line of its own."""
    lines, end = _lines_and_end(content)
    kept = [line for line in lines[: end or 0] if not line.startswith(f"{name}:")]
    return "".join([*kept, *lines[end or 0 :]]).encode()


def _lines_and_end(content: bytes) -> tuple[list[str], int | None]:
    """Return the lines of *content* with their ends, and the index of that after the fields."""
    lines = _LINE.findall(content.decode())
    bare = [line.rstrip("\r\n") for line in lines]
    if bare:
        bare[0] = bare[0].removeprefix("\ufeff")
    return lines, front_matter_end(bare)
