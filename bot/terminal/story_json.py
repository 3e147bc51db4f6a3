"""Writes a checked story as a JSON object for other programs; docs/command-line.md gives its form.

All offsets count characters of the draft as it was read, or of a paragraph, the end exclusive.
"""

from __future__ import annotations

import datetime

from index import (
    CheckedQuotation,
    CheckedStory,
    Citation,
    Coverage,
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
        "searched": _searched_object(story.searched),
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
        "citation": _citation_object(citation),
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


def _citation_object(citation: Citation) -> dict[str, object]:
    """Return *citation* as ``onrecord ask --json`` does."""
    return {
        "title": citation.title,
        "date": _day(citation.date),
        "kind": str(citation.kind),
        "speaker": citation.speaker,
        "role": citation.role,
        "publisher": citation.publisher,
        "url": citation.url,
    }


def _searched_object(searched: Coverage) -> dict[str, object]:
    return {
        "statements": searched.statements,
        "paragraphs": searched.paragraphs,
        "from": _day(searched.first),
        "to": _day(searched.last),
    }


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
