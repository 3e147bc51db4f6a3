"""Which messages the bot takes for itself, and what is left of them as the question."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message, User
from telegram_standin.detection import find_entities
from telegram_standin.entities import utf16_length

from bot.front.addressing import asked_by, read, sender_of, written_by_a_bot

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


def question_for(made: Message) -> str | None:
    """Return what *made* asks the bot; None if the bot is not addressed."""
    asked = asked_by(made, BOT)
    return asked.question if asked else None


def asking(made: Message) -> tuple[str, str] | None:
    """Return what *made* asks, and of what: "itself", "replied" or "part"."""
    asked = asked_by(made, BOT)
    if asked is None:
        return None
    about = "replied" if asked.about_replied else "itself"
    return asked.question, "part" if asked.about_part else about


def said(text: str, who: dict[str, Any] = AMINA, **more: Any) -> dict[str, Any]:
    """Return a message that another replies to."""
    entities = [entity.to_json() for entity in find_entities(text)]
    written = {"chat": GROUP, "from": who, "text": text, "entities": entities}
    return {"message_id": 3, "date": 1740000000, **written, **more}


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
    assert question_for(message(text)) == question


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
    assert question_for(message(text)) is None


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
    assert question_for(message(text, PRIVATE)) == question


@pytest.mark.parametrize("text", ["/weather ferries", "/ask@OtherBot ferries"])
def test_in_private_another_command_is_no_question(text):
    assert question_for(message(text, PRIVATE)) is None


def test_a_reply_to_the_bot_is_addressed_to_it():
    to_bot = message("and trains?", reply_to_message=said("A quote.", BOT_JSON))
    assert question_for(to_bot) == "and trains?"
    to_amina = message("and trains?", reply_to_message=said("A quote."))
    assert question_for(to_amina) is None
    command = message("/weather trains", reply_to_message=said("A quote.", BOT_JSON))
    assert question_for(command) is None


@pytest.mark.parametrize("text", ["👍", "!!!", "…", "❤️ 🙏"])
def test_a_reply_to_the_bot_without_a_word_is_for_the_others_to_see(text):
    assert question_for(message(text, reply_to_message=said("A quote.", BOT_JSON))) is None


@pytest.mark.parametrize("text", ["@Badr ferries?", "ask Badr about ferries"])
def test_a_reply_to_the_bot_that_speaks_to_somebody_is_for_the_others(text):
    mentioned = [text_mention(text, "Badr", AMINA)] if "ask Badr" in text else None
    reply = message(text, entities=mentioned, reply_to_message=said("A quote.", BOT_JSON))
    assert question_for(reply) is None


@pytest.mark.parametrize("text", ["/ask is this true?", "@OnRecordBot really?", "/ask source"])
def test_a_doubt_in_reply_is_about_what_is_replied_to(text):
    """Of the bot's own words about the paragraph that they quote, or nothing."""
    assert question_for(message(text, reply_to_message=said("Ferries sail."))) == "Ferries sail."
    for words, asked in (
        ("Ferries sail.\n— Her\nref K7Q2-M9XA", "K7Q2-M9XA"),
        ("The post-2015 agenda.\nref K7Q2-M9XA", "P0ST-2015 K7Q2-M9XA"),
        ("Hello!", ""),
    ):
        assert question_for(message(text, reply_to_message=said(words, BOT_JSON))) == asked


def test_a_doubt_in_reply_to_nothing_is_searched_like_any_question():
    """Where nothing is found, that is not said of it: it claims nothing."""
    for made in (message("/ask is this true?"), message("true", PRIVATE)):
        asked = asked_by(made, BOT)
        assert asked is not None
        assert asked.doubts
        assert not asked.unreadable
    assert question_for(message("/ask is this true?")) == "is this true?"
    assert question_for(message("true", PRIVATE)) == "true"


@pytest.mark.parametrize("text", ["/ask", "/ask@OnRecordBot ?", "@OnRecordBot", "@OnRecordBot 🤔"])
def test_addressed_in_reply_without_a_word_the_bot_is_asked_what_the_message_says(text):
    made = message(text, reply_to_message=said("@OnRecordBot ferries \n sail twice"))
    assert asking(made) == ("ferries sail twice", "replied")


def test_addressed_in_reply_with_words_the_bot_is_asked_those():
    made = message("/ask trains", reply_to_message=said("Ferries sail twice."))
    assert asking(made) == ("trains", "itself")


def test_a_caption_can_be_asked_about_and_address_the_bot():
    photo = {**said("x"), "caption": "Ferries sail twice."}
    del photo["text"]
    made = message("/ask", reply_to_message=photo)
    assert asking(made) == ("Ferries sail twice.", "replied")
    caption = "@OnRecordBot ferries"
    entities = [entity.to_json() for entity in find_entities(caption)]
    asked = asked_by(message(None, caption=caption, caption_entities=entities), BOT)
    assert asked is not None
    assert asked.question == "ferries"


@pytest.mark.parametrize("who", [AMINA, BOT_JSON])
def test_the_part_that_a_person_chose_to_quote_is_what_is_asked(who):
    quote = {"text": "sail\n twice", "position": 8, "is_manual": True}
    made = message("/ask", reply_to_message=said("Ferries sail\n twice.", who), quote=quote)
    assert asking(made) == ("sail twice", "part")


