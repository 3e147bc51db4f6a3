"""Answers where the bot is not: what is typed after its name in any chat, and mentions of a guest.

What is offered is only what answers; never something near it. A person sends it, in words that
everybody gets alike, so that Telegram may keep them for whoever types the same.
"""

from __future__ import annotations

from telegram import InlineQueryResultArticle, InlineQueryResultsButton, Message, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.front.limits import Verdict
from bot.handlers.addressing import asked_by, question_in, sender_of, written_by_a_bot
from bot.i18n.strings import Strings
from bot.rendering.html import plain
from bot.rendering.inline_results import hit_result, statement_result, text_result
from bot.rendering.replies import render_amended, render_nothing_short, render_small_talk
from bot.rendering.view import Reply, View
from bot.services.desk import Desk
from bot.wire.retry import with_retries
from index import Hit, Index, Span, Statement, small_talk

#: How many results are offered at once: 50 are allowed, and take Telegram and us far longer.
PAGE = 10
#: No more than this are ever paged through. The ranking weighs some thirty passages; more come only
#: of a statement that is asked for by its id.
_DEEPEST = 1000
#: So many rendered results are kept, of some six kilobytes each.
_RENDERED = 500
#: For so many seconds Telegram may give the same results to whoever types the same.
KEPT_SECONDS = 300
#: What a person brings who pressed the button above the results.
OPENED_INLINE = "inline"


class InlineQueries:
    """What the bot offers inline, and answers as a guest."""

    def __init__(self, desk: Desk) -> None:
        """Offer what is on record at the *desk*."""
        self._desk = desk
        # With each letter that is typed, much the same is offered again.
        self._rendered: dict[tuple[str, Span], InlineQueryResultArticle] = {}
        self._rendered_of = desk.index

    async def offer(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Offer a page of the passages that answer what was typed, or of the newest statements."""
        query = update.inline_query
        if query is None:
            return
        if self._desk.per_typist.ask(query.from_user.id) is not Verdict.FREE:
            # Telegram shows nothing then; a person who types does not get there.
            return
        typed = " ".join(query.query.split())
        first = _number(query.offset)
        view = self._desk.common_view
        offered, more = await self._page(typed, first, view)
        more = more and first + PAGE < _DEEPEST
        self._desk.state.count("inline")
        button = None if offered or first else await self._why_nothing(typed, view.strings)
        try:
            await with_retries(
                lambda: query.answer(
                    offered,
                    cache_time=KEPT_SECONDS,
                    # Where only some people are answered, the others must not get what is kept.
                    is_personal=bool(self._desk.configuration.people),
                    # Not "": with Defaults the library makes an empty list of an empty text.
                    next_offset=str(first + PAGE) if more else None,
                    button=button,
                )
            )
        except BadRequest as error:
            # The person has typed on, or gone.
            if "query is too old" not in error.message.lower():
                raise

    async def chosen(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Count a result that was sent; Telegram tells only if inline feedback is switched on."""
        self._desk.state.count("inline_sent")

    async def guest(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a mention in a chat that the bot is not in: once, by the one way there is."""
        message = update.guest_message
        if message is None or not message.guest_query_id or written_by_a_bot(message):
            return
        verdict = self._desk.per_person.ask(sender_of(message))
        if verdict is Verdict.SILENT:
            return
        view = self._desk.view(None, None if message.sender_chat else message.from_user)
        if verdict is Verdict.TELL:
            result = text_result(Reply(plain(view.strings.too_many)))
        else:
            result = await self._for_guest(message, view)
        try:
            await with_retries(lambda: message.answer_guest_query(result))
        except BadRequest as error:
            if "query is too old" not in error.message.lower():
                raise

    async def _for_guest(self, message: Message, view: View) -> InlineQueryResultArticle:
        """Return what is answered to *message*; in its words, or about what it replies to."""
        strings, desk, me = view.strings, self._desk, message.get_bot().bot
        asked = asked_by(message, me)
        question = asked.question if asked else question_in(message, me)
        if not question:
            return text_result(Reply(plain(strings.guest_how)))
        if kind := small_talk(question, me.first_name, me.username or ""):
            return text_result(render_small_talk(kind, desk.index.searched, (), view))
        answer = await desk.ask(question)
        if answer.answered:
            desk.state.count("answers")
            return hit_result(answer.hits[0], view, strings.how_read(answer))
        desk.state.count("refusals")
        if amended := desk.index.amended(question):
            return text_result(render_amended(amended, view))
        desk.state.miss(question)
        return text_result(render_nothing_short(answer, view))

    async def _page(
        self, typed: str, first: int, view: View
    ) -> tuple[list[InlineQueryResultArticle], bool]:
        """Return the results from number *first* on, and whether there are more."""
        if not typed:
            newest = self._newest(first, first + PAGE)
            more = len(self._desk.index.record.statements) > first + PAGE
            return [statement_result(one, hit, view) for one, hit in newest], more
        # Every page asks for the same, so that the answer is there when the next one is wanted.
        index = self._desk.index
        answer = await self._desk.ask(typed, _DEEPEST)
        # What comes nearest to words between quotation marks must not be sent for them.
        answers = answer.answered and not answer.interpretation.absent
        hits = answer.hits[first:] if answers else ()
        return [self._result(hit, view, index) for hit in hits[:PAGE]], len(hits) > PAGE

    async def _why_nothing(self, typed: str, strings: Strings) -> InlineQueryResultsButton:
        """Return the button that says why nothing is offered, and opens the bot."""
        index = self._desk.index
        if not index.searched.paragraphs:
            return InlineQueryResultsButton(strings.inline_empty, start_parameter=OPENED_INLINE)
        if amended := index.amended(typed):
            # There the bot tells more, and leads to the statement.
            return InlineQueryResultsButton(
                strings.inline_amended, start_parameter=amended.reference
            )
        absent = (await self._desk.ask(typed, _DEEPEST)).interpretation.absent
        text = strings.inline_absent if absent else strings.inline_nothing
        return InlineQueryResultsButton(text, start_parameter=OPENED_INLINE)

    def _result(self, hit: Hit, view: View, index: Index) -> InlineQueryResultArticle:
        """Return *hit* of *index* as a result; the last are kept, of the record as it is."""
        if index is not self._desk.index:
            return hit_result(hit, view)
        if index is not self._rendered_of or len(self._rendered) >= _RENDERED:
            self._rendered, self._rendered_of = {}, index
        place = (f"{hit.citation.statement}#{hit.citation.paragraph}", hit.sentence)
        if place not in self._rendered:
            self._rendered[place] = hit_result(hit, view)
        return self._rendered[place]

    def _newest(self, first: int, last: int) -> list[tuple[Statement, Hit]]:
        """Return the newest statements, each with its first paragraph that is no question."""
        index = self._desk.index
        newest = []
        for statement in index.record.statements[first:last]:
            opening = next((one.number for one in statement.paragraphs if one.quotable), 0)
            # A statement that has none but questions says nothing.
            if hit := index.paragraph(statement.id, opening):
                newest.append((statement, hit))
        return newest


def _number(offset: str) -> int:
    """Return the number that a page begins with; an *offset* that we never gave begins anew."""
    ours = offset.isascii() and offset.isdigit() and len(offset) <= len(f"{_DEEPEST}")
    return min(int(offset), _DEEPEST) if ours else 0
