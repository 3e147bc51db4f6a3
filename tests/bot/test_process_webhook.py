"""The bot by webhook as an operator runs it: one process or several, signals, exit codes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from patience import until
from telegram_standin import Slow, TelegramStandIn, Unauthorized

from bot.configuration import TOKEN_VARIABLE
from bot.process.running import EXIT_UNREACHABLE
from bot.wire.webhook_receiver import secret_token

pytestmark = pytest.mark.slow

STATEMENT = """\
---
title: Remarks on the harbour
date: 2025-02-24
speakers: [{name: Nadia Rahman}]
---

Ferries to the harbour island sail twice a day in summer.

Fishing boats keep their berths at the old quay.
"""


@dataclass
class Operation:
    """A bot that an operator started."""

    process: asyncio.subprocess.Process
    folder: Path
    base: str

    @property
    def errors(self) -> str:
        """What it wrote."""
        return (self.folder / "errors").read_text()

    def workers(self) -> set[int]:
        """Return its worker processes, as Linux counts them."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return {int(one) for one in children.split()}

    async def is_well(self) -> bool:
        """Return whether /healthz says so."""
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"{self.base}/healthz") as response,
            ):
                return response.status == 200
        except aiohttp.ClientConnectionError:
            return False


@contextlib.asynccontextmanager
async def operated(
    folder: Path, telegram: TelegramStandIn, *options: str, settings: str = ""
) -> AsyncIterator[Operation]:
    """Run ``onrecord`` by webhook, behind the stand-in as its proxy; kill it if need be."""
    statements = folder / "data" / "statements"
    statements.mkdir(parents=True)
    (statements / "harbour.md").write_text(STATEMENT)
    with socket.create_server(("127.0.0.1", 0)) as free:
        listen = "127.0.0.1:{1}".format(*free.getsockname())
    (folder / "onrecord.yaml").write_text(
        f"api: {telegram.base_url.removesuffix('/bot')}\nlog: debug\nsilence: 45\n"
        f"health_file: {folder / 'health'}\nlisten: {listen}\n{settings}\n"
    )
    telegram.proxy("https://bot.example.org", f"http://{listen}")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "LANG": "C.UTF-8",
        TOKEN_VARIABLE: telegram.token,
    }
    with (folder / "errors").open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "--webhook", "https://bot.example.org/hook", *options),
            cwd=folder,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
        )
    try:
        yield Operation(process, folder, f"http://{listen}")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def asked_by_many(telegram: TelegramStandIn, number: int) -> None:
    """Have *number* people ask, and each get one answer."""
    chats = []
    for one in range(number):
        asker = telegram.user(f"Asker {one}")
        chats.append(telegram.private_chat(asker))
        telegram.say(chats[-1], asker, "ferries")
    for chat in chats:
        assert "Ferries to the harbour island" in (await telegram.reply(chat, timeout=20)).text


async def test_by_webhook_it_answers_and_stops_in_good_order(tmp_path, telegram):
    """A reply under way arrives, the webhook stays, and no secret and no question is logged."""
    async with operated(tmp_path, telegram) as bot:
        await asked_by_many(telegram, 20)
        assert await bot.is_well()
        assert (tmp_path / "health").exists()

        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("sendMessage", Slow(1.0))
        telegram.say(private, amina, "fishing boats")
        assert "Fishing boats" in (await telegram.reply(private, timeout=20)).text
        bot.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(bot.process.wait(), 10) == 0
    assert [call.outcome for call in telegram.calls_of("sendMessage")] == ["ok"] * 21
    assert len(telegram.calls_of("setWebhook")) == 1
    assert telegram.calls_of("deleteWebhook") == []
    for word in (
        telegram.token.partition(":")[2],
        secret_token(telegram.token),
        *("ferries", "Ferries", "fishing", "Amina", "Asker", "Traceback"),
    ):
        assert word not in bot.errors


