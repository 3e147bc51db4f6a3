"""A record is loaded from the index that is kept of it, and what goes wrong is said once."""

from __future__ import annotations

import errno
from functools import partial
from pathlib import Path
from weakref import ref

import pytest
from harbour_file import HARBOUR

from bot.configuration import Configuration
from bot.services.live_record import LiveRecord
from bot.terminal.command_line import run
from bot.terminal.loading import Renewal, asked, keep_index, load_index
from index import Index, IndexFile, index_file, known_files, load_record, take_snapshot
from index.files import loading
from index.files.loading import read_text

pytestmark = pytest.mark.usefixtures("small_records_are_kept")


@pytest.fixture
def data(tmp_path) -> Path:
    (tmp_path / "data" / "statements").mkdir(parents=True)
    (tmp_path / "data" / "statements" / "harbour.md").write_text(HARBOUR, "utf-8")
    return tmp_path / "data"


@pytest.fixture
def cache(tmp_path) -> Path:
    return tmp_path


@pytest.fixture
def built(monkeypatch) -> list[Index]:
    """Return a list to which each index is added that is built, and not taken from a file."""
    indexes: list[Index] = []
    build = Index.__init__

    def noting(self: Index, *given: object, **named: object) -> None:
        build(self, *given, **named)
        indexes.append(self)

    monkeypatch.setattr(Index, "__init__", noting)
    return indexes


def test_the_second_start_builds_nothing(data, cache, built):
    for _ in range(2):
        assert load_index(data, cache=cache).ask("ferries").answered
    assert len(built) == 1
    assert load_index(data).ask("ferries").answered
    assert len(built) == 2


def test_after_a_change_the_new_words_are_on_record_and_kept(data, cache, built):
    load_index(data, cache=cache)
    (data / "statements" / "harbour.md").write_text(HARBOUR.replace("twice", "once"), "utf-8")
    for _ in range(2):
        hits = load_index(data, cache=cache).ask("ferries").hits
        assert hits[0].paragraph.text == "Ferries sail once a day."
    assert len(built) == 2


def test_a_command_reads_only_the_file_that_has_changed(data, cache, monkeypatch):
    write_all(data)
    load_index(data, cache=cache)
    read: list[str] = []
    monkeypatch.setattr(
        loading, "read_text", lambda path: read.append(path.name) or read_text(path)
    )
    (data / "statements" / "harbour.md").write_text(HARBOUR.replace("twice", "once"), "utf-8")
    assert load_index(data, cache=cache).ask("ferries").answered
    assert sorted(read) == ["harbour.md", "synonyms.yaml"]


def test_what_a_damaged_file_had_is_made_anew_and_said_once(data, cache, built, capsys):
    load_index(data, cache=cache)
    path = IndexFile(cache, data).path
    path.write_bytes(path.read_bytes()[:-1])
    for _ in range(2):
        assert load_index(data, cache=cache).ask("ferries").answered
    assert len(built) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert told[0].startswith(f"onrecord: {path} is damaged (it has ")
    assert told[0].endswith("and is made anew.")


def test_mistakes_in_files_are_told_at_each_start(data, cache, capsys):
    (data / "statements" / "broken.md").write_text("no front matter", "utf-8")
    for _ in range(2):
        load_index(data, cache=cache)
        assert "1 file has mistakes" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_made(data, tmp_path, built, capsys):
    for _ in range(2):
        assert load_index(data, cache=tmp_path / "not" / "there").ask("ferries").answered
    assert len(built) == 1
    assert capsys.readouterr().err == ""


def test_a_folder_that_cannot_be_written_to_does_no_harm_and_is_told(
    data, tmp_path, capsys, monkeypatch
):
    """Otherwise each start would be slow, and nobody would know why."""
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    assert load_index(data, cache=Path("file")).ask("ferries").answered
    where = tmp_path / "file"
    assert capsys.readouterr().err == (
        f"onrecord: the index cannot be kept in {where} (File exists): each start is slow. "
        "Set “cache” to a folder that can be written to.\n"
    )


