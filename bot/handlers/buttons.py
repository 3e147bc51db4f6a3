"""Does what a pressed button says, in the message that the button stands under.

Everything it needs is in the button, or in the message; so buttons survive a restart, but for those
of a draft, which is kept in memory.
"""

from __future__ import annotations

from cachetools import TTLCache
from telegram import Message
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.answering.answers import Answers
from bot.citations.citing import cite
from bot.front.addressing import asked_by, read
from bot.front.contents import contents_of
from bot.front.request import Press
from bot.handlers.chat_settings import SettingsOfChats
from bot.handlers.checking import Checking
from bot.handlers.message_changes import MessageChanges
from bot.handlers.reviewing import Reviewing
from bot.handlers.sources import ListsOfSources
from bot.handlers.trimming import Trimming
from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.keyboards import style_of, toggle_citations
from bot.rendering.pages import render_statement
from bot.rendering.replies import (
    for_one,
    render_answer,
    render_context,
    render_copies,
    render_nearest,
    render_nothing,
    render_nothing_short,
    render_several,
)
from bot.rendering.rich_pages import render_rich
from bot.rendering.view import Reply, View
from bot.services.changing import (
    RichUnknown,
    change,
    change_into_rich,
    restate,
    room_beneath,
    take_back,
    write_beneath,
)
from bot.services.chats import Chats
from bot.services.sending import answer_press, publish, send_alone
from bot.wire.newer_api import Ephemeral, EphemeralMessage, ephemeral_of
from index import Answer, Hit, cited

#: How many characters of a title or a name tell it from another.
_TELLING = 100
#: Seconds in which a message that one person sees is shown to everyone once, however often that is
#: pressed; and how many such messages are remembered. Telegram may use their numbers again.
_ONCE_SECONDS, _PUBLISHED = 60.0, 1000


class Buttons:
    """What the bot does with a pressed button."""

    def __init__(
        self,
        answers: Answers,
        chats: Chats,
        message_changes: MessageChanges,
        settings: SettingsOfChats,
        *,
        reviewing: Reviewing,
        checking: Checking,
    ) -> None:
        """Show what *answers* finds; leave the buttons of /settings to *settings*.

        Those of a draft are left to *reviewing*, those of a checked story to *checking*.
        """
        self._answers = answers
        self._chats = chats
        self._message_changes = message_changes
        self._settings = settings
        self._reviewing = reviewing
        self._checking = checking
        self._lists = ListsOfSources(answers)
        self._trimming = Trimming(answers)
        self._takes_rich = True
        self._published: TTLCache[EphemeralMessage, bool] = TTLCache(_PUBLISHED, _ONCE_SECONDS)

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
        if button.action is Action.EVERYONE:
            await self._show_everyone(press, button, message)
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
                await self._change(message, button, reply, press)

    async def _change(
        self, message: Message, button: CallbackData, reply: Reply, press: Press
    ) -> None:
        """Change *message* into *reply*, which *button* shows."""
        view = press.view
        if reply.beneath:
            await write_beneath(message, reply)
            return
        if button.action is Action.CITE:
            await restate(message, reply)
            return
        if reply.rich and self._takes_rich and not ephemeral_of(message):
            try:
                taken = await change_into_rich(message, reply.rich)
            except RichUnknown:
                # From now on all are classic.
                taken = self._takes_rich = False
            if taken:
                self._chats.note_shown(message, reply)
                return
        which = ephemeral_of(message)
        if await change(message, for_one(reply, view) if which else reply):
            self._chats.note_shown(message, reply)
        elif which:
            # Sent anew, for the press.
            await send_alone(message, for_one(reply, view), Ephemeral(which.person, press.query.id))
            await take_back(which, message.get_bot())
        else:
            self._chats.forget_shown(message)

    async def _show_everyone(self, press: Press, button: CallbackData, message: Message) -> None:
        """Show to everyone in the group the quote that *message* shows to one person."""
        found, view = self._answers.index.look_up(button.reference), press.view
        which = ephemeral_of(message)
        if not found:
            await answer_press(press.query, view.strings.paragraph_gone)
            return
        await answer_press(press.query)
        if which is None or which in self._published:
            return
        self._published[which] = True
        hit = _meant(found, message, view)
        reply = render_answer(self._answers.looked_up(button.reference, [hit]), view)
        try:
            shown = await publish(message, reply)
        except TelegramError:
            # It can be pressed again.
            self._published.pop(which, None)
            raise
        self._chats.note_shown(shown, reply)
        await take_back(which, message.get_bot())

    async def _shown_by(self, button: CallbackData, message: Message, view: View) -> Reply | str:
        """Return what a button shows, or a notice why it cannot; the notice may be empty."""
        match button.action:
            case Action.SOURCES:
                return await self._lists.turned(button, _question_above(message), view)
            case Action.STORY:
                return await self._checking.turned(button, message, view)
            case Action.STATEMENT | Action.PLAIN_STATEMENT:
                return await self._statement(button, message, view)
            case Action.PARAGRAPH | Action.CONTEXT | Action.CITE | Action.CITATION | Action.TRIM:
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
        settings = self._chats.settings(message.chat)
        is_rich = settings.rich and self._takes_rich and button.action is Action.STATEMENT
        rendered = render_statement
        if is_rich and not ephemeral_of(message):
            rendered = render_rich
        # It may have thousands of paragraphs.
        return await self._answers.in_thread(
            lambda: rendered(index.look_up(statement), view, button)
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
        if button.action is Action.TRIM:
            return self._trimming.pressed(button, hit, view)
        return render_context(hit, *self._answers.around(hit), view, button)

    def _citation(
        self, button: CallbackData, hit: Hit, message: Message, view: View
    ) -> Reply | str:
        """Return *message* with the styles of its citation, or with the citation in one of them."""
        # A citation beneath another quote would be false; a press may say anything.
        contents = contents_of(message)
        if contents is None or button.reference not in contents.text:
            return ""
        room = room_beneath(message)
        if button.action is Action.CITE:
            more, shown = self._trimming.offered(hit, view), message.reply_markup
            return Reply("", toggle_citations(shown, cited(hit), view.strings, room, more))
        style = style_of(button)
        whole = cite(cited(hit), style, view.strings) if style else ""
        return Reply("", message.reply_markup, beneath=whole) if 0 < len(whole) <= room else ""


def _shows_what_does_not_answer(button: CallbackData) -> bool:
    return any(one in (Action.NEAREST, Action.OTHERS) for one in (button.action, *button.history))


def _question_above(message: Message) -> str:
    """Return the question in the message replied to, or in the part of it that is quoted."""
    if message.quote:
        return " ".join(message.quote.text.split())
    if (above := message.reply_to_message) is None:
        return ""
    bot = message.get_bot().bot
    # One that only doubts asks about what it refers to itself, and its own words ask nothing.
    asked = asked_by(above, bot)
    return asked.question if asked else read(above, bot).question


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
