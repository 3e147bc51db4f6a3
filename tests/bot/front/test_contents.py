"""The words of a message wherever they stand in it, and messages that have none."""

from __future__ import annotations

import random
from typing import Any

import pytest
from telegram import ExternalReplyInfo, Message, MessageEntity
from telegram_standin.detection import find_entities

from bot.front.contents import (
    CONTENT,
    Contents,
    contents_beneath,
    contents_beneath_elsewhere,
    contents_of,
    has_content,
    words_of,
)
from bot.front.flat_text import utf16_length

GROUP = {"id": -1009, "type": "supergroup", "title": "Newsroom"}
AMINA = {"id": 5, "is_bot": False, "first_name": "Amina"}
BOT = {"id": 700, "is_bot": True, "first_name": "On Record", "username": "OnRecordBot"}
FILE = {"file_id": "f", "file_unique_id": "u"}
PICTURE = [{**FILE, "width": 9, "height": 9}]
LIVE = {**FILE, "width": 9, "height": 9, "duration": 1, "photo": PICTURE}
PLACE = {"longitude": 67.0, "latitude": 24.8}


def message(**more: Any) -> Message:
    """Return a message as the library reads it."""
    raw = {"message_id": 7, "date": 1740000000, "chat": GROUP, "from": AMINA, **more}
    made = Message.de_json(raw, None)
    assert made is not None
    return made


def rich(*blocks: Any) -> Message:
    """Return a rich message of these blocks."""
    return message(rich_message={"blocks": list(blocks)})


def written(text: str, **more: Any) -> Message:
    """Return a text with the entities that Telegram finds."""
    return message(text=text, entities=[one.to_json() for one in find_entities(text)], **more)


def poll(question: str, options: tuple[str, ...] = ("Yes", "No"), **more: Any) -> dict[str, Any]:
    """Return a poll as Telegram tells of it."""
    return {
        "id": "1",
        "question": question,
        "options": [
            {"persistent_id": f"o{number}", "text": text, "voter_count": 0}
            for number, text in enumerate(options)
        ],
        "total_voter_count": 0,
        **dict.fromkeys(("is_closed", "is_anonymous", "allows_multiple_answers"), False),
        **dict.fromkeys(("allows_revoting", "members_only"), False),
        "type": "regular",
        **more,
    }


def checklist(title: str, *tasks: str) -> dict[str, Any]:
    """Return a checklist as Telegram tells of it."""
    return {"title": title, "tasks": [{"id": n, "text": one} for n, one in enumerate(tasks, 1)]}


def text_of(made: Message) -> str | None:
    """Return the words that are read of a message, as they stand there."""
    contents = contents_of(made)
    return contents.text if contents else None


