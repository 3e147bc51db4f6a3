"""The event loop that the bot runs in, apart from the bot."""

from __future__ import annotations

import asyncio
import errno
import subprocess
import sys
from pathlib import Path

import pytest
from telegram.error import NetworkError, RetryAfter

from bot.configuration import Configuration
from bot.process.running import _failed_start, _told, event_loop
from bot.wire.obstacles import Obstacle
from bot.wire.reachability import Reachability

# A process of its own: signals and their pipe are the whole process's. The signal comes at the one
# moment when the pipe is closed and the signal not yet given back.
PROGRAM = """
import asyncio, os, signal
from asyncio import base_events
import pytest
from telegram.error import NetworkError, RetryAfter

from bot.configuration import Configuration
from bot.process.running import _failed_start, _told, event_loop
from bot.wire.obstacles import Obstacle
from bot.wire.reachability import Reachability

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


# What is said when the bot gives up.

UNKNOWN = Obstacle("the name api.telegram.org is not known", "Check the DNS")
OWN_SERVER = Configuration(api="http://127.0.0.1:8081")
SILENT = "Telegram has not answered for 180 seconds"


@pytest.mark.parametrize(
    ("fatal", "obstacle", "configuration", "told"),
    [
        (SILENT, UNKNOWN, Configuration(), f"{SILENT}: {UNKNOWN.reason}. Check the DNS; then "),
        (SILENT, None, Configuration(), f"{SILENT}. Check the network; then start "),
        ("Telegram does not know this bot's token", None, Configuration(),
         "Telegram does not know this bot's token. Copy it from @BotFather once more, whole, into "
         "TELEGRAM_BOT_TOKEN; then start "),
        ("Telegram does not know this bot's token (any more)", UNKNOWN, OWN_SERVER,
         "Telegram does not know this bot's token (any more). Copy it from @BotFather once more, "
         "whole, into TELEGRAM_BOT_TOKEN, and look whether “api” in onrecord.yaml is "),
        ("Telegram refuses the webhook https://bot.example.org/x (bad webhook: no)", None,
         Configuration(), "(bad webhook: no). Correct the address of the webhook; then start "),
    ],
)  # fmt: skip
def test_what_ends_the_bot_is_told_with_what_to_repair(fatal, obstacle, configuration, told):
    reachability = Reachability()
    if obstacle:
        reachability.failed(obstacle)
    said = _told(fatal, reachability, configuration)
    assert told in said
    assert said.endswith("; then start the bot again.")


def test_a_start_that_fails_is_told_with_why():
    reachability = Reachability()
    assert "too many" in _failed_start(RetryAfter(7), reachability)
    assert _failed_start(NetworkError("https://hush"), reachability) == (
        "Telegram refuses to let the bot start (NetworkError)"
    )
    reachability.failed(UNKNOWN)
    assert _failed_start(NetworkError("https://hush"), reachability) == "Telegram cannot be reached"
