"""Asks the sources that are followed for new statements, in a thread beside the answering.

It does what ``onrecord fetch --due`` does, again and again. What is filed is taken in by
``watching``, and what waits for review is left to ``onrecord add``.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor

from bot.answering.answers import Answers
from bot.configuration import Configuration
from documents import (
    Became,
    Fetch,
    Fetching,
    FetchStatus,
    LimitedReader,
    Outcome,
    due_sources,
    fetch_as,
    fetch_sources,
    fetch_status,
)
from index import OnRecordError

logger = logging.getLogger(__name__)

#: Seconds between two looks whether a source is due.
_EVERY = 60.0


class SourceFetching:
    """Looks after the sources of a configuration, for one process."""

    def __init__(
        self, configuration: Configuration, answers: Answers, fetch: Fetch | None = None
    ) -> None:
        """Compare with what *answers* has on record; *fetch* opens links, by default the web's."""
        #: The sources that are followed; perhaps none.
        self.followed = configuration.sources
        self._is_wanted = bool(configuration.sources) and configuration.fetch
        self._data = configuration.data
        self._contact = configuration.contact
        self._answers = answers
        self._fetch = fetch
        self._stopped = threading.Event()
        # Of its own: a run may take minutes, and others need theirs.
        self._executor = ThreadPoolExecutor(1, "fetching")
        #: Why no source can be asked at all; empty if they can.
        self.fault = ""

    async def keep(self) -> None:
        """Ask the sources that are due until this task is cancelled, if that is wanted."""
        while self._is_wanted:
            await self.look()
            await asyncio.sleep(_EVERY)

    async def look(self) -> None:
        """Ask the sources that are due, once."""
        fault = ""
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._executor, self._ask_due)
        except (OnRecordError, OSError) as error:
            fault = str(error)
            if fault != self.fault:
                logger.error("the sources cannot be fetched: %s", fault)
        except Exception as error:  # whatever a site can send, the bot goes on
            fault = type(error).__name__
            logger.exception("the sources cannot be fetched")
        self.fault = fault

    async def status(self) -> FetchStatus:
        """Return how the sources are.

        Raises:
            OnRecordError: what is known of them cannot be read.
        """
        return await asyncio.to_thread(fetch_status, self.followed, self._data)

    async def close(self) -> None:
        """Ask nothing further; what is being fetched is left to end by itself."""
        self._stopped.set()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _ask_due(self) -> None:
        with LimitedReader() as reader:
            fetching = Fetching(
                data=self._data,
                reader=reader,
                record=lambda: self._answers.index.record,
                fetch=self._fetch or fetch_as(self._contact),
                pause=self._stopped.wait,
                is_stopped=self._stopped.is_set,
            )
            due = due_sources(self.followed, self._data, fetching.clock())
            for outcome in fetch_sources(due, fetching) if due else ():
                _log(outcome)


def _log(outcome: Outcome) -> None:
    match outcome.became:
        case Became.FILED:
            logger.info("filed %s, from %s", outcome.id, outcome.name)
        case Became.WAITS:
            logger.info("waits for review: %s", outcome.name)
        case _:
            logger.warning("not fetched: %s: %s", outcome.name, outcome.what)
