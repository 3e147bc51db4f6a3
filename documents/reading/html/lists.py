"""Tells the mark that a browser prints before an item of a list: "16. ", "c. ", "• "."""

from __future__ import annotations

from documents.reading.html.tree import Element
from documents.reading.numerals import letters, roman

_TYPES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_STYLES = {"lower-latin": "lower-alpha", "upper-latin": "upper-alpha"}
#: What a style says that prints no mark.
_NO_MARK = "none"
#: A mark of its own: ``list-style-type: "1) "``.
_QUOTED = ('"', "'")


class Numbering:
    """Counts the items of one list."""

    def __init__(self, element: Element) -> None:
        """Begin the list *element*: ``ol``, ``ul``, or what holds items without being a list."""
        self._ordered = element.tag == "ol"
        self._style = _style(element) or ("decimal" if self._ordered else "disc")
        self._step = -1 if "reversed" in element.attributes else 1
        items = sum(1 for one in element.children if isinstance(one, Element) and one.tag == "li")
        first = items if self._step < 0 else 1
        self._next = _number(element.get("start"), first)

    def mark(self, item: Element) -> str:
        """Return the mark of *item*, the next of the list, with a space behind it."""
        number = _number(item.get("value"), self._next) if self._ordered else 0
        self._next = number + self._step
        style = _style(item) or self._style
        if style == _NO_MARK:
            return ""
        if style.startswith(_QUOTED):
            return style[1:-1]
        return f"{numeral(number, style)}. " if self._ordered and style != "disc" else "• "


def numeral(number: int, style: str) -> str:
    """Return *number* as CSS prints it in *style*, such as "lower-roman"; else in digits.

    >>> numeral(3, "lower-alpha"), numeral(28, "upper-alpha"), numeral(14, "lower-roman")
    ('c', 'AB', 'xiv')
    """
    if style.endswith("alpha") and number > 0:
        text = letters(number)
    elif style.endswith("roman") and 0 < number < 4000:
        text = roman(number)
    else:
        return f"{number:02}" if style == "decimal-leading-zero" else str(number)
    return text.upper() if style.startswith("upper") else text


def _style(element: Element) -> str:
    """Return the kind of mark that *element* itself asks for."""
    for declaration in element.get("style").split(";"):
        name, _, value = declaration.partition(":")
        if name.strip().lower() in ("list-style-type", "list-style"):
            value = value.strip()
            if value.startswith(_QUOTED) and value[-1] == value[0] and len(value) > 1:
                return value
            for word in value.lower().split():
                if word == _NO_MARK or word in ("disc", "circle", "square", "decimal"):
                    return "disc" if word in ("circle", "square") else word
                if word.endswith(("-alpha", "-latin", "-roman", "-zero")):
                    return _STYLES.get(word, word)
    return _TYPES.get(element.get("type"), "")


def _number(text: str, otherwise: int) -> int:
    """Return *text* as a number, as long as a person would write it; or *otherwise*."""
    text = text.strip()
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-")
    return (
        sign * int(digits)
        if digits.isascii() and digits.isdigit() and len(digits) < 7
        else otherwise
    )
