"""Tells the operators how the bot is doing, and does what they ask: /status, /reload, /misses."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable

from telegram import Message
from telegram.constants import ChatType

from bot.answering.answers import Answers
from bot.front.addressing import read
from bot.front.request import Request
from bot.handlers.sent import ADD
from bot.i18n.strings import Strings
from bot.rendering.html import LONGEST_MESSAGE, plain, typed
from bot.rendering.view import Reply
from bot.services.changing import change
from bot.services.fetching import SourceFetching
from bot.services.notices import fault_told, mistake_lines
from bot.services.sending import send
from bot.services.watching import Watch
from bot.state.state import State
from index import OnRecordError, Problem, Record, printable, ranks_in_c

logger = logging.getLogger(__name__)

#: How many files with mistakes are named after a reload; "onrecord check" lists them all.
_NAMED_FILES = 5
#: Characters of the reason why a reload failed: it names a folder, which can be long.
_LONGEST_REASON = 1000
#: Seconds that the machine's clock must be ahead of Telegram's, or behind it, to be told of.
_WRONG_CLOCK = 60.0
#: Characters of what is told of one source that fails.
_LONGEST_SOURCE = 300


class Operators:
    """What the bot does for its operators, whom the configuration names."""

    def __init__(
        self,
        answers: Answers,
        state: State,
        waiting: Callable[[], int],
        watching: Watch | None = None,
        fetching: SourceFetching | None = None,
        *,
        add: Callable[[Request], Awaitable[None]],
        clock: Callable[[], float] = time.time,
        clock_ahead: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """Tell of *answers*, of *state*, and of how many updates are *waiting*.

        *watching* knows what is wrong with the folder of data, and *fetching* how the sources are
        that are followed. *add* puts on record what an operator sends with /add. *clock* gives
        seconds since 1970, and *clock_ahead* by how many seconds the machine's clock is ahead of
        Telegram's.
        """
        self._orders = {
            "status": self.status,
            "reload": self.reload,
            "misses": self.misses,
            ADD: add,
        }
        self._answers = answers
        self._state = state
        self._waiting = waiting
        self._watching = watching
        self._fetching = fetching
        self._clock = clock
        self._clock_ahead = clock_ahead
        self._began = clock()

    @property
    def commands(self) -> frozenset[str]:
        """The commands that it obeys, without slash."""
        return frozenset(self._orders)

    def is_order(self, message: Message) -> bool:
        """Return whether *message* gives one of the operators' commands, to our bot by name.

        In private it need not name the bot.
        """
        wording = read(message, message.get_bot().bot)
        is_private = message.chat.type == ChatType.PRIVATE
        named = wording.names_us or (is_private and not wording.target)
        return wording.command in self._orders and named

    async def obey(self, request: Request) -> None:
        """Do what the command of *request* says."""
        await self._orders[request.command](request)

    async def status(self, request: Request) -> None:
        """Tell what is on record, since when, and how today went."""
        strings, state, index = request.view.strings, self._state, self._answers.index
        searched, today, now = index.searched, state.today(), self._clock()
        kept, lost = strings.status_memory_kept, strings.status_memory_lost
        lines = mistake_lines(strings, _mistakes(index.record))
        text = strings.status.format(
            statements=strings.statements(searched.statements),
            paragraphs=strings.paragraphs(searched.paragraphs),
            period=strings.from_to(searched) or strings.undated,
            mistakes="\n".join([str(len(_broken(index.record))), *lines]),
            index_age=_span(now - self._answers.loaded_at, strings),
            uptime=_span(now - self._began, strings),
            answers=today.get("answers", 0),
            refusals=today.get("refusals", 0),
            inline=today.get("inline", 0),
            errors=today.get("errors", 0),
            waiting=self._waiting(),
            memory=kept if state.persistent else lost,
            ranking=strings.status_ranks_in_c if ranks_in_c() else strings.status_ranks_with_numpy,
        )
        ahead = self._clock_ahead()
        if abs(ahead) >= _WRONG_CLOCK:
            told = strings.status_clock_ahead if ahead > 0 else strings.status_clock_behind
            # To the minute: a second more or less is noise.
            text += "\n\n" + told.format(span=_span(60 * round(abs(ahead) / 60), strings))
        if self._watching and self._watching.fault:
            text += "\n\n" + fault_told(strings, self._watching.fault)
        if self._fetching and self._fetching.followed:
            text += "\n\n" + await self._sources_told(self._fetching, strings)
        await send(request.message, Reply(text))

    async def reload(self, request: Request) -> None:
        """Load the record again, while the old one answers."""
        strings = request.view.strings
        told = await send(request.message, Reply(plain(strings.reloading)))
        await change(told, Reply(await self._reloaded(strings)))

    async def misses(self, request: Request) -> None:
        """Show the questions that found nothing; record them or not, or forget them."""
        strings, state = request.view.strings, self._state
        match request.wording.text.lower():
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
        await send(request.message, Reply(text))

    async def _reloaded(self, strings: Strings) -> str:
        """Reload; return in HTML how that went. Files and folders may have any name."""
        try:
            seconds = await self._answers.reload()
        except (OnRecordError, OSError) as error:
            logger.error("the record could not be reloaded (%s)", type(error).__name__)
            return strings.reload_failed.format(reason=typed(printable(error)[:_LONGEST_REASON]))
        except Exception as error:  # whatever a folder can hold, the operator is told
            logger.exception("the record could not be reloaded")
            return strings.reload_failed.format(reason=type(error).__name__)
        index = self._answers.index
        searched = index.searched
        text = strings.reloaded.format(
            seconds=round(seconds, 1),
            statements=strings.statements(searched.statements),
            paragraphs=strings.paragraphs(searched.paragraphs),
        )
        if broken := _broken(index.record):
            files = [typed(printable(name)) for name in broken[:_NAMED_FILES]]
            files += ["…"] if len(broken) > _NAMED_FILES else []
            text += "\n" + strings.reloaded_mistakes.format(files=", ".join(files))
        return text

    async def _sources_told(self, fetching: SourceFetching, strings: Strings) -> str:
        """Return in HTML how the sources are that are followed."""
        try:
            status = await fetching.status()
        except OnRecordError as error:
            return _coded(error)
        lines = [strings.status_not_fetched]
        if status.last:
            age = _span(max(0.0, self._clock() - status.last), strings)
            lines = [strings.status_fetched.format(age=age)]
        lines.append(strings.status_to_review.format(number=status.waiting))
        if fetching.fault:
            lines.append(_coded(fetching.fault))
        if status.failing:
            lines.append(strings.status_failing.format(number=len(status.failing)))
        lines += [_coded(f"{url}: {why}") for url, why in status.failing[:_NAMED_FILES]]
        return "\n".join(lines)

    def _misses(self, strings: Strings) -> str:
        state = self._state
        if not state.recording_misses:
            return plain(strings.misses_off)
        lines, room = [strings.misses_heading], LONGEST_MESSAGE
        for miss in state.misses():
            line = f"{miss.times} × {strings.typed(miss.question, typed)}"
            room -= len(line)
            if room > 0:
                lines.append(line)
        return "\n".join(lines) if len(lines) > 1 else plain(strings.misses_none)


def _coded(text: object) -> str:
    """Return *text* in HTML, so that Telegram makes no link or mention of it."""
    return f"<code>{plain(printable(text)[:_LONGEST_SOURCE])}</code>"


def _mistakes(record: Record) -> list[Problem]:
    return [problem for problem in record.problems if not problem.warning]


def _broken(record: Record) -> list[str]:
    """Return the names of the files that have mistakes."""
    return sorted({problem.path.name for problem in _mistakes(record)})


def _span(seconds: float, strings: Strings) -> str:
    """Return a length of time in its largest unit: "3 minutes"."""
    for length, unit in ((86400, strings.days), (3600, strings.hours), (60, strings.minutes)):
        if seconds >= 2 * length:
            return unit(int(seconds // length))
    return strings.seconds(int(seconds))
