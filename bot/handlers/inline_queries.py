"""Answers inline queries: what is typed after the bot's name, in any chat.

Only what answers is offered, never something near it. What a user picks is sent as everybody would
send it, so that Telegram may keep the results for others who type the same.
"""

from __future__ import annotations

from cachetools import LRUCache
from telegram import InlineQuery, InlineQueryResultArticle, InlineQueryResultsButton

from bot.answering.answers import Answers
from bot.i18n.strings import Strings
from bot.rendering.inline_results import hit_result, statement_result
from bot.rendering.view import View
from bot.services.chats import Chats
from bot.services.sending import answer_inline
from bot.state.state import State
from index import Hit, Index, Span, Statement

#: How many results are offered at once. Telegram allows 50, which take it and us far longer.
PAGE = 10
#: How many results are paged through at most. The ranking weighs some thirty passages; more come
#: only of a statement that is asked for by its id.
_DEEPEST = 1000
#: How many rendered results are kept, of some six kilobytes each.
_RENDERED = 500
#: For how many seconds Telegram may give the same results to others who type the same.
KEPT_SECONDS = 300
#: Characters that a phone shows of the button above the results.
_BUTTON = 40
#: What the button above the results brings along when it opens the bot.
_OPENED = "inline"


class InlineQueries:
    """What the bot offers inline."""

    def __init__(self, answers: Answers, chats: Chats, state: State, *, is_personal: bool) -> None:
        """Offer what *answers* finds, and count in *state*.

        It *is_personal* where only some users are answered: the others must not get what Telegram
        keeps.
        """
        self._answers = answers
        self._chats = chats
        self._state = state
        self._is_personal = is_personal
        # With each letter that is typed, much the same is offered again.
        self._rendered: LRUCache[tuple[str, Span], InlineQueryResultArticle] = LRUCache(_RENDERED)
        self._rendered_of = answers.index

    async def answer(self, query: InlineQuery) -> None:
        """Offer a page of the passages that answer what was typed, or of the newest statements."""
        typed = " ".join(query.query.split())
        # A space behind the last word finishes it.
        unfinished = query.query == query.query.rstrip()
        first = _number(query.offset)
        view = self._chats.common_view()
        results, more = await self._page(typed, first, view, unfinished=unfinished)
        more = more and first + PAGE < _DEEPEST
        self._state.count("inline")
        button = None
        if not results and not first:
            button = await self._why_nothing(typed, view.strings, unfinished=unfinished)
        await answer_inline(
            query,
            results,
            cache_time=KEPT_SECONDS,
            is_personal=self._is_personal,
            next_offset=str(first + PAGE) if more else "",
            button=button,
        )

    def count_chosen(self) -> None:
        """Count a result that was sent; Telegram tells only if inline feedback is switched on."""
        self._state.count("inline_sent")

    async def _page(
        self, typed: str, first: int, view: View, *, unfinished: bool
    ) -> tuple[list[InlineQueryResultArticle], bool]:
        """Return the results from number *first* on, and whether there are more."""
        if not typed:
            newest = self._newest(first, first + PAGE)
            more = len(self._answers.index.record.statements) > first + PAGE
            return [statement_result(one, hit, view) for one, hit in newest], more
        # Every page asks for the same, so that the answer is there when the next one is wanted.
        index = self._answers.index
        answer = await self._answers.ask(typed, _DEEPEST, unfinished=unfinished)
        # What comes nearest to words between quotation marks must not be sent for them.
        answers = answer.answered and not answer.interpretation.absent
        hits = answer.hits[first:] if answers else ()
        return [self._result(hit, view, index) for hit in hits[:PAGE]], len(hits) > PAGE

    async def _why_nothing(
        self, typed: str, strings: Strings, *, unfinished: bool
    ) -> InlineQueryResultsButton:
        """Return the button that says why nothing is offered, and opens the bot."""
        index = self._answers.index
        if not index.searched.paragraphs:
            return InlineQueryResultsButton(strings.inline_empty, start_parameter=_OPENED)
        if amended := index.amended(typed):
            # There the bot tells more, and leads to the statement.
            return InlineQueryResultsButton(
                strings.inline_amended, start_parameter=amended.reference
            )
        answer = await self._answers.ask(typed, _DEEPEST, unfinished=unfinished)
        text = strings.inline_absent if answer.interpretation.absent else strings.inline_nothing
        nothing = strings.nothing_of(answer)
        if not answer.answered and 0 < len(nothing) <= _BUTTON:
            text = nothing
        return InlineQueryResultsButton(text, start_parameter=_OPENED)

    def _result(self, hit: Hit, view: View, index: Index) -> InlineQueryResultArticle:
        """Return *hit* of *index* as a result; the last are kept, of the record as it is."""
        if index is not self._answers.index:
            return hit_result(hit, view)
        if index is not self._rendered_of:
            self._rendered.clear()
            self._rendered_of = index
        place = (f"{hit.citation.statement}#{hit.citation.paragraph}", hit.sentence)
        if place not in self._rendered:
            self._rendered[place] = hit_result(hit, view)
        return self._rendered[place]

    def _newest(self, first: int, last: int) -> list[tuple[Statement, Hit]]:
        """Return the newest statements, each with its first paragraph that is no question."""
        index = self._answers.index
        newest = []
        for statement in index.record.statements[first:last]:
            opening = next((one.number for one in statement.paragraphs if one.quotable), 0)
            # A statement that has none but questions says nothing.
            if hit := index.paragraph(statement.id, opening):
                newest.append((statement, hit))
        return newest


def _number(offset: str) -> int:
    """Return the number that a page begins with; an *offset* that is not ours begins at 0."""
    ours = offset.isascii() and offset.isdigit() and len(offset) <= len(f"{_DEEPEST}")
    return min(int(offset), _DEEPEST) if ours else 0
