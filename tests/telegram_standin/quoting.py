"""Compares what a bot's reply quotes with the message it replies to, marks and all.

"The quote must be an exact substring of the message to be replied to, including bold, italic,
underline, strikethrough, spoiler, custom_emoji, and date_time entities. The message will fail to
send if the quote isn't found in the original message": core.telegram.org/bots/api#replyparameters.
Of several places the nearest to the position asked for counts, as in `search_quote` of
MessageQuote.cpp in tdlib/td.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from telegram_standin.entities import Entity, utf16_length
from telegram_standin.marks import marks_within
from telegram_standin.messages import Message, Quote


def find_quote(
    message: Message, text: str, entities: Iterable[Entity] = (), position: int = 0
) -> Quote | None:
    """Return the quote as the reply keeps it, None where the message does not say so.

    The position is the one hoped for, in UTF-16 code units.
    """
    length = utf16_length(text)
    marks = marks_within(entities, 0, length)
    places = [
        utf16_length(message.words[: found.start()])
        for found in re.finditer(f"(?={re.escape(text)})", message.words)
    ]
    for place in sorted(places, key=lambda place: abs(place - position)):
        if set(marks) == set(marks_within(message.entities, place, place + length)):
            return Quote(text, place, marks)
    return None
