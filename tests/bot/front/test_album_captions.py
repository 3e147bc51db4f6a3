"""The caption of an album stands for each of its pictures, for some hours."""

from __future__ import annotations

from typing import Any

from hand_clock import HandClock
from telegram import Message

from bot.front.album_captions import KEPT_FOR, MOST, AlbumCaptions
from bot.front.contents import Contents

GROUP = {"id": -1009, "type": "supergroup", "title": "Newsroom"}
PICTURE = [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]


def picture(message_id: int, caption: str = "", album: Any = "a", **more: Any) -> Message:
    """Return a picture of an album."""
    raw: dict[str, Any] = {"message_id": message_id, "date": 1740000000, "chat": GROUP, **more}
    raw |= {"photo": PICTURE, "media_group_id": album}
    if caption:
        raw["caption"] = caption
    made = Message.de_json(raw, None)
    assert made is not None
    return made


def test_the_caption_of_one_picture_is_that_of_all():
    albums = AlbumCaptions(HandClock())
    for one in (picture(1), picture(2, "The quay opens."), picture(3)):
        albums.note(one)
    assert albums.of(picture(1)) == albums.of(picture(3)) == Contents("The quay opens.")


def test_another_album_and_the_same_in_another_chat_have_none():
    albums = AlbumCaptions(HandClock())
    albums.note(picture(1, "The quay opens."))
    assert albums.of(picture(2, album="b")) is None
    assert albums.of(picture(2, chat={**GROUP, "id": -1010})) is None
    assert albums.of(picture(2, album=None)) is None
    assert albums.of(picture(2, album=["a"])) is None


def test_where_several_have_one_it_is_that_of_the_first():
    albums = AlbumCaptions(HandClock())
    for one in (picture(2, "Second"), picture(1, "First"), picture(3, "Third")):
        albums.note(one)
    assert albums.of(picture(4)) == Contents("First")


def test_an_edited_caption_is_the_new_one_or_none():
    albums = AlbumCaptions(HandClock())
    albums.note(picture(1, "The quay opens."))
    albums.note(picture(1, "The quay closes."))
    assert albums.of(picture(2)) == Contents("The quay closes.")
    albums.note(picture(2))
    assert albums.of(picture(2)) == Contents("The quay closes.")
    albums.note(picture(1))
    assert albums.of(picture(2)) is None


def test_it_is_forgotten_after_some_hours_also_when_no_other_comes():
    clock = HandClock()
    albums = AlbumCaptions(clock)
    albums.note(picture(1, "The quay opens."))
    clock.now += KEPT_FOR - 1
    assert albums.of(picture(2))
    clock.now += 2
    assert albums.of(picture(2, album="b")) is None
    assert not albums._kept._Cache__data  # gone, not only hidden


def test_no_more_are_kept_than_there_is_room_for():
    albums = AlbumCaptions(HandClock())
    for number in range(MOST + 50):
        albums.note(picture(1, "The quay opens.", album=f"a{number}"))
        assert albums.of(picture(2, album="a0"))
    assert albums.of(picture(2, album="a1")) is None
    assert albums.of(picture(2, album=f"a{MOST + 49}"))
