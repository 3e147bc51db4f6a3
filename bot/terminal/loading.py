"""Loads the record and builds the index, with a progress bar if that takes a while."""

from __future__ import annotations

import errno
import os
import shlex
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from bot.configuration import DEFAULT_DATA, Configuration
from bot.terminal.screen import is_terminal
from index import (
    Index,
    IndexFile,
    KnownFiles,
    Record,
    Snapshot,
    known_files,
    load_record,
    printable,
    take_snapshot,
    without_controls,
)

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

#: Seconds of waiting after which a user wants to see progress.
_PATIENCE = 0.7
#: What the system says when there is no space left.
_FULL = (errno.ENOSPC, errno.EDQUOT)


class ProgressBar:
    """A bar on standard error that appears only if the work takes long, and only in a terminal."""

    def __init__(self) -> None:
        """Start to measure the time."""
        self._began = time.monotonic()
        self._in_terminal = is_terminal(sys.stderr)
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._progress:
            self._progress.stop()

    def describe(self, name: str, text: str) -> None:
        """Show *text* beside the bar of the step *name*, if that is shown."""
        if self._progress and name in self._tasks:
            self._progress.update(self._tasks[name], description=text)

    def step(self, name: str) -> Callable[[int, int], None]:
        """Return the function that reports (done, total) of the step *name*."""

        def report(done: int, total: int) -> None:
            if not self._in_terminal or time.monotonic() - self._began < _PATIENCE:
                return
            if self._progress is None:
                from rich.console import Console  # noqa: PLC0415  # only when it is shown
                from rich.progress import Progress  # noqa: PLC0415

                self._progress = Progress(console=Console(stderr=True), transient=True)
                self._progress.start()
            if name not in self._tasks:
                self._tasks[name] = self._progress.add_task(name, total=total)
            self._progress.update(self._tasks[name], completed=done)

        return report


class Renewal:
    """The record in a folder, loaded again when it has changed."""

    def __init__(self, data: Path, cache: Path | None = None) -> None:
        """Load nothing yet."""
        self._load = partial(load_index, data, cache=cache)
        self._data, self._known = data, known_files()
        self._loaded: tuple[Snapshot, Index] | None = None

    def index(self) -> Index:
        """Return the index of the record as it is now.

        Raises:
            RecordNotFound: there is no such folder.
        """
        now = take_snapshot(self._data)
        if self._loaded is None or self._loaded[0] != now:
            before = self._loaded[1] if self._loaded else None
            self._loaded = now, self._load(self._known, before)
        return self._loaded[1]


def load_index(
    data: Path,
    known: KnownFiles | None = None,
    before: Index | None = None,
    *,
    cache: Path | None = None,
    quick: bool = False,
    anew: bool = False,
) -> Index:
    """Return the index of the record in *data*; warn on standard error of what is left out.

    What is *known* of its files, and of their texts by the index *before*, is not read again; nor
    is anything warned of then. With a folder for a *cache*, the index is the one that was kept
    there, if nothing has changed since, and will be kept there otherwise, if it is large and there
    was none *before*. A *quick* start does not compare all of a large one with its digest. *anew*
    takes nothing that was kept.

    Raises:
        RecordNotFound: there is no such folder.
    """
    first, snapshot = before is None, take_snapshot(data)
    file = IndexFile(cache, data) if cache and not snapshot.missing else None
    if file and first and not anew:
        found = file.find(snapshot, quick=quick)
        if found.damaged:
            _warn_of(f"{printable(file.path)} is damaged ({found.damaged}), and is made anew")
        # So that a command reads only what has changed, and keeps what it knows for the bot.
        known = known or known_files()
        found.known_by(known, data)
        if found.index and found.is_current:
            _warn(found.index.record, data)
            return found.index
        before = found.index
    with ProgressBar() as bar:
        record = load_record(data, bar.step("reading"), known=known)
        index = Index(record, bar.step("indexing"), before=before, by_two=_cores() > 1)
    if not first:
        return index
    _warn(record, data)
    return keep_index(data, cache, index, snapshot, known) if file and cache else index


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def keep_index(
    data: Path, cache: Path, index: Index, snapshot: Snapshot, known: KnownFiles | None = None
) -> Index:
    """Keep *index* of the files in *data*, which are those in *snapshot*, in the folder *cache*.

    What is *known* of the files is kept, too. Return the index as it is kept, or as it is if it
    cannot be.
    """
    try:
        return IndexFile(cache, data).keep(index, snapshot, known)
    except OSError as error:
        # It is made again at the next start.
        where = printable(cache.absolute())
        if error.errno in _FULL:
            _warn_of(f"{where} has no space left to keep the index: each start is slow")
        else:
            reason = error.strerror or type(error).__name__
            _warn_of(
                f"the index cannot be kept in {where} ({reason}): each start is slow. "
                "Set “cache” to a folder that can be written to"
            )
        return index


Told = TypeVar("Told")


def asked(configuration: Configuration, ask: Callable[[Index], Told]) -> Told:
    """Return what *ask* gets from the index of the record, which is quickly loaded.

    If that fails because what was kept of the index is damaged, it is built anew, and asked again.
    """
    load = partial(load_index, configuration.data, cache=configuration.cache_folder)
    index = load(quick=True)
    try:
        return ask(index)
    except Exception:
        if index.is_whole():
            raise
    _warn_of("the index that was kept is damaged, and is made anew")
    return ask(load(anew=True))


def _warn_of(what: str) -> None:
    sys.stderr.write(f"onrecord: {what}.\n")


def _warn(record: Record, data: Path) -> None:
    """Warn on standard error of the files in *data* with mistakes, or if no statement is there."""
    folder = "" if data == DEFAULT_DATA else f" --data {shlex.quote(str(data))}"
    broken = sorted({str(problem.path) for problem in record.problems if not problem.warning})
    if broken:
        first = without_controls(broken[0])
        files = (
            f"1 file has mistakes, {first}"
            if len(broken) == 1
            else (f"{len(broken)} files have mistakes, the first is {first}")
        )
        sys.stderr.write(
            f"onrecord: {files}; the parts with mistakes are left out. "
            f"Run “onrecord{folder} check” to list them.\n"
        )
    elif not record.statements and not record.withdrawn:
        sys.stderr.write(
            f"onrecord: {data / 'statements'} has no statements yet. "
            f"Add one: “onrecord{folder} add FILE”.\n"
        )
