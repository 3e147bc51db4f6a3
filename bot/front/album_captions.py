"""Remembers the caption of an album, which stands on one of its pictures alone.

Each picture of an album comes as a message of its own, and readers see the caption beneath them
all. Kept in memory only, for some hours; what a caption asks or states is left to others.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import TTLCache
from telegram import Message

from bot.front.contents import Contents, contents_of

#: Seconds for which a caption is kept: people doubt a picture on the day on which it is sent.
KEPT_FOR = 6 * 3600.0
#: How many are; the one that was not asked for the longest goes first. At a thousand characters
#: each, the most that a caption has for most people, 4 MB.
MOST = 1000


@dataclass(frozen=True, slots=True)
class _Caption:
    #: The picture it stands on.
    message_id: int
    contents: Contents


class AlbumCaptions:
    """The captions of the albums that were sent within the last hours."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Begin with none; *now* returns the time in seconds."""
        self._kept: TTLCache[tuple[int, str], _Caption] = TTLCache(MOST, KEPT_FOR, now)

    def note(self, message: Message) -> None:
        """Remember the caption of *message*, new or edited, if it is a picture of an album."""
        self._kept.expire()
        album = _album_of(message)
        if album is None:
            return
        known, contents = self._kept.get(album), contents_of(message)
        if contents is None:
            if known and known.message_id == message.message_id:
                # It was edited away.
                del self._kept[album]
        # Where several have one, that of the first picture stands for the album.
        elif known is None or message.message_id <= known.message_id:
            self._kept[album] = _Caption(message.message_id, contents)

    def of(self, message: Message) -> Contents | None:
        """Return the caption of the album that *message* is a picture of; ``None`` if unknown."""
        self._kept.expire()
        album = _album_of(message)
        known = self._kept.get(album) if album else None
        return known.contents if known else None


def _album_of(message: Message) -> tuple[int, str] | None:
    album = message.media_group_id
    return (message.chat.id, album) if isinstance(album, str) and album else None
