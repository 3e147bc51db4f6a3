"""What is wrong in an update is as good as not sent; what Telegram sends comes through whole."""

from __future__ import annotations

import copy
import json
import random

import pytest
from hostile_updates import Scene, hostile_update, sent_update
from telegram import Update

from bot.handlers.routes import ALLOWED_UPDATES
from bot.wire.update_shapes import KINDS, without_nonsense

AMINA = {"id": 5, "is_bot": False, "first_name": "Amina"}
BUTTON = {"text": "Next", "callback_data": "n|1||ferries"}
QUESTION = {
    "message_id": 7,
    "date": 1_740_000_000,
    "chat": {"id": 5, "type": "private"},
    "from": AMINA,
    "text": "ferries",
}


def scene(seed: int) -> Scene:
    """Return chats as a test of the whole bot has them."""
    chat = {"id": -1001, "type": "supergroup", "title": "Newsroom"}
    said = {**QUESTION, "chat": chat, "reply_markup": {"inline_keyboard": [[BUTTON]]}}
    private = QUESTION["chat"]
    draws = random.Random(seed)  # noqa: S311
    return Scene([AMINA], [private], [chat], [chat], [chat], AMINA, [said], 1_740_000_000, draws)


def through(message: object) -> object:
    """Return what comes through of a message; raises ValueError if nothing does."""
    return without_nonsense({"update_id": 1, "message": message})["message"]


def changed(**fields: object) -> dict[str, object]:
    """Return the question with other fields."""
    return {**copy.deepcopy(QUESTION), **fields}


def test_every_kind_that_the_bot_asks_for_has_its_shape():
    assert set(KINDS) == set(ALLOWED_UPDATES)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_right_comes_through_whole(seed):
    at = scene(seed)
    for _ in range(200):
        update = {"update_id": 1, **sent_update(at)}
        read = {kind: told for kind, told in update.items() if kind in (*KINDS, "update_id")}
        assert without_nonsense(copy.deepcopy(update)) == read


def test_the_library_can_read_most_of_what_comes_through():
    """It demands more of what the bot does not read; then the update is skipped as a whole."""
    at, failed = scene(1), 0
    for _ in range(1000):
        try:
            update = without_nonsense({"update_id": 1, **hostile_update(at)})
        except ValueError:
            continue
        json.dumps(update, ensure_ascii=False).encode("utf-8")
        try:
            Update.de_json(update, None)
        except Exception:  # whatever parsing raises
            failed += 1
    assert failed < 150


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", 5),
        ("text", ["ferries"]),
        ("from", {"id": []}),
        ("sender_chat", {"id": {}}),
        ("reply_to_message", {"message_id": 6}),
        ("quote", "ferries"),
        ("entities", {"type": "bold"}),
        ("media_group_id", 7),
        ("message_thread_id", "9"),
        ("poll", {"question": None}),
        ("reply_markup", {"inline_keyboard": "none"}),
        ("ephemeral_message_id", True),
    ],
)
def test_a_field_of_another_type_is_as_good_as_not_sent(field, value):
    without = changed()
    without.pop(field, None)
    assert through(changed(**{field: value})) == without


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        "ferries",
        changed(chat={"id": []}),
        changed(chat=5),
        changed(message_id="7"),
        changed(message_id=2**64),
        changed(date=10**12),
        {"text": "a message without a date"},
    ],
)
def test_a_message_without_its_place_is_none_and_its_words_are_not_told(message):
    with pytest.raises(ValueError, match="what is told as message of update 1 is none"):
        through(message)


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "bold", "offset": 5, "length": 9},
        {"type": "bold", "offset": 5, "length": 0},
        {"type": "bold", "offset": -1, "length": 2},
        {"type": "bold", "offset": 0},
        {"type": "text_link", "offset": 0, "length": 2},
        {"type": "text_link", "offset": 0, "length": 2, "url": "none"},
        {"type": "text_mention", "offset": 0, "length": 2, "user": {"id": 5}},
        None,
    ],
)
def test_an_entity_that_marks_nothing_is_left_out(entity):
    mark = {"type": "bold", "offset": 0, "length": 7}
    assert through(changed(entities=[mark, entity])) == changed(entities=[mark])


@pytest.mark.parametrize(
    "button",
    [
        {"text": "no action"},
        {"text": "", "callback_data": "n"},
        {"text": "\u202e \x00", "callback_data": "n"},
        {"text": "long", "callback_data": "é" * 33},
        {"callback_data": "n"},
        {"text": "long", "switch_inline_query": "a" * 257},
        {"text": "nowhere", "url": "none"},
        {"text": "action of tomorrow", "field_of_tomorrow": "n"},
    ],
)
def test_a_button_that_could_not_be_sent_again_is_left_out(button):
    came = through(changed(reply_markup={"inline_keyboard": [[BUTTON, button]]}))
    assert came == changed(reply_markup={"inline_keyboard": [[BUTTON]]})


@pytest.mark.parametrize("update", [None, [], {}, {"update_id": "5"}, {"update_id": None}, 5])
def test_what_has_no_number_is_no_update(update):
    with pytest.raises(ValueError, match="no update"):
        without_nonsense(update)


def test_an_update_tells_of_one_thing():
    update = {"update_id": 1, "poll": {}, "message": None, "edited_message": changed()}
    update["channel_post"] = changed()
    assert without_nonsense(update) == {"update_id": 1, "edited_message": changed()}


@pytest.mark.parametrize("kind", ["poll", "update_of_tomorrow", "chat_member", ""])
def test_of_an_update_that_was_not_asked_for_only_the_number_is_left(kind):
    assert without_nonsense({"update_id": 1, kind: {"chat": {"id": {}}}}) == {"update_id": 1}
