"""Who is answered at all, how much, and what the others are told."""

from __future__ import annotations

import pytest
from patience import until
from telegram_standin import Refuse, ServerError, TelegramStandIn

from bot.i18n.strings import strings_of
from bot.wire import retry
from bot.wire.update_queue import CROWDED

SAY, URDU = strings_of("en"), strings_of("ur")
FERRIES = "Ferries to the harbour"


def left(telegram: TelegramStandIn) -> int:
    """Return how often the bot has left a chat."""
    return sum(call.outcome == "ok" for call in telegram.calls_of("leaveChat"))


async def test_a_listed_chat_is_answered_and_another_is_left_with_a_word(telegram, running, caplog):
    """Whether the bot is added or was there before; the operator reads the number in the chat."""
    amina = telegram.user("Amina")
    listed, other = telegram.group("Newsroom"), telegram.group("Elsewhere")
    async with running(chats=frozenset({listed.id})):
        telegram.say(listed, amina, "/ask ferries")
        assert FERRIES in (await telegram.reply(listed)).text
        telegram.say(other, amina, "good morning")
        assert str(other.id) in (await telegram.reply(other)).text
        await until(lambda: left(telegram) == 1)
        third = telegram.group("Third", joined=False)
        telegram.invite(third, amina)
        assert str(third.id) in (await telegram.reply(third)).text
        await until(lambda: left(telegram) == 2)
        telegram.remove(listed, amina)
        await telegram.quiet(other)
        await telegram.quiet(third)
    assert left(telegram) == 2
    assert "WARNING" not in caplog.text
    assert "ERROR" not in caplog.text


async def test_a_listed_group_stays_listed_as_the_supergroup_that_it_becomes(
    telegram, running, caplog
):
    """After a restart too; the operator is told the new number."""
    amina = telegram.user("Amina")
    group = telegram.group("Newsroom", kind="group")
    async with running(chats=frozenset({group.id})):
        supergroup = telegram.migrate(group)
        telegram.say(supergroup, amina, "/ask ferries")
        assert "Ferries" in (await telegram.reply(supergroup)).text
    assert f"chat {group.id} has become {supergroup.id}" in caplog.text
    async with running(chats=frozenset({group.id})):
        telegram.say(supergroup, amina, "/ask fishing boats")
        assert "Fishing boats" in (await telegram.reply(supergroup)).text
    assert telegram.calls_of("leaveChat") == []


async def test_a_channel_and_its_presses_are_no_exception(telegram, running):
    amina = telegram.user("Amina")
    channel = telegram.channel("Press")
    async with running():
        telegram.post(channel, "/ask ferries")
        reply = await telegram.reply(channel)
    async with running(chats=frozenset({-100})):
        telegram.press(amina, reply, SAY.button_context)
        assert str(channel.id) in (await telegram.reply(channel)).text
        await until(lambda: left(telegram) == 1)


async def test_a_chat_that_lets_nobody_write_is_left_without_a_word(telegram, running):
    other = telegram.group("Elsewhere")
    telegram.fail("sendMessage", Refuse(400, "Bad Request: not enough rights to send"))
    async with running(chats=frozenset({-100})):
        telegram.say(other, telegram.user("Amina"), "good morning")
        await until(lambda: left(telegram) == 1)


async def test_people_who_are_not_listed_are_told_their_number_and_not_every_time(
    telegram, running
):
    async with running(people=frozenset({1}), admins=frozenset({2})):
        badr = telegram.user("Badr", language_code="ur")
        private = telegram.private_chat(badr)
        for words in ("ferries", "/start", "/settings", "boats"):
            telegram.say(private, badr, words)
        told = await telegram.reply(private)
        assert str(badr.id) in told.text
        assert told.text == URDU.not_for_you.format(number=URDU.isolated(str(badr.id)))
        await telegram.quiet(private)


async def test_listed_people_and_operators_are_answered_everywhere(telegram, running):
    amina, omar = telegram.user("Amina"), telegram.user("Omar")
    async with running(people=frozenset({amina.id}), admins=frozenset({omar.id})):
        for person in (amina, omar):
            private = telegram.private_chat(person)
            telegram.say(private, person, "ferries")
            assert FERRIES in (await telegram.reply(private)).text
            typing = telegram.type_inline(person, "ferries")
            assert (await typing.answered()).results
            foreign = telegram.foreign_group("Elsewhere")
            call = telegram.call_guest(foreign, person, "@OnRecordBot ferries")
            assert FERRIES in (await call.answered()).text


async def test_who_is_not_listed_gets_nothing_inline_or_as_a_guests_caller(telegram, running):
    """And a button of a time when he was listed says why it does nothing."""
    badr = telegram.user("Badr")
    private = telegram.private_chat(badr)
    async with running():
        telegram.say(private, badr, "ferries")
        reply = await telegram.reply(private)
    async with running(people=frozenset({1})):
        foreign = telegram.foreign_group("Elsewhere")
        call = telegram.call_guest(foreign, badr, "@OnRecordBot ferries")
        typing = telegram.type_inline(badr, "ferries")
        press = telegram.press(badr, reply, SAY.button_context)
        assert str(badr.id) in (await press.answered())["text"]
        await telegram.quiet(private)
        assert call.answer is None
        assert typing.answer is None or not typing.answer.results


