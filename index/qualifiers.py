"""Tells what limits the key sentence of a passage: the words that a reader should see beside it."""

from __future__ import annotations

from index.model.answer import Hit, Quote
from index.model.statement import Paragraph
from index.text.limits import limits_of, opens_with_limit


def limit_of(hit: Hit) -> Quote | None:
    """Return the first words that limit *hit*'s key sentence, if any do.

    They are in its paragraph, or begin the next one in the same voice.
    """
    text, language = hit.paragraph.text, hit.citation.language
    for limit in limits_of(text, *hit.sentence, language):
        return Quote(hit.paragraph, limit.start, limit.stop)
    if hit.statement is None or text[hit.sentence[1] :].strip():
        return None
    following = hit.statement.paragraphs[hit.paragraph.number :][:1]
    return _opening(hit.paragraph, following[0], language) if following else None


def limit_after(hit: Hit, following: Hit | None) -> Quote | None:
    """Return how the paragraph *following* limits *hit*'s, if it does and is of the same voice."""
    if following is None:
        return None
    return _opening(hit.paragraph, following.paragraph, following.citation.language)


def _opening(paragraph: Paragraph, following: Paragraph, language: str) -> Quote | None:
    if (following.speaker, following.role) != (paragraph.speaker, paragraph.role):
        return None
    limit = opens_with_limit(following.text, language)
    return Quote(following, limit.start, limit.stop) if limit else None
