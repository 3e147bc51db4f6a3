"""The state's file when all is not well: locked, damaged, full, gone, left by a killed bot."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hand_clock import HandClock

from bot.state import state_file
from bot.state.database import connect
from bot.state.schema import bring_up_to_date
from bot.state.state import ChatSettings, State

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[3]
GROUP = -1001
URDU = ChatSettings("ur", commands_only=True)
NOBODY = 65534


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


@pytest.fixture(autouse=True)
def all_levels(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.state.state_file")


def with_settings(path: Path) -> bytes:
    """Make a sound file in which the group has settings; return its bytes."""
    state = State.open(path)
    state.set_settings(GROUP, URDU)
    state.close()
    return path.read_bytes()


def started(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Run Python in a process of its own, with pipes to it and from it."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


# Files that cannot be used from the start


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_text(path: Path) -> None:
    path.write_text("The deep-water harbour opens to container ships in March.\n" * 100)


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def another_programs(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name)")
    connection.close()


def a_newer_versions(path: Path) -> None:
    with_settings(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 1000")
    connection.close()


def one_with_other_columns(path: Path) -> None:
    with_settings(path)
    connection = sqlite3.connect(path)
    connection.execute("ALTER TABLE given RENAME COLUMN reference TO code")
    connection.close()


def one_that_works_by_itself(path: Path) -> None:
    with_settings(path)
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TRIGGER forgetful AFTER INSERT ON given BEGIN DELETE FROM settings; END"
    )
    connection.close()


def one_cut_short(path: Path) -> None:
    whole = with_settings(path)
    path.write_bytes(whole[: len(whole) // 2])


def one_overwritten(path: Path) -> None:
    """From the second page on, as if another file had been copied over it."""
    whole = with_settings(path)
    path.write_bytes(whole[:4096] + b"\x5a" * (len(whole) - 4096))


def one_with_a_damaged_page(path: Path) -> None:
    """All tables are there; only the rows of one of them are not."""
    with_settings(path)
    connection = sqlite3.connect(path)
    question = "SELECT rootpage FROM sqlite_master WHERE name = 'counts'"
    [page] = connection.execute(question).fetchone()
    connection.close()
    whole = bytearray(path.read_bytes())
    whole[(page - 1) * 4096 : page * 4096] = b"\x5a" * 4096
    path.write_bytes(whole)


def another_programs_damaged(path: Path) -> None:
    """Not ours to examine, which for a large one would also take long."""
    another_programs(path)
    path.write_bytes(path.read_bytes()[:-4096] + b"\x5a" * 4096)


MAKERS = [
    (a_folder, "not a file"),
    (a_pipe, "not a file"),
    (a_link_to_itself, "not a file"),
    (a_text, "not a database"),
    (another_programs, "another program's"),
    (a_newer_versions, "newer version"),
    (one_with_other_columns, "tables are not those"),
    (one_that_works_by_itself, "tables are not those"),
    (one_cut_short, "damaged"),
    (one_overwritten, "damaged"),
    (one_with_a_damaged_page, "damaged"),
    (another_programs_damaged, "another program's"),
]


def test_a_file_on_which_analyze_was_run_is_still_ours(path, clock):
    """SQLite then keeps statistics in tables of its own."""
    with_settings(path)
    connection = sqlite3.connect(path)
    connection.execute("ANALYZE")
    connection.close()
    state = State.open(path, clock)
    assert state.persistent
    assert state.settings(GROUP).language == "ur"
    state.close()


@pytest.mark.parametrize(("make", "why"), MAKERS, ids=[make.__name__ for make, _ in MAKERS])
def test_a_file_that_cannot_be_used_is_named_once_and_left_alone(
    path: Path,
    clock: HandClock,
    caplog: pytest.LogCaptureFixture,
    make: Callable[[Path], None],
    why: str,
) -> None:
    """The bot goes on in memory, and asks the file again now and then without complaining."""
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    state = State.open(path, clock)
    for _ in range(5):
        assert not state.persistent
        state.set_settings(GROUP, URDU)
        assert state.settings(GROUP) == URDU
        clock.now += 61
    state.close()
    warning, at_the_end = caplog.messages
    assert str(path) in warning
    assert why in warning
    assert "lost" in at_the_end
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert not [name for name in path.parent.iterdir() if name != path]


def test_nothing_is_called_lost_when_nothing_changed(path, clock, caplog):
    a_text(path)
    state = State.open(path, clock)
    assert state.settings(GROUP) == ChatSettings()
    state.flush()
    state.close()
    assert len(caplog.messages) == 1


@pytest.mark.parametrize("below", ["file/state.db", "file/deeper/state.db", "nul\0/state.db"])
def test_a_folder_that_cannot_be_made_is_no_reason_to_stop(tmp_path, caplog, below):
    (tmp_path / "file").write_text("a file where the folder would be")
    state = State.open(tmp_path / below)
    assert not state.persistent
    assert state.claim([1])
    assert not state.claim([1])
    assert len(caplog.messages) == 1
    state.close()


def test_a_folder_is_made_and_the_file_is_for_its_owner_only(tmp_path):
    path = tmp_path / "var" / "lib" / "state.db"
    state = State.open(path)
    assert state.persistent
    state.claim([1])
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
    state.close()
    assert [file.name for file in path.parent.iterdir()] == ["state.db"]


def test_a_file_that_is_repaired_is_used_without_a_restart(path, clock, caplog):
    """The operator moves the broken file away; what was set meanwhile is in the new one."""
    a_text(path)
    state = State.open(path, clock)
    state.set_settings(GROUP, URDU)
    path.rename(path.with_name("broken"))
    clock.now += 61
    assert state.settings(GROUP) == URDU
    assert state.persistent
    assert "stored in this file again" in caplog.messages[-1]
    state.close()
    assert with_settings_of(path) == URDU


def test_a_whole_copy_put_back_is_used_as_it_is(path, clock):
    """What was written while it was away is added to it."""
    with_settings(path)
    path.rename(path.with_name("whole"))
    a_text(path)
    state = State.open(path, clock, clock)
    assert state.settings(GROUP) == ChatSettings()
    state.note_quote(GROUP, message_id=7, thread_id=None, reference="K7Q2-M9XA")
    path.with_name("whole").replace(path)
    clock.now += 61
    assert state.settings(GROUP) == URDU
    assert state.last_quote(GROUP, "K7Q2-M9XA")
    state.close()


def with_settings_of(path: Path) -> ChatSettings:
    """Return the group's settings as another process would read them."""
    state = State.open(path)
    settings = state.settings(GROUP)
    state.close()
    return settings


