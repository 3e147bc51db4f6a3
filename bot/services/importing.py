"""Reads documents; for operators, compares their drafts with the record, and files them.

``documents`` does each of these; decided here is that it happens beside the event loop, and how
much of one message is read. What a user sees and presses is left to the handlers.
"""

from __future__ import annotations

import asyncio
import datetime
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from bot.answering.answers import Answers
from documents import (
    Alike,
    Claim,
    Draft,
    Extract,
    LimitedReader,
    OnRecord,
    Reader,
    Refused,
    Source,
    StoryText,
    Unreadable,
    drafts_from,
    file_draft,
    open_received,
    refuse_same,
    text_of_story,
)
from index import FilingRefused, InvalidField

#: Seconds after which no further document of one message is read, and after which a reader that
#: nobody needs is ended.
_LONGEST_READING, _IDLE = 120.0, 300.0
#: Documents of one message that are read, whatever becomes of them.
_MOST_READ = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one message."""

    drafts: tuple[Draft, ...]
    refused: tuple[Refused, ...]
    #: Whether more was in it than is read at once.
    is_cut: bool


@dataclass(frozen=True, slots=True)
class _WithClaims:
    """A reader that adds to each document what is known of it from elsewhere."""

    reader: Reader
    claims: Sequence[Claim]

    def read(self, source: Source) -> list[Extract]:
        """Return what is in *source*, with the claims."""
        extracts = self.reader.read(source)
        return [replace(one, claims=(*one.claims, *self.claims)) for one in extracts]


class Importing:
    """Puts documents on record, as ``onrecord add`` does."""

    def __init__(
        self,
        answers: Answers,
        data: Path,
        released: Callable[[], AbstractContextManager[None]],
        clock: Callable[[], float],
    ) -> None:
        """Compare with what *answers* has on record, and file into the folder *data*.

        Other updates are worked on, by way of *released*, while a document is read; *clock* gives
        seconds since 1970.
        """
        self._answers = answers
        self._data = data
        self._released = released
        self._clock = clock
        self._reader = LimitedReader()
        self._reading = asyncio.Lock()
        self._last_read = 0.0
        self._is_closed = False
        self._filing = asyncio.Lock()
        self._on_record: OnRecord | None = None
        #: What that was made of.
        self._record = answers.index.record

    @property
    def today(self) -> datetime.date:
        """The day by Universal Time, as ``onrecord add`` counts it."""
        return datetime.datetime.fromtimestamp(self._clock(), datetime.UTC).date()

    async def read(
        self,
        opened: Callable[[], Iterable[Source | Refused]],
        *,
        claims: Sequence[Claim],
        given: Mapping[str, object],
        most: int,
    ) -> Reading:
        """Return at most *most* drafts of what is *opened*, and what is refused and why.

        *claims* and *given* fields are what is known of each without reading it.

        Raises:
            InvalidField: a given field has a value that it cannot have.
        """
        reader = _WithClaims(self._reader, claims)

        def read() -> Reading:
            return self._read(drafts_from(opened(), reader, given), most)

        with self._released():
            async with self._reading:
                try:
                    reading = await asyncio.to_thread(read)
                finally:
                    self._last_read = time.monotonic()
        return await self._without_known(reading)

    async def text_in(self, name: str, content: bytes, content_type: str) -> StoryText:
        """Return the text of a document that somebody wants checked.

        Raises:
            Unreadable: it cannot be read, has no text, or is an archive with several files.
        """

        def read() -> StoryText:
            found = list(islice(open_received(name, content, content_type), 2))
            refused = next((one for one in found if isinstance(one, Refused)), None)
            if refused:
                raise Unreadable(refused.what, refused.repair)
            if len(found) != 1 or not isinstance(found[0], Source):
                raise Unreadable("it does not hold one file", "Send the one that is the story.")
            return text_of_story(found[0], self._reader.read)

        with self._released():
            async with self._reading:
                try:
                    return await asyncio.to_thread(read)
                finally:
                    self._last_read = time.monotonic()

    async def compared(self, draft: Draft) -> Alike | None:
        """Return the statement on record that *draft* amends; ``None`` if it is new.

        Raises:
            FilingRefused: its text is on record already.
        """
        async with self._filing:
            return await asyncio.to_thread(self._compared, draft)

    async def is_taken(self, draft: Draft) -> bool:
        """Return whether another statement on record has the id of *draft*."""
        async with self._filing:
            return draft.id in (await asyncio.to_thread(self._known)).ids

    async def file(self, draft: Draft, amends: Alike | None) -> str:
        """Write *draft*, as the new text of what it *amends*; return the statement's id.

        Raises:
            OnRecordError: it is refused, or the folder cannot be written to.
        """
        async with self._filing:
            await asyncio.to_thread(self._file, draft, amends)
        return amends.statement.id if amends else draft.id

    async def tidy(self) -> None:
        """End the child process that reads, if nobody has needed it for some minutes."""
        idle = time.monotonic() - self._last_read
        if self._last_read and idle > _IDLE and not self._reading.locked():
            async with self._reading:
                self._last_read = 0.0
                await asyncio.to_thread(self._reader.close)

    async def close(self) -> None:
        """Read no further document, and end the child process."""
        self._is_closed = True
        await asyncio.to_thread(self._reader.close)

    def _read(self, found: Iterable[Draft | Refused], most: int) -> Reading:
        deadline = time.monotonic() + _LONGEST_READING
        drafts: list[Draft] = []
        refused: list[Refused] = []
        is_cut = False
        for number, one in enumerate(islice(found, _MOST_READ + 1)):
            if self._is_closed or len(drafts) == most or number == _MOST_READ:
                is_cut = True
                break
            if isinstance(one, Refused):
                refused.append(one)
            else:
                drafts.append(one)
            if time.monotonic() > deadline:
                is_cut = True
                break
        return Reading(tuple(drafts), tuple(refused), is_cut)

    async def _without_known(self, reading: Reading) -> Reading:
        """Return *reading* with those drafts refused that are on record already."""

        def sort() -> Reading:
            drafts, refused = [], list(reading.refused)
            for draft in reading.drafts:
                try:
                    self._compared(draft)
                except (FilingRefused, InvalidField) as error:
                    refused.append(Refused(name=draft.name, what=error.what, repair=error.repair))
                else:
                    drafts.append(draft)
            return Reading(tuple(drafts), tuple(refused), reading.is_cut)

        if not reading.drafts:
            return reading
        async with self._filing:
            return await asyncio.to_thread(sort)

    def _compared(self, draft: Draft) -> Alike | None:
        return refuse_same(draft, self._known())

    def _file(self, draft: Draft, amends: Alike | None) -> None:
        file_draft(draft, self._known(), self._data, today=self.today, amends=amends)

    def _known(self) -> OnRecord:
        """Return what is on record, as it is answered from now."""
        record = self._answers.index.record
        if self._on_record is None or self._record is not record:
            self._on_record, self._record = OnRecord(record), record
        return self._on_record
