"""Checks drafts with /check, and turns the pages of the reports.

A draft is kept in memory for the buttons of its report, until an hour after the last was pressed,
and nowhere else: neither on disk nor in the log. After that, and after a restart, it is read again
from the message that the report stands beneath.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import KW_ONLY, dataclass, replace

import regex
from cachetools import TTLCache
from telegram import Document, Message
from telegram.error import TelegramError

from bot.answering.answers import Answers
from bot.front.contents import has_content
from bot.front.drafted import Drafted, drafted_above
from bot.front.request import Request
from bot.handlers.sent import TooLarge, fetched
from bot.i18n.strings import Strings
from bot.rendering.callback_data import CallbackData
from bot.rendering.fitting import between_words
from bot.rendering.html import plain
from bot.rendering.stories import render_story
from bot.rendering.view import Reply, View
from bot.services.importing import Importing
from documents import StoryText, Unreadable
from index import CheckedStory, Grade, Index, language_of_text

logger = logging.getLogger(__name__)

#: Characters of a draft that are checked: some 3,000 words.
LONGEST_DRAFT = 20_000
#: Reports whose pages can be turned without reading the draft again, and for how many seconds.
_KEPT, _KEPT_SECONDS = 128, 3600.0
#: Documents that are fetched and read at a time, each of up to 20 MB in memory; and drafts that are
#: compared with the record, one after the other.
_MOST_READING, _MOST_COMPARING = 4, 16
#: What is a link as a whole.
_LINK = regex.compile(r"https?://\S+", regex.IGNORECASE)
#: Statements that tell in which languages the record is: the newest.
_NEWEST = 200
_LATIN, _NOT_LATIN = regex.compile(r"\p{Latin}"), regex.compile(r"[^\P{L}\p{Latin}]")
_ANY_LATIN = "Latn"
#: Bytes of the name of a report, which is told to whoever sees its buttons alone.
_NAME_BYTES = 9


class _NotChecked(Exception):
    """A draft is not checked; the text says why, in the language of whoever sent it."""


class _TooMany(_NotChecked):
    """Too many drafts are checked already."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """A draft that was checked."""

    story: CheckedStory
    #: The record that it was compared with.
    index: Index
    _: KW_ONLY
    #: Characters of the whole draft.
    length: int
    #: Whether it is as its writer typed it, and not read from a document.
    as_typed: bool
    #: Whether it is a message, which can be asked about.
    is_message: bool
    may_be_divided: bool


class Checking:
    """What the bot does with /check."""

    def __init__(
        self,
        answers: Answers,
        importing: Importing,
        released: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Compare drafts with what *answers* has on record; have *importing* read documents.

        Other updates are worked on, by way of *released*, while a draft is compared.
        """
        self._answers = answers
        self._importing = importing
        self._released = released
        self._kept: TTLCache[str, _Checked] = TTLCache(_KEPT, _KEPT_SECONDS)
        self._reading = self._comparing = 0

    async def check(self, request: Request) -> Reply:
        """Report on the draft that a message brings, or say how one is brought."""
        strings = request.view.strings
        if request.drafted is None:
            told = strings.check_no_text if _is_reply(request.message) else strings.check_how
            return Reply(plain(told), aside=True)
        try:
            name, checked = await self._begun(request.drafted, strings)
        except _NotChecked as error:
            return Reply(plain(str(error)), aside=True)
        return await self._page(checked, request.view, name)

    async def turned(self, button: CallbackData, message: Message, view: View) -> Reply | str:
        """Return the page that a button of the report in *message* shows, or why it cannot."""
        strings, name = view.strings, button.question
        try:
            if checked := self._kept.get(name):
                checked = await self._current(checked, strings)
                self._keep(name, checked)
            elif drafted := drafted_above(message):
                name, checked = await self._begun(drafted, strings)
            else:
                return strings.check_gone
        except _TooMany as error:
            return str(error)
        except _NotChecked:
            return strings.check_gone
        return await self._page(checked, view, name, button.number)

    async def _begun(self, drafted: Drafted, strings: Strings) -> tuple[str, _Checked]:
        """Return a draft that was checked, and the name under which it is kept.

        Raises:
            _NotChecked: its document cannot be fetched or read, or there are too many.
        """
        read = await self._read(drafted, strings)
        draft = read.text
        if len(draft) > LONGEST_DRAFT:
            draft = draft[: between_words(draft, LONGEST_DRAFT, LONGEST_DRAFT // 2)]
        index = self._answers.index
        story = await self._compared(draft, index, strings)
        checked = _Checked(
            story,
            index,
            length=len(read.text),
            as_typed=read.as_typed,
            is_message=drafted.file is None,
            may_be_divided=drafted.may_be_divided,
        )
        name = secrets.token_urlsafe(_NAME_BYTES)
        self._keep(name, checked)
        return name, checked

    def _keep(self, name: str, checked: _Checked) -> None:
        """Keep a draft, and forget it in time, also if none comes after it."""
        self._kept[name] = checked
        asyncio.get_running_loop().call_later(_KEPT_SECONDS, self._kept.expire)

    async def _current(self, checked: _Checked, strings: Strings) -> _Checked:
        """Return the same, compared with what is on record now.

        Raises:
            _TooMany: there are too many.
        """
        index = self._answers.index
        if checked.index is index:
            return checked
        story = await self._compared(checked.story.draft, index, strings)
        return replace(checked, story=story, index=index)

    async def _compared(self, draft: str, index: Index, strings: Strings) -> CheckedStory:
        if self._comparing >= _MOST_COMPARING:
            raise _TooMany(strings.too_many)
        today = self._answers.today
        self._comparing += 1
        try:
            with self._released():
                return await self._answers.in_long_thread(lambda: index.check_story(draft, today))
        finally:
            self._comparing -= 1

    async def _page(self, checked: _Checked, view: View, name: str, number: int = 0) -> Reply:
        story, strings, notes = checked.story, view.strings, []
        if len(story.draft) < checked.length:
            read, total = len(story.draft), checked.length
            notes.append(strings.check_cut.format(number=read, total=total))
        elif checked.may_be_divided:
            notes.append(strings.check_divided)
        as_typed = checked.as_typed

        def rendered() -> Reply:
            hint = _hint(checked, strings)
            return render_story(story, view, name, number, notes, as_typed=as_typed, hint=hint)

        # A draft may have a thousand quotations.
        return await self._answers.in_thread(rendered)

    async def _read(self, drafted: Drafted, strings: Strings) -> StoryText:
        """Return the text of a draft.

        Raises:
            _NotChecked: it is a link, or its document cannot be fetched or read, or there are too
                many.
        """
        if drafted.file is None:
            if all(map(_LINK.fullmatch, drafted.text.split())):
                raise _NotChecked(strings.check_link)
            return StoryText(drafted.text, as_typed=True)
        if self._reading >= _MOST_READING:
            raise _TooMany(strings.too_many)
        self._reading += 1
        try:
            return await self._read_in(drafted.file, strings)
        finally:
            self._reading -= 1

    async def _read_in(self, file: Document, strings: Strings) -> StoryText:
        try:
            content = await fetched(file)
            name, kind = file.file_name or "", file.mime_type or ""
            return await self._importing.text_in(name, content, kind)
        except TooLarge:
            raise _NotChecked(strings.check_too_large) from None
        except TelegramError as error:
            # So Telegram says it where it told no size before.
            if "too big" in error.message.lower():
                raise _NotChecked(strings.check_too_large) from None
            reason = type(error).__name__
            logger.warning("a file could not be fetched (%s)", reason)
            raise _NotChecked(strings.add_not_fetched.format(reason=reason)) from None
        except Unreadable as error:
            raise _NotChecked(strings.check_unreadable.format(reason=error.what)) from None


def _is_reply(message: Message) -> bool:
    """Return whether *message* replies to what somebody sent, here or in another chat."""
    replied = message.reply_to_message
    return has_content(replied) if replied else message.external_reply is not None


def _hint(checked: _Checked, strings: Strings) -> str:
    """Return what to know if there is no quotation, or one is not on record; empty if nothing."""
    story = checked.story
    if not story.quotations:
        # It may still say something; but a mark without its partner is mended first.
        return strings.check_ask if checked.is_message and not story.unbalanced else ""
    absent = (one.quotation for one in story.quotations if one.grade is Grade.ABSENT)
    written = {_written_in(story.draft[one.start : one.stop]) for one in absent}
    known = Counter(_written_in(one.title) for one in checked.index.record.statements[:_NEWEST])
    is_foreign = any(2 * known[one] < known.total() for one in written)
    return strings.check_translated if is_foreign else ""


def _written_in(text: str) -> str:
    """Return the language that *text* is in; of those in Latin letters, only that it is one."""
    latin, others = len(_LATIN.findall(text)), len(_NOT_LATIN.findall(text))
    return _ANY_LATIN if latin >= others else language_of_text(text)
