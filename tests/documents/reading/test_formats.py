"""The format of a document is told by its content; its name comes last."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from documents.model import Source, Unreadable
from documents.reading.formats import Format, format_of, suffix_of


def told(content: bytes | str, name: str = "document", content_type: str = "") -> Format:
    given = content if isinstance(content, bytes) else content.encode()
    return format_of(Source(name=name, content=given, content_type=content_type))


def zipped(*names: str, mimetype: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


DOCX = zipped("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"%PDF-1.7\n", Format.PDF),
        (b"\n\njunk before it\n%PDF-1.4\n", Format.PDF),
        (DOCX, Format.DOCX),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"), Format.ODT),
        (zipped("META-INF/container.xml", mimetype="application/epub+zip"), Format.EPUB),
        (rb"{\rtf1\ansi Good morning.}", Format.RTF),
        ('<?xml version="1.0"?>\n<!-- made --><rss version="2.0">', Format.FEED),
        ('<rdf:RDF xmlns:rdf="x">', Format.FEED),
        ('\ufeff<feed xmlns="http://www.w3.org/2005/Atom">', Format.FEED),
        ("<publicwhip>", Format.PUBLICWHIP),
        ("<transcripts>", Format.TRANSCRIPTS),
        ('<an:akomaNtoso xmlns:an="x">', Format.AKOMA_NTOSO),
        ("<teiCorpus>", Format.PARLAMINT),
        ('<TEI xmlns="http://www.tei-c.org/ns/1.0">', Format.PARLAMINT),
        ("<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'><p>", Format.HTML),
        ("<!-- saved from url=(0014)about:internet -->\r\n<HTML lang=en>", Format.HTML),
        ("Warning: a line of the server's<br />\n<!doctype html><html>", Format.HTML),
        ("<p>Good morning.</p>\n<p>Thank you.</p>", Format.HTML),
        ("Good <b>morning</b>.<br>\nThank you all.<br>\nGoodbye.<br>", Format.HTML),
        ('{"base_path": "/a", "details": {"body": ""}}', Format.CONTENT_API),
        ("Received: by a\nFrom: a@b.example\nSubject: A\n\nText", Format.EMAIL),
        ("From: <Saved by Blink>\nSubject: A\nMIME-Version: 1.0\n\n", Format.EMAIL),
        ("---\ndate: '2021-03-12'\ntitle: A\n---\n\nText", Format.MARKDOWN),
        ("Good morning.\n\nThank you.", Format.TEXT),
        ("From: the Press Office\nTo: editors\n\nGood morning.", Format.TEXT),
        ("[Applause]\n\nThank you.", Format.TEXT),
        ("{sic}", Format.TEXT),
        ("<Applause>\n\nThank you.", Format.TEXT),
        ("---\n\nNote: a rule above, a rule below\n\n---\n", Format.TEXT),
        ("MZEE MADE: a speaker with a program's first letters", Format.TEXT),
        ("if a < b and b > c, a <p> is named\n\nonce\n\nonly", Format.TEXT),
    ],
)
def test_a_format_shows_in_the_content(content: bytes | str, form: Format) -> None:
    assert told(content) is form


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_markup_in_utf_16_is_seen(codec: str) -> None:
    assert told("<!doctype html><p>Good morning.</p>".encode(codec)) is Format.HTML


def test_a_name_that_lies_is_not_believed() -> None:
    assert told(b"%PDF-1.7", "speech.html", "text/html") is Format.PDF
    assert told("<!doctype html>", "speech.pdf", "application/pdf") is Format.HTML


def test_the_name_decides_where_the_content_says_nothing() -> None:
    assert told("Good morning.", "a.html") is Format.HTML
    assert told("Good morning.", "a", "text/html; charset=utf-8") is Format.HTML
    assert told("**Good** morning.", "a.md") is Format.MARKDOWN
    assert told("Good morning.", "a.md") is Format.TEXT
    assert told("# Good morning", "a.txt") is Format.TEXT
    assert told("Subject: A\nDate: today\n\nText", "a.EML") is Format.EMAIL


def test_entities_before_the_root_element_are_passed() -> None:
    entities = "\n".join(f'<!ENTITY e{n} "&#{n};"> <!-- don\'t -->' for n in range(200, 300))
    document = f'<?xml version="1.0"?>\n<!DOCTYPE publicwhip\n[\n{entities}\n]>\n<publicwhip>'
    assert told(document) is Format.PUBLICWHIP


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf \r\n", "it is empty"),
        (b"\x89PNG\r\n\x1a\n...", "image"),
        (b"\xff\xd8\xff\xe0...", "image"),
        (b"RIFF\x10\x00\x00\x00WEBP", "image"),
        (b"\x00\x00\x00\x18ftypheic", "image"),
        (b"\x00\x00\x00\x18ftypmp42", "video"),
        ('<svg xmlns="http://www.w3.org/2000/svg">', "image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "(.doc)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "(.xls)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "before 2007"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "(.xlsx)"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "(.pptx)"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "spreadsheet"),
        (zipped("a.txt"), "zip archive"),
        (DOCX[: len(DOCX) // 2], "damaged"),
        (b"\x1f\x8b\x08...", "gzip"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"Rar!\x1a\x07\x01\x00", "RAR"),
        (b"MZ\x90\x00\x03", "program"),
        (b"\x7fELF\x02", "program"),
        ('<?xml version="1.0"?><invoice>', "“invoice”"),
        ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY', "damaged"),
        ('{"results": []}', "JSON"),
        ('{"base_path": "/a", "details": {"bo', "damaged"),
        ("---\ntitle: A\nspeakers:\n  - B\n---\n\nText", "statement file already"),
        ('{"title": "A", "speakers": ["B"], "text": "C"}\n' * 2, "statement file already"),
        ("From a@b Mon\nFrom: a\n\nText\n\nFrom c@d Tue\nFrom: c\n\n", "mailbox"),
    ],
)
def test_what_is_not_read_is_named(content: bytes | str, what: str) -> None:
    with pytest.raises(Unreadable) as refused:
        told(content)
    assert what in refused.value.what
    assert refused.value.repair


@pytest.mark.parametrize("content", ["<" * 500_000, "{" * 500_000, "[" * 500_000, "<!--" * 200_000])
def test_a_flood_of_marks_ends(content: str) -> None:
    try:
        told(content)
    except Unreadable as refused:
        assert refused.repair


def test_a_suffix_is_read_from_a_path_and_from_a_link() -> None:
    assert suffix_of("a/b.c/d.HTML") == ".html"
    assert suffix_of("https://a.example/b.pdf?c=d.e") == ".pdf"
    assert suffix_of(r"a\b") == ""


def test_every_shared_file_has_its_format(shared: Path) -> None:
    expected = {".pdf": Format.PDF, ".html": Format.HTML, ".md": Format.MARKDOWN}
    for path in sorted((shared / "wild").iterdir()):
        if path.suffix in expected:
            assert told(path.read_bytes(), path.name) is expected[path.suffix]
