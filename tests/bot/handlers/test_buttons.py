"""Every button does what it says, in place, whoever presses it, and after a restart."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Any

import pytest
from made_statements import statement
from telegram_standin import Message, TelegramStandIn, User
from telegram_standin.keyboards import Button as Given
from telegram_standin.keyboards import Keyboard

from bot.i18n.strings import strings_of
from bot.rendering.callback_data import Action, CallbackData
from index import Index, Record

SAY = strings_of()
NOTES = Index(
    Record.of(
        [
            statement("ferry", ["Ferries sail in May.", "Boats stay.", "Nets dry."], day=9),
            statement("train", ["Trains meet ferries.", "Rails rust."], day=8),
            statement("barge", ["Barges follow ferries."], day=7),
            statement("canal", ["No ferries use the canal."], day=6),
            statement("goods", ["Goods go by ferries."], day=5),
        ]
    )
)


class Reader:
    """A person with one of the bot's messages, whose buttons are pressed one after the other."""

    def __init__(self, telegram: TelegramStandIn, person: User, message: Message) -> None:
        self.telegram, self.person, self.message = telegram, person, message
        self.shown = message

    async def press(self, label: str) -> Message:
        """Press a button that changes the message, and return what it then is."""
        self.telegram.press(self.person, self.shown, label)
        self.shown = await self.telegram.edited(self.message)
        return self.shown

    async def told(self, label: str) -> str:
        """Press a button that leaves the message as it is, and return the notice."""
        press = self.telegram.press(self.person, self.shown, label)
        return str((await press.answered())["text"])


