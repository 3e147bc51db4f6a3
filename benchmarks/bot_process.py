"""Keeps a bot in a process of its own, before a stand-in of Telegram that runs in this one.

So only the bot's CPU and memory are counted, not those of what it talks to. The process ends when
its standard input does, whatever becomes of this one. What is asked of it is for others.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path.append(str(PROJECT / "tests"))

from telegram_standin import Chat, Message, TelegramStandIn, User  # noqa: E402  # among the tests

#: Seconds that a bot may take to load its record, to answer what it is asked, and to stop.
_LOADING, _ANSWERING, _STOPPING = 120.0, 120.0, 45.0
#: What a long answer to a request takes at most, in bytes.
_LONGEST_LINE = 2**24


@dataclass(frozen=True, slots=True)
class Round:
    """What it took to answer some questions that were asked at once."""

    replies: list[Message]
    #: Messages answered a second.
    rate: float
    #: CPU milliseconds a message, and how many of them went into searching.
    cpu: float
    searching: float


@dataclass(slots=True)
class Bot:
    """A bot in a process of its own, and the Telegram it is in."""

    telegram: TelegramStandIn
    process: asyncio.subprocess.Process
    people: list[tuple[User, Chat]] = field(default_factory=list)

    async def request(self, name: str, argument: object = None) -> Any:
        """Return what the process answers; raises RuntimeError if it has ended."""
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("the bot's process is not listened to")
        stdin.write(json.dumps([name, argument]).encode() + b"\n")
        line = await stdout.readline()
        if not line:
            raise RuntimeError(f"the bot has ended, with exit code {await self.process.wait()}")
        return json.loads(line)

    def meet(self, number: int) -> list[tuple[User, Chat]]:
        """Return users, each with a private chat with the bot."""
        for one in range(len(self.people), number):
            person = self.telegram.user(f"Person {one}")
            self.people.append((person, self.telegram.private_chat(person)))
        return self.people[:number]

    async def answer(self, questions: Sequence[str]) -> Round:
        """Let as many people as there are *questions* ask one each, all at once."""
        asked_by = self.meet(len(questions))
        before = await self.request("spent")
        for (person, chat), question in zip(asked_by, questions, strict=True):
            self.telegram.say(chat, person, question)
        # The bot can take none of them before this coroutine waits.
        began = time.perf_counter()
        replies = [await self.telegram.reply(chat, _ANSWERING) for _, chat in asked_by]
        seconds = time.perf_counter() - began
        after = await self.request("spent")
        each = 1000 / len(questions)
        cpu, searching = (
            (after.get(part, 0.0) - before.get(part, 0.0)) * each for part in ("cpu", "searching")
        )
        return Round(replies, len(questions) / seconds, cpu, searching)

    async def stop(self) -> None:
        """Let the bot end what it is at, and its process; kill that if it takes too long."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            await asyncio.wait_for(self.process.wait(), _STOPPING)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()


@asynccontextmanager
async def running(kind: str, **settings: object) -> AsyncIterator[Bot]:
    """Run a bot of this *kind* until the block ends, ours with these *settings*.

    Raises RuntimeError if it does not start.
    """
    with tempfile.TemporaryDirectory() as folder:
        async with TelegramStandIn() as telegram:
            api = telegram.base_url.removesuffix("/bot")
            told: dict[str, object] = {"token": telegram.token, "api": api}
            if kind == "ours":
                told = {"folder": folder, "data": str(PROJECT / "data"), **settings, **told}
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "benchmarks.bots", kind, json.dumps(told)),
                cwd=PROJECT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                limit=_LONGEST_LINE,
            )
            bot = Bot(telegram, process)
            try:
                await _started(bot)
                yield bot
            finally:
                await bot.stop()


async def _started(bot: Bot) -> None:
    """Wait until the bot asks for updates."""
    async with asyncio.timeout(_LOADING):
        while not bot.telegram.calls_of("getUpdates"):
            if bot.process.returncode is not None:
                raise RuntimeError(f"the bot has ended, with exit code {bot.process.returncode}")
            await asyncio.sleep(0.02)
