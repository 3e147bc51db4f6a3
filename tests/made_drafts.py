"""Makes drafts of files, and files them, as "onrecord add" does without its child process."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from documents import Draft, OnRecord, Refused, drafts_from, file_draft, open_paths
from documents.reading import reading
from index import FilingRefused, Record

#: The day on which everything is filed.
TODAY = date(2026, 11, 29)


def read_draft(path: Path, given: Mapping[str, object], given_id: str = "") -> Draft:
    """Return the draft of the file *path*, as its readers make it; raise if it is refused."""
    (one,) = drafts_from(open_paths([str(path)]), reading, given, given_id)
    if isinstance(one, Refused):
        raise FilingRefused(one.name, one.what, one.repair)
    return one


def file(draft: Draft, record: Record, data: Path) -> Path:
    """File *draft* in *data*, whose record is *record*; return its path."""
    return file_draft(draft, OnRecord(record), data, today=TODAY)
