"""The index that is kept is used as long as it is the record's, and never else."""

from __future__ import annotations

import gc
import json
import os
import random
import shutil
import subprocess
import sys
import weakref
from pathlib import Path

import numpy as np
import pytest

from index import (
    Index,
    IndexFile,
    known_files,
    load_record,
    read_statements,
    take_snapshot,
    voices_of,
)
from index import index_file as module
from index.keeping.columns import DamagedFile, KeptFile
from index.keeping.strings import DamagedText
from index.kept_index import KeptIndex

STATEMENT = """---
title: Remarks on {name}
speakers: [{{name: Nadia Rahman, role: Minister of Ports}}]
date: 2025-02-{day:02}
---

Ships of {name} sail at dawn.

The harbour of {name} will open in spring, unless it snows.
"""
ASKED = ("Ships of Elm", '"will open in spring"', "latest", "harbor of Oak", "in:ash ships", "tea")


real_is_settled = module._is_settled


pytestmark = pytest.mark.usefixtures("small_records_are_kept")


@pytest.fixture
def data(tmp_path) -> Path:
    folder = tmp_path / "data"
    (folder / "statements").mkdir(parents=True)
    for day, name in enumerate(("Elm", "Oak", "Ash"), 1):
        write(folder, name, day)
    return folder


def write(data: Path, name: str, day: int = 9) -> Path:
    path = data / "statements" / f"{name.lower()}.md"
    path.write_text(STATEMENT.format(name=name, day=day), "utf-8")
    return path


def keep(data: Path, **named: Index) -> tuple[IndexFile, Index]:
    """Build the index of *data*, and keep it."""
    file, snapshot = IndexFile(data.parent, data), take_snapshot(data)
    return file, file.keep(Index(load_record(data), **named), snapshot)


def test_a_kept_index_answers_as_the_one_that_was_built(data):
    built = Index(load_record(data))
    file, kept = keep(data)
    found = file.find(take_snapshot(data))
    assert found.is_current
    assert found.index
    assert kept.parts.read.bm25 is not built.parts.read.bm25
    for question in (*ASKED, built.ask("ships").hits[0].citation.reference):
        assert found.index.ask(question) == kept.ask(question) == built.ask(question)
    assert found.index.shelves.speakers == built.shelves.speakers
    assert found.index.examples() == built.examples()
    assert found.index.explain("ships").hits == built.explain("ships").hits
    story = "Rahman said “Ships of Oak never sail at dawn.”"
    assert found.index.check_story(story) == built.check_story(story)


def test_a_file_that_is_the_same_again_is_no_change(data):
    """As where a container brings it anew."""
    file, _ = keep(data)
    path = write(data, "Elm", 1)
    os.utime(path, (1, 1))
    assert file.find(take_snapshot(data)).is_current


@pytest.mark.parametrize("change", ["changed", "added", "removed", "same length", "synonyms"])
def test_after_a_change_it_is_not_current_and_can_be_taken_over(data, change):
    file, _ = keep(data)
    match change:
        case "changed":
            write(data, "Elm", 10)
        case "same length":
            before = (data / "statements" / "elm.md").stat()
            path = write(data, "Fir", 1)
            path.replace(data / "statements" / "elm.md")
            os.utime(data / "statements" / "elm.md", ns=(before.st_atime_ns, before.st_mtime_ns))
        case "added":
            write(data, "Yew")
        case "removed":
            (data / "statements" / "ash.md").unlink()
        case "synonyms":
            (data / "synonyms.yaml").write_text("- [ship, boat]\n", "utf-8")
    found = file.find(take_snapshot(data))
    assert found.index
    assert not found.is_current
    after, anew = Index(load_record(data), before=found.index), Index(load_record(data))
    for question in (*ASKED, "Ships of Yew", "boats", "Ships of Fir"):
        assert after.ask(question) == anew.ask(question)
    _, again = keep(data, before=found.index)
    assert file.find(take_snapshot(data)).is_current
    assert again.ask("Ships of Yew") == anew.ask("Ships of Yew")


