"""What people send besides words and files, as Telegram tells a bot of it.

Each function returns content for `telegram.send`; files are made in media.py. The fewest fields
that Telegram sends, after core.telegram.org/bots/api.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from telegram_standin.media import Media
from telegram_standin.people import Chat
from telegram_standin.rich_blocks import with_found, words_of

_PICTURE = {"file_id": "game-file", "file_unique_id": "game", "width": 640, "height": 360}


def rich(blocks: Sequence[Any], *, is_rtl: bool = False, found: bool = True) -> Media:
    """Return a rich message of these blocks; a block that is a string is a paragraph.

    The mentions, commands and links in it are found, as Telegram does, unless `found` is false.
    """
    given = [{"type": "paragraph", "text": one} if isinstance(one, str) else one for one in blocks]
    known = with_found(given) if found else given
    message = {"blocks": known, **({"is_rtl": True} if is_rtl else {})}
    return Media("rich_message", {"rich_message": message}, words_of(known))


def poll(question: str, options: Sequence[str] = ("Yes", "No"), *, kind: str = "regular") -> Media:
    """Return a poll; its kind is "regular" or "quiz"."""
    return Media(
        "poll",
        {
            "poll": {
                "id": _number(question),
                "question": question,
                "options": [
                    {"persistent_id": str(number), "text": option, "voter_count": 0}
                    for number, option in enumerate(options)
                ],
                "total_voter_count": 0,
                "is_closed": False,
                "is_anonymous": True,
                "type": kind,
                "allows_multiple_answers": False,
                "allows_revoting": False,
                "members_only": False,
            }
        },
        question,
    )


def checklist(title: str, tasks: Sequence[str]) -> Media:
    """Return a checklist."""
    listed = [{"id": number, "text": task} for number, task in enumerate(tasks, 1)]
    return Media("checklist", {"checklist": {"title": title, "tasks": listed}}, title)


def game(title: str, description: str = "A game of skill") -> Media:
    """Return a game."""
    told = {"title": title, "description": description, "photo": [_PICTURE]}
    return Media("game", {"game": told}, title)


def contact(first_name: str, phone_number: str = "+15550100") -> Media:
    """Return a contact."""
    told = {"phone_number": phone_number, "first_name": first_name}
    return Media("contact", {"contact": told}, first_name)


def story(chat: Chat, number: int = 1) -> Media:
    """Return a story of a chat; a bot is not told what it shows."""
    return Media("story", {"story": {"chat": chat.to_json(), "id": number}})


def paid_media(stars: int = 5) -> Media:
    """Return media that is to be paid for; it may have a caption."""
    preview = {"type": "preview", "width": 640, "height": 360}
    return Media("paid_media", {"paid_media": {"star_count": stars, "paid_media": [preview]}})


def location(latitude: float = 24.5, longitude: float = 61.25) -> Media:
    """Return a place on the map."""
    return Media("location", {"location": {"latitude": latitude, "longitude": longitude}})


def dice(value: int = 6) -> Media:
    """Return a thrown dice."""
    return Media("dice", {"dice": {"emoji": "🎲", "value": value}})


def unheard_of(field: str, value: Any) -> Media:
    """Return content of a kind that no library knows yet, in a field of its own."""
    return Media(field, {field: value})


def _number(words: str) -> str:
    return str(5_000_000_000 + zlib.crc32(words.encode()))
