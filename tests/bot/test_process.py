"""The bot as an operator runs it: a process, a token in the environment, signals, exit codes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from patience import until
from telegram_standin import Chat, Drop, Flood, ServerError, Slow, TelegramStandIn, Unauthorized

from bot.configuration import TOKEN_VARIABLE
from bot.process.running import EXIT_UNREACHABLE

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


@contextlib.asynccontextmanager
async def started(
    folder: Path,
    telegram: TelegramStandIn,
    token: str,
    log: str = "info",
    silence: int = 180,
    *arguments: str,
    descriptors: int = 1024,
    settings: str = "",
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run ``onrecord`` as a bot of *telegram*'s, its errors in a file; kill it if need be."""
    statements = folder / "data" / "statements"
    statements.mkdir(parents=True)
    (statements / "harbour.md").write_text(STATEMENT)
    api = telegram.base_url.removesuffix("/bot")
    (folder / "onrecord.yaml").write_text(
        f"api: {api}\nlog: {log}\nsilence: {silence}\nhealth_file: {folder / 'health'}\n"
        f"{settings}\n"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "LANG": "C.UTF-8",
        TOKEN_VARIABLE: token,
    }
    with (folder / "errors").open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *arguments),
            cwd=folder,
            env=environment,
            preexec_fn=lambda: resource.setrlimit(
                resource.RLIMIT_NOFILE, (descriptors, descriptors)
            ),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_it_answers_and_when_told_to_stop_lets_a_reply_arrive(tmp_path, telegram):
    """SIGTERM, as a container sends it, loses no reply.

    And at no level does the log hold the token, a question, or who asked it.
    """
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with started(tmp_path, telegram, telegram.token, log="debug") as process:
        telegram.say(private, amina, "ferries")
        assert "Ferries to the harbour island" in (await telegram.reply(private, timeout=20)).text
        assert (tmp_path / "health").exists()

        telegram.fail("sendMessage", Slow(2.0))
        telegram.say(private, amina, "fishing boats")
        assert "Fishing boats" in (await telegram.reply(private)).text
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0
    (first, slow) = telegram.calls_of("sendMessage")
    assert (first.outcome, slow.outcome) == ("ok", "ok"), "given up while it was on its way"

    errors = (tmp_path / "errors").read_text()
    assert "DEBUG" in errors
    assert telegram.token.partition(":")[2] not in errors
    assert "Traceback" not in errors
    for word in ("ferries", "Ferries", "fishing", "Amina"):
        assert word not in errors, "a question, an answer or a name was logged"


async def test_a_token_that_is_revoked_ends_it_at_once(tmp_path, telegram):
    """It leaves with 3, so that whoever supervises it knows, and says in one line what to do."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with started(tmp_path, telegram, telegram.token) as process:
        telegram.say(private, amina, "ferries")
        await telegram.reply(private, timeout=20)
        telegram.fail("sendMessage", Slow(2.0))
        telegram.say(private, amina, "fishing boats")
        await telegram.reply(private)
        # The next poll has begun: what is said now it still brings.
        await telegram.quiet(private, seconds=0.2)
        telegram.fail("getUpdates", Unauthorized(), times=50)
        telegram.say(private, amina, "wakes the poll that is open")
        code = await asyncio.wait_for(process.wait(), 10)
    errors = (tmp_path / "errors").read_text()
    assert code == EXIT_UNREACHABLE
    outcomes = [call.outcome for call in telegram.calls_of("sendMessage")]
    assert outcomes == ["ok"] * 3, "a reply that was on its way was given up"
    said = [line for line in errors.splitlines() if line.startswith("onrecord: ")]
    assert len(said) == 1
    assert "Traceback" not in errors
    assert "does not know this bot's token" in said[0]
    assert "@BotFather" in said[0]
    assert errors.rstrip().endswith(said[0]), "nothing is said after it"
    assert telegram.token.partition(":")[2] not in errors


async def test_a_token_that_telegram_does_not_know_ends_it_at_the_start(tmp_path, telegram):
    secret = "A" * 35
    wrong = f"{telegram.token.partition(':')[0]}:{secret}"
    async with started(tmp_path, telegram, wrong) as process:
        code = await asyncio.wait_for(process.wait(), 15)
    errors = (tmp_path / "errors").read_text()
    assert code == EXIT_UNREACHABLE
    # One line besides the log's ordinary ones, and no traceback of the library's.
    (said,) = [line for line in errors.splitlines() if " INFO " not in line]
    assert said.startswith("onrecord: Telegram does not know this bot's token")
    assert secret not in errors
    assert telegram.calls == []


async def test_sighup_while_it_starts_does_not_end_it(tmp_path, telegram):
    """What is being loaded is as new as it can be."""
    telegram.fail("getMe", Slow(2.0))
    async with started(tmp_path, telegram, telegram.token) as process:
        await until(lambda: bool(telegram.calls_of("getMe")))
        process.send_signal(signal.SIGHUP)
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "ferries")
        assert "Ferries" in (await telegram.reply(private, timeout=20)).text
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 15) == 0


async def test_a_file_that_is_written_is_answered_from_without_a_word_to_the_bot(
    tmp_path, telegram
):
    """And what it reads and forgets with each change leaves no trace in the log but a line."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    path = tmp_path / "data" / "statements" / "harbour.md"
    async with started(tmp_path, telegram, telegram.token) as process:
        telegram.say(private, amina, "ferries")
        assert "twice a day" in (await telegram.reply(private, timeout=20)).text
        for often in ("thrice", "once"):
            lines = (tmp_path / "errors").read_text().count("reloaded in")
            path.write_text(STATEMENT.replace("twice", often))
            await until(
                lambda lines=lines: (tmp_path / "errors").read_text().count("reloaded in") > lines
            )
            telegram.say(private, amina, f"ferries {often} a day")
            assert f"sail {often} a day" in (await telegram.reply(private)).text
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0
    assert "Traceback" not in (tmp_path / "errors").read_text()


