"""Runs the assembled bot until it is told to stop or cannot go on; the exit code says which.

Signals, the event loop and exit codes are dealt with here; how the bot is put together, in
``assembly``.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import math
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.answering.answers import Answers
from bot.assembly import WorkerRole, assemble
from bot.configuration import Configuration
from bot.handlers.routes import ALLOWED_UPDATES
from bot.process.worker import Worker
from bot.process.worker_pool import EXIT_UNREACHABLE, WorkerPool
from bot.services.live_record import Keep, LiveRecord, Load
from bot.wire.http_server import open_listener
from bot.wire.obstacles import TELEGRAM
from bot.wire.reachability import Reachability
from index import Index, OnRecordError

logger = logging.getLogger(__name__)

#: Seconds that Telegram holds a poll open when nothing happens.
POLL_SECONDS = 25
#: Tries to reach Telegram at the start; a moment without DNS must not end it.
BOOTSTRAP_RETRIES = 5
#: What to do, by a part of what is fatal.
_REPAIRS = (
    ("token", "Copy it from @BotFather once more, whole, into TELEGRAM_BOT_TOKEN"),
    ("webhook", "Correct the address of the webhook"),
)
_ANY_REPAIR = "Check the network"
_OWN_SERVER = ", and look whether “api” in onrecord.yaml is the address of a Bot API server"
#: How often what still runs is cancelled.
_TRIES = 3
#: What the system says when a connection cannot be accepted for want of descriptors or memory.
_NO_ROOM = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
#: Seconds after which that is logged again.
_TELL_AGAIN = 60.0


def run_bot(configuration: Configuration, load: Load, keep: Keep | None = None) -> int:
    """Answer until told to stop, in as many processes as wanted; return the exit code.

    *load* loads the record, at the start, whenever an operator or SIGHUP asks for it, and when it
    changes; *keep* keeps the index of what has changed.

    Raises:
        ConfigurationError: it cannot listen where it is told.
        RecordNotFound: there is no record.
    """
    listener = open_listener(configuration)
    record = LiveRecord(configuration.data, load, keep)

    def loaded_now() -> tuple[Index, float]:
        return record.load(), time.time()

    def work(shared: tuple[Index, float], worker: Worker) -> int:
        return _run(configuration, record, shared, worker.listener, worker=worker)

    if listener and configuration.workers > 1:
        return WorkerPool(configuration.workers, listener, loaded_now, work).work()
    return _run(configuration, record, loaded_now(), listener)


def _run(
    configuration: Configuration,
    record: LiveRecord,
    indexed: tuple[Index, float],
    listener: socket.socket | None,
    *,
    worker: Worker | None = None,
) -> int:
    """Answer in this process until told to stop; return the exit code."""
    index, loaded_at = indexed
    if worker and worker.number > 0:
        # One of all is enough.
        record.is_unkept = False

    def load_for_all() -> Index:
        loaded = record.load()
        if worker:
            worker.reload_all()
        return loaded

    assembled = assemble(
        configuration,
        index,
        load=load_for_all,
        record=record,
        loaded_at=loaded_at,
        listener=listener,
        role=WorkerRole(worker.number == 0, worker.ready) if worker else WorkerRole(),
    )
    application, heartbeat = assembled.application, assembled.heartbeat
    if worker:
        assembled.tasks.append(worker.leave_with_parent)
    else:
        assembled.tasks.append(lambda _: _reload_on_sighup(assembled.answers))
    logger.info("starting, with %d paragraphs on record", index.searched.paragraphs)
    # The interrupt key is the parent's, which tells its workers to stop, once.
    signals = (signal.SIGTERM,) if worker else (signal.SIGTERM, signal.SIGINT, signal.SIGABRT)
    running: dict[str, Any] = {
        "bootstrap_retries": BOOTSTRAP_RETRIES,
        "stop_signals": signals,
        "close_loop": False,
    }
    try:
        with event_loop():
            if assembled.by_webhook:
                application.run_webhook(**running)
            else:
                application.run_polling(
                    timeout=POLL_SECONDS,
                    allowed_updates=ALLOWED_UPDATES,
                    drop_pending_updates=False,
                    **running,
                )
    except InvalidToken:
        heartbeat.fatal = heartbeat.fatal or "Telegram does not know this bot's token"
    except TelegramError as error:
        heartbeat.fatal = heartbeat.fatal or _failed_start(error, assembled.reachability)
    if heartbeat.fatal:
        told = _told(heartbeat.fatal, assembled.reachability, configuration)
        sys.stderr.write(f"onrecord: {told}\n")
        return EXIT_UNREACHABLE
    return 0


def _failed_start(error: TelegramError, reachability: Reachability) -> str:
    """Return what *error* means, with which Telegram could not be reached at the start."""
    if reachability.obstacle:
        return "Telegram cannot be reached"
    if isinstance(error, RetryAfter):
        return "Telegram wants no call for a while (too many were made)"
    # Its message is Telegram's own, but nobody promised what stands in there.
    return f"Telegram refuses to let the bot start ({type(error).__name__})"


def _told(fatal: str, reachability: Reachability, configuration: Configuration) -> str:
    """Return in words that end the bot what is *fatal*, why, and what to do."""
    repair = next((repair for part, repair in _REPAIRS if part in fatal), "")
    if not repair and reachability.obstacle:
        fatal += f": {reachability.obstacle.reason}"
        repair = reachability.obstacle.repair
    elif TELEGRAM not in configuration.api:
        repair = (repair or _ANY_REPAIR) + _OWN_SERVER
    return f"{fatal}. {repair or _ANY_REPAIR}; then start the bot again."


@contextmanager
def event_loop() -> Iterator[None]:
    """Let the library run in an event loop, and close that in good order.

    asyncio closes the pipe that signals are written to before it gives the signals back, and one
    that comes in between ends in a traceback. So the pipe is taken from the signals first. A second
    signal to stop ends the library's own stopping: what is under way is then given up, silently.
    """
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(_Complaints())
    asyncio.set_event_loop(loop)
    try:
        yield
    except SystemExit:
        logger.warning("told to stop again; what is under way is given up")
    finally:
        signal.set_wakeup_fd(-1)
        _give_up(loop)
        asyncio.set_event_loop(None)
        loop.close()


class _Complaints:
    """Has the event loop tell only once a minute that no descriptor is left for a connection.

    In Python 3.11 it tells of that a hundred times at each attempt, with a traceback.
    """

    def __init__(self) -> None:
        self._told = -math.inf

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Log what *context* tells."""
        error = context.get("exception")
        if not isinstance(error, OSError) or error.errno not in _NO_ROOM:
            loop.default_exception_handler(context)
        elif time.monotonic() - self._told > _TELL_AGAIN:
            self._told = time.monotonic()
            logger.error("no connection can be accepted: %s", error.strerror)


