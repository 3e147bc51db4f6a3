"""Runs the bot until it is told to stop, or cannot go on; which of the two, its exit code tells."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from bot.assembly import ALLOWED_UPDATES, build_application, build_bot
from bot.configuration import Configuration
from bot.handlers.profile import introduce, warn_of_settings
from bot.process.entrance import Entrance
from bot.process.worker import Worker
from bot.process.workers import EXIT_UNREACHABLE, Workers
from bot.services.desk import Desk
from bot.state.state import State
from bot.terminal.loading import give_memory_back
from bot.wire.http_server import open_listener
from bot.wire.polling import Heartbeat, watch
from index import Index, OnRecordError

logger = logging.getLogger(__name__)

#: Seconds that Telegram holds a poll open when nothing happens.
POLL_SECONDS = 25
#: Tries to reach Telegram at the start; a hiccup of the name service must not end it.
BOOTSTRAP_RETRIES = 5


def run_bot(configuration: Configuration, load: Callable[[], Index]) -> int:
    """Answer until told to stop, in as many processes as wanted; return the exit code.

    *load* brings the record, and anew when an operator, or SIGHUP, asks for it.

    Raises:
        ConfigurationError: it cannot listen where it is told.
        RecordNotFound: there is no record.
    """
    listener = open_listener(configuration)

    def loaded() -> Index:
        index = load()
        index.prepare()
        give_memory_back()
        return index

    def loaded_now() -> tuple[Index, float]:
        return loaded(), time.time()

    def work(shared: tuple[Index, float], worker: Worker) -> int:
        def load_for_all() -> Index:
            index = loaded()
            worker.reload_all()
            return index

        return _run(configuration, shared, load_for_all, worker.listener, worker)

    if listener and configuration.workers > 1:
        return Workers(configuration.workers, listener, loaded_now, work).work()
    return _run(configuration, loaded_now(), loaded, listener)


def _run(
    configuration: Configuration,
    indexed: tuple[Index, float],
    load: Callable[[], Index],
    listener: socket.socket | None,
    worker: Worker | None = None,
) -> int:
    """Answer in this process until told to stop; return the exit code."""
    index, since = indexed
    heartbeat = Heartbeat(configuration.health_file)
    desk = Desk(index, configuration, State.open(configuration.state), load=load)
    desk.indexed = since
    bot = build_bot(configuration, heartbeat)
    entrance = Entrance(listener, bot, desk, heartbeat, worker)
    application = build_application(bot, desk, entrance.updater)
    attend(application, desk, heartbeat, entrance, worker)
    logger.info("starting, with %d paragraphs on record", index.searched.paragraphs)
    # A worker's parent hears the keyboard, and passes on what it is told, once.
    signals = (signal.SIGTERM,) if worker else (signal.SIGTERM, signal.SIGINT, signal.SIGABRT)
    running: dict[str, Any] = {
        "bootstrap_retries": BOOTSTRAP_RETRIES,
        "stop_signals": signals,
        "close_loop": False,
    }
    try:
        with event_loop():
            if entrance.updater:
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
        heartbeat.fatal = heartbeat.fatal or f"Telegram cannot be reached ({type(error).__name__})"
    if heartbeat.fatal:
        repair = "Check the network, and the token with @BotFather; then start the bot again."
        sys.stderr.write(f"onrecord: {heartbeat.fatal}. {repair}\n")
        return EXIT_UNREACHABLE
    return 0


@contextmanager
def event_loop() -> Iterator[None]:
    """Let the library run in an event loop, and close that in good order.

    asyncio closes the pipe that signals are written to, and only then takes leave of the signals:
    one that comes in between ends in a traceback. So it is told of the pipe's end before.
    """
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        yield
    finally:
        signal.set_wakeup_fd(-1)
        asyncio.set_event_loop(None)
        loop.close()


def attend(
    application: Application,  # type: ignore[type-arg]
    desk: Desk,
    heartbeat: Heartbeat,
    entrance: Entrance | None = None,
    worker: Worker | None = None,
) -> None:
    """Let *application* begin and end what goes on beside the answering."""
    way_in = entrance or Entrance(None, application.bot, desk, heartbeat)

    async def started(application: Application) -> None:  # type: ignore[type-arg]
        bot = application.bot
        desk.introduce(bot.bot)
        stop = _once_heard(application)
        # Beside the polling, which nothing may hold up: Telegram can make a bot wait long before it
        # may change its profile again.
        beside = [
            asyncio.create_task(watch(heartbeat, desk.configuration.silence, stop)),
            *await way_in.open(stop),
        ]
        if worker is None:
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGHUP, lambda: loop.create_task(_reload(desk)))
        if worker is None or worker.number == 0:
            warn_of_settings(bot)
            beside.append(asyncio.create_task(introduce(bot, desk.configuration)))
        application.bot_data["beside"] = beside

    async def stopped(application: Application) -> None:  # type: ignore[type-arg]
        beside = application.bot_data.pop("beside", None)
        if beside is None:  # it has been stopped already, or never was started
            return
        for task in beside:
            task.cancel()
        await way_in.close()
        await desk.close()

    # The library stops only what it has started, but shuts down in any case.
    application.post_init = started
    application.post_stop = application.post_shutdown = stopped


def _once_heard(application: Application) -> Callable[[], None]:  # type: ignore[type-arg]
    """Return what stops *application*: called again and again, until the library has heard it.

    While it still starts, it may not; and when it stops already, another call would break that off.
    """
    heard = False

    def stop() -> None:
        nonlocal heard
        if not heard:
            heard = application.running
            application.stop_running()

    return stop


async def _reload(desk: Desk) -> None:
    """Load the record anew, as SIGHUP asks."""
    try:
        seconds = await desk.reload()
        paragraphs = desk.index.searched.paragraphs
        logger.info("loaded anew in %.1f s: %d paragraphs on record", seconds, paragraphs)
    except (OnRecordError, OSError) as error:
        logger.error("the record could not be loaded anew, and the old one stays: %s", error)
    except Exception:  # whatever a folder can hold
        logger.exception("the record could not be loaded anew, and the old one stays")
