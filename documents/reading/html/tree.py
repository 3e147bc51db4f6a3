"""Parses HTML into a small tree of our own, which counts the letters in each element.

What an element means is told by the other modules. Nothing here goes down the tree by calling
itself: what is nested too deep is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import regex
from selectolax.lexbor import LexborHTMLParser, LexborNode

from documents.model import Unreadable

#: Levels; pages of people have some 30, and the HTML specification asks browsers for 512.
DEEPEST = 500
#: Unclosed elements at which lexbor, which looks through all of them for each new one, still takes
#: less than 0.1 s. It is ten times DEEPEST because the count before parsing is rough.
_MOST_UNCLOSED = 5000

#: The elements for which lexbor looks through those that are open.
_OPENING = regex.compile(
    r"<(/?)(address|article|aside|blockquote|center|dd|details|dialog|dir|div|dl|dt|fieldset"
    r"|figcaption|figure|footer|form|h[1-6]|header|hgroup|hr|li|main|menu|nav|ol|p|pre|search"
    r"|section|summary|table|ul)\b",
    regex.IGNORECASE,
)


def names(text: str) -> frozenset[str]:
    """Return the names in *text*: of elements, of classes."""
    return frozenset(text.split())


#: Elements without words of the page. ``<template>`` is empty in lexbor's tree.
_WORDLESS = names(
    "script style noscript template svg canvas audio video iframe object embed applet map"
)
_SPACES = regex.compile(r"[ \t\n\r\f]+")
#: Elements that may begin within a word.
_WITHIN_WORDS = names("abbr b bdi bdo cite em font i ins mark q small span strong sub sup u wbr")


class Element:
    """An element of a page; it is built once and then only read."""

    __slots__ = ("attributes", "children", "letters", "linked", "parent", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        """Begin the element *tag* in *parent*, without children."""
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []
        #: Characters of text in it that are no white space, and those of them in links.
        self.letters = 0
        self.linked = 0

    def get(self, name: str) -> str:
        """Return the attribute *name*, or nothing."""
        return self.attributes.get(name, "")

    def within(self) -> Iterator[Element]:
        """Yield it and all elements in it, in the order of the page."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [one for one in reversed(element.children) if type(one) is Element]

    def around(self) -> Iterator[Element]:
        """Yield it and the elements it stands in, from the inside out."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    def first(self, *tags: str) -> Element | None:
        """Return the first element in it with one of the *tags*."""
        return next((element for element in self.within() if element.tag in tags), None)

    def raw(self, between: str = "") -> str:
        """Return all text in it as it stands in the file, with *between* where elements begin."""
        parts: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            child = waiting.pop()
            if isinstance(child, str):
                parts.append(child)
            elif child.tag not in _WORDLESS or child is self:
                parts.append(
                    " " if child.tag == "br" else "" if child.tag in _WITHIN_WORDS else between
                )
                waiting.extend(reversed(child.children))
        return "".join(parts)

    def text(self) -> str:
        """Return all text in it on one line, for a person to look at."""
        return " ".join(self.raw(between=" ").split())


class Page:
    """A page and its elements by their tags, found once since many ask for them."""

    def __init__(self, root: Element) -> None:
        """Look through the page *root*."""
        self.root = root
        self.body = root.first("body") or root
        #: All elements, in the order of the page.
        self.elements = list(root.within())
        self._by_tag: dict[str, list[Element]] = {}
        for element in self.elements:
            self._by_tag.setdefault(element.tag, []).append(element)

    def all(self, tag: str) -> list[Element]:
        """Return all elements *tag*."""
        return self._by_tag.get(tag, [])

    @property
    def title(self) -> str:
        """What the window of a browser shows as its title, on one line."""
        found = self.all("title")
        return on_one_line(found[0].raw()) if found else ""


def on_one_line(text: str) -> str:
    """Return *text* on one line, its no-break spaces kept: HTML's white space is ASCII's."""
    return _SPACES.sub(" ", text).strip(" ")


def parse(html: str) -> Element:
    """Return the ``html`` element of *html*, which may be a fragment.

    Raises:
        Unreadable: it is nested more than ``DEEPEST`` levels deep.
    """
    _refuse_unclosed(html)
    # As a browser with scripts: what stands in <noscript> is then no part of the head or the page.
    root = LexborHTMLParser(_encodable(html), scripting=True).root
    if root is None:
        return Element("html", {}, None)
    return _copy(root)


def _copy(root: LexborNode) -> Element:
    """Return *root* as a tree of our own."""
    whole = element = _element(root, None)
    open_links = depth = 0
    node: LexborNode | None = root.child
    up = root
    while True:
        if node is None:
            # The element is done.
            parent = element.parent
            if parent is None:
                return whole
            parent.letters += element.letters
            parent.linked += element.linked
            open_links -= element.tag == "a"
            element, depth = parent, depth - 1
            node, up = up.next, _parent(up)
        elif node.is_text_node:
            text = node.text_content or ""
            element.children.append(text)
            if element.tag not in _WORDLESS:
                letters = len("".join(text.split()))
                element.letters += letters
                element.linked += letters if open_links else 0
            node = node.next
        elif not node.is_element_node:
            node = node.next
        else:
            depth += 1
            if depth > DEEPEST:
                raise _too_deep()
            child = _element(node, element)
            element.children.append(child)
            open_links += child.tag == "a"
            element, up, node = child, node, node.child


def _element(node: LexborNode, parent: Element | None) -> Element:
    """Return *node* without its children."""
    attributes = {name: value or "" for name, value in node.attributes.items()}
    return Element(node.tag or "", attributes, parent)


def _parent(node: LexborNode) -> LexborNode:
    """Return the parent of *node*, which is not the first."""
    parent = node.parent
    return node if parent is None else parent


def _refuse_unclosed(html: str) -> None:
    """Refuse *html* before it is parsed if that would take minutes."""
    unclosed: Counter[str] = Counter()
    for closing, tag in _OPENING.findall(html):
        if not closing:
            unclosed[tag] += 1
        elif unclosed[tag]:
            unclosed[tag] -= 1
    # These close one another, so that a page may leave out all of their end tags.
    nested = sum(count for tag, count in unclosed.items() if tag not in ("p", "li", "dd", "dt"))
    lists = max(unclosed["li"], unclosed["dd"], unclosed["dt"]) if nested > DEEPEST else 0
    if nested + lists - unclosed["hr"] > _MOST_UNCLOSED:
        raise _too_deep()


def _too_deep() -> Unreadable:
    return Unreadable(
        f"its elements are nested more than {DEEPEST} levels deep",
        "Open the page in a browser, copy its text and file that.",
    )


def _encodable(html: str) -> str:
    """Return *html* without halves of characters, which JSON can carry and UTF-8 cannot."""
    try:
        html.encode()
    except UnicodeEncodeError:
        return html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return html