async def test_a_start_that_fails_leaves_nothing_behind(tmp_path, telegram):
    """Neither a task that is complained of, nor counts that were not written."""
    telegram.fail("deleteWebhook", ServerError(500), times=99)
    async with started(tmp_path, telegram, telegram.token) as process:
        assert await asyncio.wait_for(process.wait(), 60) == EXIT_UNREACHABLE
    errors = (tmp_path / "errors").read_text()
    assert "was destroyed" not in errors
    assert "Traceback" not in errors
    assert not (tmp_path / "onrecord.db-wal").exists()


async def test_a_bot_that_may_not_poll_ends_when_it_is_told_to(tmp_path, telegram):
    """Within the half minute that a container has, and without a traceback."""
    async with started(tmp_path, telegram, telegram.token) as process:
        telegram.fail("getUpdates", Flood(3600), times=99)
        await until(lambda: bool(telegram.calls_of("getUpdates")), 20)
        await asyncio.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0
    assert "Traceback" not in (tmp_path / "errors").read_text()


@pytest.mark.timeout(120)
async def test_a_bot_that_may_not_poll_for_an_hour_is_ended_by_its_watchdog(tmp_path, telegram):
    """It leaves with 3, though Telegram asks it to wait; and told to stop again, at once."""
    async with started(tmp_path, telegram, telegram.token, silence=45) as process:
        telegram.fail("getUpdates", Flood(3600), times=99)
        assert await asyncio.wait_for(process.wait(), 70) == EXIT_UNREACHABLE
    errors = (tmp_path / "errors").read_text()
    assert "Telegram has not answered for 45 seconds" in errors
    assert "Traceback" not in errors


async def test_a_reply_that_telegram_makes_wait_does_not_keep_it_from_ending(tmp_path, telegram):
    """Not for longer than a container waits before it kills."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with started(tmp_path, telegram, telegram.token) as process:
        telegram.say(private, amina, "ferries")
        await telegram.reply(private, timeout=20)
        telegram.fail("sendMessage", Flood(50), times=9)
        telegram.say(private, amina, "fishing boats")
        await until(lambda: len(telegram.calls_of("sendMessage")) == 2)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 28) == 0
    errors = (tmp_path / "errors").read_text()
    assert "Traceback" not in errors
    assert "destroyed" not in errors


async def test_told_to_stop_twice_it_gives_up_what_is_under_way(tmp_path, telegram):
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with started(tmp_path, telegram, telegram.token) as process:
        telegram.say(private, amina, "ferries")
        await telegram.reply(private, timeout=20)
        telegram.fail("sendMessage", Flood(50), times=9)
        telegram.say(private, amina, "fishing boats")
        await until(lambda: len(telegram.calls_of("sendMessage")) == 2)
        for _ in range(2):
            process.send_signal(signal.SIGTERM)
            await asyncio.sleep(1)
        assert await asyncio.wait_for(process.wait(), 5) == 0
    errors = (tmp_path / "errors").read_text()
    assert "Traceback" not in errors
    assert "destroyed" not in errors


async def test_all_connections_that_there_can_be_neither_fill_the_log_nor_stop_it(
    tmp_path, telegram
):
    """Held open, each by a caller who says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    run = started(
        tmp_path,
        telegram,
        telegram.token,
        "info",
        180,
        *("--listen", f"127.0.0.1:{port}"),
        descriptors=60,
    )
    async with run as process, contextlib.AsyncExitStack() as held:
        telegram.say(private, amina, "ferries")
        await telegram.reply(private, timeout=20)
        for _ in range(150):
            with contextlib.suppress(ConnectionError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                held.callback(writer.close)
        await asyncio.sleep(3)
        telegram.say(private, amina, "fishing boats")
        assert "Fishing boats" in (await telegram.reply(private, timeout=20)).text
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 20) == 0
    errors = (tmp_path / "errors").read_text()
    assert len(errors) < 20_000
    assert "Traceback" not in errors


