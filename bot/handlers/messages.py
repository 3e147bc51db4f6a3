"""The way of a message: what it asks, what is answered, how that looks, where it goes.

Read ``Messages.answer`` from top to bottom; each step is told in a module of its own. No question
is logged. Only the numbers of recent messages are kept, in memory, so that the answer to an edited
one can be edited.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from cachetools import LRUCache
from telegram import Chat, Message
from telegram.constants import ChatType

from bot.answering.answering import Answering
from bot.answering.outcomes import (
    Found,
    NotFound,
    Outcome,
    QuotedAlready,
    UnknownCommand,
)
from bot.front.addressing import ASK, ASK_ALONE
from bot.front.chat_slots import ChatSlots
from bot.front.request import Request
from bot.front.stack import named_in_groups
from bot.front.throttles import Limit
from bot.handlers.message_changes import MessageChanges
from bot.rendering.html import plain
from bot.rendering.outcomes import render_outcome
from bot.rendering.replies import for_one
from bot.rendering.view import Reply
from bot.services.changing import change, take_back
from bot.services.chats import Chats
from bot.services.delivery import Delivery
from bot.services.sending import send
from bot.state.state import State
from bot.wire.newer_api import ephemeral_of

#: How many answered messages are remembered, in case they are edited.
REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Command:
    """What is replied to a command other than those that ask."""

    reply: Callable[[Request], Awaitable[Reply]]
    #: Whether it is meant for us: in a group there may be other bots that know it.
    accepts: Callable[[Request], Awaitable[bool]] = named_in_groups


@dataclass(slots=True)
class _Turn:
    """One message, and the bot's answer to it."""

    #: Held while the answer is sent or changed.
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: The hash of what was asked, which is not kept itself; ``None`` before the first answer.
    hash: int | None = None
    sent: Message | None = None


