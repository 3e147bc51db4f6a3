"""The stand-in's README, held to what there is."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import telegram_standin
from telegram_standin import TelegramStandIn
from telegram_standin.server import METHODS

FOLDER = Path(telegram_standin.__file__).parent
README = (FOLDER / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def blocks(title: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", section(title), re.DOTALL)


async def test_the_example_runs_and_prints_what_it_says() -> None:
    (example,), (printed,) = blocks("An example", "python"), blocks("An example", "text")
    ran = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", example],
        env={"PYTHONPATH": str(FOLDER.parent), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert ran.stdout == printed, ran.stderr


def test_every_method_is_named_and_no_other() -> None:
    assert sorted(re.findall(r"`(\w+)`", section("Methods"))) == sorted(METHODS)


def test_everything_that_is_named_is_there() -> None:
    """What people do are methods of the stand-in, or what is sent by them."""
    (header, _, *rows) = [line for line in section("What people do").splitlines() if "|" in line]
    assert header == "| to | there is |"
    arguments = {"reply_to", "quote", "topic", "entities", "seconds_ago"}
    named = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row.split("|")[2])}
    named -= arguments
    missing = [
        name
        for name in sorted(named)
        if not hasattr(TelegramStandIn, name) and not hasattr(telegram_standin, name)
    ]
    assert missing == []


def test_everything_people_do_is_named() -> None:
    """What a test awaits, reads or lets go wrong is named elsewhere in it."""
    public = [name for name in dir(TelegramStandIn) if not name.startswith("_")]
    missing = [name for name in public if not re.search(rf"\b{name}\b", README)]
    assert missing == []
