"""Assembles the way in, where there is one: the doorway, the letterbox in it, and their watches.

A bot that polls and listens nowhere has an entrance too; it is shut, and does nothing.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

from telegram import Bot
from telegram.ext import Updater

from bot.assembly import ALLOWED_UPDATES
from bot.health import Health
from bot.process.worker import Worker
from bot.services.desk import Desk
from bot.wire.http_server import HttpServer, HttpServerUpdater
from bot.wire.polling import Heartbeat
from bot.wire.webhook_receiver import WebhookReceiver
from bot.wire.webhook_registration import WebhookRegistration


class Entrance:
    """How others come to the bot: Telegram with updates, and whoever asks how it is."""

    def __init__(
        self,
        listener: socket.socket | None,
        bot: Bot,
        desk: Desk,
        heartbeat: Heartbeat,
        worker: Worker | None = None,
    ) -> None:
        """Serve on *listener*, if there is one, what the desk's configuration asks for.

        *worker* is this process's place, if there are several.
        """
        self._desk = desk
        self._heartbeat = heartbeat
        self._worker = worker
        self._registration: WebhookRegistration | None = None
        self._http_server: HttpServer | None = None
        #: What the application gets its updates through; None if it polls.
        self.updater: Updater | None = None
        if listener is None:
            return
        configuration, receiver = desk.configuration, None
        if configuration.webhook:
            receiver = WebhookReceiver(
                configuration.webhook, bot, desk.update_queue, desk.state.first_time
            )
            self._registration = WebhookRegistration(
                bot,
                heartbeat,
                url=configuration.webhook,
                allowed_updates=ALLOWED_UPDATES,
                longest_silence=configuration.silence,
                workers=configuration.workers,
                foremost=worker is None or worker.number == 0,
            )
        ready = worker.ready if worker else lambda: None
        self._http_server = HttpServer(listener, self.health, receiver, ready)
        if receiver:
            self.updater = HttpServerUpdater(bot, desk.update_queue, self._http_server)

    async def open(self, stop: Callable[[], None]) -> list[asyncio.Task[None]]:
        """Begin what goes on beside the answering; return the tasks, which are to be cancelled.

        *stop* ends the application. Deliveries are taken in from when its updater is started.
        """
        tasks = []
        if self._registration:
            tasks.append(asyncio.create_task(self._registration.keep()))
        if self._worker:
            tasks.append(asyncio.create_task(self._worker.leave_with_parent(stop)))
        if self._http_server and not self.updater:
            await self._http_server.open()
        return tasks

    async def close(self) -> None:
        """Shut what is still open."""
        if self._http_server:
            await self._http_server.close()

    def health(self) -> Health:
        """Return how the bot is now."""
        desk = self._desk
        return Health(
            paragraphs=desk.index.searched.paragraphs,
            index_age=desk.clock() - desk.indexed,
            uptime=desk.clock() - desk.began,
            silence=self._heartbeat.silence(),
            waiting=desk.update_queue.qsize(),
            longest_silence=desk.configuration.silence,
            trouble=self._registration.trouble if self._registration else "",
        )
