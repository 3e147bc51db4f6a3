"""Says what was read of a document: fields with their sources, changes, what was left out.

The same is told in lines, for people, and as JSON, for programs. ``adding`` says what became of it.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import date
from itertools import islice

from documents import Doubt, Draft, Field, Refused, doubts_of_draft
from index import Fields

#: The options that say what a document does not; by the fields.
OPTIONS = {"speakers": "--speaker"}
_MOST_OFFERED = 3


def lines_about(draft: Draft, today: date) -> list[str]:
    """Return what an editor should know of *draft*, a line each: what was found, and doubts."""
    lines = []
    if draft.found_in:
        values = value_of(draft.fields)
        found = [f"{name}: {values[name]} ({where})" for name, where in draft.found_in.items()]
        lines.append(f"taken as {'; '.join(found)}")
    lines += [warned.text for warned in draft.warnings]
    if draft.left_out:
        lines.append(f"left out: {counted_left_out(draft)}")
    return [*lines, *doubt_lines(draft, today)]


def doubt_lines(draft: Draft, today: date) -> list[str]:
    """Return what may be wrong with the text, a line each, as "onrecord check" would say it."""
    lines = []
    for doubt in doubts_of_draft(draft, today):
        fragment = f": {doubt.fragment}" if doubt.fragment else ""
        lines.append(f"warning: {doubt.what}{fragment}. {doubt.repair}")
    return lines


def value_of(fields: Fields) -> dict[str, str]:
    """Return the values of *fields* as a person would enter them; those that are empty too."""
    speakers = [f"{one.name}; {one.role}".rstrip("; ") for one in fields.speakers]
    return {
        "title": fields.title,
        "date": fields.date.isoformat() if fields.date else "",
        "published": fields.published.isoformat() if fields.published else "",
        "kind": str(fields.kind),
        "speakers": " | ".join(speakers),
        "publisher": fields.publisher,
        "url": fields.url,
        "language": fields.language,
        "translation": str(fields.translation or ""),
    }


def counted_left_out(draft: Draft) -> str:
    """Return how many blocks were left out for each reason: "3 navigation, 1 footer"."""
    return ", ".join(f"{count} {why}" for why, count in draft.left_out_counts.items())


def offers(draft: Draft, name: str) -> dict[str, str]:
    """Return what the field *name* might be, as the document tells without being certain.

    With each value comes where it stands first.
    """
    field = Field.SPEAKER if name == "speakers" else name
    places: dict[str, str] = {}
    for one in draft.offered:
        if one.field == field:
            places.setdefault(one.value, one.where)
    return dict(islice(places.items(), _MOST_OFFERED))


def command_for(draft: Draft, file: str, doubts: Sequence[Doubt]) -> str:
    """Return the command that would file *draft*, which is read from *file*, in spite of *doubts*.

    What is missing is filled with what the document offers, or with dots.
    """
    words = ["onrecord", "add", shlex.quote(file)]
    for name in draft.missing:
        value = next(iter(offers(draft, name)), "…")
        words += [OPTIONS.get(name, f"--{name}"), shlex.quote(value) if value != "…" else '"…"']
    words += [f"--accept {doubt}" for doubt in doubts]
    return " ".join([*words, "--yes"])


def json_of(draft: Draft, today: date) -> dict[str, object]:
    """Return what was read of *draft*, for programs."""
    fields = draft.fields
    return {
        "name": draft.name,
        "fields": {
            "title": fields.title,
            "date": fields.date.isoformat() if fields.date else None,
            "published": fields.published.isoformat() if fields.published else None,
            "kind": str(fields.kind),
            "speakers": [{"name": one.name, "role": one.role} for one in fields.speakers],
            "publisher": fields.publisher,
            "url": fields.url,
            "language": fields.language,
            "translation": str(fields.translation) if fields.translation else None,
        },
        "found_in": dict(draft.found_in),
        "offered": [
            {"field": str(one.field), "value": one.value, "where": one.where}
            for one in draft.offered
        ],
        "paragraphs": len(draft.texts),
        "left_out": [{"text": one.text, "why": str(one.why)} for one in draft.left_out],
        "warnings": [
            {"text": one.text, "doubt": str(one.doubt) if one.doubt else None}
            for one in draft.warnings
        ],
        "doubts": doubt_lines(draft, today),
    }


def json_of_refused(refused: Refused) -> dict[str, object]:
    """Return why a document is not filed, for programs."""
    return {
        "name": refused.name,
        "outcome": "refused",
        "what": refused.what,
        "repair": refused.repair,
    }
