"""Parses XML that a stranger wrote: depth and growth are limited, and nothing outside is opened.

An honest document declares entities of its own (TheyWorkForYou's has fifty), so these are read.
What the elements mean is left to the readers.
"""

from __future__ import annotations

from collections.abc import Collection
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

import regex

from documents.model import Source, Unreadable
from documents.reading.decoding import decode

#: Deeper than any document's elements; readers and ElementTree's own writer recurse to this depth.
DEEPEST = 200
#: Entities may make a text longer than the file by this factor, and by this much anyway. Expat's
#: own limit is a hundredfold, and begins at 8 MB (its documentation, "Billion laughs").
_GROWTH, _GROWN_ANYWAY = 10, 1_000_000
#: Bytes in which a declaration ends.
_DECLARATION = 500
_ENCODING = regex.compile(
    r"""^\s*+<\?xml[^>]{0,200}?\sencoding\s*+=\s*+["']([A-Za-z0-9_.:-]{1,40})["']"""
)
#: XML's white space; a no-break space is a character of the text.
_SPACES = regex.compile(r"[ \t\r\n\f]++")
_C1 = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}
_HAS_C1 = regex.compile("[\x80-\x9f]")
_SAVE_AGAIN = "Get it from its source again"


def read_tree(source: Source) -> Element:
    """Return the root element of the XML in *source*.

    Raises:
        Unreadable: it is no well-formed XML, is nested too deep, or its entities grow without end.
    """
    # An empty file is no damaged one.
    if not source.content.strip():
        raise Unreadable("it is empty: there is no text in it", _SAVE_AGAIN)
    # Not defusedxml: it refuses entities, which honest files declare.
    parser = XMLParser(target=_LimitedTree(len(source.content)))  # noqa: S314
    try:
        # As text, its own declaration of an encoding no longer counts.
        parser.feed(decode(source, declared_encoding(source.content)))
        root: Element = parser.close()
    except ParseError as error:
        what = f"it is not well-formed XML ({error})"
        raise Unreadable(what, _SAVE_AGAIN) from None
    return root


def declared_encoding(content: bytes) -> str:
    """Return the encoding that the XML in *content* declares, or an empty text."""
    match = _ENCODING.match(content[:_DECLARATION].decode("latin-1"))
    return match[1] if match else ""


def name_of(element: Element) -> str:
    """Return the name of *element* without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Return the attribute *name* of *element*, whatever its namespace; empty if it has none."""
    for key, value in element.attrib.items():
        if key == name or key.endswith(f"}}{name}"):
            return value.strip()
    return ""


def text_of(element: Element, without: Collection[str] = ()) -> str:
    """Return the words in *element* on one line, but for those in elements named in *without*."""
    pieces: list[str] = []
    pending: list[Element | str] = [element]
    while pending:
        one = pending.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        inside: list[Element | str] = [one.text or ""]
        for child in one:
            if name_of(child) not in without:
                inside.append(child)
            inside.append(child.tail or "")
        pending.extend(reversed(inside))
    return one_line("".join(pieces))


def one_line(text: str) -> str:
    """Return *text* with XML's white space as single spaces, and none at its ends."""
    return _SPACES.sub(" ", text).strip(" ")


class _LimitedTree(TreeBuilder):
    """Builds a tree of so many levels and so much text as a document of *size* bytes may have."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._depth = 0
        self._room = _GROWTH * size + _GROWN_ANYWAY

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Begin an element, unless it stands too deep."""
        self._depth += 1
        if self._depth > DEEPEST:
            what = f"its elements are nested more than {DEEPEST} deep"
            raise Unreadable(what, "Give the text of it alone")
        self._take(sum(map(len, attrs.values())))
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """End an element."""
        self._depth -= 1
        return super().end(tag)

    def data(self, data: str, /) -> None:
        """Add text, unless entities made too much of it."""
        self._take(len(data))
        # "&#146;" means the apostrophe of windows-1252, as on the web: text has no C1 controls.
        super().data(data.translate(_C1) if _HAS_C1.search(data) else data)

    def _take(self, length: int) -> None:
        self._room -= length
        if self._room < 0:
            what = "its entities stand for far more text than the file has"
            raise Unreadable(what, "Give the text of it alone")