def marked(contents: Contents | None) -> list[tuple[str, str]]:
    """Return what each entity is and covers, in the way that Telegram counts."""
    assert contents
    units = contents.text.encode("utf-16-le")
    return [
        (one.type, units[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le"))
        for one in contents.entities
    ]


@pytest.mark.parametrize(
    ("held", "text"),
    [
        ({"text": "The quay opens."}, "The quay opens."),
        ({"photo": PICTURE, "caption": "The quay opens."}, "The quay opens."),
        ({"document": FILE, "caption": "The quay opens."}, "The quay opens."),
        ({"live_photo": LIVE, "caption": "The quay opens."}, "The quay opens."),
        ({"paid_media": {"star_count": 1, "paid_media": []}, "caption": "Open."}, "Open."),
        ({"poll": poll("Has the quay opened?")}, "Has the quay opened?"),
        ({"poll": poll("Has it?", description="The quay, in May.")}, "Has it?\nThe quay, in May."),
        ({"checklist": checklist("To say", "The quay opens.")}, "To say\nThe quay opens."),
        (
            {"game": {"title": "Quay", "description": "Open it.", "photo": [], "text": "Won"}},
            "Quay\nOpen it.\nWon",
        ),
        ({"rich_message": {"blocks": [{"type": "paragraph", "text": "The quay."}]}}, "The quay."),
    ],
)
def test_words_are_read_wherever_they_stand(held, text):
    made = message(**held)
    assert text_of(made) == text
    assert has_content(made)


@pytest.mark.parametrize(
    "held",
    [
        {"photo": PICTURE},
        {"document": {**FILE, "file_name": "the quay opens.pdf"}},
        {"voice": {**FILE, "duration": 1}},
        {"video_note": {**FILE, "duration": 1, "length": 9}},
        {
            "sticker": {
                **FILE,
                **{"width": 9, "height": 9, "type": "regular", "emoji": "😂"},
                **{"is_animated": False, "is_video": False},
            }
        },
        {"contact": {"phone_number": "1", "first_name": "Amina"}},
        {"dice": {"emoji": "🎲", "value": 6}},
        {"location": PLACE},
        {"venue": {"location": PLACE, "title": "Quay", "address": "Harbour Road"}},
        {"story": {"chat": GROUP, "id": 1}},
        {"rich_message": {"blocks": [{"type": "photo", "photo": PICTURE}]}},
        {"rich_message": {"blocks": [{"type": "thinking", "text": "Wait"}]}},
        {"live_photo": LIVE},
    ],
    ids=lambda held: next(iter(held)),
)
def test_what_has_no_words_is_something_all_the_same(held):
    """So the bot can say that it reads only text, and never that nothing is on record."""
    made = message(**held)
    assert contents_of(made) is None
    assert has_content(made)


@pytest.mark.parametrize(
    "held",
    [
        {"new_chat_title": "Newsroom"},
        {"left_chat_member": AMINA},
        {"group_chat_created": True},
        {"boost_added": {"boost_count": 1}},
        {"successful_payment": {"currency": "XTR", "total_amount": 1}},
        {"write_access_allowed": {}},
        {"community_chat_joined": {"title": "The quay"}},
        {"something_of_a_later_year": {"text": "The quay opens."}},
        {},
    ],
    ids=lambda held: next(iter(held), "nothing"),
)
def test_what_happened_in_a_chat_is_nothing_that_anybody_sent(held):
    """Neither what the library knows nor what it does not."""
    payment = {"invoice_payload": "p", "telegram_payment_charge_id": "t"}
    payment["provider_payment_charge_id"] = "c"
    for told in held.values():
        if isinstance(told, dict) and "currency" in told:
            told.update(payment)
    made = message(**held)
    assert contents_of(made) is None
    assert not has_content(made)


def test_every_field_of_a_message_is_known_for_content_or_for_none():
    """When the library learns a field, somebody has to decide which it is."""
    told = {
        *("author_signature", "business_connection_id", "caption_entities", "chat", "date"),
        *("direct_messages_topic", "edit_date", "effect_id", "entities", "external_reply"),
        *("forward_origin", "from_user", "guest_bot_caller_chat", "guest_bot_caller_user"),
        *("guest_query_id", "has_media_spoiler", "has_protected_content", "is_automatic_forward"),
        *("is_from_offline", "is_paid_post", "is_topic_message", "link_preview_options"),
        *("media_group_id", "message_id", "message_thread_id", "paid_star_count", "quote"),
        *("reply_markup", "reply_to_checklist_task_id", "reply_to_message"),
        *("reply_to_poll_option_id", "reply_to_story", "sender_boost_count", "sender_tag"),
        *("sender_business_bot", "sender_chat", "show_caption_above_media", "via_bot"),
        *("suggested_post_info", "_effective_attachment"),
    }
    happened = {
        *("boost_added", "channel_chat_created", "chat_background_set", "chat_owner_changed"),
        *("chat_owner_left", "chat_shared", "checklist_tasks_added", "checklist_tasks_done"),
        *("connected_website", "delete_chat_photo", "direct_message_price_changed"),
        *("forum_topic_closed", "forum_topic_created", "forum_topic_edited"),
        *("forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden"),
        *("gift", "gift_upgrade_sent", "giveaway_completed", "giveaway_created"),
        *("group_chat_created", "left_chat_member", "managed_bot_created"),
        *("message_auto_delete_timer_changed", "migrate_from_chat_id", "migrate_to_chat_id"),
        *("new_chat_members", "new_chat_photo", "new_chat_title", "paid_message_price_changed"),
        *("passport_data", "pinned_message", "poll_option_added", "poll_option_deleted"),
        *("proximity_alert_triggered", "refunded_payment", "successful_payment"),
        *("suggested_post_approval_failed", "suggested_post_approved", "suggested_post_declined"),
        *("suggested_post_paid", "suggested_post_refunded", "supergroup_chat_created"),
        *("unique_gift", "users_shared", "video_chat_ended", "video_chat_scheduled"),
        *("video_chat_participants_invited", "video_chat_started", "web_app_data"),
        "write_access_allowed",
    }
    fields = set(Message.__slots__)
    assert fields - told - happened == set(CONTENT) & fields
    assert set(CONTENT) <= fields


def test_entities_of_a_text_are_those_that_address_and_links():
    text = "🚢 /ask@OnRecordBot @badr #quay https://ports.example.org/a a@ports.example.org"
    assert marked(contents_of(written(text))) == [
        ("bot_command", "/ask@OnRecordBot"),
        ("mention", "@badr"),
        ("url", "https://ports.example.org/a"),
        ("email", "a@ports.example.org"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The quay opens.", "The quay opens."),
        ("The quay\nopens\t in May", "The quay opens in May"),
        ("@badr", ""),
        ("@badr!", ""),
        ("https://ports.example.org/news/1", ""),
        ("ports.example.org", ""),
        ("press@ports.example.org", ""),
        ("t.me/ports/7 🚢", ""),
        ("@badr look: ports.example.org", "look:"),
        ("@badr The quay opens (https://ports.example.org/a).", "The quay opens ( )."),
        ("/ask The quay opens.", "The quay opens."),
        ("/ask@OnRecordBot", ""),
        ("Send /ask to it", "Send /ask to it"),
        ("😂", ""),
        ("👍👍🏽 ?!", ""),
        ("1️⃣", ""),
        ("ℹ️ ™", ""),
        ("12 berths", "12 berths"),
        ("港口三月开放。", "港口三月开放。"),
        ("#quay", "#quay"),
        ("", ""),
    ],
)
def test_words_are_what_is_left_without_links_names_and_emoji(text, words):
    made = contents_of(written(text)) if text else Contents("")
    assert made
    assert words_of(made) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@badr", ""),
        ("https://t.me/ports/7", ""),
        ("www.ports.example.org/a?b=1 @badr_2", ""),
        ("https://ports.example.org/a港口三月开放", "港口三月开放"),
        ("Mail a@badr.example", "Mail a@badr.example"),
        ("@badr港口", "@badr港口"),
    ],
)
def test_links_and_names_are_found_where_telegram_marks_none(text, words):
    """As in the question of a poll."""
    contents = contents_of(message(poll=poll(text)))
    assert contents
    assert words_of(contents) == words


