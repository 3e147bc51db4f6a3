"""Finds footnotes: the marks in the text, and the elements that they lead to.

The walker leaves the marks out and puts each note behind the paragraph that first refers to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import regex

from documents.reading.html.tree import Element

#: "1", "[1]", "[footnote 1]", "(a)", "*", "†".
_MARK = regex.compile(
    r"[\[(]?\s?(?:(?:foot|end)?note\s)?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,4})[.:]?\s?[\])]?",
    regex.IGNORECASE,
)
_NAMED = regex.compile(r"fn|ft|note|ref|cite|edn", regex.IGNORECASE)
_BACK = frozenset(("↩", "↩︎", "↑", "^", "⏎", "⬆", "↵", "back", "return"))
#: What a note may be: the first of these around the target of the mark.
_HOLDERS = frozenset(("li", "p", "dd", "div", "td", "aside", "section"))
#: Letters over which an element that a mark leads to is no note.
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Notes:
    """The footnotes of a page."""

    #: The note that a mark leads to, by the mark's element.
    of_mark: Mapping[Element, Element]
    notes: frozenset[Element]
    #: What stands in a note and is none of its words: its number, the way back.
    ways_back: frozenset[Element]


NONE = Notes({}, frozenset(), frozenset())


def find_notes(root: Element) -> Notes:
    """Return the footnotes in *root*."""
    links = [one for one in root.within() if one.tag == "a" and one.get("href").startswith("#")]
    candidates = [link for link in links if _is_mark(link)]
    if not candidates:
        return NONE
    targets: dict[str, Element] = {}
    for element in root.within():
        for name in (element.get("id"), element.get("name") if element.tag == "a" else ""):
            if name:
                targets.setdefault(name, element)
    of_mark: dict[Element, Element] = {}
    notes: set[Element] = set()
    for link in candidates:
        target = targets.get(link.get("href")[1:])
        note = _holder(target) if target is not None else None
        if note is None or note.letters > _LONGEST or not note.letters or note in link.around():
            continue
        # A note's own number leads back to the text: whose mark leads to a text is none.
        if any(around in notes for around in link.around()):
            continue
        of_mark[_whole(link)] = note
        notes.add(note)
    backs = {
        link
        for link in links
        if any(around in notes for around in link.around())
        and (link.text().lower() in _BACK or _is_mark(link) or "back" in link.get("class"))
    }
    return Notes(of_mark, frozenset(notes), frozenset(backs))


def _is_mark(link: Element) -> bool:
    """Return whether *link* looks like a footnote mark."""
    if link.letters > 14 or not _MARK.fullmatch(link.text()):
        return False
    raised = any(
        one.tag == "sup" for one in (link, link.parent, link.first("sup")) if one is not None
    )
    told = link.get("role") == "doc-noteref" or link.get("rel") == "footnote"
    return raised or told or bool(_NAMED.search(link.get("href")))


def _holder(target: Element) -> Element | None:
    """Return the block that *target* is or stands in."""
    return next((one for one in target.around() if one.tag in _HOLDERS), None)


def _whole(link: Element) -> Element:
    """Return the element around *link* that holds nothing else: ``<sup>``."""
    whole = link
    while (
        whole.parent is not None
        and whole.parent.tag in ("sup", "span", "em", "small")
        and whole.parent.letters - whole.letters <= 2
    ):
        whole = whole.parent
    return whole
