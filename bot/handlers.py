"""Takes what people send, asks the index, and sends one message back.

Each handler makes one call down (the index), one sideways (the renderer) and one out (Telegram).
No question is logged or stored; only the numbers of recent messages are kept, in memory, so that
the answer to an edited question can be edited.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from typing import TypeVar

from telegram import CallbackQuery, Message, Update, User
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, TimedOut
from telegram.ext import ContextTypes

from bot.addressing import question_for, question_in
from bot.buttons import Action, Button, unpack
from bot.configuration import Configuration
from bot.delivery import deliver
from bot.html import (
    Neighbours,
    Reply,
    render_answer,
    render_courtesy,
    render_nearest,
    render_paragraph,
    render_sources,
)
from bot.speaking import Phrases
from index import Answer, Courtesy, Hit, Index, courtesy

logger = logging.getLogger(__name__)

#: How many answered questions are remembered, in case they are edited.
REMEMBERED = 4096
#: How many questions of one group are worked on at once. Telegram lets a bot write to a group only
#: so often; the further ones would wait for that in everybody else's place.
GROUP_BACKLOG = 4
#: A question longer than this is cut; a Telegram message cannot be longer anyway.
LONGEST_QUESTION = 4096

Result = TypeVar("Result")
_MessageKey = tuple[int, int]


@dataclass(slots=True)
class _Given:
    """The bot's answer to one message: its number, once sent, and who is at work on it."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    message_id: int | None = None