async def reader(telegram: TelegramStandIn, question: str) -> Reader:
    """Return who asked *question* in private, with the reply."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    telegram.say(private, amina, question)
    return Reader(telegram, amina, await telegram.reply(private))


def forge(telegram: TelegramStandIn, message: Message, data: str) -> Message:
    """Put a button with any *data* beneath a message, as an older version of the bot may have."""
    keyboard = Keyboard(((Given("forged", "callback_data", data),),))
    return telegram._world.change_message(message, by_bot=False, keyboard=keyboard)


async def test_next_and_previous_lead_through_all_passages_and_round(telegram, running):
    async with running(on=NOTES):
        one = await reader(telegram, "ferries")
        first = one.shown
        seen = [first.marked("blockquote")[0]]
        for number in range(1, 5):
            shown = await one.press(f"{number} of 5 ›")
            seen.append(shown.marked("blockquote")[0])
            assert shown.buttons[0][0] == "‹"
        assert len(set(seen)) == 5
        assert (await one.press("5 of 5 ›")).html == first.html
        await one.press("1 of 5 ›")
        assert (await one.press("‹")).html == first.html


async def test_before_and_after_walk_to_the_ends_and_back_leads_home(telegram, running):
    """Each paragraph with a citation of its own; and home is the passage, not the first one."""
    async with running(on=NOTES):
        one = await reader(telegram, "nets")
        home = one.shown
        assert home.buttons == [["Context", "Cite", "Share"]]
        last = await one.press("Context")
        assert last.buttons == [["‹ before", "Whole text", "back"]]
        assert last.text.startswith("paragraph 2, before it\nBoats stay.")
        middle = await one.press("‹ before")
        assert middle.buttons == [["‹ before", "after ›", "Whole text", "back"]]
        assert "paragraph 2 of 3" in middle.text
        first = await one.press("‹ before")
        assert first.buttons == [["after ›", "Whole text", "back"]]
        references = {shown.marked("code")[0] for shown in (last, middle, first)}
        assert len(references) == 3
        assert (await one.press("back")).html == home.html


async def test_the_whole_text_leads_back_to_where_it_was_opened(telegram, running):
    """To the paragraphs around the passage, and from there to the passage."""
    async with running(on=NOTES):
        one = await reader(telegram, "ferries")
        home = one.shown
        around = await one.press("Context")
        whole = await one.press("Whole text")
        assert whole.marked("blockquote") == ["Ferries sail in May.", "Boats stay.", "Nets dry."]
        assert whole.buttons == [["back"]]
        assert (await one.press("back")).html == around.html
        beside = await one.press("after ›")
        assert "● 2" in (await one.press("Whole text")).marked("bold")
        assert (await one.press("back")).html == beside.html
        assert (await one.press("back")).html == home.html


async def test_a_long_text_is_turned_over_page_by_page(telegram, running):
    texts = [
        f"Part {number}: " + "the committee met. " * 40 + "Ferries?" * (number == 7)
        for number in range(1, 13)
    ]
    async with running(on=Index(Record.of([statement("long", texts)]))):
        one = await reader(telegram, "ferries")
        home = await one.press("Context")
        opened = await one.press("Whole text")
        assert "page 2 of 3" in opened.text
        assert "● 7" in opened.marked("bold")
        assert "Part 12" in (await one.press("later ›")).text
        assert one.shown.buttons == [["‹ earlier", "back"]]
        await one.press("‹ earlier")
        assert "Part 1:" in (await one.press("‹ earlier")).text
        assert one.shown.buttons == [["later ›", "back"]]
        assert (await one.press("back")).html == home.html


async def test_what_comes_nearest_is_walked_through_and_come_back_to_as_only_that(
    telegram, running
):
    async with running():
        one = await reader(telegram, "Which summer musicals and operas sold out?")
        nearest = await one.press("nearest")
        assert nearest.text.startswith(f"{SAY.nothing_found} {SAY.nearest}")
        around = await one.press("Context")
        whole = await one.press("Whole text")
        for shown in (around, whole):
            assert shown.text.startswith(f"{SAY.nothing_found} {SAY.nearest}")
        assert (await one.press("back")).html == around.html
        assert (await one.press("back")).html == nearest.html


async def test_one_of_three_passages_is_shown_by_itself_and_back(telegram, running):
    async with running(on=NOTES):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "/settings")
        menu = await telegram.reply(private)
        telegram.press(amina, menu, "Three passages")
        await telegram.edited(menu)
        one = await reader(telegram, "ferries")
        # Whoever asked is somebody else, with settings of his own.
        assert "1 of 5 ›" in one.shown.buttons[0]
        telegram.say(private, amina, "ferries")
        one = Reader(telegram, amina, await telegram.reply(private))
        three = one.shown
        assert three.buttons == [["1", "2", "3", "4–5 of 5 ›"]]
        rest = await one.press("4–5 of 5 ›")
        assert rest.buttons == [["4", "5", "1–3 of 5 ›"]]
        fifth = await one.press("5")
        assert fifth.buttons[0][-1:] == ["back"]
        assert fifth.marked("blockquote")[0] in rest.text
        assert (await one.press("back")).html == rest.html
        assert (await one.press("1–3 of 5 ›")).html == three.html


async def test_the_list_of_statements_opens_each_and_is_come_back_to(telegram, running):
    async with running(on=NOTES):
        one = await reader(telegram, "/sources")
        listed = one.shown
        assert listed.buttons == [["1", "2", "3", "4", "5"]]
        opened = await one.press("2")
        assert opened.marked("blockquote") == ["Trains meet ferries.", "Rails rust."]
        assert "●" not in opened.text
        assert (await one.press("back")).html == listed.html


async def test_cite_shows_the_styles_and_takes_them_back(telegram, running):
    """The words stay, and each style copies the citation of what is shown."""
    async with running():
        one = await reader(telegram, "container ships")
        before = one.shown
        cited = await one.press("Cite")
        styles = ["Plain", "AP", "Chicago", "APA", "BibTeX"]
        assert cited.buttons == [*before.buttons, styles, ["Trim"]]
        assert (cited.text, cited.entities) == (before.text, before.entities)
        reference = before.marked("code")[0]
        for style in styles:
            copied = telegram.follow(one.person, cited, style)
            assert reference in copied
            assert len(copied) <= 256
        assert (await one.press("Cite")).buttons == before.buttons
        # Another passage has no styles beneath until it is asked for them.
        await one.press("Cite")
        assert "Plain" not in str((await one.press("Context")).buttons)


async def test_a_citation_too_long_to_be_copied_is_written_beneath_whole(telegram, running):
    """In the place of one that was written before; it goes with the next passage."""
    url = f"https://ports.example.org/{'a' * 200}"
    record = [
        statement(
            "port", ["The quay 🚢 opens.", "Boats stay."], title="On the quay " * 15, url=url
        ),
        statement("rail", ["No quay."]),
    ]
    async with running(on=Index(Record.of(record))):
        one = await reader(telegram, "quay opens")
        words = one.shown.text
        styled = await one.press("Cite")
        assert styled.buttons[-1] == ["Plain …", "AP …", "Chicago …", "APA …", "BibTeX …"]
        for style in ("APA", "BibTeX"):
            written = await one.press(style)
            (citation,) = written.marked("pre")
            assert written.text == f"{words}\n\n{citation}"
            assert url in citation
            assert "On the quay " * 14 in citation
            assert written.buttons == styled.buttons
            assert written.marked("blockquote") == ["The quay 🚢 opens."]
        assert citation.startswith("@")
        assert (await one.press("Cite")).text == written.text
        assert (await one.press("Context")).marked("pre") == []


async def test_where_there_is_no_room_a_citation_is_copied_as_far_as_it_fits(telegram, running):
    """Beneath the longest quote; the reference is never cut off, nor half an entry given."""
    url = f"https://ports.example.org/{'a' * 200}"
    long = statement("port", [f"The quay opens. {'More words follow. ' * 300}"], url=url)
    async with running(on=Index(Record.of([long]))):
        one = await reader(telegram, "quay opens")
        styled = await one.press("Cite")
        styles = ["Plain", "AP", "Chicago", "APA", "BibTeX"]
        assert styled.buttons[-2:] == [styles, ["Trim"]]
        (reference,) = styled.marked("code")
        for style in styles:
            assert reference in telegram.follow(one.person, styled, style)
        for number in (0, 9):
            forged = CallbackData(Action.CITATION, number=number, reference=reference).packed()
            one.shown = forge(telegram, one.message, forged)
            assert await one.told("forged") == ""


async def test_the_citation_never_stands_beneath_other_words(telegram, running):
    """Pressed before another press was answered, it belongs to what was shown at the time."""
    async with running():
        one = await reader(telegram, "fishing boats")
        before = one.shown
        telegram.press(one.person, before, "Context")
        # The press is of the message as it was, since the edit has not arrived.
        telegram.press(one.person, before, "Cite")
        shown = [await telegram.edited(before), await telegram.edited(before)]
        current = telegram._world.message(before.chat, before.message_id)
    for message in (*shown, current):
        copies = [one.value["text"] for one in message.keyboard if one.action == "copy_text"]
        assert all(message.marked("code")[0] in copied for copied in copies)


async def test_a_forged_cite_puts_no_other_citation_beneath_a_quote(telegram, running, index):
    other = index.look_up("railway#1")[0].citation.reference
    async with running():
        one = await reader(telegram, "fishing boats")
        forged = CallbackData(Action.CITE, reference=other).packed()
        one.shown = forge(telegram, one.message, forged)
        assert await one.told("forged") == ""
        await asyncio.sleep(0.05)
        assert not telegram.calls_of("editMessageText")


@pytest.mark.parametrize("label", ["Context", "Cite"])
async def test_a_double_tap_is_harmless(telegram, running, label):
    """Both presses are answered, and the message is what one of them makes it."""
    async with running():
        one = await reader(telegram, "ferries")
        presses = [telegram.press(one.person, one.shown, label) for _ in range(2)]
        for press in presses:
            assert (await press.answered())["text"] == ""
        await telegram.edited(one.message)
        await asyncio.sleep(0.05)
        assert not telegram.calls_of("sendMessage")[1:]


async def test_a_press_that_came_too_late_is_no_error(telegram, running, caplog):
    """Telegram takes no answer to it, but the message may still be changed."""
    async with running():
        one = await reader(telegram, "ferries")
        telegram.press(one.person, one.shown, "Context")
        telegram.clock.advance(200)
        assert "paragraph 2" in (await telegram.edited(one.message)).text
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_a_message_that_is_gone_is_no_error(telegram, running, caplog):
    async with running():
        one = await reader(telegram, "ferries")
        press = telegram.press(one.person, one.shown, "Context")
        telegram._world.drop_message(one.message, by_bot=True)
        await press.answered()
        await asyncio.sleep(0.05)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_buttons_work_after_a_restart(telegram, running):
    async with running(on=NOTES):
        one = await reader(telegram, "ferries")
        home = one.shown
        await one.press("Context")
        await one.press("after ›")
    async with running(on=NOTES):
        assert "● 2" in (await one.press("Whole text")).marked("bold")
    async with running(on=NOTES):
        await one.press("back")
        assert (await one.press("back")).html == home.html


def without(name: str, amended: dict[int, str] | None = None) -> Index:
    """Return the notes without a statement, or with paragraphs of it *amended*."""
    kept = []
    for made in NOTES.record.statements:
        if made.id != name:
            kept.append(made)
        elif amended:
            paragraphs = tuple(
                dataclasses.replace(one, text=amended.get(one.number, one.text))
                for one in made.paragraphs
            )
            kept.append(dataclasses.replace(made, paragraphs=paragraphs))
    return Index(Record.of(kept))


async def test_what_is_no_longer_on_record_is_said_to_be_gone(telegram, running):
    """A paragraph, a citation, a statement; nothing else is shown in its place."""
    async with running(on=NOTES):
        one = await reader(telegram, "ferries")
        context = await reader(telegram, "ferries")
        await context.press("Context")
    async with running(on=without("ferry")):
        assert await one.told("Context") == SAY.paragraph_gone
        assert await one.told("Cite") == SAY.paragraph_gone
        assert await context.told("after ›") == SAY.paragraph_gone
        assert await context.told("Whole text") == SAY.statement_gone
        # The question is still answered, by another statement.
        assert "Trains" in (await one.press("1 of 5")).text or "Barges" in one.shown.text


async def test_what_was_amended_is_said_to_be_and_the_statement_can_still_be_read(
    telegram, running
):
    async with running(on=NOTES):
        one = await reader(telegram, "ferries")
        context = await reader(telegram, "ferries")
        await context.press("Context")
    amended = without("ferry", {1: "Ferries sail in June.", 2: "Boats leave."})
    async with running(on=amended):
        assert await one.told("Context") == SAY.paragraph_amended
        assert await one.told("Cite") == SAY.paragraph_amended
        assert await context.told("after ›") == SAY.paragraph_amended
        whole = await context.press("Whole text")
        assert whole.marked("blockquote") == ["Ferries sail in June.", "Boats leave.", "Nets dry."]
        assert "●" not in whole.text
        # Where it was opened is gone too; the passage itself is still answered.
        assert await context.told("back") == SAY.paragraph_amended


async def test_of_a_question_that_nothing_answers_any_more_it_is_said(telegram, running):
    """In a group on one line, as a miss is there."""
    other = Index(Record.of([statement("note", ["Nothing of that sort."])]))
    async with running(on=NOTES):
        one = await reader(telegram, "ferries")
        group = telegram.group("Newsroom")
        telegram.say(group, one.person, "/ask ferries")
        grouped = Reader(telegram, one.person, await telegram.reply(group))
    async with running(on=other):
        assert (await one.press("1 of 5")).text.startswith("Nothing on record answers that. Sea")
        assert (await grouped.press("1 of 5")).text == (
            "Nothing on record answers that (1 statement, 1 Feb 2025)."
        )


async def test_a_long_question_is_read_again_above_and_asked_for_where_it_is_gone(
    telegram, running
):
    """From the message that was replied to, which Telegram brings along while it is there."""
    asked = "ferries after:2025-01-01 before:2025-12-31 -penguins -albatrosses"
    async with running(on=NOTES):
        one = await reader(telegram, asked)
        shown = await one.press("Context")
        assert (await one.press("back")).text != shown.text
        telegram._world.change_message(one.shown, by_bot=False, reply_to=None)
        assert await one.told("1 of") == SAY.question_gone


async def test_others_turn_a_groups_message_too_in_the_language_of_the_group(telegram, running):
    async with running(on=NOTES):
        chen = telegram.user("Chen", language_code="zh-hans")
        group = telegram.group("Newsroom")
        telegram.say(group, telegram.user("Amina"), "/ask ferries")
        other = Reader(telegram, chen, await telegram.reply(group))
        assert "direct quote" in (await other.press("Context")).text


HOSTILE: list[Any] = [
    *("", "x", "n|0||", "n|999999||ferries", "l|999999||ferries", "v|999999||ferries"),
    *("s|999999||", "p|0|", "p|0||", "p|0|K7Q2-M9XA|", "t|0.999999|{ref}|", "t|0|../../etc|"),
    *("c|0||", "c|0|ferry|", "c|0|ferry#1|", "p|0|ferry|", "t|0|ferry#3|", "r|0|{ref}|"),
    *("tgc|0|{ref}|", "pgg|0|{ref}|", "nscg|1||ferries", "g|0|language:xx|", "g|0||"),
    *("p|0|{ref}|<b>&", "n|0||<b>ferries</b> &", "n|0||" + "|" * 50, "n|0||\u202eferries"),
]


@pytest.mark.parametrize("data", HOSTILE)
async def test_hostile_data_is_answered_and_breaks_nothing(telegram, running, caplog, data):
    """A modified client may send anything; the next button works as ever."""
    reference = NOTES.look_up("ferry#1")[0].citation.reference
    async with running(on=NOTES):
        one = await reader(telegram, "ferries")
        one.shown = forge(telegram, one.message, data.format(ref=reference) or "|")
        await one.told("forged")
        await asyncio.sleep(0.02)
        # Whatever is shown now, it is one of ours with buttons that lead on, or as it was.
        current = telegram._world.message(one.message.chat, one.message.message_id)
        for button in current.keyboard or ():
            if button.action == "callback_data" and button.label != "forged":
                press = telegram.press(one.person, current, button.label)
                await press.answered()
                break
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


REFERENCE = NOTES.look_up("train#1")[0].citation.reference
#: What a modified client might send to put other words, or none, beneath somebody's question.
FORGED = [
    CallbackData(Action.PASSAGE, question="nets"),
    CallbackData(Action.PASSAGE, number=3, question="ferries"),
    CallbackData(Action.PASSAGE, question="opera tickets"),
    CallbackData(Action.NEAREST, question="opera tickets"),
    CallbackData(Action.SEVERAL, question="rails"),
    CallbackData(Action.PARAGRAPH, reference=REFERENCE),
    CallbackData(Action.CONTEXT, reference=REFERENCE),
    CallbackData(Action.STATEMENT, reference=REFERENCE, page=1),
    CallbackData(Action.CITE, reference=REFERENCE),
    CallbackData(Action.CITATION, number=1, reference=REFERENCE),
    CallbackData(Action.SOURCES),
]


@pytest.mark.parametrize("data", FORGED, ids=lambda data: data.packed())
async def test_in_a_group_only_the_buttons_that_a_message_has_change_it(telegram, running, data):
    """Otherwise any member could rewrite an answer to somebody else."""
    async with running(on=NOTES):
        group, mallory = telegram.group("Newsroom"), telegram.user("Mallory")
        telegram.say(group, telegram.user("Amina"), "/ask ferries")
        answer = await telegram.reply(group)
        forged = telegram.forge_press(mallory, answer, data.packed())
        assert (await forged.answered())["text"] == ""
        await asyncio.sleep(0.05)
        assert not telegram.calls_of("editMessageText")
        # The real ones work as before.
        telegram.press(mallory, answer, "Context")
        assert "Boats stay." in (await telegram.edited(answer)).text


async def test_a_button_of_another_answer_is_not_pressed_beneath_this_one(telegram, running):
    """Data that the bot made itself, for another message, or for this one as it was."""
    async with running(on=NOTES):
        group, mallory = telegram.group("Newsroom"), telegram.user("Mallory")
        theirs = await reader(telegram, "rails")
        telegram.say(group, telegram.user("Amina"), "/ask ferries")
        answer = await telegram.reply(group)
        shown = [one for one in theirs.shown.keyboard if one.action == "callback_data"]
        for one in shown:
            await telegram.forge_press(mallory, answer, one.value).answered()
        await asyncio.sleep(0.05)
        assert not telegram.calls_of("editMessageText")
        telegram.press(mallory, answer, "Context")
        await telegram.edited(answer)
        await telegram.forge_press(mallory, answer, answer.button("1 of 5").value).answered()
        await asyncio.sleep(0.05)
        assert len(telegram.calls_of("editMessageText")) == 1


async def test_only_a_menu_of_settings_changes_settings(telegram, running):
    """An administrator's client cannot be made to turn an answer into the menu."""
    async with running(on=NOTES):
        one = await reader(telegram, "ferries")
        press = telegram.forge_press(one.person, one.shown, "g|0|language:ur|")
        assert (await press.answered())["text"] == ""
        await asyncio.sleep(0.05)
        assert not telegram.calls_of("editMessageText")


async def test_a_press_that_brings_no_data_of_ours_is_let_go(telegram, running):
    """Its clock stops, and nothing is said: nobody pressed a button that we made."""
    async with running():
        one = await reader(telegram, "ferries")
        one.shown = forge(telegram, one.message, "🚢")
        assert await one.told("forged") == ""
        await telegram.quiet(one.message.chat, 0.05)
