"""Reads Word documents (.docx): the text as it is printed, and what it says of itself.

Tracked insertions are kept, deletions, hidden text and comments are told apart; numbers stand as
Word prints them. Which claims become fields is decided in ``drafting``. The format is ECMA-376.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from documents.model import (
    Block,
    BlockKind,
    Claim,
    Extract,
    Field,
    LeftOut,
    Source,
    Unreadable,
    Warned,
    Why,
)
from documents.reading.office.word_numbering import Numbering
from documents.reading.office.word_parts import Found, Parts
from documents.reading.office.word_styles import Styles
from documents.reading.office.word_text import read_part
from documents.reading.office.written_changes import change_warnings, embargoes_beside
from documents.reading.office.written_titles import title_claims
from documents.reading.packages import Package, child, children

_OFFICE = "http://schemas.openxmlformats.org"
#: The same names in the strict form that ISO 29500 has made of them.
_STRICT = "http://purl.oclc.org/ooxml"
_PREFIXES = {
    f"{_OFFICE}/wordprocessingml/2006/main": "w",
    f"{_STRICT}/wordprocessingml/main": "w",
    f"{_OFFICE}/officeDocument/2006/math": "m",
    f"{_STRICT}/officeDocument/math": "m",
    f"{_OFFICE}/officeDocument/2006/relationships": "r",
    f"{_STRICT}/officeDocument/relationships": "r",
    f"{_OFFICE}/markup-compatibility/2006": "mc",
    f"{_OFFICE}/package/2006/relationships": "rel",
    f"{_OFFICE}/package/2006/metadata/core-properties": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
}
_DOCUMENT = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
#: Notes that only hold the line above all notes.
_NO_NOTES = frozenset(("separator", "continuationSeparator", "continuationNotice"))


@dataclass(frozen=True, slots=True)
class _Document:
    """An open document, and the names of its parts by what they are."""

    package: Package
    name: str
    parts: dict[str, list[str]]

    def roots(self, kind: str) -> Iterator[Element]:
        """Yield the parts of a *kind*: "styles", "header"."""
        for name in dict.fromkeys(self.parts.get(kind, ())):
            root = self.package.xml(name, _PREFIXES)
            if root is not None:
                yield root

    def root(self, kind: str) -> Element | None:
        """Return the first part of a *kind*, if there is one."""
        return next(self.roots(kind), None)


def read_docx(source: Source) -> list[Extract]:
    """Return the text of a Word document, as one extract.

    Raises:
        Unreadable: it is damaged, protected by a password, or has no text.
    """
    document = _opened(source)
    root = document.package.xml(document.name, _PREFIXES)
    body = child(root, "w:body")
    if body is None:
        raise Unreadable("it is damaged: it has no text part", "Get the file again, and add that.")
    found = Found()
    styles, numbering = Styles(document.root("styles")), Numbering(document.root("numbering"))
    notes = dict(_notes(document, Parts(styles=styles, numbering=numbering), found))
    blocks = read_part(body, Parts(styles=styles, numbering=numbering, notes=notes), found)
    if not blocks:
        raise _no_text(document.package)
    margins = Parts(styles=styles, numbering=Numbering(None))
    left_out = (*found.left_out, *dict.fromkeys(_beside(document, margins)))
    properties = document.package.xml(_PROPERTIES, _PREFIXES)
    return [
        Extract(
            blocks=tuple(blocks),
            claims=(*_claims(blocks, found, properties), *embargoes_beside(left_out)),
            left_out=left_out,
            warnings=tuple(_warnings(found, numbering)),
        )
    ]


def _opened(source: Source) -> _Document:
    package = Package(source)
    main = [name for kind, name in _related(package, "") if kind == "officeDocument"]
    name = next((one for one in main if one in package), _DOCUMENT)
    if name not in package:
        raise Unreadable(
            "it is no Word document: it has no text part", "Save it as .docx, and add that."
        )
    parts: dict[str, list[str]] = {}
    for kind, part in _related(package, name):
        parts.setdefault(kind, []).append(part)
    return _Document(package, name, parts)


def _related(package: Package, name: str) -> Iterator[tuple[str, str]]:
    """Yield what the part *name* refers to in the package: what it is there, and its name."""
    folder, file = posixpath.split(name)
    root = package.xml(posixpath.join(folder, "_rels", f"{file}.rels"), _PREFIXES)
    for one in children(root, "rel:Relationship"):
        if one.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
            yield one.get("Type", "").rpartition("/")[2], path.lstrip("/")


def _notes(
    document: _Document, parts: Parts, found: Found
) -> Iterator[tuple[tuple[str, str], list[Block]]]:
    for kind in ("footnote", "endnote"):
        for note in children(document.root(f"{kind}s"), f"w:{kind}"):
            if note.get("w:type") not in _NO_NOTES:
                texts = [block.text for block in read_part(note, parts, found)]
                blocks = [Block(text=text, kind=BlockKind.NOTE) for text in texts]
                yield (kind, note.get("w:id", "")), blocks


def _beside(document: _Document, parts: Parts) -> Iterator[LeftOut]:
    """Yield what stands beside the text: heads, feet, comments."""
    for kind, why in (("header", Why.HEADER), ("footer", Why.FOOTER)):
        for root in document.roots(kind):
            for block in read_part(root, parts, Found()):
                yield LeftOut(text=block.text, why=why)
    for comment in children(document.root("comments"), "w:comment"):
        text = " ".join(block.text for block in read_part(comment, parts, Found()))
        if text:
            yield LeftOut(text=text, why=Why.COMMENT)


def _claims(blocks: list[Block], found: Found, properties: Element | None) -> Iterator[Claim]:
    title = child(properties, "dc:title")
    in_properties = "" if title is None else title.text or ""
    yield from title_claims(blocks, found.titles, in_properties)
    modified = child(properties, "dcterms:modified")
    day = "" if modified is None else (modified.text or "").strip()[:10]
    if day:
        yield Claim(field=Field.MODIFIED, value=day, where="file properties")


def _warnings(found: Found, numbering: Numbering) -> Iterator[Warned]:
    yield from change_warnings(
        insertions=found.insertions,
        deletions=found.deletions,
        moves=found.moves,
        hidden=found.hidden,
        struck=found.struck > 0,
    )
    if any(one.why is Why.TEMPLATE for one in found.left_out):
        yield Warned(text="a placeholder that nobody filled in is left out")
    if found.embedded:
        yield Warned(text="a document that is embedded in it is not read")
    if numbering.unknown:
        forms = ", ".join(sorted(numbering.unknown))
        yield Warned(text=f"numbers of its lists are printed otherwise there ({forms})")


def _no_text(package: Package) -> Unreadable:
    if any(name.startswith("word/media/") for name in package.names):
        return Unreadable(
            "its pages are pictures, and have no text", "Ask for the text itself, or type it."
        )
    return Unreadable("there is no text in it", "Give a document that has text.")
