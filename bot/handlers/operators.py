"""Tells whoever runs the bot how it is doing, and does what they ask: /status, /reload, /misses."""

from __future__ import annotations

import logging

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.front.throttling import is_allowed
from bot.handlers.addressing import is_named, is_private, question_in, written_by_a_bot
from bot.handlers.sending import change, send
from bot.i18n.strings import Strings
from bot.rendering.html import LONGEST_MESSAGE, plain
from bot.rendering.view import Reply
from bot.services.desk import Desk
from index import OnRecordError, Record

logger = logging.getLogger(__name__)

#: Files with mistakes that are named after a reload; "onrecord check" lists them all.
_NAMED_FILES = 5
#: Characters of the reason why a reload failed: it names a folder, which can be long.
_LONGEST_REASON = 1000


class Operators:
    """What the bot does for its operators, whom the configuration names."""

    def __init__(self, desk: Desk) -> None:
        """Tell of the *desk*."""
        self._desk = desk

    async def status(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Tell what is on record, since when, and how today went."""
        if not (message := await self._asked_by_operator(update)):
            return
        desk, strings = self._desk, self._strings(message)
        searched, today = desk.index.searched, desk.state.today()
        text = strings.status.format(
            statements=strings.statements(searched.statements),
            paragraphs=strings.paragraphs(searched.paragraphs),
            period=strings.from_to(searched) or strings.undated,
            mistakes=len(_broken(desk.index.record)),
            index_age=_span(desk.clock() - desk.indexed, strings),
            uptime=_span(desk.clock() - desk.began, strings),
            answers=today.get("answers", 0),
            refusals=today.get("refusals", 0),
            inline=today.get("inline", 0),
            errors=today.get("errors", 0),
            waiting=desk.update_queue.qsize(),
            memory=strings.status_memory_kept
            if desk.state.persistent
            else strings.status_memory_lost,
        )
        await send(message, Reply(text))

    async def reload(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Load the record anew, while the old one answers."""
        if not (message := await self._asked_by_operator(update)):
            return
        strings = self._strings(message)
        told = await send(message, Reply(plain(strings.reloading)))
        await change(told, Reply(plain(await self._reloaded(strings))))

    async def misses(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the questions that found nothing; record them or not, or forget them."""
        if not (message := await self._asked_by_operator(update)):
            return
        strings, state = self._strings(message), self._desk.state
        match question_in(message, context.bot.bot).lower():
            case "on":
                state.record_misses(True)
                text = strings.misses_on_now
            case "off":
                state.record_misses(False)
                state.forget_misses()
                text = strings.misses_off_now
            case "clear":
                state.forget_misses()
                text = strings.misses_cleared
            case _:
                text = self._misses(strings)
        await send(message, Reply(text))

    async def _reloaded(self, strings: Strings) -> str:
        try:
            seconds = await self._desk.reload()
        except (OnRecordError, OSError) as error:
            logger.error("the record could not be loaded anew (%s)", type(error).__name__)
            return strings.reload_failed.format(reason=str(error)[:_LONGEST_REASON])
        except Exception as error:  # whatever a folder can hold, the operator is to hear of it
            logger.exception("the record could not be loaded anew")
            return strings.reload_failed.format(reason=type(error).__name__)
        index = self._desk.index
        searched = index.searched
        text = strings.reloaded.format(
            seconds=round(seconds, 1),
            statements=strings.statements(searched.statements),
            paragraphs=strings.paragraphs(searched.paragraphs),
        )
        if broken := _broken(index.record):
            files = [*broken[:_NAMED_FILES], *(["…"] if len(broken) > _NAMED_FILES else [])]
            text += "\n" + strings.reloaded_mistakes.format(files=", ".join(files))
        return text

    def _misses(self, strings: Strings) -> str:
        state = self._desk.state
        if not state.recording_misses:
            return plain(strings.misses_off)
        lines, room = [strings.misses_heading], LONGEST_MESSAGE
        for miss in state.misses():
            line = f"{miss.times} × {plain(strings.short_title(miss.question))}"
            room -= len(line)
            if room > 0:
                lines.append(line)
        return "\n".join(lines) if len(lines) > 1 else plain(strings.misses_none)

    async def _asked_by_operator(self, update: Update) -> Message | None:
        """Return the message, if an operator wrote it; others get what an unknown command gets."""
        message = update.effective_message
        if message is None or written_by_a_bot(message):
            return None
        private, person = is_private(message.chat), message.from_user
        if person and not message.sender_chat and person.id in self._desk.configuration.admins:
            # In a group a bare /status may be meant for another bot.
            return message if private or is_named(message, message.get_bot().bot) else None
        if private and await is_allowed(message, self._desk):
            await send(message, Reply(plain(self._strings(message).unknown_command)))
        return None

    def _strings(self, message: Message) -> Strings:
        return self._desk.view_of(message).strings


def _broken(record: Record) -> list[str]:
    """Return the names of the files that have mistakes."""
    return sorted({problem.path.name for problem in record.problems if not problem.warning})


def _span(seconds: float, strings: Strings) -> str:
    """Return a length of time in its largest unit: "3 minutes"."""
    for length, unit in ((86400, strings.days), (3600, strings.hours), (60, strings.minutes)):
        if seconds >= 2 * length:
            return unit(int(seconds // length))
    return strings.seconds(int(seconds))
