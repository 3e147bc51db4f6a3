"""Opens a SQLite file that is sound, writable and of our schema, or says what is wrong with it.

A file that fails later is handled in ``state_file``; the tables are in ``schema``.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from pathlib import Path

from bot.state.schema import MIGRATIONS, StateUnusable, bring_up_to_date, version_of
from index import OnRecordError

#: What opening a file may raise; a path with a NUL is a ValueError.
FAILURES = (sqlite3.Error, OSError, ValueError, OnRecordError)
Failure = sqlite3.Error | OSError | ValueError | OnRecordError

#: What SQLite's primary result codes mean to an operator (https://www.sqlite.org/rescode.html).
_EXPLANATIONS = {
    sqlite3.SQLITE_BUSY: (
        "another program has locked it",
        "End that program, or wait; the bot tries again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "it is read-only",
        "Allow the bot to write to the file and its folder.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "it cannot be opened",
        "Allow the bot to write to the file and its folder.",
    ),
    sqlite3.SQLITE_FULL: ("the disk is full", "Free some space; the bot tries again."),
    sqlite3.SQLITE_IOERR: ("the disk reports an error", "Check the disk and its free space."),
    sqlite3.SQLITE_CORRUPT: (
        "it is damaged",
        "Move it away, or restore a backup.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "it is not a database",
        "Set “state” to another file, or move this one away.",
    ),
}


def in_memory() -> sqlite3.Connection:
    """Return an empty database of our schema, in autocommit mode."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    bring_up_to_date(connection)
    return connection


def _make(path: Path) -> None:
    """Create an empty file that only its owner can read, and its folder, unless it exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # SQLite gives the files -wal and -shm beside it the same permissions. A file that exists
        # is never opened here: closing it would drop SQLite's locks on it
        # (https://www.sqlite.org/howtocorrupt.html, section 2.2).
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if not path.is_file():
            raise StateUnusable(
                "it is not a file", "Set “state” to a file, or remove what is there."
            ) from None


def connect(path: Path, patience: float) -> tuple[sqlite3.Connection, bool]:
    """Return a connection to the file at *path*, and whether this created its tables.

    The connection is in autocommit mode. The file and its folder are created if need be.

    It waits *patience* seconds, now and later, for other processes to end their writes.

    Raises:
        StateUnusable: it is another program's, of a newer version, damaged, or not a file. It was
            not changed.
        sqlite3.Error, OSError, ValueError: it cannot be created, opened, read or written.
    """
    _make(path)
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        version_of(connection, len(MIGRATIONS))
        # A damaged page is found now, while the bot can still start without the file.
        [verdict, *_] = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise StateUnusable("it is damaged", "Move it away, or restore a backup.")
        new = bring_up_to_date(connection) == 0
        _compare_tables(connection)
        # With a write-ahead log, readers and a writer in several processes do not wait for each
        # other, and in NORMAL mode a write does not wait for the disk: after a power cut the last
        # ones may be missing, but the file is sound (https://www.sqlite.org/wal.html).
        _use_write_ahead_log(connection, patience)
        connection.execute("PRAGMA synchronous = NORMAL")
        # Deleted text is overwritten, not only unlinked.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        connection.close()
        raise
    return connection, new


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Return a connection to a read-only file, if its tables are ours.

    Raises:
        StateUnusable: it is not a file of this version.
        sqlite3.Error, OSError, ValueError: it cannot be read.
    """
    if not path.is_file():  # reading a pipe would block
        raise StateUnusable("it is not a file", "")
    # SQLite creates -wal and -shm even to read, unless the file is declared immutable; without a
    # -wal file no process is writing to it.
    mode = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", timeout=0, uri=True)
    try:
        _compare_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _compare_tables(connection: sqlite3.Connection) -> None:
    """Refuse a file whose tables are not those that its version has."""
    with contextlib.closing(in_memory()) as model:
        if _columns(connection) != _columns(model) or _has_triggers_or_views(connection):
            raise StateUnusable(
                "its tables are not those of this program",
                "Move it away, or restore a backup.",
            )


def _has_triggers_or_views(connection: sqlite3.Connection) -> bool:
    """Return whether the file has triggers or views, which this program never creates."""
    others = "SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view') LIMIT 1"
    return connection.execute(others).fetchone() is not None


def _columns(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute(
        "SELECT tables.name, columns.name FROM sqlite_master AS tables, "
        "pragma_table_info(tables.name) AS columns "
        # SQLite's own tables come and go, such as its statistics after ANALYZE.
        "WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "ORDER BY tables.name, columns.cid"
    ).fetchall()


def _use_write_ahead_log(connection: sqlite3.Connection, patience: float) -> None:
    """Switch the file to a write-ahead log, which needs it unlocked."""
    # SQLite does not always wait here, whatever its timeout, when several processes start at once.
    ends = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as failure:
            if failure.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > ends:
                raise
            time.sleep(0.01)
        else:
            return


def explanation(failure: Failure) -> tuple[str, str]:
    """Return what is wrong, and the repair."""
    if isinstance(failure, StateUnusable):
        return failure.what, failure.repair
    if not isinstance(failure, sqlite3.Error):
        reason = (isinstance(failure, OSError) and failure.strerror) or str(failure)
        return reason, "Give the bot a folder that it may write to."
    code = getattr(failure, "sqlite_errorcode", 0) & 0xFF
    what, repair = _EXPLANATIONS.get(code, ("SQLite refuses it", "Move the file away."))
    return f"{what} ({failure})", repair
