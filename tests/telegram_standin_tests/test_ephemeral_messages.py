"""Messages in a group that only one person sees: asked so, answered so, changed and gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)
from telegram.error import BadRequest, EndPointNotFound
from telegram_standin import Chat, TelegramStandIn, User

from bot.wire.newer_api import (
    Ephemeral,
    delete_ephemeral,
    edit_ephemeral,
    ephemeral_command,
    ephemeral_id_of,
    ephemeral_of,
    is_ephemeral_command,
    send_ephemeral,
)

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="m")]])


@dataclass(frozen=True)
class Scene:
    """A group with the bot as a plain member, and two people in it."""

    telegram: TelegramStandIn
    bot: Bot
    group: Chat
    amina: User
    badr: User

    async def asked(self, text: str = "/askme harbour") -> Message:
        """Let Amina ask so that nobody else sees it; return what the bot gets."""
        self.telegram.say_ephemeral(self.group, self.amina, text)
        message = (await self.bot.get_updates())[-1].message
        assert message is not None
        return message

    async def answer(self, asked: Message, text: str = "In March.") -> Message:
        """Let the bot answer what it got, with a button."""
        why = Ephemeral(self.amina.id, beneath=ephemeral_id_of(asked))
        return await send_ephemeral(self.bot, self.group.id, text, KEYBOARD, why)


@pytest.fixture
async def scene(telegram: TelegramStandIn, bot: Bot) -> AsyncIterator[Scene]:
    amina, badr = telegram.user("Amina"), telegram.user("Badr")
    group = telegram.group("Newsroom")
    for person in (amina, badr):
        telegram.say(group, person, "hello")
    await bot.get_updates()
    yield Scene(telegram, bot, group, amina, badr)


async def test_a_command_only_the_bot_sees_has_a_number_in_place_of_an_id(scene: Scene) -> None:
    asked = await scene.asked()
    assert (asked.message_id, asked.text) == (0, "/askme harbour")
    assert ephemeral_id_of(asked) > 0
    assert asked.api_kwargs["receiver_user"]["id"] == scene.bot.id
    assert asked.from_user is not None
    assert asked.from_user.id == scene.amina.id
    assert scene.telegram.transcript().endswith("Amina: /askme harbour (only Amina sees this)")


async def test_the_answer_is_seen_by_one_person_and_the_group_is_quiet(scene: Scene) -> None:
    telegram = scene.telegram
    asked = await scene.asked()
    sent = await scene.answer(asked)
    assert (sent.message_id, sent.text) == (0, "In March.")
    assert ephemeral_id_of(sent) != ephemeral_id_of(asked)
    assert sent.api_kwargs["receiver_user"]["id"] == scene.amina.id
    assert sent.reply_to_message is not None
    assert ephemeral_id_of(sent.reply_to_message) == ephemeral_id_of(asked)
    await scene.bot.get_updates(offset=(await scene.bot.get_updates())[-1].update_id + 1)
    await telegram.quiet(scene.group)
    with pytest.raises(AssertionError, match="was not quiet"):
        await telegram.quiet(scene.group, only_for=scene.amina)
    await telegram.quiet(scene.group, only_for=scene.badr)
    with pytest.raises(AssertionError, match="sent nothing to Newsroom"):
        await telegram.reply(scene.group, timeout=0.05)
    with pytest.raises(AssertionError, match="sent nothing to Badr alone"):
        await telegram.reply_to_person(scene.group, scene.badr, timeout=0.05)
    reply = await telegram.reply_to_person(scene.group, scene.amina)
    assert (reply.text, reply.buttons, reply.only_for) == ("In March.", [["More"]], scene.amina)
    await telegram.quiet(scene.group, only_for=scene.amina)


async def test_messages_without_an_id_are_told_apart(scene: Scene) -> None:
    """Neither takes an id from the messages that everybody sees."""
    first, second = await scene.asked("/askme one"), await scene.asked("/askme two")
    assert ephemeral_id_of(first) != ephemeral_id_of(second)
    await scene.answer(first, "1")
    await scene.answer(second, "2")
    one = await scene.telegram.reply_to_person(scene.group, scene.amina)
    two = await scene.telegram.reply_to_person(scene.group, scene.amina)
    assert one != two
    assert scene.telegram.say(scene.group, scene.badr, "hello").message_id == 3


async def test_an_answer_comes_within_fifteen_seconds(scene: Scene) -> None:
    asked = await scene.asked()
    scene.telegram.clock.advance(14)
    await scene.answer(asked)
    scene.telegram.clock.advance(3)
    with pytest.raises(BadRequest):
        await scene.answer(asked)


@pytest.mark.parametrize(
    ("extra", "refusal"),
    [
        ({}, "MESSAGE_NOT_COMMAND"),
        ({"reply_parameters": {"message_id": 1}}, "MESSAGE_NOT_COMMAND"),
        ({"callback_query_id": "5"}, "QUERY_ID_INVALID"),
        ({"receiver_user_id": 5}, "USER_ID_INVALID"),
        ({"replace_callback_query_message": True}, "QUERY_ID_INVALID"),
        ({"reply_parameters": {"ephemeral_message_id": 5}}, "MESSAGE_NOT_COMMAND"),
    ],
)
async def test_a_plain_member_sends_none_without_being_asked(
    scene: Scene, extra: dict[str, Any], refusal: str
) -> None:
    reply = extra.pop("reply_parameters", None)
    parameters = {"receiver_user_id": scene.amina.id, **extra}
    more = {"ephemeral_message_parameters": parameters}
    with pytest.raises(BadRequest) as refused:
        await scene.bot.send_message(
            scene.group.id,
            "psst",
            api_kwargs={**more, **({"reply_parameters": reply} if reply else {})},
        )
    assert refusal.lower() in str(refused.value).lower()


async def test_an_administrator_sends_one_at_any_time_to_a_member(scene: Scene) -> None:
    telegram, group = scene.telegram, scene.group
    telegram.promote(group, telegram.bot)
    sent = await send_ephemeral(
        scene.bot, group.id, "psst", None, Ephemeral(scene.badr.id), beneath=1
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == 1
    assert (await telegram.reply_to_person(group, scene.badr)).text == "psst"
    stranger = telegram.user("Chen")
    with pytest.raises(BadRequest, match=r"(?i)USER_NOT_PARTICIPANT"):
        await send_ephemeral(scene.bot, group.id, "psst", None, Ephemeral(stranger.id))


async def test_there_are_none_outside_groups(scene: Scene) -> None:
    private, channel = scene.telegram.private_chat(scene.amina), scene.telegram.channel("Press")
    for chat in (private, channel):
        with pytest.raises(BadRequest, match="only to groups"):
            await send_ephemeral(scene.bot, chat.id, "psst", None, Ephemeral(scene.amina.id))
        with pytest.raises(ValueError, match="no ephemeral messages"):
            scene.telegram.say_ephemeral(chat, scene.amina, "/askme")


async def test_a_press_gives_the_right_for_its_person_and_fifteen_seconds(scene: Scene) -> None:
    telegram, bot, group = scene.telegram, scene.bot, scene.group
    await bot.send_message(group.id, "Quote", reply_markup=KEYBOARD)
    telegram.press(scene.amina, await telegram.reply(group), "More")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    with pytest.raises(BadRequest, match=r"(?i)QUERY_ID_INVALID"):
        await send_ephemeral(bot, group.id, "x", None, Ephemeral(scene.badr.id, press=query.id))
    for_amina = Ephemeral(scene.amina.id, press=query.id)
    await bot.answer_callback_query(query.id)
    await send_ephemeral(bot, group.id, "More of it", None, for_amina)
    assert (await telegram.reply_to_person(group, scene.amina)).text == "More of it"
    telegram.clock.advance(16)
    with pytest.raises(BadRequest, match=r"(?i)QUERY_ID_INVALID"):
        await send_ephemeral(bot, group.id, "x", None, for_amina)


async def test_its_buttons_are_pressed_by_the_one_who_sees_them(scene: Scene) -> None:
    telegram = scene.telegram
    await scene.answer(await scene.asked())
    reply = await telegram.reply_to_person(scene.group, scene.amina)
    with pytest.raises(AssertionError, match="Badr does not see"):
        telegram.press(scene.badr, reply, "More")
    telegram.press(scene.amina, reply, "More")
    query = (await scene.bot.get_updates())[-1].callback_query
    assert query is not None
    assert isinstance(query.message, Message)
    assert query.message.message_id == 0
    which = ephemeral_of(query.message)
    assert which is not None
    assert (which.person, which.chat_id) == (scene.amina.id, scene.group.id)
    replaced = {"receiver_user_id": scene.amina.id, "callback_query_id": query.id}
    replaced["replace_callback_query_message"] = True
    with pytest.raises(BadRequest, match="must be edited"):
        await scene.bot.send_message(
            scene.group.id, "x", api_kwargs={"ephemeral_message_parameters": replaced}
        )


async def test_it_is_changed_and_taken_back_by_methods_of_its_own(scene: Scene) -> None:
    telegram, bot, group = scene.telegram, scene.bot, scene.group
    sent = await scene.answer(await scene.asked())
    reply = await telegram.reply_to_person(group, scene.amina)
    which = ephemeral_of(sent)
    assert which is not None
    await edit_ephemeral(bot, which, "<b>In April.</b>", KEYBOARD)
    edited = await telegram.edited(reply)
    assert (edited.text, edited.marked("bold"), edited.buttons) == (
        "In April.",
        ["In April."],
        [["More"]],
    )
    with pytest.raises(BadRequest, match="not modified"):
        await edit_ephemeral(bot, which, "<b>In April.</b>", KEYBOARD)
    await bot.do_api_request("editEphemeralMessageReplyMarkup", api_kwargs=which.parameters())
    assert (await telegram.edited(reply)).buttons == []
    for number in (0, which.number):
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bot.edit_message_text("x", group.id, number)
        with pytest.raises(BadRequest, match="Message to delete not found"):
            await bot.delete_message(group.id, number)
    await delete_ephemeral(bot, which)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await delete_ephemeral(bot, which)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await edit_ephemeral(bot, which, "x", None)


async def test_what_a_person_wrote_is_not_the_bots_to_change(scene: Scene) -> None:
    asked = await scene.asked()
    mine = {
        "chat_id": scene.group.id,
        "receiver_user_id": scene.amina.id,
        "ephemeral_message_id": ephemeral_id_of(asked),
    }
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await scene.bot.do_api_request("deleteEphemeralMessage", api_kwargs=mine)


async def test_a_reply_to_one_is_one_and_quotes_nothing(scene: Scene) -> None:
    asked = await scene.asked()
    beneath = {"ephemeral_message_id": ephemeral_id_of(asked)}
    with pytest.raises(BadRequest, match="must be ephemeral"):
        await scene.bot.send_message(
            scene.group.id, "In March.", api_kwargs={"reply_parameters": beneath}
        )
    sent = await scene.bot.send_message(
        scene.group.id,
        "In March.",
        api_kwargs={
            "reply_parameters": {**beneath, "quote": "no such words"},
            "ephemeral_message_parameters": {"receiver_user_id": scene.amina.id},
        },
    )
    assert sent.quote is None
    telegram, promoted = scene.telegram, scene.telegram.bot
    telegram.promote(scene.group, promoted)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await scene.bot.send_message(
            scene.group.id,
            "In March.",
            api_kwargs={
                "reply_parameters": {
                    "ephemeral_message_id": 5,
                    "allow_sending_without_reply": True,
                },
                "ephemeral_message_parameters": {"receiver_user_id": scene.amina.id},
            },
        )


async def test_a_person_answers_the_bot_so_and_only_so(scene: Scene) -> None:
    telegram = scene.telegram
    await scene.answer(await scene.asked())
    reply = await telegram.reply_to_person(scene.group, scene.amina)
    with pytest.raises(ValueError, match="use say_ephemeral"):
        telegram.say(scene.group, scene.amina, "and then?", reply_to=reply)
    with pytest.raises(ValueError, match="Badr does not see"):
        telegram.say_ephemeral(scene.group, scene.badr, "/askme", reply_to=reply)
    with pytest.raises(ValueError, match="neither a command nor a reply"):
        telegram.say_ephemeral(scene.group, scene.amina, "and then?")
    telegram.say_ephemeral(scene.group, scene.amina, "and then?", reply_to=reply)
    message = (await scene.bot.get_updates())[-1].message
    assert message is not None
    assert message.reply_to_message is not None
    assert message.reply_to_message.text == "In March."


async def test_privacy_mode_keeps_none_from_the_bot() -> None:
    """A reply to the bot's own need not be a command."""
    async with TelegramStandIn(privacy=True) as telegram:
        group, amina = telegram.group("Newsroom"), telegram.user("Amina")
        telegram.promote(group, telegram.bot)
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            telegram.say(group, amina, "/hello")
            await send_ephemeral(bot, group.id, "psst", None, Ephemeral(amina.id))
            telegram.demote(group, telegram.bot)
            reply = await telegram.reply_to_person(group, amina)
            telegram.say_ephemeral(group, amina, "what?", reply_to=reply)
            message = (await bot.get_updates())[-1].message
        assert message is not None
        assert message.text == "what?"


