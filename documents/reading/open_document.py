"""Reads OpenDocument texts (.odt): the text as it is printed, and what it says of itself.

What was deleted, hidden or noted beside the text is told apart. Which claims become fields is
decided in ``drafting``.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from documents.model import Block, Claim, Extract, Field, LeftOut, Source, Unreadable, Why
from documents.reading.office.open_document_paragraphs import Found
from documents.reading.office.open_document_styles import Styles
from documents.reading.office.open_document_text import read_text
from documents.reading.office.written_changes import change_warnings, embargoes_beside
from documents.reading.office.written_titles import title_claims
from documents.reading.packages import Package, child, children

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_PREFIXES = {
    **{f"{_OASIS}:{name}:1.0": name for name in ("office", "style", "text", "table", "meta")},
    f"{_OASIS}:drawing:1.0": "draw",
    f"{_OASIS}:manifest:1.0": "manifest",
    f"{_OASIS}:xsl-fo-compatible:1.0": "fo",
    f"{_OASIS}:svg-compatible:1.0": "svg",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_MARGINS = {
    **dict.fromkeys(("style:header", "style:header-left", "style:header-first"), Why.HEADER),
    **dict.fromkeys(("style:footer", "style:footer-left", "style:footer-first"), Why.FOOTER),
}


def read_odt(source: Source) -> list[Extract]:
    """Return the text of an OpenDocument, as one extract.

    Raises:
        Unreadable: it is damaged, protected by a password, or has no text.
    """
    package = Package(source)
    _refuse_encrypted(package)
    content = package.xml("content.xml", _PREFIXES)
    body = child(content, "office:body", "office:text")
    if body is None:
        raise Unreadable("it is damaged: it has no text part", "Get the file again, and add that.")
    common = package.xml("styles.xml", _PREFIXES)
    styles, found = Styles((common, content)), Found()
    blocks = read_text(body, styles, found)
    if not blocks:
        raise Unreadable("there is no text in it", "Give a document that has text.")
    changes = list(_changes_in(body))
    deleted = [LeftOut(text=t, why=Why.DELETED) for kind, t in changes if kind == "deletion" and t]
    left_out = (*found.left_out, *deleted, *dict.fromkeys(_margins(common, styles)))
    properties = child(package.xml("meta.xml", _PREFIXES), "office:meta")
    return [
        Extract(
            blocks=tuple(blocks),
            claims=(*_claims(blocks, found, properties), *embargoes_beside(left_out)),
            left_out=left_out,
            warnings=tuple(
                change_warnings(
                    insertions=sum(kind == "insertion" for kind, _ in changes),
                    deletions=sum(kind == "deletion" for kind, _ in changes),
                    hidden=found.hidden,
                    struck=found.struck,
                )
            ),
        )
    ]


def _refuse_encrypted(package: Package) -> None:
    manifest = package.xml("META-INF/manifest.xml", _PREFIXES)
    for entry in children(manifest, "manifest:file-entry"):
        if child(entry, "manifest:encryption-data") is not None:
            raise Unreadable(
                "it is protected by a password", "Save it without a password, and add that."
            )


def _margins(common: Element | None, styles: Styles) -> Iterator[LeftOut]:
    """Yield the heads and feet of the pages."""
    for page in children(child(common, "office:master-styles"), "style:master-page"):
        for margin in page:
            if margin.tag in _MARGINS and margin.get("style:display") != "false":
                for block in read_text(margin, styles, Found()):
                    yield LeftOut(text=block.text, why=_MARGINS[margin.tag])


def _claims(blocks: list[Block], found: Found, properties: Element | None) -> Iterator[Claim]:
    yield from title_claims(blocks, found.titles, _words_of(child(properties, "dc:title")))
    modified = _words_of(child(properties, "dc:date"))[:10]
    if modified:
        yield Claim(field=Field.MODIFIED, value=modified, where="file properties")


def _words_of(element: Element | None) -> str:
    """Return all words in *element*, on one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _changes_in(body: Element) -> Iterator[tuple[str, str]]:
    """Yield each change that is tracked in *body*: its kind, and the words that it took out."""
    for region in child(body, "text:tracked-changes") or ():
        for kind in ("insertion", "deletion"):
            change = child(region, f"text:{kind}")
            if change is not None:
                parts = [one for one in change if one.tag != "office:change-info"]
                yield kind, " ".join(filter(None, map(_words_of, parts)))
