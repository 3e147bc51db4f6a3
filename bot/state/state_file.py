"""Stores the bot's state in one SQLite file, and goes on in memory while the file cannot be used.

It runs SQL and never raises: a bot that cannot remember still answers. The SQL comes from
``state``, the tables from ``schema``.

While the file fails (locked by another process, disk full, removed, not a database) the state is in
memory: what can still be read of the file is copied there, and every write also goes to a journal.
The file is tried again, less and less often, at last once a minute; when it works, the journal is
replayed into it. So a repair needs no restart, and questions deleted with /misses off stay deleted.
The memory is not copied over the file instead, because other processes write to the file too.
"""

from __future__ import annotations

import contextlib
import logging
import math
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from bot.state.database import FAILURES, Failure, connect, connect_to_read, explanation, in_memory
from bot.state.schema import StateUnusable

logger = logging.getLogger(__name__)

Value = int | float | str | None
#: A statement of SQL and what its question marks stand for.
Step = tuple[str, tuple[Value, ...]]
Returned = TypeVar("Returned")

#: Seconds to wait for another process's write, in which no message is answered. Our own writes take
#: some 40 microseconds, so a lock that is held for longer is another program's.
_PATIENCE = 0.2
#: Seconds to wait when the bot starts: another process may be creating the tables.
_PATIENCE_AT_START = 5.0
#: Seconds until a file that failed is tried again: the first time, and at most.
_FIRST_DELAY = 1.0
_LONGEST_DELAY = 60.0
#: Writes kept for a file that fails; the oldest are dropped. At a few hundred bytes each, 2 MB.
_JOURNAL = 5_000
#: What is copied when the file fails: of each table the last rows in this order, and how many at
#: most (-1: all). It takes some 70 ms, in which no message is answered.
_COPIED = (
    ("settings", "chat_id", -1),
    ("switches", "name", -1),
    ("moves", "old_chat", -1),
    ("given", "rowid", 5_000),
    ("updates", "update_id", 5_000),
    ("counts", "day", 5_000),
    ("misses", "last", 5_000),
)

#: Raised for values that SQLite cannot take: a number over 64 bits, half a surrogate pair.
_UNSTORABLE = (OverflowError, UnicodeEncodeError)


