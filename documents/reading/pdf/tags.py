"""Reads which tagged element (a paragraph, a heading) each marked content of a page belongs to.

Word tags its PDFs; what the tags are worth is judged by ``paragraphs``.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

#: Elements that are a block of text; what is inside of one, such as Span, belongs to it.
_BLOCKS = frozenset(
    (
        *("P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Title"),
        *("LI", "Note", "FENote", "Caption", "BlockQuote", "TOCI"),
    )
)

#: More elements than any statement's page has.
_ENOUGH = 20_000


@dataclass(slots=True)
class Tags:
    """The tagged blocks of a document, numbered as they are met; one over two pages is one."""

    numbers: dict[tuple[int, ...], int] = field(default_factory=dict)
    #: The name of each block: P, H1, LI.
    names: list[str] = field(default_factory=list)

    def of_page(self, page: Any) -> dict[int, int]:
        """Return for each marked content's number on PDFium's *page* its block's number."""
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        if not tree:
            return {}
        try:
            return self._walk(tree)
        finally:
            pdfium.FPDF_StructTree_Close(tree)

    def _walk(self, tree: Any) -> dict[int, int]:
        found: dict[int, int] = {}
        waiting: list[tuple[Any, tuple[int, ...], int]] = [
            (pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), (at,), -1)
            for at in range(min(pdfium.FPDF_StructTree_CountChildren(tree), _ENOUGH))
        ]
        seen = 0
        while waiting and seen < _ENOUGH:
            element, path, block = waiting.pop()
            if not element or len(path) > 50:
                continue
            seen += 1
            name = _name(element)
            if block < 0 and name in _BLOCKS:
                block = self.numbers.setdefault(path, len(self.names))
                if block == len(self.names):
                    self.names.append(name)
            for at in range(pdfium.FPDF_StructElement_GetMarkedContentIdCount(element)):
                content = pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at)
                if content >= 0 and block >= 0:
                    found[content] = block
            for at in range(min(pdfium.FPDF_StructElement_CountChildren(element), _ENOUGH)):
                child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
                if child:
                    waiting.append((child, (*path, at), block))
        return found


def _name(element: Any) -> str:
    written = ctypes.create_string_buffer(64)
    pdfium.FPDF_StructElement_GetType(element, written, 64)
    return written.raw.decode("utf-16-le", "replace").split("\0", 1)[0]
