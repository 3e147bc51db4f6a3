"""What whoever runs the bot may ask of it in the chat, and nobody else."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
from telegram_standin import Chat, Message, TelegramStandIn, User
from telegram_standin.people import GROUP_ANONYMOUS_BOT

from bot.handlers import operators
from bot.i18n.strings import strings_of
from bot.terminal.loading import load_index
from documents import Fetching, fetch_as, fetch_sources, read_followed
from documents.reading import reading
from index import Index, Record, ranks_in_c

SAY = strings_of()
FERRIES = "Ferries sail twice a day."
DAY = 86_400
HARBOUR = f"""\
---
title: Remarks at the harbour
date: 2025-02-24
speakers:
  - {{name: Nadia Rahman, role: Minister of Ports}}
---
Fishing boats keep their berths.

{FERRIES}
"""
RAILWAY = HARBOUR.replace("at the harbour", "on trains").replace(FERRIES, "Trains run hourly.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one statement on record."""
    statements = tmp_path / "data" / "statements"
    statements.mkdir(parents=True)
    (statements / "harbour.md").write_text(HARBOUR)
    return tmp_path / "data"


async def told(telegram: TelegramStandIn, chat: Chat, person: User, command: str) -> Message:
    """Return what *person* is told in return for *command*."""
    telegram.say(chat, person, command)
    return await telegram.reply(chat)


async def reloaded(telegram: TelegramStandIn, chat: Chat, operator: User) -> str:
    """Return what the operator is told of a reload once it is done; it is one message."""
    begun = await told(telegram, chat, operator, "/reload")
    assert begun.text == SAY.reloading
    done = (await telegram.edited(begun)).text
    await telegram.quiet(chat)
    return done


async def test_nobody_else_is_told_anything(telegram, running, operator, desk_chat):
    """To others the commands are as unknown as any; in a group they are meant for other bots."""
    # Through this account every group's anonymous administrators write.
    async with running(admins=frozenset({operator.id, GROUP_ANONYMOUS_BOT})):
        amina = telegram.user("Amina")
        private, group = telegram.private_chat(amina), telegram.group("Newsroom")
        for command in ("/status", "/reload", "/misses on"):
            telegram.say(private, amina, command)
            assert (await telegram.reply(private)).text == SAY.unknown_command
            named = (
                command.replace(" ", "@OnRecordBot ", 1)
                if " " in command
                else command + "@OnRecordBot"
            )
            telegram.say(group, amina, named)
            telegram.say(group, group, named)
            telegram.say(group, operator, command)
            await telegram.quiet(group)
        telegram.say(group, operator, "/status@OnRecordBot")
        assert (await telegram.reply(group)).text.startswith("On record")
        assert "not recorded" in (await told(telegram, desk_chat, operator, "/misses")).text


async def test_without_operators_there_are_none(telegram, running, operator, desk_chat):
    async with running():
        assert (await told(telegram, desk_chat, operator, "/status")).text == SAY.unknown_command


async def test_the_status_tells_what_is_on_record_and_how_today_went(
    telegram, running, operator, desk_chat
):
    """An answer counts once, however often its buttons are pressed and its question is edited."""
    async with running(admins=frozenset({operator.id})):
        amina = telegram.user("Amina")
        private, group = telegram.private_chat(amina), telegram.group("Newsroom")
        asked = telegram.say(private, amina, "ferries")
        answer = await telegram.reply(private)
        telegram.press(amina, answer, SAY.button_context)
        await telegram.edited(answer)
        telegram.edit(asked, "ferries ")
        await told(telegram, group, amina, "/ask ferries")
        await told(telegram, group, amina, "/ask chess olympiad")
        await told(telegram, group, amina, "/ask")
        await told(telegram, private, amina, "hello")
        await told(telegram, private, amina, "/help")
        await telegram.type_inline(amina, "ferries").answered()
        await telegram.quiet(private)
        telegram.clock.advance(3 * 3600 + 60)
        status = (await told(telegram, desk_chat, operator, "/status")).text
    assert status.splitlines() == [
        "On record: 4 statements, 9 paragraphs",
        "2 Feb 2025 to 24 Feb 2025",
        "Files with mistakes: 0",
        "Index built: 3 hours ago",
        "Running for: 3 hours",
        "Today (UTC): 2 answered, 1 not on record, 1 inline, 0 errors",
        "Updates waiting: 0",
        "Settings and counts: saved on disk",
        f"Ranking: {SAY.status_ranks_in_c if ranks_in_c() else SAY.status_ranks_with_numpy}",
    ]


@pytest.mark.parametrize(
    ("in_c", "told_so"),
    [(True, "Ranking: in C"), (False, "Ranking: with NumPy; install again where there is a C")],
)
async def test_the_status_tells_whether_it_could_be_faster(
    telegram, running, operator, desk_chat, *, monkeypatch, in_c, told_so
):
    monkeypatch.setattr(operators, "ranks_in_c", lambda: in_c)
    async with running(admins=frozenset({operator.id})):
        status = (await told(telegram, desk_chat, operator, "/status")).text
    assert status.splitlines()[-1].startswith(told_so)


