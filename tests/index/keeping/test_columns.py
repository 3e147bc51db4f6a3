"""A file of columns gives back what was written, and says so if it cannot."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from index.keeping.columns import (
    _HEAD,
    DamagedFile,
    Keeper,
    KeptFile,
    NewFile,
    remove_unfinished,
)

NUMBERS = np.arange(12, dtype=np.int32).reshape(4, 3)


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "columns"


def write(path: Path) -> None:
    with NewFile(path) as to:
        to.arrays(one=[1, 2, 3], weights=np.array([0.1, -0.0, np.inf]))
        to.within("deep").arrays(numbers=NUMBERS, none=np.zeros(0, dtype=np.uint8))
        to.strings("texts", ["Ships sail.", "", "港口"])
        to.numbered("words", {"port": 0, "quay": 1})
        to.value("told", {"a": [1, None, "é"]})


def test_what_is_written_is_read(path):
    write(path)
    file = KeptFile(path)
    of = file.columns
    assert of.array("one", "i8").tolist() == [1, 2, 3]
    assert of.array("weights", "f8").tobytes() == np.array([0.1, -0.0, np.inf]).tobytes()
    assert of.within("deep").array("numbers", "i4", 3).tolist() == NUMBERS.tolist()
    assert len(of.within("deep").array("none", "u1")) == 0
    assert of.ints("one")[1] == 2
    assert type(of.ints("one")[1]) is int
    assert list(of.strings("texts")) == ["Ships sail.", "", "港口"]
    assert dict(of.numbered("words")) == {"port": 0, "quay": 1}
    assert of.value("told") == {"a": [1, None, "é"]}
    assert file.is_whole()


def test_columns_are_aligned_and_cannot_be_written_to(path):
    write(path)
    for values in (
        KeptFile(path).columns.array("weights", "f8"),
        KeptFile(path).columns.within("deep").array("numbers", "i4", 3),
    ):
        assert values.ctypes.data % 64 == 0
        assert not values.flags.writeable


@pytest.mark.parametrize(
    ("name", "kind", "width"),
    [("one", "i4", None), ("one", "i8", 2), ("missing", "i8", None), ("weights", "i8", None)],
)
def test_a_column_of_another_kind_is_refused(path, name, kind, width):
    write(path)
    with pytest.raises(DamagedFile):
        KeptFile(path).columns.array(name, kind, width)


def test_a_value_that_is_missing_is_told(path):
    write(path)
    with pytest.raises(DamagedFile, match="missing"):
        KeptFile(path).columns.value("untold")


def test_only_numbers_are_columns(path):
    with pytest.raises(TypeError), NewFile(path) as to:
        to.arrays(texts=np.array(["a"], dtype=object))
    assert not list(path.parent.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_nobody_else_can_read_it_even_while_it_is_written(path):
    with NewFile(path) as to:
        to.value("told", 1)
        (beside,) = path.parent.iterdir()
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_may_write_it_at_once_whatever_their_numbers_are(path):
    """As in two containers, where both processes have the number 1."""
    with NewFile(path) as to:
        to.arrays(one=[1])
        with NewFile(path) as other:
            other.arrays(one=[2])
        assert KeptFile(path).columns.array("one", "i8").tolist() == [2]
    assert KeptFile(path).columns.array("one", "i8").tolist() == [1]
    assert KeptFile(path).is_whole()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes among its files")
@pytest.mark.timeout(20)
def test_a_pipe_in_its_place_is_not_waited_for(path):
    os.mkfifo(path)
    with pytest.raises(DamagedFile, match="no file"):
        KeptFile(path)
    write(path)
    assert KeptFile(path).is_whole()


def test_words_must_be_numbered_in_their_order(path):
    with pytest.raises(ValueError, match="not numbered"), NewFile(path) as to:
        to.numbered("words", {"port": 1, "quay": 0})


def test_what_fails_leaves_the_old_file_and_no_trace(path):
    write(path)
    before = path.read_bytes()

    def fail(to: Keeper) -> None:
        to.value("half", 1)
        raise RuntimeError

    with pytest.raises(RuntimeError), NewFile(path) as to:
        fail(to)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_who_reads_the_old_file_is_not_disturbed_by_the_new_one(path):
    write(path)
    old = KeptFile(path)
    with NewFile(path) as to:
        to.value("other", 1)
    assert old.columns.value("told") == {"a": [1, None, "é"]}
    assert old.columns.array("one", "i8").tolist() == [1, 2, 3]
    assert old.is_whole()
    assert KeptFile(path).columns.value("other") == 1


@pytest.mark.parametrize("length", [0, 1, 63, 127, 128, 200, -1])
def test_a_file_that_is_cut_off_is_not_opened(path, length):
    write(path)
    content = path.read_bytes()
    path.write_bytes(content[:length])
    with pytest.raises(DamagedFile):
        KeptFile(path)


def test_a_file_of_another_program_is_not_opened(path):
    path.write_bytes(b"SQLite format 3\0" + bytes(1000))
    with pytest.raises(DamagedFile, match="none of On Record"):
        KeptFile(path)


def test_a_file_that_goes_on_is_not_opened(path):
    write(path)
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(DamagedFile):
        KeptFile(path)


@pytest.mark.parametrize(
    "column",
    [
        ["<i8", [3], -64],
        ["<i8", [3], 1 << 40],
        ["<i8", [1 << 60], 128],
        ["<i8", [-1], 128],
        ["<i8", [3], 129],
        ["|O", [3], 128],
        ["<i8", [3, 3, 3], 128],
        ["<i8", 3, 128],
        ["<i8", [], 128],
        ["<i8", [1.5], 128],
        ["<i8", [3], "128"],
        [["<i8"], [3], 128],
        ["<i8", [True], None],
        ["<i8"],
        None,
    ],
)
def test_a_table_that_says_what_cannot_be_is_refused(path, column):
    write(path)
    content = path.read_bytes()
    magic, begins, _, _, digest, _ = _HEAD.unpack_from(content)
    table = json.dumps({"columns": {"one": column}, "values": {}}).encode()
    forged(path, content[:begins], table, magic, digest)
    with pytest.raises(DamagedFile):
        KeptFile(path)


@pytest.mark.parametrize("table", [b"", b"[]", b"{", b"[" * 100_000, b'{"columns": 1}', b"\xff"])
def test_a_table_that_is_none_is_refused(path, table):
    write(path)
    content = path.read_bytes()
    magic, begins, _, _, digest, _ = _HEAD.unpack_from(content)
    forged(path, content[:begins], table, magic, digest)
    with pytest.raises(DamagedFile):
        KeptFile(path)


def forged(path: Path, columns: bytes, table: bytes, magic: bytes, digest: bytes) -> None:
    """Write a file whose sums and lengths are right."""
    import zlib  # noqa: PLC0415

    content = bytearray(columns + table)
    head = (magic, len(columns), len(table), len(content), digest, zlib.crc32(table))
    _HEAD.pack_into(content, 0, *head)
    path.write_bytes(content)


def test_each_byte_counts(path):
    """Whichever is another, the file is not opened, or is found not to be whole."""
    write(path)
    content = path.read_bytes()
    written = {*range(_HEAD.size), *range(128, len(content))}
    for place in sorted(written):
        damaged = bytearray(content)
        damaged[place] ^= 1 << place % 8
        path.write_bytes(damaged)
        try:
            file = KeptFile(path)
        except DamagedFile:
            continue
        assert not file.is_whole(), place


def test_what_killed_writers_left_is_removed_in_time(path):
    left = path.with_name(f"{path.name}.1234.unfinished")
    left.touch()
    write(path)
    remove_unfinished(path, time.time() - 3600)
    assert left.exists()
    remove_unfinished(path, time.time() + 1)
    assert not left.exists()
    assert path.exists()


WRITER = """
import sys
import numpy as np
from pathlib import Path
from index.keeping.columns import NewFile
path, number = Path(sys.argv[1]), int(sys.argv[2])
while True:
    with NewFile(path) as to:
        to.value("number", number)
        to.arrays(numbers=np.full(200_000, number, dtype=np.int64))
    print("written", flush=True)
    number += 1
"""


@pytest.mark.slow
def test_whenever_a_writer_is_killed_the_file_is_whole(path):
    """A kill -9 at 200 moments, while another process reads."""
    number, whole = 0, 0
    for turn in range(200):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(number)], stdout=subprocess.PIPE
        )
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(turn % 20 / 1000)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        file = KeptFile(path)
        number = file.columns.value("number") + 1
        whole += file.is_whole()
        assert set(file.columns.array("numbers", "i8").tolist()) == {number - 1}
    assert whole == 200
    remove_unfinished(path, time.time() + 1)
    assert [one.name for one in path.parent.iterdir()] == [path.name]