@pytest.mark.parametrize(
    ("kind", "label", "words"),
    [
        ("text_link", "The quay opens", "It says: The quay opens"),
        ("text_link", "https://ports.example.org", "It says:"),
        ("text_link", "ports.example.org/a", "It says:"),
        ("text_link", "3.5", "It says: 3.5"),
        ("text_link", "U.S.", "It says: U.S."),
        ("text_mention", "Amina", "It says: Amina"),
    ],
)
def test_a_link_keeps_its_label_unless_that_is_an_address(kind, label, words):
    more = {"url": "https://ports.example.org/a"} if kind == "text_link" else {"user": AMINA}
    made = message(
        text=f"It says: {label}",
        entities=[{"type": kind, "offset": 9, "length": len(label), **more}],
    )
    contents = contents_of(made)
    assert contents
    assert words_of(contents) == words


def test_the_name_of_somebody_without_a_username_says_nothing_alone():
    mention = {"type": "text_mention", "offset": 0, "length": 5, "user": AMINA}
    contents = contents_of(message(text="Amina 😂", entities=[mention]))
    assert contents
    assert contents.entities
    assert words_of(contents) == ""


@pytest.mark.parametrize(
    ("offset", "length"), [(-1, 3), (0, 0), (3, 99), (10**9, 1), (0, -1), ("0", 4), (0, None)]
)
def test_an_entity_beyond_the_text_is_none(offset, length):
    made = message(text="A quay", entities=[{"type": "url", "offset": offset, "length": length}])
    assert contents_of(made) == Contents("A quay")


