"""``onrecord setup`` shows what Telegram knows of the bot, asks, and sets what it should know."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pty
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from telegram_standin import Flood, Refuse, TelegramStandIn

from bot.configuration import TOKEN_VARIABLE, Configuration
from bot.services.bot_changes import Difference
from bot.terminal.setup import rows_of, set_up

STATEMENT = """\
---
title: Remarks on the harbour
date: 2025-02-24
speakers: [{name: Nadia Rahman}]
---

Ferries to Harbour Island sail twice a day in summer.

The Coastal Railway ends at Harbour Island, where the ferries leave.
"""


_ASKED = "Set these? [y/N] "
#: What Ctrl-C is, and Ctrl-D.
_INTERRUPT, _END = "\x03", "\x04"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Setup = Callable[..., Awaitable[Ran]]


@pytest.fixture
def untouched(telegram: TelegramStandIn) -> TelegramStandIn:
    """Return a Telegram that knows of the bot what it knows of any that @BotFather just made."""
    world = telegram._world
    world.privacy, world.inline, world.guests = True, False, False
    return telegram


@pytest.fixture
def setup(tmp_path: Path, untouched: TelegramStandIn, warm_onrecord: Path) -> Setup:
    """Return what runs ``onrecord setup``, piped, or in a terminal if something is *typed*.

    It is started cold where it is sent a signal, and where it sets without asking.
    """
    statements = tmp_path / "data" / "statements"
    statements.mkdir(parents=True)
    (statements / "harbour.md").write_text(STATEMENT, encoding="utf-8")
    api = untouched.base_url.removesuffix("/bot")
    (tmp_path / "onrecord.yaml").write_text(f"api: {api}\n", encoding="utf-8")

    async def start(*arguments: str, typed: str | None = None, token: str = untouched.token) -> Ran:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "PYTHONPATH": str(Path(__file__).parents[3]),
            "LANG": "C.UTF-8",
            "TERM": "xterm",
            "COLUMNS": "100",
            TOKEN_VARIABLE: token,
        }
        is_cold = typed == _INTERRUPT or "--yes" in arguments
        program = (sys.executable, "-m", "bot") if is_cold else (warm_onrecord,)
        command = (*program, "setup", *arguments)
        if typed is None:
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=tmp_path,
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            out, err = await asyncio.wait_for(process.communicate(), 60)
            shown = out.decode()
        else:
            ours, theirs = pty.openpty()
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=tmp_path,
                env=environment,
                stdin=theirs,
                stdout=theirs,
                stderr=asyncio.subprocess.PIPE,
            )
            os.close(theirs)
            try:
                shown = await asyncio.wait_for(asyncio.to_thread(read_until, ours, _ASKED), 60)
                if typed == _INTERRUPT:
                    process.send_signal(signal.SIGINT)
                else:
                    os.write(ours, typed.encode())
                shown += await asyncio.wait_for(asyncio.to_thread(read_until, ours), 60)
            except BaseException:
                # Else a thread would read from it for good.
                process.kill()
                raise
            _, err = await process.communicate()
            os.close(ours)
        assert process.returncode is not None
        ran = Ran(process.returncode, shown, err.decode())
        assert "Traceback" not in ran.err
        assert untouched.token.partition(":")[2] not in ran.out + ran.err
        return ran

    return start


@pytest.fixture
def inside(tmp_path: Path, untouched: TelegramStandIn, capsys: pytest.CaptureFixture[str]) -> Setup:
    """Return what sets up within this process, without asking."""

    async def start(**settings: Any) -> Ran:
        configuration = Configuration(
            **{
                "token": untouched.token,
                "api": untouched.base_url.removesuffix("/bot"),
                "data": tmp_path / "nowhere",
                **settings,
            }
        )
        code = await asyncio.to_thread(set_up, configuration, unseen=True)
        return Ran(code, *capsys.readouterr())

    return start


def read_until(terminal: int, words: str = "") -> str:
    """Return what is written to a terminal until these *words*, or until its last user is gone."""
    written = b""
    with contextlib.suppress(OSError):  # closed at the other end
        while not (words and words.encode() in written) and (part := os.read(terminal, 65_536)):
            written += part
    return written.decode()


def setters(telegram: TelegramStandIn) -> list[str]:
    return [call.method for call in telegram.calls if call.method.startswith("setMy")]


async def test_without_a_terminal_it_shows_and_sets_nothing(setup, untouched):
    ran = await setup()
    assert ran.code == 1
    assert setters(untouched) == []
    assert ran.err == (
        "onrecord: nothing was set, as there is no terminal to ask in. "
        "Run “onrecord setup --yes” to set it.\n"
    )
    lines = ran.out.splitlines()
    assert lines[0] == "@OnRecordBot at Telegram: what is now, and what would be then:"
    table = [line.split() for line in lines]
    assert ["setting", "now", "then"] in table
    assert ["inline", "mode", "off", "on"] in table
    assert ["privacy", "mode", "on", "off"] in table
    menu = ["/ask", "/check", "/ref", "/trim", "/sources", "/help"]
    assert ["menu", "in", "groups", "none", *menu] in table
    assert "Official statements, quoted word for word" in ran.out
    assert lines[-1] == "As it should be: 1 more."


async def test_with_yes_it_sets_all_and_then_there_is_nothing_to_set(setup, untouched):
    ran = await setup("--yes")
    assert (ran.code, ran.err) == (0, "")
    assert "Set: inline mode, inline placeholder, guest mode, privacy mode, menu in" in ran.out
    assert "add it there again" in ran.out
    done = setters(untouched)
    assert {*done} == {
        *("setMySettings", "setMyCommands", "setMyDescription", "setMyShortDescription"),
    }
    assert "Harbour Island" in untouched.calls_of("setMyDescription")[0].parameters["description"]

    again = await setup()
    assert (again.code, again.err) == (0, "")
    assert again.out == "@OnRecordBot: Telegram knows everything as it should be.\n"
    assert setters(untouched) == done


@pytest.mark.parametrize("typed", ["y\n", pytest.param("YES\n", marks=pytest.mark.slow)])
async def test_in_a_terminal_it_asks_and_sets(setup, untouched, typed):
    ran = await setup(typed=typed)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.index("inline mode") < ran.out.index("Set these? [y/N]")
    assert ran.out.index("Set these? [y/N]") < ran.out.index("Set: inline mode")
    assert "setMySettings" in setters(untouched)


@pytest.mark.parametrize(
    "typed",
    ["n\n", *(pytest.param(one, marks=pytest.mark.slow) for one in ("\n", "what?\n", _END))],
)
async def test_whatever_else_is_answered_sets_nothing(setup, untouched, typed):
    ran = await setup(typed=typed)
    assert (ran.code, ran.err) == (1, "")
    assert "Nothing was set." in ran.out
    assert setters(untouched) == []


@pytest.mark.slow
async def test_to_be_interrupted_while_it_asks_sets_nothing(setup, untouched):
    ran = await setup(typed=_INTERRUPT)
    assert (ran.code, ran.err) == (130, "")
    assert setters(untouched) == []


async def test_on_an_older_server_it_says_what_is_left_for_botfather(inside, untouched):
    untouched._world.api = (10, 0)
    ran = await inside()
    assert ran.code == 1
    assert "Set: menu in private" in ran.out
    assert ran.err.splitlines() == [
        "onrecord: not set: inline mode, guest mode, privacy mode: "
        "a Bot API server older than 10.5 cannot set that.",
        "Write to @BotFather:",
        "  /setinline, with the words: Search official statements   (inline mode)",
        "  /mybots, the bot's settings: guest mode on   (guest mode)",
        "  /setprivacy, then Disable   (privacy mode)",
    ]


async def test_what_is_put_off_for_hours_is_said_and_the_rest_is_set(inside, untouched):
    untouched.fail("setMyDescription", Flood(10_000), times=9)
    ran = await inside()
    assert ran.code == 1
    assert ran.err == ("onrecord: not set: description: Telegram allows that again in 3 hours.\n")
    assert "short description" in ran.out


async def test_a_refusal_is_one_line(inside, untouched):
    untouched.fail("getMyDescription", Refuse(400, "Bad Request: not now"))
    ran = await inside()
    assert ran.code == 3
    assert ran.err == "onrecord: Telegram refuses: Not now. Try again later.\n"


async def test_without_a_record_there_are_no_questions_and_all_else(inside, untouched):
    ran = await inside()
    assert (ran.code, ran.err) == (0, "")
    assert (
        "example"
        not in untouched.calls_of("setMyShortDescription")[0].parameters["short_description"]
    )


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("", "TELEGRAM_BOT_TOKEN is not set"),
        ("12:short", "TELEGRAM_BOT_TOKEN: this is not a bot token"),
    ],
)
async def test_without_a_token_it_says_where_to_get_one(setup, untouched, token, said):
    ran = await setup(token=token)
    assert ran.code == 2
    assert said in ran.err
    assert "@BotFather" in ran.err
    assert untouched.calls == []


async def test_a_token_that_telegram_does_not_know_is_said_without_it(inside):
    ran = await inside(token=f"123456:{'A' * 35}")
    assert ran.code == 3
    assert ran.err == (
        "onrecord: Telegram does not know this bot's token. Copy it from @BotFather again.\n"
    )


async def test_that_telegram_cannot_be_reached_is_said_with_the_reason(inside):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    ran = await inside(api=f"http://127.0.0.1:{port}")
    assert ran.code == 3
    (line,) = ran.err.splitlines()
    assert line.startswith("onrecord: Telegram cannot be reached: ")
    assert "efused" in line


def test_what_is_alike_in_several_languages_is_one_row():
    def other(name: str, language: str | None, then: str, now: str = "") -> Difference:
        return Difference(name, language, now, then, "")

    assert rows_of(
        [
            other("inline mode", None, "on", "off"),
            *(other("menu in groups", one, "/ask") for one in ("", "en", "ur", "zh")),
            *(other("menu in private", one, "/ref") for one in ("", "ur")),
            other("description", "ur", "…"),
        ]
    ) == [
        ("inline mode", "off", "on"),
        ("menu in groups", "none", "/ask"),
        ("menu in private (others, ur)", "none", "/ref"),
        ("description (ur)", "none", "…"),
    ]
