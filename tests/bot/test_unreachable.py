"""The bot as an operator starts it where Telegram cannot be reached: what it says, and what not."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
from patience import until
from telegram_standin import Drop

from bot.configuration import TOKEN_VARIABLE
from bot.process.running import EXIT_UNREACHABLE
from bot.wire import reachability

SECRET = "AAmade_for-this_test_and_for_no_bot"
TOKEN = f"7123456789:{SECRET}0"
STATEMENT = """\
---
title: Remarks on the harbour
date: 2025-02-24
speakers: [{name: Nadia Rahman}]
---

Ferries to the harbour island sail twice a day in summer.
"""


async def ended(folder: Path, api: str, log: str, **variables: str) -> str:
    """Return what ``onrecord run`` says until it gives up, all of it."""
    statements = folder / "data" / "statements"
    statements.mkdir(parents=True)
    (statements / "harbour.md").write_text(STATEMENT)
    settings = f"log: {log}\nhealth_file: {folder / 'health'}\n" + (f"api: {api}\n" if api else "")
    (folder / "onrecord.yaml").write_text(settings)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "LANG": "C.UTF-8",
            TOKEN_VARIABLE: TOKEN,
            **variables,
        },
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(process.communicate(), 90)
    assert process.returncode == EXIT_UNREACHABLE
    return said.decode()


@pytest.mark.slow
@pytest.mark.timeout(180)
async def test_why_telegram_cannot_be_reached_is_said_with_what_to_repair(tmp_path):
    """Each in a process of its own, all at once, as each tries for twenty seconds."""
    cases = {
        "socks": ("", {"ALL_PROXY": "socks5://amina:hush@127.0.0.1:1080"}),
        "proxy": ("", {"HTTPS_PROXY": f"http://amina:hush@127.0.0.1:1/bot{TOKEN}"}),
        "name": ("http://telegram.invalid", {}),
        "port": ("http://127.0.0.1:1", {}),
        "certificates": ("", {"SSL_CERT_FILE": "/nowhere/own.pem"}),
    }
    said = dict(
        zip(
            cases,
            await asyncio.gather(
                *(
                    ended(tmp_path / name, api, "debug", **variables)
                    for name, (api, variables) in cases.items()
                )
            ),
            strict=True,
        )
    )
    expected = {
        "socks": ("a socks5 proxy (ALL_PROXY) cannot be used, only an http one", "ALL_PROXY"),
        "proxy": ("the proxy 127.0.0.1:1 (HTTPS_PROXY) refuses the connection", "HTTPS_PROXY"),
        "name": ("the name telegram.invalid is not known", "DNS"),
        "port": ("nothing listens at 127.0.0.1:1 (connection refused)", "“api”"),
        "certificates": ("SSL_CERT_FILE names no file of certificates", "SSL_CERT_FILE"),
    }
    for name, (reason, repair) in expected.items():
        last = said[name].splitlines()[-1]
        assert last.startswith(f"onrecord: Telegram cannot be reached: {reason}")
        assert repair in last.removeprefix(f"onrecord: Telegram cannot be reached: {reason}")
        assert last.endswith("; then start the bot again.")
        assert "BotFather" not in last
        assert "NetworkError" not in last
        warnings = [line for line in said[name].splitlines() if " WARNING " in line]
        assert len(warnings) == 1, "told before it gives up, and once"
        assert reason in warnings[0]
        for secret in (SECRET, "amina", "hush"):
            assert secret not in said[name]
        assert "Traceback" not in said[name]


@pytest.mark.slow
@pytest.mark.timeout(120)
async def test_a_silence_while_it_runs_is_logged_with_its_reason_and_its_end(
    telegram, running, monkeypatch, caplog
):
    caplog.set_level("INFO")
    monkeypatch.setattr(reachability, "WORTH_TELLING", 0.5)
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with running():
        telegram.say(private, amina, "ferries")
        await telegram.reply(private)
        telegram.fail("getUpdates", Drop(), times=500)
        telegram.say(private, amina, "wakes the poll that is open")
        await until(lambda: "Telegram cannot be reached" in caplog.text, 30)
        assert "closed the connection without an answer" in caplog.text
        telegram.heal()
        await until(lambda: "Telegram is reached again" in caplog.text, 30)
    assert caplog.text.count("Telegram cannot be reached") == 1
