"""Asks a person for what a document does not tell, shows the draft, and has it filed.

What a document tells of itself, and the writing, are ``index``'s work.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from bot.screen import is_terminal
from index import (
    Draft,
    FilingRefused,
    InvalidField,
    Kind,
    Record,
    complete,
    file_draft,
    load_record,
    read_draft,
    same_text,
)

_QUESTIONS = {
    "title": "Title",
    "speakers": "Whose words? (name; role)",
}
_OPTIONS = {"speakers": "--speaker", "title": "--title"}


def add_documents(
    files: list[Path],
    given: Mapping[str, object],
    given_id: str,
    data: Path,
    *,
    without_review: bool,
) -> int:
    """File each of *files*; print its id and path. Return 0 if all were filed, 1 if one was not.

    Questions and the review go to standard error, so that the output can be piped.
    """
    asked = is_terminal(sys.stdin)
    refused = 0
    for file in files:
        record = load_record(data) if (data / "statements").is_dir() else Record(())
        try:
            draft = read_draft(file, given, given_id)
            if twin := same_text(draft, record):
                draft = _note_twin(draft, twin.id)
            if asked:
                draft = _ask_for_missing(draft, with_date=not without_review)
            _refuse_missing(draft)
            if not without_review:
                if not asked:
                    raise FilingRefused(
                        f"{file}",
                        "nobody is there to review it",
                        "Give --yes to file it without a review.",
                    )
                draft = _review(draft)
            path = file_draft(draft, record, data)
        except (FilingRefused, InvalidField) as error:
            sys.stderr.write(f"onrecord: {error}\n")
            refused += 1
            continue
        except (EOFError, KeyboardInterrupt):
            sys.stderr.write("\nonrecord: stopped; nothing more was written.\n")
            return 1
        print(draft.id, path)
    return 1 if refused else 0


def _note_twin(draft: Draft, twin: str) -> Draft:
    raise FilingRefused(
        f"{draft.source}",
        f"this text is on record already, as {twin}",
        "Nothing was written. To change what is known of it, edit that statement's file.",
    )


def _ask_for_missing(draft: Draft, *, with_date: bool) -> Draft:
    for field in draft.missing:
        draft = _ask(draft, field, _QUESTIONS[field])
    if with_date and draft.fields.date is None:
        draft = _ask(
            draft, "date", "When was it said? (2025-02-24; empty if unknown)", needed=False
        )
    return draft


def _ask(draft: Draft, field: str, prompt: str, *, needed: bool = True) -> Draft:
    while True:
        answer = _prompt(f"{prompt}: ").strip()
        if not answer and not needed:
            return draft
        if answer:
            value: object = answer.split("|") if field == "speakers" else answer
            try:
                return complete(draft, {field: value})
            except InvalidField as error:
                sys.stderr.write(f"{error.what}. {error.repair}\n")


def _prompt(text: str) -> str:
    sys.stderr.write(text)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _refuse_missing(draft: Draft) -> None:
    if draft.missing:
        options = " and ".join(_OPTIONS[field] for field in draft.missing)
        raise FilingRefused(
            f"{draft.source}",
            f"it does not tell its {' or '.join(draft.missing)}",
            f"Give {options}.",
        )


def _review(draft: Draft) -> Draft:
    """Show *draft*, let its fields be changed, and return it once it is approved."""
    while True:
        _show(draft)
        answer = _prompt("File it? [y]es, [n]o, or a field to change (title, kind, …): ").strip()
        if answer.lower() in ("y", "yes"):
            return draft
        if answer.lower() in ("n", "no", ""):
            raise FilingRefused(f"{draft.source}", "it was not approved", "Nothing was written.")
        if hasattr(draft.fields, answer) and not answer.startswith("_") and answer != "statement":
            hint = f" ({', '.join(Kind)})" if answer == "kind" else ""
            draft = _ask(draft, answer, f"{answer}{hint}", needed=False)
        else:
            sys.stderr.write(f"There is no field “{answer}”.\n")


def _show(draft: Draft) -> None:
    fields = draft.fields
    speakers = " | ".join(f"{one.name}; {one.role}".rstrip("; ") for one in fields.speakers)
    rows = [
        ("id", draft.id),
        ("title", fields.title),
        ("date", fields.date.isoformat() if fields.date else "undated"),
        ("published", fields.published.isoformat() if fields.published else ""),
        ("kind", str(fields.kind)),
        ("speakers", speakers),
        ("publisher", fields.publisher),
        ("url", fields.url),
        ("language", fields.language),
        ("translation", str(fields.translation or "")),
        ("paragraphs", str(len(draft.texts))),
        ("begins", draft.texts[0][:70]),
        ("ends", draft.texts[-1][-70:]),
    ]
    lines = [f"\n{draft.source}"]
    lines += [f"  {name:<12}{value}" for name, value in rows if value]
    lines += [f"  guessed     {guess}" for guess in draft.guesses]
    if draft.changes:
        first = ", ".join(change.what for change in draft.changes[:3])
        lines.append(
            f"  changed     {len(draft.changes)} characters that Telegram rewrites: {first}"
        )
    sys.stderr.write("\n".join(lines) + "\n")
