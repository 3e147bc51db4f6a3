"""Answers mentions as a guest: in a chat that the bot is not in, once, by the one way there is."""

from __future__ import annotations

from telegram import InlineQueryResultArticle

from bot.answering.answering import Answering
from bot.answering.asked import Asked
from bot.answering.outcomes import Found, HowToAsk, HowToDoubt, NotFound
from bot.front.request import Request
from bot.rendering.html import plain
from bot.rendering.inline_results import hit_result, text_result
from bot.rendering.outcomes import render_outcome
from bot.rendering.replies import above
from bot.rendering.view import Reply
from bot.services.sending import answer_guest
from bot.state.state import State


class Guests:
    """What the bot answers where it is a guest."""

    def __init__(self, answering: Answering, state: State) -> None:
        """Answer by *answering*, and count in *state*."""
        self._answering = answering
        self._state = state

    async def accepts(self, request: Request) -> bool:
        """Return whether *request* can be answered."""
        return bool(request.message.guest_query_id)

    async def answer(self, request: Request) -> None:
        """Answer what is asked; in the words of the message, or about what it replies to."""
        await answer_guest(request.message, await self._result(request))

    async def _result(self, request: Request) -> InlineQueryResultArticle:
        asked = request.asked or Asked(request.wording.text)
        view = request.view
        if asked.question.startswith("/"):
            # Commands are for chats that the bot is in.
            return text_result(Reply(plain(view.strings.guest_how)))
        match outcome := await self._answering.outcome(asked):
            case Found(answer):
                self._state.count("answers")
                return hit_result(answer.hits[0], view, above(answer, view))
            case None | HowToAsk() | HowToDoubt():
                return text_result(Reply(plain(view.strings.guest_how)))
            case NotFound(answer, amended):
                self._state.count("refusals")
                if not amended:
                    self._state.miss(answer.question)
        reply = render_outcome(outcome, view, passages=1, in_short=True)
        return text_result(reply)
