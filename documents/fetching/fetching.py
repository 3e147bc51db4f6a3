"""Fetches what is new at the sources that are followed, and tells how they are.

What is asked of a source, and what becomes of its documents, is told by ``run``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from documents.fetching.incoming import documents_in
from documents.fetching.outcomes import Outcome
from documents.fetching.run import Fetch, Fetching, Run
from documents.fetching.schedule import is_due, postponed_until
from documents.fetching.sources import Followed, user_agent
from documents.fetching.state import held, load_state


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchStatus:
    """How the sources are."""

    #: When one was last asked, in seconds since 1970; 0 if none was.
    last: float
    #: How many statements wait for review.
    waiting: int
    #: The addresses of the sources whose last fetch failed, each with why.
    failing: tuple[tuple[str, str], ...]


def fetch_as(contact: str) -> Fetch:
    """Return what fetches a link, and tells the site who asks: the program and the *contact*."""
    from documents.opening.web import fetch  # noqa: PLC0415  # http and ssl: 60 ms

    return partial(fetch, user_agent=user_agent(contact))


def due_sources(followed: Sequence[Followed], data: Path, now: float) -> list[Followed]:
    """Return those of *followed* whose time has come at *now*.

    Raises:
        DamagedState: what is known of them cannot be read.
    """
    state = load_state(data / "incoming")
    return [
        one
        for one in followed
        if is_due(one, state.of(one.url), now)
        and not postponed_until(one, state, now, is_named=False)
    ]


def fetch_sources(
    followed: Sequence[Followed], fetching: Fetching, *, named: Collection[str] = ()
) -> Iterator[Outcome]:
    """Ask each of *followed*, and yield what became of each new document, and of each failure.

    A source whose address is *named* is asked although it failed a short while ago.

    Raises:
        FetchingUnderWay: another process does it.
        OnRecordError: what is known of the sources cannot be read, or written.
    """
    with held(fetching.incoming):
        run = Run(fetching, load_state(fetching.incoming))
        for source in followed:
            if fetching.is_stopped():
                return
            yield from run.follow(source, is_named=source.url in named)
            run.save()


def fetch_status(followed: Sequence[Followed], data: Path) -> FetchStatus:
    """Return how *followed* are, and what waits in the folder *data*.

    Raises:
        DamagedState: what is known of them cannot be read.
    """
    folder = data / "incoming"
    state = load_state(folder)
    known = [(one.url, state.of(one.url)) for one in followed]
    return FetchStatus(
        last=state.last,
        waiting=sum(len(found.waiting) for _, found in documents_in(folder)),
        failing=tuple((url, one.what) for url, one in known if one.failures),
    )