@pytest.mark.skipif(sys.platform != "linux", reason="processes are counted as Linux does")
async def test_several_workers_survive_one_of_them_and_take_in_a_new_record(tmp_path, telegram):
    """Nobody's question is lost while workers are changed for others, whoever hears /reload."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    settings = f"admins: [{amina.id}]"
    async with operated(tmp_path, telegram, "--workers", "2", settings=settings) as bot:
        await asked_by_many(telegram, 10)
        first = bot.workers()
        assert len(first) == 2
        os.kill(min(first), signal.SIGKILL)
        await until(lambda: len(bot.workers() - first) == 1)
        await asked_by_many(telegram, 10)
        assert len(re.findall("another takes its place", bot.errors)) == 1

        before = bot.workers()
        path = tmp_path / "data" / "statements" / "railway.md"
        path.write_text(STATEMENT.replace("Ferries to the harbour island", "Night trains"))
        delivered = len(telegram.deliveries)
        telegram.say(private, amina, "/reload")
        changed = asyncio.create_task(until(lambda: not bot.workers() & before))
        while not changed.done():
            await asked_by_many(telegram, 3)
        await changed
        outcomes = {one.outcome for one in telegram.deliveries[delivered:]}
        assert outcomes <= {"ok", "under way"}, "none has to be brought again"
        begun = await telegram.reply(private, timeout=20)
        await telegram.edited(begun, timeout=20)
        telegram.say(private, amina, "night trains")
        assert "Night trains sail" in (await telegram.reply(private, timeout=20)).text
        bot.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(bot.process.wait(), 10) == 0
    assert "Traceback" not in bot.errors, bot.errors


@pytest.mark.skipif(sys.platform != "linux", reason="processes are counted as Linux does")
@pytest.mark.timeout(120)
async def test_workers_that_are_killed_under_load_lose_no_question_and_answer_no_group_twice(
    tmp_path, telegram
):
    """Telegram brings what they had not answered to others: it was not acknowledged before.

    In private a question is answered again whose answer was on its way: sixteen are, at most.
    """
    askers = [telegram.user(f"Asker {number}") for number in range(150)]
    private = [telegram.private_chat(asker) for asker in askers]
    groups = [telegram.group(f"Group {number}") for number in range(150)]
    settings = "messages_per_second: 0"
    async with operated(tmp_path, telegram, "--workers", "2", settings=settings) as bot:
        await asked_by_many(telegram, 4)
        for first in (0, 50, 100):
            for number in range(first, first + 50):
                telegram.say(private[number], askers[number], "ferries")
                telegram.say(groups[number], askers[number], "@OnRecordBot ferries")
            before = len(answered(telegram))
            await until(lambda before=before: len(answered(telegram)) > before + 20, 20)
            workers = bot.workers()
            os.kill(min(workers), signal.SIGKILL)
            await until(lambda workers=workers: len(bot.workers() - workers) == 1)
        await until(lambda: {chat.id for chat in private} <= answered(telegram).keys(), 30)
        # What was being sent to a group when a worker was killed is not sent by another.
        assert len({group.id for group in groups} - answered(telegram).keys()) <= 3 * 16
        bot.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(bot.process.wait(), 25) == 0
    times = answered(telegram)
    assert max(times[group.id] for group in groups) == 1
    assert sum(times[chat.id] - 1 for chat in private) <= 3 * 16
    assert bot.errors.count("another takes its place") == 3


def answered(telegram: TelegramStandIn) -> Counter[int]:
    """Return how many messages each chat got."""
    calls = [call for call in telegram.calls_of("sendMessage") if call.outcome == "ok"]
    return Counter(int(call.parameters["chat_id"]) for call in calls)


async def test_every_worker_takes_in_a_file_and_so_does_one_that_comes_later(tmp_path, telegram):
    """The one that comes later has the parent's record, from before the change."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with operated(tmp_path, telegram, "--workers", "2") as bot:
        await asked_by_many(telegram, 4)
        path = tmp_path / "data" / "statements" / "railway.md"
        path.write_text(STATEMENT.replace("Ferries to the harbour island", "Night trains"))
        await until(lambda: bot.errors.count("reloaded in") == 2)
        first = bot.workers()
        os.kill(min(first), signal.SIGKILL)
        await until(lambda: bot.errors.count("reloaded in") == 3)
        for _ in range(6):
            telegram.say(private, amina, "night trains")
            assert "Night trains sail" in (await telegram.reply(private, timeout=20)).text
        bot.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(bot.process.wait(), 10) == 0
    assert "Traceback" not in bot.errors, bot.errors


async def test_a_token_that_is_revoked_ends_all_workers(tmp_path, telegram):
    telegram.fail("getWebhookInfo", Unauthorized(), times=9)
    async with operated(tmp_path, telegram, "--workers", "2") as bot:
        code = await asyncio.wait_for(bot.process.wait(), 15)
    said = [line for line in bot.errors.splitlines() if line.startswith("onrecord: ")]
    assert code == EXIT_UNREACHABLE
    assert said
    assert "does not know this bot's token" in said[0]
    assert "@BotFather" in said[0]
    assert "Traceback" not in bot.errors, bot.errors
