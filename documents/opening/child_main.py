"""Runs in the child process: reads one document after another within limits set on itself.

It takes the address space in bytes as its argument, a source and its content as two frames on
standard input, and gives an answer as a frame on what was standard output. Libraries may print
what they like: it is dropped.
"""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from dataclasses import replace
from typing import Any, BinaryIO

#: Bytes of a frame, far more than a document may have.
MOST_RECEIVED = 1 << 30
#: Seconds of the processor for one document: it ends a child whose parent is gone.
_PROCESSOR_SECONDS = 60


def main() -> None:
    """Answer each source until standard input ends."""
    _limit(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    _serve(sys.stdin.buffer, answers)


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit, and does not set it
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _serve(sources: BinaryIO, answers: BinaryIO) -> None:
    # Imported under the limits, and before the first document's time runs.
    from documents.model import Source  # noqa: PLC0415
    from documents.opening.framing import receive, receive_bytes, send  # noqa: PLC0415
    from documents.opening.wire_values import from_wire  # noqa: PLC0415

    while True:
        try:
            source = from_wire(Source, receive(sources, MOST_RECEIVED))
            source = replace(source, content=receive_bytes(sources, MOST_RECEIVED))
        except EOFError:
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = int(used.ru_utime + used.ru_stime) + _PROCESSOR_SECONDS
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
        send(answers, _answer(source))


def _answer(source: Any) -> dict[str, Any]:
    """Return what *source* holds, why it is unreadable, or what went wrong in our own code."""
    from documents.model import Unreadable  # noqa: PLC0415
    from documents.opening.wire_values import to_wire  # noqa: PLC0415
    from documents.reading.reading import read  # noqa: PLC0415

    try:
        return {"extracts": to_wire(read(source))}
    except Unreadable as error:
        return {"unreadable": [error.what, error.repair]}
    except MemoryError:
        return {"memory": True}
    except RecursionError:
        return {"nested": True}
    except Exception as error:  # whatever a document makes a reader do, it is told, not thrown
        return {"fault": f"{type(error).__name__} in {_place_of(error)}"}


def _place_of(error: Exception) -> str:
    """Return the last of our own lines that *error* went through: "reading.rtf, line 12"."""
    place = "a reader"
    at = error.__traceback__
    while at is not None:
        module = str(at.tb_frame.f_globals.get("__name__", ""))
        if module.startswith("documents.") and module != __name__:
            place = f"{module.removeprefix('documents.')}, line {at.tb_lineno}"
        at = at.tb_next
    return place


if __name__ == "__main__":
    main()
