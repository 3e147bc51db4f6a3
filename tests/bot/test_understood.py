"""Whom, when and in which order was understood is said, and lifted with one press or command.

What is read from the wording is made by hand here: reading it is tested in ``tests/index``.
"""

from __future__ import annotations

import dataclasses
import datetime
import io
from typing import Any

import pytest
from made_statements import statement
from telegram_standin import TelegramStandIn

from bot.i18n.strings import strings_of
from bot.terminal.chat import Chat
from bot.terminal.screen import Screen
from index import Answer, Index, Order, Record, Understood

SAY = strings_of()
MARCH = Understood(
    speakers=("Nadia Rahman",),
    first=datetime.date(2025, 3, 1),
    last=datetime.date(2025, 3, 31),
    order=Order.NEWEST,
    by_wording=True,
)
LINE = "Nadia Rahman · March 2025 · newest first"


class Understanding(Index):
    """A record that understands March of the word "march", and answers as *march* says."""

    def __init__(self, **march: Any) -> None:
        """Answer what is asked of March with these fields of the answer."""
        texts = [f"{day} ferries sail from the quay." for day in ("One", "Two", "Three")]
        known = [statement(f"note-{n}", [text, "More."]) for n, text in enumerate(texts)]
        super().__init__(Record.of(known))
        self._march = march

    def ask(
        self,
        question: str,
        limit: int = 5,
        today: datetime.date | None = None,
        *,
        narrow: bool = True,
        unfinished: bool = False,
    ) -> Answer:
        """Return the answer, narrowed to what was understood of March."""
        words = " ".join(word for word in question.split() if word != "march")
        answer = super().ask(words, limit, today, unfinished=unfinished)
        if narrow and words != question:
            march = {"hits": answer.hits[:2], "understood": MARCH, **self._march}
            answer = dataclasses.replace(answer, **march)
        return dataclasses.replace(answer, question=question)


async def test_it_stands_above_the_quote_and_one_press_lifts_it(telegram, running):
    """After a restart too, and however long the question is."""
    asked = f"march ferries {'please ' * 12}"
    async with running(on=Understanding()):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        for question in ("march ferries", asked):
            telegram.say(private, amina, question)
            reply = await telegram.reply(private)
            assert reply.text.startswith(f"{LINE}\n")
            assert reply.buttons == [["1 of 2 ›", "Context", "Cite", "Share"], ["Search all"]]
            telegram.press(amina, reply, "1 of 2")
            assert (await telegram.edited(reply)).text.startswith(f"{LINE}\n")
    async with running(on=Understanding()):
        telegram.press(amina, reply, "Search all")
        lifted = await telegram.edited(reply)
        assert LINE not in lifted.text
        assert lifted.buttons == [["1 of 3 ›", "Context", "Cite", "Share"]]
        telegram.press(amina, lifted, "1 of 3")
        second = await telegram.edited(reply)
        assert second.buttons[0][:2] == ["‹", "2 of 3 ›"]
        telegram.press(amina, second, "Context")
        telegram.press(amina, await telegram.edited(reply), "back")
        assert (await telegram.edited(reply)).html == second.html


async def test_three_passages_at_once_are_lifted_at_once(telegram, running):
    async with running(on=Understanding()):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "/settings")
        menu = await telegram.reply(private)
        telegram.press(amina, menu, SAY.settings_button_three)
        await telegram.edited(menu)
        telegram.say(private, amina, "march ferries")
        two = await telegram.reply(private)
        assert two.text.startswith(f"{LINE}\n")
        assert two.buttons == [["1", "2"], ["Search all"]]
        telegram.press(amina, two, "Search all")
        assert (await telegram.edited(two)).buttons == [["1", "2", "3"]]


@pytest.mark.parametrize("place", ["private", "group"])
async def test_others_are_not_the_answer_and_one_press_away(telegram, running, place):
    """Never somebody else's words, or those of another day, until they are asked for."""
    on = Understanding(answered=False, others_answer=True)
    async with running(on=on):
        amina = telegram.user("Amina")
        chat = telegram.private_chat(amina) if place == "private" else telegram.group("Newsroom")
        telegram.say(chat, amina, "/ask march ferries")
        refusal = await telegram.reply(chat)
        # The record is of February 2025.
        nothing = "Nothing from March 2025; the newest statement is from 1 Feb 2025."
        assert refusal.text.startswith(nothing)
        assert "ferries sail" not in refusal.text
        assert refusal.buttons[0] == ["Others, other dates", "Search all"]
        telegram.press(amina, refusal, "Others")
        others = await telegram.edited(refusal)
        assert others.text.startswith(f"{nothing} {SAY.others_both}\n")
        assert "ferries sail" in others.text
        telegram.press(amina, others, "1 of 2")
        assert (await telegram.edited(refusal)).text.startswith(nothing)
        telegram.press(amina, others, "Context")
        around = await telegram.edited(refusal)
        assert around.text.startswith(SAY.others_both)
        telegram.press(amina, around, "Whole text")
        assert (await telegram.edited(refusal)).text.startswith(SAY.others_both)


