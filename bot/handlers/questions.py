"""Answers the messages that ask: one question, one message back.

One call goes down (the index), one sideways (the renderer) and one out (Telegram). No question is
logged; only the numbers of recent messages are kept, in memory, so that the answer to an edited
question can be edited.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field

from telegram import Chat, Message, Update, User
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.front.limits import Limits, Verdict
from bot.front.throttling import is_allowed, say_too_many
from bot.handlers.addressing import Asked, asked_by, has_words, is_private, written_by_a_bot
from bot.handlers.sending import change, send
from bot.rendering.html import plain
from bot.rendering.replies import (
    render_already_quoted,
    render_answer,
    render_nothing,
    render_nothing_short,
    render_several,
    render_small_talk,
)
from bot.rendering.view import Reply, View
from bot.services.desk import Desk, asks
from index import Answer, SmallTalk, small_talk

#: How many answered questions are remembered, in case they are edited.
REMEMBERED = 4096


@dataclass(slots=True)
class _Answered:
    """The bot's answer to one message, once sent, and who is at work on it."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: By which the question is known again; it is not kept itself.
    hash: int | None = None
    sent: Message | None = None


class Questions:
    """What the bot does with messages, in private, in groups and in channels."""

    def __init__(self, desk: Desk) -> None:
        """Answer from the record at the *desk*."""
        self._desk = desk
        self._answered: OrderedDict[tuple[int, int], _Answered] = OrderedDict()
        # Ten pictures are answered with one line.
        self._told_of_text = Limits(1)

    async def ask(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message or a post, or edit the answer to one that was edited."""
        message = update.effective_message
        if message is None or written_by_a_bot(message):
            return
        desk, private = self._desk, is_private(message.chat)
        settings = desk.settings(message.chat)
        asked = asked_by(message, context.bot.bot, commands_only=settings.commands_only)
        edited = bool(update.edited_message or update.edited_channel_post)
        if (asked is None and (edited or not private)) or (not private and desk.too_old(message)):
            return
        key = (message.chat.id, message.message_id)
        if not self._has_answer(key) and self._is_banter(asked, context.bot.bot):
            return
        if edited and key not in self._answered and self._is_others(message):
            return
        if message.media_group_id:
            # Of an album only one part has the words.
            self._told_of_text.ask(message.chat.id)
        answered = self._remember(key)
        if answered.hash == hash(asked and asked.question):
            # What was edited is something else; or Telegram has found the preview of a link.
            return
        if not await is_allowed(message, desk):
            return
        async with desk.turns.take(message.chat.id) as free:
            if free:
                await self._answer(message, asked, answered)
            else:
                await say_too_many(message, desk)

    async def not_text(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Say that only text can be read (in private; elsewhere nobody asked)."""
        message = update.effective_message
        if message and self._told_of_text.ask(message.chat.id) is Verdict.FREE:
            await send(message, Reply(plain(self._desk.view_of(message).strings.not_text)))

    async def _answer(self, message: Message, asked: Asked | None, answered: _Answered) -> None:
        async with self._desk.turns.one_of(answered.lock):
            answered.hash = hash(asked and asked.question)
            view = self._desk.view_of(message)
            if asked is None:
                await send(message, Reply(plain(view.strings.unknown_command)))
                return
            reply, answer = await self._reply_to(message, asked, view, answered.sent)
            missed = answer is not None and not answer.answered
            if asked.aside and missed and answered.sent is None and not self._is_told(asked):
                return
            if answered.sent is None:
                answered.sent = await send(asked.about, reply, asked.quoted)
                self._desk.note_shown(answered.sent, reply)
            else:
                # A press that is under way is of the question as it was.
                async with self._desk.edits.begin(answered.sent).due():
                    await change(answered.sent, reply)
                    self._desk.note_shown(answered.sent, reply)
            # What is said aside is not for the operator to read.
            if answer and not (asked.aside and missed):
                self._count(answer)

    async def _reply_to(
        self, message: Message, asked: Asked, view: View, sent: Message | None
    ) -> tuple[Reply, Answer | None]:
        """Return what is said to *asked*, and the answer from the record that it says."""
        desk = self._desk
        if reply := await self._unasked(message, asked, view):
            return reply, None
        answer = await desk.ask(asked.question, desk.passages(message.chat))
        private = is_private(message.chat)
        if not answer.answered:
            return self._nothing(answer, view, private=private), answer
        several = desk.settings(message.chat).passages > 1 and len(answer.hits) > 1
        if not private and (address := self._given_at(message, answer, sent)):
            return render_already_quoted(answer, view, address, several=several), answer
        if several:
            return render_several(answer, view), answer
        return render_answer(answer, view, 0, desk.neighbours(answer.hits[0])), answer

    async def _unasked(self, message: Message, asked: Asked, view: View) -> Reply | None:
        """Return what is said where nothing is asked, if that is so."""
        strings, desk, me = view.strings, self._desk, message.get_bot().bot
        if not asked.question:
            example = await desk.example(strings)
            return Reply(plain(strings.help_ask.format(example=example)))
        if not has_words(asked.question):
            return Reply(plain(strings.not_text))
        if kind := small_talk(asked.question, me.first_name, me.username or ""):
            examples = await desk.examples() if kind is SmallTalk.GREETING else ()
            return render_small_talk(kind, desk.index.searched, examples, view)
        return None

    def _is_banter(self, asked: Asked | None, me: User) -> bool:
        """Return whether what was said beneath an answer is hardly a question to the bot."""
        if asked is None or not asked.aside:
            return False
        small_talk_reply = small_talk(asked.question, me.first_name, me.username or "")
        return not small_talk_reply and self._desk.is_banter(asked.question)

    def _is_told(self, asked: Asked) -> bool:
        """Return whether what was said aside is a question whose miss is told."""
        return asks(asked.question) and self._desk.has_subject(asked.question)

    def _nothing(self, answer: Answer, view: View, *, private: bool) -> Reply:
        amended = self._desk.index.amended(answer.question)
        if private or amended:
            return render_nothing(answer, view, amended)
        return render_nothing_short(answer, view)

    def _count(self, answer: Answer) -> None:
        state = self._desk.state
        if answer.answered:
            state.count("answers")
        else:
            state.count("refusals")
            if not self._desk.index.amended(answer.question):
                state.miss(answer.question)

    def _given_at(self, message: Message, answer: Answer, sent: Message | None) -> str:
        """Return where in this chat the quote was given within a day, if anywhere but in *sent*.

        Without an address to lead to, the quote itself is of more use. And who asks for words that
        are not on record must not be told that they were quoted.
        """
        if answer.interpretation.absent:
            return ""
        given = self._desk.state.last_quote(message.chat.id, answer.hits[0].citation.reference)
        # Nor does a link lead from beneath a quote to that quote.
        here = [one.message_id for one in (sent, message.reply_to_message) if one]
        if given is None or given.message_id in here:
            return ""
        return _address(message.chat, given.message_id, given.thread_id)

    def _is_others(self, message: Message) -> bool:
        """Return whether *message*, edited and not known, may have been answered all the same.

        Before the bot was restarted, or by another of its processes: a second answer would only be
        noise.
        """
        before = message.date.timestamp() < int(self._desk.began)
        return before or self._desk.configuration.workers > 1

    def _has_answer(self, key: tuple[int, int]) -> bool:
        """Return whether the message *key* was answered, and what it is edited into matters."""
        answered = self._answered.get(key)
        return answered is not None and answered.sent is not None

    def _remember(self, key: tuple[int, int]) -> _Answered:
        answered = self._answered.setdefault(key, _Answered())
        self._answered.move_to_end(key)
        while len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)
        return answered


def _address(chat: Chat, message_id: int, thread_id: int | None) -> str:
    """Return the address of a message in *chat*; in a basic group it has none."""
    if chat.type not in (ChatType.SUPERGROUP, ChatType.CHANNEL):
        return ""
    place = chat.username or f"c/{str(chat.id).removeprefix('-100')}"
    topic = f"{thread_id}/" if thread_id else ""
    return f"https://t.me/{place}/{topic}{message_id}"
