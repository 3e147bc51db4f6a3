"""The desk that all handlers work at: the record, what is remembered, the clock, the words to use.

It knows nothing of updates; what is done with them is each handler's work.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import TypeVar

from telegram import Chat, Message, User
from telegram.constants import ChatType

from bot.configuration import Configuration
from bot.front.chat_slots import ChatSlots
from bot.front.limits import Limits
from bot.handlers.addressing import is_nobodys, is_private
from bot.handlers.edits import Edits
from bot.i18n.strings import Strings, strings_for
from bot.rendering.keyboards import Neighbours
from bot.rendering.replies import SEVERAL, neighbours_of
from bot.rendering.view import Reply, View
from bot.state.state import ChatSettings, State
from bot.wire.update_queue import UpdateQueue
from index import Answer, Hit, Index

#: A question longer than this is cut; a Telegram message cannot be longer anyway.
LONGEST_QUESTION = 4096
#: What somebody types inline arrives several times a question: so many times.
KEYSTROKES = 10
#: So many answers are kept, for buttons that ask the same again and for people who type on.
_KEPT = 256

#: The mark of a question, which within a link asks nothing; and how many terms tell what is spoken
#: of where there is no mark.
_ASKING = re.compile(r"""[？؟]|\?["'”’»)]*(?:\s|$)""")
_SUBJECT = 2
#: Up to so many paragraphs and characters a question is searched for at once.
_QUICK_PARAGRAPHS, _QUICK = 20_000, 200
#: What may be an operator: an exact phrase, a filter, or a word that is left out.
_OPERATOR = re.compile(r"""["“”„«»「」『』:]|(?:^|\s)-""")

logger = logging.getLogger(__name__)

Result = TypeVar("Result")


def asks(text: str) -> bool:
    """Return whether *text* has the mark of a question."""
    return _ASKING.search(text) is not None


def _is_short(question: str) -> bool:
    """Return whether *question* is a few words, none of them an operator."""
    return len(question) <= _QUICK and _OPERATOR.search(question) is None


