"""Which messages the bot takes for itself, and what is left of them as the question."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message, User
from telegram_standin.detection import find_entities
from telegram_standin.entities import utf16_length

from bot.addressing import question_for, question_in

BOT = User(700, "On Record", is_bot=True, username="OnRecordBot")
BOT_JSON = {"id": 700, "is_bot": True, "first_name": "On Record", "username": "OnRecordBot"}
AMINA = {"id": 5, "is_bot": False, "first_name": "Amina"}
GROUP = {"id": -1009, "type": "supergroup", "title": "Newsroom"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Amina"}


def message(
    text: str | None,
    chat: dict[str, Any] = GROUP,
    entities: list[dict[str, Any]] | None = None,
    **more: Any,
) -> Message:
    """Return a message as the library reads it, with the entities that Telegram would find."""
    raw: dict[str, Any] = {"message_id": 7, "date": 1740000000, "chat": chat, "from": AMINA, **more}
    if text is not None:
        raw["text"] = text
        raw["entities"] = entities or [entity.to_json() for entity in find_entities(text)]
    made = Message.de_json(raw, None)
    assert made is not None
    return made


def text_mention(text: str, name: str, user: dict[str, Any] = BOT_JSON) -> dict[str, Any]:
    """Return the entity of a mention by *name*, which stands in *text*, of someone."""
    return {
        "type": "text_mention",
        "offset": utf16_length(text[: text.index(name)]),
        "length": utf16_length(name),
        "user": user,
    }


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("/ask ferries", "ferries"),
        ("/ASK ferries", "ferries"),
        ("/Ask@onrecordbot ferries?", "ferries?"),
        ("/ask@OnRecordBot", ""),
        ("/ask", ""),
        ("/ask\nferries\n\nand trains", "ferries and trains"),
        ("@OnRecordBot ferries", "ferries"),
        ("@onrecordbot: ferries", ": ferries"),
        ("when, @OnRecordBot, do ferries sail?", "when, , do ferries sail?"),
        ("ferries @OnRecordBot", "ferries"),
        ("@OnRecordBot", ""),
        ("/ask @OnRecordBot ferries", "ferries"),
        ("🚢⚓️👩🏽‍🚀 @OnRecordBot 🚢 ferries", "🚢⚓️👩🏽‍🚀 🚢 ferries"),
        ("/ask 🚢 ferries @OnRecordBot 🚢 today", "🚢 ferries 🚢 today"),
        ("@OnRecordBot ferries @OnRecordBot", "ferries"),
        ("@OnRecordBot ask @OnRecordBotFan", "ask @OnRecordBotFan"),
        ("ask @OnRecordBotFan, @OnRecordBot", "ask @OnRecordBotFan,"),
        ("@OnRecordBot mail us at x@OnRecordBot", "mail us at x@OnRecordBot"),
    ],
)
def test_in_a_group_a_command_and_a_mention_address_the_bot(text, question):
    assert question_for(message(text), BOT) == question


@pytest.mark.parametrize(
    "text",
    [
        "ferries",
        "/asks ferries",
        "/weather ferries",
        "/ask@OtherBot ferries",
        "@OtherBot ferries",
        "@OnRecordBotFan ferries",
        "please /ask ferries",
        "please /ask@OnRecordBot ferries",
        "mail x@OnRecordBot.example",
        "On Record, ferries?",
        "🚢 /ask ferries",
    ],
)
def test_in_a_group_everything_else_is_other_peoples_talk(text):
    assert question_for(message(text), BOT) is None


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("ferries", "ferries"),
        ("please /ask ferries", "please /ask ferries"),
        ("/ask ferries", "ferries"),
        ("@OnRecordBot ferries", "ferries"),
        ("  ferries \n  and trains ", "ferries and trains"),
    ],
)
def test_in_private_everything_but_another_command_is_a_question(text, question):
    assert question_for(message(text, PRIVATE), BOT) == question


@pytest.mark.parametrize("text", ["/weather ferries", "/ask@OtherBot ferries"])
def test_in_private_another_command_is_no_question(text):
    assert question_for(message(text, PRIVATE), BOT) is None


def test_a_reply_to_the_bot_is_addressed_to_it():
    before = {"message_id": 3, "date": 1740000000, "chat": GROUP, "text": "A quote."}
    to_bot = message("and trains?", reply_to_message={**before, "from": BOT_JSON})
    assert question_for(to_bot, BOT) == "and trains?"
    to_amina = message("and trains?", reply_to_message={**before, "from": AMINA})
    assert question_for(to_amina, BOT) is None
    by_channel = message("and trains?", reply_to_message=before)
    assert question_for(by_channel, BOT) is None
    command = message("/weather trains", reply_to_message={**before, "from": BOT_JSON})
    assert question_for(command, BOT) is None


@pytest.mark.parametrize("before", ["", "🚢👩🏽‍🚀 "])
def test_a_mention_by_name_is_cut_out_where_it_stands_and_nowhere_else(before):
    """The name may be a common word; the question keeps its own uses of it."""
    text = f"{before}Record, what is on record about a Record harvest?"
    made = message(text, entities=[text_mention(text, "Record")])
    expected = f"{before}, what is on record about a Record harvest?"
    assert question_for(made, BOT) == " ".join(expected.split())


def test_a_mention_by_name_of_someone_else_is_theirs():
    text = "Amina, what about ferries?"
    assert question_for(message(text, entities=[text_mention(text, "Amina", AMINA)]), BOT) is None


def test_a_message_without_text_asks_nothing():
    """A button's question is read again from the message replied to, whatever that is now."""
    photo = message(None, PRIVATE, caption="@OnRecordBot ferries")
    assert question_in(photo, BOT) == ""


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
)
def test_offsets_count_utf16_units_whatever_stands_before(before, after):
    text = f"{before} @OnRecordBot {after}"
    offset = utf16_length(before) + 1
    mention = {"type": "mention", "offset": offset, "length": len("@OnRecordBot")}
    question = question_for(message(text, entities=[mention]), BOT)
    assert question == " ".join(f"{before} {after}".split())
