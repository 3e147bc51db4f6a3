"""Divides a statement into parts, none larger than a rich message may be.

A part ends between paragraphs, and rather between sections; only a paragraph that is longer than a
message is cut, between words. How much room a paragraph needs is told by who writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from bot.rendering.fitting import between_words
from index import Citation, Hit

#: Characters that are escaped, and how many they become.
_ESCAPED = {"&": len("&amp;"), "<": len("&lt;"), ">": len("&gt;")}
#: A space after a space is written as a character reference.
_SPACE = len("&#32;")


@dataclass(frozen=True, slots=True)
class Room:
    """How much a part may have, or a paragraph needs."""

    #: Of the HTML.
    characters: int
    blocks: int

    def holds(self, needed: Room) -> bool:
        """Return whether there is as much as is *needed*."""
        return needed.characters <= self.characters and needed.blocks <= self.blocks

    def less(self, taken: Room) -> Room:
        """Return what is left when some is *taken*."""
        return Room(self.characters - taken.characters, self.blocks - taken.blocks)


@dataclass(frozen=True, slots=True)
class Slice:
    """As much of a paragraph as stands in one part: offsets in characters, end exclusive."""

    hit: Hit
    start: int
    stop: int


#: Returns how much room a slice needs after a paragraph with that citation; at the beginning of a
#: part there is none.
Needed: TypeAlias = Callable[[Slice, Citation | None], Room]


def parts_of(hits: Sequence[Hit], room: Room, needed: Needed) -> list[list[Slice]]:
    """Return the slices of each part of the statement whose paragraphs are all in *hits*."""
    filling = _Filling(room, needed)
    for _, section in groupby(hits, key=lambda hit: hit.citation.section):
        filling.put_section(list(section))
    return filling.parts


class _Filling:
    """Fills part after part with paragraphs."""

    def __init__(self, room: Room, needed: Needed) -> None:
        self.parts: list[list[Slice]] = [[]]
        self._room, self._needed = room, needed
        self._left = room
        #: What was cited last in this part.
        self._previous: Citation | None = None

    def put_section(self, hits: Sequence[Hit]) -> None:
        """Put the paragraphs under one heading, rather into a new part than divided late in one."""
        # An escaped character more or less does not matter here.
        length = sum(len(hit.paragraph.text) for hit in hits)
        if self._is_late() and self._left.characters < length < self._room.characters:
            self._open()
        for hit in hits:
            self._put(hit)

    def _put(self, hit: Hit) -> None:
        """Put a paragraph into this part or the next, or, if it is too long, into several."""
        text = hit.paragraph.text
        one = Slice(hit, 0, len(text))
        while not self._left.holds(needed := self._needed(one, self._previous)):
            if self.parts[-1] and (self._is_late() or self._room.holds(self._needed(one, None))):
                self._open()
                continue
            # Of one character: what stands around the text, and the marks of its cuts.
            around = self._needed(Slice(hit, one.start, one.start + 1), self._previous)
            spare = self._left.less(around).characters
            stop = between_words(text, _longest(text, one.start, spare), one.start + 1)
            cut = Slice(hit, one.start, stop)
            self._take(cut, self._needed(cut, self._previous))
            self._open()
            one = Slice(hit, len(text) - len(text[stop:].lstrip(" ")), len(text))
            if one.start == len(text):
                return
        self._take(one, needed)

    def _take(self, one: Slice, needed: Room) -> None:
        self.parts[-1].append(one)
        self._left = self._left.less(needed)
        self._previous = one.hit.citation

    def _is_late(self) -> bool:
        return self._left.characters < self._room.characters // 2

    def _open(self) -> None:
        # A new part names the section and the speaker again.
        self.parts.append([])
        self._left, self._previous = self._room, None


def _longest(text: str, start: int, room: int) -> int:
    """Return the last offset up to which *text*, escaped, has *room* characters from *start* on."""
    for offset in range(start, len(text)):
        after_space = text[offset] == " " and offset > start and text[offset - 1] == " "
        room -= _SPACE if after_space else _ESCAPED.get(text[offset], 1)
        if room < 0:
            return max(offset, start + 1)
    return len(text)
