"""Runs several processes on one record: forked from one that has loaded it, on one port.

What a worker does is passed in, and so is how to load. The parent answers nothing: it starts anew
what died, passes on the wish to stop, and on SIGHUP changes the workers for others that have the
record anew. Linux and macOS only.

The port is one socket, opened before the first fork and inherited, and not one for each worker
(SO_REUSEPORT): there the system sorts callers into a queue for each, and when a worker ends those
in its queue are turned away. In the one queue a caller waits for whichever worker is next.
"""

from __future__ import annotations

import gc
import logging
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import FrameType
from typing import TypeVar

from bot.process.worker import SIGNALS, Worker, become

logger = logging.getLogger(__name__)

Loaded = TypeVar("Loaded")

#: Exit code when Telegram refuses the bot, or has been out of reach too long.
EXIT_UNREACHABLE = 3
#: Exit codes of a worker after which another would fare no better: it was asked for what cannot be
#: done, or Telegram refuses it or stays out of reach. The parent leaves with the same.
_FINAL = (2, EXIT_UNREACHABLE)
#: A worker that ends sooner, in seconds, was of no use; after so many in a row the rest end too.
_EARLY = 10.0
_ATTEMPTS = 5
#: Seconds until a worker is started again, doubled with each early death, and at most.
_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
#: Seconds that workers have to end: less than the 30 that compose.yaml gives all of us.
_GRACE = 25.0
_STOP = {signal.SIGTERM, signal.SIGINT}


@dataclass(slots=True)
class _Process:
    """A worker as the parent knows it."""

    number: int
    generation: int
    started: float
    #: Where its news is read; -1 once it has told all there is.
    news: int
    #: When it is killed if it has not ended; None while nobody wants it to.
    ends_by: float | None = None


class _Interrupted(BaseException):
    """Told to stop while the record was loading."""