# Files that fail while the bot runs


@pytest.fixture
def lock(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program that can take the file's lock, once there is a file."""
    with_settings(path)
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


@pytest.fixture
def tries(monkeypatch) -> list[float]:
    """How many seconds each try to open a file was given to wait for its lock."""
    made: list[float] = []

    def connecting(path: Path, patience: float) -> tuple[sqlite3.Connection, bool]:
        made.append(patience)
        return connect(path, patience)

    monkeypatch.setattr(state_file, "connect", connecting)
    return made


def test_a_lock_held_too_long_costs_one_short_wait_and_no_write(path, clock, lock, caplog, tries):
    """Reads go on, writes are remembered and written when the lock is gone."""
    state = State.open(path, clock)
    state.note_quote(GROUP, message_id=7, thread_id=None, reference="before")
    lock.execute("BEGIN IMMEDIATE")
    state.note_quote(GROUP, message_id=8, thread_id=None, reference="meanwhile")
    assert not state.persistent
    tries.clear()
    for number in range(100):
        assert state.claim([number])
        assert not state.claim([number])
        state.count("answers")
        assert state.last_quote(GROUP, "before")
        assert state.last_quote(GROUP, "meanwhile")
        assert state.settings(GROUP) == URDU
    assert tries == []  # nothing waits for the lock again, in the same second
    assert len(caplog.messages) == 1
    assert "locked" in caplog.messages[0]
    lock.execute("ROLLBACK")
    clock.now += 2
    assert state.last_quote(GROUP, "meanwhile")
    assert state.persistent
    state.flush()
    assert lock.execute("SELECT number FROM counts").fetchall() == [(100,)]
    assert lock.execute("SELECT count(*) FROM updates").fetchone() == (100,)
    assert lock.execute("SELECT reference FROM given").fetchall() == [("before",), ("meanwhile",)]
    state.close()


def test_a_lock_that_stays_is_tried_ever_less_often(path, clock, lock, caplog, tries):
    """In two minutes six short waits more, and one line in the log."""
    state = State.open(path, clock)
    lock.execute("BEGIN IMMEDIATE")
    tries.clear()
    for number in range(120):
        clock.now += 1
        state.claim([number])
    assert len(tries) == 6
    assert max(tries) <= 0.5
    assert len(caplog.messages) == 1
    lock.execute("ROLLBACK")
    state.close()  # tries a last time
    assert lock.execute("SELECT count(*) FROM updates").fetchone() == (120,)


def test_a_file_that_is_removed_is_made_again_with_all_that_is_known(path, clock, caplog):
    """Deleted by mistake while the bot runs, it is back within seconds."""
    with_settings(path)
    state = State.open(path, clock)
    state.note_quote(GROUP, message_id=7, thread_id=None, reference="K7Q2-M9XA")
    for file in path.parent.iterdir():
        file.unlink()
    clock.now += 5
    state.count("answers")
    assert not state.persistent
    assert state.settings(GROUP) == URDU
    clock.now += 5
    state.count("answers")
    state.flush()
    assert state.persistent
    assert [message.split(": ")[-1][:14] for message in caplog.messages] == [
        "it was removed",
        "the bot's stat",
    ]
    state.close()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT chat_id, language FROM settings").fetchall() == [
        (GROUP, "ur")
    ]
    assert connection.execute("SELECT reference FROM given").fetchall() == [("K7Q2-M9XA",)]
    assert connection.execute("SELECT number FROM counts").fetchall() == [(2,)]
    connection.close()