async def test_a_number_may_be_used_again(scene: Scene) -> None:
    """When its message has expired or was taken back; the old message is gone for good."""
    telegram = scene.telegram
    telegram.reuses_ephemeral_numbers = True
    asked = await scene.asked()
    sent = await scene.answer(asked)
    reply = await telegram.reply_to_person(scene.group, scene.amina)
    telegram.expire(reply)
    again = await scene.answer(asked, "In May.")
    assert ephemeral_id_of(again) == ephemeral_id_of(sent)
    other = await telegram.reply_to_person(scene.group, scene.amina)
    assert other != reply
    with pytest.raises(ValueError, match="is not in Newsroom any more"):
        telegram.press(scene.amina, reply, "More")
    which = ephemeral_of(again)
    assert which is not None
    await delete_ephemeral(scene.bot, which)
    assert ephemeral_id_of(await scene.asked()) == which.number
    telegram.reuses_ephemeral_numbers = False
    assert telegram.reuses_ephemeral_numbers is False
    with pytest.raises(ValueError, match="does not expire"):
        telegram.expire(telegram.say(scene.group, scene.badr, "hello"))


async def test_the_menu_sends_a_command_as_the_bot_has_set_it(scene: Scene) -> None:
    await scene.bot.set_my_commands(
        [ephemeral_command("askme", "Ask for yourself"), BotCommand("ask", "Ask")]
    )
    commands = await scene.bot.get_my_commands()
    assert [is_ephemeral_command(command) for command in commands] == [True, False]
    for text in ("/askme harbour", "/ask harbour"):
        scene.telegram.pick(scene.group, scene.amina, text)
    alone, public = [update.message for update in (await scene.bot.get_updates())[-2:]]
    assert alone and public
    assert (alone.message_id, alone.text) == (0, "/askme@OnRecordBot harbour")
    assert (public.message_id, public.text) == (3, "/ask@OnRecordBot harbour")
    private = scene.telegram.private_chat(scene.amina)
    await scene.bot.set_my_commands(
        [ephemeral_command("askme", "Ask")], scope=BotCommandScopeAllPrivateChats()
    )
    picked = scene.telegram.pick(private, scene.amina, "/askme x")
    assert (picked.ephemeral, picked.text) == (None, "/askme x")
    with pytest.raises(ValueError, match="offers no /ask in Amina in private"):
        scene.telegram.pick(private, scene.amina, "/ask")
    with pytest.raises(ValueError, match="offers no /help"):
        scene.telegram.pick(scene.group, scene.amina, "/help")


async def test_a_server_of_10_0_shows_it_to_everybody() -> None:
    """It takes no notice of what it does not know, and has no such methods."""
    async with TelegramStandIn(api="10.0") as telegram:
        group, amina = telegram.group("Newsroom"), telegram.user("Amina")
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            await bot.set_my_commands([ephemeral_command("askme", "Ask for yourself")])
            (command,) = await bot.get_my_commands()
            assert not is_ephemeral_command(command)
            assert telegram.pick(group, amina, "/askme harbour").ephemeral is None
            sent = await send_ephemeral(bot, group.id, "In March.", None, Ephemeral(amina.id))
            assert ephemeral_of(sent) is None
            assert (await telegram.reply(group)).text == "In March."
            for method in ("editEphemeralMessageText", "deleteEphemeralMessage"):
                with pytest.raises(EndPointNotFound):
                    await bot.do_api_request(method, api_kwargs={"chat_id": group.id})
        with pytest.raises(ValueError, match="knows no ephemeral messages"):
            telegram.say_ephemeral(group, amina, "/askme")
