"""Goes through the sources, one request at a time, and has what is new filed or kept.

When a source may be asked is told by ``schedule``, what is new by ``arrivals``; what waits is kept
by ``incoming``.
"""

from __future__ import annotations

import datetime
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from documents.fetching.arrivals import Arrivals, digest_of, draft_or_refusal, keys_of
from documents.fetching.claiming import address_of, with_claims
from documents.fetching.incoming import Waiting, documents_in, put
from documents.fetching.outcomes import Became, Outcome, failed, postponed
from documents.fetching.schedule import BETWEEN, Pace, back_off, be_patient, postponed_until
from documents.fetching.sources import Followed
from documents.fetching.state import Pending, SourceState, State, save_state
from documents.importing import Reader
from documents.model import Claim, Extract, Field, Refused, Source, TryLater, Unreadable
from documents.opening.archives import is_archive
from index import OnRecordError, Record

if TYPE_CHECKING:  # http and ssl: 60 ms
    from documents.opening.web import NotModified

#: Documents that are fetched because one source names them, in a run; the rest waits for the next.
MOST_LINKS = 20
#: Documents that are remembered to be fetched for one source.
_MOST_PENDING = 1000
#: How often such a document is tried before it is given up.
_MOST_TRIES = 4
#: Seconds for which what a source no longer has is remembered.
_REMEMBERED = 400 * 86_400.0


