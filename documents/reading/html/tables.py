"""Tells tables of figures, whose rows are blocks, from tables that only lay out a page."""

from __future__ import annotations

from documents.reading.html.tree import Element, names

_ROWS = frozenset(("thead", "tbody", "tfoot"))
_BLOCKS = names("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote section article pre")
#: Letters of a cell over which it is a text and no entry of a table.
_LONGEST_CELL = 1200


def lays_out(table: Element) -> bool:
    """Return whether *table* holds blocks: one cell a row, or cells with paragraphs in them."""
    widest = 0
    rows = _rows(table)
    # Who writes head cells means a table; entries of two or three short paragraphs stay entries.
    paragraphs = 3 if any(_children(row, "th") for row in rows) else 1
    for row in rows:
        cells = _children(row, "td", "th")
        widest = max(widest, sum(1 for cell in cells if cell.letters))
        if any(cell.letters > _LONGEST_CELL or _has_blocks(cell, paragraphs) for cell in cells):
            return True
    return widest < 2


def _children(row: Element, *tags: str) -> list[Element]:
    """Return the cells of *row*, or the rows of a part of a table: its children with *tags*."""
    return [one for one in row.children if isinstance(one, Element) and one.tag in tags]


def _rows(table: Element) -> list[Element]:
    """Return the rows of *table*, and not those of tables in it."""
    rows = []
    for child in table.children:
        if isinstance(child, Element):
            if child.tag == "tr":
                rows.append(child)
            elif child.tag in _ROWS:
                rows += [
                    one for one in child.children if isinstance(one, Element) and one.tag == "tr"
                ]
    return rows


def _has_blocks(cell: Element, most: int) -> bool:
    """Return whether *cell* holds a heading, a table, or more than *most* paragraphs."""
    blocks = 0
    for element in cell.within():
        if element.tag == "table" or element.tag in ("h1", "h2", "h3"):
            return True
        blocks += element.tag in _BLOCKS and element.letters > 0
        if blocks > most:
            return True
    return False
