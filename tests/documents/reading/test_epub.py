from __future__ import annotations

from pathlib import Path

import pytest
from made_packages import packed

from documents.model import BlockKind, Extract, Field, Source, Unreadable, Why
from documents.reading.epub import read_epub

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
_METADATA = (
    "<dc:title>White paper on rivers</dc:title><dc:creator>Ministry of Transport</dc:creator>"
)


def epub(
    pages: dict[str, str],
    *,
    metadata: str = _METADATA,
    spine: dict[str, str] | None = None,
    items: dict[str, str] | None = None,
    guide: str = "",
    others: dict[str, str] | None = None,
) -> Source:
    """Return a book of *pages*, each the inside of a body; *spine* and *items* add attributes."""
    manifest = "".join(
        f'<item id="{name}" href="text/{name}.xhtml" media-type="application/xhtml+xml"'
        f" {(items or {}).get(name, '')}/>"
        for name in reversed(pages)
    )
    references = "".join(
        f'<itemref idref="{name}" {(spine or {}).get(name, "")}/>' for name in pages
    )
    book = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{metadata}</metadata>'
        f"<manifest>{manifest}</manifest><spine>{references}</spine>{guide}</package>"
    )
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OEBPS/book.opf": book,
    }
    for name, body in pages.items():
        written = body if body.startswith("<html") else f"<body>{body}</body>"
        members[f"OEBPS/text/{name}.xhtml"] = (
            '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"'
            f' xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head>{written}</html>'
        )
    return packed({**members, **(others or {})})


def extract(source: Source) -> Extract:
    """Return the one extract of *source*."""
    (only,) = read_epub(source)
    return only


def texts(source: Source) -> list[str]:
    """Return the texts of the blocks of *source*."""
    return [block.text for block in extract(source).blocks]


def claims(found: Extract) -> list[tuple[Field, str, bool]]:
    """Return what is claimed."""
    return [(one.field, one.value, one.certain) for one in found.claims]


def test_the_spine_tells_the_order() -> None:
    assert texts(epub({"b": "<p>First.</p>", "a": "<p>Second.</p>"})) == ["First.", "Second."]


def test_contents_and_pages_beside_the_text_are_left_out() -> None:
    pages = {
        "cover": "<p>Cover words</p>",
        "nav": "<nav><ol><li><a href='a.xhtml'>Banks</a></li></ol></nav>",
        "colophon": "<section epub:type='copyright-page'><p>All rights reserved.</p></section>",
        "old": "<p><a href='a'>Banks</a></p><p><a href='b'>Locks</a></p><p><a href='c'>End</a></p>",
        "a": "<h1>Banks</h1><p>Text.</p>",
    }
    found = extract(epub(pages, spine={"cover": 'linear="no"'}, items={"nav": 'properties="nav"'}))
    assert [b.text for b in found.blocks] == ["Banks", "Text."]
    assert [(one.text, one.why) for one in found.left_out] == [
        ("Cover words", Why.NAVIGATION),
        ("1. Banks", Why.NAVIGATION),
        ("All rights reserved.", Why.ADVERTISING),
        ("Banks", Why.NAVIGATION),
        ("Locks", Why.NAVIGATION),
        ("End", Why.NAVIGATION),
    ]


def test_the_guide_of_an_older_book_tells_its_contents() -> None:
    guide = '<guide><reference type="toc" href="text/toc.xhtml"/></guide>'
    pages = {"toc": "<p>Contents</p>", "a": "<p>Text.</p>"}
    assert texts(epub(pages, guide=guide)) == ["Text."]


def test_a_footnote_stands_behind_its_paragraph_without_its_number() -> None:
    body = (
        "<p>One authority<a epub:type='noteref' href='#n1'>1</a>, with a budget.</p><p>Next.</p>"
        "<aside epub:type='footnote' id='n1'><p>1. Opinion of 4 February.</p></aside>"
    )
    found = extract(epub({"a": body}))
    assert [(b.kind, b.text) for b in found.blocks] == [
        (BlockKind.PARAGRAPH, "One authority, with a budget."),
        (BlockKind.NOTE, "Opinion of 4 February."),
        (BlockKind.PARAGRAPH, "Next."),
    ]


def test_notes_at_the_end_of_the_book_stand_where_they_are_referred_to() -> None:
    def chapter(n: int) -> str:
        mark = f"<a epub:type='noteref' href='notes.xhtml#n{n}'>{n}</a>"
        return f"<p>Chapter {n}{mark}.</p>"

    notes = "".join(f"<li id='n{n}' epub:type='endnote'><p>Note {n}.</p></li>" for n in (1, 2))
    pages = {"a": chapter(1), "b": chapter(2), "notes": f"<h1>Notes</h1><ol>{notes}</ol>"}
    found = extract(epub(pages))
    assert [b.text for b in found.blocks] == ["Chapter 1.", "Note 1.", "Chapter 2.", "Note 2."]
    assert [one.text for one in found.left_out] == ["Notes"]
    assert [one.text for one in found.warnings] == ["2 footnote marks taken out of the text"]


