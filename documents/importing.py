"""The way of a document from its name to a draft: opened, read, judged, drafted.

What cannot go further is a ``Refused``, with its reason and a way out; nothing is raised for one
document among many.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from documents.drafting.draft import Draft, draft_of
from documents.judging.judging import judged
from documents.model import Extract, Refused, Source, Unreadable
from index import InvalidField


class Reader(Protocol):
    """What reads a source: the limited child process, or the readers themselves."""

    def read(self, source: Source) -> list[Extract]:
        """Return what is in *source*; raise ``Unreadable`` if that cannot be told."""


def drafts_from(
    opened: Iterable[Source | Refused],
    reader: Reader,
    given: Mapping[str, object],
    given_id: str = "",
    *,
    ahead: int = 0,
) -> Iterator[Draft | Refused]:
    """Yield a draft of each document *opened*, or why there is none, in their order.

    So many documents are read *ahead*, at once and in threads, while a draft is looked at.

    Raises:
        InvalidField: a given field or the id has a value that it cannot have.
    """
    for one, extracts in _read_ahead(opened, reader, ahead):
        if isinstance(one, Refused):
            yield one
        elif isinstance(extracts, Unreadable):
            yield Refused(name=one.name, what=extracts.what, repair=extracts.repair)
        else:
            for extract in extracts:
                yield _drafted(one, extract, given, given_id)


_Read = list[Extract] | Unreadable


def _read_ahead(
    opened: Iterable[Source | Refused], reader: Reader, ahead: int
) -> Iterator[tuple[Source | Refused, _Read]]:
    """Yield each of *opened* with what is in it."""
    if not ahead:
        for one in opened:
            yield one, _read(one, reader)
        return
    pool = ThreadPoolExecutor(ahead, thread_name_prefix="reading")
    waiting: deque[tuple[Source | Refused, Future[_Read]]] = deque()
    try:
        for one in opened:
            waiting.append((one, pool.submit(_read, one, reader)))
            if len(waiting) > ahead:
                first, read = waiting.popleft()
                yield first, read.result()
        while waiting:
            first, read = waiting.popleft()
            yield first, read.result()
    finally:
        # An editor may stop before all is read.
        pool.shutdown(cancel_futures=True)


def _read(one: Source | Refused, reader: Reader) -> _Read:
    if isinstance(one, Refused):
        return []
    try:
        return reader.read(one)
    except Unreadable as error:
        return error


def _drafted(
    source: Source, extract: Extract, given: Mapping[str, object], given_id: str
) -> Draft | Refused:
    if extract.refused:
        return extract.refused
    name = f"{source.name}: {extract.part}" if extract.part else source.name
    try:
        draft = draft_of(source, judged(extract), given, given_id)
        if not draft.texts:
            raise Unreadable("there is no text in it", "Give a document that has text.")
    except Unreadable as error:
        return Refused(name=name, what=error.what, repair=error.repair)
    except InvalidField as error:
        if given.get(error.field) is not None or error.field == "id":
            raise
        return Refused(name=name, what=f"its {error.field}: {error.what}", repair=error.repair)
    return draft