def test_entities_never_overlap_and_one_that_addresses_goes_before_a_link():
    made = message(
        text="see @OnRecordBot there",
        entities=[
            {"type": "text_link", "offset": 0, "length": 22, "url": "https://ports.example.org"},
            {"type": "mention", "offset": 4, "length": 12},
            {"type": "mention", "offset": 5, "length": 3},
            {"type": "url", "offset": 17, "length": 5},
        ],
    )
    assert marked(contents_of(made)) == [("mention", "@OnRecordBot"), ("url", "there")]


def test_half_a_character_is_replaced_and_moves_no_entity():
    made = message(
        text="\ud83d @badr",
        entities=[{"type": "mention", "offset": 2, "length": 5}],
    )
    contents = contents_of(made)
    assert contents
    assert contents.text == "� @badr"
    assert marked(contents) == [("mention", "@badr")]


def test_a_checklist_keeps_its_entities_line_by_line():
    made = message(
        checklist={
            "title": "🚢 for @badr",
            "title_entities": [{"type": "mention", "offset": 7, "length": 5}],
            "tasks": [
                {"id": 1, "text": "Open the quay"},
                {
                    "id": 2,
                    "text": "🚢 ports.example.org",
                    "text_entities": [{"type": "url", "offset": 3, "length": 17}],
                },
            ],
        }
    )
    contents = contents_of(made)
    assert contents
    assert contents.text == "🚢 for @badr\nOpen the quay.\n🚢 ports.example.org."
    assert marked(contents) == [("mention", "@badr"), ("url", "ports.example.org")]
    assert words_of(contents) == "🚢 for Open the quay. 🚢 ."


def elsewhere(**held: Any) -> dict[str, Any]:
    """Return a message of another chat that is replied to."""
    return {"origin": {"type": "hidden_user", "sender_user_name": "B", "date": 1}, **held}


def test_of_another_chat_a_poll_a_checklist_and_a_game_are_read():
    def read(**held: Any) -> Contents | None:
        made = ExternalReplyInfo.de_json(elsewhere(**held), None)
        assert made is not None
        return contents_beneath_elsewhere(made)

    assert read(poll=poll("Has the quay opened?")) == Contents("Has the quay opened?")
    assert read(checklist=checklist("Quay", "Open it")) == Contents("Quay\nOpen it.")
    assert read(game={"title": "Q", "description": "D", "photo": []}) == Contents("Q\nD")
    assert read(photo=PICTURE) is None
    assert read() is None


def test_what_is_beneath_is_what_is_replied_to_here_or_elsewhere():
    replied = {"message_id": 3, "date": 1740000000, "chat": GROUP, "text": "The quay opens."}
    assert contents_beneath(message(reply_to_message=replied)) == Contents("The quay opens.")
    away = elsewhere(poll=poll("Has the quay opened?"))
    assert contents_beneath(message(external_reply=away)) == Contents("Has the quay opened?")
    assert contents_beneath(message(text="True?")) is None