class Workers:
    """Workers with the same record, and the parent that looks after them."""

    def __init__(
        self,
        number: int,
        listener: socket.socket,
        load: Callable[[], Loaded],
        run: Callable[[Loaded, Worker], int],
        *,
        pause: float = _PAUSE,
        grace: float = _GRACE,
    ) -> None:
        """Have *number* workers *run* on what *load* returns, sharing *listener*.

        *run* returns the worker's exit code. *load* must leave no thread behind: a fork takes along
        the locks that threads hold, and not the threads. *pause*, before a worker is started again,
        and *grace*, to end in, are in seconds.
        """
        self._number = number
        self._listener = listener
        self._prepare: Callable[[], Callable[[Worker], int]] = lambda: partial(run, load())
        self._run: Callable[[Worker], int]
        self._pause = pause
        self._grace = grace
        self._generation = 0
        self._processes: dict[int, _Process] = {}
        #: When to start a worker, and how often in a row it died early, by its number.
        self._due: dict[int, float] = {}
        self._early = dict.fromkeys(range(number), 0)
        self._asked: set[int] = set()
        self._loading = False
        self._stopping = False
        self._code = 0
        # Signals come as bytes in a pipe, so that one may sleep until there is one.
        self._alarm, self._bell = os.pipe()

    def work(self) -> int:
        """Load, fork, and look after the workers until told to stop; return the exit code.

        Raises:
            Exception: whatever the first loading raises.
        """
        os.set_blocking(self._alarm, False)
        os.set_blocking(self._bell, False)
        before = {one: signal.signal(one, self._on_signal) for one in SIGNALS}
        wakeup = signal.set_wakeup_fd(self._bell, warn_on_full_buffer=False)
        try:
            self._renew()
            while self._processes or self._due:
                self._wait()
                self._reap()
                self._handle_signals()
                self._start_those_due()
        finally:
            for pid, process in self._processes.items():
                self._tell_to_stop(pid, process)
            signal.set_wakeup_fd(wakeup)
            for one, handler in before.items():
                signal.signal(one, handler)
            os.close(self._alarm)
            os.close(self._bell)
        return self._code

    def _on_signal(self, number: int, _: FrameType | None) -> None:
        self._asked.add(number)
        if self._loading and number in _STOP:
            raise _Interrupted

    def _renew(self) -> None:
        """Load, and put a new worker beside each there is; when it is ready the old one goes."""
        try:
            self._loading = True
            self._run = self._prepare()
        except _Interrupted:
            return
        except Exception as error:
            if not self._generation:
                raise
            logger.error("the record was not loaded anew; the old one stays: %s", error)
            return
        finally:
            self._loading = False
        # Memory is shared until one writes to it; and the collector writes, to mark what it saw.
        # What is frozen it leaves alone, so the record before this has to be thawed to be freed.
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._generation += 1
        self._due = dict.fromkeys(range(self._number), time.monotonic())
        self._start_those_due()

    def _start_those_due(self) -> None:
        for number, due in list(self._due.items()):
            if time.monotonic() >= due:
                del self._due[number]
                try:
                    self._start(number)
                except OSError as error:  # no memory, or too many processes
                    logger.error("worker %d could not be started: %s", number, error.strerror)
                    self._due[number] = time.monotonic() + _LONGEST_PAUSE

    def _start(self, number: int) -> None:
        # What is in a buffer would be written by both.
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        news, tell = os.pipe()
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        try:
            pid = os.fork()
            if not pid:
                theirs = [one.news for one in self._processes.values() if one.news >= 0]
                worker = Worker(number, self._listener, parent, tell)
                become(worker, self._run, [self._alarm, self._bell, news, *theirs])
        except OSError:
            os.close(news)
            raise
        finally:
            os.close(tell)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        self._processes[pid] = _Process(number, self._generation, time.monotonic(), news)

    def _wait(self) -> None:
        """Sleep until a signal or news, or until a worker is due or has had its time."""
        ends = [*self._due.values(), *filter(None, (p.ends_by for p in self._processes.values()))]
        seconds = max(0.0, min(ends) - time.monotonic()) if ends else None
        news = {one.news: one for one in self._processes.values() if one.news >= 0}
        for readable in select.select([self._alarm, *news], [], [], seconds)[0]:
            if readable == self._alarm:
                os.read(self._alarm, 4096)
            else:
                self._read_news(news[readable])

    def _read_news(self, process: _Process) -> None:
        ready = os.read(process.news, 1)
        os.close(process.news)
        process.news = -1
        if ready:
            for pid, other in self._processes.items():
                if other.number == process.number and other.generation < process.generation:
                    self._tell_to_stop(pid, other)

    def _reap(self) -> None:
        for pid, process in list(self._processes.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                del self._processes[pid]
                if process.news >= 0:
                    self._read_news(process)
                if process.ends_by is None:
                    self._on_crash(process, os.waitstatus_to_exitcode(status))

    def _on_crash(self, process: _Process, code: int) -> None:
        """Decide what follows from the end of *process*, which nobody told to stop."""
        if code in _FINAL:
            self._stop(code)
        if self._stopping or process.generation < self._generation:
            return
        how = f"signal {-code}" if code < 0 else f"code {code}"
        soon = time.monotonic() - process.started < _EARLY
        early = self._early[process.number] = self._early[process.number] + 1 if soon else 0
        if early >= _ATTEMPTS:
            logger.critical("worker %d died %d times at once (%s)", process.number, early, how)
            self._stop(EXIT_UNREACHABLE)
            return
        logger.error("worker %d died (%s); another takes its place", process.number, how)
        pause = min(self._pause * 2 ** max(early - 1, 0), _LONGEST_PAUSE)
        self._due[process.number] = time.monotonic() + pause

    def _handle_signals(self) -> None:
        asked, self._asked = self._asked, set()
        if asked & _STOP:
            self._stop(0)
        elif signal.SIGHUP in asked and not self._stopping:
            logger.info("loading the record anew")
            self._renew()
        for pid, process in self._processes.items():
            if process.ends_by and time.monotonic() >= process.ends_by:
                process.ends_by += self._grace
                logger.error("worker %d did not end in time; killed", process.number)
                os.kill(pid, signal.SIGKILL)

    def _stop(self, code: int) -> None:
        """Let every worker end; *code* is why, unless there was a reason before."""
        if self._stopping:
            return
        self._stopping, self._code = True, code
        self._due.clear()
        # A caller must be refused, and come again, rather than wait for nobody.
        self._listener.close()
        for pid, process in self._processes.items():
            self._tell_to_stop(pid, process)

    def _tell_to_stop(self, pid: int, process: _Process) -> None:
        # Once: a second signal would break off what the first began in good order.
        if process.ends_by is None:
            process.ends_by = time.monotonic() + self._grace
            os.kill(pid, signal.SIGTERM)
