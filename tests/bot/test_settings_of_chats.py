"""How a chat is answered is for its administrators to choose, with buttons."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from telegram_standin import Chat, Message, Refuse, Slow, TelegramStandIn, User

from bot.i18n.strings import strings_of

SAY, URDU, CHINESE = strings_of("en"), strings_of("ur"), strings_of("zh")
FERRIES = "Ferries to the harbour"


async def settings_of(telegram: TelegramStandIn, chat: Chat, person: User) -> Message:
    """Return the settings of *chat* that *person*, who may change them, asks for."""
    telegram.say(chat, person, "/settings@OnRecordBot")
    return await telegram.reply(chat)


async def choose(telegram: TelegramStandIn, person: User, settings: Message, label: str) -> Message:
    """Return *settings* after *person* has pressed a button of theirs."""
    telegram.press(person, settings, label)
    return await telegram.edited(settings)


def pressed(telegram: TelegramStandIn, person: User, on: Message, data: str) -> dict[str, Any]:
    """Return the press of a button that stands under *on* no more."""
    call = {"id": "1", "from": person.to_json(), "message": on.to_json(), "data": data}
    return {"callback_query": call | {"chat_instance": "1"}}


async def test_the_settings_say_what_is_chosen_and_offer_the_rest(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom", administrators=[amina])
        settings = await settings_of(telegram, group, amina)
        assert settings.text.splitlines() == [
            "How I answer in this chat",
            "Language: English",
            "In this chat I answer: /ask, mentions and replies to me",
            "My answers are seen by: everybody",
            "Passages shown at once: 1",
            "Whole texts: in pages",
            "Administrators can change this with the buttons.",
        ]
        assert settings.buttons == [
            ["✓ English", "اردو", "中文"],
            ["✓ Mentions too", "Commands only"],
            ["✓ Everybody", "Only the asker", "Each chooses"],
            ["✓ One passage", "Three passages"],
            ["✓ Pages", "Rich layout"],
        ]
        private = telegram.private_chat(amina)
        settings = await settings_of(telegram, private, amina)
        assert settings.text.splitlines()[1:] == [
            "Language: English",
            "Passages shown at once: 1",
            "Whole texts: in pages",
        ]
        assert settings.buttons == [
            ["✓ Own language", "English", "اردو", "中文"],
            ["✓ One passage", "Three passages"],
            ["✓ Pages", "Rich layout"],
        ]


async def test_where_only_commands_are_wanted_a_mention_and_a_reply_are_left_alone(
    telegram, running
):
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom", administrators=[amina])
        settings = await settings_of(telegram, group, amina)
        changed = await choose(telegram, amina, settings, SAY.settings_button_commands)
        assert "only commands such as /ask" in changed.text
        telegram.say(group, amina, "@OnRecordBot ferries")
        telegram.say(group, amina, "and the ferries?", reply_to=settings)
        await telegram.quiet(group)
        telegram.say(group, amina, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text
        await choose(telegram, amina, settings, SAY.settings_button_mentions)
        telegram.say(group, amina, "@OnRecordBot fishing boats")
        assert "Fishing boats" in (await telegram.reply(group)).text


async def test_the_language_of_a_chat_is_that_of_everything_said_there(telegram, running):
    """Answers, what buttons show, refusals, help and the settings, whoever asks and presses."""
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr", language_code="zh-hans")
        group = telegram.group("Newsroom", administrators=[amina])
        settings = await settings_of(telegram, group, amina)
        changed = await choose(telegram, amina, settings, "اردو")
        assert URDU.settings_heading in changed.html
        assert changed.buttons[0] == ["English", "✓ اردو", "中文"]
        telegram.say(group, badr, "/ask ferries")
        answer = await telegram.reply(group)
        assert URDU.attribution_direct in answer.text
        telegram.press(badr, answer, URDU.button_context)
        assert URDU.attribution_direct in (await telegram.edited(answer)).text
        telegram.say(group, badr, "/ask chess olympiad")
        assert URDU.nothing_short.split("{")[0] in (await telegram.reply(group)).text
        telegram.say(group, badr, "/ask")
        assert URDU.help_ask.split("{")[0] in (await telegram.reply(group)).text
        telegram.say(group, badr, "/settings@OnRecordBot")
        assert (await telegram.reply(group)).text == URDU.admins_only
        press = telegram.press(badr, settings, "English")
        assert (await press.answered())["text"] == URDU.admins_only


async def test_a_group_is_answered_in_one_language_whoever_asks_and_presses(telegram, running):
    """In the operator's until its administrators choose another; each member's own is private."""
    async with running(language="ur"):
        amina, badr = telegram.user("Amina"), telegram.user("Badr", language_code="en")
        chen = telegram.user("Chen", language_code="zh-hans")
        private = telegram.private_chat(amina)
        await choose(telegram, amina, await settings_of(telegram, private, amina), "中文")
        telegram.say(private, amina, "ferries")
        assert CHINESE.attribution_direct in (await telegram.reply(private)).text
        group = telegram.group("Newsroom", administrators=[badr])
        for asking, words in (
            (amina, "ferries"),
            (badr, "fishing boats"),
            (chen, "master on site"),
        ):
            telegram.say(group, asking, f"/ask {words}")
            answer = await telegram.reply(group)
            assert URDU.attribution_direct in answer.text
        telegram.press(amina, answer, URDU.button_context)
        around = await telegram.edited(answer)
        assert {URDU.button_after, URDU.button_back} <= set(around.buttons[0])
        settings = await settings_of(telegram, group, badr)
        assert settings.buttons[0] == ["English", "✓ اردو", "中文"]
        await choose(telegram, badr, settings, "English")
        telegram.say(group, chen, "/ask tunnel survey")
        assert SAY.attribution_joint in (await telegram.reply(group)).text
        telegram.press(chen, around, URDU.button_back)
        assert SAY.attribution_direct in (await telegram.edited(answer)).text


async def test_who_is_no_administrator_is_told_and_changes_nothing(telegram, running):
    """Neither one who never was, nor one who is no more, with buttons of that time."""
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom", administrators=[amina])
        settings = await settings_of(telegram, group, amina)
        telegram.demote(group, amina)
        for person in (badr, amina):
            press = telegram.press(person, settings, SAY.settings_button_commands)
            assert (await press.answered())["text"] == SAY.admins_only
            telegram.say(group, person, "/settings")
            await telegram.quiet(group)
            telegram.say(group, person, "/settings@OnRecordBot")
            assert (await telegram.reply(group)).text == SAY.admins_only
        telegram.say(group, badr, "@OnRecordBot ferries")
        assert FERRIES in (await telegram.reply(group)).text


async def test_the_last_press_shows_what_all_have_chosen_whichever_took_longest(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom", administrators=[amina])
        settings = await settings_of(telegram, group, amina)
        telegram.fail("getChatAdministrators", Slow(0.4))
        telegram.press(amina, settings, "اردو")
        await asyncio.sleep(0.1)
        telegram.press(amina, settings, SAY.settings_button_three)
        for _ in range(2):
            shown = await telegram.edited(settings)
        chosen = [label for row in shown.buttons for label in row if label.startswith("✓")]
        assert chosen[0] == "✓ اردو"
        assert len(chosen) == 5
        assert URDU.settings_button_three in chosen[3]


async def test_a_bare_command_asks_telegram_only_so_often_who_said_it(telegram, running):
    """It is another bot's as well, and any member can say it again and again."""
    async with running():
        badr = telegram.user("Badr")
        group = telegram.group("Newsroom")
        for _ in range(30):
            telegram.say(group, badr, "/settings")
        await telegram.quiet(group)
        assert 1 <= len(telegram.calls_of("getChatAdministrators")) <= 6
        telegram.say(group, badr, "/settings@OnRecordBot")
        assert (await telegram.reply(group)).text == SAY.admins_only


