"""Lists the statements on record: what /sources and its buttons show.

How that looks is left to ``rendering.sources``, and opening a statement to ``buttons``.
"""

from __future__ import annotations

from functools import partial

from bot.answering.answers import Answers
from bot.front.request import Request
from bot.rendering.callback_data import CallbackData
from bot.rendering.html import typed
from bot.rendering.source_codes import FIRST, Base, Page, PageKind, read_page
from bot.rendering.sources import Sources
from bot.rendering.view import Reply, View

#: So many characters of what was sought in vain are shown.
_LONGEST = 60


class ListsOfSources:
    """What the bot does with /sources and the buttons beneath its lists."""

    def __init__(self, answers: Answers) -> None:
        """List what *answers* has on record."""
        self._answers = answers

    async def shown(self, request: Request) -> Reply:
        """List the statements on record; or those that have the words, or the days, given."""
        words = request.wording.text
        return await self._answers.in_thread(partial(self._sought, words, request.view))

    async def turned(self, button: CallbackData, words: str, view: View) -> Reply:
        """Return the page that *button* shows; *words* are those of the command, if it has any."""
        page = read_page(button.question, words)
        # What is sorted when it is first asked for takes a while.
        return await self._answers.in_thread(
            lambda: self._sources(view).render(page, button.number)
        )

    def _sought(self, words: str, view: View) -> Reply:
        sources = self._sources(view)
        if not words:
            return sources.render()
        page = Page(PageKind.LIST, base=Base.WORDS, name=words)
        if sources.shelves.sought(words, sources.today):
            return sources.render(page)
        strings = view.strings
        sought = strings.read_quoted.format(words=strings.typed(words, typed, _LONGEST))
        return sources.render(FIRST, notice=strings.nothing_matches.format(filters=sought))

    def _sources(self, view: View) -> Sources:
        index = self._answers.index
        opening = partial(index.paragraph, number=1)
        return Sources(index.shelves, view, self._answers.today, opening)
