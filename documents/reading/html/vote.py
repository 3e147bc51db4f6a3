"""Asks trafilatura where the text of a page begins and ends; no word of the text is taken from it.

It changes characters and drops lists, so that it is no source of a text, but no other rules tell so
well which part of a page is one.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from documents.reading.html.walker import Placed

#: White space and what trafilatura may drop: joiners, soft hyphens, marks of direction, C1 bytes.
_UNSTABLE = regex.compile(r"[\s|\p{Cf}\p{Cc}]+")
_MARK = regex.compile(r"(?:[•·*-]|[0-9a-zA-Z]{1,6}\.)\s")
#: Letters from which a block is told by its words alone, wherever they stand.
_LONG = 25


@dataclass(frozen=True, slots=True)
class Vote:
    """What trafilatura takes for the text of a page, without white space."""

    text: str
    lines: frozenset[str]

    def has(self, placed: Placed) -> bool:
        """Return whether the block *placed* is in it."""
        key = _key(placed.block.text)
        if len(key) >= _LONG:
            return key in self.text or _key(_MARK.sub("", placed.block.text, count=1)) in self.text
        return key in self.lines or _key(_MARK.sub("", placed.block.text, count=1)) in self.lines


def vote(html: str) -> Vote | None:
    """Return trafilatura's vote on the page *html*; ``None`` if it finds no text in it.

    Raises:
        ImportError: it is not installed, or a part of it is not.
    """
    from trafilatura import extract  # noqa: PLC0415  # 0.7 s, and fragments do without it

    # What it complains of is no matter of the reader's.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = extract(html, include_comments=False, include_tables=True)
    if not text:
        return None
    lines = text.split("\n")
    return Vote(_key(text), frozenset(_key(line.removeprefix("- ")) for line in lines))


def long_enough(placed: Sequence[Placed]) -> list[Placed]:
    """Return those of *placed* that are long enough to be told by their words."""
    return [one for one in placed if len(_key(one.block.text)) >= _LONG]


def _key(text: str) -> str:
    return _UNSTABLE.sub("", text)