async def test_an_anonymous_administrator_may_ask_for_the_settings_and_a_channel_may_not(
    telegram, running
):
    """Who writes as the group presses as himself."""
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom", administrators=[amina])
        telegram.say(group, group, "/settings")
        settings = await telegram.reply(group)
        assert "✓ Three passages" in str(
            (await choose(telegram, amina, settings, SAY.settings_button_three)).buttons
        )
        telegram.say(group, telegram.channel("Press"), "/settings@OnRecordBot")
        assert (await telegram.reply(group)).text == SAY.admins_only


async def test_a_channel_is_asked_by_a_post_and_answers_its_administrators(telegram, running):
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr", language_code="ur")
        channel = telegram.channel("Press", administrators=[amina])
        telegram.post(channel, "/settings@OnRecordBot")
        settings = await telegram.reply(channel)
        assert "Language: English" in settings.text
        assert SAY.settings_button_commands not in str(settings.buttons), "no mention is answered"
        assert SAY.settings_button_asker not in str(settings.buttons), "a post is for all"
        press = telegram.press(badr, settings, SAY.settings_button_three)
        assert (await press.answered())["text"] == SAY.admins_only
        await choose(telegram, amina, settings, SAY.settings_button_three)
        await choose(telegram, amina, settings, "اردو")
        telegram.post(channel, "/ask coastal railway")
        reply = await telegram.reply(channel)
        assert len(reply.marked("blockquote")) == 3
        assert URDU.attribution_joint in reply.text


