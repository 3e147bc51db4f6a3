"""The tables of the state file, and how a file of an earlier version is migrated.

It works on any open connection. Where the file is, and what happens when it cannot be used, is left
to ``state_file``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from index import OnRecordError

#: Marks a SQLite file as ours, in its header at byte 68: "ORec" in ASCII
#: (https://www.sqlite.org/pragma.html#pragma_application_id).
APPLICATION_ID = int.from_bytes(b"ORec", "big")

#: The steps from version n of the schema to n + 1, oldest first. Released steps are never edited:
#: files made by them exist. A change is a new step at the end.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE settings (
            chat_id INTEGER PRIMARY KEY,
            language TEXT NOT NULL,
            commands_only INTEGER NOT NULL,
            passages INTEGER NOT NULL
        )
        """,
        # The quotes shown. Rows are only added at the end, so their order is the order in time: the
        # newest is found, and the oldest are deleted, without an index on the time.
        """
        CREATE TABLE given (
            chat_id INTEGER NOT NULL,
            message_id INTEGER NOT NULL,
            thread_id INTEGER,
            reference TEXT NOT NULL,
            at REAL NOT NULL,
            UNIQUE (chat_id, message_id)
        )
        """,
        "CREATE INDEX given_by_reference ON given (chat_id, reference)",
        """
        CREATE TABLE counts (
            day TEXT NOT NULL,
            name TEXT NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (day, name)
        ) WITHOUT ROWID
        """,
        # Deliberately without a chat or a user: no question is stored with who asked, or where.
        """
        CREATE TABLE misses (
            folded TEXT PRIMARY KEY,
            question TEXT NOT NULL,
            times INTEGER NOT NULL,
            last REAL NOT NULL
        ) WITHOUT ROWID
        """,
        "CREATE INDEX misses_by_last ON misses (last)",
        "CREATE TABLE switches (name TEXT PRIMARY KEY, wanted INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE TABLE updates (update_id INTEGER PRIMARY KEY, at REAL NOT NULL)",
    ),
    ("CREATE TABLE moves (old_chat INTEGER PRIMARY KEY, new_chat INTEGER NOT NULL)",),
    (
        "ALTER TABLE settings ADD COLUMN readers TEXT NOT NULL DEFAULT 'everybody'",
        "ALTER TABLE settings ADD COLUMN rich INTEGER NOT NULL DEFAULT 0",
    ),
    # Until then an update was noted when it was taken in, and counted as handled.
    ("ALTER TABLE updates ADD COLUMN handled INTEGER NOT NULL DEFAULT 1",),
)


class StateUnusable(OnRecordError):
    """A file that cannot hold the bot's state."""

    def __init__(self, what: str, repair: str) -> None:
        """Carry *what* is wrong with the file, without a full stop, and the *repair*."""
        self.what = what
        self.repair = repair
        super().__init__(f"{what}. {repair}")


def bring_up_to_date(
    connection: sqlite3.Connection, migrations: Sequence[Sequence[str]] = MIGRATIONS
) -> int:
    """Run the *migrations* that are missing, all or none; return the version that was found.

    The connection must be in autocommit mode. A file that is up to date is only locked for writing
    and unlocked, which tests whether it can be written.

    Raises:
        StateUnusable: another program's database, or one of a newer version; nothing was written.
        sqlite3.Error: the file cannot be read or written.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        # The version is certain only under the lock: another process may just have migrated.
        version = version_of(connection, len(migrations))
        for number, steps in enumerate(migrations[version:], start=version + 1):
            for step in steps:
                connection.execute(step)
            connection.execute(f"PRAGMA user_version = {number}")
        if version < len(migrations):
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return version


def version_of(connection: sqlite3.Connection, newest: int) -> int:
    """Return the version of the schema in the file, 0 if the file is empty.

    Raises:
        StateUnusable: another program's database, or of a version over *newest*.
        sqlite3.Error: the file cannot be read.
    """
    # In one query, and so of one moment: another process may just be making the file.
    application, version, tables = connection.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master) "
        "FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if application != APPLICATION_ID and (application or version or tables):
        raise StateUnusable("this is another program's database", "Set “state” to another file.")
    if version > newest:
        raise StateUnusable(
            f"it was written by a newer version of this program (its schema is {version}, "
            f"this program knows {newest})",
            "Update this program, or set “state” to another file.",
        )
    return int(version)
