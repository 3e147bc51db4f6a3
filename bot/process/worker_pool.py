"""Runs several processes on one record: forked from one that has loaded it, on one port.

What a worker does is passed in, and so is how to load. The parent answers nothing: it replaces
workers that die, tells all to stop when it is told, and on SIGHUP reloads the record and replaces
all. Linux and macOS only.

The port is one socket, opened before the first fork and inherited, and not one for each worker
(SO_REUSEPORT): then the system keeps a queue for each, and when a worker ends the callers in its
queue are refused. In the one queue a caller waits for the next worker that is free.
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
#: Exit codes of a worker after which another would fare no better: the configuration is wrong, or
#: Telegram refuses the bot or stays out of reach. The parent exits with the same.
_FINAL = (2, EXIT_UNREACHABLE)
#: Seconds before which a worker's death counts as early, and how many early deaths in a row end
#: all workers.
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
    #: The pipe on which it says that it is ready; -1 once that is read.
    ready_pipe: int
    #: When it is killed if it has not ended; None while it is not told to.
    ends_by: float | None = None


class _Interrupted(BaseException):
    """A signal to stop came while the record was loading."""


class WorkerPool:
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
        self._wakeup_read, self._wakeup_write = os.pipe()

    def work(self) -> int:
        """Load, fork, and look after the workers until told to stop; return the exit code.

        Raises:
            Exception: whatever the first loading raises.
        """
        os.set_blocking(self._wakeup_read, False)
        os.set_blocking(self._wakeup_write, False)
        before = {one: signal.signal(one, self._on_signal) for one in SIGNALS}
        wakeup = signal.set_wakeup_fd(self._wakeup_write, warn_on_full_buffer=False)
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
            os.close(self._wakeup_read)
            os.close(self._wakeup_write)
        return self._code

    def _on_signal(self, number: int, _: FrameType | None) -> None:
        self._asked.add(number)
        if self._loading and number in _STOP:
            raise _Interrupted

    def _renew(self) -> None:
        """Load, and start a worker beside each there is; when it is ready that one is stopped."""
        try:
            self._loading = True
            self._run = self._prepare()
        except _Interrupted:
            return
        except Exception as error:
            if not self._generation:
                raise
            logger.error("the record could not be reloaded, and the old one stays: %s", error)
            return
        finally:
            self._loading = False
        # Memory is shared until a process writes to it, and the garbage collector writes marks.
        # What is frozen it leaves alone, so the old record has to be thawed to be freed.
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
        # Or both processes would write what is in a buffer.
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        ready, tell = os.pipe()
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        try:
            pid = os.fork()
            if not pid:
                theirs = [one.ready_pipe for one in self._processes.values() if one.ready_pipe >= 0]
                worker = Worker(number, self._listener, parent, tell)
                become(worker, self._run, [self._wakeup_read, self._wakeup_write, ready, *theirs])
        except OSError:
            os.close(ready)
            raise
        finally:
            os.close(tell)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        self._processes[pid] = _Process(number, self._generation, time.monotonic(), ready)

    def _wait(self) -> None:
        """Sleep until a signal, a worker that is ready, or one that is to be started or killed."""
        ends = [*self._due.values(), *filter(None, (p.ends_by for p in self._processes.values()))]
        seconds = max(0.0, min(ends) - time.monotonic()) if ends else None
        pipes = {one.ready_pipe: one for one in self._processes.values() if one.ready_pipe >= 0}
        for readable in select.select([self._wakeup_read, *pipes], [], [], seconds)[0]:
            if readable == self._wakeup_read:
                os.read(self._wakeup_read, 4096)
            else:
                self._read_ready(pipes[readable])

    def _read_ready(self, process: _Process) -> None:
        ready = os.read(process.ready_pipe, 1)
        os.close(process.ready_pipe)
        process.ready_pipe = -1
        if ready:
            for pid, other in self._processes.items():
                if other.number == process.number and other.generation < process.generation:
                    self._tell_to_stop(pid, other)

    def _reap(self) -> None:
        for pid, process in list(self._processes.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                del self._processes[pid]
                if process.ready_pipe >= 0:
                    self._read_ready(process)
                if process.ends_by is None:
                    self._on_crash(process, os.waitstatus_to_exitcode(status))

    def _on_crash(self, process: _Process, code: int) -> None:
        """Decide what follows from the end of *process*, which was not told to stop."""
        if code in _FINAL:
            self._stop(code)
        if self._stopping or process.generation < self._generation:
            return
        how = f"signal {-code}" if code < 0 else f"code {code}"
        soon = time.monotonic() - process.started < _EARLY
        early = self._early[process.number] = self._early[process.number] + 1 if soon else 0
        if early >= _ATTEMPTS:
            logger.critical("worker %d died %d times in a row (%s)", process.number, early, how)
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
            logger.info("reloading the record")
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
        # A caller is better refused, and comes again, than left waiting for no worker.
        self._listener.close()
        for pid, process in self._processes.items():
            self._tell_to_stop(pid, process)

    def _tell_to_stop(self, pid: int, process: _Process) -> None:
        # Once: a second signal would break off the orderly stop.
        if process.ends_by is None:
            process.ends_by = time.monotonic() + self._grace
            os.kill(pid, signal.SIGTERM)
