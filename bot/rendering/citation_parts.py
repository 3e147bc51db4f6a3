"""Renders what was asked about a quote, in a line for each quote that the message shows."""

from __future__ import annotations

from collections.abc import Sequence

from bot.citations.parts import parts_told
from bot.rendering.html import link, plain
from bot.rendering.source_link import source_link
from bot.rendering.view import Reply, View
from index import CitationPart, Hit, cited, is_linked


def render_citation_parts(hits: Sequence[Hit], parts: Sequence[CitationPart], view: View) -> Reply:
    """Return the reply that tells these *parts* of the citation of each of *hits*.

    Each line ends with the reference, by which a reader finds the quote again, and the bot what is
    said beneath the line.
    """
    return Reply("\n".join(_line(hit, parts, view) for hit in hits))


def _line(hit: Hit, parts: Sequence[CitationPart], view: View) -> str:
    strings, citation = view.strings, cited(hit)
    told = [plain(strings.withdrawal(citation))] if citation.withdrawn else []
    told += [plain(one) for one in parts_told(citation, parts, strings)]
    # A word that leads nowhere would be worse than none.
    if CitationPart.SOURCE in parts and is_linked(citation.url):
        told.append(link(source_link(hit), plain(strings.source)))
    reference = strings.isolated(f"<code>{citation.reference}</code>")
    return " · ".join([*told, f"{plain(strings.reference)} {reference}"])
