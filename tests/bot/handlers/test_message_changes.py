"""What was begun later on a message of ours is not undone by what took longer."""

from __future__ import annotations

import asyncio
import contextlib

from telegram import Chat, Message
from telegram_standin import Slow

from bot.front.chat_slots import ChatSlots
from bot.handlers.message_changes import REMEMBERED, MessageChanges


def message(number: int, chat: int = -7) -> Message:
    return Message(number, 0, Chat(chat, "supergroup"))


async def test_a_change_that_was_overtaken_is_not_to_be_made():
    message_changes = MessageChanges(ChatSlots(contextlib.nullcontext))
    first, second, other = (message_changes.begin(message(number)) for number in (1, 1, 2))
    async with second.due() as due:
        assert due
    for change, expected in (
        (first, False),
        (other, True),
        (message_changes.begin(message(1)), True),
    ):
        async with change.due() as due:
            assert due is expected


async def test_of_three_changes_the_last_stays_in_whatever_order_the_others_come_late():
    message_changes = MessageChanges(ChatSlots(contextlib.nullcontext))
    first, second, third = (message_changes.begin(message(1)) for _ in range(3))
    for change, expected in ((third, True), (first, False), (second, False)):
        async with change.due() as due:
            assert due is expected


async def test_a_message_of_another_chat_is_another_though_its_number_is_the_same():
    """In every group numbers begin at one."""
    message_changes = MessageChanges(ChatSlots(contextlib.nullcontext))
    here, there = message_changes.begin(message(1, -7)), message_changes.begin(message(1, -8))
    for change in (there, here):
        async with change.due() as due:
            assert due


async def test_changes_of_one_message_are_made_one_after_the_other():
    message_changes, made = MessageChanges(ChatSlots(contextlib.nullcontext)), []

    async def make(name: str) -> None:
        async with message_changes.begin(message(1)).due():
            made.append(f"{name} begins")
            await asyncio.sleep(0)
            made.append(f"{name} ends")

    await asyncio.gather(make("one"), make("two"))
    assert made == ["one begins", "one ends", "two begins", "two ends"]


async def test_only_so_many_messages_are_remembered():
    message_changes = MessageChanges(ChatSlots(contextlib.nullcontext))
    for number in range(1, REMEMBERED + 10):
        message_changes.begin(message(number))
    assert len(message_changes._messages) == REMEMBERED


async def test_a_press_under_way_does_not_bring_back_what_an_edited_question_replaced(
    telegram, running
):
    """Else a quote about something else would stand beneath the question for good."""
    async with running():
        amina = telegram.user("Amina")
        group = telegram.group("Newsroom")
        question = telegram.say(group, amina, "/ask coastal railway")
        answer = await telegram.reply(group)
        telegram.fail("answerCallbackQuery", Slow(0.5))
        press = telegram.press(amina, answer, "1 of")
        await asyncio.sleep(0.1)
        telegram.edit(question, "/ask fishing boats")
        edited = await telegram.edited(answer)
        assert "Fishing boats" in edited.text
        await press.answered()
        await telegram.quiet(group)
        assert len(telegram.calls_of("editMessageText")) == 1
