"""Reads documents in one child process with limits, and replaces it when a document breaks it.

A reader may hang, run out of memory or crash: the document is refused, and the next one is read.
What the child answers is checked, not believed; what it knows of the environment is little.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock, Timer
from types import TracebackType
from typing import Any, BinaryIO, cast

from documents.model import Extract, Source, Unreadable
from documents.opening.framing import receive, send, send_bytes
from documents.opening.limits import Limits, size_of
from documents.opening.wire_values import from_wire, to_wire

#: Of an answer: far more than the text of a document of 25 MB.
_MOST_ANSWERED = 128 * 1024 * 1024
#: Seconds that a child has to end by itself.
_ENDING = 1.0
#: All of the environment that a child is given: nothing secret, and no proxy.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "SYSTEMROOT", "LD_LIBRARY_PATH")
_PROGRAM = ("-m", "documents.opening.child_main")
_ROOT = Path(__file__).resolve().parents[2]

_SAVE = "Open it, save its text in another format (.docx, .txt), and add that"
_REPORT = "Report it with the file; until then, save its text as .txt, and add that"
_SMALLER = "Give the part that is to be filed"
_CRASHED = "reading it broke the reader"


class LimitedReader:
    """Reads sources in a child process, which is started when the first is read.

    Use it with ``with``. One document is read at a time, also from several threads.
    """

    def __init__(self, limits: Limits | None = None, *, program: Sequence[str] = _PROGRAM) -> None:
        """Take the *limits* of time, memory and documents, and Python's arguments for the child."""
        self._limits = limits or Limits()
        self._program = program
        self._child: subprocess.Popen[bytes] | None = None
        self._readings = 0
        self._one_at_a_time = Lock()

    def __enter__(self) -> LimitedReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child process; another one is started if something is read afterwards."""
        with self._one_at_a_time:
            self._end()

    def read(self, source: Source) -> list[Extract]:
        """Return what is in *source*, as ``documents.reading.reading.read`` does.

        Raises:
            Unreadable: it cannot be read, took too long or too much memory, or broke the reader.
        """
        with self._one_at_a_time:
            try:
                return self._extracts(self._ask(source))
            except Unreadable:
                raise
            except BaseException:
                # Interrupted, and so the pipe is out of step.
                self._end()
                raise

    def _ask(self, source: Source) -> dict[str, Any]:
        """Return the child's answer.

        Raises:
            Unreadable: there is none, as the child hung or crashed; it is ended.
        """
        child = self._started()
        hung = Event()

        def end() -> None:
            hung.set()
            child.kill()

        timer = Timer(self._limits.reading_seconds, end)
        timer.daemon = True
        timer.start()
        answer: Any = None
        # Any of these: the child is gone, or what it says makes no sense.
        with contextlib.suppress(OSError, EOFError, ValueError):
            try:
                to_child = cast(BinaryIO, child.stdin)
                send(to_child, to_wire(replace(source, content=b"")))
                send_bytes(to_child, source.content)
                answer = receive(cast(BinaryIO, child.stdout), _MOST_ANSWERED)
            finally:
                timer.cancel()
        self._readings += 1
        if hung.is_set() or not isinstance(answer, dict):
            raise self._failed(child, hung=hung.is_set())
        return answer

    def _extracts(self, answer: dict[str, Any]) -> list[Extract]:
        """Return the extracts in *answer*, or raise what it says; a child at fault is ended."""
        if not answer.keys() & {"extracts", "unreadable"}:
            self._end()
            raise _refusal_in(answer, self._limits)
        if self._readings >= self._limits.readings:
            self._end()
        if "unreadable" in answer:
            raise _refusal_in(answer, self._limits)
        try:
            return from_wire(list[Extract], answer["extracts"])
        except (ValueError, TypeError) as error:
            self._end()
            what = f"it cannot be read (our fault: {type(error).__name__} in an answer)"
            raise Unreadable(what, _REPORT) from None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end()
        # -P: what lies in the working folder is not imported.
        self._child = subprocess.Popen(  # noqa: S603  # our own module, and a number
            [sys.executable, "-P", *self._program, str(self._limits.reading_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            # Ctrl-C is for the parent, which ends the child.
            start_new_session=True,
        )
        self._readings = 0
        return self._child

    def _failed(self, child: subprocess.Popen[bytes], *, hung: bool) -> Unreadable:
        """Return why *child* gave no answer, and end it."""
        self._end()
        if hung:
            return Unreadable(f"reading it took over {self._limits.reading_seconds:.0f} s", _SAVE)
        status = child.returncode or 0
        if status < 0:
            try:
                name = signal.Signals(-status).name
            except ValueError:
                name = f"signal {-status}"
            return Unreadable(f"{_CRASHED} ({name})", _REPORT)
        return Unreadable(f"{_CRASHED} (exit status {status})", _REPORT)

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                # What was left to be written has no reader.
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            child.wait(_ENDING)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _refusal_in(answer: dict[str, Any], limits: Limits) -> Unreadable:
    match answer:
        case {"unreadable": [str(what), str(repair)]}:
            return Unreadable(what, repair)
        case {"memory": True}:
            memory = size_of(limits.reading_bytes)
            return Unreadable(f"reading it took over {memory} of memory", _SMALLER)
        case {"nested": True}:
            return Unreadable("it is nested too deeply", _SAVE)
        case {"fault": str(fault)}:
            return Unreadable(f"it cannot be read (our fault: {fault})", _REPORT)
    return Unreadable(f"{_CRASHED} (it gave no answer)", _REPORT)


def _environment() -> dict[str, str]:
    """Return what the child may know: where Python finds things, and no more."""
    given = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    paths = [str(_ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    # numpy's libraries take memory for each core, which counts against the limit.
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**given, **threads, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
