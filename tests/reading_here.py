"""Reads documents in this process, by the real readers.

The child process that limits them has tests of its own, and takes half a second to start.
"""

from __future__ import annotations

from threading import Lock
from types import TracebackType

from documents.model import Extract, Source
from documents.reading import reading


class ReadsHere:
    """Stands for ``LimitedReader``, and for ``LimitedReaders``."""

    def __init__(self, count: int = 1) -> None:
        """Take the *count* of processes there would be."""
        self._one_at_a_time = Lock()

    def __enter__(self) -> ReadsHere:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """There is nothing to end."""

    def read(self, source: Source) -> list[Extract]:
        """Return what is in *source*."""
        with self._one_at_a_time:
            return reading.read(source)
