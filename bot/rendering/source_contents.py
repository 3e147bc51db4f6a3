"""Knows what each page of ``/sources`` has, and from which page it is chosen.

Where there is nothing to choose on a page, that is shown which there is: a year's only month, or
the statements. How pages look is left to ``sources``, how they are called to ``source_codes``.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.rendering.source_codes import FIRST, Base, Page, PageKind, initials
from index import Kind, Shelves, SpeakersShelf

#: So many statements are listed without more ado: three pages.
FEW = 30
SOURCES_A_PAGE = 10
#: Pages of initials; with more, a page has several.
_MOST_INITIALS = 40

SPEAKERS, INITIALS = Page(PageKind.SPEAKERS), Page(PageKind.INITIALS)
KINDS, DATES = Page(PageKind.KINDS), Page(PageKind.DATES)


@dataclass(frozen=True, slots=True)
class SourceContents:
    """What the pages have, of the statements on these shelves."""

    shelves: Shelves
    #: The day from which words such as "yesterday" are counted.
    today: datetime.date

    def resolved(self, page: Page) -> tuple[Page, Sequence[int]]:
        """Return what is shown for *page*, and the numbers of its statements.

        Where there is nothing to choose, that is what there is: a year's only month, or the list.
        """
        shelves = self.shelves
        numbers = shelves.of_period(self._all_of(page), page.period)
        while page.kind is PageKind.DATES:
            parts = shelves.divided(numbers, page.period) if len(numbers) > FEW else []
            if len(parts) > 1:
                break
            if parts and parts[0][1] == len(numbers):
                page = replace(page, period=parts[0][0])
            else:
                page = replace(page, kind=PageKind.LIST)
        return page, numbers

    def _all_of(self, page: Page) -> Sequence[int]:
        match page.base:
            case Base.SPEAKER:
                return self.shelves.by_speaker(page.name)
            case Base.KIND:
                kinds = [kind for kind in Kind if kind.name.lower() == page.name]
                return self.shelves.by_kind(kinds[0]) if kinds else ()
            case Base.WORDS:
                return self.shelves.sought(page.name, self.today)
        return self.shelves.everything

    def above(self, page: Page) -> Page:
        """Return the page from which *page* is chosen."""
        if page.kind is PageKind.INITIALS:
            return INITIALS if page.name else SPEAKERS
        if page.kind not in (PageKind.DATES, PageKind.LIST):
            return FIRST
        return self._wider(page) or self._above_all_of(page)

    def _wider(self, page: Page) -> Page | None:
        """Return the nearest page of a wider period that shows something else, if there is one."""
        wider, shown = [], self.resolved(page)[0]
        if page.kind is PageKind.LIST and (page.period or page.base is not Base.WORDS):
            wider.append(replace(page, kind=PageKind.DATES))
        one = page
        while one.period:
            one = one.wider
            wider.append(one)
        # The first page has the years, too.
        others = (one for one in wider if one != DATES and self.resolved(one)[0] != shown)
        return next(others, None)

    def _above_all_of(self, page: Page) -> Page:
        """Return the page from which one of a speaker, of a kind, or of words is chosen."""
        match page.base:
            case Base.WORDS:
                listed = replace(page, kind=PageKind.LIST, period="")
                return FIRST if page == listed else listed
            case Base.SPEAKER:
                return self._page_with(page.name)
            case Base.KIND:
                return KINDS
        return FIRST

    def _page_with(self, code: str) -> Page:
        """Return the page of speakers that has the one of this *code*."""
        first = self.shelves.speakers[:SOURCES_A_PAGE]
        speaker = self.shelves.speaker(code)
        if speaker is None or speaker in first:
            return SPEAKERS
        pages = (page for page, _ in self.initials())
        return next((page for page in pages if speaker in self.with_initials(page)), SPEAKERS)

    def with_initials(self, page: Page) -> list[SpeakersShelf]:
        """Return the speakers of a *page* of initials, by their names."""
        first, last = initials(page)
        return [one for one in self.shelves.by_name if first <= one.initial <= last]

    def initials(self) -> list[tuple[Page, int]]:
        """Return the pages of initials, each with its number of speakers.

        Of many, such as the characters of Chinese surnames, each page has several.
        """
        named = groupby(self.shelves.by_name, key=lambda one: one.initial)
        counts = [(initial, len(list(same))) for initial, same in named]
        size = max(1, -(-len(counts) // _MOST_INITIALS))
        pages = []
        for start in range(0, len(counts), size):
            some = counts[start : start + size]
            first, last = some[0][0], some[-1][0]
            name = first if first == last else f"{first}-{last}"
            pages.append((Page(PageKind.INITIALS, name=name), sum(count for _, count in some)))
        return pages
