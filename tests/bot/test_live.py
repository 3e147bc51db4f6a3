"""Somebody writes a file into the folder of data, and the next question is answered from it."""

from __future__ import annotations

import logging
import shutil
from functools import partial
from pathlib import Path

import pytest
from harbour_file import HARBOUR
from patience import until

from bot.services.live_record import LiveRecord
from bot.terminal.loading import load_index
from index import Index


@pytest.fixture
def live(tmp_path: Path) -> LiveRecord:
    """Return a folder with one statement on record."""
    folder = tmp_path / "data" / "statements"
    folder.mkdir(parents=True)
    (folder / "harbour.md").write_text(HARBOUR)
    return LiveRecord(tmp_path / "data", partial(load_index, tmp_path / "data"))


def harbour(live: LiveRecord) -> Path:
    return live.data / "statements" / "harbour.md"


async def changed(live: LiveRecord, index: Index) -> None:
    """Wait until another index than this has been loaded."""
    await until(lambda: live._index is not index)


async def test_a_question_is_answered_with_the_text_written_last(telegram, running, live, operator):
    """Nothing has to be sent to the bot, and questions meanwhile have the words on record then."""
    index = live.load()
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with running(on=index, record=live, admins=frozenset({operator.id})):
        telegram.say(private, amina, "ferries")
        assert "Ferries sail twice a day." in (await telegram.reply(private)).text
        harbour(live).write_text(HARBOUR.replace("twice", "once"))
        await changed(live, index)
        telegram.say(private, amina, "ferries")
        assert "Ferries sail once a day." in (await telegram.reply(private)).text


async def test_the_operators_are_told_once_of_a_mistake_and_the_status_names_it(
    telegram, running, live, operator, desk_chat
):
    index = live.load()
    # Telegram lets a bot write only to those who have written to it.
    async with running(on=index, record=live, admins=frozenset({operator.id})):
        telegram.say(desk_chat, operator, "/status")
        assert "Files with mistakes: 0\n" in (await telegram.reply(desk_chat)).text
        harbour(live).write_text(HARBOUR.replace("2025-02-24", "some <day>"))
        told = (await telegram.reply(desk_chat)).text
        assert told.startswith("Mistakes in the statements.")
        assert "harbour.md:3" in told
        assert "some <day>" in told or "date" in told
        index = live._index
        (live.data / "statements" / "railway.md").write_text(
            HARBOUR.replace("Ferries sail", "Trains run")
        )
        await changed(live, index)
        await telegram.quiet(desk_chat)
        telegram.say(desk_chat, operator, "ferries")
        assert "Ferries sail twice a day." in (await telegram.reply(desk_chat)).text
        telegram.say(desk_chat, operator, "/status")
        status = (await telegram.reply(desk_chat)).text
        assert "Files with mistakes: 1\nharbour.md:3 " in status


async def test_the_operators_are_told_that_the_folder_is_gone_and_answers_go_on(
    telegram, running, live, operator, desk_chat
):
    async with running(on=live.load(), record=live, admins=frozenset({operator.id})):
        telegram.say(desk_chat, operator, "/status")
        await telegram.reply(desk_chat)
        shutil.rmtree(live.data)
        told = (await telegram.reply(desk_chat)).text
        assert told.startswith("The folder of statements cannot be read: No such file or directory")
        telegram.say(desk_chat, operator, "/status")
        assert told in (await telegram.reply(desk_chat)).text
        telegram.say(desk_chat, operator, "ferries")
        assert "Ferries sail twice a day." in (await telegram.reply(desk_chat)).text


async def test_nothing_is_watched_where_that_is_not_wanted(
    telegram, running, live, operator, desk_chat
):
    index = live.load()
    async with running(on=index, record=live, watch=False, admins=frozenset({operator.id})):
        harbour(live).write_text(HARBOUR.replace("twice", "once"))
        await telegram.quiet(desk_chat, seconds=1.5)
        assert live._index is index


async def test_an_operator_who_cannot_be_written_to_keeps_nobody_from_being_told(
    telegram, running, live, operator, caplog
):
    caplog.set_level(logging.INFO)
    stranger, desk_chat = telegram.user("Olga"), telegram.private_chat(operator)
    admins = frozenset({operator.id, stranger.id})
    async with running(on=live.load(), record=live, admins=admins):
        telegram.say(desk_chat, operator, "/status")
        await telegram.reply(desk_chat)
        harbour(live).write_text("no statement")
        assert "there is no front matter" in (await telegram.reply(desk_chat)).text
        await until(lambda: f"chat {stranger.id}: there is no such chat" in caplog.text)