async def test_a_guest_is_told_what_was_understood_and_nothing_of_others(
    telegram: TelegramStandIn, running
):
    friends = telegram.foreign_group("Friends")
    amina = telegram.user("Amina")
    async with running(on=Understanding()):
        call = telegram.call_guest(friends, amina, "@OnRecordBot march ferries")
        assert (await call.answered()).text.startswith(f"{LINE}\n")
    async with running(on=Understanding(answered=False, others_answer=True)):
        call = telegram.call_guest(friends, amina, "@OnRecordBot march ferries")
        assert "ferries sail" not in (await call.answered()).text


async def test_a_copys_places_are_listed_and_come_back_from(telegram, running):
    first, second = Understanding().ask("ferries").hits[:2]
    copies = (second.citation,)
    hits = (dataclasses.replace(first, copies=copies),)
    async with running(on=Understanding(hits=hits)):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "march ferries")
        reply = await telegram.reply(private)
        assert reply.buttons[1] == ["also in 1 other place", "Search all"]
        telegram.press(amina, reply, "also in")
        listed = await telegram.edited(reply)
        assert listed.marked("code") == [copies[0].reference]
        telegram.press(amina, listed, "back")
        assert (await telegram.edited(reply)).html == reply.html


def typed(index: Index, *lines: str) -> list[str]:
    """Return what the terminal shows for each of *lines*."""
    shown = []
    stream = io.StringIO()
    chat = Chat(index, SAY, Screen(SAY, stream, interactive=True), 5)
    for line in lines:
        stream.truncate(0)
        stream.seek(0)
        chat.take(line)
        shown.append(stream.getvalue())
    return shown


def test_in_the_terminal_a_command_lifts_it():
    narrowed, lifted, again = typed(Understanding(), "march ferries", "/all", "/all")
    assert narrowed.startswith(f"{LINE} · {SAY.terminal_all_hint}\n> ")
    assert "1 of 2; /next" in narrowed
    assert lifted.startswith("> ")
    assert "1 of 3; /next" in lifted
    assert again == f"{SAY.terminal_all_nothing}\n"
    assert typed(Understanding(), "/all") == [f"{SAY.terminal_ask_first}\n"]


def test_in_the_terminal_a_command_shows_what_others_said():
    on = Understanding(answered=False, others_answer=True)
    refusal, others = typed(on, "march ferries", "/nearest")
    nothing = "Nothing from March 2025; the newest statement is from 1 Feb 2025."
    assert refusal.splitlines()[0].startswith(nothing)
    assert SAY.terminal_others_both_hint in refusal
    assert "ferries sail" not in refusal
    assert others.startswith(f"{nothing} {SAY.others_both}\n> ")


def test_in_the_terminal_a_command_lists_where_a_text_also_stands():
    hit, other = Understanding().ask("ferries").hits[:2]
    copied = dataclasses.replace(hit, copies=(other.citation,))
    on = Understanding(hits=(copied,))
    shown, listed, none, first = (
        *typed(on, "march ferries", "/copies"),
        typed(on, "ferries", "/copies")[1],
        typed(on, "/copies")[0],
    )
    assert "also in 1 other place; /copies lists them." in shown
    assert other.citation.reference in listed
    assert none == f"{SAY.terminal_no_copies}\n"
    assert first == f"{SAY.terminal_ask_first}\n"


async def test_inline_only_the_answer_is_offered_and_why_there_is_none_is_said(
    telegram: TelegramStandIn, running
):
    amina = telegram.user("Amina")
    alone = dataclasses.replace(MARCH, first=None, last=None)
    async with running(on=Understanding(answered=False, others_answer=True, understood=alone)):
        answer = await telegram.type_inline(amina, "march ferries").answered()
        assert not answer.results
        assert answer.button.text == "Nothing by Nadia Rahman on this."