def test_nothing_is_said_of_a_small_record_where_nothing_can_be_written(
    data, cache, capsys, monkeypatch
):
    """Even to remove what is not there is an error on a disk that is only read."""

    def read_only(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(index_file, "LEAST", 1_000)
    monkeypatch.setattr(Path, "unlink", read_only)
    assert load_index(data, cache=cache).ask("ferries").answered
    assert capsys.readouterr().err == ""


def test_a_full_disk_is_said(data, cache, monkeypatch, capsys):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(index_file, "keep", full)
    assert load_index(data, cache=cache).ask("ferries").answered
    told = f"onrecord: {cache} has no space left to keep the index: each start is slow.\n"
    assert capsys.readouterr().err == told


def test_a_change_while_somebody_asks_is_not_kept_at_once(data, cache, built):
    renewal = Renewal(data, cache)
    renewal.index()
    (data / "statements" / "harbour.md").write_text(HARBOUR.replace("twice", "once"), "utf-8")
    assert renewal.index().ask("ferries").hits[0].paragraph.text == "Ferries sail once a day."
    assert not IndexFile(cache, data).find(take_snapshot(data)).is_current
    keep_index(data, cache, renewal.index(), take_snapshot(data))
    assert IndexFile(cache, data).find(take_snapshot(data)).is_current
    assert len(built) == 2


MISTAKES = {
    "statements/harbour.md": ("2025-02-24", "some day"),
    "statements/lines.jsonl": ("Trams", "\\q"),
    "synonyms.yaml": ("[", "{"),
}


def write_all(data: Path) -> None:
    """Write all the files that mistakes are put into."""
    line = '{"id": "tram", "title": "A tram", "speakers": ["Omar"], "paragraphs": ["Trams run."]}'
    (data / "statements" / "lines.jsonl").write_text(line, "utf-8")
    (data / "synonyms.yaml").write_text("- [ferry, boat]\n", "utf-8")


def put_mistake(path: Path, before: str, after: str) -> None:
    """Put a mistake into the file *path*, which replaces what was *before*."""
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")


@pytest.mark.parametrize("name", MISTAKES)
@pytest.mark.parametrize("from_kept", [True, False])
def test_what_mistakes_keep_on_record_is_kept_for_no_other_start(data, cache, name, from_kept):
    """As the operator was told: after a restart, what has a mistake is left out."""
    write_all(data)
    keep = partial(keep_index, data, cache)
    live = LiveRecord(data, partial(load_index, data, cache=cache if from_kept else None), keep)
    for _ in range(2):
        record = live.load().record
    put_mistake(data / name, *MISTAKES[name])
    running = live.load().record
    assert (running.statements, running.synonyms) == (record.statements, record.synonyms)
    running = live.keep().record
    assert (running.statements, running.synonyms) == (record.statements, record.synonyms)
    anew = load_record(data)
    for known in (None, known_files()):
        assert load_index(data, known, cache=cache).record == anew
    found = IndexFile(cache, data).find(take_snapshot(data))
    assert found.is_current
    assert found.index
    assert found.index.record == anew


def test_what_a_mistake_kept_on_record_goes_with_its_file(data, cache):
    (data / "statements" / "other.md").write_text(HARBOUR, "utf-8")
    path = data / "statements" / "harbour.md"
    live = LiveRecord(data, partial(load_index, data), partial(keep_index, data, cache))
    live.load()
    path.write_text(HARBOUR.replace("2025-02-24", "?"), "utf-8")
    assert len(live.load().record.statements) == 2
    live.keep()
    path.unlink()
    assert [one.id for one in load_index(data, cache=cache).record.statements] == ["other"]


def test_an_id_that_stayed_with_a_file_is_at_the_next_start_that_of_the_first_file(data, cache):
    line = '{"id": "tram", "title": "A tram", "speakers": ["Omar"], "paragraphs": ["Trams %s."]}'
    (data / "statements" / "second.jsonl").write_text(line % "run", "utf-8")
    live = LiveRecord(data, partial(load_index, data), partial(keep_index, data, cache))
    live.load()
    (data / "statements" / "first.jsonl").write_text(line % "stand", "utf-8")
    assert live.load().ask("trams").hits[0].paragraph.text == "Trams run."
    assert live.keep().ask("trams").hits[0].paragraph.text == "Trams run."
    assert load_index(data, cache=cache).record == load_record(data)


def test_the_file_of_an_index_that_is_replaced_is_let_go_when_another_is_kept(data, cache):
    """Or its statements would stay in memory, and what is deleted on the disk."""
    (data / "statements" / "other.md").write_text(HARBOUR, "utf-8")
    load_index(data, known_files(), cache=cache)
    live = LiveRecord(
        data, partial(load_index, data, cache=cache), partial(keep_index, data, cache)
    )
    replaced = ref(live.load().record.statements._columns)
    path = data / "statements" / "harbour.md"
    for words in ("once", "never"):
        path.write_text(HARBOUR.replace("twice", words), "utf-8")
        live.load()
        assert replaced()
        kept = live.keep()
        assert replaced() is None
        replaced = ref(kept.record.statements._columns)
        del kept
    path.write_text(HARBOUR, "utf-8")
    assert live.load().record == load_record(data)


def test_what_had_no_mistake_when_it_was_kept_is_left_out_if_it_has_one_at_the_start(data, cache):
    load_index(data, known_files(), cache=cache)
    (data / "statements" / "harbour.md").write_text(HARBOUR.replace("2025-02-24", "?"), "utf-8")
    assert not load_index(data, known_files(), cache=cache).record.statements


@pytest.mark.parametrize("name", MISTAKES)
def test_what_is_on_record_from_a_kept_index_mistakes_keep_on_record(data, cache, name):
    write_all(data)
    load_index(data, known_files(), cache=cache)
    live = LiveRecord(data, partial(load_index, data, cache=cache))
    record = live.load().record
    put_mistake(data / name, *MISTAKES[name])
    running = live.load().record
    assert (running.statements, running.synonyms) == (record.statements, record.synonyms)


def test_a_question_that_fails_on_a_damaged_index_is_asked_again(data, cache, capsys, monkeypatch):
    """A large file is not compared with its digest before a single question."""
    monkeypatch.setattr(index_file, "_QUICKLY_READ", 0)
    configuration = Configuration(data=data, state=cache / "state.db")
    load_index(data, cache=cache)
    path = IndexFile(cache, data).path
    content = bytearray(path.read_bytes())
    at = content.index(b"Ferries sail twice")
    content[at : at + 7] = b"Horses "
    path.write_bytes(content)
    hits = asked(configuration, lambda index: index.ask("ferries").hits)
    assert hits[0].paragraph.text == "Ferries sail twice a day."
    assert "is damaged, and is made anew" in capsys.readouterr().err
    assert asked(configuration, lambda index: index.ask("ferries").hits) == hits
    assert capsys.readouterr().err == ""


def test_check_tells_of_a_damaged_index_and_of_no_other(data, cache, capsys, monkeypatch):
    monkeypatch.chdir(data.parent)
    load_index(data, cache=cache)
    path = IndexFile(cache, data).path
    for content in (path.read_bytes(), path.read_bytes()[:-1]):
        path.write_bytes(content)
        assert run(("check",)) == 0
        told = [line for line in capsys.readouterr().out.splitlines() if "damaged" in line]
        is_whole = len(told) == 0
        assert is_whole == (IndexFile(cache, data).find(take_snapshot(data)).index is not None)
    assert told == [f"warning: {path.name} is damaged, and is made anew at the next start."]


def test_what_fails_on_a_whole_index_is_no_damage(data, cache):
    def fail(_: Index) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asked(Configuration(data=data, state=cache / "state.db"), fail)
