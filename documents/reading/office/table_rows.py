"""Makes blocks of a table: a row each, or the paragraphs of its cells where it only lays out text.

Where the cells are is known to the readers of each format.
"""

from __future__ import annotations

from collections.abc import Sequence

from documents.model import Block, BlockKind

#: Blocks and letters of a cell over which it is a text and no entry of a table.
_MOST_BLOCKS, _LONGEST_CELL = 3, 1200
_SEPARATOR = " | "

Cell = Sequence[Block]


def table_blocks(rows: Sequence[Sequence[Cell]]) -> list[Block]:
    """Return the blocks of the table *rows*, each row a sequence of its cells' blocks.

    Footnotes stand behind the row whose cell refers to them. Empty cells within a row are kept,
    so that a figure stays below the right heading.
    """
    if max((sum(1 for cell in row if cell) for row in rows), default=0) < 2:
        return [block for row in rows for cell in row for block in cell]
    return [block for row in rows for block in _row(row)]


def _row(cells: Sequence[Cell]) -> list[Block]:
    if any(_is_text(cell) for cell in cells):
        return [block for cell in cells for block in cell]
    texts = [_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    row = _SEPARATOR.join(texts).strip(" |")
    notes = [block for cell in cells for block in cell if block.kind is BlockKind.NOTE]
    return [Block(text=row, kind=BlockKind.ROW), *notes] if row else notes


def _is_text(cell: Cell) -> bool:
    blocks = [block for block in cell if block.kind is not BlockKind.NOTE]
    return (
        len(blocks) > _MOST_BLOCKS
        or sum(len(block.text) for block in blocks) > _LONGEST_CELL
        or any(block.kind is BlockKind.ROW for block in blocks)
    )


def _text(cell: Cell) -> str:
    return " ".join(block.text for block in cell if block.kind is not BlockKind.NOTE)
