"""Gives a citation in the style that a newsroom, a journal or a bibliography asks for.

What each style says, in what order, is told in ``styles`` and ``bibtex``; the plain one is what the
bot says beneath a quote, in the language of the conversation. Here a citation is made to fit.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

import regex

from bot.citations.bibtex import in_bibtex
from bot.citations.styles import Source, in_ap, in_apa, in_chicago
from bot.i18n.strings import Strings
from index import Citation

#: The least that a citation can be asked to fit into, in characters: what a button of Telegram
#: copies (Bot API, CopyTextButton). What is never left out has room in that, in any language.
SHORTEST = 256
#: What would break the line; a name has no use for it.
_NO_TEXT = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\s]+")
#: Directions of writing that, left open, would reach beyond the name (Unicode Annex 9).
_REACHING = regex.compile(r"[\u202a-\u202e\u2066-\u2069]+")
#: What no address has, and what would show a different one.
_NO_ADDRESS = regex.compile(r"[\s\p{C}]")


class Style(StrEnum):
    """How a citation is written; the values are what people type."""

    PLAIN = "plain"
    AP = "ap"
    CHICAGO = "chicago"
    APA = "apa"
    BIBTEX = "bibtex"


_WRITERS: dict[Style, Callable[[Source], str]] = {
    Style.AP: in_ap,
    Style.CHICAGO: in_chicago,
    Style.APA: in_apa,
}


def cite(citation: Citation, style: Style, strings: Strings, longest: int | None = None) -> str:
    """Return *citation* in *style*, on one line; only a BibTeX entry has several.

    With *longest*, in characters, it is one line in every style, and no longer than that: the link
    is left out first, then names and titles are shortened, all alike, with "…". The dates, the sort
    of words, the paragraph and the reference always remain.

    Raises:
        ValueError: *longest* is below :data:`SHORTEST`.
    """
    if longest is not None and longest < SHORTEST:
        raise ValueError(f"no citation fits {longest} characters; allow {SHORTEST} or more")
    citation = _on_one_line(citation)
    if style is Style.PLAIN:
        return strings.on_one_line(citation, sys.maxsize if longest is None else longest)
    on_one_line = longest is not None
    line = _written(citation, style, sys.maxsize, on_one_line=on_one_line)
    if longest is None or len(line) <= longest:
        return line
    citation = replace(citation, url="")
    # The more of each name there is, the longer the line: the most that fits is found by halving.
    parts = [*range(1, longest), sys.maxsize]
    fitting = bisect_right(
        parts, longest, key=lambda part: len(_written(citation, style, part, on_one_line=True))
    )
    return _written(citation, style, parts[max(0, fitting - 1)], on_one_line=True)


def _written(citation: Citation, style: Style, part: int, *, on_one_line: bool) -> str:
    """Return *citation* in a *style* but the plain one, with so many characters of each name."""
    if style is Style.BIBTEX:
        return in_bibtex(citation, part, on_one_line=on_one_line)
    return _WRITERS[style](Source.of(citation, part))


def _on_one_line(citation: Citation) -> Citation:
    """Return *citation* without what would break its line; a broken link is left out."""
    return replace(
        citation,
        title=_plain(citation.title),
        speaker=_plain(citation.speaker),
        role=_plain(citation.role),
        publisher=_plain(citation.publisher),
        url="" if _NO_ADDRESS.search(citation.url) else citation.url,
    )


def _plain(name: str) -> str:
    return _NO_TEXT.sub(" ", _REACHING.sub("", name)).strip()
