"""Lays plain text out in the columns of a terminal, in which a Chinese character takes up two."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence


def width(text: str) -> int:
    """Return how many columns *text* takes up, about: two for a wide character, none for a mark."""
    if text.isascii():
        return len(text)
    marks = sum(unicodedata.category(character) in ("Mn", "Me", "Cf") for character in text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - marks


def clipped(text: str, columns: int) -> str:
    """Return as much of *text* as so many *columns* hold, a cut marked by an ellipsis."""
    if width(text) <= columns:
        return text
    shown = text[:columns]
    while width(shown) > columns - 1:
        shown = shown[:-1]
    return shown.rstrip() + "…"


def wrapped(text: str, columns: int) -> Iterator[str]:
    """Yield *text* in lines of so many *columns* at most, broken at spaces where there are any."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer) <= columns:
            line = longer
            continue
        if line:
            yield line
        line = word
        while width(line) > columns:
            part = line[:columns]
            while width(part) > columns:
                part = part[:-1]
            yield part
            line = line[len(part) :]
    if line:
        yield line


def beneath(label: str, text: str, columns: int, indent: int) -> Iterator[str]:
    """Yield *text* wrapped to the right of *label*, whose column is *indent* wide."""
    for line in wrapped(text, columns - indent):
        yield label + " " * (indent - width(label)) + line
        label = ""


def table(rows: Iterable[Sequence[str]], right: Sequence[bool], longest: int) -> Iterator[str]:
    """Yield *rows* as lines, their cells below each other, flush *right* or left by column.

    A cell is clipped to *longest* columns.
    """
    cells = [[clipped(cell, longest) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        line = ""
        for cell, columns, flush_right in zip(row, widths, right, strict=True):
            space = " " * (columns - width(cell))
            line += (space + cell if flush_right else cell + space) + "  "
        yield line.rstrip()
