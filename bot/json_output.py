"""Writes answers as the JSON objects that other programs read; ``README.md`` gives their form."""

from __future__ import annotations

import datetime

from index import Answer, Hit


def answer_object(answer: Answer, milliseconds: float) -> dict[str, object]:
    """Return *answer*, which took so many *milliseconds*, as a JSON object."""
    searched = answer.searched
    return {
        "question": answer.question,
        "answered": answer.answered,
        "searched": {
            "statements": searched.statements,
            "paragraphs": searched.paragraphs,
            "from": _day(searched.first),
            "to": _day(searched.last),
        },
        "hits": [_hit_object(hit) for hit in answer.hits],
        "suggestions": list(answer.suggestions),
        "ms": round(milliseconds, 3),
    }


def _hit_object(hit: Hit) -> dict[str, object]:
    citation = hit.citation
    return {
        "statement": citation.statement,
        "paragraph": citation.paragraph,
        "reference": citation.reference,
        "score": round(hit.score, 6),
        "text": hit.paragraph.text,
        "sentence": list(hit.sentence),
        "highlights": [list(span) for span in hit.highlights],
        "citation": {
            "title": citation.title,
            "date": _day(citation.date),
            "kind": str(citation.kind),
            "speaker": citation.speaker,
            "role": citation.role,
            "publisher": citation.publisher,
            "url": citation.url,
        },
        "words": str(citation.words),
    }


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
