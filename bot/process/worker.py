"""One of several processes that share a record, and how it and its parent talk.

When a worker is started and stopped is decided in ``worker_pool``.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

logger = logging.getLogger(__name__)

#: The signals that the parent handles; blocked while it forks, or one could arrive between the fork
#: and the worker's own handlers, and be lost.
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
#: Seconds between two looks whether the parent still lives.
_LOOK_EVERY = 1.0


@dataclass(frozen=True, slots=True)
class Worker:
    """What a worker knows of itself and its parent."""

    #: From 0; a worker that replaces another has its number.
    number: int
    listener: socket.socket
    #: The parent's process id.
    parent: int
    #: The pipe that tells the parent that it is ready.
    _ready_pipe: int

    def ready(self) -> None:
        """Tell the parent that requests are answered: the worker that this one replaces may end."""
        with contextlib.suppress(OSError):  # it was told before, or has gone
            os.write(self._ready_pipe, b"+")

    def reload_all(self) -> None:
        """Have the parent reload the record, and replace every worker."""
        if not self.orphaned:
            os.kill(self.parent, signal.SIGHUP)

    @property
    def orphaned(self) -> bool:
        """Whether the parent has gone without stopping this worker, as after ``kill -9``."""
        return os.getppid() != self.parent

    async def leave_with_parent(self, stop: Callable[[], None]) -> None:
        """Call *stop* once the parent has gone: a new one would find the port taken.

        It is called again and again until this task is cancelled, as by ``polling.watch``.
        """
        told = False
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            if self.orphaned:
                if not told:
                    logger.critical("worker %d lost its parent; stopping", self.number)
                told = True
                stop()


def become(worker: Worker, run: Callable[[Worker], int], not_ours: list[int]) -> NoReturn:
    """Be *worker* in the process just forked, and leave it with the code that *run* returns.

    The descriptors *not_ours* are the parent's.
    """
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        # A terminal sends both to all processes, but they are for the parent, which passes them on.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        for one in not_ours:
            os.close(one)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        code = run(worker)
    except SystemExit as told:
        code = told.code if isinstance(told.code, int) else int(told.code is not None)
    except BaseException:
        logger.exception("worker %d failed", worker.number)
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            # Not by way of the parent's own clean-up, which is for the parent.
            os._exit(code)