def test_a_part_that_telegram_quoted_by_itself_is_not_taken_for_chosen():
    quote = {"text": "Ferries", "position": 0}
    made = message("/ask", reply_to_message=said("Ferries sail twice."), quote=quote)
    assert asking(made) == ("Ferries sail twice.", "replied")


def test_what_is_quoted_from_another_chat_is_answered_beneath_the_question():
    quote = {"text": "Ferries sail twice.", "position": 0}
    made = message("/ask", quote=quote)
    assert asking(made) == ("Ferries sail twice.", "itself")


def test_without_words_anywhere_nothing_is_asked():
    """The opening of a topic counts as replied to by what is said in it; a sticker has no words."""
    opening = said("x", forum_topic_created={"name": "Ports", "icon_color": 7322096})
    del opening["text"]
    for more in ({}, {"reply_to_message": opening}, {"reply_to_message": said("A.", BOT_JSON)}):
        made = message("/ask", **more)
        assert asking(made) == ("", "itself")


def test_where_only_commands_are_answered_a_mention_and_a_reply_are_not():
    replying = {"reply_to_message": said("A quote.", BOT_JSON)}
    for made in (message("@OnRecordBot ferries"), message("and trains?", **replying)):
        assert asked_by(made, BOT, commands_only=True) is None
    assert asked_by(message("/ask ferries"), BOT, commands_only=True) is not None


def test_in_private_a_message_without_a_word_is_still_a_question():
    """Somebody waits for a reply."""
    assert question_for(message("👍", PRIVATE)) == "👍"
    assert question_for(message("/ask", PRIVATE)) == ""


def test_a_post_that_reaches_the_discussion_group_by_itself_asks_only_by_command():
    """The bot's own posts arrive there too, and its help mentions its name."""
    telegram = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    channel = {"id": -1007, "type": "channel", "title": "Press"}
    forward = {"from": telegram, "sender_chat": channel, "is_automatic_forward": True}
    assert question_for(message("mention @OnRecordBot and ask", **forward)) is None
    assert question_for(message("/ask ferries", **forward)) == "ferries"


def test_two_programs_that_answer_each_other_are_not_begun_with():
    """Groups and channels speak through accounts marked as bots, but it is people who write."""
    other = {"id": 9, "is_bot": True, "first_name": "Other", "username": "OtherBot"}
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    assert written_by_a_bot(message("/ask ferries", **{"from": other}), BOT)
    assert written_by_a_bot(message("/ask ferries", via_bot=other), BOT)
    # In private it is the user's own word, unless it is the bot's.
    assert not written_by_a_bot(message("ferries", PRIVATE, via_bot=other), BOT)
    assert written_by_a_bot(message("ferries", PRIVATE, via_bot=BOT_JSON), BOT)
    for_the_group = message("/ask ferries", **{"from": anonymous}, sender_chat=GROUP)
    assert not written_by_a_bot(for_the_group, BOT)
    assert sender_of(for_the_group) == GROUP["id"]
    assert sender_of(message("/ask ferries")) == AMINA["id"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("/help@OnRecordBot", True),
        ("/help@onrecordbot and more", True),
        ("/help", False),
        ("/help@OtherBot", False),
        ("see /help@OnRecordBot", False),
    ],
)
def test_a_command_names_the_bot_or_not(text, named):
    assert read(message(text), BOT).names_us is named


@given(
    st.text(max_size=12),
    st.sampled_from(["bot_command", "mention", "text_mention"]),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_no_entity_brings_the_reading_down(text, kind, offset, length):
    """Not one that covers half a character, nor one beyond the end."""
    entity = {"type": kind, "offset": offset, "length": length, "user": BOT_JSON}
    made = message("x" + text, entities=[entity])
    asked = asked_by(made, BOT)
    assert asked is None or isinstance(asked.question, str)


@pytest.mark.parametrize("before", ["", "🚢👩🏽‍🚀 "])
def test_a_mention_by_name_is_cut_out_where_it_stands_and_nowhere_else(before):
    """The name may be a common word; the question keeps its own uses of it."""
    text = f"{before}Record, what is on record about a Record harvest?"
    made = message(text, entities=[text_mention(text, "Record")])
    expected = f"{before}, what is on record about a Record harvest?"
    assert question_for(made) == " ".join(expected.split())


def test_a_mention_by_name_of_someone_else_is_theirs():
    text = "Amina, what about ferries?"
    assert question_for(message(text, entities=[text_mention(text, "Amina", AMINA)])) is None


def test_a_message_without_text_asks_nothing():
    """A button's question is read again from the message replied to, whatever that is now."""
    assert read(message(None, PRIVATE), BOT).text == ""


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
)
def test_offsets_count_utf16_units_whatever_stands_before(before, after):
    text = f"{before} @OnRecordBot {after}"
    offset = utf16_length(before) + 1
    mention = {"type": "mention", "offset": offset, "length": len("@OnRecordBot")}
    question = read(message(text, entities=[mention]), BOT).text
    assert question == " ".join(f"{before} {after}".split())