def test_a_number_that_belongs_to_a_note_stays() -> None:
    body = (
        "<p>Text<a epub:type='noteref' href='#n1'>1</a>.</p>"
        "<aside epub:type='footnote' id='n1'><p>2025 was a dry year.</p></aside>"
    )
    assert texts(epub({"a": body})) == ["Text.", "2025 was a dry year."]


def test_an_element_that_ends_itself_does_not_swallow_what_follows() -> None:
    body = (
        "<p>One<b/> two<i id='x'/>.</p><script src='x'/><span epub:type='pagebreak'/><p>Three.</p>"
    )
    found = extract(epub({"a": body}))
    assert [(b.text, b.bold) for b in found.blocks] == [("One two.", ""), ("Three.", "")]


def test_named_characters_of_html_are_read() -> None:
    assert texts(epub({"a": "<p>avant&nbsp;1930&#160;; A &amp; B &lt; C &eacute;</p>"})) == [
        "avant\u00a01930\u00a0; A & B < C é"
    ]


def test_a_page_that_is_no_xml_is_read_as_html() -> None:
    assert texts(epub({"a": "<p>One<br/>two.<p>Three<a id='x'/>.</b>"})) == ["One two.", "Three."]


def test_the_metadata_tell_title_day_language_and_publisher() -> None:
    metadata = (
        "<dc:title id='t2'>A subtitle</dc:title><dc:title id='t1'>Rivers</dc:title>"
        "<meta refines='#t1' property='title-type'>main</meta>"
        "<dc:date>2025-06-18T00:00:00Z</dc:date><dc:language>fr</dc:language>"
        "<dc:publisher>State Press</dc:publisher>"
        "<meta property='dcterms:modified'>2025-06-20T00:00:00Z</meta>"
    )
    assert claims(extract(epub({"a": "<p>x</p>"}, metadata=metadata))) == [
        (Field.TITLE, "Rivers", True),
        (Field.PUBLISHED, "2025-06-18", True),
        (Field.MODIFIED, "2025-06-20", False),
        (Field.PUBLISHER, "State Press", True),
        (Field.LANGUAGE, "fr", True),
    ]


def test_a_year_alone_is_no_day() -> None:
    found = extract(epub({"a": "<p>x</p>"}, metadata="<dc:date>2025</dc:date>"))
    assert claims(found) == []


def test_a_body_speaks_in_its_own_book_and_a_person_is_only_offered() -> None:
    metadata = (
        "<dc:creator>Ministère des Transports</dc:creator><dc:creator>Ilse Maratov</dc:creator>"
        "<dc:creator id='c'>A Translator</dc:creator>"
        "<meta refines='#c' property='role' scheme='marc:relators'>trl</meta>"
        "<dc:creator opf:role='ill'>An Artist</dc:creator>"
    )
    assert claims(extract(epub({"a": "<p>x</p>"}, metadata=metadata))) == [
        (Field.SPEAKER, "Ministère des Transports", True),
        (Field.SPEAKER, "Ilse Maratov", False),
    ]


def _encryption(algorithm: str) -> dict[str, str]:
    return {
        "META-INF/encryption.xml": '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
        f'<enc:EncryptedData><enc:EncryptionMethod Algorithm="{algorithm}"/></enc:EncryptedData>'
        "</encryption>"
    }


def test_a_protected_book_is_refused_and_scrambled_fonts_are_not() -> None:
    fonts = _encryption("http://www.idpf.org/2008/embedding")
    assert texts(epub({"a": "<p>Text.</p>"}, others=fonts)) == ["Text."]
    words = _encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    with pytest.raises(Unreadable, match="DRM"):
        read_epub(epub({"a": "<p>x</p>"}, others=words))


def test_a_book_without_text_or_parts_is_refused() -> None:
    with pytest.raises(Unreadable, match="no text"):
        read_epub(epub({"a": "<img src='x'/>"}))
    with pytest.raises(Unreadable, match="damaged"):
        read_epub(packed({"mimetype": "application/epub+zip"}))
    missing = packed({"META-INF/container.xml": _CONTAINER})
    with pytest.raises(Unreadable, match="damaged"):
        read_epub(missing)


def test_a_white_paper_is_read_in_order(shared: Path) -> None:
    path = shared / "made/livre-blanc.epub"
    found = extract(Source(name=path.name, content=path.read_bytes()))
    headings = [b.text for b in found.blocks if b.kind is BlockKind.HEADING]
    assert headings == ["Les berges", "Les écluses"]
    assert [b.text for b in found.blocks if b.kind is BlockKind.NOTE] == [
        "Avis du Conseil, 4 février 2025."
    ]
    assert any("autorité unique, dotée" in b.text for b in found.blocks)
    assert found.blocks[-1].text == "Aucun péage nouveau ne sera créé."
    assert (Field.PUBLISHED, "2025-06-18", True) in claims(found)
