"""A file of an earlier version becomes one of this, or stays what it was."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.state.schema import (
    APPLICATION_ID,
    MIGRATIONS,
    StateUnusable,
    bring_up_to_date,
    version_of,
)

#: What a next version of the schema might add.
NEXT = (
    "ALTER TABLE settings ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE muted (chat_id INTEGER PRIMARY KEY)",
)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(tmp_path / "state.db", isolation_level=None)
    yield connection
    connection.close()


def marks(file: sqlite3.Connection) -> tuple[int, int]:
    """Return the application's id and the version, as the file's header has them."""
    [application] = file.execute("PRAGMA application_id").fetchone()
    [version] = file.execute("PRAGMA user_version").fetchone()
    return application, version


def schema(file: sqlite3.Connection) -> list[tuple[str, str]]:
    return file.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_an_empty_file_gets_all_tables_and_our_mark(file):
    assert bring_up_to_date(file) == 0
    assert marks(file) == (APPLICATION_ID, len(MIGRATIONS))
    assert {"settings", "given", "counts", "misses"} <= {name for name, _ in schema(file)}


def test_a_file_of_this_version_is_left_as_it_is(file):
    bring_up_to_date(file)
    before = schema(file), file.execute("PRAGMA data_version").fetchone()
    assert bring_up_to_date(file) == len(MIGRATIONS)
    assert (schema(file), file.execute("PRAGMA data_version").fetchone()) == before


def test_a_file_of_version_1_made_by_hand_keeps_its_rows(file):
    """Its tables are written out here: what version 1 was must never change."""
    for step in (
        "CREATE TABLE settings (chat_id INTEGER PRIMARY KEY, language TEXT NOT NULL, "
        "commands_only INTEGER NOT NULL, passages INTEGER NOT NULL)",
        "CREATE TABLE given (chat_id INTEGER NOT NULL, message_id INTEGER NOT NULL, "
        "thread_id INTEGER, reference TEXT NOT NULL, at REAL NOT NULL, "
        "UNIQUE (chat_id, message_id))",
        "CREATE INDEX given_by_reference ON given (chat_id, reference)",
        "CREATE TABLE counts (day TEXT NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL, "
        "PRIMARY KEY (day, name)) WITHOUT ROWID",
        "CREATE TABLE misses (folded TEXT PRIMARY KEY, question TEXT NOT NULL, "
        "times INTEGER NOT NULL, last REAL NOT NULL) WITHOUT ROWID",
        "CREATE INDEX misses_by_last ON misses (last)",
        "CREATE TABLE switches (name TEXT PRIMARY KEY, wanted INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE TABLE updates (update_id INTEGER PRIMARY KEY, at REAL NOT NULL)",
        "PRAGMA user_version = 1",
        f"PRAGMA application_id = {0x4F526563}",
        "INSERT INTO settings VALUES (-1001, 'ur', 1, 3)",
    ):
        file.execute(step)
    assert bring_up_to_date(file, [*MIGRATIONS[:1], NEXT]) == 1
    assert marks(file) == (APPLICATION_ID, 2)
    assert file.execute("SELECT * FROM settings").fetchall() == [(-1001, "ur", 1, 3, 0)]
    assert file.execute("SELECT count(*) FROM muted").fetchone() == (0,)
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    bring_up_to_date(fresh, [*MIGRATIONS[:1], NEXT])
    assert [name for name, _ in schema(fresh)] == [name for name, _ in schema(file)]
    for name, _ in schema(fresh):
        question = f"SELECT name, type, pk FROM pragma_table_info('{name}')"  # noqa: S608
        assert fresh.execute(question).fetchall() == file.execute(question).fetchall()
    fresh.close()


def test_an_update_that_an_earlier_version_noted_counts_as_handled(file):
    """It was noted when it was taken in, and must not be answered after an upgrade."""
    bring_up_to_date(file, MIGRATIONS[:2])
    file.execute("INSERT INTO updates VALUES (5, 1740000000.0)")
    bring_up_to_date(file)
    assert file.execute("SELECT update_id, handled FROM updates").fetchall() == [(5, 1)]


def test_a_migration_that_fails_half_way_changes_nothing(file):
    bring_up_to_date(file)
    before = schema(file)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        bring_up_to_date(file, [*MIGRATIONS, (*NEXT, "CREATE TABLE settings (x)")])
    assert schema(file) == before
    assert marks(file) == (APPLICATION_ID, len(MIGRATIONS))
    assert not file.in_transaction


def test_a_newer_version_is_refused_by_its_number(file):
    bring_up_to_date(file, [*MIGRATIONS, NEXT])
    with pytest.raises(StateUnusable, match=f"{len(MIGRATIONS) + 1}.*Update this program"):
        bring_up_to_date(file)
    assert not file.in_transaction


@pytest.mark.parametrize(
    "step",
    ["CREATE TABLE recipes (name)", "PRAGMA user_version = 1", "PRAGMA application_id = 252006673"],
)
def test_another_programs_database_is_refused(file, step):
    """One with tables of its own, a version of its own, or a mark of its own (a GeoPackage's)."""
    file.execute(step)
    before = schema(file), marks(file)
    with pytest.raises(StateUnusable, match="another program's"):
        bring_up_to_date(file)
    assert (schema(file), marks(file)) == before


def test_a_file_that_another_process_makes_while_it_is_read_is_ours(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    ours, theirs = (
        sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        for _ in range(2)
    )
    asked: list[str] = []

    def make_after_the_first(statement: str) -> None:
        asked.append(statement)
        if len(asked) == 2:
            with contextlib.suppress(sqlite3.OperationalError):  # while it is read
                bring_up_to_date(theirs)

    ours.set_trace_callback(make_after_the_first)
    with contextlib.closing(ours), contextlib.closing(theirs):
        assert version_of(ours, len(MIGRATIONS)) == 0
        bring_up_to_date(theirs)
        assert version_of(ours, len(MIGRATIONS)) == len(MIGRATIONS)
