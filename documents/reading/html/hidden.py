"""Tells which elements a browser does not show, or that have no words of their own."""

from __future__ import annotations

from collections.abc import Mapping

import regex

from documents.model import Why
from documents.reading.html.tree import Element, names

_UNSHOWN = names(
    "script style noscript template svg canvas audio video iframe object embed applet map head "
    "title link meta input select option datalist textarea progress meter rp"
)
_STYLE = regex.compile(r"display\s{0,5}+:\s{0,5}+none|visibility\s{0,5}+:\s{0,5}+hidden")
#: Classes for words that only a screen reader speaks: "opens in a new window".
_CLASSES = names(
    "screen-reader-text sr-only visually-hidden visuallyhidden govuk-visually-hidden u-sr-only "
    "element-invisible show-for-sr a11y-hidden"
)
_BY_TAG = {
    **dict.fromkeys(("del", "s", "strike"), Why.DELETED),
    # How a word in Chinese characters is pronounced, above it.
    "rt": Why.OUTSIDE,
    "button": Why.NAVIGATION,
}


def unshown(element: Element) -> bool:
    """Return whether *element* never has words for a reader: a script, an input."""
    return element.tag in _UNSHOWN


def hidden(element: Element) -> Why | None:
    """Return why *element* is not read, if it is hidden, struck through, a control or a gloss."""
    if element.tag in _BY_TAG:
        return _BY_TAG[element.tag]
    attributes = element.attributes
    return Why.HIDDEN if attributes and _is_hidden(attributes) else None


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    """Return whether an element with *attributes* is hidden, from the eye or from all."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if _STYLE.search(attributes.get("style", "").lower()):
        return True
    return not _CLASSES.isdisjoint(attributes.get("class", "").lower().split())
