"""Answers mentions as a guest: in a chat that the bot is not in, once, by the one way there is."""

from __future__ import annotations

from telegram import InlineQueryResultArticle

from bot.front.request import Request
from bot.rendering.html import plain
from bot.rendering.inline_results import hit_result, text_result
from bot.rendering.replies import above, render_amended, render_nothing_short, render_small_talk
from bot.rendering.view import Reply
from bot.services.answers import Answers
from bot.services.sending import answer_guest
from bot.state.state import State
from index import small_talk


class Guests:
    """What the bot answers where it is a guest."""

    def __init__(self, answers: Answers, state: State) -> None:
        """Answer from *answers*, and count in *state*."""
        self._answers = answers
        self._state = state

    async def accepts(self, request: Request) -> bool:
        """Return whether *request* can be answered."""
        return bool(request.message.guest_query_id)

    async def answer(self, request: Request) -> None:
        """Answer what is asked; in the words of the message, or about what it replies to."""
        await answer_guest(request.message, await self._result(request))

    async def _result(self, request: Request) -> InlineQueryResultArticle:
        view, index, me = request.view, self._answers.index, request.me
        question = request.asked.question if request.asked else request.wording.text
        if not question:
            return text_result(Reply(plain(view.strings.guest_how)))
        if kind := small_talk(question, me.first_name, me.username or ""):
            return text_result(render_small_talk(kind, index.searched, (), view))
        answer = await self._answers.ask(question)
        if answer.answered:
            self._state.count("answers")
            return hit_result(answer.hits[0], view, above(answer, view))
        self._state.count("refusals")
        if amended := self._answers.index.amended(question):
            return text_result(render_amended(amended, view))
        self._state.miss(question)
        return text_result(render_nothing_short(answer, view))
