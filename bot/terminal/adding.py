"""Puts documents on record: reads what was named, has each draft reviewed or not, and files it.

Reading and filing are done by ``documents``; ``reviewing`` asks an editor, ``import_report`` says
what was read.
"""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.terminal.import_report import (
    OPTIONS,
    command_for,
    json_of,
    json_of_refused,
    lines_about,
)
from bot.terminal.json_output import as_json
from bot.terminal.loading import ProgressBar
from bot.terminal.reviewing import NotApproved, Progress, Review, Stopped
from documents import (
    Doubt,
    Draft,
    IncomingReader,
    Likeness,
    LimitedReaders,
    OnRecord,
    Refused,
    drafts_from,
    file_draft,
    open_paths,
    refuse_same,
)
from index import (
    FilingRefused,
    InvalidField,
    NoSuchStatement,
    Record,
    load_record,
    without_controls,
)

#: So many documents are read at once: a core each.
_AT_ONCE = 2
_ADDING = "adding"
_MISSING = {"title": "the title", "speakers": "the speaker"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """How documents are added."""

    #: The fields that the editor gives on the command line.
    given: Mapping[str, object]
    given_id: str
    #: The folder that holds statements/.
    data: Path
    today: datetime.date
    #: Whether what is certain is filed without a review.
    unseen: bool = False
    #: The doubts in spite of which a document is filed without one.
    accepted: frozenset[Doubt] = frozenset()
    #: Whether a JSON object is printed for each document.
    json: bool = False


def today() -> datetime.date:
    """Return the day by Universal Time."""
    return datetime.datetime.now(tz=datetime.UTC).date()


def add_documents(names: Sequence[str], adding: Adding) -> int:
    """File each document that *names* lead to; print its id and path.

    Questions, the review, and what was found in a document go to standard error, so that the output
    can be piped. What waited in incoming/ and is decided on is taken from there. Return 0 if all
    were filed, 1 if one was not.
    """
    data = adding.data
    on_record = OnRecord(load_record(data) if (data / "statements").is_dir() else Record(()))
    progress, total = Progress(), _files_in(names)
    with LimitedReaders(_AT_ONCE) as reader, ProgressBar() as bar:
        step = bar.step(_ADDING) if adding.unseen and not adding.json else None
        incoming = IncomingReader(reader, data / "incoming")
        opened = incoming.opened(open_paths(names))
        try:
            drafts = drafts_from(opened, incoming, adding.given, adding.given_id, ahead=_AT_ONCE)
            for one in drafts:
                if _add(one, on_record, adding, progress):
                    incoming.settle(one.name)
                if step:
                    bar.describe(_ADDING, str(progress))
                    step(progress.seen, max(progress.seen, total))
        except InvalidField as error:
            sys.stderr.write(without_controls(f"onrecord: {names[0]}: {error}\n"))
            return 1
        except (EOFError, KeyboardInterrupt, Stopped):
            sys.stderr.write("\nonrecord: stopped; nothing more was written.\n")
            if progress.filed:
                sys.stderr.write("The same command goes on: what is on record is passed over.\n")
            return 1
    if progress.seen > 1 and not adding.json:
        sys.stderr.write(f"onrecord: {progress}\n")
    return 1 if progress.refused or not progress.seen else 0


def _files_in(names: Sequence[str]) -> int:
    """Return how many files *names* lead to, to show how far the work is; archives count once."""
    # What is no folder has no files to os.walk, which raises nothing, whatever the name.
    return sum(sum(len(files) for *_, files in os.walk(name)) or 1 for name in names)


def _add(one: Draft | Refused, on_record: OnRecord, adding: Adding, progress: Progress) -> bool:
    """File *one*, or say why not; *progress* counts it.

    Return whether it is decided on: filed, on record already, or not wanted.
    """
    if isinstance(one, Refused):
        _say_refused(one, adding)
        progress.refused += 1
        return False
    try:
        alike = refuse_same(one, on_record)
        if adding.unseen:
            one = _unseen(one, adding, amends=alike is not None)
        else:
            one, alike = Review(adding.today, on_record, progress).of(one, alike)
        path = file_draft(one, on_record, adding.data, today=adding.today, amends=alike)
    except (FilingRefused, InvalidField, NoSuchStatement) as error:
        where = error.subject if isinstance(error, FilingRefused) else one.name
        _say_refused(Refused(name=where, what=error.what, repair=error.repair), adding)
        progress.refused += 1
        known = on_record.alike(one)
        is_same = known is not None and known.likeness is Likeness.SAME
        return is_same or isinstance(error, NotApproved)
    progress.filed += 1
    name = alike.statement.id if alike else one.id
    if adding.json:
        outcome = "amended" if alike else "filed"
        read = json_of(one, adding.today)
        print(as_json({**read, "outcome": outcome, "id": name, "path": str(path)}), flush=True)
    else:
        print(without_controls(f"{name} {path}"), flush=True)
    return True


def _unseen(draft: Draft, adding: Adding, *, amends: bool) -> Draft:
    """Return *draft* if it may be filed without a review; say what was found in it.

    Raises:
        FilingRefused: a field is missing, or something must be looked at first.
    """
    if not adding.json:
        for number, line in enumerate(lines_about(draft, adding.today)):
            start = "    " if number else f"onrecord: {draft.name}: "
            sys.stderr.write(without_controls(f"{start}{line}\n"))
    doubts = [one.doubt for one in draft.warnings if one.doubt]
    doubts += [Doubt.AMENDED] if amends else []
    open_doubts = [doubt for doubt in dict.fromkeys(doubts) if doubt not in adding.accepted]
    file = draft.name.partition(": ")[0]
    if draft.missing:
        options = " and ".join(OPTIONS.get(field, f"--{field}") for field in draft.missing)
        missing = " and ".join(_MISSING[field] for field in draft.missing)
        verb = "is" if len(draft.missing) == 1 else "are"
        repair = f"Give {options}."
        if any(one.field in ("title", "speaker") for one in draft.offered):
            repair = f"Perhaps: {command_for(draft, file, open_doubts)}"
        raise FilingRefused(draft.name, f"{missing} {verb} missing", repair)
    if open_doubts:
        whys = [one.text for one in draft.warnings if one.doubt in open_doubts]
        whys += ["it amends a statement on record"] if Doubt.AMENDED in open_doubts else []
        raise FilingRefused(
            draft.name,
            f"{'; '.join(whys)}; so it is not filed unseen",
            f"Review it, or: {command_for(draft, file, open_doubts)}",
        )
    return draft


def _say_refused(refused: Refused, adding: Adding) -> None:
    if adding.json:
        print(as_json(json_of_refused(refused)), flush=True)
    else:
        repair = (
            f"{refused.repair.rstrip('.')}." if refused.repair[-1:].isalpha() else refused.repair
        )
        line = f"onrecord: {refused.name}: {refused.what}. {repair}"
        sys.stderr.write(f"{without_controls(line)}\n")