async def test_a_choice_that_there_is_no_more_changes_nothing_and_shows_what_there_is(
    telegram, running
):
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom", administrators=[amina])
        settings = await settings_of(telegram, group, amina)
        await choose(telegram, amina, settings, SAY.settings_button_three)
        for choice in ("language:xx", "passages:7", "commands:", "readers:x", "rich:2", "red", ""):
            telegram.queue_raw(pressed(telegram, amina, settings, f"g|0|{choice}|"))
        await telegram.quiet(group)
        again = await settings_of(telegram, group, amina)
        assert again.buttons == [
            ["✓ English", "اردو", "中文"],
            ["✓ Mentions too", "Commands only"],
            ["✓ Everybody", "Only the asker", "Each chooses"],
            ["One passage", "✓ Three passages"],
            ["✓ Pages", "Rich layout"],
        ]


@pytest.mark.parametrize("number", [400, 403])
async def test_who_administers_cannot_be_asked_and_nobody_may_change_anything(
    telegram, running, number
):
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom", administrators=[amina])
        settings = await settings_of(telegram, group, amina)
        refused = Refuse(number, "Bad Request: CHAT_ADMIN_REQUIRED")
        telegram.fail("getChatAdministrators", refused)
        press = telegram.press(amina, settings, SAY.settings_button_three)
        assert (await press.answered())["text"] == SAY.admins_only
        await telegram.quiet(group)


async def test_where_one_passage_is_found_three_that_were_chosen_stay_three(telegram, running):
    """A press searches for as many as the reply shows, whatever the operator has set."""
    async with running(passages=1):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        await choose(
            telegram,
            amina,
            await settings_of(telegram, private, amina),
            SAY.settings_button_three,
        )
        telegram.say(private, amina, "harbour")
        several = await telegram.reply(private)
        assert len(several.marked("code")) == 3
        (open_first, *_) = [one for row in several.buttons for one in row if one.startswith("1")]
        telegram.press(amina, several, open_first)
        one = await telegram.edited(several)
        assert len(one.marked("code")) == 1
        telegram.press(amina, one, SAY.button_back)
        assert (await telegram.edited(several)).html == several.html


async def test_in_private_a_press_is_answered_in_the_language_of_whoever_presses(telegram, running):
    async with running():
        chen = telegram.user("Chen", language_code="zh-hans")
        private = telegram.private_chat(chen)
        telegram.say(private, chen, "ferries")
        answer = await telegram.reply(private)
        telegram.press(chen, answer, CHINESE.button_context)
        assert CHINESE.attribution_direct in (await telegram.edited(answer)).text


async def test_settings_survive_a_restart_and_go_with_the_bot(telegram, running):
    amina = telegram.user("Amina")
    group = telegram.group("Newsroom", administrators=[amina])
    async with running():
        settings = await settings_of(telegram, group, amina)
        await choose(telegram, amina, settings, SAY.settings_button_three)
    async with running():
        settings = await settings_of(telegram, group, amina)
        assert "✓ Three passages" in str(settings.buttons)
        telegram.remove(group, amina)
        telegram.invite(group, amina)
        settings = await settings_of(telegram, group, amina)
        assert "✓ One passage" in str(settings.buttons)


async def test_old_settings_are_shown_in_private_and_not_in_a_group(telegram, running):
    """After an outage a person still waits, and a group has moved on."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    group = telegram.group("Newsroom", administrators=[amina])
    for chat in (private, group):
        telegram.say(chat, amina, "/settings", seconds_ago=3600)
    async with running():
        assert SAY.settings_button_three in str((await telegram.reply(private)).buttons)
        await telegram.quiet(group)


async def test_the_menu_that_offers_askme_speaks_the_language_of_the_chat(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom", administrators=[amina, telegram.bot])
        settings = await settings_of(telegram, group, amina)
        await choose(telegram, amina, settings, SAY.settings_button_each)
        await choose(telegram, amina, settings, URDU.language_name)
        menu = json.loads(telegram.calls_of("setMyCommands")[-1].parameters["commands"])
        assert URDU.command_askme in [one["description"] for one in menu]


async def test_a_question_edited_into_a_bare_settings_shows_them_to_administrators_alone(
    telegram, running
):
    """A bare one may be for another bot, and is answered to those who may change something."""
    async with running():
        amina, badr = telegram.user("Amina"), telegram.user("Badr")
        group = telegram.group("Newsroom", administrators=[amina])
        for person, told in ((badr, SAY.admins_only), (amina, SAY.settings_heading)):
            asked = telegram.say(group, person, "/ask ferries")
            answer = await telegram.reply(group)
            telegram.edit(asked, "/settings")
            assert (await telegram.edited(answer)).html.startswith(told)
