"""The way of a document from its name to a draft: opened, read, judged, drafted.

What cannot go further is a ``Refused``, with its reason and a way out; nothing is raised for one
document among many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
) -> Iterator[Draft | Refused]:
    """Yield a draft of each document *opened*, or why there is none, as each is read.

    Raises:
        InvalidField: a given field or the id has a value that it cannot have.
    """
    for one in opened:
        if isinstance(one, Refused):
            yield one
            continue
        try:
            extracts = reader.read(one)
        except Unreadable as error:
            yield Refused(name=one.name, what=error.what, repair=error.repair)
            continue
        for extract in extracts:
            yield _drafted(one, extract, given, given_id)


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
