"""Tells which character a symbol font draws: "•" for 0xB7 of Symbol, "✓" for 0xFC of Wingdings.

What is not known stays a private character: that the text then has it is judged elsewhere.
"""

from __future__ import annotations

import regex

#: Unicode's own table of Adobe's Symbol encoding (unicode.org, VENDORS/ADOBE/symbol.txt).
_SYMBOL = dict(
    zip(
        [*range(0x20, 0x7F), *range(0xA0, 0xF0), *range(0xF1, 0xFF)],
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?"
        "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
        "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
        "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
        "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)
#: The signs of Wingdings that stand in texts and before list items.
_WINGDINGS = {
    **{0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑"},
    **{0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←"},
    **{0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
#: Word keeps the characters of symbol fonts 0xF000 higher, in the private use area.
_PRIVATE = regex.compile("[\uf020-\uf0ff]")
#: Private characters of unknown fonts that are bullets nearly everywhere.
_BULLET = 0xB7


def symbol(font: str, code: int) -> str:
    """Return the character that *font* draws for *code*, in its own or in the private range.

    >>> symbol("Symbol", 0xF0B7), symbol("Wingdings", 0xFC), symbol("Arial", 0x41)
    ('•', '✓', 'A')
    """
    own = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if (known := _FONTS.get(font.lower())) and own <= 0xFF:
        return str(known.get(own, chr(0xF000 + own)))
    if own != code and own == _BULLET:
        return "•"
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def with_symbols(font: str, text: str) -> str:
    """Return *text* with the private characters that *font* draws replaced by what they are."""
    replaced: str = _PRIVATE.sub(lambda match: symbol(font, ord(match[0])), text)
    return replaced