class Fetch(Protocol):
    """Fetches a link: ``opening.web.fetch``, with the user agent of the program."""

    def __call__(
        self, url: str, *, etag: str = "", last_modified: str = ""
    ) -> Source | NotModified:
        """Return what *url* leads to, or that it has not changed; raise ``Unreadable``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """With what, and into which folder, sources are fetched."""

    #: The folder that holds statements/; incoming/ is beside it.
    data: Path
    reader: Reader
    #: Returns what is on record; it is called if there is something to compare.
    record: Callable[[], Record]
    fetch: Fetch
    #: Gives seconds since 1970.
    clock: Callable[[], float] = time.time
    #: Waits for so many seconds, or less if it is stopped.
    pause: Callable[[float], object] = time.sleep
    is_stopped: Callable[[], bool] = lambda: False
    #: Seconds between two requests to one host.
    between: float = BETWEEN

    @property
    def incoming(self) -> Path:
        """The folder of what waits for review."""
        return self.data / "incoming"


class Run:
    """One run through the sources, by the process that holds the folder."""

    def __init__(self, fetching: Fetching, state: State) -> None:
        """Begin with *state*, which is changed and kept."""
        self._fetching = fetching
        self._state = state
        self._pace = Pace(fetching.clock, fetching.pause, fetching.between)
        self._arrivals: Arrivals | None = None

    def save(self) -> None:
        """Keep what is known by now."""
        now = self._fetching.clock()
        hosts = self._state.hosts
        self._state.hosts = {host: until for host, until in hosts.items() if until > now}
        save_state(self._fetching.incoming, self._state)

    def follow(self, source: Followed, *, is_named: bool) -> Iterator[Outcome]:
        """Ask *source*, then for what it names; yield what became of it all."""
        known = self._state.of(source.url)
        now = self._fetching.clock()
        if until := postponed_until(source, self._state, now, is_named=is_named):
            yield postponed(source.url, until, known)
            return
        try:
            with _our_faults():
                outcomes = self._ask(source, known)
        except Unreadable as error:
            known.asked = self._fetching.clock()
            known.failures += 1
            known.again = known.asked + back_off(known.failures)
            known.what, known.repair = error.what, error.repair
            yield failed(source.url, error)
            return
        known.asked = self._fetching.clock()
        known.failures, known.again = 0, 0.0
        known.what = known.repair = ""
        yield from outcomes
        yield from self._follow_links(source, known)

    def _ask(self, source: Followed, known: SourceState) -> list[Outcome]:
        """Return what became of what is new at *source*; nothing if it is as it was.

        Raises:
            Unreadable: it cannot be fetched, or read.
        """
        answer = self._fetch(source.url, known.etag, known.last_modified)
        if not isinstance(answer, Source):
            return []
        digest = hashlib.sha256(answer.content).hexdigest()
        outcomes = []
        if digest != known.sha256:
            outcomes = self._sort(source, known, answer, self._read(answer))
        # Only now: of what was not read to its end, the same is asked for again.
        known.sha256 = digest
        known.etag, known.last_modified = answer.etag, answer.last_modified
        return outcomes

    def _sort(
        self,
        source: Followed,
        known: SourceState,
        answer: Source,
        extracts: Sequence[Extract],
    ) -> list[Outcome]:
        """File or keep what is new among *extracts* of *answer*; note what is to be fetched yet."""
        now = self._fetching.clock()
        found: dict[str, Extract] = {}
        present: dict[str, tuple[str, float]] = {}
        for key, extract in zip(keys_of(answer, extracts), extracts, strict=True):
            present[key] = (digest_of(extract), now)
            before = known.seen.get(key)
            if before and before[0] == present[key][0]:
                continue
            # Of a page that is followed, and of an entry that has changed, the words are compared.
            if before is None and extract.part and self._known.has(key):
                continue
            if before is None and extract.part and self._known.waits(key):
                # Perhaps in another site's words: if those are refused, this is still new.
                del present[key]
                continue
            if extract.refused and extract.part and (link := address_of(extract)):
                if len(known.pending) >= _MOST_PENDING:
                    del present[key]  # it is new once more when there is room
                else:
                    known.pending[link] = _pending(extract)
            else:
                found[key] = extract
        outcomes = self._keep(source, answer, list(found.values()), feed=())
        known.seen = {
            key: (digest, when)
            for key, (digest, when) in {**known.seen, **present}.items()
            if when > now - _REMEMBERED
        }
        return outcomes

    def _follow_links(self, source: Followed, known: SourceState) -> Iterator[Outcome]:
        """Fetch what a feed only names."""
        ready = [
            url
            for url, one in known.pending.items()
            if max(one.again, self._state.patience_with(url)) <= self._fetching.clock()
        ]
        for url in ready[:MOST_LINKS]:
            if self._fetching.is_stopped():
                return
            one = known.pending[url]
            try:
                answer = self._fetch(url)
            except Unreadable as error:
                yield self._link_failed(known, url, error)
                if isinstance(error, TryLater):
                    return  # the others are probably of the same site
                continue
            del known.pending[url]
            if not isinstance(answer, Source):
                raise TypeError("nothing was asked about an earlier version")
            feed = [
                Claim(field=Field(field), value=value, where=where, certain=True)
                for field, value, where in one.claims
            ]
            try:
                with _our_faults():
                    outcomes = self._keep(source, answer, self._read(answer), feed=feed)
            except Unreadable as error:
                outcomes = [failed(url, error)]
            yield from outcomes
            self.save()

    def _link_failed(self, known: SourceState, url: str, error: Unreadable) -> Outcome:
        """Have *url* tried again later, or give it up; say so."""
        one = known.pending[url]
        one.failures += 1
        one.again = self._fetching.clock() + back_off(one.failures)
        if one.failures < _MOST_TRIES:
            return failed(url, error)
        del known.pending[url]
        what = f"{error.what}; it is not tried again"
        return failed(url, Unreadable(what, error.repair))

    def _keep(
        self,
        source: Followed,
        answer: Source,
        extracts: Sequence[Extract],
        *,
        feed: Sequence[Claim],
    ) -> list[Outcome]:
        """File or keep each of *extracts*, and say what became of it."""
        outcomes: list[Outcome] = []
        waiting: list[Waiting] = []
        for extract in extracts:
            told = with_claims(extract, source.claims, feed)
            one = draft_or_refusal(answer, told)
            if isinstance(one, Refused):
                outcomes.append(failed(one.name, one))
            elif outcome := self._known.take(one, trust=source.trust):
                outcomes.append(outcome)
                if outcome.became is Became.WAITS:
                    url = address_of(told) or (answer.url if not extract.part else "")
                    waiting.append(Waiting(part=extract.part, url=url, why=outcome.what))
        if not waiting:
            return outcomes
        path = put(self._fetching.incoming, answer, waiting, settings=source.claims, feed=feed)
        return [replace(one, path=path) if one.became is Became.WAITS else one for one in outcomes]

    def _fetch(self, url: str, etag: str = "", last_modified: str = "") -> Source | NotModified:
        self._pace.wait_for(url)
        try:
            return self._fetching.fetch(url, etag=etag, last_modified=last_modified)
        except TryLater as error:
            be_patient(self._state, url, error.seconds, self._fetching.clock())
            raise
        finally:
            self._pace.asked(url)

    def _read(self, answer: Source) -> list[Extract]:
        if is_archive(answer.content):
            raise Unreadable("it is an archive", "Fetch it, and add it yourself")
        return self._fetching.reader.read(answer)

    @property
    def _known(self) -> Arrivals:
        """What is on record and what waits."""
        if self._arrivals is None:
            fetching = self._fetching
            waiting = [
                one.url for _, known in documents_in(fetching.incoming) for one in known.waiting
            ]
            today = datetime.datetime.fromtimestamp(fetching.clock(), datetime.UTC).date()
            self._arrivals = Arrivals(fetching.record(), waiting, fetching.data, today)
        return self._arrivals


@contextmanager
def _our_faults() -> Iterator[None]:
    """Make of a fault of the program a failure of one source: the others are still asked."""
    try:
        yield
    except (OnRecordError, OSError):
        raise
    except Exception as error:
        what = f"it cannot be taken in (our fault: {type(error).__name__})"
        repair = "Report it with the address; until then, save the document and add that"
        raise Unreadable(what, repair) from error


def _pending(extract: Extract) -> Pending:
    claims = [
        (str(claim.field), claim.value, claim.where) for claim in extract.claims if claim.certain
    ]
    return Pending(part=extract.part, claims=claims)
