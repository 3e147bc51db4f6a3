"""Texts on which a regular expression that tries again and again takes longer than it should.

Each is one short piece repeated, with a head and an end that make a match fail late.
"""

from __future__ import annotations

from collections.abc import Iterator

_LETTERS = (
    "a",
    "Z",
    "ab ",
    "é",
    "中",
    "あ",
    "ア",
    "한",
    "ا",
    "ب",
    "א",
    "क",
    "क्",
    "ங",
    "ន",
    "ff",
    "III",
)
_SPACES = (" ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u3000", "\u2028", "a b", "\x1c")
_DIGITS = ("0", "12", "1,", "1.", "1-", "1 ", "١", "2025", "2025-02-06 ", "12345:", "x1", "1a")
_JOINTS = (
    *(
        "-",
        "--",
        "---",
        "a-",
        "a.",
        "A.",
        "a'",
        "'",
        "’",
        "l’",
        "'s",
        "–",
        "—",
        "‑",
        "·",
        "_",
        "/",
        "a/",
    ),
    *(".", "..", "…", "…a", ",", ", ", ";", ":", "a:", "A: ", "!", "?", "？", "。", "、"),
)
_MARKS = (
    *('"', '"a', "“", "”", "«", "»", "「", "」", "『", "‘", "(", ")", "((", "[", "]", "{", "}"),
    *(
        "<",
        "<a",
        "<a>",
        "</",
        "<code>",
        "{a}",
        "@{a}",
        "/a {a}",
        "&",
        "&amp;",
        "@",
        "#",
        "$",
        "%41",
    ),
    *("*", "|", "\\", "+", "=", "~", "^", "•", "🚢", "👨\u200d", "🇵🇰"),
)
_UNSEEN = (
    *("\u0301", "\u0316", "e\u0301", "\u200b", "\u200d", "\u200c", "\u2060", "\u200e", "\u200f"),
    *("\u2068", "\u2069", "\u202a", "\ufeff", "\xad", "\x00", "\x9b", "\ud800", "ு"),
)
_WORDS = (
    *("Mr ", "Mr. ", "e.g. ", "U.S.", "and ", "of ", "the ", "he said ", "said ", "according to "),
    *("from:", '-"', "after:", "in ", "Jan ", "Q: ", "QUESTION: ", "ref ", "K7Q2-", "K7Q2-M9XA"),
    *("http://", "https://a.", "www.", "a@b.", "date ", "who said ", "did ", "about ", "“a” "),
)
PIECES = (*_LETTERS, *_SPACES, *_DIGITS, *_JOINTS, *_MARKS, *_UNSEEN, *_WORDS)
#: What stands before, and what after.
_FRAMES = (
    ("", ""),
    ("", "!"),
    ("", "a"),
    ("", "\x00"),
    ("", "0"),
    ("a", "!"),
    ("A: ", "\n"),
    ("“", ")"),
)


def hostile_inputs(length: int) -> Iterator[str]:
    """Yield the texts, of *length* characters or a few more; the same ones for each length."""
    for piece in PIECES:
        repeated = (piece * (length // len(piece) + 1))[:length]
        for head, end in _FRAMES:
            yield f"{head}{repeated}{end}"
