"""Answers the messages that ask: one question, one message back.

One call goes down (the index), one sideways (the renderer) and one out (Telegram). No question is
logged; only the numbers of recent messages are kept, in memory, so that the answer to an edited
question can be edited.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from cachetools import LRUCache
from telegram import Chat, Message
from telegram.constants import ChatType

from bot.front.addressing import Asked, has_words
from bot.front.chat_slots import ChatSlots
from bot.front.request import Request
from bot.front.throttles import Limit
from bot.handlers.follow_ups import Beneath, FollowUps
from bot.handlers.message_changes import MessageChanges
from bot.rendering.citation_parts import render_citation_parts
from bot.rendering.html import plain
from bot.rendering.replies import (
    render_already_quoted,
    render_answer,
    render_nothing,
    render_nothing_short,
    render_several,
    render_small_talk,
)
from bot.rendering.view import Reply
from bot.services.answers import Answers
from bot.services.chats import Chats
from bot.services.sending import change, send
from bot.state.state import State
from index import Answer, SmallTalk, small_talk

#: How many answered questions are remembered, in case they are edited.
REMEMBERED = 4096


@dataclass(slots=True)
class _Answered:
    """The bot's answer to one message."""

    #: Held while the answer is sent or changed.
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: The hash of the question, which is not kept itself; ``None`` before the first answer.
    hash: int | None = None
    sent: Message | None = None


