"""Does what a pressed button says, in the message that the button stands under.

Everything it needs is in the button, or in the message; so buttons survive a restart, but for those
of a draft, which is kept in memory.
"""

from __future__ import annotations

from functools import partial

from telegram import Message
from telegram.constants import ChatType

from bot.citations.citing import cite
from bot.front.addressing import read
from bot.front.request import Press
from bot.handlers.chat_settings import SettingsOfChats
from bot.handlers.message_changes import MessageChanges
from bot.handlers.reviewing import Reviewing
from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.keyboards import style_of, toggle_citations
from bot.rendering.pages import render_sources, render_statement
from bot.rendering.replies import (
    render_answer,
    render_context,
    render_copies,
    render_nearest,
    render_nothing,
    render_nothing_short,
    render_several,
)
from bot.rendering.view import Reply, View
from bot.services.answers import Answers
from bot.services.chats import Chats
from bot.services.sending import answer_press, change, restate, room_beneath, write_beneath
from index import Answer, Hit

#: How many characters of a title or a name tell it from another.
_TELLING = 100


class Buttons:
    """What the bot does with a pressed button."""

    def __init__(
        self,
        answers: Answers,
        chats: Chats,
        message_changes: MessageChanges,
        settings: SettingsOfChats,
        reviewing: Reviewing,
    ) -> None:
        """Show what *answers* finds; leave the buttons of /settings to *settings*.

        Those of a draft are left to *reviewing*.
        """
        self._answers = answers
        self._chats = chats
        self._message_changes = message_changes
        self._settings = settings
        self._reviewing = reviewing

    async def press(self, press: Press) -> None:
        """Change the message as its button says, or tell why it cannot be."""
        button, message, query = press.button, press.message, press.query
        if button is None:
            await answer_press(query)
            return
        if message is None:
            await answer_press(query, press.view.strings.question_gone)
            return
        if button.action is Action.DRAFT:
            await self._reviewing.press(press, button, message)
            return
        begun = self._message_changes.begin(message)
        if button.action is Action.CHOICE:
            reply = await self._settings.choose(button.reference, message, press.user)
            # What it shows are the settings as they are now, whatever was pressed since.
            begun = self._message_changes.begin(message)
        else:
            reply = await self._shown_by(button, message, press.view)
        await answer_press(query, reply if isinstance(reply, str) else None)
        if isinstance(reply, str):
            return
        async with begun.due() as due:
            if due:
                await self._change(message, button, reply)

    async def _change(self, message: Message, button: CallbackData, reply: Reply) -> None:
        """Change *message* into *reply*, which *button* shows."""
        if reply.beneath:
            await write_beneath(message, reply)
            return
        if button.action is Action.CITE:
            await restate(message, reply)
            return
        await change(message, reply)
        self._chats.note_shown(message, reply)

    async def _shown_by(self, button: CallbackData, message: Message, view: View) -> Reply | str:
        """Return what a button shows, or a notice why it cannot; the notice may be empty."""
        match button.action:
            case Action.SOURCES:
                index = self._answers.index
                opening = partial(index.paragraph, number=1)
                return render_sources(index.record, view, button.number, opening)
            case Action.STATEMENT:
                return await self._statement(button, message, view)
            case Action.PARAGRAPH | Action.CONTEXT | Action.CITE | Action.CITATION:
                return self._paragraph(button, message, view)
        question = button.question or _question_above(message)
        if not question:
            return view.strings.question_gone
        settings = self._chats.settings(message.chat)
        asked = self._answers.ask(question, settings.passages, narrow=not button.lifted)
        answer = await asked
        return self._passage(button, answer, message, view)

    def _passage(self, button: CallbackData, answer: Answer, message: Message, view: View) -> Reply:
        """Return the passage of *answer* that a button shows, or several; or that there is none."""
        lifted = button.lifted
        if not answer.hits or not (answer.answered or _shows_what_does_not_answer(button)):
            amended = self._answers.index.amended(answer.question)
            if amended or message.chat.type == ChatType.PRIVATE:
                return render_nothing(answer, view, amended, lifted=lifted)
            return render_nothing_short(answer, view, lifted=lifted)
        hit = answer.hits[button.number % len(answer.hits)]
        if button.action is Action.COPIES and hit.copies:
            return render_copies(hit, view, button)
        if not answer.answered:
            return render_nearest(answer, view, button.number, lifted=lifted)
        if button.action is Action.SEVERAL:
            return render_several(answer, view, button.number, lifted=lifted)
        return render_answer(answer, view, button.number, button.history, lifted=lifted)

    async def _statement(self, button: CallbackData, message: Message, view: View) -> Reply | str:
        index = self._answers.index
        amended = index.amended(button.reference)
        found = list(amended.statements) if amended else index.look_up(button.reference)
        if not found:
            return view.strings.statement_gone
        statement = _meant(found, message, view).citation.statement
        # It may have thousands of paragraphs.
        return await self._answers.in_thread(
            lambda: render_statement(index.look_up(statement), view, button)
        )

    def _paragraph(self, button: CallbackData, message: Message, view: View) -> Reply | str:
        index = self._answers.index
        found = index.look_up(button.reference)
        if not found:
            amended = index.amended(button.reference)
            return view.strings.paragraph_amended if amended else view.strings.paragraph_gone
        hit = _meant(found, message, view)
        if button.action in (Action.CITE, Action.CITATION):
            return self._citation(button, hit, message, view)
        return render_context(hit, *self._answers.around(hit), view, button)

    def _citation(
        self, button: CallbackData, hit: Hit, message: Message, view: View
    ) -> Reply | str:
        """Return *message* with the styles of its citation, or with the citation in one of them."""
        # A citation beneath another quote would be false; a press may say anything.
        if button.reference not in (message.text or ""):
            return ""
        room = room_beneath(message)
        if button.action is Action.CITE:
            styled = toggle_citations(message.reply_markup, hit.citation, view.strings, room)
            return Reply("", styled)
        style = style_of(button)
        whole = cite(hit.citation, style, view.strings) if style else ""
        return Reply("", message.reply_markup, beneath=whole) if 0 < len(whole) <= room else ""


def _shows_what_does_not_answer(button: CallbackData) -> bool:
    return any(one in (Action.NEAREST, Action.OTHERS) for one in (button.action, *button.history))


def _question_above(message: Message) -> str:
    """Return the question in the message replied to, or in the part of it that is quoted."""
    if message.quote:
        return " ".join(message.quote.text.split())
    asked = message.reply_to_message
    return read(asked, message.get_bot().bot).text if asked else ""


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
