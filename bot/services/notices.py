"""Writes to the operators, each in a private message, of what is wrong with the folder of data."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from telegram import Bot
from telegram.error import TelegramError

from bot.i18n.strings import Strings
from bot.rendering.html import plain
from bot.services.chats import Chats
from bot.services.refusals import Refusals
from bot.services.watching import Fault, FolderFault
from bot.wire.retry import with_retries
from index import Problem, printable

logger = logging.getLogger(__name__)

#: How many mistakes are named at once; "onrecord check" lists them all.
NAMED = 5
#: Characters of one mistake, and of the reason for a fault: they name files and folders.
_LONGEST_MISTAKE, _LONGEST_REASON = 500, 1000


class Notices:
    """What the operators are told without having asked."""

    def __init__(self, bot: Bot, admins: Iterable[int], chats: Chats, refusals: Refusals) -> None:
        """Have *bot* write to *admins*, each in the language of the private chat.

        Of an operator who cannot be written to *refusals* tells once a day.
        """
        self._bot, self._admins, self._chats = bot, sorted(admins), chats
        self._refusals = refusals
        self._sending: set[asyncio.Task[None]] = set()

    def mistakes(self, problems: list[Problem]) -> None:
        """Tell of mistakes in files, each with its place and repair."""
        self._tell(lambda strings: mistakes_told(strings, problems))

    def fault(self, fault: Fault) -> None:
        """Tell of what keeps the record from being loaded."""
        self._tell(lambda strings: fault_told(strings, fault))

    def _tell(self, write: Callable[[Strings], str]) -> None:
        for admin in self._admins:
            text = write(self._chats.view_of(admin).strings)
            task = asyncio.create_task(self._send(admin, text))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _send(self, admin: int, text: str) -> None:
        try:
            await with_retries(lambda: self._bot.send_message(admin, text))
        except TelegramError as error:
            if self._refusals.note(admin, error):
                return
            logger.warning("an operator (%d) could not be told: %s", admin, error.message)


def mistakes_told(strings: Strings, problems: Sequence[Problem]) -> str:
    """Return in HTML that there are *problems*: the first of them, and how many more."""
    return "\n".join([strings.mistakes_found, *mistake_lines(strings, problems)])


def mistake_lines(strings: Strings, problems: Sequence[Problem]) -> list[str]:
    """Return in HTML a line for each of the first *problems*, and one for all others."""
    lines = []
    for one in problems[:NAMED]:
        place = f"{one.path.name}:{one.line}" if one.line else one.path.name
        text = printable(f"{one.what}. {one.repair}")[:_LONGEST_MISTAKE]
        # Names of files and words from them must not become links or mentions.
        lines.append(f"<code>{plain(printable(place))}</code> <code>{plain(text)}</code>")
    if len(problems) > NAMED:
        lines.append(strings.mistakes_more.format(number=len(problems) - NAMED))
    return lines


def fault_told(strings: Strings, fault: Fault) -> str:
    """Return in HTML what keeps the record as it was."""
    reason = f"<code>{plain(printable(fault.reason)[:_LONGEST_REASON])}</code>"
    match fault.kind:
        case FolderFault.MISSING:
            return strings.folder_missing.format(reason=reason)
        case FolderFault.EMPTIED:
            return strings.folder_emptied
        case FolderFault.FAILED:
            return strings.reload_failed.format(reason=reason)