class Questions:
    """Answers questions, in private, in groups and in channels."""

    def __init__(
        self,
        answers: Answers,
        chats: Chats,
        state: State,
        slots: ChatSlots,
        message_changes: MessageChanges,
        *,
        only_text: Limit,
        answers_before: Callable[[Message], bool],
    ) -> None:
        """Answer from *answers*; count answers in *state*.

        *only_text* limits how often a chat is told that only text can be read. *answers_before*
        tells of a message whether it may have been answered before this process, or beside it.
        """
        self._answers = answers
        self._follow_ups = FollowUps(answers)
        self._chats = chats
        self._state = state
        self._slots = slots
        self._message_changes = message_changes
        self._only_text = only_text
        self._answers_before = answers_before
        self._answered: LRUCache[tuple[int, int], _Answered] = LRUCache(REMEMBERED)

    async def accepts(self, request: Request) -> bool:
        """Return whether *request* asks us something that is not answered yet."""
        asked, message = request.asked, request.message
        if asked is None and (request.edited or not request.is_private):
            return False
        key = (request.chat.id, message.message_id)
        answered = self._answered.get(key)
        # Once answered, it is answered again whatever it is edited into.
        has_answer = answered is not None and answered.sent is not None
        beneath = None if has_answer or asked is None else self._follow_ups.read(request)
        if asked and beneath and self._follow_ups.is_left_alone(asked, request, beneath):
            return False
        if request.edited and answered is None and self._answers_before(message):
            return False
        if message.media_group_id:
            # Only one picture of an album has the caption; the others get no "I read only text".
            self._only_text.ask(request.chat.id)
        if answered is None:
            answered = self._answered[key] = _Answered()
        # An edit that leaves the question as it was: of something else in the message, or by
        # Telegram, which sends one when it has found the preview of a link.
        return answered.hash != _hash_of(asked)

    async def answer(self, request: Request) -> None:
        """Answer a message, or edit the answer to one that was edited."""
        key = (request.chat.id, request.message.message_id)
        answered = self._answered.setdefault(key, _Answered())
        async with self._slots.hold(answered.lock):
            answered.hash = _hash_of(request.asked)
            if request.asked is None:
                unknown = request.view.strings.unknown_command
                await send(request.message, Reply(plain(unknown)))
            else:
                await self._answer(request, request.asked, answered)

    async def refuse_media(self, request: Request) -> None:
        """Say that only text can be read."""
        # Ten pictures get one line.
        if self._only_text.allows(request.chat.id):
            await send(request.message, Reply(plain(request.view.strings.not_text)))

    async def _answer(self, request: Request, asked: Asked, answered: _Answered) -> None:
        answer: Answer | None = None
        beneath = self._follow_ups.read(request)
        if beneath and beneath.asks_for_citation:
            reply = render_citation_parts(beneath.cited, beneath.wants.parts, request.view)
        elif said := await self._reply_to_small_talk(request, asked):
            reply = said
        else:
            unaddressed = beneath if asked.unaddressed else None
            answer = await self._ask(request, asked, unaddressed)
            is_new = unaddressed if answered.sent is None else None
            if is_new and not self._follow_ups.is_given(answer, request, is_new):
                return
            reply = self._reply_to_question(request, answer, answered.sent)
        if answered.sent is None:
            answered.sent = await send(asked.answer_beneath, reply, asked.quoted)
            self._chats.note_shown(answered.sent, reply)
        else:
            # A press under way is of the question as it was.
            async with self._message_changes.begin(answered.sent).due():
                await change(answered.sent, reply)
                self._chats.note_shown(answered.sent, reply)
        # What is said in passing is not for the operator to read.
        if answer and (answer.answered or not asked.unaddressed):
            self._count(answer)

    async def _ask(self, request: Request, asked: Asked, unaddressed: Beneath | None) -> Answer:
        """Return the answer to what is *asked*; of a follow-up perhaps without "and", "please"."""
        passages = request.settings.passages
        answer = await self._answers.ask(asked.question, passages)
        if not answer.answered and unaddressed and unaddressed.wants.question != asked.question:
            # As typed it comes first: its small words tell in which language it is.
            shorter = await self._answers.ask(unaddressed.wants.question, passages)
            return shorter if shorter.answered else answer
        return answer

    async def _reply_to_small_talk(self, request: Request, asked: Asked) -> Reply | None:
        """Return the reply to what asks nothing: no words, a greeting, thanks."""
        strings, answers, me = request.view.strings, self._answers, request.me
        if not asked.question:
            return Reply(plain(strings.help_ask.format(example=await answers.example(strings))))
        if not has_words(asked.question):
            return Reply(plain(strings.not_text))
        if kind := small_talk(asked.question, me.first_name, me.username or ""):
            examples = await answers.examples() if kind is SmallTalk.GREETING else ()
            return render_small_talk(kind, answers.index.searched, examples, request.view)
        return None

    def _reply_to_question(self, request: Request, answer: Answer, sent: Message | None) -> Reply:
        """Return the reply that gives *answer*; *sent* is the one that it replaces, if any."""
        view = request.view
        if not answer.answered:
            amended = self._answers.index.amended(answer.question)
            if request.is_private or amended:
                return render_nothing(answer, view, amended)
            return render_nothing_short(answer, view)
        several = request.settings.passages > 1 and len(answer.hits) > 1
        if not request.is_private and (address := self._shown_at(request, answer, sent)):
            return render_already_quoted(answer, view, address, several=several)
        if several:
            return render_several(answer, view)
        return render_answer(answer, view)

    def _count(self, answer: Answer) -> None:
        if answer.answered:
            self._state.count("answers")
            return
        self._state.count("refusals")
        if not self._answers.index.amended(answer.question):
            self._state.miss(answer.question)

    def _shown_at(self, request: Request, answer: Answer, sent: Message | None) -> str:
        """Return the address at which this chat was shown the quote within a day, but in *sent*.

        Empty where it was not, or has no address to link to. Words that are not on record must not
        be said to have been quoted; and who asks for help is helped.
        """
        if answer.interpretation.absent or self._answers.index.about_bot(answer.question):
            return ""
        shown = self._state.last_quote(request.chat.id, answer.hits[0].citation.reference)
        # Nor does a link lead from beneath a quote to that quote.
        here = [one.message_id for one in (sent, request.message.reply_to_message) if one]
        if shown is None or shown.message_id in here:
            return ""
        return _address(request.chat, shown.message_id, shown.thread_id)


def _hash_of(asked: Asked | None) -> int:
    return hash(asked and asked.question)


def _address(chat: Chat, message_id: int, thread_id: int | None) -> str:
    """Return the address of a message in *chat*; in a basic group it has none."""
    if chat.type not in (ChatType.SUPERGROUP, ChatType.CHANNEL):
        return ""
    place = chat.username or f"c/{str(chat.id).removeprefix('-100')}"
    topic = f"{thread_id}/" if thread_id else ""
    return f"https://t.me/{place}/{topic}{message_id}"
