"""Tells the format of a document by its content; its name and what a server says come last."""

from __future__ import annotations

import codecs
import json
from enum import StrEnum

import regex

from documents.model import Source, Unreadable
from documents.reading import signatures


class Format(StrEnum):
    """What can be read; the values are what a person reads."""

    TEXT = "plain text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    PDF = "PDF"
    DOCX = "Word (.docx)"
    ODT = "OpenDocument (.odt)"
    EPUB = "EPUB"
    RTF = "RTF"
    EMAIL = "e-mail (.eml)"
    FEED = "RSS or Atom"
    CONTENT_API = "GOV.UK Content API"
    PUBLICWHIP = "publicwhip XML"
    TRANSCRIPTS = "PM Transcripts XML"
    AKOMA_NTOSO = "Akoma Ntoso"
    PARLAMINT = "ParlaMint"


#: The root element of an XML document, without its prefix and in small letters.
_ROOTS = {
    "rss": Format.FEED,
    "rdf": Format.FEED,
    "feed": Format.FEED,
    "publicwhip": Format.PUBLICWHIP,
    "transcripts": Format.TRANSCRIPTS,
    "akomantoso": Format.AKOMA_NTOSO,
    "tei": Format.PARLAMINT,
    "teicorpus": Format.PARLAMINT,
    "html": Format.HTML,
}
_ZIPS = {"docx": Format.DOCX, "odt": Format.ODT, "epub": Format.EPUB}
#: The elements that a piece of a page may begin with, or be made of.
_ELEMENTS = (
    "a|abbr|address|article|aside|b|base|blockquote|body|br|center|cite|dd|del|details|div|dl|dt|em"
    "|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|i|iframe|img|ins|li|link|main|mark"
    "|meta|nav|noscript|ol|p|pre|q|s|script|section|small|span|strong|style|sub|summary|sup|table"
    "|tbody|td|tfoot|th|thead|time|title|tr|u|ul"
)
#: Characters in which a format shows itself; an XML declaration of entities may be long.
_BEGINNING = 65_536
#: What may stand before the root element: white space, declarations, comments.
_COMMENT = r"<!--(?:[^-]++|-(?!->))*+(?:-->|\Z)"
_PROLOGUE = regex.compile(rf"\s++|<\?(?:[^?]++|\?(?!>))*+(?:\?>|\Z)|{_COMMENT}")
_DOCTYPE = regex.compile(r"<!doctype\s++([^\s>\[]++)", regex.IGNORECASE)
#: The rest of a document type declaration; its quotes and comments may hold any mark.
_SUBSET = regex.compile(
    rf"""[^\[>]*+(?:\[(?:{_COMMENT}|[^\]"'<]++|<|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+(?:\]|\Z))?+"""
    r"\s*+(?:>|\Z|)"
)
_ROOT = regex.compile(r"<(?:[\w.-]{1,64}+:)?([\w.-]{1,64}+)(?=[\s/>])([^>]{0,2000}+)")
_HTML = regex.compile(r"(?m)^[ \t]*+<(?:!doctype\s++html|html)\b", regex.IGNORECASE)
_TAG = regex.compile(rf"</?(?:{_ELEMENTS})(?=[\s/>])[^<>]{{0,2000}}+>", regex.IGNORECASE)
_HEADER = regex.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}+):[ \t\r\n]")
#: Headers that a mail program writes and a person who types "From:" does not.
_OF_MACHINES = frozenset(
    {
        "content-transfer-encoding",
        "content-type",
        "delivered-to",
        "dkim-signature",
        "message-id",
        "mime-version",
        "received",
        "return-path",
        "x-mailer",
    }
)
_KEY = regex.compile(r"([A-Za-z_][\w-]{0,60}+)[ \t]*+:(?=\s|$)")
_MARKDOWN = regex.compile(
    r"(?m)^(?:#{1,6}[ \t]++\S|[-*+][ \t]++\S|\d{1,9}+[.)][ \t]++\S|>[ \t]*+\S)"
    r"|\*\*[^*\n]{1,300}+\*\*|\]\([^()\s]{1,1000}+\)"
)
_SUFFIXES = {
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".shtml": Format.HTML,
    ".eml": Format.EMAIL,
}
_FILED = (
    "it is a statement file already",
    "Copy it into statements/ in the data folder, and run “onrecord check”",
)
_CUT = ("it is damaged: it is cut short, or changed", "Get the file again, and add that")


def format_of(source: Source) -> Format:
    """Return the format of *source*.

    Raises:
        Unreadable: it is empty, a statement file, damaged, or of a format that is not read.
    """
    content = source.content
    if not content.strip(b" \t\r\n\f\v\x00\xef\xbb\xbf"):
        raise Unreadable("it is empty: there is no text in it", "Give a file that has text")
    if signatures.is_zip(content):
        return _of_zip(content)
    signatures.refuse_known(content)
    if b"%PDF-" in content[:1024]:
        return Format.PDF
    beginning = _beginning(content)
    if beginning.startswith("{\\rtf"):
        return Format.RTF
    if content.startswith(b"From ") and b"\n\nFrom " in content:
        raise Unreadable("it is a mailbox of several messages", "Save each as .eml, and add these")
    return _of_json(content, beginning) or _of_markup(beginning) or _of_text(beginning, source)


def suffix_of(name: str) -> str:
    """Return the suffix of a file's or a link's *name* in small letters, with its point."""
    last = name.partition("?")[0].replace("\\", "/").rpartition("/")[2]
    return f".{last.rpartition('.')[2].lower()}" if "." in last else ""


