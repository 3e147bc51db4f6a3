"""Holds the record in a folder as it was last loaded, and loads again only what has changed.

When to load again is decided in ``watching``, or by an operator.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable
from pathlib import Path

from index import Index, KnownFiles, Snapshot, known_files, take_snapshot

#: Returns the index of the record, given the files that are known and the index before, if any.
Load = Callable[[KnownFiles, Index | None], Index]
#: Keeps an index of the files as they were, and what is known of these; returns it as it is kept,
#: or as it is.
Keep = Callable[[Index, Snapshot, KnownFiles], Index]


class LiveRecord:
    """The record in a folder, and its index."""

    def __init__(self, data: Path, load: Load, keep: Keep | None = None) -> None:
        """Have *load* load the record in the folder *data* whenever that is wanted.

        The first time, it has it kept. What it loads after a change shall be on record at once, and
        *keep* keeps it when there is time.
        """
        self.data = data
        self._load, self._keep = load, keep
        #: Whether what was loaded last should be kept.
        self.is_unkept = False
        self._known = known_files()
        self._index: Index | None = None
        #: The files as they were when they were last loaded.
        self.loaded = Snapshot()

    def load(self) -> Index:
        """Load the record; return its index, prepared for any question.

        While it lasts, nothing is collected as garbage, and afterwards the index is never looked at
        for that: a collection takes a tenth of a second, in which no question would be answered.

        Raises:
            RecordNotFound: there is no folder of statements; what was loaded stays known.
        """
        # Before, so that what changes while it is loaded counts as a change.
        snapshot = take_snapshot(self.data)
        before = self._index
        self._index = self._prepared(lambda: self._load(self._known, before))
        self.loaded = snapshot
        self.is_unkept = self._keep is not None and before is not None
        return self._index

    def keep(self) -> Index:
        """Keep the index that was loaded last; return it as it is kept, prepared.

        All processes that map the file share it.
        """
        index, keep, snapshot = self._index, self._keep, self.loaded
        self.is_unkept = False
        if index is None or keep is None:
            raise ValueError("nothing was loaded that could be kept")
        self._index = self._prepared(lambda: keep(index, snapshot, self._known))
        return self._index

    def _prepared(self, load: Callable[[], Index]) -> Index:
        collecting = gc.isenabled()
        gc.disable()
        try:
            index = load()
            index.prepare()
            gc.freeze()
        finally:
            if collecting:
                gc.enable()
        _give_memory_back()
        return index


def _give_memory_back() -> None:
    """Return to the system what building an index took for a while: glibc keeps it for later.

    A bot with 10,000 paragraphs held 161 MB without this, and 149 with it.
    """
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
