"""Makes HTML of the XHTML in a book, with what EPUB marks by ``epub:type`` said in HTML's words.

In XHTML any element may end itself (``<span/>``), which HTML reads as one that goes on; so it is
parsed as XML where it is XML, and written anew.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import regex

from documents.model import Unreadable
from documents.reading.packages import read_xml

_PREFIXES = {
    "http://www.w3.org/1999/xhtml": "",
    "http://www.idpf.org/2007/ops": "epub",
    "http://www.daisy.org/z3986/2005/dtbook/": "",
}
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_ENTITY = regex.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
#: An element that ends itself, in a page that is no well-formed XML.
_ENDS_ITSELF = regex.compile(r"<([A-Za-z][\w:.-]{0,40}+)([^<>]{0,2000}+)(?<=/)>")
#: The number of a note, which stands before its words as it does in the text.
_NUMBER = regex.compile(
    r"\s{0,20}+[\[(]?(?:\d{1,3}|[a-z]|[*†‡§]{1,4})(?:[.:)\]]|(?=\s|$))[.:)\]]?\s{0,20}+"
)
_AROUND = " \t\r\n[].():"
_LONGEST_MARK = 14
#: The share of letters in links from which a page is a table of contents.
_LINKED_SHARE = 0.8

#: Where the address of a mark leads: a page of the book, and the name of an element there.
NoteAt = Callable[[str], "tuple[Page, str] | None"]


@dataclass(frozen=True, slots=True)
class Page:
    """A document of a book."""

    #: Its root; ``None`` if it is no XML.
    root: Element | None
    #: Its text as it is in the file, for that case.
    source: str
    #: What the whole of it is by its ``epub:type``: "toc", "cover"; empty for text.
    role: str = ""
    by_name: dict[str, Element] = field(default_factory=dict)

    def html(self, note_at: NoteAt, taken: set[Element]) -> str:
        """Return it as HTML; *note_at* finds the notes that its marks lead to.

        Notes that stand on another page are written here, and added to *taken*: what is in it
        already is not written again.
        """
        if self.root is None:
            return _ENDS_ITSELF.sub(_ended, self.source)
        own = set(self.root.iter())
        elsewhere: list[Element] = []
        for note, number in list(_notes(self.root, note_at)):
            _take_number(note, number)
            if note not in own and note not in taken:
                taken.add(note)
                elsewhere.append(note)
        written = "".join(_written(self.root, taken))
        return written + "".join("".join(_written(note, set())) for note in elsewhere)

    def held(self, taken: set[Element]) -> bool:
        """Whether notes stood on it that were *taken* to where they are referred to."""
        return self.root is not None and not taken.isdisjoint(self.root.iter())

    @property
    def is_contents(self) -> bool:
        """Whether it is a table of contents: nearly all of its words are links."""
        if self.root is None:
            return False
        links = [len("".join(link.itertext()).strip()) for link in self.root.iter("a")]
        body = next((one for one in self.root if one.tag == "body"), self.root)
        letters = len("".join("".join(body.itertext()).split()))
        return len(links) > 2 and sum(links) >= _LINKED_SHARE * letters


def page_of(content: bytes) -> Page:
    """Return the XHTML *content* as a page; what is no well-formed XML is read as HTML."""
    text = _ENTITY.sub(_character, _decoded(content))
    try:
        root = read_xml(text.encode("utf-16"), _PREFIXES, "page")
    except Unreadable:
        return Page(None, text)
    by_name = {one.get("id", ""): one for one in root.iter() if one.get("id")}
    return Page(root, "", _role(root), by_name)


def _decoded(content: bytes) -> str:
    """Return *content* as text without its XML declaration; EPUB allows UTF-8 and UTF-16."""
    codec = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = content.decode(codec, "replace")
    if text.startswith("<?xml"):
        text = text.partition("?>")[2]
    return text


def _character(match: regex.Match[str]) -> str:
    """Return the character of HTML's named entity, which XML does not know."""
    return match[0] if match[1] in _XML_ENTITIES else html.unescape(match[0])


def _role(root: Element) -> str:
    """Return the type of the only section, or of the body, where that holds the whole page."""
    body = next((one for one in root if one.tag == "body"), None)
    while body is not None:
        if roles := _types(body):
            return roles[0]
        has_text = (body.text or "").strip() or any((one.tail or "").strip() for one in body)
        body = body[0] if len(body) == 1 and not has_text else None
        if body is not None and body.tag not in ("section", "div", "nav"):
            return ""
    return ""


def _types(element: Element) -> list[str]:
    return element.get("epub:type", "").split()


def _notes(root: Element, note_at: NoteAt) -> Iterator[tuple[Element, str]]:
    """Yield the notes that *root* refers to, and their marks; the marks become HTML's."""
    for mark in list(root.iter("a")):
        if "noteref" not in _types(mark) and mark.get("role") != "doc-noteref":
            continue
        place = note_at(mark.get("href", ""))
        note = place[0].by_name.get(place[1]) if place else None
        if note is None:
            continue
        number = "".join(mark.itertext()).strip()
        for inner in list(mark):
            mark.remove(inner)
        # The reader of HTML takes short marks out, and those behind this role.
        mark.text = number if len(number) <= _LONGEST_MARK else "*"
        mark.set("role", "doc-noteref")
        if place and place[0].root is not root:
            # Names are unique within a page only.
            note.set("id", f"{place[1]}-{id(note)}")
        mark.set("href", f"#{note.get('id', '')}")
        yield note, number


def _take_number(note: Element, number: str) -> None:
    """Take the *number* off the beginning of *note*: "1. Hearing of 12 March"."""
    for element in note.iter():
        if (element.text or "").strip():
            text = element.text or ""
            match = _NUMBER.match(text)
            if (
                element.tag != "a"
                and match
                and match[0].strip(" \t\r\n[].():") == number.strip("[].():")
            ):
                element.text = text[match.end() :]
            return


def _written(root: Element, without: set[Element]) -> Iterator[str]:
    """Yield *root* as HTML: not by ElementTree, which calls itself for each level.

    The elements *without* are not written.
    """
    waiting: list[Element | str] = [root]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
            continue
        if one in without:
            continue
        tag = one.tag.rpartition("}")[2]
        yield _opening(tag, one)
        if tag in _VOID:
            continue
        yield html.escape(one.text or "", quote=False)
        waiting.append(f"</{tag}>")
        for inner in reversed(one):
            waiting.append(html.escape(inner.tail or "", quote=False))
            waiting.append(inner)


def _opening(tag: str, element: Element) -> str:
    said = "".join(
        f' {name}="{html.escape(value)}"' for name, value in element.items() if "}" not in name
    )
    return f"<{tag}{said}>"


def _ended(match: regex.Match[str]) -> str:
    name, attributes = match[1], match[2].removesuffix("/")
    return f"<{name}{attributes}>" if name in _VOID else f"<{name}{attributes}></{name}>"
