"""Reads a fragment of HTML: the text of a feed's entry, of an e-mail, of an interface.

All of it is text of the statement; what a page has around it is for ``page`` to tell apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from documents.model import Block, LeftOut, Warned, Why
from documents.reading.html.headings import with_headings
from documents.reading.html.hidden import hidden
from documents.reading.html.notes import find_notes
from documents.reading.html.tree import parse
from documents.reading.html.walker import Walked, walk


@dataclass(frozen=True, slots=True)
class Fragment:
    """What was read from a fragment of HTML."""

    blocks: tuple[Block, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[Warned, ...] = ()


def read_fragment(html: str) -> Fragment:
    """Return all blocks of *html*; scripts, styles and hidden elements are left out.

    Raises:
        Unreadable: it is nested too deep.
    """
    root = parse(html)
    walked = walk(root, hidden, find_notes(root))
    return Fragment(
        tuple(with_headings(walked.kept)),
        tuple(walked.all_left_out()),
        tuple(what_was_changed(walked)),
    )


def plain(html: str) -> str:
    """Return the text of inline markup, such as a feed's title, on one line.

    >>> plain("Grounding of the MV <i>Halcyon</i> &amp; more")
    'Grounding of the MV Halcyon & more'
    """
    root = parse(html)
    return " ".join(placed.block.text for placed in walk(root, hidden).kept)


def what_was_changed(walked: Walked) -> list[Warned]:
    """Return what an editor should know of a walk: what was taken out from within the text."""
    struck = sum(1 for one in walked.all_left_out() if one.why is Why.DELETED)
    changes = [
        (
            walked.marks,
            "footnote mark taken out of the text",
            "footnote marks taken out of the text",
        ),
        (struck, "struck-through piece left out", "struck-through pieces left out"),
    ]
    return [Warned(text=f"{n} {one if n == 1 else more}") for n, one, more in changes if n]