class Handlers:
    """What the bot does with each sort of update."""

    def __init__(self, index: Index, configuration: Configuration, say: Phrases) -> None:
        """Answer from *index*, with the words of *say*."""
        self._index = index
        self._configuration = configuration
        self._say = say
        # Telegram's times are whole seconds.
        self._began = datetime.now(UTC).replace(microsecond=0)
        self._busy: Counter[int] = Counter()
        self._given: OrderedDict[_MessageKey, _Given] = OrderedDict()
        # The index takes milliseconds at worst, but they would be the event loop's; and one thread
        # is all that the interpreter's lock lets run.
        self._searching = ThreadPoolExecutor(1, thread_name_prefix="search")

    async def ask(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message, or edit the answer to one that was edited."""
        message = update.effective_message
        if message is None or _of_a_bot(message) or self._too_old(message):
            return
        question = question_for(message, context.bot.bot)
        if question is None:
            if message.chat.type == ChatType.PRIVATE and not update.edited_message:
                await self._send(message, Reply(escape(self._say.unknown_command)))
            return
        key = (message.chat.id, message.message_id)
        if update.edited_message and key not in self._given and message.date < self._began:
            # It was answered before the bot was restarted; a second answer would only be noise.
            return
        if self._busy[message.chat.id] >= GROUP_BACKLOG and message.chat.type != ChatType.PRIVATE:
            return
        self._busy[message.chat.id] += 1
        try:
            given = self._remember(key)
            async with given.lock:
                reply = await self._reply_to(question, context.bot.bot)
                if given.message_id is None:
                    given.message_id = (await self._send(message, reply)).message_id
                else:
                    await self._edit_answer(message, given.message_id, reply, context)
        finally:
            self._busy[message.chat.id] -= 1
            self._busy += Counter()  # forgets the chats that are at zero

    async def press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what a pressed button says, in the message that it stands under."""
        query = update.callback_query
        if query is None:
            return
        button = unpack(query.data or "")
        message = query.message
        if button is None or not isinstance(message, Message):
            await _answer_press(query)
            return
        reply = await self._pressed(button, message, context)
        if isinstance(reply, str):
            await _answer_press(query, reply)
            return
        await _answer_press(query)
        await _changing(lambda: message.edit_text(reply.html, reply_markup=reply.keyboard))

    async def start(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Greet, and say how to ask."""
        say = self._say
        text = say.start_empty
        if self._index.searched.paragraphs:
            text = say.start.format(example=escape(await self._example()))
        await self._tell(update, text)

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say how to ask and what a reply means."""
        await self._tell(update, self._say.help.format(username=escape(context.bot.username)))

    async def sources(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """List the statements on record."""
        message = update.effective_message
        if message is not None and not self._too_old(message):
            await self._send(message, render_sources(self._index.record, self._say))

    async def not_text(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Say that only text can be read (in private; elsewhere nobody asked)."""
        await self._tell(update, escape(self._say.not_text))

    async def failed(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log what went wrong, and tell a person who waits in private: the outermost handler."""
        error = context.error
        if isinstance(error, Forbidden):
            logger.info("a chat does not let the bot write any more")
            return
        number = update.update_id if isinstance(update, Update) else "?"
        if isinstance(error, TimedOut):
            # The reply was sent, and most likely arrived; to say that it did not would be false.
            logger.warning("update %s: Telegram was slow to confirm the reply", number)
            return
        logger.error("update %s failed", number, exc_info=error)
        if not isinstance(update, Update) or update.edited_message:
            return
        message = update.message
        if message and message.chat.type == ChatType.PRIVATE:
            try:
                await message.reply_text(escape(self._say.trouble))
            except Exception as again:  # nothing more can be done
                logger.error("nor could it be said (%s)", type(again).__name__)

    async def close(self) -> None:
        """Let a search that is under way end."""
        await asyncio.to_thread(self._searching.shutdown)

    async def _reply_to(self, question: str, bot: User) -> Reply:
        if not question:
            return Reply(escape(self._say.help_ask.format(example=await self._example())))
        if kind := courtesy(question, bot.first_name, bot.username or ""):
            greeted = kind is Courtesy.GREETING
            examples = await self._search(self._index.examples) if greeted else ()
            return render_courtesy(kind, self._index.searched, examples, self._say)
        return self._render(await self._ask(question), 0)

    async def _example(self) -> str:
        """Return a question that the record answers."""
        examples = await self._search(self._index.examples)
        titles = [statement.title for statement in self._index.record.statements]
        return self._say.example.format(name=[*examples, *titles, "…"][0])

    async def _ask(self, question: str) -> Answer:
        limit = self._configuration.passages
        return await self._search(lambda: self._index.ask(question[:LONGEST_QUESTION], limit))

    async def _search(self, call: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._searching, call)

    def _render(self, answer: Answer, number: int) -> Reply:
        if not answer.hits:
            return render_answer(answer, self._say)
        neighbours = self._neighbours(answer.hits[number % len(answer.hits)])
        return render_answer(answer, self._say, number, neighbours)

    async def _pressed(
        self, button: Button, message: Message, context: ContextTypes.DEFAULT_TYPE
    ) -> Reply | str:
        """Return what a button shows, or a notice why it cannot."""
        if button.action is Action.SOURCES:
            return render_sources(self._index.record, self._say, button.number)
        if button.action is Action.PARAGRAPH:
            hits = self._index.look_up(button.reference)
            if not hits:
                return self._say.paragraph_gone
            return render_paragraph(hits[0], self._say, self._neighbours(hits[0]), button)
        asked = message.reply_to_message
        question = button.question or (question_in(asked, context.bot.bot) if asked else "")
        if not question:
            return self._say.question_gone
        answer = await self._ask(question)
        if button.action is Action.NEAREST and not answer.answered and answer.hits:
            neighbours = self._neighbours(answer.hits[button.number % len(answer.hits)])
            return render_nearest(answer, self._say, button.number, neighbours)
        return self._render(answer, button.number)

    def _neighbours(self, hit: Hit) -> Neighbours:
        place = hit.citation
        before = self._index.paragraph(place.statement, place.paragraph - 1)
        after = self._index.paragraph(place.statement, place.paragraph + 1)
        return Neighbours(
            before.citation.reference if before else "", after.citation.reference if after else ""
        )

    async def _tell(self, update: Update, html: str) -> None:
        message = update.effective_message
        if message is None or self._too_old(message):
            return
        # In a group every bot hears a bare /help; only the one that is named should answer.
        if message.chat.type == ChatType.PRIVATE or "@" in (message.text or "").split()[0]:
            await self._send(message, Reply(html))

    async def _send(self, message: Message, reply: Reply) -> Message:
        return await deliver(
            lambda: message.reply_text(reply.html, reply_markup=reply.keyboard, do_quote=True),
            once=message.chat.type != ChatType.PRIVATE,
        )

    async def _edit_answer(
        self, message: Message, answer_id: int, reply: Reply, context: ContextTypes.DEFAULT_TYPE
    ) -> None:
        await _changing(
            lambda: context.bot.edit_message_text(
                reply.html,
                chat_id=message.chat.id,
                message_id=answer_id,
                reply_markup=reply.keyboard,
            )
        )

    def _remember(self, key: _MessageKey) -> _Given:
        given = self._given.setdefault(key, _Given())
        self._given.move_to_end(key)
        while len(self._given) > REMEMBERED:
            self._given.popitem(last=False)
        return given

    def _too_old(self, message: Message) -> bool:
        """Return whether a group has moved on since: after an outage it is not flooded."""
        if message.chat.type == ChatType.PRIVATE:
            return False
        written = message.edit_date or message.date
        patience = timedelta(minutes=self._configuration.group_patience)
        return datetime.now(UTC) - written > patience


def _of_a_bot(message: Message) -> bool:
    """Return whether another program wrote *message*: two that answer each other never end.

    Anonymous administrators and channels write through bots of Telegram's own, as a chat.
    """
    sender = message.from_user
    return bool(message.via_bot or (sender and sender.is_bot and not message.sender_chat))


async def _changing(call: Callable[[], object]) -> None:
    """Change a message; that it is so already, or is gone, is no error."""
    try:
        await deliver(call)  # type: ignore[arg-type]  # bool or Message, both unused
    except BadRequest as error:
        reason = error.message.lower()
        if "not modified" not in reason and "to edit not found" not in reason:
            raise


async def _answer_press(query: CallbackQuery, notice: str | None = None) -> None:
    """Stop the button's clock; a press too old to be answered is no error."""
    try:
        await query.answer(notice)
    except BadRequest as error:
        if "query is too old" not in error.message.lower():
            raise
