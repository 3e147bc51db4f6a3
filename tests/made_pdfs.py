"""Writes small PDFs by hand, each letter where the test wants it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 400, 600


@dataclass(frozen=True, slots=True)
class Put:
    """Words at a place, in points from the lower left corner; *font* is plain or bold."""

    x: float
    y: float
    text: str
    size: float = 10
    font: str = "plain"
    #: How its letters are turned: the first four numbers of a text's matrix.
    matrix: tuple[float, float, float, float] = (1, 0, 0, 1)
    #: How it is drawn; 3 is not at all.
    mode: int = 0


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Glyphs from left to right, as they look; each is the letters that it shows."""

    x: float
    y: float
    shown: Sequence[str]
    size: float = 10


Item = Put | Glyphs


def lines(*texts: str, x: float = 50, top: float = 500, leading: float = 14) -> list[Item]:
    """Return each text as a line, one under the other."""
    return [Put(x, top - leading * at, text) for at, text in enumerate(texts)]


def pdf(
    *pages: Sequence[Item],
    properties: dict[str, str] | None = None,
    rotate: int = 0,
    unmapped: bool = False,
) -> bytes:
    """Return a PDF of *pages*, 400 by 600 points each, with *properties* such as its Title.

    The pages are turned by *rotate* degrees; *unmapped* leaves out which letters glyphs show.
    """
    glyphs = sorted(
        {
            shown
            for page in pages
            for item in page
            if isinstance(item, Glyphs)
            for shown in item.shown
        }
    )
    objects: list[bytes] = []

    def add(body: str, stream: bytes | None = None) -> int:
        if stream is None:
            objects.append(body.encode("latin-1"))
        else:
            head = f"{body[:-2]} /Length {len(stream)} >>\nstream\n".encode("latin-1")
            objects.append(head + stream + b"\nendstream")
        return len(objects)

    add("")  # the catalogue, and the pages, which name what comes after them
    add("")
    fonts = {
        "plain": add(_standard_font("Helvetica")),
        "bold": add(_standard_font("Helvetica-Bold")),
    }
    if glyphs:
        fonts["glyphs"] = _add_glyph_font(add, glyphs, unmapped=unmapped)
    named = " ".join(f"/{name} {number} 0 R" for name, number in fonts.items())
    numbers = []
    for page in pages:
        content = add("<< >>", "\n".join(_drawn(item, glyphs) for item in page).encode("latin-1"))
        numbers.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate}"
                f" /Contents {content} 0 R /Resources << /Font << {named} >> >> >>"
            )
        )
    told = "".join(f" /{key} ({value})" for key, value in (properties or {}).items())
    info = add(f"<<{told} >>")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>".encode("latin-1")
    return _assembled(objects, info)


def _assembled(objects: Sequence[bytes], info: int) -> bytes:
    written = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        written += f"{place:010} 00000 n \n".encode()
    written += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {info} 0 R >>\n"
        f"startxref\n{start}\n%%EOF\n"
    ).encode()
    return bytes(written)


def _standard_font(name: str) -> str:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"


def _add_glyph_font(add: Callable[..., int], glyphs: Sequence[str], *, unmapped: bool) -> int:
    """Add a font whose glyphs are boxes, half as wide as high for each letter that they show."""
    widths = [_width(shown) for shown in glyphs]
    drawn = [
        add("<< >>", f"{width} 0 d0 20 0 {max(width - 40, 20)} 500 re f".encode())
        for width in widths
    ]
    procedures = " ".join(f"/g{at} {number} 0 R" for at, number in enumerate(drawn))
    names = " ".join(f"/g{at}" for at in range(len(glyphs)))
    mapped = "\n".join(
        f"<{at + 33:02X}> <{shown.encode('utf-16-be').hex()}>" for at, shown in enumerate(glyphs)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /G def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(glyphs)} beginbfchar\n{mapped}\nendbfchar\n"
        "endcmap end end"
    )
    to_unicode = add("<< >>", cmap.encode())
    letters = "" if unmapped else f"/ToUnicode {to_unicode} 0 R "
    return add(
        f"<< /Type /Font /Subtype /Type3 /FontBBox [0 -200 2000 800]"
        " /FontMatrix [.001 0 0 .001 0 0]"
        f" /CharProcs << {procedures} >> /Encoding << /Type /Encoding /Differences [33 {names}] >>"
        f" /FirstChar 33 /LastChar {32 + len(glyphs)} /Widths [{' '.join(map(str, widths))}]"
        f" {letters}/Resources << >> >>"
    )


def _width(shown: str) -> int:
    if "\u064b" <= shown <= "\u0652":
        return 0
    return 300 if shown == " " else 500


def _drawn(item: Item, glyphs: Sequence[str]) -> str:
    if isinstance(item, Glyphs):
        codes = "".join(f"{glyphs.index(shown) + 33:02X}" for shown in item.shown)
        return f"BT /glyphs {item.size} Tf {item.x} {item.y} Td <{codes}> Tj ET"
    escaped = item.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    place = f"{' '.join(map(str, item.matrix))} {item.x} {item.y} Tm"
    return (
        f"BT /{item.font} {item.size} Tf {item.mode} Tr {place} "
        f"({escaped.encode('cp1252').decode('latin-1')}) Tj ET"
    )