def test_what_another_version_kept_is_none(data, monkeypatch):
    file, _ = keep(data)
    monkeypatch.setattr(module, "program_key", lambda: "another")
    assert file.find(take_snapshot(data)) == module.Found()


def test_each_folder_of_data_has_a_file_of_its_own(data, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(data, other)
    assert IndexFile(tmp_path, data).path != IndexFile(tmp_path, other).path


def test_folders_whose_names_are_no_text_have_files_of_their_own(tmp_path):
    names = {IndexFile(tmp_path, tmp_path / name).path for name in ("a\udcff", "a\udcfe", "a?")}
    assert len(names) == 3


def test_problems_are_told_of_where_the_files_are_now(data, tmp_path):
    broken = data / "statements" / "broken.md"
    broken.write_text("no front matter", "utf-8")
    file, _ = keep(data)
    moved = tmp_path / "moved"
    shutil.copytree(data, moved)
    other = IndexFile(tmp_path, moved)
    file.path.rename(other.path)
    found = other.find(take_snapshot(moved))
    assert found.is_current
    assert found.index
    assert {one.path for one in found.index.record.problems} == {moved / "statements" / "broken.md"}


def test_a_small_record_is_not_kept(data, monkeypatch):
    monkeypatch.setattr(module, "LEAST", 7)
    file, index = keep(data)
    assert not file.path.exists()
    assert index.ask("ships").answered


def test_of_a_record_that_became_small_nothing_stays(data, monkeypatch):
    """Or words that were taken off the record would be there for ever."""
    file, _ = keep(data)
    assert file.path.exists()
    monkeypatch.setattr(module, "LEAST", 5)
    (data / "statements" / "elm.md").unlink()
    _, index = keep(data)
    assert not file.path.exists()
    assert index.ask("ships").answered


def test_what_changes_while_it_is_indexed_is_not_kept(data):
    file, snapshot = IndexFile(data.parent, data), take_snapshot(data)
    index = Index(load_record(data))
    write(data, "Elm", 12)
    assert file.keep(index, snapshot) is index
    assert not file.path.exists()


def test_what_changed_a_moment_ago_is_not_kept(data, monkeypatch):
    """It may change again at the same time, as clocks tell it."""
    monkeypatch.setattr(module, "_is_settled", real_is_settled)
    file, _ = keep(data)
    assert not file.path.exists()


@pytest.mark.parametrize(
    ("modified", "changed", "is_settled"),
    [
        (7.1, 7.1, True),
        (7.1, 9.96, False),
        (9.96, 7.1, False),
        (7.0, 7.0, True),
        (1.0, 8.0, False),
        (11.0, 7.1, False),
    ],
)
def test_a_file_is_settled_when_another_change_would_show(modified, changed, is_settled):
    """Times in whole seconds are those of a coarse clock."""
    second = 1_000_000_000
    stamp = (174, int(modified * second), int(changed * second), 1)
    assert real_is_settled(stamp, 10 * second) == is_settled


def test_a_file_that_cannot_be_read_does_not_keep_the_index_from_being_kept(data):
    (data / "statements" / "gone.md").symlink_to(data / "nowhere")
    (data / "statements" / "folder.md").mkdir()
    file, _ = keep(data)
    assert file.find(take_snapshot(data)).is_current


def test_a_folder_that_cannot_be_written_to_is_told(data, tmp_path):
    (tmp_path / "file").touch()
    file = IndexFile(tmp_path / "file", data)
    index = Index(load_record(data))
    with pytest.raises(OSError, match="file"):
        file.keep(index, take_snapshot(data))
    assert file.find(take_snapshot(data)) == module.Found()
    assert not file.is_damaged()


@pytest.mark.parametrize("content", [b"", b"nothing", bytes(10_000)])
def test_a_file_that_is_no_index_is_damaged(data, content):
    file, _ = keep(data)
    file.path.write_bytes(content)
    found = file.find(take_snapshot(data))
    assert found.damaged
    assert found.index is None
    assert file.is_damaged()


def test_a_folder_in_the_place_of_the_file_is_as_good_as_none(data):
    file = IndexFile(data.parent, data)
    file.path.mkdir()
    assert file.find(take_snapshot(data)).index is None


def test_what_is_known_of_files_is_kept_and_they_are_not_read_again(data, monkeypatch, request):
    if request.config.getoption("--kept"):
        pytest.skip("the record of an index that was kept has other statements than were read")
    lines = [
        {
            "id": f"line-{n}",
            "title": "A line",
            "date": "2025-02-01",
            "speakers": [{"name": "Omar"}],
            "paragraphs": [f"Line {n} sails."],
        }
        for n in range(3)
    ]
    (data / "statements" / "lines.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    (data / "statements" / "broken.md").write_text("no front matter", "utf-8")
    file, snapshot, known = IndexFile(data.parent, data), take_snapshot(data), known_files()
    record = load_record(data, known=known)
    file.keep(Index(record), snapshot, known)
    found, again = file.find(snapshot), known_files()
    found.known_by(again, data)
    read: list[str] = []
    monkeypatch.setattr(
        again, "_read", lambda path: read.append(path.name) or read_statements(path)
    )
    write(data, "Elm", 11)
    changed = load_record(data, known=again)
    assert read == ["elm.md"]
    anew = load_record(data)
    assert changed == anew
    assert found.index
    index = Index(changed, before=found.index)
    assert index.ask("line 2") == Index(anew).ask("line 2")
    known_numbers = index.parts.read.columns.firsts.tolist()
    assert known_numbers == Index(anew).parts.read.columns.firsts.tolist()
    # Of the lines, only the one that is another is read.
    lines[1]["title"] = "Another line"
    (data / "statements" / "lines.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    before = {one.id: one for one in changed.statements}
    after = {one.id: one for one in load_record(data, known=again).statements}
    assert [name for name in after if after[name] is not before[name]] == ["line-1"]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return *content* cut off, or with bits flipped, or with a part overwritten."""
    changed = bytearray(content)
    match chance.randrange(4):
        case 0:
            return bytes(changed[: chance.randrange(len(changed))])
        case 1:
            for _ in range(chance.randint(1, 8)):
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        case 2:
            # Where columns are, so that the table says what is right.
            begin = chance.randrange(128, len(changed))
            changed[begin : begin + 64] = chance.randbytes(len(changed[begin : begin + 64]))
        case _:
            begin = chance.randrange(len(changed))
            changed[begin : begin + 4096] = bytes(len(changed[begin : begin + 4096]))
    return bytes(changed)


def put(path: Path, content: bytes) -> None:
    """Put another file in the place of *path*: what is mapped into memory stays."""
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(path)


@pytest.mark.parametrize("rounds", [100, pytest.param(10_000, marks=pytest.mark.slow)])
def test_a_damaged_file_is_never_trusted(data, rounds):
    file, kept = keep(data)
    content, snapshot = file.path.read_bytes(), take_snapshot(data)
    chance = random.Random(rounds)  # noqa: S311
    for _ in range(rounds):
        changed = damaged(content, chance)
        put(file.path, changed)
        found = file.find(snapshot)
        assert found.damaged or found.index is None or changed == content or not any_other(found)
    assert kept.ask("ships").answered


def any_other(found: module.Found) -> bool:
    """Return whether an index that was found is not as it was kept."""
    return found.index is not None and not found.index.is_whole()


def flipped(path: Path, name: str) -> None:
    """Flip a bit in the middle of the column *name* of the file *path*."""
    mapped = KeptFile(path)
    column = mapped.array(name)
    first = np.frombuffer(mapped._memory, np.uint8).ctypes.data
    content = bytearray(path.read_bytes())
    content[column.ctypes.data - first + column.nbytes // 2] ^= 1
    put(path, bytes(content))


@pytest.mark.parametrize("name", ["fragments", "sentence_index.spans", "statements.texts.sums"])
def test_what_is_taken_over_is_compared_with_the_digest_first(data, monkeypatch, name):
    """Or the damage would get a new digest, and be trusted."""
    monkeypatch.setattr(module, "_QUICKLY_READ", 0)
    file, _ = keep(data)
    flipped(file.path, name)
    assert file.find(take_snapshot(data), quick=True).is_current
    write(data, "Yew")
    found = file.find(take_snapshot(data), quick=True)
    assert found.damaged
    assert found.index is None


def test_a_damaged_text_that_is_read_when_an_index_is_opened_is_damage(data, monkeypatch):
    monkeypatch.setattr(module, "_QUICKLY_READ", 0)
    path = data / "statements" / "yew.md"
    path.write_text(STATEMENT.format(name="Yew", day=9).replace("\nShips", "\n## Ships\n\nShips"))
    file, _ = keep(data)
    flipped(file.path, "statements.paragraphs.sections.sums")
    found = file.find(take_snapshot(data), quick=True)
    assert found.damaged
    assert found.index is None


#: What may come of reading numbers and texts that are not as they were kept.
FAILURES = (
    *(DamagedFile, DamagedText, ArithmeticError, LookupError, MemoryError),
    *(ValueError, TypeError, AttributeError),
)


@pytest.mark.parametrize("rounds", [100, pytest.param(10_000, marks=pytest.mark.slow)])
def test_of_a_damaged_file_that_is_quickly_opened_no_wrong_word_is_quoted(data, rounds):
    """Only what was filed, or nothing, and no crash: the digest was not compared."""
    file, kept = keep(data)
    content = file.path.read_bytes()
    texts = {paragraph.text for _, paragraph in kept.record.paragraphs()}
    heads = {(one.id, one.title, one.speakers, one.date) for one in kept.record.statements}
    chance = random.Random(rounds)  # noqa: S311
    answered = 0
    for turn in range(rounds):
        put(file.path, damaged(content, chance))
        try:
            index = KeptIndex(file.path).index(data)
            hits = index.ask(ASKED[turn % len(ASKED)]).hits
        except FAILURES:
            continue
        for hit in hits:
            answered += 1
            assert hit.paragraph.text in texts
            one = hit.statement
            assert one and (one.id, one.title, one.speakers, one.date) in heads
    assert answered


KEEPER = """
import sys
from pathlib import Path
from index import Index, IndexFile, load_record, take_snapshot
from index import index_file
index_file.LEAST, index_file._is_settled = 1, lambda *_: True
data = Path(sys.argv[1])
file, index = IndexFile(data.parent, data), Index(load_record(data))
for _ in range(int(sys.argv[2])):
    file.keep(index, take_snapshot(data))
    assert file.find(take_snapshot(data)).is_current
"""


def test_what_was_quoted_holds_no_file_that_was_replaced(data):
    """Otherwise each change of the record would leave its whole file in memory, and on disk."""
    _, index = keep(data)
    hit = index.ask("ships").hits[0]
    assert voices_of(hit.statement, hit.paragraph)
    held = weakref.ref(index.record.statements._columns)
    del hit
    _, index = keep(data)
    gc.collect()
    assert index.ask("ships").answered
    assert held() is None


@pytest.mark.slow
def test_two_processes_may_keep_it_at_once(data):
    both = [subprocess.Popen([sys.executable, "-c", KEEPER, str(data), "40"]) for _ in range(2)]
    assert [one.wait(120) for one in both] == [0, 0]
    file = IndexFile(data.parent, data)
    assert file.find(take_snapshot(data)).is_current
    assert [one.name for one in data.parent.glob("*.unfinished")] == []


FULL = """
import resource, sys
from pathlib import Path
from index import Index, IndexFile, load_record, take_snapshot
from index import index_file
index_file.LEAST, index_file._is_settled = 1, lambda *_: True
data = Path(sys.argv[1])
file, index = IndexFile(data.parent, data), Index(load_record(data))
before = file.path.read_bytes()
resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, resource.RLIM_INFINITY))
try:
    file.keep(index, take_snapshot(data))
except OSError:
    pass
else:
    raise AssertionError("it was written")
assert file.path.read_bytes() == before
assert file.find(take_snapshot(data)).is_current
assert not list(data.parent.glob("*.unfinished"))
assert index.ask("ships").answered
"""


def test_where_there_is_no_space_left_the_old_file_stays(data):
    keep(data)
    done = subprocess.run([sys.executable, "-c", FULL, str(data)], timeout=120, check=False)
    assert done.returncode == 0
