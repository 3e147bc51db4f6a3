"""Says where in a story an offset is: "line 12", or the paragraph of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.i18n.draft_places import numbered_places

#: So many places are named of many.
_MOST = 5


@dataclass(frozen=True, slots=True)
class Places:
    """The lines or paragraphs of a story."""

    noun: str
    #: Gives the number of the place that an offset is in, from 1.
    number: Callable[[int], int]

    @classmethod
    def of(cls, text: str, *, as_typed: bool) -> Places:
        """Return the places of *text*: its lines if it is *as_typed*, or else its paragraphs."""
        noun = "line" if as_typed else "paragraph"
        return cls(noun, numbered_places(text, as_typed=as_typed))

    def at(self, offset: int) -> str:
        """Return the place of *offset*: "line 12"."""
        return f"{self.noun} {self.number(offset)}"

    def listed(self, offsets: Iterable[int]) -> str:
        """Return the places of *offsets*, each once: "lines 3, 7, 12"; of many, the first."""
        numbers = list(dict.fromkeys(map(self.number, offsets)))
        if len(numbers) == 1:
            return f"{self.noun} {numbers[0]}"
        shown = ", ".join(map(str, numbers[:_MOST]))
        more = len(numbers) - _MOST
        return f"{self.noun}s {shown}" + (f" and {more} more" if more > 0 else "")