def test_a_file_that_fails_again_and_again_is_complained_of_ever_less_often(path, clock, caplog):
    """Something removes it every five seconds, for five minutes."""
    state = State.open(path, clock)
    for _ in range(60):
        path.unlink(missing_ok=True)
        clock.now += 5
        state.flush()
    state.close()
    complaints = [message for message in caplog.messages if "removed" in message.split(": ", 1)[1]]
    assert 4 <= len(complaints) <= 10


def test_a_file_replaced_by_another_is_followed(path, clock):
    """A copy restored over the running bot's file is what counts from then on."""
    copy = path.with_name("copy")
    with_settings(copy)
    state = State.open(path, clock)
    state.set_settings(GROUP, ChatSettings("zh"))
    for file in (path, path.with_name("state.db-wal"), path.with_name("state.db-shm")):
        file.unlink()
    copy.rename(path)
    clock.now += 5
    state.flush()
    clock.now += 5
    state.flush()
    assert state.persistent
    assert state.settings(GROUP) == URDU
    state.close()


FILLS_THE_DISK = """
import resource, sys, logging
from pathlib import Path
from bot.state.state import ChatSettings, State

logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(message)s", level="INFO")
now = 1e9
state = State.open(Path(sys.argv[1]), lambda: now)
state.set_settings(1, ChatSettings("ur"))
# No file may grow any more: the system's own way to say that there is no room.
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
for number in range(500):
    state.note_quote(1, message_id=number, thread_id=None, reference=f"R{number}")
    assert state.last_quote(1, f"R{number}").message_id == number, number
    assert state.claim([number], handled=True) and not state.claim([number]), number
    state.count("answers")
assert state.settings(1) == ChatSettings("ur")
assert state.today() == {"answers": 500}
assert not state.persistent
now += 61
assert not state.claim([1])
assert not state.persistent
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
now += 61
assert not state.claim([1])
assert state.persistent
state.close()
state = State.open(Path(sys.argv[1]), lambda: now)
assert [n for n in range(500) if state.last_quote(1, f"R{n}")] == list(range(500))
assert state.settings(1) == ChatSettings("ur")
assert state.today() == {"answers": 500}
state.close()
"""


def test_a_full_disk_is_named_once_and_nothing_is_forgotten(path):
    """Also not after room was made."""
    process = started(FILLS_THE_DISK, path)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    [full, again] = output.splitlines()
    assert full.startswith(f"WARNING {path}: cannot store the bot's state in this file: the disk")
    assert again.startswith(f"INFO {path}: the bot's state is stored in this file again")


# Without the right to write


MAY_ONLY_READ = """
import os, sys, logging
from pathlib import Path

from bot.state.state import ChatSettings, State

if os.geteuid() == 0:
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[2]))
logging.basicConfig(stream=sys.stdout, format="%(message)s")
print("begun", flush=True)
state = State.open(Path(sys.argv[1]))
assert not state.persistent
state.set_settings(2, ChatSettings("zh"))
print(state.settings(1).language, state.settings(2).language)
state.close()
"""


@pytest.mark.parametrize(
    ("file", "folder"), [(0o444, 0o555), (0o444, 0o777), (0o000, 0o755)], ids=oct
)
def test_without_the_right_to_write_the_bot_answers_by_the_settings_it_can_read(file, folder):
    """As another user than the file's owner: root may write everything."""
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        home = Path(name)
        home.chmod(0o755)
        path = home / "kept" / "state.db"
        state = State.open(path)
        state.set_settings(1, URDU)
        state.close()
        path.chmod(file)
        path.parent.chmod(folder)
        before = path.stat() if os.geteuid() == 0 else None
        process = started(MAY_ONLY_READ, path, NOBODY)
        output, _ = process.communicate(timeout=30)
        path.parent.chmod(0o755)
        if not output.startswith("begun"):
            pytest.skip("here root cannot become anybody else, and may write everything")
        assert process.returncode == 0
        _, warning, languages, lost = output.splitlines()
        assert str(path) in warning
        assert "Allow the bot to write" in warning
        assert languages.split(" ") == ["ur" if file else "", "zh"]
        assert lost.endswith("lost")
        if before:
            assert path.stat().st_mtime_ns == before.st_mtime_ns


