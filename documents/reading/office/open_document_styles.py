"""Reads the styles of an OpenDocument text: what they make a title, bold, hidden, and its lists.

How the items of a list are counted is left to ``open_document_lists``. The format is OpenDocument
1.3, part 3 (docs.oasis-open.org/office/OpenDocument).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from documents.reading.office.open_document_lists import Levels, read_levels
from documents.reading.packages import child


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs or of words, with all that it inherits."""

    bold: bool = False
    hidden: bool = False
    struck: bool = False
    #: Whether it is that of a title, or inherits it.
    is_title: bool = False
    #: Whether it is that of an entry in a table of contents.
    is_contents: bool = False
    is_quote: bool = False
    #: The list that its paragraphs belong to; ``None`` if it does not say.
    list_style: str | None = None


class Styles:
    """The styles of a document, by their families and names."""

    def __init__(self, roots: Iterable[Element | None]) -> None:
        """Read the styles in *roots*: ``styles.xml`` and what ``content.xml`` adds."""
        self._elements: dict[tuple[str, str], Element] = {}
        self._resolved: dict[tuple[str, str], Style] = {}
        self._lists: dict[str, Levels] = {}
        #: The numbers of headings.
        self.outline: Levels = {}
        for root in roots:
            for tag in ("office:styles", "office:automatic-styles"):
                within = child(root, tag)
                for one in () if within is None else within:
                    self._add(one)

    def _add(self, element: Element) -> None:
        name = element.get("style:name", "")
        if element.tag == "style:style":
            self._elements[element.get("style:family", ""), name] = element
        elif element.tag == "text:list-style":
            self._lists[name] = read_levels(element)
        elif element.tag == "text:outline-style":
            self.outline = read_levels(element)

    def get(self, family: str, name: str) -> Style:
        """Return the style *name* of a *family*: "paragraph" or "text"."""
        known = self._resolved.get((family, name))
        if known is None:
            known = Style()
            for own_name, element in reversed(self._chain(family, name)):
                known = _inherited(known, own_name, element)
            self._resolved[family, name] = known
        return known

    def _chain(self, family: str, name: str) -> list[tuple[str, Element]]:
        """Return the style and its parents, which may be a ring in a damaged file."""
        chain: dict[str, Element] = {}
        while (family, name) in self._elements and name not in chain:
            chain[name] = self._elements[family, name]
            name = chain[name].get("style:parent-style-name", "")
        return list(chain.items())

    def levels(self, name: str) -> Levels:
        """Return the levels of the list style *name*, by their numbers from 1."""
        return self._lists.get(name, {})


def _inherited(base: Style, name: str, element: Element) -> Style:
    words = child(element, "style:text-properties")
    found = {} if words is None else words.attrib
    shown = (element.get("style:display-name") or name.replace("_20_", " ")).lower()
    weight = found.get("fo:font-weight")
    display = found.get("text:display")
    struck = found.get("style:text-line-through-style")
    own_list = element.get("style:list-style-name")
    return Style(
        bold=base.bold if weight is None else weight in ("bold", "600", "700", "800", "900"),
        hidden=base.hidden if display is None else display == "none",
        struck=base.struck if struck is None else struck != "none",
        is_title=base.is_title or shown == "title",
        is_contents=base.is_contents or shown.startswith("contents "),
        is_quote=base.is_quote or shown in ("quotations", "quotation", "quote"),
        list_style=base.list_style if own_list is None else own_list,
    )
