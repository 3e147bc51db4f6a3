"""Puts a draft on record: a new file, or the new text of a statement whose old one is kept.

A file is written whole or not at all, and never replaces another by accident.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from documents.drafting.draft import Draft
from documents.filing.comparing import Alike, Likeness, OnRecord
from index import FilingRefused, amend, read_markdown, unwritable, write_new

_OPTIONS = {"speakers": "speaker"}


def refuse_same(draft: Draft, on_record: OnRecord) -> Alike | None:
    """Return the statement that *draft* amends; ``None`` if it is new.

    Raises:
        FilingRefused: its text is on record already.
    """
    alike = on_record.alike(draft)
    if alike and alike.likeness is Likeness.SAME:
        raise FilingRefused(
            draft.name,
            f"this text is on record already, as {alike.statement.id}",
            "Nothing was written. To change what is known of it, edit that statement's file.",
        )
    return alike


def file_draft(
    draft: Draft, on_record: OnRecord, data: Path, *, today: date, amends: Alike | None = None
) -> Path:
    """Write *draft* into ``data/statements/`` and return its path; *on_record* learns of it.

    If it *amends* a statement it becomes the new text of that, whose old one is kept as it stood
    until *today*.

    Raises:
        FilingRefused: a required field is missing, the text is on record already, the id is taken,
            or the folder cannot be written to.
    """
    if draft.missing:
        field = draft.missing[0]
        option = _OPTIONS.get(field, field)
        raise FilingRefused(draft.name, f"its {field} is not known", f"Give --{option}.")
    if amends:
        draft = replace(draft, given_id=amends.statement.id)
    else:
        refuse_same(draft, on_record)
    folder = data / "statements"
    path = folder / f"{draft.id}.md"
    if amends:
        return _amended(draft, on_record, data, path, today)
    if path.exists() or draft.id in on_record.ids:
        raise FilingRefused(
            draft.name,
            f"the id {draft.id} is taken by another statement",
            "Nothing was written. Give this one another with --id.",
        )
    statement, problems = read_markdown(draft.content, path)
    if statement is None:
        raise FilingRefused(draft.name, problems[0].what, problems[0].repair)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from None
    try:
        write_new(path, draft.content.encode())
    except FileExistsError:
        raise FilingRefused(f"{path}", "it is there already", "Give another --id.") from None
    except OSError as error:
        raise unwritable(path, error) from None
    on_record.add(statement)
    return path


def _amended(draft: Draft, on_record: OnRecord, data: Path, path: Path, today: date) -> Path:
    statement, problems = read_markdown(draft.content, path)
    if statement is None:
        raise FilingRefused(draft.name, problems[0].what, problems[0].repair)
    written = amend(data, draft.id, draft.content, today)
    on_record.add(statement)
    return written
