"""Writes a checked story as a JSON object for other programs; docs/command-line.md gives its form.

All offsets count characters of the draft as it was read, or of a paragraph, the end exclusive.
"""

from __future__ import annotations

from bot.terminal.json_output import citation_object, searched_object
from index import (
    CheckedQuotation,
    CheckedStory,
    Difference,
    Disagreement,
    Grade,
    Passage,
    Quote,
)


def story_object(story: CheckedStory, milliseconds: float) -> dict[str, object]:
    """Return *story*, the check of which took *milliseconds*, as a JSON object."""
    return {
        "quotations": [_quotation_object(one, story.draft) for one in story.quotations],
        "counts": {str(grade): story.count(grade) for grade in Grade},
        "searched": searched_object(story.searched),
        "short": len(story.short),
        "paraphrases": len(story.paraphrases),
        "unbalanced": list(story.unbalanced),
        "read": story.read,
        "ms": round(milliseconds, 3),
    }


def _quotation_object(checked: CheckedQuotation, draft: str) -> dict[str, object]:
    start, stop = checked.quotation.start, checked.quotation.stop
    passages = [*checked.passages, *([checked.nearest] if checked.nearest else [])]
    return {
        "start": start,
        "stop": stop,
        "text": draft[start:stop],
        "grade": str(checked.grade),
        "passages": [_passage_object(one) for one in checked.passages],
        "differences": [_difference_object(one, passages) for one in checked.differences],
        "disagreements": [_disagreement_object(one) for one in checked.disagreements],
        "limits": [_quote_object(one, passages) for one in checked.limits],
        "nearest": _passage_object(checked.nearest) if checked.nearest else None,
        "copies": [one.reference for one in checked.copies],
        "rule": checked.rule,
    }


def _passage_object(passage: Passage) -> dict[str, object]:
    start, stop = passage.written
    quote, citation = passage.quote, passage.citation
    return {
        "start": start,
        "stop": stop,
        "statement": citation.statement,
        "paragraph": citation.paragraph,
        "reference": citation.reference,
        "from": quote.start,
        "to": quote.stop,
        "text": quote.text,
        "citation": citation_object(citation),
        "words": str(citation.attribution),
    }


def _difference_object(one: Difference, passages: list[Passage]) -> dict[str, object]:
    return {
        "change": str(one.change),
        "written": list(one.written),
        "stands": _quote_object(one.stands, passages) if one.stands else None,
    }


def _disagreement_object(one: Disagreement) -> dict[str, object]:
    return {
        "mismatch": str(one.mismatch),
        "written": list(one.written) if one.written else None,
        "stands": one.stands,
    }


def _quote_object(quote: Quote, passages: list[Passage]) -> dict[str, object]:
    """Return *quote*; its reference is that of the passage in whose paragraph it stands."""
    within = (one for one in passages if one.quote.paragraph == quote.paragraph)
    passage = next(within, None)
    return {
        "reference": passage.citation.reference if passage else None,
        "from": quote.start,
        "to": quote.stop,
        "text": quote.text,
    }
