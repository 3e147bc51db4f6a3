"""Has what waits in ``incoming/`` reviewed like any other document, with where it came from.

``onrecord add`` opens the folder, or a file of it; what was filed or skipped is told to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from documents.fetching.claiming import address_of, with_claims
from documents.fetching.incoming import BESIDE, Provenance, keep_waiting, provenance_of
from documents.importing import Reader
from documents.model import Claim, Extract, Field, Refused, Source


class IncomingReader:
    """Reads what waits as it was fetched, and all else as it is."""

    def __init__(self, reader: Reader, folder: Path | None = None) -> None:
        """Read by *reader* what waits in *folder*, or wherever a document has such a note.

        In other folders a note is anybody's: it decides nothing, and no document is removed.
        """
        self._reader = reader
        self._folder = folder.resolve() if folder else None
        #: What was noted of each file that waits, by the name of its source.
        self._known: dict[str, Provenance] = {}
        #: The file and the part of each draft that was read from one, by the draft's name.
        self._drafts: dict[str, tuple[Path, str]] = {}

    def opened(self, opened: Iterable[Source | Refused]) -> Iterator[Source | Refused]:
        """Yield what was *opened*, those that wait with their addresses, without their notes."""
        for one in opened:
            # The note of a document that is removed by now may be refused, as it is not there.
            document = one.name.removesuffix(BESIDE)
            is_note = document != one.name
            if is_note and (document in self._known or self._waits(document)):
                continue
            yield one if isinstance(one, Refused) else self._with_provenance(one)

    def read(self, source: Source) -> list[Extract]:
        """Return what waits in *source*; all that is in it, if it is another document.

        Raises:
            Unreadable: it cannot be read.
        """
        extracts = self._reader.read(source)
        known = self._known.get(source.name)
        if known is None:
            return extracts
        waiting = {one.part: one for one in known.waiting}
        found = []
        for extract in extracts:
            if not (one := waiting.get(extract.part)):
                continue
            name = f"{source.name}: {extract.part}" if extract.part else source.name
            self._drafts[name] = (Path(source.name), extract.part)
            told = known.feed
            if one.url and not address_of(extract):
                url = Claim(field=Field.URL, value=one.url, where="its address", certain=True)
                told = (*told, url)
            found.append(with_claims(extract, known.settings, told))
        return found

    def settle(self, name: str) -> None:
        """Note that the draft called *name* is filed, or is not wanted, and waits no more.

        Raises:
            FilingRefused: the folder cannot be written to.
        """
        path, part = self._drafts.pop(name, (None, ""))
        known = provenance_of(path) if path else None
        if path and known:
            keep_waiting(path, known, [one for one in known.waiting if one.part != part])

    def _with_provenance(self, source: Source) -> Source:
        waits = not source.url and self._waits(source.name)
        known = provenance_of(Path(source.name)) if waits else None
        if known is None:
            return source
        self._known[source.name] = known
        return replace(
            source,
            url=known.url,
            fetched=known.fetched,
            content_type=known.content_type,
            charset=known.charset,
        )

    def _waits(self, name: str) -> bool:
        """Return whether *name* is that of a file where documents wait; it may be any text."""
        path = Path(name)
        try:
            is_here = self._folder is None or path.resolve().parent == self._folder
            return is_here and path.is_file()
        except OSError:  # it is too long for a name
            return False
