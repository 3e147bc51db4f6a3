"""In a group one person can be answered without anybody else seeing it."""

from __future__ import annotations

import pytest
from patience import until
from telegram_standin import Refuse, TelegramStandIn

from bot.i18n.strings import strings_of

SAY = strings_of()
FERRIES, BOATS = "Ferries to the harbour", "Fishing boats keep"
NOTHING = SAY.nothing_short.split("{")[0]
ALREADY = SAY.quoted_already.split("{")[0]


async def newsroom(telegram, amina, readers="", *, is_administrator=True):
    """Return a group whose administrator, Amina, has chosen who sees the answers."""
    administrators = [amina, telegram.bot] if is_administrator else [amina]
    group = telegram.group("Newsroom", administrators=administrators)
    if readers:
        telegram.say(group, amina, "/settings@OnRecordBot")
        settings = await telegram.reply(group)
        telegram.press(amina, settings, getattr(SAY, f"settings_button_{readers}"))
        assert getattr(SAY, f"settings_readers_{readers}") in (await telegram.edited(settings)).text
    return group


async def test_where_everybody_reads_along_the_answer_is_for_all_and_a_miss_for_one(
    telegram, running
):
    """A group never sees that nothing was found, nor how one asks."""
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = await newsroom(telegram, amina)
        telegram.say(group, badr, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text
        for words, told in (
            ("/ask who won the cricket cup?", NOTHING),
            ("/ask", SAY.help_ask.split("{")[0]),
            ("/ref K7Q2-M9XA", "K7Q2-M9XA"),
            ("/ref", SAY.ref_how.split("{")[0]),
            ("/settings@OnRecordBot", SAY.admins_only),
        ):
            asked = telegram.say(group, badr, words)
            reply = await telegram.reply_to_person(group, badr)
            assert told in reply.text
            assert reply.reply_to == asked
            assert SAY.button_everyone not in str(reply.buttons)
        await telegram.quiet(group)


async def test_that_it_was_too_much_is_told_to_whoever_asked_so_much(telegram, running):
    async with running(person_limit=1):
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = await newsroom(telegram, amina)
        for _ in range(3):
            telegram.say(group, badr, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text
        assert (await telegram.reply_to_person(group, badr)).text == SAY.too_many
        await telegram.quiet(group)
        await telegram.quiet(group, only_for=badr)


async def test_only_whoever_asked_sees_the_answer_and_can_show_it_to_everyone(telegram, running):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = await newsroom(telegram, amina, "asker")
        asked = telegram.say(group, badr, "/ask ferries")
        answer = await telegram.reply_to_person(group, badr)
        assert FERRIES in answer.text
        assert answer.buttons[-1] == [SAY.button_everyone]
        await telegram.quiet(group)
        telegram.press(badr, answer, SAY.button_everyone)
        shown = await telegram.reply(group)
        assert FERRIES in shown.text
        assert SAY.button_everyone not in str(shown.buttons)
        assert asked.text == "/ask ferries"
        # It is taken back.
        await until(lambda: telegram.calls_of("deleteEphemeralMessage"))
        await telegram.quiet(group)
        assert telegram.calls_of("deleteEphemeralMessage")[-1].outcome == "ok"


async def test_the_buttons_of_what_one_sees_change_it_for_that_one(telegram, running):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = await newsroom(telegram, amina, "asker")
        telegram.say(group, badr, "/ask harbour")
        answer = await telegram.reply_to_person(group, badr)
        telegram.press(badr, answer, "1 of")
        second = await telegram.edited(answer)
        assert second.text != answer.text
        assert second.buttons[-1] == [SAY.button_everyone]
        telegram.press(badr, answer, SAY.button_context)
        context = await telegram.edited(answer)
        assert context.buttons[-1] == [SAY.button_everyone]
        telegram.press(badr, answer, SAY.button_back)
        await telegram.edited(answer)
        telegram.press(badr, answer, SAY.button_cite)
        styled = await telegram.edited(answer)
        assert SAY.cite_plain in str(styled.buttons)
        assert styled.text == second.text
        telegram.press(badr, answer, SAY.button_everyone)
        assert second.marked("blockquote")[0] in (await telegram.reply(group)).text
        await telegram.quiet(group)


async def test_each_chooses_by_the_command(telegram, running):
    """Sent from the menu, which has /askme then, the group sees neither question nor answer."""
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = await newsroom(telegram, amina, "each")
        telegram.say(group, badr, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text
        asked = telegram.pick(group, badr, "/askme fishing boats")
        assert asked.message_id == 0
        answer = await telegram.reply_to_person(group, badr)
        assert BOATS in answer.text
        await telegram.quiet(group)
        telegram.press(badr, answer, SAY.button_everyone)
        assert BOATS in (await telegram.reply(group)).text
        # Typed, the question is seen, and the answer is not.
        telegram.say(group, badr, "/askme tunnel survey")
        assert "tunnel survey" in (await telegram.reply_to_person(group, badr)).text
        await telegram.quiet(group)
        assert telegram.calls_of("setMyCommands")
        telegram.say(group, amina, "/settings@OnRecordBot")
        settings = await telegram.reply(group)
        telegram.press(amina, settings, SAY.settings_button_everybody)
        await telegram.edited(settings)
        with pytest.raises(ValueError, match="offers no"):
            telegram.pick(group, badr, "/askme fishing boats")


async def test_what_one_person_saw_does_not_count_as_quoted_to_the_group(telegram, running):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = await newsroom(telegram, amina, "each")
        for _ in range(2):
            telegram.pick(group, badr, "/askme ferries")
            assert ALREADY not in (await telegram.reply_to_person(group, badr)).text
        telegram.say(group, badr, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text
        telegram.say(group, badr, "/ask ferries")
        assert ALREADY in (await telegram.reply(group)).text


async def test_a_number_that_is_used_again_brings_nobody_anothers_answer(telegram, running):
    """Nothing is known by it, so an answer is never changed into another person's."""
    telegram.reuses_ephemeral_numbers = True
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = await newsroom(telegram, amina, "each")
        for person, words, quote in (
            (amina, "ferries", FERRIES),
            (badr, "fishing boats", BOATS),
            (amina, "fishing boats", BOATS),
        ):
            asked = telegram.pick(group, person, f"/askme {words}")
            answer = await telegram.reply_to_person(group, person)
            assert quote in answer.text
            telegram.expire(asked)
            telegram.expire(answer)
        await telegram.quiet(group)


async def test_many_who_ask_alone_at_once_are_all_answered(telegram, running):
    """All their messages have the number 0."""
    async with running():
        amina = telegram.user("Amina")
        group = await newsroom(telegram, amina, "each")
        people = [telegram.user(f"Person {number}") for number in range(8)]
        for person in people:
            telegram.pick(group, person, "/askme ferries")
        for person in people:
            assert FERRIES in (await telegram.reply_to_person(group, person)).text
        await telegram.quiet(group)


async def test_a_bot_that_is_no_administrator_answers_as_ever_and_does_not_ask_each_time(
    telegram, running
):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = await newsroom(telegram, amina, "asker", is_administrator=False)
        for words, quote in (("ferries", FERRIES), ("fishing boats", BOATS)):
            telegram.say(group, badr, f"/ask {words}")
            answer = await telegram.reply(group)
            assert quote in answer.text
            assert SAY.button_everyone not in str(answer.buttons)
        telegram.say(group, badr, "/ask who won the cricket cup?")
        assert NOTHING in (await telegram.reply(group)).text
        refused = [one for one in telegram.calls_of("sendMessage") if one.outcome != "ok"]
        assert len(refused) == 1


async def test_who_asks_alone_is_answered_alone_within_fifteen_seconds_by_any_bot(
    telegram, running
):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = await newsroom(telegram, amina, "each", is_administrator=False)
        telegram.pick(group, badr, "/askme ferries")
        assert FERRIES in (await telegram.reply_to_person(group, badr)).text
        telegram.say_ephemeral(group, badr, "/askme fishing boats", seconds_ago=20)
        # Too late for that: it is said to all, once, beneath nothing.
        answer = await telegram.reply(group)
        assert BOATS in answer.text
        assert answer.reply_to is None
        await telegram.quiet(group)
        await telegram.quiet(group, only_for=badr)


async def test_a_server_that_knows_nothing_of_it_shows_the_answer_to_all_as_ever(
    running_on, configuration
):
    async with TelegramStandIn(api="10.0") as telegram:
        telegram.clock.advance_to_morning()
        async with running_on(telegram):
            amina, badr = telegram.user("Amina"), telegram.user("Badr")
            group = await newsroom(telegram, amina, "asker")
            telegram.say(group, badr, "/ask ferries")
            answer = await telegram.reply(group)
            assert FERRIES in answer.text
            changed = await telegram.edited(answer)
            assert SAY.button_everyone not in str(changed.buttons)
            telegram.say(group, badr, "/ask ferries")
            assert ALREADY in (await telegram.reply(group)).text
            await telegram.quiet(group)


async def test_where_telegram_refuses_it_is_said_to_all_once(telegram, running):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = await newsroom(telegram, amina, "asker")
        telegram.fail("sendMessage", Refuse(400, "Bad Request: EPHEMERAL_MESSAGE_FORBIDDEN"))
        telegram.say(group, badr, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text
        await telegram.quiet(group)
        await telegram.quiet(group, only_for=badr)


async def test_nobody_is_told_alone_who_writes_as_the_group(telegram, running):
    """An anonymous administrator is no person to whom Telegram would show it."""
    async with running():
        amina = telegram.user("Amina")
        group = await newsroom(telegram, amina, "asker")
        telegram.say(group, group, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text


async def test_an_edited_question_has_the_answer_changed_that_one_person_sees(telegram, running):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = await newsroom(telegram, amina, "asker")
        asked = telegram.say(group, badr, "/ask ferries")
        answer = await telegram.reply_to_person(group, badr)
        telegram.edit(asked, "/ask fishing boats")
        assert BOATS in (await telegram.edited(answer)).text
        telegram.expire(answer)
        telegram.edit(asked, "/ask ferries")
        assert FERRIES in (await telegram.reply_to_person(group, badr)).text
        await telegram.quiet(group)


async def test_a_passage_that_does_not_answer_is_not_shown_to_everyone(telegram, running):
    """Beneath the question the group would take it for an answer."""
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = await newsroom(telegram, amina, "asker")
        telegram.say(group, badr, "/ask harbour cricket cup winner")
        miss = await telegram.reply_to_person(group, badr)
        for label in (SAY.button_nearest, SAY.button_context):
            telegram.press(badr, miss, label)
            assert SAY.button_everyone not in str((await telegram.edited(miss)).buttons)


async def test_a_question_that_is_corrected_is_answered_for_all_who_are_to_see_it(
    telegram, running
):
    """What was said to the asker alone is taken back."""
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = await newsroom(telegram, amina)
        asked = telegram.say(group, badr, "/ask who won the cricket cup?")
        assert NOTHING in (await telegram.reply_to_person(group, badr)).text
        telegram.edit(asked, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text
        assert telegram.calls_of("deleteEphemeralMessage")[-1].outcome == "ok"
        group = await newsroom(telegram, amina, "asker")
        asked = telegram.say(group, badr, "/ask who won the cricket cup?")
        miss = await telegram.reply_to_person(group, badr)
        telegram.edit(asked, "/ask ferries")
        assert SAY.button_everyone in str((await telegram.edited(miss)).buttons)
        await telegram.quiet(group)


async def test_who_leaves_after_asking_takes_nothing_from_the_others(telegram, running):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = await newsroom(telegram, amina, "asker")
        telegram.fail("sendMessage", Refuse(400, "Bad Request: USER_NOT_PARTICIPANT"))
        telegram.say(group, badr, "/ask ferries")
        await telegram.reply(group)
        telegram.say(group, amina, "/ask fishing boats")
        assert BOATS in (await telegram.reply_to_person(group, amina)).text
        await telegram.quiet(group)
