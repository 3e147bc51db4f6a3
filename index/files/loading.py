"""Loads the record: the statements in a folder, the synonyms, and every problem with them.

A wrong file is reported and left out, and the others are read. Searching is left to ``search``.
"""

from __future__ import annotations

import datetime
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import regex

from index.files.doubts import fingerprint, in_the_future, same_words
from index.files.json_lines import read_json_lines
from index.files.known_files import KnownFiles, ReadOne
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

#: The folder within statements/ that holds the earlier versions, in a folder for each statement.
EARLIER = "earlier"
#: The number of a version; a longer one is none.
_NUMBER = regex.compile(r"[1-9][0-9]{0,8}")

#: Called with the number of bytes read so far and the number there are.
Progress = Callable[[int, int], None]


def load_record(
    data: Path,
    progress: Progress | None = None,
    *,
    today: datetime.date | None = None,
    known: KnownFiles | None = None,
) -> Record:
    """Return the record in ``data/statements/``, with the synonyms in ``data/synonyms.yaml``.

    With *today*, for ``onrecord check``, dates in the future and statements with the same words are
    warned of too. Files that are *known* and have not changed are not read again; what mistakes
    have come into since keeps on record what it had.

    Raises:
        RecordNotFound: there is no such folder.
    """
    folder = data / "statements"
    read = known.read if known else read_statements
    try:
        files, problems = _statement_files(folder)
    except OSError as error:
        raise RecordNotFound(folder, error.strerror or type(error).__name__) from None
    # Where two files have one id, what is on record stays.
    files.sort(key=lambda file: known is None or file[0] not in known)
    statements: dict[str, Statement] = {}
    filed_in: dict[str, Path] = {}
    ids: dict[bytes, str] = {}
    total, done = sum(size for _, size in files), 0
    for path, size in files:
        of_file = FirstProblems()
        for statement, found in read(path):
            of_file.add(found)
            if statement is None:
                continue
            if len(statement.paragraphs) > MAX_PARAGRAPHS:
                of_file.add([_too_many(path, statement)])
                continue
            if statement.id in statements:
                of_file.add([_duplicate(path, statement.id, filed_in[statement.id])])
                if known and path < filed_in[statement.id]:
                    known.keeps_id(filed_in[statement.id])
                continue
            of_file.add(_doubts_of_days(statement, path, today))
            statements[statement.id] = _as_current(statement)
            filed_in[statement.id] = path
            if today and not statement.withdrawn:
                first = ids.setdefault(fingerprint(statement), statement.id)
                if first != statement.id:
                    of_file.add([same_words(statement, first, path)])
        problems += of_file
        done += size
        if progress:
            progress(done, total)
    earlier, of_earlier = read_earlier(folder, statements.keys(), read)
    synonyms, found = _synonyms(data / "synonyms.yaml")
    synonyms = known.all_read(synonyms, found) if known else synonyms
    return Record.of(statements.values(), [*problems, *of_earlier, *found], synonyms, earlier)


def read_statements(path: Path, *, attributed: bool = True) -> Iterator[ReadOne]:
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


def read_earlier(
    folder: Path, ids: Collection[str], read: Callable[[Path], Iterable[ReadOne]]
) -> tuple[list[Statement], list[Problem]]:
    """Return the earlier versions in *folder* of the statements with these *ids*.

    *read* reads a file, as ``read_statements`` does. They are sorted by id, each statement's from
    the oldest. Their words can no longer be changed, so that nobody is warned of them; but all
    mistakes are told.
    """
    earlier: list[Statement] = []
    problems: list[Problem] = []
    for of_one in _members(folder / EARLIER):
        if not of_one.is_dir():
            repair = f"Put it into {EARLIER}/<id of its statement>/, or move it out of this folder."
            problems.append(_not_read(of_one, "this is no folder of earlier versions", repair))
            continue
        if of_one.name not in ids:
            what = f"no statement on record is called {of_one.name}, so these versions are not read"
            repair = "Give the folder the id of its statement, or remove it."
            problems.append(_not_read(of_one, what, repair))
            continue
        paths, strange = versions_in(of_one)
        problems += strange
        for path in paths:
            statement, found = read_version(path, of_one.name, read)
            problems += found
            if statement is not None:
                earlier.append(statement)
    return earlier, list(FirstProblems(problems))


def versions_in(folder: Path) -> tuple[list[Path], list[Problem]]:
    """Return the files of versions in *folder*, the oldest first, and a warning for each other."""
    paths: list[Path] = []
    problems: list[Problem] = []
    for path in _members(folder):
        if path.suffix == ".md" and _NUMBER.fullmatch(path.stem):
            paths.append(path)
        else:
            repair = "Call it 1.md, 2.md and so on, the oldest first, or move it out of here."
            problems.append(_not_read(path, "this is not called as a version is", repair))
    return sorted(paths, key=lambda path: int(path.stem)), problems


def read_version(
    path: Path,
    statement_id: str,
    read: Callable[[Path], Iterable[ReadOne]] = read_statements,
) -> tuple[Statement | None, list[Problem]]:
    """Return the earlier version in the file *path* of a statement, and the mistakes in it."""
    found = list(read(path))
    statement = next((one for one, _ in found if one), None)
    mistakes = [one for _, problems in found for one in problems if not one.warning]
    if statement is None:
        return None, mistakes
    if statement.amended is None:
        what = "an earlier version needs the day on which it was replaced"
        repair = "Add a line such as “amended: 2025-03-04”."
        return None, [Problem(path, 1, what=what, repair=repair)]
    return replace(statement, id=statement_id), mistakes


def _members(folder: Path) -> list[Path]:
    """Return what is in *folder*, sorted, but for hidden and backup files; nothing if it is not."""
    try:
        found = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError:
        return []
    return [one for one in found if not _is_left_alone(one)]


def _is_left_alone(path: Path) -> bool:
    return path.name.startswith((".", "~")) or path.name.endswith("~")


def known_files() -> KnownFiles:
    """Return what remembers the files of a record; none yet."""
    return KnownFiles(read_text, read_statements)


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
        if _is_left_alone(path):
            continue
        try:
            found = path.stat()
        except OSError:
            if not path.is_symlink():
                continue  # it has gone since the folder was listed
            found = path.lstat()  # a link to nothing
        if path.suffix in (".md", ".jsonl") and stat.S_ISREG(found.st_mode):
            files.append((path, found.st_size))
        elif path.name == EARLIER and stat.S_ISDIR(found.st_mode):
            continue  # it is read by itself
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


def _as_current(statement: Statement) -> Statement:
    """Return *statement* without a day on which it was replaced."""
    return replace(statement, amended=None) if statement.amended else statement


def _doubts_of_days(
    statement: Statement, path: Path, today: datetime.date | None
) -> Iterator[Problem]:
    """Yield warnings of the days of *statement*; with *today*, of those in the future too."""
    if statement.date is None:
        yield _undated(path, statement.id)
    if statement.amended:
        yield _amended(path, statement.id)
    if today:
        yield from in_the_future(statement, path, today)


def _amended(path: Path, statement_id: str) -> Problem:
    what = f"{statement_id} has a day on which it was replaced, but is the current version"
    repair = "Remove “amended”; it belongs to the earlier versions."
    return Problem(path, None, what=what, repair=repair, warning=True, category="amended")


def _undated(path: Path, statement_id: str) -> Problem:
    what = f"{statement_id} has no date, so it is cited as “undated”"
    repair = "Add a line such as “date: 2025-02-06”."
    return Problem(path, None, what=what, repair=repair, warning=True, category="no date")
