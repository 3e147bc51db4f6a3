"""Makes blocks of a paragraph as word processors keep it: runs of text, line breaks, a mark.

What a paragraph is, and which mark stands before it, is told by the readers of each format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from documents.model import Block, BlockKind
from documents.reading.html.lines import BREAK, Run, paragraphs

#: What ends a line in the characters of a text: vertical tab, next line, line separators.
_LINE_ENDS = regex.compile("[\x0b\x85\u2028\u2029]")
#: A paragraph in the style of a heading that is this long, and ends like a sentence, is text: a
#: heading is not numbered, nor quoted alone.
_LONGEST_HEADING = 120
_SENTENCE_END = regex.compile(r"""[.;!。！；۔…][)\]}”’»"']{0,2}$""")


def runs_of(text: str, *, bold: bool = False) -> Iterator[Run]:
    """Yield *text* as runs of one weight, with a break where a character in it ends a line."""
    first, *others = _LINE_ENDS.split(text)
    yield Run(first, bold)
    for other in others:
        yield BREAK
        yield Run(other, bold)


def blocks_of_runs(
    runs: Iterable[Run], kind: BlockKind, *, level: int = 0, mark: str = ""
) -> list[Block]:
    """Return the blocks in *runs*: two line breaks part them, and the first has the *mark*.

    *level* is a heading's. A block's lines are joined by spaces.
    """
    blocks = []
    for line in paragraphs(runs):
        text = mark + line.text
        is_heading = kind is BlockKind.HEADING
        if is_heading and len(text) > _LONGEST_HEADING and _SENTENCE_END.search(text):
            is_heading = False
        label = "" if mark else line.label
        if is_heading:
            blocks.append(Block(text=text, kind=kind, level=level))
        elif kind is BlockKind.HEADING or (kind is BlockKind.ITEM and not mark):
            kept = BlockKind.ITEM if mark else BlockKind.PARAGRAPH
            blocks.append(Block(text=text, kind=kept, bold=label, all_bold=line.all_bold))
        else:
            blocks.append(Block(text=text, kind=kind, bold=label, all_bold=line.all_bold))
        mark = ""
    return blocks