async def test_in_a_listed_group_everybody_may_ask(telegram, running):
    group = telegram.group("Newsroom")
    async with running(people=frozenset({1}), chats=frozenset({group.id})):
        telegram.say(group, telegram.user("Badr"), "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text


@pytest.mark.parametrize("words", ["ferries", "/help", "/settings", "/sources", "/status"])
async def test_a_person_who_asks_too_much_is_told_once(telegram, running, words):
    """Commands are no way around it."""
    async with running(person_limit=2):
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        private, other = telegram.private_chat(amina), telegram.private_chat(badr)
        for _ in range(6):
            telegram.say(private, amina, words)
        replies = [(await telegram.reply(private)).text for _ in range(3)]
        assert replies.count(SAY.too_many) == 1
        await telegram.quiet(private)
        telegram.say(other, badr, "ferries")
        assert FERRIES in (await telegram.reply(other)).text


async def test_a_persons_limit_is_one_for_all_chats(telegram, running):
    async with running(person_limit=2):
        amina = telegram.user("Amina")
        for title in ("One", "Two"):
            group = telegram.group(title)
            telegram.say(group, amina, "/ask ferries")
            assert FERRIES in (await telegram.reply(group)).text
        telegram.say(group, amina, "/ask fishing boats")
        assert (await telegram.reply(group)).text == SAY.too_many


async def test_a_group_that_asks_too_much_is_told_once_whoever_asks(telegram, running):
    async with running(chat_limit=2):
        group, other = telegram.group("Newsroom"), telegram.group("Elsewhere")
        people = [telegram.user(f"P{number}") for number in range(6)]
        for person in people:
            telegram.say(group, person, "/ask ferries")
        replies = [(await telegram.reply(group)).text for _ in range(3)]
        assert replies.count(SAY.too_many) == 1
        await telegram.quiet(group)
        telegram.say(group, people[0], "/help")
        telegram.say(group, people[0], "good morning")
        await telegram.quiet(group)
        telegram.say(other, people[0], "/ask ferries")
        assert FERRIES in (await telegram.reply(other)).text


async def test_two_members_who_ask_without_end_do_not_keep_the_others_from_being_answered(
    telegram, running
):
    """They had fifteen questions each, and the group was locked for everybody."""
    async with running(chat_limit=6, person_limit=20):
        group = telegram.group("Newsroom")
        for name in ("Mallory", "Malvina"):
            loud = telegram.user(name)
            for _ in range(5):
                telegram.say(group, loud, "/ask ferries")
        for _ in range(6):  # four and one are answered, and one is told that it was too much
            await telegram.reply(group)
        await telegram.quiet(group)
        telegram.say(group, telegram.user("Amina"), "/ask fishing boats")
        assert "Fishing boats" in (await telegram.reply(group)).text


async def test_what_is_not_for_the_bot_counts_for_nothing(telegram, running):
    async with running(person_limit=1, chat_limit=1):
        amina, group = telegram.user("Amina"), telegram.group("Newsroom")
        for words in ("ferries", "/help", "/status", "/settings", "/ask@OtherBot ferries"):
            telegram.say(group, amina, words)
        telegram.say(group, amina, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text
        await telegram.quiet(group)


async def test_a_limit_is_for_edits_too(telegram, running):
    async with running(person_limit=1):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        asked = telegram.say(private, amina, "ferries")
        await telegram.reply(private)
        for words in ("fishing boats", "tunnel survey"):
            telegram.edit(asked, words)
        assert (await telegram.reply(private)).text == SAY.too_many
        await telegram.quiet(private)


async def test_many_pictures_are_answered_with_one_line(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        for _ in range(5):
            telegram.show(private, amina)
        assert (await telegram.reply(private)).text == SAY.not_text
        await telegram.quiet(private)


async def test_an_album_is_asked_by_its_caption_and_its_other_pictures_say_nothing(
    telegram, running
):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        pictures = [telegram.show(private, amina, words) for words in ("ferries", "", "")]
        telegram._world.updates.clear()
        for picture in pictures:
            telegram.queue_raw({"message": picture.to_json() | {"media_group_id": "7"}})
        assert FERRIES in (await telegram.reply(private)).text
        await telegram.quiet(private)


async def test_flooded_the_bot_begs_pardon_once_in_private_and_is_silent_in_groups(
    telegram, running
):
    """What has waited for minutes while hundreds asked is not answered any more."""
    amina, badr = telegram.user("Amina"), telegram.user("Badr")
    private, group = telegram.private_chat(amina), telegram.group("Newsroom")
    other = telegram.private_chat(badr)
    for _ in range(CROWDED + 8):
        telegram.say(private, amina, "ferries", seconds_ago=3600)
        telegram.say(group, amina, "/ask ferries", seconds_ago=3600)
    telegram.say(other, badr, "ferries")
    async with running(person_limit=3):
        assert FERRIES in (await telegram.reply(other)).text
        texts = [(await telegram.reply(private)).text for _ in range(5)]
        assert texts.count(SAY.too_late) == 1
        assert texts.count(SAY.too_many) == 1
        assert len([text for text in texts if text.startswith(FERRIES)]) == 3
        await telegram.quiet(private)
        await telegram.quiet(group)


async def test_a_chat_that_cannot_be_left_is_told_to_the_operator_by_its_number(
    telegram, running, caplog, monkeypatch
):
    monkeypatch.setattr(retry, "PAUSES", ())
    async with running(chats=frozenset({-1})):
        group = telegram.group("Newsroom")
        telegram.fail("leaveChat", ServerError(500))
        telegram.say(group, telegram.user("Amina"), "/ask ferries")
        await until(lambda: "could not be left" in caplog.text)
    assert f"chat {group.id} could not be left (NetworkError)" in caplog.text


async def test_the_limit_of_a_chat_is_for_groups_and_keeps_no_person_waiting(telegram, running):
    async with running(chat_limit=1, person_limit=3):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        for _ in range(3):
            telegram.say(private, amina, "ferries")
            assert FERRIES in (await telegram.reply(private)).text
