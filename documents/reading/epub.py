"""Reads EPUB books: the documents of the spine in their order, without cover and contents.

The HTML itself is read by ``html``; here its footnotes are made what HTML has for them. The format
is EPUB 3.3 (w3.org/TR/epub-33); EPUB 2 books have the same parts.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urldefrag
from xml.etree.ElementTree import Element

import regex

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
from documents.reading.epub_pages import Page, page_of
from documents.reading.html.fragments import Fragment, read_fragment
from documents.reading.packages import Package, child, children

_PREFIXES = {
    "urn:oasis:names:tc:opendocument:xmlns:container": "container",
    "http://www.idpf.org/2007/opf": "opf",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/2001/04/xmlenc#": "enc",
}
_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
#: Fonts are scrambled so that they are not copied; the words are not (section 4.4).
_FONTS_ONLY = frozenset(("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"))
_PAGES = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml"))
#: Of whom a book may be: an author, or whoever made it; not a translator or an artist (MARC).
_AUTHORS = frozenset(("", "aut", "cre", "isb"))
#: Words of the name of a body: a book of one is its own statement.
_BODY = regex.compile(
    r"(?i)\b(?:ministr?(?:y|ère|erium|erio|ero|ério)|government|gouvernement|regierung|gobierno|governo"
    r"|department|département|departamento|dipartimento|commissi?on|comisión|comissão|kommission"
    r"|council|conseil|consejo|consiglio|rat|parliament|parlement|parlament|parlamento|senate|sénat"
    r"|assembly|assemblée|office|bureau|agency|agence|agencia|agentur|authority|autorité|autoridad"
    r"|secretariat|secrétariat|embassy|ambassade|republic|république|república|republik|kingdom"
    r"|royaume|nations|union|bank|banque|banco|institute|institut|instituto|cabinet|chancellery)\b"
    r"|министерство|правительство|совет|комиссия|وزارة|حكومة|外交部|政府|委员会|部$"
)
_MARKS = regex.compile(r"(\d{1,6}) footnote marks? taken out of the text")
_DAY = regex.compile(r"(\d{4}-\d{2}-\d{2})(?:$|T)")
#: What a whole document of the spine is, that is no text of the book.
_BESIDE = {
    **dict.fromkeys(("toc", "landmarks", "page-list", "loi", "lot", "index"), Why.NAVIGATION),
    **dict.fromkeys(("cover", "titlepage", "halftitlepage"), Why.NAVIGATION),
    **dict.fromkeys(("copyright-page", "colophon", "imprint"), Why.ADVERTISING),
}


@dataclass(frozen=True, slots=True)
class _Book:
    package: Package
    #: The package document, and the folder that its addresses start from.
    root: Element
    folder: str

    @property
    def items(self) -> dict[str, Element]:
        """The manifest: what is in the book, by id."""
        manifest = children(child(self.root, "opf:manifest"), "opf:item")
        return {one.get("id", ""): one for one in manifest}

    def path(self, href: str) -> str:
        """Return the member that *href* leads to from the package document."""
        return _resolved(self.folder, href)


def read_epub(source: Source) -> list[Extract]:
    """Return the text of a book, as one extract.

    Raises:
        Unreadable: it is damaged, protected against reading, or has no text.
    """
    book = _opened(source)
    pages = dict(_pages(book))
    blocks: list[Block] = []
    left_out: list[LeftOut] = []
    warnings: list[Warned] = []
    taken: set[Element] = set()
    for path, (page, is_beside) in pages.items():
        why = _BESIDE.get(page.role)
        if is_beside or page.is_contents:
            why = Why.NAVIGATION
        read = _read(page, path, {name: one for name, (one, _) in pages.items()}, taken)
        left_out += read.left_out
        if page.held(taken) and all(one.kind is BlockKind.HEADING for one in read.blocks):
            # Only the word "Notes" is left on it.
            why = why or Why.NAVIGATION
        if why is None:
            blocks += read.blocks
            warnings += read.warnings
        else:
            left_out += [LeftOut(text=block.text, why=why) for block in read.blocks]
    if not blocks:
        raise Unreadable("there is no text in it", "Give a book that has text.")
    return [
        Extract(
            blocks=tuple(blocks),
            claims=tuple(_claims(child(book.root, "opf:metadata"))),
            left_out=tuple(left_out),
            warnings=tuple(_summed(warnings)),
        )
    ]


def _opened(source: Source) -> _Book:
    package = Package(source)
    encryption = package.xml(_ENCRYPTION, _PREFIXES)
    for method in () if encryption is None else encryption.iter("enc:EncryptionMethod"):
        if method.get("Algorithm", "") not in _FONTS_ONLY:
            raise Unreadable(
                "it is protected against copying (DRM)", "Ask its publisher for the text."
            )
    container = package.xml(_CONTAINER, _PREFIXES)
    files = [] if container is None else list(container.iter("container:rootfile"))
    for file in files:
        name = file.get("full-path", "")
        root = package.xml(name, _PREFIXES)
        if root is not None:
            return _Book(package, root, posixpath.dirname(name))
    raise Unreadable(
        "it is damaged: it does not say what is in it", "Get the file again, and add that."
    )


def _pages(book: _Book) -> Iterator[tuple[str, tuple[Page, bool]]]:
    """Yield the documents of the spine by their names, and whether each is beside the text."""
    items, spine = book.items, child(book.root, "opf:spine")
    guide = {
        book.path(one.get("href", ""))
        for one in children(child(book.root, "opf:guide"), "opf:reference")
        if one.get("type") in ("toc", "cover", "title-page")
    }
    for reference in children(spine, "opf:itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or item.get("media-type", "") not in _PAGES:
            continue
        path = book.path(item.get("href", ""))
        is_nav = "nav" in item.get("properties", "").split()
        is_beside = is_nav or reference.get("linear") == "no" or path in guide
        if path not in book.package:
            raise Unreadable(
                f"it is damaged: its part {path!r} is missing", "Get the file again, and add that."
            )
        yield path, (page_of(book.package.read(path)), is_beside)


def _read(page: Page, path: str, pages: Mapping[str, Page], taken: set[Element]) -> Fragment:
    """Return what stands on *page*, with the notes that it refers to on other *pages*."""

    def note_at(href: str) -> tuple[Page, str] | None:
        address, name = urldefrag(href)
        target = pages.get(_resolved(posixpath.dirname(path), address)) if address else page
        return None if target is None or not name else (target, name)

    return read_fragment(page.html(note_at, taken))


def _resolved(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(urldefrag(href)[0])))


def _claims(metadata: Element | None) -> Iterator[Claim]:
    def texts(name: str) -> list[tuple[Element, str]]:
        told = [(one, " ".join((one.text or "").split())) for one in children(metadata, name)]
        return [(one, text) for one, text in told if text]

    def refined(element: Element, name: str) -> str:
        """Return what the metadata say of *element*, in EPUB 3's way or in EPUB 2's."""
        reference = f"#{element.get('id', '')}"
        for meta in children(metadata, "opf:meta"):
            if meta.get("property") == name and meta.get("refines") == reference:
                return (meta.text or "").strip()
        return element.get(f"opf:{name}", "")

    titles = texts("dc:title")
    main = [text for one, text in titles if refined(one, "title-type") == "main"]
    for title in [*main, *(text for _, text in titles)][:1]:
        yield Claim(field=Field.TITLE, value=title, where="book's metadata", certain=True)
    for date, text in texts("dc:date"):
        match = _DAY.match(text)
        if match and refined(date, "event") in ("", "publication"):
            where = "book's metadata"
            yield Claim(field=Field.PUBLISHED, value=match[1], where=where, certain=True)
            break
    for meta in children(metadata, "opf:meta"):
        is_modified = meta.get("property") == "dcterms:modified" and not meta.get("refines")
        if is_modified and (match := _DAY.match((meta.text or "").strip())):
            yield Claim(field=Field.MODIFIED, value=match[1], where="book's metadata")
    for creator, name in texts("dc:creator"):
        if refined(creator, "role") in _AUTHORS:
            is_body = _BODY.search(name) is not None
            where = "book's author"
            yield Claim(field=Field.SPEAKER, value=name, where=where, certain=is_body)
    for field, name in ((Field.PUBLISHER, "dc:publisher"), (Field.LANGUAGE, "dc:language")):
        for _, text in texts(name)[:1]:
            yield Claim(field=field, value=text, where="book's metadata", certain=True)


def _summed(warnings: Sequence[Warned]) -> Iterator[Warned]:
    """Yield each of *warnings* once; the marks of footnotes are counted over all pages."""
    counts = [match for one in warnings if (match := _MARKS.fullmatch(one.text))]
    if marks := sum(int(match[1]) for match in counts):
        plural = "" if marks == 1 else "s"
        yield Warned(text=f"{marks} footnote mark{plural} taken out of the text")
    yield from dict.fromkeys(one for one in warnings if not _MARKS.fullmatch(one.text))
