"""Prints the way that one question takes through our own code, from Telegram's update to the reply.

``python -m benchmarks.trace`` runs the whole bot before the stand-in of Telegram, asks in a group
by command and by mention, and prints the modules of ``bot/`` and ``index/`` that each question
enters, in that order, with the number of calls to functions of ours. Each is asked after another
question in the same group, so that nothing is counted that happens once. The library's code, and
the standard library's, is not counted; the next poll, which the bot begins meanwhile, is.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import asyncio
import signal
import sys
import tempfile
import threading
from collections import Counter
from functools import partial
from pathlib import Path
from types import FrameType

PROJECT = Path(__file__).resolve().parents[1]
sys.path.append(str(PROJECT / "tests"))

from telegram_standin import TelegramStandIn  # noqa: E402  # among the tests

from bot.configuration import Configuration  # noqa: E402
from bot.process.running import run_bot  # noqa: E402
from bot.terminal.loading import load_index  # noqa: E402

#: What is asked first, and then of what the way is printed.
WARM_UP = ("/ask When was the joint statement signed?", "@OnRecordBot Which projects were named?")
TRACED = {
    "by command": "/ask What did they say about the railway?",
    "by mention": "@OnRecordBot What is said about counter-terrorism?",
}
#: Seconds in which the bot ends what it does after a reply was sent.
_SETTLING = 0.3
_OURS = tuple(f"{PROJECT / package}{os.sep}" for package in ("bot", "index"))


class Trace:
    """Counts calls to functions of ours, on every thread that was started after it was made."""

    def __init__(self) -> None:
        """Count nothing yet."""
        self._counting = False
        self.calls: Counter[str] = Counter()

    def begin(self) -> None:
        """Count from now on, and from zero."""
        self.calls.clear()
        self._counting = True

    def end(self) -> Counter[str]:
        """Return how many calls each module got, in the order in which they were entered."""
        self._counting = False
        return Counter(self.calls)

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """Note a call, as ``sys.setprofile`` has it."""
        if not self._counting or event != "call":
            return
        code = frame.f_code
        # A coroutine that goes on where it waited is no new call: its RESUME has an argument.
        if code.co_filename.startswith(_OURS) and not code.co_code[frame.f_lasti + 1]:
            path = Path(code.co_filename).relative_to(PROJECT)
            self.calls[path.with_suffix("").as_posix()] += 1


async def ask(telegram: TelegramStandIn, trace: Trace) -> dict[str, Counter[str]]:
    """Return the calls that each of the questions ``TRACED`` made."""
    amina, group = telegram.user("Amina"), telegram.group("Newsroom")
    for question in WARM_UP:
        telegram.say(group, amina, question)
        await telegram.reply(group, 30)
    calls = {}
    for name, question in TRACED.items():
        await asyncio.sleep(_SETTLING)
        trace.begin()
        telegram.say(group, amina, question)
        await telegram.reply(group, 30)
        await asyncio.sleep(_SETTLING)
        calls[name] = trace.end()
    return calls


def run(folder: Path) -> dict[str, Counter[str]]:
    """Run the bot in this thread, and Telegram in another, until the questions are answered."""
    trace, calls = Trace(), {}
    token, api = "", ""
    started = threading.Event()

    async def telegram() -> None:
        nonlocal token, api
        async with TelegramStandIn() as standing_in:
            token, api = standing_in.token, standing_in.base_url.removesuffix("/bot")
            started.set()
            try:
                calls.update(await ask(standing_in, trace))
            finally:
                os.kill(os.getpid(), signal.SIGTERM)
                await stopped.wait()

    def begin() -> None:
        loop.run_until_complete(telegram())

    loop = asyncio.new_event_loop()
    stopped = asyncio.Event()
    beside = threading.Thread(target=begin)
    beside.start()
    started.wait()
    threading.setprofile(trace)
    sys.setprofile(trace)
    data = PROJECT / "data"
    try:
        run_bot(
            Configuration(
                token=token,
                api=api,
                data=data,
                state=folder / "state.db",
                health_file=folder / "health",
                # A look at the folder is no part of a question.
                watch=False,
            ),
            partial(load_index, data),
        )
    finally:
        sys.setprofile(None)
        loop.call_soon_threadsafe(stopped.set)
        beside.join()
        loop.close()
    return calls


def main() -> None:
    """Print the way of each question."""
    with tempfile.TemporaryDirectory() as folder:
        traced = run(Path(folder))
    for name, calls in traced.items():
        in_bot = sum(number for module, number in calls.items() if module.startswith("bot"))
        print(
            f"a group's question {name}: {calls.total()} calls of our own functions "
            f"({in_bot} in bot, {calls.total() - in_bot} in index), {len(calls)} modules"
        )
        for module, number in calls.items():
            print(f"  {number:5}  {module}")


if __name__ == "__main__":
    main()