async def test_a_changed_folder_is_answered_from_after_a_reload(
    telegram, running, operator, desk_chat, folder
):
    """Files with mistakes are left out and named."""
    load = partial(load_index, folder)
    async with running(on=load(), load=load, admins=frozenset({operator.id})):
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        first = await told(telegram, group, amina, "/ask ferries")
        assert FERRIES in first.text
        telegram.press(amina, first, SAY.button_context)
        await telegram.edited(first)
        (folder / "statements" / "railway.md").write_text(RAILWAY)
        for number in range(7):
            (folder / "statements" / f"broken-{number}.md").write_text("---\ntitle: [\n---\nWords.")
        done = await reloaded(telegram, desk_chat, operator)
        assert "s: 2 statements, 4 paragraphs." in done
        assert "broken-0.md, broken-1.md, broken-2.md, broken-3.md, broken-4.md, …" in done
        assert "Trains run hourly." in (await told(telegram, group, amina, "/ask trains")).text
        status = (await told(telegram, desk_chat, operator, "/status")).text
        assert "Files with mistakes: 7" in status
        telegram.press(amina, first, SAY.button_back)
        assert FERRIES in (await telegram.edited(first)).text, "a button of before the reload"


async def test_an_amended_paragraph_is_quoted_as_it_stands_after_a_reload(
    telegram, running, operator, desk_chat, folder
):
    """No answer of the old record is given, whoever asked the same before."""
    load = partial(load_index, folder)
    async with running(on=load(), load=load, admins=frozenset({operator.id})):
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        first = await told(telegram, group, amina, "/ask ferries")
        amended = HARBOUR.replace("twice", "once")
        (folder / "statements" / "harbour.md").write_text(amended)
        await reloaded(telegram, desk_chat, operator)
        again = await told(telegram, group, amina, "/ask ferries")
        assert "Ferries sail once a day." in again.text
        around = telegram.press(amina, first, SAY.button_context)
        assert (await around.answered())["text"] == SAY.paragraph_amended


async def test_a_folder_that_is_gone_leaves_the_record_as_it_was(
    telegram, running, operator, desk_chat, folder
):
    load = partial(load_index, folder)
    async with running(on=load(), load=load, admins=frozenset({operator.id})):
        shutil.rmtree(folder)
        done = await reloaded(telegram, desk_chat, operator)
        assert done.startswith("The record could not be reloaded; the old one stays in use: ")
        assert "--data" in done
        assert FERRIES in (await told(telegram, desk_chat, operator, "ferries")).text


async def test_a_reload_that_fails_as_nobody_foresaw_leaves_the_record_as_it_was(
    telegram, running, operator, desk_chat, caplog
):
    def breaks() -> Index:
        raise ZeroDivisionError("made for this test")

    async with running(load=breaks, admins=frozenset({operator.id})):
        done = await reloaded(telegram, desk_chat, operator)
        assert done.startswith("The record could not be reloaded; the old one stays in use: ")
        telegram.say(desk_chat, operator, "ferries")
        assert "Ferries" in (await telegram.reply(desk_chat)).text
    assert "ZeroDivisionError" in caplog.text


async def test_questions_that_find_nothing_are_kept_only_when_that_is_switched_on(
    telegram, running, operator, desk_chat
):
    """Without who asked or where; and off forgets them."""
    async with running(admins=frozenset({operator.id})):
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")

        async def misses(word: str = "") -> str:
            return (await told(telegram, desk_chat, operator, f"/misses {word}")).text

        await told(telegram, group, amina, "/ask who won the chess olympiad?")
        assert await misses() == SAY.misses_off
        assert await misses("on") == SAY.misses_on_now
        assert await misses() == SAY.misses_none
        for _ in range(2):
            await told(telegram, group, amina, "/ask who won the chess olympiad?")
        await told(telegram, group, amina, "/ask opera <i> & musicals")
        await told(telegram, group, amina, "/ask ferries")
        await telegram.quiet(group)
        kept = await misses()
        assert kept.splitlines()[1:] == [
            "2 × who won the chess olympiad?",
            "1 × opera <i> & musicals",
        ]
        assert "Amina" not in kept
        assert "Newsroom" not in kept
        assert await misses("CLEAR") == SAY.misses_cleared
        assert await misses() == SAY.misses_none
        await told(telegram, group, amina, "/ask who won the chess olympiad?")
        assert await misses("off") == SAY.misses_off_now
        assert await misses() == SAY.misses_off
        await misses("on")
        assert await misses() == SAY.misses_none


async def test_many_long_misses_fit_one_message(telegram, running, operator, desk_chat):
    async with running(admins=frozenset({operator.id}), person_limit=0):
        await told(telegram, desk_chat, operator, "/misses on")
        for number in range(25):
            question = f"{number} " + "<&" * 2000
            await told(telegram, desk_chat, operator, question)
        await telegram.quiet(desk_chat)
        assert len((await told(telegram, desk_chat, operator, "/misses")).text) <= 4096


async def test_the_status_tells_how_the_sources_are(
    telegram, running, operator, desk_chat, tmp_path
):
    """The sources of this machine are refused, as no public site is there."""
    url = "http://127.0.0.1:8765/feed?a=1&b=2"
    source = read_followed(url)
    admins = frozenset({operator.id})
    async with running(admins=admins, data=tmp_path, sources=(source,), fetch=False):
        status = (await told(telegram, desk_chat, operator, "/status")).text
        assert status.splitlines()[-2:] == ["Sources not fetched yet", "Statements to review: 0"]
    fetching = Fetching(
        data=tmp_path,
        reader=reading,
        record=lambda: Record(()),
        fetch=fetch_as(""),
        clock=telegram.clock.time,
    )
    assert len(list(fetch_sources([source], fetching))) == 1
    async with running(admins=admins, data=tmp_path, sources=(source,), fetch=False):
        telegram.clock.advance(3 * 3600 + 60)
        status = (await told(telegram, desk_chat, operator, "/status")).text
    assert status.splitlines()[-4:-1] == [
        "Sources fetched: 3 hours ago",
        "Statements to review: 0",
        "Sources that fail: 1",
    ]
    assert status.splitlines()[-1] == f"{url}: 127.0.0.1 is no public site"
