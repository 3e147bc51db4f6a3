"""Writes answers as JSON objects for other programs; docs/command-line.md gives their form."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import regex

from index import (
    Answer,
    Citation,
    Coverage,
    Dates,
    Explanation,
    Hit,
    HitExplained,
    SmallTalk,
    Understood,
    limit_of,
    voices_of,
)

#: Control characters that JSON lets stand as they are, and a terminal may obey.
_CONTROL = regex.compile(r"[\x7f-\x9f]")


def as_json(written: object) -> str:
    """Return *written* as JSON on one line, its letters as they are, its control characters not."""
    line = json.dumps(written, ensure_ascii=False)
    return _CONTROL.sub(lambda control: f"\\u{ord(control[0]):04x}", line)


def answer_object(answer: Answer, milliseconds: float) -> dict[str, object]:
    """Return *answer*, which took *milliseconds*, as a JSON object."""
    return {
        "question": answer.question,
        "answered": answer.answered,
        "searched": searched_object(answer.searched),
        "hits": [_hit_object(hit) for hit in answer.hits],
        "understood": _understood_object(answer.understood),
        "suggestions": list(answer.suggestions),
        "ms": round(milliseconds, 3),
    }


def explanation_object(
    question: str, kind: SmallTalk | None, named: Sequence[Hit], explanation: Explanation | None
) -> dict[str, object]:
    """Return why the hits of *question* rank as they do, as a JSON object.

    There is no *explanation* if it is small talk of some *kind*, or if paragraphs are *named* by a
    reference or an id: then ``read`` is null.
    """
    return {
        "question": question,
        "small_talk": kind,
        "named": [_hit_object(hit) for hit in named],
        "read": _read_object(explanation) if explanation else None,
        "terms": [_rounded(asdict(term)) for term in explanation.terms] if explanation else [],
        "hits": list(map(_hit_explained_object, explanation.hits)) if explanation else [],
    }


def searched_object(searched: Coverage) -> dict[str, object]:
    """Return how much was *searched*, and of which days, as a JSON object."""
    return {
        "statements": searched.statements,
        "paragraphs": searched.paragraphs,
        "from": _day(searched.first),
        "to": _day(searched.last),
    }


def citation_object(citation: Citation) -> dict[str, object]:
    """Return *citation* as a JSON object, without what names its place in a statement."""
    return {
        "title": citation.title,
        "date": _day(citation.date),
        "kind": str(citation.kind),
        "speaker": citation.speaker,
        "role": citation.role,
        "publisher": citation.publisher,
        "url": citation.url,
    }


def _understood_object(understood: Understood) -> dict[str, object]:
    return {
        "speakers": list(understood.speakers),
        "from": _day(understood.first),
        "to": _day(understood.last),
        "order": understood.order,
    }


def _read_object(explanation: Explanation) -> dict[str, object]:
    query = explanation.query
    asked, filters = query.question, query.question.filters
    return {
        "language": query.language,
        "dropped": query.dropped,
        "speaker": explanation.narrowing.speaker,
        "corrected": query.interpretation.corrected,
        "expansions": query.expansions,
        "phrases": asked.phrases,
        "absent": query.interpretation.absent,
        "across": query.interpretation.across,
        "judged": query.interpretation.judged,
        "read_up_to": query.interpretation.read_up_to,
        "excluded": asked.excluded,
        "unparsed": query.interpretation.unparsed,
        "from": filters.speakers,
        "in": filters.statements,
        "kind": filters.kinds,
        "dates": _days(asked.filters.dates),
        "days": _days(explanation.narrowing.dates),
        "order": explanation.narrowing.order,
        "understood": _understood_object(explanation.narrowing.understood),
        "bare": query.keywords_only,
        "exact": query.exact,
        "searched": explanation.searched,
        "paragraphs": explanation.paragraphs,
        "average_length": round(explanation.average_length, 6),
        "threshold": round(explanation.threshold, 6),
    }


def _hit_explained_object(one: HitExplained) -> dict[str, object]:
    return {
        **_hit_object(one.hit),
        "copies": [citation.reference for citation in one.hit.copies],
        "answers": one.answers,
        "support": round(one.support, 6),
        "length": one.length,
        "parts": _rounded(one.parts),
        "terms": [_rounded(asdict(term)) for term in one.terms],
        "missing": round(one.missing, 6),
        "missing_names": round(one.missing_names, 6),
    }


def _rounded(row: dict[str, Any]) -> dict[str, object]:
    return {key: round(one, 6) if isinstance(one, float) else one for key, one in row.items()}


def _hit_object(hit: Hit) -> dict[str, object]:
    """Return *hit* as a JSON object; the last three keys are there only where they say anything."""
    citation = hit.citation
    sometimes = {
        "section": citation.section,
        "withdrawn": citation.withdrawn,
        "amended": _day(citation.amended),
    }
    return {
        "statement": citation.statement,
        "paragraph": citation.paragraph,
        "reference": citation.reference,
        "score": round(hit.score, 6),
        "text": hit.paragraph.text,
        "sentence": list(hit.sentence),
        "highlights": [list(span) for span in hit.highlights],
        "citation": citation_object(citation),
        "words": str(citation.attribution),
        "voices": _voices(hit),
        "limits": _limits(hit),
        **{key: one for key, one in sometimes.items() if one},
    }


def _limits(hit: Hit) -> list[list[int]]:
    """Return where the words of the paragraph are that limit the key sentence."""
    limit = limit_of(hit)
    here = limit is not None and limit.paragraph is hit.paragraph
    return [[limit.start, limit.stop]] if limit and here else []


def _voices(hit: Hit) -> list[list[object]]:
    """Return where each voice of the paragraph begins and ends, and whose it is."""
    if hit.statement is None:
        return []
    return [
        [one.start, one.stop, str(one.attribution), one.speaker.name if one.speaker else None]
        for one in voices_of(hit.statement, hit.paragraph)
    ]


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _days(dates: Dates | None) -> list[str | None] | None:
    """Return the first day and the last; ``None`` where there is no limit."""
    return [_day(dates.first), _day(dates.last)] if dates else None
