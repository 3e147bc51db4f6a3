"""Does what a pressed button says, in the message that the button stands under.

Everything it needs is in the button, or in the message; so buttons survive a restart.
"""

from __future__ import annotations

from functools import partial

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.citations.citing import cite
from bot.handlers.addressing import is_private, question_in
from bot.handlers.chat_settings import SettingsOfChats
from bot.handlers.sending import (
    answer_press,
    change,
    restate,
    room_beneath,
    write_beneath,
)
from bot.rendering.callback_data import Action, CallbackData, unpack
from bot.rendering.keyboards import style_of, toggle_citations
from bot.rendering.pages import render_sources, render_statement
from bot.rendering.replies import (
    render_answer,
    render_context,
    render_nearest,
    render_nothing,
    render_nothing_short,
    render_paragraph,
    render_several,
)
from bot.rendering.view import Reply, View
from bot.services.desk import Desk
from index import Answer, Hit

#: So many characters of a title or a name tell it from another.
_TELLING = 100


class Buttons:
    """What the bot does with a pressed button."""

    def __init__(self, desk: Desk, settings: SettingsOfChats) -> None:
        """Show what is on record at the *desk*; let *settings* be changed."""
        self._desk = desk
        self._settings = settings

    async def press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Change the message as its button says, or tell why it cannot be."""
        query = update.callback_query
        if query is None:
            return
        button, message = unpack(query.data or ""), query.message
        view = self._desk.view(message.chat if message else None, query.from_user)
        if button is None or not isinstance(message, Message):
            await answer_press(query, None if button is None else view.strings.question_gone)
            return
        begun = self._desk.edits.begin(message)
        async with self._desk.turns.take(message.chat.id, waits=False) as free:
            if not free:
                await answer_press(query)
                return
            if button.action is Action.CHOICE:
                reply = await self._settings.choose(
                    button.reference, message, query.from_user, view
                )
                # What it shows are the settings as they are now, whatever was pressed since.
                begun = self._desk.edits.begin(message)
            else:
                view = self._desk.view_beneath(message, query.from_user)
                reply = await self._pressed(button, message, view)
            await answer_press(query, reply if isinstance(reply, str) else None)
            if isinstance(reply, str):
                return
            async with begun.due() as due:
                if due:
                    await self._make(button, message, reply)

    async def _make(self, button: CallbackData, message: Message, reply: Reply) -> None:
        """Let *message* be what *button* makes of it: *reply*."""
        if reply.beneath:
            await write_beneath(message, reply)
            return
        if button.action is Action.CITE:
            await restate(message, reply)
            return
        await change(message, reply)
        self._desk.note_shown(message, reply)

    async def _pressed(self, button: CallbackData, message: Message, view: View) -> Reply | str:
        """Return what a button shows, or a notice why it cannot; the notice may be empty."""
        match button.action:
            case Action.SOURCES:
                index = self._desk.index
                opening = partial(index.paragraph, number=1)
                return render_sources(index.record, view, button.number, opening)
            case Action.STATEMENT:
                return await self._statement(button, message, view)
            case Action.PARAGRAPH | Action.CONTEXT | Action.CITE | Action.CITATION:
                return self._paragraph(button, message, view)
        question = button.question or self._question_above(message)
        if not question:
            return view.strings.question_gone
        answer = await self._desk.ask(question, self._desk.passages(message.chat))
        return self._passage(button, answer, message, view)

    def _passage(self, button: CallbackData, answer: Answer, message: Message, view: View) -> Reply:
        """Return the passage of *answer* that a button shows, or several; or that there is none."""
        if not answer.hits or (not answer.answered and button.action is not Action.NEAREST):
            amended = self._desk.index.amended(answer.question)
            if amended or is_private(message.chat):
                return render_nothing(answer, view, amended)
            return render_nothing_short(answer, view)
        if answer.answered and button.action is Action.SEVERAL:
            return render_several(answer, view, button.number)
        neighbours = self._desk.neighbours(answer.hits[button.number % len(answer.hits)])
        if not answer.answered:
            return render_nearest(answer, view, button.number, neighbours)
        return render_answer(answer, view, button.number, neighbours, button.history)

    async def _statement(self, button: CallbackData, message: Message, view: View) -> Reply | str:
        index = self._desk.index
        amended = index.amended(button.reference)
        found = list(amended.statements) if amended else index.look_up(button.reference)
        if not found:
            return view.strings.statement_gone
        statement = _meant(found, message, view).citation.statement
        # It may have thousands of paragraphs.
        return await self._desk.search(
            lambda: render_statement(index.look_up(statement), view, button)
        )

    def _paragraph(self, button: CallbackData, message: Message, view: View) -> Reply | str:
        found = self._desk.index.look_up(button.reference)
        if not found:
            amended = self._desk.index.amended(button.reference)
            return view.strings.paragraph_amended if amended else view.strings.paragraph_gone
        hit = _meant(found, message, view)
        if button.action in (Action.CITE, Action.CITATION):
            return self._citation(button, hit, message, view)
        if button.action is Action.CONTEXT:
            return render_context(hit, *self._desk.around(hit), view)
        return render_paragraph(hit, view, self._desk.neighbours(hit), button)

    def _citation(
        self, button: CallbackData, hit: Hit, message: Message, view: View
    ) -> Reply | str:
        """Return *message* with the styles of its citation, or with the citation in one of them."""
        # A citation beneath another quote would be false, whoever sent the press.
        if button.reference not in (message.text or ""):
            return ""
        room = room_beneath(message)
        if button.action is Action.CITE:
            styled = toggle_citations(message.reply_markup, hit.citation, view.strings, room)
            return Reply("", styled)
        style = style_of(button)
        whole = cite(hit.citation, style, view.strings) if style else ""
        return Reply("", message.reply_markup, beneath=whole) if 0 < len(whole) <= room else ""

    def _question_above(self, message: Message) -> str:
        """Return the question in the message replied to, or in the part of it that is quoted."""
        if message.quote:
            return " ".join(message.quote.text.split())
        asked, me = message.reply_to_message, message.get_bot().bot
        return question_in(asked, me) if asked else ""


def _meant(hits: list[Hit], message: Message, view: View) -> Hit:
    """Return which of *hits*, where several share a reference, *message* is about: it cites one.

    Two statements do so if 20 bits of their ids agree, and both have a paragraph such as "Thank
    you."; in a record of thousands some do.
    """
    text = message.text or ""

    def cited(hit: Hit) -> int:
        about = hit.citation
        parts = [about.title, about.speaker, about.publisher, view.strings.day(about.date)]
        return sum(part[:_TELLING] in text for part in parts if part)

    return max(hits, key=cited)