def _of_zip(content: bytes) -> Format:
    kind = signatures.zip_format(content)
    if kind not in _ZIPS:
        raise signatures.refusal_of_zip(content)
    return _ZIPS[kind]


def _beginning(content: bytes) -> str:
    """Return the first characters, to look at their marks: what is no ASCII may be wrong."""
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"<\x00", "utf-16-le"),
        (b"\x00<", "utf-16-be"),
    ):
        if content.startswith(mark):
            begun = content[: 2 * _BEGINNING].decode(codec, "replace")
            return begun.lstrip("\ufeff \t\r\n\f\v")
    return content[:_BEGINNING].decode("latin-1").lstrip(" \t\r\n\f\v")


def _of_json(content: bytes, beginning: str) -> Format | None:
    if not beginning.startswith(("{", "[")):
        return None
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        if '"base_path"' in beginning or regex.match(r'\{\s*+"[^"\n]{1,100}+"\s*+:', beginning):
            return _of_json_lines(beginning)
        return None  # "[Applause]"
    if not isinstance(value, dict | list):
        return None
    if isinstance(value, dict) and "base_path" in value and "details" in value:
        return Format.CONTENT_API
    if isinstance(value, dict) and "title" in value and "speakers" in value:
        raise Unreadable(*_FILED)
    raise Unreadable(
        "it is JSON of a kind that is not read",
        "Save the page that shows the statement, and add that",
    )


def _of_json_lines(beginning: str) -> Format:
    """Refuse JSON that is no whole value: a statement a line, or damaged."""
    try:
        first = json.loads(beginning.partition("\n")[0])
    except (ValueError, RecursionError):
        raise Unreadable(*_CUT) from None
    if isinstance(first, dict) and "title" in first and "speakers" in first:
        raise Unreadable(*_FILED)
    raise Unreadable(
        "it is JSON of a kind that is not read",
        "Save the page that shows the statement, and add that",
    )


def _of_markup(beginning: str) -> Format | None:
    place = _after_prologue(beginning)
    declared = beginning.startswith("<?xml")
    if doctype := _DOCTYPE.match(beginning, place):
        if doctype[1].lower() == "html":
            return Format.HTML
        declared = True
        subset = _SUBSET.match(beginning, doctype.end())
        place = _after_prologue(beginning, subset.end()) if subset else len(beginning)
    root = _ROOT.match(beginning, place)
    if root and root[1].lower() in _ROOTS:
        return _ROOTS[root[1].lower()]
    if _HTML.search(beginning, 0, 4096):
        return Format.HTML  # after a server's warning, or a line that a browser wrote
    if root and _TAG.match(beginning, place):
        return Format.HTML
    if root and (declared or "xmlns" in root[2]):
        if root[1].lower() == "svg":
            raise Unreadable("it is an image (SVG)", "Give the document whose text it shows")
        raise Unreadable(
            f"it is XML of a kind that is not read (its root element is “{root[1]}”)",
            "Save the page that shows the statement, and add that",
        )
    if declared:
        raise Unreadable(*_CUT)
    return None


def _after_prologue(beginning: str, place: int = 0) -> int:
    while found := _PROLOGUE.match(beginning, place):
        place = found.end()
    return place


def _of_text(beginning: str, source: Source) -> Format:
    suffix = suffix_of(source.name) or suffix_of(source.url)
    media = source.content_type.partition(";")[0].strip().lower()
    keys = _front_matter(beginning)
    if {"title", "speakers"} <= keys:
        raise Unreadable(*_FILED)
    if keys:
        return Format.MARKDOWN
    if _is_email(beginning, told=suffix == ".eml" or media == "message/rfc822"):
        return Format.EMAIL
    if suffix in (".md", ".markdown", ".mdown") or media == "text/markdown":
        return Format.MARKDOWN if _MARKDOWN.search(beginning) else Format.TEXT
    if _is_piece_of_page(beginning):
        return Format.HTML
    if _SUFFIXES.get(suffix) is Format.HTML or media in ("text/html", "application/xhtml+xml"):
        return Format.HTML
    return Format.TEXT


def _front_matter(beginning: str) -> set[str]:
    """Return the keys between two lines of three dashes, in small letters; none without them."""
    lines = beginning.splitlines()
    if not lines or lines[0].rstrip() != "---":
        return set()
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ("---", "..."):
            # A key in the first line: other texts begin with a rule.
            if not _KEY.match(lines[1]):
                return set()
            return {key[1].lower() for one in lines[1:number] if (key := _KEY.match(one))}
    return set()


def _is_email(beginning: str, *, told: bool) -> bool:
    """Return whether *beginning* is a block of message headers; *told*: its name says so."""
    names: set[str] = set()
    lines = beginning.split("\n", 200)
    if lines[0].startswith(("From ", ">From ")):
        del lines[0]  # a mailbox's own line
    for line in lines:
        if not line.strip():
            break
        if line[0] in " \t":
            continue
        header = _HEADER.match(line + "\n")
        if header is None:
            return False
        names.add(header[1].lower())
    if told:
        return bool(names & {"from", "subject", "date", "to", *_OF_MACHINES})
    return "from" in names and bool(names & {"subject", "to", "date"} and names & _OF_MACHINES)


def _is_piece_of_page(beginning: str) -> bool:
    """Return whether most lines of *beginning* have a tag of HTML, and there are three or more."""
    seen = beginning[:16_384]
    lines = [line for line in seen.splitlines() if line.strip()]
    tagged = sum(1 for line in lines if _TAG.search(line))
    return sum(1 for _ in _TAG.finditer(seen)) >= 3 and 2 * tagged > len(lines)
