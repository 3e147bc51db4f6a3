"""Prints tables in Markdown on standard output, and progress on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence

#: What stands above it, and its cells by the names of their rows.
Column = tuple[str, Mapping[str, str]]

_BEGAN = time.monotonic()


def say(line: str) -> None:
    """Tell on standard error what is under way, and since how many seconds."""
    print(f"{time.monotonic() - _BEGAN:5.0f} s  {line}", file=sys.stderr, flush=True)


def print_table(corner: str, rows: Sequence[str], columns: Sequence[Column]) -> None:
    """Print *columns*; a row without a cell in one of them shows a dash, one in none is left out.

    >>> times = [("p50", {"ours": "1.2", "theirs": "3.4"}), ("p99", {"ours": "5.6"})]
    >>> print_table("ms", ["ours", "theirs", "another's"], times)
    | ms | p50 | p99 |
    | --- | ---: | ---: |
    | ours | 1.2 | 5.6 |
    | theirs | 3.4 | – |
    <BLANKLINE>
    """
    print(f"| {' | '.join([corner, *(heading for heading, _ in columns)])} |")
    print(f"| --- |{' ---: |' * len(columns)}")
    for row in rows:
        cells = [column.get(row, "–") for _, column in columns]
        if any(row in column for _, column in columns):
            print(f"| {' | '.join([row, *cells])} |")
    print(flush=True)
