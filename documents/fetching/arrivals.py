"""Decides of each statement that a source brings: is it new, is it certain, is it filed or kept.

What was seen before is passed over in silence, and so is what is on record. Documents are fetched
in ``fetching``, and kept for review by ``incoming``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import regex

from documents.drafting.draft import Draft
from documents.fetching.claiming import address_of
from documents.fetching.outcomes import Became, Outcome, on_one_line
from documents.filing.comparing import Alike, Likeness, OnRecord
from documents.filing.filing import file_draft
from documents.importing import drafts_from
from documents.model import Block, Claim, Extract, Field, Refused, Source
from index import FilingRefused, Record

_DIGITS = 16
_SPACE = regex.compile(r"\s+")
_SCHEME = regex.compile(r"^https?://(?:www\.)?", regex.IGNORECASE)
#: What tells that a summary is another than before.
_OF_A_SUMMARY = (Field.TITLE, Field.PUBLISHED, Field.MODIFIED, Field.URL)
_MISSING = {"title": "the title is missing", "speakers": "the speaker is missing"}


@dataclass(frozen=True, slots=True)
class _AlreadyRead:
    """A reader of a source whose one extract is known."""

    extract: Extract

    def read(self, _: Source) -> list[Extract]:
        """Return it."""
        return [self.extract]


class Arrivals:
    """What is on record and what waits, to tell what is new; grows while statements are filed."""

    def __init__(self, record: Record, waiting: Iterable[str], data: Path, today: date) -> None:
        """Compare with *record* and the addresses *waiting*; file into *data*, as of *today*."""
        self._on_record = OnRecord(record)
        self._waiting = {_plain(url) for url in waiting if url}
        self._addresses: set[str] = set()
        for statement in record.statements:
            origin = statement.source.url if statement.source else ""
            self._addresses |= {_plain(url) for url in (statement.url, origin) if url}
        self._data = data
        self._today = today

    def has(self, url: str) -> bool:
        """Return whether a statement of this address is on record."""
        return bool(url) and _plain(url) in self._addresses

    def waits(self, url: str) -> bool:
        """Return whether a statement of this address waits for review, perhaps to be refused."""
        return bool(url) and _plain(url) in self._waiting

    def take(self, draft: Draft, *, trust: bool) -> Outcome | None:
        """File *draft* if its source has *trust* and it is certain; otherwise say that it waits.

        Return ``None`` if its words are on record already.
        """
        alike = self._on_record.alike(draft)
        if alike and alike.likeness is Likeness.SAME:
            return None
        name, what = on_one_line(draft.name), "; ".join(_doubts(draft, alike))
        url = _plain(draft.fields.url)
        if trust and not what:
            try:
                path = file_draft(draft, self._on_record, self._data, today=self._today)
            except FilingRefused as error:
                what = error.what
            else:
                self._addresses.add(url)
                return Outcome(became=Became.FILED, name=name, id=draft.id, path=path)
        self._waiting.add(url)
        return Outcome(became=Became.WAITS, name=name, what=what)


def draft_or_refusal(source: Source, extract: Extract) -> Draft | Refused:
    """Return the draft of *extract*, which was read from *source*, or why there is none."""
    (one,) = drafts_from([source], _AlreadyRead(extract), {})
    return one


def keys_of(source: Source, extracts: Sequence[Extract]) -> list[str]:
    """Return for each of *extracts* what it is remembered by: its address, if that is its alone."""
    addresses = [address_of(one) for one in extracts]
    return [
        source.url
        if not extract.part
        else url
        if url and addresses.count(url) == 1
        else f"{url} {extract.part}".strip()
        for url, extract in zip(addresses, extracts, strict=True)
    ]


def digest_of(extract: Extract) -> str:
    """Return a digest of the words of *extract*; of one without, of what a feed tells of it."""
    words: Iterable[Block | Claim] = extract.blocks
    if extract.refused or not extract.blocks:
        words = [claim for claim in extract.claims if claim.field in _OF_A_SUMMARY]
    text = "\n".join(one.text if isinstance(one, Block) else one.value for one in words)
    return hashlib.sha256(_SPACE.sub("", text).encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def _doubts(draft: Draft, alike: Alike | None) -> list[str]:
    """Return why *draft* is not filed unseen: the same as with ``onrecord add --yes``."""
    doubts = [_MISSING[name] for name in draft.missing]
    doubts += [warned.text for warned in draft.warnings if warned.doubt]
    doubts += [f"it amends {alike.statement.id}, by {alike.why}"] if alike else []
    return doubts


def _plain(url: str) -> str:
    """Return *url* without what may differ between two links to one page."""
    return _SCHEME.sub("", url.strip()).rstrip("/")
