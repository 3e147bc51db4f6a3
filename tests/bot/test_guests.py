"""Mentioned in a chat it never joined, the bot answers once, by the one way that there is."""

from __future__ import annotations

import asyncio

import pytest
from made_statements import statement
from telegram_standin import Refuse

from bot.i18n.strings import strings_of
from index import Index, Record
from index.references.reference import statement_code

SAY = strings_of()
FERRIES = "Ferries to the harbour island sail twice a day in summer."


@pytest.fixture
def friends(telegram):
    return telegram.foreign_group("Friends")


async def test_a_mention_is_answered_with_quote_and_citation(telegram, running, friends):
    """And with no button that would change it: the bot could not answer a press there."""
    async with running():
        amina = telegram.user("Amina")
        call = telegram.call_guest(friends, amina, "@OnRecordBot when do the ferries sail?")
        answer = await call.answered()
        context = telegram.follow(amina, answer, "Context")
        assert FERRIES in (await telegram.reply(context.chat)).text
    assert answer.marked("blockquote") == [FERRIES]
    assert "— Nadia Rahman, Minister of Ports · 24 Feb 2025 · direct quote" in answer.text
    assert answer.text.endswith(f" · {answer.marked('code')[0]}")
    assert answer.buttons == [["Cite", "Context", "Share"]]
    assert answer.reply_to == call.message


@pytest.mark.parametrize("text", ["ferries @OnRecordBot", "what of @onrecordbot the ferries?"])
async def test_the_mention_may_stand_anywhere(telegram, running, friends, text):
    async with running():
        call = telegram.call_guest(friends, telegram.user("Amina"), text)
        assert FERRIES in (await call.answered()).text


async def test_a_mention_in_reply_to_a_message_asks_about_that_message(telegram, running, friends):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        claim = telegram.say(friends, badr, "The ferries will not sail at all in summer!")
        call = telegram.call_guest(friends, amina, "@OnRecordBot", reply_to=claim)
        assert FERRIES in (await call.answered()).text
        # With words of its own, those are what it asks.
        other = telegram.call_guest(friends, amina, "@OnRecordBot old quay?", reply_to=claim)
        assert "Fishing boats" in (await other.answered()).text


async def test_a_mention_without_a_question_is_told_how(telegram, running, friends):
    """So it is in reply to the bot itself, whose own quote is nothing to be checked."""
    async with running():
        amina = telegram.user("Amina")
        told = await telegram.call_guest(friends, amina, "@OnRecordBot").answered()
        assert told.text == SAY.guest_how
        again = telegram.call_guest(friends, amina, "@OnRecordBot", reply_to=told)
        assert (await again.answered()).text == SAY.guest_how


async def test_a_miss_is_one_short_line_without_buttons(telegram, running, friends):
    """Nothing near it is offered; a guest could not answer whoever asks for it."""
    async with running():
        call = telegram.call_guest(friends, telegram.user("Amina"), "@OnRecordBot chess olympiad?")
        miss = await call.answered()
    assert miss.text == "Nothing on record answers that (4 statements, 2 Feb 2025 to 24 Feb 2025)."
    assert miss.buttons == []


@pytest.mark.parametrize(("said", "returned"), [("hello", SAY.greeting), ("thanks!", SAY.thanks)])
async def test_a_courtesy_is_returned_and_not_searched(telegram, running, friends, said, returned):
    async with running():
        call = telegram.call_guest(friends, telegram.user("Amina"), f"@OnRecordBot {said}")
        assert (await call.answered()).text == returned


async def test_what_a_guest_asked_in_vain_is_kept_for_the_operator(telegram, running, friends):
    omar = telegram.user("Omar")
    async with running(admins=frozenset({omar.id})):
        private = telegram.private_chat(omar)
        telegram.say(private, omar, "/misses on")
        await telegram.reply(private)
        call = telegram.call_guest(friends, telegram.user("Amina"), "@OnRecordBot chess olympiad?")
        await call.answered()
        telegram.say(private, omar, "/misses")
        assert "chess olympiad?" in (await telegram.reply(private)).text


