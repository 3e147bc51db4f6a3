"""Tells parts of a citation: what somebody asks of a quote, what is new at the next paragraph."""

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


def speaker_if_new(citation: Citation, known: Citation | None, strings: Strings) -> str:
    """Return the speaker and label of a paragraph, plain; empty if both are as in *known*."""
    if known is None or (citation.speaker, citation.role) != (known.speaker, known.role):
        return strings.who(citation)
    return "" if citation.attribution is known.attribution else strings.attribution_label(citation)


def section_if_new(citation: Citation, known: Citation | None, strings: Strings) -> str:
    """Return the heading above a paragraph, plain; empty if it is as in *known*, or none."""
    if known and citation.section == known.section:
        return ""
    return strings.short_title(citation.section)