class Desk:
    """What is shared by all handlers of one bot."""

    def __init__(
        self,
        index: Index,
        configuration: Configuration,
        state: State,
        *,
        load: Callable[[], Index] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Answer from *index*, and from what *load* returns, ready to be asked, after a reload.

        *clock* gives seconds since 1970.
        """
        self.index = index
        self.configuration = configuration
        self.state = state
        self.clock = clock
        self.began = self.indexed = clock()
        self.update_queue = UpdateQueue(configuration.concurrency)
        self.turns = ChatSlots(self.update_queue.slot_released)
        self.edits = Edits(self.turns)
        self.per_person = Limits(configuration.person_limit)
        self.per_chat = Limits(configuration.chat_limit)
        self.per_typist = Limits(configuration.person_limit * KEYSTROKES)
        # In no chat is anything of this said twice in a minute.
        self.apologies, self.reproaches = Limits(1), Limits(1)
        self._load = load
        self._reloading = asyncio.Lock()
        self._me: User | None = None
        self._answers: OrderedDict[tuple[str, int, date], Answer] = OrderedDict()
        # The index takes milliseconds at worst, but they would be the event loop's; and one thread
        # is all that the interpreter's lock lets run.
        self._searching = ThreadPoolExecutor(1, thread_name_prefix="search")

    def introduce(self, me: User) -> None:
        """Tell the desk who the bot is, once Telegram has told."""
        self._me = me

    async def ask(self, question: str, limit: int | None = None) -> Answer:
        """Return the answer to *question*: *limit* passages, as many as configured unless told.

        The last answers are kept, of the record as it is.
        """
        limit = limit or self.configuration.passages
        question = question[:LONGEST_QUESTION]
        index = self.index
        # What "last week" means changes with the day.
        today = date.fromtimestamp(self.clock())
        key = (question, limit, today)
        if key in self._answers:
            self._answers.move_to_end(key)
            return self._answers[key]
        if self._is_quick(question):
            answer = index.ask(question, limit, today)
        else:
            answer = await self.search(lambda: index.ask(question, limit, today))
        if index is self.index:
            self._answers[key] = answer
            while len(self._answers) > _KEPT:
                self._answers.popitem(last=False)
        return answer

    def is_banter(self, text: str) -> bool:
        """Return whether *text*, said beneath an answer, is hardly a question: "you are wrong".

        It has no question mark and no reference, and names no two things that could be looked for.
        """
        return not (asks(text) or self.index.look_up(text) or self.has_subject(text))

    def has_subject(self, text: str) -> bool:
        """Return whether *text* names two things that could be looked for, or is long.

        Reading it takes a fraction of a millisecond, however large the record is.
        """
        return not _is_short(text) or len(self.index.query(text).terms) >= _SUBJECT

    def _is_quick(self, question: str) -> bool:
        """Return whether *question* is searched for faster than another thread is woken for it.

        Handing it over and back takes .7 ms of CPU, and a search about one in a record of this
        size; a long question, a phrase and a word that is left out can take tens.
        """
        return self.index.searched.paragraphs <= _QUICK_PARAGRAPHS and _is_short(question)

    async def search(self, call: Callable[[], Result]) -> Result:
        """Return what *call*, which uses the index, returns."""
        return await asyncio.get_running_loop().run_in_executor(self._searching, call)

    async def examples(self) -> tuple[str, ...]:
        """Return a few questions that the record answers."""
        return await self.search(self.index.examples)

    async def example(self, strings: Strings) -> str:
        """Return one question that the record answers, in words."""
        titles = [statement.title for statement in self.index.record.statements[:1]]
        return strings.example.format(name=[*await self.examples(), *titles, "…"][0])

    def around(self, hit: Hit) -> tuple[Hit | None, Hit | None]:
        """Return the paragraphs before and after *hit*, where there are any."""
        place = hit.citation
        return (
            self.index.paragraph(place.statement, place.paragraph - 1),
            self.index.paragraph(place.statement, place.paragraph + 1),
        )

    def neighbours(self, hit: Hit) -> Neighbours:
        """Return the references of the paragraphs before and after *hit*."""
        return neighbours_of(*self.around(hit))

    def settings(self, chat: Chat) -> ChatSettings:
        """Return how *chat* wants to be answered."""
        return self.state.settings(chat.id)

    def passages(self, chat: Chat) -> int:
        """Return how many passages a reply in *chat* leads through."""
        several = self.settings(chat).passages > 1
        return max(self.configuration.passages, SEVERAL if several else 1)

    def view(self, chat: Chat | None, person: User | None) -> View:
        """Return how *person* sees the bot in *chat*.

        In the chat's language if it has chosen one, else in the person's: the one chosen in
        private, or Telegram's. Without either in the operator's.
        """
        # Telegram allows no button that leads to another chat beneath a channel's posts, and what
        # stands there is for all its readers.
        in_channel = chat is not None and chat.type == ChatType.CHANNEL
        person = None if in_channel else person
        default = self.configuration.language
        chosen = self.state.settings(chat.id).language if chat else ""
        if not chosen and person and not (chat and is_private(chat)):
            chosen = self.state.settings(person.id).language
        tag = chosen or (person.language_code if person else None)
        view = replace(self.common_view, strings=strings_for(tag, default))
        return replace(view, shares=False) if in_channel else view

    def view_of(self, message: Message) -> View:
        """Return how whoever wrote *message* sees the bot; who speaks for a chat is nobody."""
        return self.view(message.chat, None if message.sender_chat else message.from_user)

    def view_beneath(self, message: Message, person: User) -> View:
        """Return how *message*, one of ours, is changed when *person* presses its button.

        In a group it stays in the language of whoever asked, not of whoever presses.
        """
        asked = message.reply_to_message
        if asked is None or is_private(message.chat) or is_nobodys(asked):
            return self.view(message.chat, person)
        return self.view_of(asked)

    @property
    def common_view(self) -> View:
        """How the bot is seen by nobody in particular."""
        strings = strings_for(self.configuration.language)
        if self._me is None:
            return View(strings)
        return View(strings, self._me.username or "", bool(self._me.supports_inline_queries))

    def note_shown(self, message: Message, reply: Reply) -> None:
        """Remember which paragraph a message in a group shows, so that it is not repeated there."""
        if is_private(message.chat):
            return
        thread = message.message_thread_id if message.is_topic_message else None
        if reply.shows:
            self.state.note_quote(
                message.chat.id,
                message_id=message.message_id,
                thread_id=thread,
                reference=reply.shows,
            )
        else:
            self.state.forget_quote(message.chat.id, message.message_id)

    def migrate(self, old_chat: int, new_chat: int) -> None:
        """Let what is remembered, and whether it is listed, move with a group to its supergroup."""
        self.state.migrate(old_chat, new_chat)
        if old_chat in self.configuration.chats and new_chat not in self.configuration.chats:
            logger.warning("chat %d has become %d: put that into “chats”", old_chat, new_chat)
            self.state.note_move(old_chat, new_chat)

    def is_listed(self, chat: Chat) -> bool:
        """Return whether the operator lets the bot be in *chat*, or in the group that it was."""
        listed = self.configuration.chats
        return (
            not listed
            or chat.id in listed
            or not listed.isdisjoint(self.state.former_groups(chat.id))
        )

    def too_old(self, message: Message) -> bool:
        """Return whether *message* was written longer ago than a group waits for an answer."""
        written = (message.edit_date or message.date).timestamp()
        return self.clock() - written > self.configuration.group_patience * 60

    async def reload(self) -> float:
        """Load the record anew beside the old one, which answers meanwhile; return the seconds.

        Raises:
            OnRecordError: it could not be loaded, and the old one stays.
        """
        async with self._reloading:
            began = time.monotonic()
            index = await asyncio.to_thread(self._loaded)
            self.index, self.indexed = index, self.clock()
            self._answers.clear()
            return time.monotonic() - began

    def _loaded(self) -> Index:
        return self._load() if self._load else self.index

    async def close(self) -> None:
        """Let a search that is under way end, and what is remembered be written."""
        await asyncio.to_thread(self._searching.shutdown)
        self.state.close()
