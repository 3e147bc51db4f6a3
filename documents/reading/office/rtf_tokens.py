"""Cuts RTF into groups, control words and bytes, and knows what they stand for.

It is linear, and copes with what is damaged: a control word that is none is text. What the words
do is left to ``rtf``. The format is Microsoft's Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import NamedTuple

import regex

_TOKEN = regex.compile(
    r"(?P<open>\{)|(?P<close>\})"
    r"|\\(?P<word>[A-Za-z]{1,32}+)(?P<number>-?\d{1,10}+)?[ ]?"
    r"|\\'(?P<byte>[0-9A-Fa-f]{2})"
    r"|\\(?P<symbol>[^A-Za-z])"
    r"|(?P<text>[^\\{}\r\n]++)"
    r"|[\r\n]|\\",
    regex.DOTALL,
)
#: What a control word stands for.
CHARACTERS = {
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
    "zwbo": "\u200b",
    "zwnbo": "\u2060",
    "~": "\u00a0",
    "-": "\u00ad",
    "_": "\u2011",
    "{": "{",
    "}": "}",
    "\\": "\\",
}
#: Groups whose words are read, and are no part of the text around them: what they become.
ASIDE = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    **{"footnote": "note", "annotation": "comment", "pntext": "mark", "listtext": "mark"},
    **{
        "info": "info",
        "title": "title",
        "fonttbl": "fonts",
        "stylesheet": "styles",
        "shptxt": "box",
    },
}
#: Groups without words of the text, beside those that say it themselves by ``\*``.
UNREAD = frozenset(
    (
        *("colortbl", "upr", "pict", "fldinst", "objdata", "shprslt", "nonshppict", "xe", "tc"),
        *("tcn", "bkmkstart", "bkmkend", "sp", "nonesttables", "private", "filetbl", "listtable"),
        *("listoverridetable", "revtbl", "rsidtbl", "author", "operator", "subject", "keywords"),
        *("doccomm", "comment", "company", "manager", "category", "atnid", "atnauthor", "pntxtb"),
        *("pntxta", "generator", "themedata", "colorschememapping", "latentstyles", "template"),
    )
)
#: Groups that older programs shall pass over, and we read.
STARRED = frozenset(
    ("shpinst", "annotation", "ud", "pntext", "listtext", "fldrslt", "shptxt", "nesttableprops")
)
#: The encodings of fonts, by ``\fcharset``; 2 is a font of symbols.
SYMBOL_CHARSET = 2
CHARSETS = {
    **{0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk"},
    **{136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256"},
    **{186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850"},
}
#: Code pages that Python calls otherwise than "cp" and their number.
_CODE_PAGES = {936: "gbk", 950: "big5", 1361: "johab", 10000: "mac-roman", 65001: "utf-8"}


class Token(NamedTuple):
    """A piece of RTF: of one of the kinds "{", "}", "word" and "bytes"."""

    kind: str
    #: The control word, or the sign of a control symbol.
    word: str = ""
    #: The number behind a control word; ``None`` if there is none.
    number: int | None = None
    content: bytes = b""


def tokens(content: bytes) -> Iterator[Token]:
    r"""Yield the tokens of *content*; what ``\bin`` announces is passed over."""
    text = content.decode("latin-1")
    place = 0
    while match := _TOKEN.match(text, place):
        place = match.end()
        match match.lastgroup:
            case "open":
                yield Token("{")
            case "close":
                yield Token("}")
            case "text":
                yield Token("bytes", content=match[0].encode("latin-1"))
            case "byte":
                yield Token("bytes", "'", content=bytes.fromhex(match["byte"]))
            case "symbol":
                sign = match["symbol"]
                yield Token("word", "par" if sign in "\r\n" else sign)
            case "word" | "number":
                number = None if match["number"] is None else int(match["number"])
                if match["word"] == "bin":
                    place += max(0, number or 0)
                else:
                    yield Token("word", match["word"], number)


def code_page(number: int) -> str:
    """Return Python's name of a code page; Western Europe's if it is not known."""
    name = _CODE_PAGES.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
