"""Assembles the way in, where there is one: the doorway, the letterbox in it, and their watches.

A bot that polls and listens nowhere has an entrance too; it is shut, and does nothing.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

from telegram import Bot
from telegram.ext import Updater

from bot.application import ALLOWED_UPDATES
from bot.handlers.desk import Desk
from bot.health import Health
from bot.wire.doorway import Doorway, DoorwayUpdater
from bot.wire.polling import Pulse
from bot.wire.registration import Registration
from bot.wire.webhook import Letterbox
from bot.worker import Worker


class Entrance:
    """How others come to the bot: Telegram with updates, and whoever asks how it is."""

    def __init__(
        self,
        listener: socket.socket | None,
        bot: Bot,
        desk: Desk,
        pulse: Pulse,
        worker: Worker | None = None,
    ) -> None:
        """Serve on *listener*, if there is one, what the desk's configuration asks for.

        *worker* is this process's place, if there are several.
        """
        self._desk = desk
        self._pulse = pulse
        self._worker = worker
        self._registration: Registration | None = None
        self._doorway: Doorway | None = None
        #: What the application gets its updates through; None if it polls.
        self.updater: Updater | None = None
        if listener is None:
            return
        configuration, letterbox = desk.configuration, None
        if configuration.webhook:
            letterbox = Letterbox(configuration.webhook, bot, desk.backlog, desk.state.first_time)
            self._registration = Registration(
                bot,
                pulse,
                url=configuration.webhook,
                allowed_updates=ALLOWED_UPDATES,
                longest_silence=configuration.silence,
                workers=configuration.workers,
                foremost=worker is None or worker.number == 0,
            )
        ready = worker.ready if worker else lambda: None
        self._doorway = Doorway(listener, self.health, letterbox, ready)
        if letterbox:
            self.updater = DoorwayUpdater(bot, desk.backlog, self._doorway)

    async def open(self, stop: Callable[[], None]) -> list[asyncio.Task[None]]:
        """Begin what goes on beside the answering; return the tasks, which are to be cancelled.

        *stop* ends the application. Deliveries are taken in from when its updater is started.
        """
        tasks = []
        if self._registration:
            tasks.append(asyncio.create_task(self._registration.keep()))
        if self._worker:
            tasks.append(asyncio.create_task(self._worker.leave_with_parent(stop)))
        if self._doorway and not self.updater:
            await self._doorway.open()
        return tasks

    async def close(self) -> None:
        """Shut what is still open."""
        if self._doorway:
            await self._doorway.close()

    def health(self) -> Health:
        """Return how the bot is now."""
        desk = self._desk
        return Health(
            paragraphs=desk.index.searched.paragraphs,
            index_age=desk.clock() - desk.indexed,
            uptime=desk.clock() - desk.began,
            silence=self._pulse.silence(),
            waiting=desk.backlog.qsize(),
            longest_silence=desk.configuration.silence,
            trouble=self._registration.trouble if self._registration else "",
        )
