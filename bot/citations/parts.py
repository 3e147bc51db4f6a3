"""Tells what somebody wants to know of a quote from its citation: who said it, when, where."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n.strings import Strings
from index import Citation, CitationPart


def parts_told(citation: Citation, parts: Sequence[CitationPart], strings: Strings) -> list[str]:
    """Return what *citation* tells of these *parts*, plain, to stand on one line.

    Who said it and whose words it is are told together, and so are the statement and its date.
    """
    told = []
    if CitationPart.SPEAKER in parts or CitationPart.WORDING in parts:
        told.append(strings.who(citation))
    title, *place = strings.where(citation)
    if CitationPart.SOURCE in parts:
        told += [title, *place]
    elif CitationPart.DATE in parts:
        told += filter(None, [title, strings.published_on(citation)])
    return told