class Messages:
    """Answers messages, in private, in groups and in channels."""

    def __init__(
        self,
        commands: Mapping[str, Command],
        *,
        answering: Answering,
        delivery: Delivery,
        chats: Chats,
        state: State,
        slots: ChatSlots,
        message_changes: MessageChanges,
        only_text: Limit,
        answers_before: Callable[[Message], bool],
    ) -> None:
        """Answer *commands* as they say, and what is asked by *answering*; count in *state*.

        *only_text* limits how often a chat is told that only text can be read. *answers_before*
        tells of a message whether it may have been answered before this process, or beside it.
        """
        self._commands = commands
        self._answering = answering
        self._delivery = delivery
        self._chats = chats
        self._state = state
        self._slots = slots
        self._message_changes = message_changes
        self._only_text = only_text
        self._answers_before = answers_before
        self._turns: LRUCache[tuple[int, int], _Turn] = LRUCache(REMEMBERED)

    @property
    def commands(self) -> frozenset[str]:
        """The commands that it answers, without slash."""
        return frozenset(self._commands) | {ASK, ASK_ALONE}

    async def accepts(self, request: Request) -> bool:
        """Return whether *request* is meant for us, and not answered yet.

        From then on it is known, in case that it is edited while it waits.
        """
        turn = self._turns.get(request.key) if request.key else None
        if request.edited and turn is None and self._may_be_answered(request):
            return False
        # Once answered, it is answered again whatever it is edited into.
        was_answered = turn is not None and turn.sent is not None
        if not await self._is_for_us(request, was_answered=was_answered):
            return False
        if request.message.media_group_id:
            # Only one picture of an album has the caption; the others get no "I read only text".
            self._only_text.ask(request.chat.id)
        # An edit that leaves the question as it was: of something else in the message, or by
        # Telegram, which sends one when it has found the preview of a link.
        return self._known(request).hash != _hash_of(request)

    async def answer(self, request: Request) -> None:
        """Answer a message, or edit the answer to one that was edited."""
        async with self._turn_of(request) as turn:
            outcome = await self._outcome(request, turn.sent)
            if outcome is None:
                return
            reply = self._rendered(outcome, request)
            turn.sent = await self._delivered(reply, request, turn.sent)
            self._remember(outcome, reply, request, turn.sent)

    async def refuse_media(self, request: Request) -> None:
        """Say that only text can be read; or of a document, how its quotations are checked."""
        strings, message = request.view.strings, request.message
        # Ten pictures get one line.
        if self._only_text.allows(request.chat.id):
            said = strings.check_hint if message.document else strings.not_text
            await send(message, Reply(plain(said)))

    def _may_be_answered(self, request: Request) -> bool:
        """Return whether an edited message that is not known may have been answered before."""
        # The number of an ephemeral one may be used again, so that it is never known.
        return request.key is None or self._answers_before(request.message)

    async def _is_for_us(self, request: Request, *, was_answered: bool) -> bool:
        """Return whether a message is meant for us."""
        if command := self._commands.get(request.command):
            return was_answered or await command.accepts(request)
        if request.asked is None:
            # In private whoever mistypes a command waits to be told so.
            return request.is_private and not request.edited
        return was_answered or not self._answering.is_left_alone(request.asked)

    def _known(self, request: Request) -> _Turn:
        """Return the turn of a message, which is known from now on if its number is its own."""
        return self._turns.setdefault(request.key, _Turn()) if request.key else _Turn()

    @asynccontextmanager
    async def _turn_of(self, request: Request) -> AsyncIterator[_Turn]:
        """Yield the turn of a message; no other answer to it is worked out meanwhile."""
        turn = self._known(request)
        async with self._slots.hold(turn.lock):
            turn.hash = _hash_of(request)
            yield turn

    async def _outcome(self, request: Request, sent: Message | None) -> Outcome | Reply | None:
        """Return what is answered; to a command, as a reply already. *sent* was answered before."""
        if command := self._commands.get(request.command):
            return await command.reply(request)
        if request.asked is None:
            return UnknownCommand()
        passages = request.settings.passages
        found = await self._answering.outcome(
            request.asked, passages, was_answered=sent is not None
        )
        if isinstance(found, Found) and (address := self._shown_at(request, found, sent)):
            return QuotedAlready(found.answer, address)
        return found

    def _rendered(self, outcome: Outcome | Reply, request: Request) -> Reply:
        """Return how *outcome* looks."""
        if isinstance(outcome, Reply):
            return outcome
        passages, in_short = request.settings.passages, not request.is_private
        return render_outcome(outcome, request.view, passages=passages, in_short=in_short)

    async def _delivered(self, reply: Reply, request: Request, sent: Message | None) -> Message:
        """Change what was *sent* into *reply*; or send that, if nothing was or it is gone.

        What one person was told alone gives way to what everybody is to see.
        """
        if sent is not None:
            which = ephemeral_of(sent)
            shown = for_one(reply, request.view) if which else reply
            stays = which is None or request.place.is_for_one(reply)
            # A press under way is of the question as it was.
            async with self._message_changes.begin(sent).due():
                if stays and await change(sent, shown):
                    return sent
            if which:
                await take_back(which, sent.get_bot())
            self._chats.forget_shown(sent)
        return await self._delivery.send(request.place, reply, request.view)

    def _remember(
        self, outcome: Outcome | Reply, reply: Reply, request: Request, sent: Message
    ) -> None:
        """Remember what *sent* shows, and count it."""
        self._chats.note_shown(sent, reply)
        match outcome:
            case Found() | QuotedAlready():
                self._state.count("answers")
            # What is said in passing is not for the operator to read.
            case NotFound(answer, amended) if request.asked and not request.asked.unaddressed:
                self._state.count("refusals")
                if not amended:
                    self._state.miss(answer.question)

    def _shown_at(self, request: Request, found: Found, sent: Message | None) -> str:
        """Return the address at which this chat was shown the quote within a day, but in *sent*.

        Empty where it was not, or has no address to link to.
        """
        if request.is_private or self._answering.must_be_shown(found.answer):
            return ""
        reference = found.answer.hits[0].citation.reference
        shown = self._state.last_quote(request.chat.id, reference)
        # Nor does a link lead from beneath a quote to that quote.
        here = [one.message_id for one in (sent, request.message.reply_to_message) if one]
        if shown is None or shown.message_id in here:
            return ""
        return _address(request.chat, shown.message_id, shown.thread_id)


def _hash_of(request: Request) -> int:
    asked, document = request.asked, request.message.document
    text = asked.question if asked else request.wording.text
    return hash((request.command, text, document.file_unique_id if document else ""))


def _address(chat: Chat, message_id: int, thread_id: int | None) -> str:
    """Return the address of a message in *chat*; in a basic group it has none."""
    if chat.type not in (ChatType.SUPERGROUP, ChatType.CHANNEL):
        return ""
    place = chat.username or f"c/{str(chat.id).removeprefix('-100')}"
    topic = f"{thread_id}/" if thread_id else ""
    return f"https://t.me/{place}/{topic}{message_id}"
