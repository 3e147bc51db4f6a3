"""Searches the record for the handlers: keeps recent answers, and reloads the record.

The index does the searching. Decided here is which questions are searched for on a thread of their
own, so that a slow one does not hold up the event loop.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, tzinfo
from functools import partial
from typing import TypeVar

from cachetools import LRUCache

from bot.i18n.strings import Strings
from index import Answer, Hit, Index

#: How many answers are kept: for buttons that ask the same again, and for users who type on.
_ANSWERS_KEPT = 256
#: Characters of a question that are searched for: as many as a message of Telegram's has.
_LONGEST_QUESTION = 4096
#: How many search terms make a text without a question mark worth a search.
_SUBJECT_TERMS = 2
#: Up to this many paragraphs on record, and characters in the question, a search takes less time
#: than handing it to the search thread and back: .7 ms of CPU.
_QUICK_PARAGRAPHS, _QUICK_CHARACTERS = 20_000, 200
#: What may be an operator: an exact phrase, a filter or an excluded word. Each can take tens of ms.
_OPERATOR = re.compile(r"""["“”„«»「」『』:]|(?:^|\s)-""")

Result = TypeVar("Result")


def _is_plain(question: str) -> bool:
    """Return whether *question* is short and has no operators."""
    return len(question) <= _QUICK_CHARACTERS and _OPERATOR.search(question) is None


class Answers:
    """The record as the handlers ask it."""

    def __init__(
        self,
        index: Index,
        *,
        passages: int,
        load: Callable[[], Index] | None = None,
        loaded_at: float | None = None,
        clock: Callable[[], float] = time.time,
        time_zone: tzinfo = UTC,
    ) -> None:
        """Search *index*, and after a reload what *load* returns.

        An answer holds *passages* hits unless more are asked for. *clock* gives seconds since 1970,
        and what day that is in the *time_zone* is when "yesterday" is counted from; *loaded_at* is
        when *index* was loaded, unless just now.
        """
        self.index = index
        #: When the record was loaded, in seconds since 1970.
        self.loaded_at = clock() if loaded_at is None else loaded_at
        self._passages = passages
        self._load = load or (lambda: index)
        self._clock = clock
        self._time_zone = time_zone
        self._reloading = asyncio.Lock()
        self._answers: LRUCache[tuple[str, int, date, bool, bool], Answer] = LRUCache(_ANSWERS_KEPT)
        # One thread: while the interpreter's lock is held by one search, another gains nothing.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="search")
        # Checking a draft may take seconds, and no question waits for that.
        self._long_thread = ThreadPoolExecutor(1, thread_name_prefix="check")

    async def ask(
        self,
        question: str,
        at_least: int = 1,
        *,
        narrow: bool = True,
        unfinished: bool = False,
    ) -> Answer:
        """Return the answer to *question*, with *at_least* this many hits if there are as many.

        Unless *narrow*, its wording neither narrows nor orders what is searched. If it is
        *unfinished*, its last word is the beginning of one.
        """
        passages = max(self._passages, at_least)
        question = question[:_LONGEST_QUESTION]
        index = self.index
        # What "last week" means changes with the day.
        today = self.today
        key = (question, passages, today, narrow, unfinished)
        answer = self._answers.get(key)
        if answer is not None:
            return answer
        ask = partial(index.ask, question, passages, today, narrow=narrow, unfinished=unfinished)
        answer = ask() if self._is_quick(question) else await self.in_thread(ask)
        if index is self.index:
            self._answers[key] = answer
        return answer

    @property
    def today(self) -> date:
        """Which day it is, where the operator is: the one that "yesterday" is counted from."""
        return datetime.fromtimestamp(self._clock(), self._time_zone).date()

    def has_subject(self, text: str) -> bool:
        """Return whether *text* has two terms to search for, or is long.

        It takes a fraction of a millisecond, however large the record is.
        """
        return not _is_plain(text) or len(self.index.query(text).terms) >= _SUBJECT_TERMS

    def _is_quick(self, question: str) -> bool:
        """Return whether *question* is searched for sooner than a thread is woken for it."""
        return self.index.searched.paragraphs <= _QUICK_PARAGRAPHS and _is_plain(question)

    async def in_thread(self, call: Callable[[], Result]) -> Result:
        """Return what *call* returns; it uses the index, and may take long."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    async def in_long_thread(self, call: Callable[[], Result]) -> Result:
        """Return what *call* returns, as :meth:`in_thread`; it takes so long that nobody waits."""
        return await asyncio.get_running_loop().run_in_executor(self._long_thread, call)

    async def examples(self) -> tuple[str, ...]:
        """Return a few questions that the record answers."""
        return await self.in_thread(self.index.examples)

    async def subject(self) -> str:
        """Return what one can ask the record about, in its words."""
        titles = [statement.title for statement in self.index.record.statements[:1]]
        return [*await self.examples(), *titles, "…"][0]

    async def example(self, strings: Strings) -> str:
        """Return one question that the record answers, as a user would type it."""
        return strings.question_on(await self.subject())

    def looked_up(self, reference: str, hits: Sequence[Hit]) -> Answer:
        """Return *hits*, which have the *reference*, as the answer to it."""
        return Answer(
            question=reference,
            answered=True,
            hits=tuple(hits),
            searched=self.index.searched,
            on_record=self.index.covered,
        )

    def around(self, hit: Hit) -> tuple[Hit | None, Hit | None]:
        """Return the paragraphs before and after *hit*, where there are any."""
        place = hit.citation
        return (
            self.index.paragraph(place.statement, place.paragraph - 1),
            self.index.paragraph(place.statement, place.paragraph + 1),
        )

    async def reload(self, load: Callable[[], Index] | None = None) -> float:
        """Load the record again while the old one answers; return how many seconds it took.

        *load* loads it, unless as always.

        Raises:
            OnRecordError: it could not be loaded, and the old one stays.
        """
        async with self._reloading:
            began = time.monotonic()
            self.index = await asyncio.to_thread(load or self._load)
            self.loaded_at = self._clock()
            self._answers.clear()
            return time.monotonic() - began

    async def close(self) -> None:
        """Wait for the search and the check under way; those that wait are dropped."""
        await asyncio.to_thread(self._thread.shutdown)
        await asyncio.to_thread(self._long_thread.shutdown, cancel_futures=True)
