"""Writes a citation in the style that a newsroom, a journal or a bibliography asks for.

What each style says, and in what order, is in ``styles`` and ``bibtex``; the plain style is what
the bot writes beneath a quote, in the language of the conversation. Here a citation is made to fit.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

import regex

from bot.citations.bibtex import in_bibtex
from bot.citations.styles import Source, in_ap, in_apa, in_chicago
from bot.i18n.strings import Strings
from index import Citation

#: The least room that a citation can be made to fit, in characters. What is never left out fits
#: it in any language. Telegram's button that copies text has as much; a test holds it to that.
LEAST_ROOM = 256
#: How many characters of each name and of the title are kept: the first of these that fits.
_NAME_LENGTHS = (160, 120, 100, 80, 60, 50, 40, 30, 25, 20, 16, 12, 8, 4, 1)
#: What would break the line; a name has no use for it.
_NO_TEXT = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\s]+")
#: Direction controls that, left open, would reach beyond the name (Unicode Annex 9).
_REACHING = regex.compile(r"[\u202a-\u202e\u2066-\u2069]+")
#: What no address has, and what would show a different one.
_NO_ADDRESS = regex.compile(r"[\s\p{C}]")


class Style(StrEnum):
    """How a citation is written; the values are what users type.

    Buttons in messages that were sent carry a style's place in this list: add new ones at the end.
    """

    PLAIN = "plain"
    AP = "ap"
    CHICAGO = "chicago"
    APA = "apa"
    BIBTEX = "bibtex"


#: What each style is called on its button; the plain one has a name in each language.
LABELS = {Style.AP: "AP", Style.CHICAGO: "Chicago", Style.APA: "APA", Style.BIBTEX: "BibTeX"}


_WRITERS: dict[Style, Callable[[Source], str]] = {
    Style.AP: in_ap,
    Style.CHICAGO: in_chicago,
    Style.APA: in_apa,
}


def cite(citation: Citation, style: Style, strings: Strings, longest: int | None = None) -> str:
    """Return *citation* in *style*, on one line; only a BibTeX entry has several.

    With *longest*, in characters, it is one line in every style, and no longer than that: the link
    is left out first, then names and the title are shortened, all alike, with "…". The dates, the
    attribution label, the paragraph and the reference always remain.

    Raises:
        ValueError: *longest* is below :data:`LEAST_ROOM`.
    """
    citation = _on_one_line(citation)
    if longest is None:
        return _written(citation, style, strings, sys.maxsize)
    if longest < LEAST_ROOM:
        raise ValueError(f"no citation fits {longest} characters; allow {LEAST_ROOM} or more")
    line = _written(citation, style, strings, sys.maxsize, on_one_line=True)
    without_link = replace(citation, url="")
    for length in (sys.maxsize, *_NAME_LENGTHS):
        if len(line) <= longest:
            break
        line = _written(without_link, style, strings, length, on_one_line=True)
    return line


def _written(
    citation: Citation, style: Style, strings: Strings, length: int, *, on_one_line: bool = False
) -> str:
    """Return *citation* in *style*, with *length* characters at most of each name."""
    if style is Style.PLAIN:
        return _plain(citation, strings, length)
    if style is Style.BIBTEX:
        return in_bibtex(citation, length, on_one_line=on_one_line)
    return _WRITERS[style](Source.of(citation, length))


def _plain(citation: Citation, strings: Strings, length: int) -> str:
    reference = f"{strings.reference} {strings.isolated(citation.reference)}"
    link = [citation.url] if citation.url else []
    parts = [strings.who(citation, length), *strings.where(citation, length), *link, reference]
    return strings.direction.for_pasting(" · ".join(parts))


def _on_one_line(citation: Citation) -> Citation:
    """Return *citation* without what would break its line; a broken link is left out."""
    return replace(
        citation,
        title=_cleaned(citation.title),
        speaker=_cleaned(citation.speaker),
        role=_cleaned(citation.role),
        publisher=_cleaned(citation.publisher),
        section=_cleaned(citation.section),
        quoted_from=_cleaned(citation.quoted_from),
        url="" if _NO_ADDRESS.search(citation.url) else citation.url,
    )


def _cleaned(name: str) -> str:
    return _NO_TEXT.sub(" ", _REACHING.sub("", name)).strip()
