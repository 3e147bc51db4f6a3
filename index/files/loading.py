"""Loads the record: the statements in a folder, the synonyms, and every problem with them.

A wrong file is reported and left out, and the others are read. Searching is left to ``search``.
"""

from __future__ import annotations

import datetime
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from index.files.doubts import fingerprint, in_the_future, same_words
from index.files.json_lines import read_json_lines
from index.files.markdown import read_markdown
from index.files.problems import FirstProblems
from index.files.synonyms import read_synonyms
from index.model.errors import Problem, RecordNotFound, fragment_of
from index.model.record import Record
from index.model.statement import Statement

#: A larger file is a mistake or an attack, and is not read.
MAX_BYTES = 256 * 1024 * 1024

#: A reference has 20 bits for a paragraph's words; half of them are found without a long search.
MAX_PARAGRAPHS = 2**19

#: Called with the number of bytes read so far and the number there are.
Progress = Callable[[int, int], None]

_ReadOne = tuple[Statement | None, list[Problem]]


def load_record(
    data: Path, progress: Progress | None = None, *, today: datetime.date | None = None
) -> Record:
    """Return the record in ``data/statements/``, with the synonyms in ``data/synonyms.yaml``.

    With *today*, for ``onrecord check``, dates in the future and statements with the same words are
    warned of too.

    Raises:
        RecordNotFound: there is no such folder.
    """
    folder = data / "statements"
    try:
        files, problems = _statement_files(folder)
    except OSError as error:
        raise RecordNotFound(folder, error.strerror or type(error).__name__) from None
    statements: dict[str, Statement] = {}
    filed_in: dict[str, Path] = {}
    ids: dict[bytes, str] = {}
    total, done = sum(size for _, size in files), 0
    for path, size in files:
        of_file = FirstProblems()
        for statement, found in read_statements(path):
            of_file.add(found)
            if statement is None:
                continue
            if len(statement.paragraphs) > MAX_PARAGRAPHS:
                of_file.add([_too_many(path, statement)])
                continue
            if statement.id in statements:
                of_file.add([_duplicate(path, statement.id, filed_in[statement.id])])
                continue
            statements[statement.id] = statement
            filed_in[statement.id] = path
            if statement.date is None:
                of_file.add([_undated(path, statement.id)])
            if today:
                of_file.add(in_the_future(statement, path, today))
                first = ids.setdefault(fingerprint(statement), statement.id)
                if first != statement.id:
                    of_file.add([same_words(statement, first, path)])
        problems += of_file
        done += size
        if progress:
            progress(done, total)
    synonyms, found = _synonyms(data / "synonyms.yaml")
    return Record.of(statements.values(), [*problems, *found], synonyms)


def read_statements(path: Path, *, attributed: bool = True) -> Iterator[_ReadOne]:
    """Yield each statement in the file *path* (or ``None``) with what is wrong with it.

    *attributed* is passed on to ``read_json_lines``.
    """
    text, problem = read_text(path)
    if problem:
        yield None, [problem]
    elif path.suffix == ".md":
        yield read_markdown(text, path)
    else:
        yield from read_json_lines(text, path, attributed=attributed)


def read_text(path: Path) -> tuple[str, Problem | None]:
    """Return the text of the file *path* with plain line feeds, or why it cannot be read."""
    content, problem = _read_bytes(path)
    if problem:
        return "", problem
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        around = content[max(0, error.start - 15) : error.start + 15].decode("latin-1")
        what = "this is not UTF-8"
        repair = "Open it in an editor and save it with the encoding UTF-8."
        return "", Problem(path, line, what=what, repair=repair, fragment=fragment_of(around))
    return text.replace("\r\n", "\n").replace("\r", "\n"), None


def _read_bytes(path: Path) -> tuple[bytes, Problem | None]:
    """Return the content of the file *path*, unless it is a folder, a pipe or too large."""
    what, repair = "", "Check its permissions."
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            what, repair = "this is a folder", "Name the files in it."
        elif not stat.S_ISREG(found.st_mode):
            what, repair = "this is not a file", "Save the text to a file first."
        elif found.st_size > MAX_BYTES:
            what, repair = f"this is over {MAX_BYTES // 2**20} MB", "Split it."
        else:
            return path.read_bytes(), None
    except FileNotFoundError:
        what, repair = "there is no such file", "Check the name."
    except OSError as error:
        what = f"it cannot be read ({error.strerror or type(error).__name__})"
    return b"", Problem(path, None, what=what, repair=repair)


def _synonyms(path: Path) -> tuple[tuple[tuple[str, ...], ...], list[Problem]]:
    """Return the groups in the file *path*, if there is one, and what is wrong with it."""
    if not path.exists():
        return (), []
    text, problem = read_text(path)
    if problem:
        return (), [problem]
    groups, problems = read_synonyms(text, path)
    return groups, list(FirstProblems(problems))


def _statement_files(folder: Path) -> tuple[list[tuple[Path, int]], list[Problem]]:
    """Return the files to read with their sizes in bytes, sorted, and a warning for each other."""
    files: list[tuple[Path, int]] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~")) or path.name.endswith("~"):
            continue
        try:
            found = path.stat()
        except OSError:
            if not path.is_symlink():
                continue  # it has gone since the folder was listed
            found = path.lstat()  # a link to nothing
        if path.suffix in (".md", ".jsonl") and stat.S_ISREG(found.st_mode):
            files.append((path, found.st_size))
        elif stat.S_ISDIR(found.st_mode):
            repair = "Move its statements up into this folder."
            problems.append(_not_read(path, "folders are not read", repair))
        else:
            repair = "File it with “onrecord add”, or move it out of this folder."
            what = "this is not a statement file (.md or .jsonl), so it is not read"
            problems.append(_not_read(path, what, repair))
    return files, list(FirstProblems(problems))


def _duplicate(path: Path, statement_id: str, other: Path) -> Problem:
    what = f"the id {statement_id} is taken by {other.name}"
    return Problem(path, None, what=what, repair="Rename one of the two; this one is left out.")


def _too_many(path: Path, statement: Statement) -> Problem:
    what = f"{statement.id} has {len(statement.paragraphs):,} paragraphs, over {MAX_PARAGRAPHS:,}"
    return Problem(path, None, what=what, repair="Split it into several statements.")


def _not_read(path: Path, what: str, repair: str) -> Problem:
    return Problem(path, None, what=what, repair=repair, warning=True, category="not read")


def _undated(path: Path, statement_id: str) -> Problem:
    what = f"{statement_id} has no date, so it is cited as “undated”"
    repair = "Add a line such as “date: 2025-02-06”."
    return Problem(path, None, what=what, repair=repair, warning=True, category="no date")
