"""/whoami tells who asks; /start and /help show questions that the record answers."""

from __future__ import annotations

import pytest
from made_statements import statement
from telegram_standin import TelegramStandIn

from index import Index, Record

PORT = Index(
    Record.of(
        [
            statement("quay", ["He saw Salt Quay, and it rained."], day=3),
            statement("line", ["She rode the Heron Line to work."], day=2),
        ]
    )
)
OFFERED = ["What did Nadia Rahman say about Salt Quay?", "Heron Line"]


async def test_whoami_tells_the_number_that_makes_an_operator(telegram: TelegramStandIn, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "/whoami")
        reply = await telegram.reply(private)
        assert reply.marked("code") == [f"{amina.id}", f"admins: [{amina.id}]"]
        assert "onrecord.yaml" in reply.text


@pytest.mark.parametrize("language", ["ur", "zh"])
async def test_whoami_speaks_the_language_of_the_user(telegram, running, language):
    async with running():
        user = telegram.user("Wen", language_code=language)
        private = telegram.private_chat(user)
        telegram.say(private, user, "/whoami")
        reply = await telegram.reply(private)
        assert f"{user.id}" in reply.text
        assert "Telegram ID is" not in reply.text


async def test_whoami_in_a_group_is_for_whom_it_names_and_tells_no_number(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        telegram.say(group, amina, "/whoami")
        telegram.say(group, amina, "/whoami@OnRecordBot")
        reply = await telegram.reply(group)
        assert reply.text == "Send me /whoami in our private chat."
        assert f"{amina.id}" not in reply.text
        await telegram.quiet(group)


async def test_start_offers_first_questions_which_its_buttons_ask(telegram, running):
    async with running(on=PORT):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "/start")
        reply = await telegram.reply(private)
        assert f"for example: {OFFERED[0]}" in reply.text
        assert reply.buttons == [[one] for one in OFFERED]
        telegram.press(amina, reply, OFFERED[0])
        shown = await telegram.edited(reply)
        assert shown.marked("blockquote") == ["He saw Salt Quay, and it rained."]


async def test_help_shows_them_too(telegram, running):
    async with running(on=PORT):
        amina = telegram.user("Amina")
        private, group = telegram.private_chat(amina), telegram.group("Newsroom")
        telegram.say(private, amina, "/help")
        reply = await telegram.reply(private)
        assert reply.text.endswith("You could ask:\n" + "\n".join(f"· {one}" for one in OFFERED))
        assert reply.buttons == [[one] for one in OFFERED]
        telegram.say(group, amina, "/help@OnRecordBot")
        assert OFFERED[0] in (await telegram.reply(group)).text


async def test_a_question_without_one_is_shown_how(telegram, running):
    async with running(on=PORT):
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        telegram.say(group, amina, "/ask")
        assert f"/ask {OFFERED[0]}" in (await telegram.reply(group)).text