class StateFile:
    """A database in a file, and in memory for as long as the file fails."""

    def __init__(self, path: Path | None, clock: Callable[[], float]) -> None:
        """Open *path*, creating it and its folder if need be; ``None`` stays in memory.

        The *clock* gives seconds.
        """
        self._path = path
        self._clock = clock
        self._connection = in_memory()
        self._identity: tuple[int, int] | None = None
        self._journal: deque[tuple[Step, ...]] | None = None
        self._delay = _FIRST_DELAY
        self._next_try = -math.inf
        self._closed = False
        if path is None:
            return
        try:
            self._open(path, _PATIENCE_AT_START)
        except FAILURES as failure:
            with contextlib.suppress(*FAILURES), contextlib.closing(connect_to_read(path)) as file:
                _copy(file, self._connection)
            self._start_journal(path, failure)

    @property
    def persistent(self) -> bool:
        """Whether what is written now reaches the file."""
        return self._path is not None and self._journal is None

    def read(self, sql: str, values: tuple[Value, ...] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that *sql* selects; none if they cannot be read."""
        if self._closed:
            return []
        self._reopen()
        for _ in range(2):  # the file, and the memory if it fails
            try:
                return self._connection.execute(sql, values).fetchall()
            except sqlite3.Error as failure:
                if not self._switch_to_memory(failure):
                    break
            except _UNSTORABLE:
                break
        return []

    def write(self, *steps: Step, journal: bool = True) -> int | None:
        """Run *steps*, all or none; return how many rows the last changed, ``None`` if none ran.

        With *journal* false they are not kept, for a file that has failed, until it works again.
        """
        return self._write(steps, lambda: _run(self._connection, steps), journal=journal)

    def write_returning(self, sql: str, values: tuple[Value, ...]) -> list[tuple[Any, ...]] | None:
        """Run one step and return the rows that it returns, ``None`` if it did not run."""
        return self._write(
            ((sql, values),), lambda: self._connection.execute(sql, values).fetchall(), journal=True
        )

    def _write(
        self, steps: tuple[Step, ...], run: Callable[[], Returned], *, journal: bool
    ) -> Returned | None:
        """Return what *run* returns, which takes the *steps*; ``None`` if it fails."""
        if self._closed:
            return None
        self._reopen()
        for _ in range(2):
            try:
                returned = run()
            except sqlite3.Error as failure:
                if not self._switch_to_memory(failure):
                    break
            except _UNSTORABLE:
                break
            else:
                if self._journal is not None and journal:
                    self._journal.append(steps)
                return returned
        return None

    def check(self) -> None:
        """Notice what SQL would not: that the file was removed, or works again."""
        self._reopen()
        if self.persistent and self._path is not None and _identity(self._path) != self._identity:
            # SQLite would go on writing to a file that no longer has a name.
            self._switch_to_memory(
                StateUnusable("it was removed or replaced", "A new one is created if possible.")
            )

    def close(self) -> None:
        """Close the file; later reads find nothing, and later writes do nothing."""
        self._reopen(now=True)
        if self._journal:
            logger.warning(
                "%s: the bot's state could not be stored in this file; changes are lost", self._path
            )
        self._connection.close()
        self._closed = True
        self._path = self._journal = None

    def _open(self, path: Path, patience: float) -> None:
        """Use the file in place of the memory, with all that was written meanwhile.

        A new file gets all that the memory holds: the old one may have been removed by mistake.
        """
        connection, new = connect(path, patience)
        try:
            connection.execute(f"PRAGMA busy_timeout = {round(_PATIENCE * 1000)}")
            if new:
                _copy(self._connection, connection)
            elif self._journal:
                _run(connection, tuple(step for steps in self._journal for step in steps))
            identity = _identity(path)
        except BaseException:
            connection.close()
            raise
        self._connection.close()
        self._connection = connection
        self._identity = identity
        self._journal = None

    def _switch_to_memory(self, failure: Failure) -> bool:
        """Go on in memory if a file was in use until now; return whether one was."""
        if self._path is None or self._journal is not None:
            return False
        memory = in_memory()
        with contextlib.suppress(sqlite3.Error):
            _copy(self._connection, memory)
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()
        self._connection = memory
        self._start_journal(self._path, failure)
        return True

    def _start_journal(self, path: Path, failure: Failure) -> None:
        """Start the journal, log why, and schedule the next try of the file."""
        self._journal = deque(maxlen=_JOURNAL)
        now = self._clock()
        # A file that works for a moment and fails again is not tried, and logged, each second.
        recent = now - self._next_try < 10 * _LONGEST_DELAY
        self._delay = min(2 * self._delay, _LONGEST_DELAY) if recent else _FIRST_DELAY
        self._next_try = now + self._delay
        what, repair = explanation(failure)
        logger.warning(
            "%s: cannot store the bot's state in this file: %s. %s Until then the state is only in "
            "memory, and is lost when the bot stops.",
            path,
            what,
            repair,
        )

    def _reopen(self, *, now: bool = False) -> None:
        """Go back to the file if it works again and a try is due, or *now*."""
        if self._journal is None or self._path is None:
            return
        moment = self._clock()
        # A clock that was set back must not delay this for years.
        if not now and 0 < self._next_try - moment <= _LONGEST_DELAY:
            return
        self._delay = min(2 * self._delay, _LONGEST_DELAY)
        self._next_try = moment + self._delay
        with contextlib.suppress(*FAILURES):
            self._open(self._path, _PATIENCE)
            logger.info("%s: the bot's state is stored in this file again", self._path)


def _run(connection: sqlite3.Connection, steps: tuple[Step, ...]) -> int:
    """Run *steps* in one transaction; return how many rows the last changed."""
    if len(steps) == 1:  # by itself it is a transaction, and two statements quicker
        return connection.execute(*steps[0]).rowcount
    changed = 0
    with _transaction(connection):
        for step in steps:
            changed = connection.execute(*step).rowcount
    return changed


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy the newest rows of every table, as many as can be read."""
    # SQLite's own backup would wait forever for a file that is locked.
    with _transaction(target):
        for table, order, most in _COPIED:  # the names are constants
            newest = f"SELECT * FROM {table} ORDER BY {order} DESC LIMIT {most}"  # noqa: S608
            rows = []
            with contextlib.suppress(sqlite3.Error):
                rows = source.execute(newest).fetchall()
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                adding = f"INSERT OR IGNORE INTO {table} VALUES ({marks})"  # noqa: S608
                target.executemany(adding, reversed(rows))


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run what is inside as one transaction, undone if it fails."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _identity(path: Path) -> tuple[int, int] | None:
    """Return device and inode, to tell the file from another of its name; ``None`` without one."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