# Several processes, and processes that are killed


WRITES_UNTIL_KILLED = """
import sys
from pathlib import Path
from bot.state.state import ChatSettings, State

state = State.open(Path(sys.argv[1]))
number = int(sys.argv[2])
while state.persistent:
    state.note_quote(1, message_id=number, thread_id=None, reference=f"R{number}")
    assert state.claim([number], handled=True)
    state.set_settings(number % 7, ChatSettings("ur", passages=3))
    state.count("answers")
    state.flush()
    print(number, flush=True)
    number += 1
"""


def test_what_was_acknowledged_survives_kill_9(path):
    """Killed four times in the middle of its writes, it never leaves half a file."""
    last = -1
    for _ in range(4):
        process = started(WRITES_UNTIL_KILLED, path, last + 2)
        assert process.stdout
        begun = int(process.stdout.readline())
        assert begun == last + 2  # the one after the last acknowledged may have been written too
        time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        acknowledged = process.stdout.read().split("\n")[:-1]
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        last = int(acknowledged[-1]) if acknowledged else begun
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
        state = State.open(path)
        assert state.persistent
        assert all(state.last_quote(1, f"R{number}") for number in range(begun, last + 1))
        assert state.claim(range(begun, last + 1)) == set()
        assert sum(state.today().values()) + sum(yesterdays(path)) >= last - 4
        assert state.settings(last % 7) == ChatSettings("ur", passages=3)
        state.close()
    assert last > 20


def yesterdays(path: Path) -> list[int]:
    """Return the counts of other days than today, for a test that runs across midnight."""
    connection = sqlite3.connect(path)
    numbers = connection.execute("SELECT number FROM counts WHERE day < date('now')").fetchall()
    connection.close()
    return [number for (number,) in numbers]


SHARES = """
import sys
from pathlib import Path
from bot.state.state import ChatSettings, State

print("ready", flush=True)
sys.stdin.readline()
state = State.open(Path(sys.argv[1]))
for number in range(3000):
    if state.claim([number]):
        print(number)
        state.count("answers")
    if number % 10 == 0:
        state.note_quote(int(sys.argv[2]), message_id=number, thread_id=None, reference="K7Q2-M9XA")
assert state.persistent
state.close()
"""


def test_of_two_processes_exactly_one_takes_each_update(path):
    """They begin at the same moment, on a file that neither has made yet."""
    processes = [started(SHARES, path, number) for number in (1, 2)]
    for process in processes:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    taken = [process.communicate(timeout=60)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(map(int, taken[0] + taken[1])) == list(range(3000))
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("SELECT sum(number) FROM counts").fetchone() == (3000,)
    assert connection.execute("SELECT count(*) FROM given").fetchone() == (600,)
    connection.close()


def test_a_bot_that_was_killed_while_it_made_the_file_leaves_no_puzzle(path):
    """An empty file, and one with nothing but a header, are files to begin with."""
    path.touch()
    state = State.open(path)
    assert state.persistent
    state.close()
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    assert path.stat().st_size
    state = State.open(path)
    assert state.persistent
    state.close()


def test_a_settings_change_of_one_process_is_seen_by_the_other_at_once(path):
    one, two = State.open(path), State.open(path)
    one.set_settings(GROUP, URDU)
    assert two.settings(GROUP) == URDU
    one.record_misses(True)
    assert two.recording_misses
    two.note_quote(GROUP, message_id=7, thread_id=None, reference="K7Q2-M9XA")
    assert one.last_quote(GROUP, "K7Q2-M9XA")
    one.close()
    assert two.persistent
    two.close()


def test_a_copy_of_the_file_made_by_sqlite_is_whole_while_the_bot_writes(path, tmp_path):
    """A backup needs no stop of the bot."""
    state = State.open(path)
    state.set_settings(GROUP, URDU)
    source, target = sqlite3.connect(path), sqlite3.connect(tmp_path / "copy.db")
    source.backup(target)
    source.close()
    assert bring_up_to_date(target) > 0
    target.close()
    shutil.copy(tmp_path / "copy.db", tmp_path / "restored.db")
    assert with_settings_of(tmp_path / "restored.db") == URDU
    state.close()
