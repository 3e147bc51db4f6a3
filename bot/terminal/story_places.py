"""Tells where in a story an offset is: in which line, or in which paragraph of a document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

#: So many places are named of many.
_MOST = 5
_LINE, _PARAGRAPH = regex.compile(r"\n"), regex.compile(r"\n\n")


@dataclass(frozen=True, slots=True)
class Places:
    """The lines or paragraphs of a story."""

    noun: str
    _starts: Sequence[int]

    @classmethod
    def of(cls, text: str, *, as_typed: bool) -> Places:
        """Return the places of *text*: its lines if it is *as_typed*, or else its paragraphs."""
        breaks = _LINE if as_typed else _PARAGRAPH
        starts = [0, *(one.end() for one in breaks.finditer(text))]
        return cls("line" if as_typed else "paragraph", starts)

    def at(self, offset: int) -> str:
        """Return the place of *offset*: "line 12"."""
        return f"{self.noun} {self._number(offset)}"

    def listed(self, offsets: Iterable[int]) -> str:
        """Return the places of *offsets*, each once: "lines 3, 7, 12"; of many, the first."""
        numbers = list(dict.fromkeys(map(self._number, offsets)))
        if len(numbers) == 1:
            return f"{self.noun} {numbers[0]}"
        shown = ", ".join(map(str, numbers[:_MOST]))
        more = len(numbers) - _MOST
        return f"{self.noun}s {shown}" + (f" and {more} more" if more > 0 else "")

    def _number(self, offset: int) -> int:
        return bisect_right(self._starts, offset)