# Each question once, whatever becomes of the process.


def answers_in(telegram: TelegramStandIn) -> Counter[str]:
    """Return how many messages each chat got."""
    calls = [call for call in telegram.calls_of("sendMessage") if call.outcome == "ok"]
    return Counter(str(call.parameters["chat_id"]) for call in calls)


async def settled(
    telegram: TelegramStandIn, chats: list[Chat], before: int = 0, seconds: float = 20
) -> None:
    """Wait until every chat has an answer, as some had *before*, and a moment for a second one."""
    await until(lambda: len(answers_in(telegram)) >= before + len(chats), seconds)
    await asyncio.sleep(1)


def ask_everywhere(telegram: TelegramStandIn, number: int) -> list[Chat]:
    """Have as many people ask in private, and in a group each; return all these chats."""
    chats = []
    for one in range(number):
        asker = telegram.user(f"Asker {one}")
        private = telegram.private_chat(asker)
        group = telegram.group(f"Group {one}")
        telegram.say(private, asker, "ferries")
        telegram.say(group, asker, "@OnRecordBot ferries")
        chats += [private, group]
    return chats


@pytest.mark.timeout(120)
async def test_two_that_poll_with_one_token_and_one_state_file_answer_each_question_once(
    tmp_path, telegram
):
    """Telegram gives some updates to both; it is logged, and only separate files answer twice."""
    shared = f"state: {tmp_path / 'shared.db'}"
    run = partial(started, telegram=telegram, token=telegram.token, settings=shared)
    async with run(tmp_path / "one") as one, run(tmp_path / "two") as two:
        await until(lambda: len(telegram.calls_of("getUpdates")) > 3, 20)
        # So one asks while the other's updates are still on their way.
        telegram.fail("getUpdates", Slow(0.5), times=10_000)
        chats = []
        for _ in range(6):
            chats += ask_everywhere(telegram, 10)
            await asyncio.sleep(1)
        await settled(telegram, chats)
        assert Counter(answers_in(telegram).values()) == {1: 120}
        for process in (one, two):
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), 20) == 0
    errors = (tmp_path / "one" / "errors").read_text() + (tmp_path / "two" / "errors").read_text()
    assert "another program polls with the same token" in errors
    assert "Traceback" not in errors


@pytest.mark.timeout(120)
async def test_what_telegram_brings_again_after_a_kill_is_not_answered_again(tmp_path, telegram):
    """What is asked after that is answered."""
    shared = f"state: {tmp_path / 'shared.db'}\nmessages_per_second: 5"
    run = partial(started, telegram=telegram, token=telegram.token, settings=shared)
    ask_everywhere(telegram, 15)
    # The poll that tells Telegram what arrived does not get there before the kill.
    telegram.fail("getUpdates", Slow(0.0))
    telegram.fail("getUpdates", Drop(), times=100)
    async with run(tmp_path / "one") as killed:
        await until(lambda: len(answers_in(telegram)) > 8, 20)
        killed.kill()
        await killed.wait()
    telegram.heal()
    before = answers_in(telegram)
    assert len(before) < 30
    async with run(tmp_path / "two") as heir:
        await settled(telegram, ask_everywhere(telegram, 2), len(before))
        heir.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(heir.wait(), 20) == 0
    assert set(answers_in(telegram).values()) == {1}


async def test_what_is_being_answered_when_it_is_told_to_stop_is_not_answered_again(
    tmp_path, telegram
):
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    run = partial(
        started,
        telegram=telegram,
        token=telegram.token,
        settings=f"state: {tmp_path / 'shared.db'}",
    )
    async with run(tmp_path / "one") as process:
        telegram.say(private, amina, "ferries")
        await telegram.reply(private, timeout=20)
        telegram.fail("sendMessage", Slow(3.0))
        telegram.say(private, amina, "fishing boats")
        await telegram.reply(private)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 20) == 0
    async with run(tmp_path / "two") as process:
        telegram.say(private, amina, "harbour island")
        await telegram.reply(private, timeout=20)
        await telegram.quiet(private, seconds=0.5)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 20) == 0
    assert sum(answers_in(telegram).values()) == 3
