"""Answers the commands that ask for no passage by its words: /start, /help, /ref and /sources."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.front.throttling import is_allowed, say_too_many
from bot.handlers.addressing import is_named, is_private, question_in, written_by_a_bot
from bot.handlers.sending import send
from bot.rendering.html import plain
from bot.rendering.keyboards import keyboard, questions
from bot.rendering.pages import render_sources
from bot.rendering.replies import render_amended, render_answer, render_context
from bot.rendering.view import Reply, View
from bot.services.desk import Desk
from index import Answer, parse_reference, references_in


class Commands:
    """What the bot does with each command but /ask, /settings and the operator's."""

    def __init__(self, desk: Desk) -> None:
        """Answer from the record at the *desk*."""
        self._desk = desk

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Greet; or bring the paragraph whose reference a link brought along."""
        async with self._to_answer(update, named=True) as message:
            if message:
                await self._greet(message, context)

    async def _greet(self, message: Message, context: ContextTypes.DEFAULT_TYPE) -> None:
        view = self._view(message)
        brought = question_in(message, context.bot.bot)
        # A link may bring anything, such as where it was posted; our references have a dash.
        if "-" in brought and (reply := self._brought(brought, view)):
            self._desk.note_shown(await send(message, reply), reply)
            return
        text = view.strings.start_empty
        examples: tuple[str, ...] = ()
        if self._desk.index.searched.paragraphs:
            text = view.strings.start.format(example=plain(await self._desk.example(view.strings)))
            examples = await self._desk.examples()
        await send(message, Reply(text, keyboard(questions(examples))))

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say how to ask and what a reply means."""
        async with self._to_answer(update, named=True) as message:
            if message:
                username = plain(context.bot.username)
                await send(
                    message, Reply(self._view(message).strings.help.format(username=username))
                )

    async def ref(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Bring a paragraph by its reference, among those around it."""
        async with self._to_answer(update) as message:
            if message:
                await self._bring(message, context)

    async def _bring(self, message: Message, context: ContextTypes.DEFAULT_TYPE) -> None:
        view, index = self._view(message), self._desk.index
        name = question_in(message, context.bot.bot) or self._written_in(message)
        if reply := self._brought(name, view):
            self._desk.note_shown(await send(message, reply), reply)
            return
        newest = [index.paragraph(one.id, 1) for one in index.record.statements[:1]]
        example = next((hit.citation.reference for hit in newest if hit), "K7Q2-M9XA")
        await send(message, Reply(plain(view.strings.ref_how.format(example=example))))

    async def sources(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """List the statements on record."""
        async with self._to_answer(update) as message:
            if message:
                index, view = self._desk.index, self._view(message)
                opening = partial(index.paragraph, number=1)
                await send(message, render_sources(index.record, view, opening=opening))

    def _brought(self, name: str, view: View) -> Reply | None:
        """Return what *name* stands for; ``None`` if it is no reference, nor any other name."""
        index = self._desk.index
        hits = index.look_up(name)
        if len({hit.citation.statement for hit in hits}) > 1:
            # Two statements share the reference; whoever asks can turn from one to the other.
            shared = Answer(question=name, answered=True, hits=tuple(hits), searched=index.searched)
            return render_answer(shared, view, 0, self._desk.neighbours(hits[0]))
        if hits:
            return render_context(hits[0], *self._desk.around(hits[0]), view)
        if amended := index.amended(name):
            return render_amended(amended, view)
        if (reference := parse_reference(name)) is None:
            return None
        return Reply(plain(view.strings.reference_unknown.format(reference=reference)))

    def _written_in(self, message: Message) -> str:
        """Return the reference in what *message* replies to, one on record before others."""
        replied, quoted, index = message.reply_to_message, message.quote, self._desk.index
        text = (replied.text or replied.caption or "") if replied else ""
        if quoted and (quoted.is_manual or not replied):
            text = quoted.text
        written = references_in(text) or [one for one in [parse_reference(text)] if one]
        known = (one for one in written if index.look_up(one) or index.amended(one))
        return next(known, "".join(written[:1]))

    @asynccontextmanager
    async def _to_answer(
        self, update: Update, *, named: bool = False
    ) -> AsyncIterator[Message | None]:
        """Yield the message when its turn comes, if it is to be answered at all.

        In a group perhaps only if it is a *named* bot's.
        """
        message = update.effective_message
        if message is None or written_by_a_bot(message) or not self._is_ours(message, named=named):
            yield None
            return
        if not await is_allowed(message, self._desk):
            yield None
            return
        async with self._desk.turns.take(message.chat.id) as free:
            if not free:
                await say_too_many(message, self._desk)
            yield message if free else None

    def _is_ours(self, message: Message, *, named: bool) -> bool:
        if is_private(message.chat):
            return True
        # In a group every bot hears a bare /help; only the one that is named should answer.
        ours = not named or is_named(message, message.get_bot().bot)
        return ours and not self._desk.too_old(message)

    def _view(self, message: Message) -> View:
        return self._desk.view_of(message)
