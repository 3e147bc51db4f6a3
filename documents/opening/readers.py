"""Reads several documents at once, each in a limited child process of its own."""

from __future__ import annotations

from contextlib import ExitStack
from queue import LifoQueue
from types import TracebackType

from documents.model import Extract, Source
from documents.opening.child import LimitedReader
from documents.opening.limits import Limits


class LimitedReaders:
    """So many limited readers; use it with ``with``.

    A child process is started when it is first needed: the last one that was used is used again, so
    that one document after another needs one process.
    """

    def __init__(self, count: int, limits: Limits | None = None) -> None:
        """Read up to *count* documents at once, each within *limits*."""
        self.count = count
        self._open = ExitStack()
        self._free: LifoQueue[LimitedReader] = LifoQueue()
        for _ in range(count):
            self._free.put(self._open.enter_context(LimitedReader(limits)))

    def __enter__(self) -> LimitedReaders:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._open.close()

    def read(self, source: Source) -> list[Extract]:
        """Return what is in *source*, once a reader is free; safe from several threads.

        Raises:
            Unreadable: it cannot be read, took too long or too much memory, or broke the reader.
        """
        reader = self._free.get()
        try:
            return reader.read(source)
        finally:
            self._free.put(reader)
