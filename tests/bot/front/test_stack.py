"""The layer before all handlers: in which order it checks, and what differs between handlers."""

from __future__ import annotations

from dataclasses import replace

from patience import until

from bot.front.throttles import BARE_SETTINGS
from bot.i18n.strings import strings_of

SAY = strings_of("en")
FERRIES = "Ferries to the harbour"


async def test_what_is_old_in_a_group_is_dropped_before_telegram_is_asked_about_it(
    telegram, running
):
    """Nor does it count: after an outage the chat can send a bare /settings at once."""
    amina = telegram.user("Amina")
    group = telegram.group("Newsroom", administrators=[amina])
    for _ in range(BARE_SETTINGS):
        telegram.say(group, amina, "/settings", seconds_ago=3600)
    async with running():
        await telegram.quiet(group)
        assert telegram.calls_of("getChatAdministrators") == []
        telegram.say(group, amina, "/settings")
        assert SAY.settings_button_three in str((await telegram.reply(group)).buttons)


async def test_what_is_not_meant_for_the_bot_is_dropped_before_it_is_counted(telegram, running):
    async with running(person_limit=1):
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        for words in ("good morning", "/help", "/settings", "/status@OnRecordBot"):
            telegram.say(group, amina, words)
        await telegram.quiet(group)
        telegram.say(group, amina, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text


async def test_in_private_settings_are_counted_like_every_other_command(telegram, running):
    """Only in a group a bare one costs a question to Telegram."""
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        for _ in range(BARE_SETTINGS + 2):
            telegram.say(private, amina, "/settings")
            assert SAY.settings_button_three in str((await telegram.reply(private)).buttons)


async def test_what_another_bot_writes_is_dropped_whatever_it_is(telegram, running):
    async with running():
        amina, group = telegram.user("Amina"), telegram.group("Newsroom")
        other = replace(telegram.user("Other"), is_bot=True, username="OtherBot")
        for words in ("/ask ferries", "/help@OnRecordBot", "/sources", "/settings@OnRecordBot"):
            telegram.say(group, other, words)
        await telegram.quiet(group)
        telegram.say(group, amina, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text


async def test_a_guests_chat_is_limited_like_a_group_and_told_once(telegram, running):
    """Whoever of its members asks."""
    async with running(chat_limit=1):
        friends = telegram.foreign_group("Friends")
        people = [telegram.user(name) for name in ("Amina", "Badr", "Chen")]
        calls = [telegram.call_guest(friends, one, "@OnRecordBot ferries") for one in people]
        await until(lambda: len(telegram.calls_of("answerGuestQuery")) == 2)
        await telegram.quiet(telegram.private_chat(people[0]))
        texts = [call.answer.text for call in calls if call.answer]
    assert len(texts) == 2
    assert texts.count(SAY.too_many) == 1
    assert any(FERRIES in text for text in texts)


async def test_an_operator_is_answered_at_once_however_much_is_asked(telegram, running):
    """By a limit, or by a question that is too old for a group, nothing is kept from them."""
    olga = telegram.user("Olga")
    group = telegram.group("Newsroom")
    for _ in range(3):
        telegram.say(group, olga, "/status@OnRecordBot", seconds_ago=3600)
    async with running(person_limit=1, chat_limit=1, admins=frozenset({olga.id})):
        for _ in range(3):
            assert (await telegram.reply(group)).text.startswith("On record")
