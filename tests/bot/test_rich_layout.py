"""Where a chat wants it, a whole statement is one rich message, with its pages one press away."""

from __future__ import annotations

import pytest
from telegram_standin import Refuse, TelegramStandIn

from bot.i18n.strings import strings_of

SAY = strings_of()
FERRIES = "Ferries to the harbour island sail twice a day in summer."


async def opened(telegram, chat, amina, *, is_rich=True):
    """Return the answer to a question, with the context open; the chat has the layout chosen."""
    if is_rich:
        telegram.say(chat, amina, "/settings@OnRecordBot")
        settings = await telegram.reply(chat)
        assert SAY.settings_rich_off in settings.text
        telegram.press(amina, settings, SAY.settings_button_rich)
        assert SAY.settings_rich_on in (await telegram.edited(settings)).text
    telegram.say(chat, amina, "/ask ferries")
    answer = await telegram.reply(chat)
    telegram.press(amina, answer, SAY.button_context)
    await telegram.edited(answer)
    return answer


@pytest.mark.parametrize("place", ["private", "group"])
async def test_a_whole_text_is_one_message_with_its_paragraphs_and_the_way_back(
    telegram, running, place
):
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom", administrators=[amina])
        chat = telegram.private_chat(amina) if place == "private" else group
        answer = await opened(telegram, chat, amina)
        telegram.press(amina, answer, SAY.button_statement)
        whole = await telegram.edited(answer)
        assert whole.rich
        assert whole.text == ""
        for words in ("container ships in March", "Fishing boats keep", FERRIES):
            assert words in whole.words
        assert whole.buttons == [[SAY.button_back], [SAY.button_pages]]
        telegram.press(amina, answer, SAY.button_pages)
        pages = await telegram.edited(answer)
        assert not pages.rich
        assert FERRIES in pages.text
        telegram.press(amina, answer, SAY.button_back)
        assert FERRIES in (await telegram.edited(answer)).text
        # From the rich message, too, back leads to where it was opened.
        telegram.press(amina, answer, SAY.button_statement)
        assert (await telegram.edited(answer)).rich
        telegram.press(amina, answer, SAY.button_back)
        context = await telegram.edited(answer)
        assert not context.rich
        assert FERRIES in context.text
        await telegram.quiet(chat)


async def test_nobody_gets_a_rich_message_who_has_not_chosen_it(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        answer = await opened(telegram, private, amina, is_rich=False)
        telegram.press(amina, answer, SAY.button_statement)
        assert not (await telegram.edited(answer)).rich


@pytest.mark.parametrize(
    ("refusal", "again"), [("message text is empty", False), ("RICH_MESSAGE_INVALID", True)]
)
async def test_a_refused_one_is_shown_in_pages_and_all_are_if_the_server_knows_none(
    telegram, running, refusal, again
):
    """One odd statement must not take the layout from everybody."""
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        answer = await opened(telegram, private, amina)
        telegram.fail("editMessageText", Refuse(400, f"Bad Request: {refusal}"))
        telegram.press(amina, answer, SAY.button_statement)
        pages = await telegram.edited(answer)
        assert not pages.rich
        assert FERRIES in pages.text
        telegram.press(amina, answer, SAY.button_back)
        await telegram.edited(answer)
        telegram.press(amina, answer, SAY.button_statement)
        assert bool((await telegram.edited(answer)).rich) is again
        sent = [
            one for one in telegram.calls_of("editMessageText") if "rich_message" in one.parameters
        ]
        assert len(sent) == 1 + again


@pytest.mark.parametrize("refusal", ["TOPIC_CLOSED", "not enough rights to send the rich message"])
async def test_what_one_chat_refuses_is_not_taken_for_the_servers_word(telegram, running, refusal):
    """One group's closed topic would take the layout away from everybody."""
    async with running():
        amina = telegram.user("Amina")
        private, group = (
            telegram.private_chat(amina),
            telegram.group("Desk", administrators=[amina]),
        )
        there = await opened(telegram, group, amina)
        telegram.fail("editMessageText", Refuse(400, f"Bad Request: {refusal}"))
        telegram.press(amina, there, SAY.button_statement)
        await telegram.quiet(group)
        answer = await opened(telegram, private, amina)
        telegram.press(amina, answer, SAY.button_statement)
        assert (await telegram.edited(answer)).rich


async def test_an_older_server_shows_classic_pages(running_on):
    async with TelegramStandIn(api="10.0") as telegram:
        telegram.clock.advance_to_morning()
        async with running_on(telegram):
            amina = telegram.user("Amina")
            private = telegram.private_chat(amina)
            answer = await opened(telegram, private, amina)
            telegram.press(amina, answer, SAY.button_statement)
            assert FERRIES in (await telegram.edited(answer)).text


async def test_beneath_a_rich_message_of_ours_its_paragraphs_can_be_asked_about(telegram, running):
    """Its references stand in blocks, not in a text."""
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        answer = await opened(telegram, private, amina)
        telegram.press(amina, answer, SAY.button_statement)
        await telegram.edited(answer)
        telegram.say(private, amina, "who said that?", reply_to=answer)
        assert "Nadia Rahman" in (await telegram.reply(private)).text