def _give_up(loop: asyncio.AbstractEventLoop) -> None:
    """Cancel what still runs in *loop*; destroyed as it is, asyncio would complain of each."""
    cancelled: set[asyncio.Task[Any]] = set()
    # Again if a third signal, or the watch, breaks it off.
    for _ in range(_TRIES):
        running = asyncio.all_tasks(loop)
        if not running:
            break
        for task in running:
            task.cancel()
        cancelled |= running
        with suppress(SystemExit, RuntimeError):
            loop.run_until_complete(asyncio.wait(running, timeout=1))
    for task in cancelled:
        if task.done() and not task.cancelled():
            task.exception()  # asked for, so that it is not reported


async def _reload_on_sighup(answers: Answers) -> None:
    """Reload the record whenever the process gets SIGHUP."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, lambda: loop.create_task(_reload(answers)))


async def _reload(answers: Answers) -> None:
    try:
        seconds = await answers.reload()
        paragraphs = answers.index.searched.paragraphs
        logger.info("reloaded in %.1f s: %d paragraphs on record", seconds, paragraphs)
    except (OnRecordError, OSError) as error:
        logger.error("the record could not be reloaded, and the old one stays: %s", error)
    except Exception:  # whatever a folder can hold
        logger.exception("the record could not be reloaded, and the old one stays")
