"""Asks the operator for what a document does not say, shows the draft, and has it filed.

What a document says about itself is found in ``index``, which also writes the statement.
"""

from __future__ import annotations

import dataclasses
import datetime
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.terminal.screen import is_terminal
from index import (
    Draft,
    FilingRefused,
    InvalidField,
    Kind,
    Record,
    complete,
    doubts_of_draft,
    file_draft,
    load_record,
    read_draft,
    read_statements,
    refuse_duplicate,
    without_controls,
)

_QUESTIONS = {
    "title": "Title",
    "speakers": "Whose words? (name; role)",
}
_MISSING = {"title": "the title", "speakers": "the speaker"}
_OPTIONS = {"speakers": "--speaker", "title": "--title"}
#: The fields that a review can change, and what may be entered; a dash empties an optional one.
_HINTS = {
    "id": "letters, digits, dashes",
    "title": "one line",
    "date": "2025-02-24, or - for none",
    "published": "2025-02-25, or - for none",
    "kind": ", ".join(Kind),
    "speakers": "name; role | name; role",
    "publisher": "a name, or - for none",
    "url": "an address, or - for none",
    "language": "en, ur, zh, …",
    "translation": "official, unofficial, or - for none",
}


def today() -> datetime.date:
    """Return the day by Universal Time."""
    return datetime.datetime.now(tz=datetime.UTC).date()


def add_documents(
    files: list[Path],
    given: Mapping[str, object],
    given_id: str,
    data: Path,
    *,
    without_review: bool,
) -> int:
    """File each of *files*; print its id and path. Return 0 if all were filed, 1 if one was not.

    Questions, the review, and what was guessed from a text go to standard error, so that the output
    can be piped.
    """
    refused = 0
    record = load_record(data) if (data / "statements").is_dir() else Record(())
    for file in files:
        try:
            draft = read_draft(file, given, given_id)
            draft = _completed(draft, record, without_review=without_review)
            path = file_draft(draft, record, data)
        except (FilingRefused, InvalidField) as error:
            where = f"{file}: " if isinstance(error, InvalidField) else ""
            sys.stderr.write(without_controls(f"onrecord: {where}{error}\n"))
            refused += 1
        except (EOFError, KeyboardInterrupt):
            sys.stderr.write("\nonrecord: stopped; nothing more was written.\n")
            return 1
        else:
            print(draft.id, path)
            filed = (statement for statement, _ in read_statements(path) if statement)
            record = Record.of([*record.statements, *filed])
    return 1 if refused else 0


def _completed(draft: Draft, record: Record, *, without_review: bool) -> Draft:
    """Return *draft* with all required fields, and approved unless *without_review*."""
    refuse_duplicate(draft, record)
    interactive = is_terminal(sys.stdin)
    if interactive:
        draft = _ask_for_missing(draft, with_date=not without_review)
    if draft.missing:
        options = " and ".join(_OPTIONS[field] for field in draft.missing)
        missing = " and ".join(_MISSING[field] for field in draft.missing)
        verb = "is" if len(draft.missing) == 1 else "are"
        raise FilingRefused(f"{draft.source}", f"{missing} {verb} missing", f"Give {options}.")
    if without_review:
        for line in [*_guesses(draft), *_doubts(draft)]:
            sys.stderr.write(without_controls(f"onrecord: {draft.source}: {line}\n"))
        return draft
    if not interactive:
        raise FilingRefused(
            f"{draft.source}",
            "there is no terminal to review it in",
            "Give --yes to file it without a review.",
        )
    return _review(draft)


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
        try:
            if field == "id" and answer:
                return dataclasses.replace(draft, given_id=answer)
            if answer == "-" and field not in _QUESTIONS:
                return complete(draft, {field: None})
            if answer:
                value: object = answer.split("|") if field == "speakers" else answer
                return complete(draft, {field: value})
        except InvalidField as error:
            sys.stderr.write(f"{error.what[:1].upper()}{error.what[1:]}. {error.repair}\n")


def _prompt(text: str) -> str:
    sys.stderr.write(text)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _review(draft: Draft) -> Draft:
    """Show *draft*, let its fields be changed, and return it once it is approved."""
    while True:
        _show(draft)
        answer = _prompt("File it? [y]es, [n]o, or a field to change (id, title, speakers, …): ")
        answer = answer.strip().lower()
        answer = "speakers" if answer == "speaker" else answer
        if answer in ("y", "yes"):
            return draft
        if answer in ("n", "no", ""):
            raise FilingRefused(f"{draft.source}", "it was not approved", "Nothing was written.")
        if answer in _HINTS:
            draft = _ask(draft, answer, f"{answer} ({_HINTS[answer]})", needed=False)
        else:
            sys.stderr.write(f"There is no field “{answer}”. The fields are {', '.join(_HINTS)}.\n")


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
    lines += [f"  {line}" for line in [*_guesses(draft), *_doubts(draft)]]
    sys.stderr.write(without_controls("\n".join(lines)) + "\n")


def _doubts(draft: Draft) -> list[str]:
    """Return what may be wrong with the text, a line each, as "onrecord check" would say it."""
    lines = []
    for doubt in doubts_of_draft(draft, today()):
        fragment = f": {doubt.fragment}" if doubt.fragment else ""
        lines.append(f"warning: {doubt.what}{fragment}. {doubt.repair}")
    return lines


def _guesses(draft: Draft) -> list[str]:
    """Return what was guessed from the text, and what was changed in it, a line each."""
    lines = [f"taken as {guess}" for guess in draft.guesses]
    if draft.changes:
        number, first = len(draft.changes), draft.changes[0]
        replaced = "1 character" if number == 1 else f"{number} characters"
        lines.append(f"replaced {replaced} that Telegram would change, such as {first.what}")
    return lines
