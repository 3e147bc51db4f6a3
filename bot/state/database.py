"""Opens a SQLite file that is sound, writable and of our schema, or says what is wrong with it.

What is done with a file that fails later is left to ``bot.state.state_file``, the tables to
``bot.state.schema``.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from pathlib import Path

from bot.state.schema import MIGRATIONS, StateUnusable, bring_up_to_date, version_of
from index import OnRecordError

#: What opening a file may raise; a path with a NUL in it is a ValueError.
FAILURES = (sqlite3.Error, OSError, ValueError, OnRecordError)
Failure = sqlite3.Error | OSError | ValueError | OnRecordError

#: What SQLite's primary result codes mean to an operator (https://www.sqlite.org/rescode.html).
_EXPLANATIONS = {
    sqlite3.SQLITE_BUSY: (
        "another program has it locked",
        "End that program, or wait; the bot tries again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "it may not be written",
        "Give the bot the right to write the file and its folder.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "it cannot be opened",
        "Give the bot the right to write the file and its folder.",
    ),
    sqlite3.SQLITE_FULL: ("the disk is full", "Make room; the bot tries again."),
    sqlite3.SQLITE_IOERR: ("the disk fails", "See that the disk is well and has room."),
    sqlite3.SQLITE_CORRUPT: (
        "it is damaged",
        "Move it away, or put back a copy that is whole.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "it is not a database",
        "Name another file for the bot's state, or move this one away.",
    ),
}


def in_memory() -> sqlite3.Connection:
    """Return an empty database of our schema, in autocommit mode."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    bring_up_to_date(connection)
    return connection


def _make(path: Path) -> None:
    """Make an empty file that only its owner can read, and its folder, unless there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # SQLite gives its companions -wal and -shm the same permissions. A file that exists is
        # never opened here: closing it again would drop the locks SQLite has on it
        # (https://www.sqlite.org/howtocorrupt.html, section 2.2).
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if not path.is_file():
            raise StateUnusable(
                "it is not a file", "Name a file for the bot's state, or remove what is there."
            ) from None


def connect(path: Path, patience: float) -> tuple[sqlite3.Connection, bool]:
    """Return a connection to the file at *path*, and whether this made its tables.

    The connection is in autocommit mode. The file and its folder are made if need be.

    It waits *patience* seconds, now and later, for other processes to end their writes.

    Raises:
        StateUnusable: it is another program's, of a newer version, damaged, or no file at all. It
            was not changed.
        sqlite3.Error, OSError, ValueError: it cannot be made, opened, read or written.
    """
    _make(path)
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        version_of(connection, len(MIGRATIONS))
        # A page that is damaged anywhere is found now, while the file can still be set aside.
        [verdict, *_] = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise StateUnusable("it is damaged", "Move it away, or put back a copy that is whole.")
        new = bring_up_to_date(connection) == 0
        _compare_tables(connection)
        # With a write-ahead log readers and a writer of several processes do not wait for each
        # other, and in NORMAL mode a write does not wait for the disk: after a power cut the last
        # ones may be missing, but the file is whole (https://www.sqlite.org/wal.html).
        _use_write_ahead_log(connection, patience)
        connection.execute("PRAGMA synchronous = NORMAL")
        # Forgotten words are overwritten, not only unlinked.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        connection.close()
        raise
    return connection, new


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Return a connection to a file that may only be read, if its tables are ours.

    Raises:
        StateUnusable: it is not a file of this version's.
        sqlite3.Error, OSError, ValueError: it cannot be read.
    """
    if not path.is_file():  # a pipe would keep us waiting
        raise StateUnusable("it is not a file", "")
    # SQLite would make companions of the file even to read it, unless told that nobody writes to
    # it; which is so when none is there.
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
        if _columns(connection) != _columns(model) or _others_work(connection):
            raise StateUnusable(
                "its tables are not as this program made them",
                "Move it away, or put back a copy that is whole.",
            )


def _others_work(connection: sqlite3.Connection) -> bool:
    """Return whether there is what would run by itself, or stand for a table."""
    others = "SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view') LIMIT 1"
    return connection.execute(others).fetchone() is not None


def _columns(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute(
        "SELECT tables.name, columns.name FROM sqlite_master AS tables, "
        "pragma_table_info(tables.name) AS columns "
        # SQLite's own tables come and go: its statistics, when somebody says ANALYZE.
        "WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "ORDER BY tables.name, columns.cid"
    ).fetchall()


def _use_write_ahead_log(connection: sqlite3.Connection, patience: float) -> None:
    """Switch the file to a write-ahead log, for which nobody else may have it in use."""
    # SQLite does not always wait here, whatever its timeout, when several processes begin at once.
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
        return reason, "Give the bot a folder in which it may write."
    code = getattr(failure, "sqlite_errorcode", 0) & 0xFF
    what, repair = _EXPLANATIONS.get(code, ("SQLite refuses it", "Move the file away."))
    return f"{what} ({failure})", repair