def test_beneath_one_option_or_one_task_is_that_alone():
    asked = poll("What opens in May?", ("The quay", "The airport"))
    base = {"message_id": 3, "date": 1740000000, "chat": GROUP}
    replied = {**base, "poll": asked}
    one = message(reply_to_message=replied, reply_to_poll_option_id="o1")
    assert contents_beneath(one) == Contents("The airport")
    gone = message(reply_to_message=replied, reply_to_poll_option_id="o9")
    assert contents_beneath(gone) == Contents("What opens in May?")
    replied = {**base, "checklist": checklist("May", "Open the quay", "Open the airport")}
    task = message(reply_to_message=replied, reply_to_checklist_task_id=2)
    assert contents_beneath(task) == Contents("Open the airport")


#: What stands where a field of the Bot API is read, and what never should.
KEYS = (
    *("type", "text", "blocks", "items", "cells", "caption", "credit", "summary", "url", "user"),
    *("expression", "alternative_text", "rows", "content", "children", "label", "id", "poll"),
    *("username", "first_name", "is_bot", "buttons", "button", "name", "anything"),
)
TYPES = (
    *("paragraph", "heading", "pre", "list", "blockquote", "expandable_blockquote", "pullquote"),
    *("table", "details", "footer", "photo", "thinking", "mention", "text_mention", "url"),
    *("bot_command", "bold", "email_address", "reference_link", "of_a_later_year", ""),
)
LEAVES = (
    *("The quay opens.", "@OnRecordBot", "/ask", " ", "", "\n", "🚢", "سلام", "港口", "\ud83d"),
    *("\udea2", "https://ports.example.org", 0, 7, -1, 10**40, 1.5, True, False, None),
)


def anything(chance: random.Random, depth: int) -> Any:
    """Return JSON of any sort that is like a rich message, or is not."""
    kind = chance.random()
    if depth == 0 or kind < 0.35:
        return chance.choice(LEAVES)
    if kind < 0.55:
        return [anything(chance, depth - 1) for _ in range(chance.randrange(5))]
    made = {chance.choice(KEYS): anything(chance, depth - 1) for _ in range(chance.randrange(1, 5))}
    if chance.random() < 0.8:
        made["type"] = chance.choice(TYPES)
    return made


def assert_sound(contents: Contents | None) -> None:
    """Hold contents to what they promise."""
    if contents is None:
        return
    length, end = utf16_length(contents.text), 0
    assert contents.text.strip()
    assert contents.text.encode()
    for one in contents.entities:
        assert end <= one.offset < one.offset + one.length <= length
        end = one.offset + one.length
    words = words_of(contents)
    assert words == " ".join(words.split())


def test_nothing_that_is_sent_makes_reading_fail():
    """Two thousand messages of invented fields; those that the library refuses never reach us."""
    chance, read, refused = random.Random(13), 0, 0  # noqa: S311  # the same each time
    for _ in range(2000):
        held: dict[str, Any] = {"rich_message": anything(chance, 7)}
        if chance.random() < 0.7:
            held["rich_message"] = {"blocks": anything(chance, 7)}
        if chance.random() < 0.3:
            field = chance.choice((*CONTENT, "entities", "quote", "media_group_id", "unheard_of"))
            held = {field: anything(chance, 4)}
        try:
            made = message(**held)
        except Exception:  # whatever the library says
            refused += 1
            continue
        contents = contents_of(made)
        has_content(made)
        contents_beneath(made)
        assert_sound(contents)
        read += contents is not None
    assert read > 400
    assert refused < 500


def test_the_lengths_of_words_do_not_make_reading_slow():
    """A hundred thousand mentions; no entity is compared with every other."""
    mention = {"type": "mention", "text": "@OnRecordBot"}
    contents = contents_of(rich({"type": "paragraph", "text": [mention] * 100_000}))
    assert contents
    assert_sound(contents)
    assert words_of(contents) == ""


def test_entities_that_the_library_made_stay_what_they_are():
    made = message(
        text="Amina: quay",
        entities=[{"type": "text_mention", "offset": 0, "length": 5, "user": BOT}],
    )
    contents = contents_of(made)
    assert contents
    (entity,) = contents.entities
    assert isinstance(entity, MessageEntity)
    assert entity.user
    assert entity.user.id == 700
