"""Changes of the folder are taken in once it rests, and bad data takes nothing away."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hand_clock import HandClock
from harbour_file import FRONT

from bot.answering.answers import Answers
from bot.services.live_record import LiveRecord
from bot.services.watching import Fault, FolderFault, Watch
from bot.terminal.loading import keep_index, load_index
from index import Index, Problem, index_file

#: The day is no date.
MISTAKE = FRONT.replace("2025-02-24", "some day")


class Told:
    """Remembers what the operators are told."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.faults: list[FolderFault] = []

    def mistakes(self, problems: list[Problem]) -> None:
        """Remember them."""
        self.problems += problems

    def fault(self, fault: Fault) -> None:
        """Remember it."""
        self.faults.append(fault.kind)


class Watched:
    """A folder with one statement on record, and its watch."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "statements"
        self.folder.mkdir(parents=True)
        self.write("harbour.md", "Ferries sail twice a day.")
        self.record = LiveRecord(data, partial(load_index, data))
        self.answers = Answers(self.record.load(), passages=5, load=self.record.load)
        self.told, self.clock = Told(), HandClock()
        self.watch = Watch(self.record, self.answers, self.told, clock=self.clock)

    def write(self, name: str, words: str, front: str = FRONT) -> Path:
        """Write a statement of one paragraph to a file."""
        path = self.folder / name
        path.write_text(f"{front}{words}\n", encoding="utf-8")
        return path

    async def look(self, times: int = 2) -> None:
        """Look at the folder so often; a change is seen first, and then that it rests."""
        for _ in range(times):
            await self.watch.look()

    def on_record(self) -> list[str]:
        """Return the texts that are answered from."""
        return sorted(one.text for _, one in self.answers.index.record.paragraphs())


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path / "data")


async def test_what_rests_is_not_loaded_again(watched):
    index = watched.answers.index
    await watched.look(5)
    assert watched.answers.index is index


@pytest.mark.usefixtures("small_records_are_kept")
async def test_what_was_loaded_is_kept_when_nothing_has_changed_for_a_while(watched):
    """Not at each change, as a large record takes a while to write."""
    cache = watched.folder.parent.parent
    watched.record._keep = partial(keep_index, watched.folder.parent, cache)
    kept = index_file.IndexFile(cache, watched.folder.parent)
    for words in ("Trains run hourly.", "Trains run at night."):
        watched.write("railway.md", words)
        await watched.look()
        watched.clock.now += 19
        await watched.look()
        assert not kept.path.exists()
    built = watched.answers.index
    watched.clock.now += 2
    await watched.look(1)
    assert watched.answers.index is not built
    assert watched.on_record() == ["Ferries sail twice a day.", "Trains run at night."]
    assert kept.find(watched.record.loaded).is_current
    index = watched.answers.index
    watched.clock.now += 100
    await watched.look(3)
    assert watched.answers.index is index
    watched.write("railway.md", "Trains run no more.")
    await watched.look()
    assert watched.on_record() == ["Ferries sail twice a day.", "Trains run no more."]


async def test_what_cannot_be_kept_does_not_end_the_watch(watched, caplog):
    def fail(*_: object) -> Index:
        raise MemoryError

    watched.record._keep = fail
    watched.write("railway.md", "Trains run hourly.")
    await watched.look()
    watched.clock.now += 100
    await watched.look(3)
    assert caplog.text.count("the index could not be kept") == 1
    watched.write("railway.md", "Trains run at night.")
    await watched.look()
    assert watched.on_record() == ["Ferries sail twice a day.", "Trains run at night."]


async def test_a_file_that_an_editor_renames_over_the_old_one_is_taken_in(watched):
    new = watched.write(".harbour.md.swp", "Ferries sail once a day.")
    await watched.look()
    assert watched.on_record() == ["Ferries sail twice a day."]
    new.rename(watched.folder / "harbour.md")
    await watched.look()
    assert watched.on_record() == ["Ferries sail once a day."]


async def test_half_a_file_is_not_read_while_it_is_written(watched):
    """Each look sees another length, until the last two."""
    index = watched.answers.index
    path = watched.write("railway.md", "Trains run")
    await watched.look(1)
    for more in (" hourly", " from", " May"):
        with path.open("a", encoding="utf-8") as file:
            file.write(more)
        await watched.look(1)
        assert watched.answers.index is index
    await watched.look(1)
    assert any("Trains run\nhourly" in one or "hourly" in one for one in watched.on_record())
    assert watched.told.problems == []


async def test_a_folder_that_never_rests_is_read_after_ten_seconds(watched):
    for number in range(12):
        watched.write("railway.md", "Trains run" + " on" * number)
        await watched.look(1)
        if number < 10:
            assert watched.on_record() == ["Ferries sail twice a day."]
        watched.clock.now += 1
    assert len(watched.on_record()) == 2


async def test_a_file_that_is_deleted_is_no_longer_on_record(watched):
    watched.write("railway.md", "Trains run hourly.")
    await watched.look()
    (watched.folder / "railway.md").unlink()
    await watched.look()
    assert watched.on_record() == ["Ferries sail twice a day."]
    assert watched.told.problems == []


async def test_a_checkout_of_many_files_is_taken_in_at_once(watched):
    for number in range(50):
        watched.write(f"s{number:02}.md", f"Ship number {number} sails.")
        await watched.look(1)
    (watched.folder / "harbour.md").unlink()
    await watched.look()
    assert watched.on_record() == sorted(f"Ship number {number} sails." for number in range(50))


async def test_a_changed_file_with_its_old_time_is_taken_in(watched):
    """As ``cp -p`` and ``rsync -t`` leave it; here even its length is the same."""
    path = watched.folder / "harbour.md"
    before = path.stat()
    watched.write("harbour.md", "Ferries sail every a day.")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    await watched.look()
    assert watched.on_record() == ["Ferries sail every a day."]


async def test_a_clock_that_jumps_back_holds_nothing_up(watched):
    path = watched.write("harbour.md", "Ferries sail once a day.")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    await watched.look()
    assert watched.on_record() == ["Ferries sail once a day."]


async def test_mistakes_leave_the_old_statement_on_record_and_are_told_once(watched):
    watched.write("harbour.md", "Ferries sail once a day.", MISTAKE)
    watched.write("railway.md", "Trains run hourly.")
    await watched.look()
    assert watched.on_record() == ["Ferries sail twice a day.", "Trains run hourly."]
    (told,) = watched.told.problems
    assert (told.path.name, told.line) == ("harbour.md", 3)
    watched.write("harbour.md", "Ferries sail never.", MISTAKE)
    watched.write("tunnel.md", "The tunnel is dug.")
    await watched.look()
    assert "Ferries sail twice a day." in watched.on_record()
    assert watched.told.problems == [told]


async def test_what_is_repaired_is_taken_in_and_told_again_only_if_it_comes_back(watched):
    watched.write("harbour.md", "Ferries sail once a day.", MISTAKE)
    await watched.look()
    watched.write("harbour.md", "Ferries sail once a day.")
    await watched.look()
    assert watched.on_record() == ["Ferries sail once a day."]
    assert len(watched.told.problems) == 1
    watched.write("harbour.md", "Ferries sail once a day.", MISTAKE)
    await watched.look()
    assert len(watched.told.problems) == 2


async def test_a_mistake_in_one_of_many_lines_leaves_its_statement_and_takes_in_the_others(watched):
    line = '{{"id": "{}", "title": "T", "speakers": ["A B"], "paragraphs": ["{}"]}}\n'
    path = watched.folder / "many.jsonl"
    path.write_text(line.format("one", "The first.") + line.format("two", "The second."))
    await watched.look()
    path.write_text(line.format("one", "The first anew.") + line.format("two", "The new.")[:-5])
    await watched.look()
    assert watched.on_record() == ["Ferries sail twice a day.", "The first anew.", "The second."]
    assert [one.line for one in watched.told.problems] == [2]
    path.write_text(line.format("one", "The first anew."))
    await watched.look()
    assert watched.on_record() == ["Ferries sail twice a day.", "The first anew."]


async def test_a_copy_with_the_same_id_does_not_put_the_first_off_the_record(watched):
    """Though its name comes first."""
    line = '{"id": "harbour", "title": "T", "speakers": ["A B"], "paragraphs": ["A copy."]}\n'
    (watched.folder / "a.jsonl").write_text(line)
    await watched.look()
    assert watched.on_record() == ["Ferries sail twice a day."]
    assert "is taken by harbour.md" in watched.told.problems[0].what


@pytest.mark.parametrize(
    ("take_away", "fault", "logged"),
    [
        (shutil.rmtree, FolderFault.MISSING, "its folder cannot be read: No such file"),
        (
            lambda folder: (folder / "harbour.md").unlink(),
            FolderFault.EMPTIED,
            "its folder has no statements left; to empty it, send /reload",
        ),
    ],
)
async def test_a_folder_that_is_gone_or_empty_leaves_the_record_and_is_told_once(
    watched, take_away: Callable[[Path], None], fault, logged, caplog
):
    take_away(watched.folder)
    await watched.look(5)
    assert watched.on_record() == ["Ferries sail twice a day."]
    assert watched.told.faults == [fault]
    assert caplog.text.count(f"the record stays as it was: {logged}") == 1
    watched.folder.mkdir(exist_ok=True)
    watched.write("railway.md", "Trains run hourly.")
    await watched.look()
    assert watched.on_record() == ["Trains run hourly."]
    assert watched.watch.fault is None
    assert watched.told.faults == [fault]


async def test_what_fails_as_nobody_foresaw_is_tried_again_when_the_folder_changes(watched, caplog):
    working = watched.record._load

    def breaks(*_: object) -> None:
        raise ZeroDivisionError("made for this test")

    watched.record._load = breaks
    watched.write("railway.md", "Trains run hourly.")
    await watched.look(5)
    assert watched.told.faults == [FolderFault.FAILED]
    assert caplog.text.count("Traceback") == 1
    watched.record._load = working
    watched.write("railway.md", "Trains run daily.")
    await watched.look()
    assert watched.on_record() == ["Ferries sail twice a day.", "Trains run daily."]


async def test_mistakes_that_an_operator_was_told_of_on_reload_are_not_told_again(watched):
    watched.write("harbour.md", "Ferries sail once a day.", MISTAKE)
    await watched.answers.reload()
    watched.write("railway.md", "Trains run hourly.")
    await watched.look()
    assert watched.told.problems == []


async def test_synonyms_and_earlier_versions_are_watched_too(watched):
    index = watched.answers.index
    (watched.folder.parent / "synonyms.yaml").write_text("- [ferries, boats]\n")
    await watched.look()
    assert watched.answers.index is not index
    index = watched.answers.index
    earlier = watched.folder / "earlier" / "harbour"
    earlier.mkdir(parents=True)
    (earlier / "1.md").write_text("not yet a version")
    await watched.look()
    assert watched.answers.index is not index
