"""Writes a citation as a BibTeX entry, ``@misc``: the type for what has no type of its own.

How a text is described, and whose it is, is the same in all styles: see ``styles``.
"""

from __future__ import annotations

import datetime
import re

from bot.citations.styles import Source
from index import Citation

#: What TeX takes for commands. The braces are spelled out, as BibTeX counts even escaped ones.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "$&#_%"},
    }
)
#: An address is taken as it is, but BibTeX counts its braces too.
_TEX_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
#: Names that every bibliography style defines, and writes in its own way.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def in_bibtex(citation: Citation, longest: int, *, on_one_line: bool = False) -> str:
    """Return an ``@misc`` entry, with *longest* characters at most of each name and the title.

    The key is the reference, which is the same on every machine. An author stands in two pairs of
    braces, which mean "as it is": otherwise BibTeX would split the name of a ministry, or one with
    the family name first, into first and last names. On one line, where there is little room, the
    month stands only in the note.
    """
    source = Source.of(citation, longest, _for_tex)
    issued = source.issued
    fields = {
        "author": source.author and f"{{{{{source.author}}}}}",
        "title": f"{{{{{source.title}}}}}",
        "howpublished": source.published_by and f"{{{source.published_by}}}",
        "year": f"{{{issued.year if issued else 'n.d.'}}}",
        "month": _MONTHS[issued.month - 1] if issued and not on_one_line else "",
        "note": f"{{{_note(source)}}}",
        "url": citation.url and f"{{{citation.url.translate(_TEX_ADDRESS)}}}",
    }
    key = re.sub(r"[^A-Za-z0-9-]", "", citation.reference)
    written = {name: value for name, value in fields.items() if value}
    if on_one_line:
        return f"@misc{{{key}, {', '.join(f'{name}={one}' for name, one in written.items())}}}"
    lines = "".join(f"  {name} = {one},\n" for name, one in written.items())
    return f"@misc{{{key},\n{lines}}}"


def _note(source: Source) -> str:
    """Return what BibTeX has no field for."""
    cited = source.citation
    what = source.described(_day(cited.date))
    if source.published:
        what += f", {source.verb} {_day(source.published)}"
    own = not source.secondhand and not source.is_anonymous
    begin = [source.role, what] if own and source.role else [what[0].upper() + what[1:]]
    return "; ".join([*begin, source.label, f"par. {cited.paragraph}; ref {cited.reference}"])


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else "n.d."


def _for_tex(text: str) -> str:
    return text.translate(_TEX)
