"""The event loop that the bot runs in, apart from the bot."""

from __future__ import annotations

import asyncio
import errno
import subprocess
import sys
from pathlib import Path

from bot.process.running import event_loop

# A process of its own: signals and their pipe are the whole process's. The signal comes at the one
# moment when the pipe is closed and the signal not yet given back.
PROGRAM = """
import asyncio, os, signal
from asyncio import base_events
from bot.process.running import event_loop

close = base_events.BaseEventLoop.close

def interrupted(loop):
    os.kill(os.getpid(), signal.SIGTERM)
    close(loop)

base_events.BaseEventLoop.close = interrupted
with event_loop():
    asyncio.get_event_loop().add_signal_handler(signal.SIGTERM, print)
print("ended in good order")
"""


def test_a_signal_that_comes_while_the_event_loop_is_closed_breaks_nothing():
    """Workers are all told to stop when one cannot go on, whatever each is at."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "ended in good order\n", "")


def test_that_no_descriptor_is_left_is_told_once_a_minute(caplog):
    """Python 3.11 tells of it a hundred times at each attempt, with a traceback."""
    with event_loop():
        loop = asyncio.get_event_loop()
        for _ in range(500):
            error = OSError(errno.EMFILE, "Too many open files")
            loop.call_exception_handler({"message": "socket.accept()", "exception": error})
        (told,) = caplog.records
        assert told.getMessage() == "no connection can be accepted: Too many open files"
        assert told.exc_info is None
        loop.call_exception_handler({"message": "another", "exception": ValueError("x")})
    assert "another" in caplog.text
