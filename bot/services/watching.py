"""Watches the folder of data, and has the record loaded again when something in it has changed.

The folder is looked at, again and again: what the system reports of changes misses some, as when a
folder is replaced by another. A change is acted on once the folder rests, so that half a file and a
half-finished checkout are not read; and what cannot be read leaves the record as it was. Who is
told of mistakes, and how, is left to ``notices``.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from bot.answering.answers import Answers
from bot.services.live_record import LiveRecord
from index import Index, OnRecordError, Problem, Snapshot, take_snapshot

logger = logging.getLogger(__name__)

#: Seconds between two looks: so many, but looking shall take at most a share of the time; then at
#: most so many.
_EVERY, _SHARE, _SELDOM = 0.3, 0.03, 1.0
#: Seconds that the folder has to rest.
_REST = 0.15
#: Seconds after which a folder that never rests is read as it is.
_PATIENCE = 10.0
#: Seconds after a change in which no other came, when what was loaded is kept for the next start.
_QUIET = 20.0
#: Problems that are logged at once, at most.
_LOGGED = 10


class FolderFault(Enum):
    """Why the folder as a whole is not read."""

    MISSING = "missing"
    EMPTIED = "emptied"
    FAILED = "failed"


#: What is logged of each, before the reason.
_LOGGED_FAULTS = {
    FolderFault.MISSING: "its folder cannot be read: ",
    FolderFault.EMPTIED: "its folder has no statements left; to empty it, send /reload",
    FolderFault.FAILED: "it could not be loaded: ",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps the record from being loaded, so that the old one stays."""

    kind: FolderFault
    #: Why, in the system's words.
    reason: str = ""


class Notify(Protocol):
    """Tells the operators, without waiting until they are told."""

    def mistakes(self, problems: list[Problem]) -> None:
        """Tell of mistakes in files."""

    def fault(self, fault: Fault) -> None:
        """Tell of what keeps the record from being loaded."""


class Watch:
    """Looks after one folder, for one process."""

    def __init__(
        self,
        record: LiveRecord,
        answers: Answers,
        notify: Notify | None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Have *answers* reload the *record* when its folder changes.

        *notify* tells the operators; without it, nobody is told. *clock* gives seconds.
        """
        self._record, self._answers = record, answers
        self._notify, self._clock = notify, clock
        #: What keeps the record as it was, if anything does.
        self.fault: Fault | None = None
        #: The folder when it was last looked at, and as it could not be loaded.
        self._seen = record.loaded
        self._refused: Snapshot | None = None
        self._changed_at: float | None = None
        self._reloaded_at = clock()
        #: The index whose mistakes have been told, and these mistakes.
        self._index = answers.index
        self._told = _mistakes(answers.index)

    async def keep(self) -> None:
        """Look at the folder until this task is cancelled."""
        while True:
            pause = await self.look()
            await asyncio.sleep(pause)

    async def look(self) -> float:
        """Look at the folder once, and act on what is seen; return in how many seconds to look."""
        seen, took = await asyncio.to_thread(_timed_snapshot, self._record.data)
        pause = min(max(_EVERY, took / _SHARE), _SELDOM)
        if self._index is not self._answers.index:
            # An operator had it loaded, and was told.
            self._index, self._told = self._answers.index, _mistakes(self._answers.index)
        if seen in (self._record.loaded, self._refused):
            self._changed_at = None
            if seen == self._record.loaded:
                self.fault = self._refused = None
                await self._keep_when_quiet()
        else:
            now = self._clock()
            self._changed_at = now if self._changed_at is None else self._changed_at
            if seen == self._seen or now - self._changed_at >= _PATIENCE:
                self._changed_at = None
                await self._act_on(seen)
            else:
                pause = _REST
        self._seen = seen
        return pause

    async def _keep_when_quiet(self) -> None:
        """Have what was loaded last kept, if nothing has changed for a while."""
        if not self._record.is_unkept:
            return
        if self._clock() - self._reloaded_at >= _QUIET:
            try:
                await self._answers.reload(self._record.keep)
            except Exception:  # whatever keeps it from being kept, the bot goes on
                logger.exception("the index could not be kept, and the next start makes it again")
            self._index = self._answers.index

    async def _act_on(self, seen: Snapshot) -> None:
        if seen.missing:
            self._refuse(seen, Fault(FolderFault.MISSING, seen.missing))
        elif not seen.statement_files and self._answers.index.record.statements:
            self._refuse(seen, Fault(FolderFault.EMPTIED))
        else:
            try:
                seconds = await self._answers.reload(self._record.load)
            except (OnRecordError, OSError) as error:
                self._refuse(seen, Fault(FolderFault.FAILED, str(error)))
            except Exception as error:  # whatever a folder can hold, the bot goes on
                logger.exception("the record could not be reloaded, and the old one stays")
                self._refuse(seen, Fault(FolderFault.FAILED, type(error).__name__))
            else:
                self._reloaded(seconds)

    def _refuse(self, seen: Snapshot, fault: Fault) -> None:
        """Leave the record as it is, and tell of the *fault*, if that is another than before."""
        self._refused = seen
        if fault != self.fault:
            self.fault = fault
            logger.error(
                "the record stays as it was: %s", _LOGGED_FAULTS[fault.kind] + fault.reason
            )
            if self._notify:
                self._notify.fault(fault)

    def _reloaded(self, seconds: float) -> None:
        self._reloaded_at = self._clock()
        self.fault = self._refused = None
        self._index = self._answers.index
        paragraphs = self._index.searched.paragraphs
        logger.info("reloaded in %.1f s: %d paragraphs on record", seconds, paragraphs)
        mistakes = _mistakes(self._index)
        new = [one for key, one in mistakes.items() if key not in self._told]
        # What is repaired is forgotten, and told again if it comes back.
        self._told = mistakes
        for problem in new[:_LOGGED] if self._notify else ():
            logger.warning("a mistake, so what is on record stays: %s", problem)
        if new and self._notify:
            self._notify.mistakes(new)


_Key = tuple[Path, int | None, str, str]


def _mistakes(index: Index) -> dict[_Key, Problem]:
    """Return the mistakes in the files of the record, each by what distinguishes it."""
    return {
        (one.path, one.line, one.what, one.fragment): one
        for one in index.record.problems
        if not one.warning
    }


def _timed_snapshot(data: Path) -> tuple[Snapshot, float]:
    """Return the files in the folder *data*, and how many seconds of CPU it took to see them."""
    began = time.thread_time()
    return take_snapshot(data), time.thread_time() - began
