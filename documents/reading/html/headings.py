"""Tells the headings that are set as bold paragraphs, as word processors and old pages do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import regex

from documents.model import Block, BlockKind
from documents.reading.html.walker import Placed

#: Characters; a longer bold line is a paragraph that is stressed.
_LONGEST = 150
#: What ends a sentence, a question (of an interview) or a label, and no heading.
_NO_HEADING = regex.compile(r"[.!?;:,。！？；：，؟۔…][\"”’»)\]]?$")
#: A label in capitals, "MR. MILLER", is no heading, nor is "Q".
_LABEL = regex.compile(r"(?:Q|A|MR|MS|MRS|DR|SIR)\b|\p{L}$")


def with_headings(placed: Sequence[Placed]) -> list[Block]:
    """Return the blocks of *placed*, bold lines being headings where there are several of them.

    A line that comes again is a speaker's name, and where most lines are bold none is a heading.
    """
    bold = [one.block for one in placed if one.all_bold and _may_be_heading(one.block)]
    times = Counter(block.text for block in bold)
    once = {text for text, count in times.items() if count == 1}
    if len(once) < 2 or 2 * len(bold) > len(placed):
        return [one.block for one in placed]
    last = len(placed) - 1
    return [
        replace(one.block, kind=BlockKind.HEADING, level=3, lines=())
        if one.all_bold and one.block.text in once and _may_be_heading(one.block) and at != last
        else one.block
        for at, one in enumerate(placed)
    ]


def _may_be_heading(block: Block) -> bool:
    """Return whether *block*, if it is bold, may be a heading."""
    return (
        block.kind is BlockKind.PARAGRAPH
        and len(block.text) <= _LONGEST
        and not _NO_HEADING.search(block.text)
        and not _LABEL.match(block.text)
    )
