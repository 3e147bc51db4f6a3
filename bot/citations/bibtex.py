"""Writes a citation as an ``@misc`` entry of a BibTeX file, the sort for what has no sort.

What the entry says of the text, and whose it is, are the other styles' too: ``styles`` tells.
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
#: An address is taken as it is, but its braces are counted too.
_TEX_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
#: Names that every bibliography style defines, and writes in its own way.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def in_bibtex(citation: Citation, longest: int, *, on_one_line: bool = False) -> str:
    """Return an ``@misc`` entry, with so many characters of each name and of the title.

    The key is the reference, which is the same on every machine. An author stands in two pairs of
    braces, which say "as it is": BibTeX would else part a ministry's name, or one with the family
    name first, into first and last names, and nothing tells which is which. On one line, where
    there is little room, the month is in the note alone.
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
        what += f", {source.made} {_day(source.published)}"
    own = not source.told and not source.questioning
    begin = [source.role, what] if own and source.role else [what[0].upper() + what[1:]]
    return "; ".join([*begin, source.sort, f"par. {cited.paragraph}; ref {cited.reference}"])


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else "n.d."


def _for_tex(text: str) -> str:
    return text.translate(_TEX)
