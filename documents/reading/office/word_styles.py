"""Reads the styles of a Word document: what they make a heading, a title, bold, hidden, numbered.

What is inherited (``w:basedOn``) is resolved here; ECMA-376 part 1, section 17.7. How numbers
count is left to ``word_numbering``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from documents.reading.packages import child, children

#: The level that Word writes for text that is no heading.
_BODY_LEVEL = 9
#: Properties that a character style turns over where the paragraph's style has them too
#: (section 17.7.3): bold within a bold heading is not bold.
TOGGLES = ("w:b", "w:bCs", "w:vanish", "w:strike", "w:dstrike")


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits."""

    #: Its name in small letters: "heading 1", "title", "toc 2". Ids are translated, names are not.
    name: str = ""
    #: Of a heading, from 1; 0 if it is none.
    level: int = 0
    #: Its list, and the level there; empty and ``None`` if it has none.
    number_id: str = ""
    number_level: int | None = None
    toggles: Mapping[str, bool] = field(default_factory=dict)


PLAIN = Style()


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, root: Element | None) -> None:
        """Read ``word/styles.xml``; a document may have none."""
        found = [(one.get("w:styleId", ""), one) for one in children(root, "w:style")]
        self._elements = dict(found)
        self._resolved: dict[str, Style] = {}
        self._default = next(
            (
                name
                for name, one in found
                if one.get("w:type") == "paragraph" and is_on(one.get("w:default", "0"))
            ),
            "",
        )

    def of_paragraph(self, properties: Element | None) -> Style:
        """Return the style of a paragraph with these *properties* (``w:pPr``)."""
        return self.get(value(child(properties, "w:pStyle")) or self._default)

    def get(self, style_id: str) -> Style:
        """Return the style *style_id*; a plain one if it is not defined."""
        known = self._resolved.get(style_id)
        if known is None:
            known = PLAIN
            for element in reversed(self._chain(style_id)):
                known = _inherited(known, element)
            self._resolved[style_id] = known
        return known

    def _chain(self, style_id: str) -> list[Element]:
        """Return the style and what it is based on, which may be a ring in a damaged file."""
        chain: dict[str, Element] = {}
        while style_id in self._elements and style_id not in chain:
            chain[style_id] = self._elements[style_id]
            style_id = value(child(chain[style_id], "w:basedOn"))
        return list(chain.values())


def _inherited(base: Style, element: Element) -> Style:
    name = value(child(element, "w:name")).lower()
    properties = child(element, "w:pPr")
    level = heading_level(properties)
    if level is None:
        # Word's own headings are headings, also where a converter leaves out their level.
        of_name = name.removeprefix("heading ")
        level = int(of_name) if of_name != name and of_name in "123456789" else base.level
    number = child(properties, "w:numPr")
    number_id = value(child(number, "w:numId")) or base.number_id
    number_level = whole(child(number, "w:ilvl"), base.number_level)
    toggles = {**base.toggles, **toggles_of(child(element, "w:rPr"))}
    return Style(name, level, number_id, number_level, toggles)


def heading_level(properties: Element | None) -> int | None:
    """Return the level in *properties* (``w:pPr``), from 1; 0 for text, ``None`` if not told."""
    level = whole(child(properties, "w:outlineLvl"), None)
    if level is None:
        return None
    return level + 1 if 0 <= level < _BODY_LEVEL else 0


def toggles_of(properties: Element | None) -> dict[str, bool]:
    """Return which of ``TOGGLES`` the *properties* (``w:rPr``) turn on or off."""
    if properties is None:
        return {}
    return {one.tag: is_on(one.get("w:val", "1")) for one in properties if one.tag in TOGGLES}


def is_on(text: str) -> bool:
    """Return whether *text* is a true value of ST_OnOff."""
    return text not in ("0", "false", "off")


def value(element: Element | None) -> str:
    """Return the attribute ``w:val`` of *element*, or nothing."""
    return "" if element is None else element.get("w:val", "")


def whole(element: Element | None, otherwise: int | None) -> int | None:
    """Return ``w:val`` of *element* as a whole number; *otherwise* if it is none."""
    text = value(element)
    is_number = text.isascii() and text.isdigit() and len(text) < 9
    return int(text) if is_number else otherwise
