"""Finds the words beside some that are told of: "not" alone tells little, "will not open" much."""

from __future__ import annotations

from unicodedata import category, east_asian_width

from index import Span

#: A word beside another has at most so many characters, and where words have no spaces between
#: them, it is so many.
_NEIGHBOUR, _WIDE_NEIGHBOUR = 24, 4


def with_neighbours(text: str, span: Span, first: int, last: int) -> Span:
    """Return *span* of *text* with a word before and one after it, between *first* and *last*.

    Offsets are in characters, end exclusive. Marks at the new ends are left out.

    >>> text = "It will not open, she said."
    >>> text[slice(*with_neighbours(text, (8, 11), 0, len(text)))]
    'will not open'
    """
    start, stop = span
    low, high = max(first, start - _NEIGHBOUR), min(last, stop + _NEIGHBOUR)
    before, after = text[low:start], text[stop:high]
    start -= len(before) - _word_starts(before)
    stop += len(after) - _word_starts(after[::-1])
    while start < span[0] and category(text[start])[0] in "PZ":
        start += 1
    while stop > span[1] and category(text[stop - 1])[0] in "PZ":
        stop -= 1
    return start, stop


def is_one_character(text: str) -> bool:
    """Return whether *text* is one character of a script that has no spaces between words."""
    return len(text) == 1 and east_asian_width(text) in "WF"


def _word_starts(text: str) -> int:
    """Return where the last word of *text* starts; of a script without spaces, a few letters."""
    start = len(text.rstrip())
    stop = start
    while start and not text[start - 1].isspace():
        if east_asian_width(text[start - 1]) in "WF" and stop - start >= _WIDE_NEIGHBOUR:
            break
        start -= 1
    return start
