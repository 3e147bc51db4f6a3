"""What a message with /check brings: its own words, a document, what it replies to, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Message
from telegram_standin.detection import find_entities

from bot.front.contents import Contents
from bot.front.drafted import Drafted, drafted_above, drafted_in, drafted_with

GROUP = {"id": -1009, "type": "supergroup", "title": "Newsroom"}
AMINA = {"id": 5, "is_bot": False, "first_name": "Amina"}
FILE = {"file_id": "f", "file_unique_id": "u", "file_name": "draft.txt"}
ELSEWHERE = {"origin": {"type": "hidden_user", "sender_user_name": "B", "date": 1}}
DRAFT = "“The quay opens in May,” she said.\nOn Monday: “Nothing is closed.”"


def raw(text: str = "", **more: Any) -> dict[str, Any]:
    """Return a message as Telegram tells of it, with the entities that it finds."""
    words = {"text": text, "entities": [one.to_json() for one in find_entities(text)]}
    made = {"message_id": 7, "date": 1740000000, "chat": GROUP, "from": AMINA}
    return {**made, **(words if text else {}), **more}


def message(text: str = "", **more: Any) -> Message:
    made = Message.de_json(raw(text, **more), None)
    assert made is not None
    return made


def part(text: str, *, is_manual: bool = True) -> dict[str, Any]:
    return {"text": text, "position": 0, "is_manual": is_manual}


@pytest.mark.parametrize("text", [f"/check {DRAFT}", f"/check\n{DRAFT}", f"/check@OnBot  {DRAFT}"])
def test_line_breaks_behind_the_command_are_kept(text):
    """By them places in a draft are named."""
    assert drafted_with(message(text)).text.strip("\n") == DRAFT


def test_the_command_alone_brings_nothing():
    assert drafted_with(message("/check")) is None
    assert drafted_with(message("/check  \n")) is None
    place = raw(location={"longitude": 67.0, "latitude": 24.8})
    assert drafted_with(message("/check", reply_to_message=place)) is None


def test_words_with_a_quotation_mark_of_any_script_are_the_draft_themselves():
    replied = raw("Something else.")
    for own in ("“a b c”", "«a b c»", "「甲乙丙」", "'a b c'", '"a b c"', "„a b c“", "‹a b c›"):
        found = drafted_with(message(f"/check {own}", reply_to_message=replied))
        assert found == Drafted(text=own)


def test_words_without_one_are_about_what_is_replied_to():
    replied = message("/check please", reply_to_message=raw(DRAFT))
    assert drafted_with(replied) == Drafted(text=DRAFT, about_replied=True)
    assert drafted_with(message("/check please")) == Drafted(text="please")


def test_a_check_that_is_replied_to_is_read_behind_its_command():
    found = drafted_with(message("/check", reply_to_message=raw(f"/check {DRAFT}")))
    assert found == Drafted(text=DRAFT, about_replied=True)


def test_of_a_document_it_is_the_file_and_not_its_caption():
    own = drafted_with(message(document=FILE, caption="/check “a b c”"))
    assert own is not None
    assert own.file is not None
    assert (own.text, own.file.file_name) == ("", "draft.txt")
    beneath = drafted_with(message("/check", reply_to_message=raw(document=FILE, caption=DRAFT)))
    assert beneath is not None
    assert beneath.file is not None
    assert beneath.about_replied


def test_of_a_message_of_another_chat_it_is_the_file_or_what_is_quoted():
    away = drafted_with(message("/check", external_reply={**ELSEWHERE, "document": FILE}))
    assert away is not None
    assert away.file is not None
    assert not away.about_replied
    shown = message("/check", external_reply=ELSEWHERE, quote=part(DRAFT, is_manual=False))
    assert drafted_with(shown) == Drafted(text=DRAFT)


def test_a_part_is_checked_alone_only_if_the_author_chose_it():
    replied = raw(DRAFT)
    chosen = message("/check", reply_to_message=replied, quote=part("“Nothing is closed.”"))
    assert drafted_with(chosen) == Drafted(
        text="“Nothing is closed.”", about_replied=True, about_part=True
    )
    shown = message("/check", reply_to_message=replied, quote=part("“No", is_manual=False))
    assert drafted_with(shown) == Drafted(text=DRAFT, about_replied=True)


def test_a_report_is_of_the_part_that_it_quotes_or_of_what_it_stands_beneath():
    assert drafted_above(message("", reply_to_message=raw(DRAFT))) == Drafted(text=DRAFT)
    quoting = message("", reply_to_message=raw(DRAFT), quote=part("“a b c”", is_manual=False))
    assert drafted_above(quoting) == Drafted(text="“a b c”")
    assert drafted_above(message("")) is None


def test_only_what_is_nearly_as_long_as_a_message_may_go_on_in_another():
    """A character outside of the Basic Multilingual Plane counts as two."""
    assert not drafted_in(message("x" * 3499)).may_be_divided
    assert drafted_in(message("x" * 3500)).may_be_divided
    assert drafted_in(message("🚢" * 1750)).may_be_divided


@pytest.mark.parametrize(
    ("chosen", "draft"),
    [
        ("The quay opens in May", "“The quay opens in May”"),
        ("“The quay won’t open in May", "“The quay won’t open in May”"),
        ("The quay opens in May,” ", "“The quay opens in May,”"),
        ("‘The quay opens in May,’ she said", "‘The quay opens in May,’ she said"),
        ("“The quay opens,” she said", "“The quay opens,” she said"),
    ],
)
def test_a_chosen_part_without_a_pair_of_marks_is_a_quotation(chosen, draft):
    """What Telegram shows of another chat's message, nobody chose."""
    found = drafted_with(message("/check", reply_to_message=raw(DRAFT), quote=part(chosen)))
    assert found.text == draft
    shown = part(chosen, is_manual=False)
    elsewhere = message("/check", external_reply=ELSEWHERE, quote=shown)
    assert drafted_with(elsewhere).text == chosen


def test_the_second_picture_of_an_album_has_its_caption():
    picture = raw(media_group_id="1")
    caption = Contents(DRAFT)
    found = drafted_with(message("/check", reply_to_message=picture), lambda _: caption)
    assert found == Drafted(text=DRAFT, about_replied=True)
