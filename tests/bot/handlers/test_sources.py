"""/sources lists what is on record wherever it is sent, and its buttons outlive the process."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from made_statements import statement
from telegram_standin import TelegramStandIn

from bot.answering.answers import Answers
from bot.handlers.sources import ListsOfSources
from bot.i18n.strings import strings_of
from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.view import View
from index import Index, Kind, Record, Speaker, Statement

SPEAKERS = ("Nadia Rahman", "Li Wen", "Omar Siddiq", "Ada Quill")


def made(number: int) -> Statement:
    one = statement(
        f"note-{number:03}",
        [f"Ferry {number} sails."],
        title=f"Remarks on pier {number}",
        speakers=(Speaker(SPEAKERS[number % 4]),),
        kind=Kind.REMARKS if number % 3 else Kind.INTERVIEW,
    )
    day = datetime.date(2023, 1, 1) + datetime.timedelta(days=9 * number)
    return dataclasses.replace(one, date=day)


MANY = Index(Record.of(made(number) for number in range(120)))


async def test_the_first_page_leads_to_a_statement_and_back(telegram: TelegramStandIn, running):
    async with running(on=MANY):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "/sources")
        first = await telegram.reply(private)
        assert first.text.startswith("On record: 120 statements\n\n1 Jan 2023 to 7 Dec 2025\n\n")
        assert first.buttons == [
            ["Newest"],
            ["2025 (38)", "2024 (41)", "2023 (41)"],
            ["Speakers (4)", "Kinds (2)"],
        ]
        telegram.press(amina, first, "2024 (41)")
        year = await telegram.edited(first)
        telegram.press(amina, year, "Feb (4)")
        month = await telegram.edited(first)
        assert month.text.startswith(
            "February 2024 · 4 statements · newest first\n\n1. Remarks on pier"
        )
        telegram.press(amina, month, "2")
        opened = await telegram.edited(first)
        assert opened.marked("blockquote") == ["Ferry 46 sails."]
        for shown in (month, year, first):
            telegram.press(amina, opened, "back")
            opened = await telegram.edited(first)
            assert opened.text == shown.text


@pytest.mark.parametrize("words", ["quill", "QUILL", "ada"])
async def test_words_after_the_command_are_sought(telegram: TelegramStandIn, running, words):
    async with running(on=MANY):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, f"/sources {words}")
        listed = await telegram.reply(private)
        assert listed.text.startswith(f"“{words}” · 30 statements · newest first\n\n1. ")
        telegram.press(amina, listed, "older")
        assert "\n11. Remarks on pier" in (await telegram.edited(listed)).text


async def test_yesterday_is_counted_from_the_day_where_the_operator_is():
    """Like in questions; the machine may be elsewhere, or its clock wrong."""
    midnight = datetime.datetime(2023, 1, 2, tzinfo=datetime.UTC).timestamp()
    for hours, listed in ((1, True), (-1, False)):
        zone = datetime.timezone(datetime.timedelta(hours=hours))
        answers = Answers(MANY, passages=1, clock=lambda: midnight, time_zone=zone)
        button = CallbackData(Action.SOURCES, question="l/wyesterday")
        shown = await ListsOfSources(answers).turned(button, "", View(strings_of()))
        assert ("Remarks on pier 0\n" in shown.html) is listed
        await answers.close()


async def test_what_is_sought_in_vain_is_said_and_the_ways_in_are_offered(telegram, running):
    async with running(on=MANY):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "/sources <b>penguins</b> @everyone")
        reply = await telegram.reply(private)
        assert reply.text.startswith("No statement on record matches “<b>penguins</b> @everyone”.")
        assert reply.marked("code")[0] == "<b>penguins</b> @everyone"
        assert ["Speakers (4)", "Kinds (2)"] in reply.buttons


async def test_in_a_group_and_a_channel_a_long_list_is_one_short_message(telegram, running):
    async with running(on=MANY):
        amina = telegram.user("Amina")
        group, channel = telegram.group("Newsroom"), telegram.channel("Ports")
        telegram.say(group, amina, "/sources")
        shown = await telegram.reply(group)
        assert len(shown.text) < 300
        telegram.post(channel, "/sources 2024")
        assert "2024" in (await telegram.reply(channel)).text


async def test_buttons_still_work_after_a_restart_and_on_another_record(telegram, running):
    """A speaker who is gone leads to the first page; one who is not has the list of today."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with running(on=MANY):
        telegram.say(private, amina, "/sources")
        first = await telegram.reply(private)
        telegram.press(amina, first, "Speakers (4)")
        speakers = await telegram.edited(first)
        assert speakers.buttons[0] == ["Ada Quill (30)"]
    fewer = Record.of(made(number) for number in range(80) if number % 4 != 3)
    async with running(on=Index(fewer)):
        telegram.press(amina, speakers, "Li Wen (30)")
        listed = await telegram.edited(speakers)
        assert listed.text.startswith("Li Wen · 20 statements · newest first")
        telegram.press(amina, listed, "back")
        again = await telegram.edited(speakers)
        assert again.buttons[:3] == [["Li Wen (20)"], ["Nadia Rahman (20)"], ["Omar Siddiq (20)"]]
    async with running(on=Index(Record.of(made(number) for number in range(0, 160, 4)))):
        telegram.press(amina, again, "Li Wen (20)")
        assert (await telegram.edited(again)).text.startswith("On record: 40 statements")


async def test_words_too_long_for_a_button_are_read_from_the_command(telegram, running):
    async with running(on=MANY):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        words = "remarks on pier " * 3 + "ada quill"
        telegram.say(private, amina, f"/sources {words}")
        listed = await telegram.reply(private)
        telegram.press(amina, listed, "older")
        assert "\n11. Remarks on pier" in (await telegram.edited(listed)).text