async def test_a_reference_is_answered_and_an_amended_one_said_to_be(telegram, running, friends):
    record = Record.of([statement("quay", ["The quay opens in May."], title="On the quay")])
    index = Index(record)
    reference = index.look_up("quay")[0].citation.reference
    gone = f"{statement_code('quay')}-0000"
    async with running(on=index):
        amina = telegram.user("Amina")
        found = await telegram.call_guest(friends, amina, f"@OnRecordBot {reference}").answered()
        assert "The quay opens in May." in found.text
        told = await telegram.call_guest(friends, amina, f"@OnRecordBot {gone}").answered()
        assert told.text == SAY.reference_amended.format(reference=gone, title="On the quay")
        unknown = await telegram.call_guest(friends, amina, "@OnRecordBot K7Q2-M9XA").answered()
        assert unknown.text == SAY.reference_unknown.format(reference="K7Q2-M9XA")


async def test_how_a_question_was_read_is_said_above_the_quote(telegram, running, friends):
    async with running():
        amina = telegram.user("Amina")
        call = telegram.call_guest(friends, amina, '@OnRecordBot "ferries of the harbour"')
        assert (await call.answered()).text.startswith("Not found word for word: “ferries of the")
        claim = telegram.say(friends, amina, "Ferries sail to the harbour island")
        call = telegram.call_guest(friends, amina, "@OnRecordBot is this true?", reply_to=claim)
        assert FERRIES in (await call.answered()).text


async def test_a_guest_speaks_the_language_of_whoever_calls(telegram, running, friends):
    """An anonymous administrator is nobody, and gets the operator's."""
    async with running():
        chen = telegram.user("Chen", language_code="zh-hans")
        call = telegram.call_guest(friends, chen, "@OnRecordBot ferries")
        assert "直接引语" in (await call.answered()).text
        unsigned = telegram.call_guest(friends, friends, "@OnRecordBot ferries")
        assert "direct quote" in (await unsigned.answered()).text


async def test_who_asks_too_often_is_told_once(telegram, running, friends):
    """Then there is silence, but not for the others in the chat."""
    async with running(person_limit=1):
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        first = telegram.call_guest(friends, amina, "@OnRecordBot ferries")
        assert FERRIES in (await first.answered()).text
        second = telegram.call_guest(friends, amina, "@OnRecordBot old quay")
        assert (await second.answered()).text == SAY.too_many
        third = telegram.call_guest(friends, amina, "@OnRecordBot electrified railway")
        other = telegram.call_guest(friends, badr, "@OnRecordBot ferries")
        assert FERRIES in (await other.answered()).text
        assert third.answer is None


async def test_a_call_that_came_to_nothing_is_no_error(telegram, running, friends, caplog):
    """The window is short, and Telegram may have closed it."""
    refusal = "Query is too old and response timeout expired or query ID is invalid"
    async with running():
        amina = telegram.user("Amina")
        telegram.fail("answerGuestQuery", Refuse(400, refusal))
        telegram.call_guest(friends, amina, "@OnRecordBot old quay")
        call = telegram.call_guest(friends, amina, "@OnRecordBot ferries")
        assert FERRIES in (await call.answered()).text
        for _ in range(20):
            await asyncio.sleep(0.01)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_markup_in_a_call_and_in_a_statement_is_only_words(telegram, running, friends):
    async with running():
        amina = telegram.user("Amina")
        call = telegram.call_guest(friends, amina, "@OnRecordBot <b>tags & words</b>")
        assert '<b>bold</b> & "quotes" <script>' in (await call.answered()).text


async def test_where_chats_are_listed_a_guest_elsewhere_is_not_answered(telegram, running, friends):
    """Nor where it was told that the bot leaves."""
    amina = telegram.user("Amina")
    listed = telegram.group("Newsroom")
    async with running(chats=frozenset({listed.id})):
        telegram.call_guest(friends, amina, "@OnRecordBot ferries")
        telegram.say(listed, amina, "/ask ferries")
        assert FERRIES in (await telegram.reply(listed)).text
        await telegram.quiet(listed)
        assert telegram.calls_of("answerGuestQuery") == []
    async with running(chats=frozenset({listed.id, friends.id})):
        assert (
            FERRIES
            in (await telegram.call_guest(friends, amina, "@OnRecordBot ferries").answered()).text
        )
