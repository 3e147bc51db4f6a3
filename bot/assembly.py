"""Assembles the bot, from its configuration to an application that can be run.

This is the one place where the parts meet: what each does is told in its own module. Running the
application, with signals and exit codes, is left to ``process.running``.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import LinkPreviewOptions, Message
from telegram.constants import FloodLimit, ParseMode
from telegram.ext import Application, ApplicationBuilder, Defaults

from bot.answering.answering import Answering
from bot.answering.answers import Answers
from bot.configuration import Configuration
from bot.front.access import Access
from bot.front.chat_slots import ChatSlots
from bot.front.drafted import CHECK
from bot.front.stack import Stack, always
from bot.front.throttles import Throttles
from bot.handlers.adding import Adding
from bot.handlers.buttons import Buttons
from bot.handlers.chat_settings import SettingsOfChats
from bot.handlers.checking import Checking
from bot.handlers.commands import Commands
from bot.handlers.errors import Errors
from bot.handlers.guests import Guests
from bot.handlers.inline_queries import InlineQueries
from bot.handlers.message_changes import MessageChanges
from bot.handlers.messages import Command, Messages
from bot.handlers.operators import Operators
from bot.handlers.reviewing import Reviewing
from bot.handlers.routes import ALLOWED_UPDATES, add_routes
from bot.handlers.trimming import Trimming
from bot.health import Health
from bot.services.chats import Chats
from bot.services.delivery import Delivery
from bot.services.drafts import Drafts
from bot.services.fetching import SourceFetching
from bot.services.importing import Importing
from bot.services.introduction import introduce
from bot.services.live_record import LiveRecord
from bot.services.notices import Notices
from bot.services.refusals import Refusals
from bot.services.watching import Watch
from bot.state.state import State
from bot.wire.claims import Claims
from bot.wire.http_client import TIMEOUTS, AiohttpRequest
from bot.wire.http_server import HttpServer, HttpServerUpdater
from bot.wire.polling import Heartbeat, PollingRequest, SteadyBot, watch
from bot.wire.rate_limiter import PerChatRateLimiter
from bot.wire.reachability import Reachability
from bot.wire.telegram_clock import TelegramClock
from bot.wire.update_queue import MOST_BEGUN, DrainingApplication, UpdateQueue
from bot.wire.webhook_receiver import WebhookReceiver
from bot.wire.webhook_registration import WebhookRegistration
from index import Index

App = Application[Any, Any, Any, Any, Any, Any]
#: Begins something that goes on until it is cancelled; it is given what stops the application.
Task = Callable[[Callable[[], None]], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class WorkerRole:
    """The place of this process among those that share a webhook."""

    #: Whether it sets up at Telegram what all share: the webhook, the menu, the profile.
    is_first: bool = True
    #: What is called once the first request can be answered.
    on_ready: Callable[[], None] = lambda: None


_ALONE = WorkerRole()


@dataclass(frozen=True, slots=True)
class Assembled:
    """The bot, ready to be run."""

    application: App
    heartbeat: Heartbeat
    #: Whether Telegram answers, and if not, why.
    reachability: Reachability
    answers: Answers
    #: Whether Telegram delivers the updates; else they are polled for.
    by_webhook: bool
    #: What is begun when the application has started, and cancelled when it stops.
    tasks: list[Task]
    #: The commands that it obeys, without slash: everybody's and the operators'.
    commands: frozenset[str]


def assemble(
    configuration: Configuration,
    index: Index,
    *,
    load: Callable[[], Index] | None = None,
    record: LiveRecord | None = None,
    loaded_at: float | None = None,
    listener: socket.socket | None = None,
    role: WorkerRole = _ALONE,
    clock: Callable[[], float] = time.time,
) -> Assembled:
    """Return the bot that answers from *index*, and after a reload from what *load* returns.

    If there is a live *record*, its folder is watched, unless that is not wanted.
    *listener* is the socket on which it is asked for its health, and updates are delivered if the
    configuration has a webhook. *clock* gives seconds since 1970, *loaded_at* is one of them; it
    may be wrong, as the age of what is asked is measured by Telegram's.
    """
    # What carries updates here, and calls to Telegram.
    heartbeat = Heartbeat(configuration.health_file)
    state, claims = _open_state(configuration, clock)
    queue = UpdateQueue(configuration.concurrency, claims=claims)
    telegram_clock, reachability = TelegramClock(clock, tells=role.is_first), Reachability()
    bot = build_bot(
        configuration,
        heartbeat,
        queue,
        claims,
        clock=telegram_clock,
        reachability=reachability,
    )

    # What the handlers need.
    chats, refusals = Chats(configuration, state), Refusals(clock)
    answers = Answers(
        index,
        passages=configuration.passages,
        load=load,
        loaded_at=loaded_at,
        clock=clock,
        time_zone=configuration.time_zone,
    )

    # What comes before the handlers.
    slots, delivery = ChatSlots(queue.slot_released), Delivery()
    throttles = Throttles(configuration, lambda: queue.crowded, delivery)
    access = Access(configuration, chats, delivery, throttles.not_allowed)
    stack = Stack(access, throttles, slots, chats, telegram_clock)

    # How updates come here, and how others ask how the bot is.
    began = clock()
    registration = receiver = None
    if listener and configuration.webhook:
        receiver = WebhookReceiver(configuration.webhook, bot, queue, claims)
        registration = _register(configuration, bot, heartbeat, role)

    def health() -> Health:
        return Health(
            paragraphs=answers.index.searched.paragraphs,
            index_age=clock() - answers.loaded_at,
            uptime=clock() - began,
            silence=heartbeat.silence(),
            waiting=queue.qsize(),
            longest_silence=configuration.silence,
            trouble=registration.trouble if registration else "",
        )

    # How many are worked on at once is decided by the queue.
    builder: Any = (
        ApplicationBuilder().application_class(DrainingApplication).concurrent_updates(MOST_BEGUN)
    )
    server = HttpServer(listener, health, receiver, role.on_ready) if listener else None
    if server and receiver:
        builder = builder.updater(HttpServerUpdater(bot, queue, server))
    else:
        builder = builder.bot(bot).update_queue(queue)
    application: App = builder.build()

    # What the bot does.
    message_changes = MessageChanges(slots)

    def answers_before(message: Message) -> bool:
        # By another worker, or before a restart.
        return configuration.workers > 1 or message.date.timestamp() < int(telegram_clock.began)

    watching = (
        # Workers see the same, and the first tells of it.
        Watch(
            record,
            answers,
            Notices(bot, configuration.admins, chats, refusals) if role.is_first else None,
        )
        if record and configuration.watch
        else None
    )
    fetching = SourceFetching(configuration, answers)
    settings = SettingsOfChats(bot, chats, throttles.bare_settings)
    answering = Answering(answers)
    adding, reviewing, checking = _build_reading(configuration, answers, queue, slots, clock)
    messages = Messages(
        _commands(answers, settings, checking),
        answering=answering,
        delivery=delivery,
        chats=chats,
        state=state,
        slots=slots,
        message_changes=message_changes,
        only_text=throttles.only_text,
        answers_before=answers_before,
    )
    operators = Operators(
        answers,
        state,
        queue.qsize,
        watching,
        fetching,
        add=adding.add,
        clock=clock,
        clock_ahead=lambda: telegram_clock.machine_ahead,
    )
    add_routes(
        application,
        stack,
        admins=configuration.admins,
        messages=messages,
        operators=operators,
        adding=adding,
        reviewing=reviewing,
        buttons=Buttons(
            answers, chats, message_changes, settings, reviewing=reviewing, checking=checking
        ),
        inline=InlineQueries(answers, chats, state, is_personal=bool(configuration.people)),
        guests=Guests(answering, state),
    )
    application.add_error_handler(Errors(chats, state, refusals).handle)

    # What goes on beside the answering.
    tasks: list[Task] = [
        lambda stop: watch(heartbeat, configuration.silence, stop),
        lambda _: adding.keep(),
        lambda _: claims.keep(),
        *([lambda _: registration.keep()] if registration else []),
        *([lambda _: watching.keep()] if watching else []),
    ]
    if role.is_first:
        tasks += [
            lambda _: fetching.keep(),
            lambda _: introduce(bot, configuration, answers.examples, chats),
        ]

    async def begin() -> None:
        chats.me = bot.bot
        if server and not receiver:
            await server.open()

    async def end() -> None:
        if server:
            await server.close()
        await asyncio.gather(fetching.close(), answers.close())
        state.close()
        # Last: a document that is being read may take its time.
        await adding.close()

    _attach_tasks(application, tasks, begin, end)
    return Assembled(
        application,
        heartbeat,
        reachability,
        answers,
        receiver is not None,
        tasks,
        messages.commands | operators.commands,
    )


def _register(
    configuration: Configuration, bot: SteadyBot, heartbeat: Heartbeat, role: WorkerRole
) -> WebhookRegistration:
    """Return what asks Telegram to deliver the updates, and sees to it that it does."""
    return WebhookRegistration(
        bot,
        heartbeat,
        url=configuration.webhook,
        allowed_updates=ALLOWED_UPDATES,
        longest_silence=configuration.silence,
        workers=configuration.workers,
        is_first=role.is_first,
    )


def _commands(
    answers: Answers, settings: SettingsOfChats, checking: Checking
) -> dict[str, Command]:
    """Return the commands that everybody may give, but for those that ask."""
    commands = Commands(answers)
    return {
        "start": Command(commands.start),
        "help": Command(commands.help),
        CHECK: Command(checking.check, always),
        "ref": Command(commands.ref, always),
        "trim": Command(Trimming(answers).trim, always),
        "sources": Command(commands.sources, always),
        "whoami": Command(commands.whoami),
        "settings": Command(settings.show, settings.accepts),
    }


def _open_state(configuration: Configuration, clock: Callable[[], float]) -> tuple[State, Claims]:
    """Return what is remembered, and what is claimed in it."""
    state = State.open(configuration.state, clock)
    return state, Claims(state)


def _build_reading(
    configuration: Configuration,
    answers: Answers,
    queue: UpdateQueue,
    slots: ChatSlots,
    clock: Callable[[], float],
) -> tuple[Adding, Reviewing, Checking]:
    """Return what makes drafts of what operators send, what lets them review these, what checks."""
    drafts = Drafts(clock)
    importing = Importing(answers, configuration.data, queue.slot_released, clock)
    reviewing = Reviewing(importing, drafts, answers, slots)
    # Another process would get the next press.
    is_alone = configuration.workers == 1
    zone = configuration.time_zone
    adding = Adding(importing, drafts, reviewing, time_zone=zone, is_alone=is_alone)
    return adding, reviewing, Checking(answers, importing, queue.slot_released)


def build_bot(
    configuration: Configuration,
    heartbeat: Heartbeat,
    queue: UpdateQueue,
    claims: Claims,
    *,
    clock: TelegramClock | None = None,
    reachability: Reachability | None = None,
) -> SteadyBot:
    """Return the library's bot, which speaks to Telegram; nothing has been sent yet.

    *clock* and *reachability* learn from what Telegram answers.
    """
    learning: dict[str, Any] = {**TIMEOUTS, "clock": clock, "reachability": reachability}
    return SteadyBot(
        PollingRequest(heartbeat, connection_pool_size=2, **learning),
        claims,
        token=configuration.token,
        base_url=f"{configuration.api}/bot",
        base_file_url=f"{configuration.api}/file/bot",
        request=AiohttpRequest(
            connection_pool_size=configuration.concurrency * 2, pool_timeout=30.0, **learning
        ),
        defaults=Defaults(
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            allow_sending_without_reply=True,
        ),
        # Workers know nothing of each other: each takes its share of Telegram's limits.
        rate_limiter=PerChatRateLimiter(
            configuration.messages_per_second / configuration.workers,
            FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP / configuration.workers,
            slot_released=queue.slot_released,
            once=claims.once,
        ),
    )


def _attach_tasks(
    application: App,
    tasks: list[Task],
    begin: Callable[[], Coroutine[Any, Any, None]],
    end: Callable[[], Coroutine[Any, Any, None]],
) -> None:
    """Let *application* begin and end with what goes on beside it."""
    running: list[asyncio.Task[None]] = []

    async def started(_: App) -> None:
        await begin()
        stop = _repeatable_stop(application)
        # Beside the polling, which nothing may hold up: Telegram can make a bot wait long before it
        # may change its profile again.
        running.extend(asyncio.create_task(task(stop)) for task in tasks)

    async def stopped(_: App) -> None:
        if not running:  # it has been stopped already, or was never started
            return
        for task in running:
            task.cancel()
        running.clear()
        await end()

    # The library stops only what it has started, but shuts down in any case.
    application.post_init = started
    application.post_stop = application.post_shutdown = stopped


def _repeatable_stop(application: App) -> Callable[[], None]:
    """Return what stops *application*; it may be called again, until the library has heard it.

    While it still starts, it may not; and when it stops already, another call would break that off.
    It stops already if a signal told it to: then nothing brings updates in any more.
    """
    heard = False

    def stop() -> None:
        nonlocal heard
        updater = application.updater
        stopping = application.running and updater is not None and not updater.running
        if not heard and not stopping:
            heard = application.running
            application.stop_running()

    return stop
