"""Commands are read in captions as in texts, and an edited one changes the answer that it has."""

from __future__ import annotations

import pytest

from bot.i18n.strings import strings_of

SAY = strings_of()
FERRIES, BOATS = "Ferries to the harbour", "Fishing boats keep"


@pytest.fixture
def reference(index):
    return index.paragraph("harbour", 2).citation.reference


async def test_in_private_a_caption_gives_commands_as_a_text_does(telegram, running, reference):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        for command, answer in (
            ("/help", "I reply with a passage"),
            ("/sources", "Remarks on harbour"),
            ("/settings", "Language: English"),
            (f"/ref {reference}", BOATS),
            (f"/start {reference}", BOATS),
            ("/start K7Q2", "Send me a question"),
            ("/hlep", SAY.unknown_command),
        ):
            telegram.show(private, amina, command)
            assert answer in (await telegram.reply(private)).text


async def test_in_a_group_a_caption_gives_commands_as_a_text_does(telegram, running, reference):
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom", administrators=[amina])
        telegram.show(group, amina, f"/ref {reference}")
        assert BOATS in (await telegram.reply(group)).text
        telegram.show(group, amina, "/settings@OnRecordBot")
        assert "Language: English" in (await telegram.reply(group)).text
        telegram.show(group, amina, "/help")
        await telegram.quiet(group)


@pytest.mark.parametrize("place", ["private", "group"])
async def test_a_command_that_is_edited_has_its_answer_edited(telegram, running, reference, place):
    async with running():
        amina = telegram.user("Amina")
        chat = telegram.private_chat(amina) if place == "private" else telegram.group("Newsroom")
        asked = telegram.say(chat, amina, "/ref 0KYB-6BHZ")
        first = await telegram.reply(chat)
        assert "0KYB-6BHZ" in first.text
        telegram.edit(asked, f"/ref {reference}")
        assert BOATS in (await telegram.edited(first)).text
        telegram.edit(asked, "/ask ferries")
        assert FERRIES in (await telegram.edited(first)).text
        telegram.edit(asked, f"/ref {reference}")
        assert BOATS in (await telegram.edited(first)).text
        await telegram.quiet(chat)


async def test_a_mistyped_command_is_forgotten_once_it_is_mended(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        asked = telegram.say(private, amina, "/hlep")
        told = await telegram.reply(private)
        assert told.text == SAY.unknown_command
        telegram.edit(asked, "/help")
        assert "I reply with a passage" in (await telegram.edited(told)).text
        telegram.edit(asked, "ferries")
        assert FERRIES in (await telegram.edited(told)).text


@pytest.mark.parametrize("place", ["private", "group"])
async def test_an_answer_that_was_deleted_is_given_anew_to_an_edited_question(
    telegram, running, place
):
    async with running():
        amina = telegram.user("Amina")
        chat = telegram.private_chat(amina) if place == "private" else telegram.group("Newsroom")
        asked = telegram.say(chat, amina, "/ask ferries")
        telegram.delete(await telegram.reply(chat))
        telegram.edit(asked, "/ask fishing boats")
        second = await telegram.reply(chat)
        assert BOATS in second.text
        assert second.reply_to is not None
        telegram.edit(asked, "/ask ferries")
        assert FERRIES in (await telegram.edited(second)).text
        await telegram.quiet(chat)


async def test_an_operators_order_is_not_obeyed_again_when_it_is_edited(telegram, running):
    olga = telegram.user("Olga")
    async with running(admins=frozenset({olga.id})):
        private = telegram.private_chat(olga)
        asked = telegram.say(private, olga, "/misses on")
        assert (await telegram.reply(private)).text == SAY.misses_on_now
        telegram.edit(asked, "/misses off")
        await telegram.quiet(private)
        telegram.show(private, olga, "/status")
        assert "On record" in (await telegram.reply(private)).text
