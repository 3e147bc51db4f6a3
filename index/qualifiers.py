"""Tells what limits the key sentence of a passage: the words that a reader should see beside it."""

from __future__ import annotations

from index.model.answer import Hit, Quote
from index.text.limits import limits_of, opens_with_limit


def limit_of(hit: Hit) -> Quote | None:
    """Return the first words of *hit*'s paragraph that limit its key sentence, if any do."""
    for limit in limits_of(hit.paragraph.text, *hit.sentence, hit.citation.language):
        return Quote(hit.paragraph, limit.start, limit.stop)
    return None


def limit_after(hit: Hit, following: Hit | None) -> Quote | None:
    """Return how the paragraph *following* limits *hit*'s, if it does and is of the same voice."""
    if following is None or following.paragraph.role is not hit.paragraph.role:
        return None
    if following.paragraph.speaker != hit.paragraph.speaker:
        return None
    limit = opens_with_limit(following.paragraph.text, following.citation.language)
    return Quote(following.paragraph, limit.start, limit.stop) if limit else None
