"""A small record, and the real bot running on it against the Bot API stand-in."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import functools
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from made_statements import LONG_TEXT, statement
from reading_here import ReadsHere
from telegram.error import TelegramError
from telegram_standin import Chat, TelegramStandIn, User

from bot.assembly import Assembled, assemble
from bot.configuration import Configuration
from bot.handlers.routes import ALLOWED_UPDATES
from bot.services import fetching, importing
from bot.services.live_record import LiveRecord
from bot.terminal import adding
from bot.terminal import fetching as terminal_fetching
from bot.wire.polling import Heartbeat
from documents import LimitedReader, LimitedReaders
from index import Index, Kind, Record, Speaker


@pytest.fixture
def operator(telegram: TelegramStandIn) -> User:
    return telegram.user("Omar")


@pytest.fixture
def desk_chat(telegram: TelegramStandIn, operator: User) -> Chat:
    """Return the operator's chat with the bot."""
    return telegram.private_chat(operator)


@pytest.fixture(scope="session")
def record() -> Record:
    """Four statements in words of our own, one of them hostile."""
    return Record.of(
        [
            statement(
                "harbour",
                [
                    "The deep-water harbour opens to container ships in March. "
                    "The harbour master will live on site.",
                    "Fishing boats keep their berths at the old quay.",
                    "Ferries to the harbour island sail twice a day in summer.",
                ],
                day=24,
                kind=Kind.REMARKS,
                publisher="Ports Gazette",
                url="https://ports.example.org/remarks?a=1&b=2",
            ),
            statement(
                "railway",
                [
                    "The coastal railway will be electrified by 2031.",
                    "Both sides welcomed the Coastal Railway Programme and the tunnel survey.",
                    "A commission for the Coastal Railway Programme meets each spring.",
                ],
                day=6,
                kind=Kind.JOINT_STATEMENT,
            ),
            statement(
                "hostile",
                ['Tags such as <b>bold</b> & "quotes" <script>alert(1)</script> are only words.'],
                day=3,
                title="On <i>markup</i> & more",
                speakers=(Speaker("A <b> & Co", "<role>"),),
            ),
            statement("long", [LONG_TEXT, "A short end."], day=2),
        ]
    )


@pytest.fixture(scope="session")
def index(record: Record) -> Index:
    return Index(record)


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    return Configuration(health_file=tmp_path / "health", state=tmp_path / "state.db")


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket that listens on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    """A Telegram in the morning, whenever tests are run: what is counted is counted by the day."""
    async with TelegramStandIn() as standing_in:
        standing_in.clock.advance_to_morning()
        yield standing_in


@pytest.fixture
def reads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have documents that are put on record read in this process, not in a child of it."""
    for module in (importing, fetching, terminal_fetching):
        monkeypatch.setattr(module, "LimitedReader", ReadsHere)
    monkeypatch.setattr(adding, "LimitedReaders", ReadsHere)


@pytest.fixture
def reads_in_child(reads_here: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have them read in a child process all the same, as in earnest."""
    for module in (importing, fetching, terminal_fetching):
        monkeypatch.setattr(module, "LimitedReader", LimitedReader)
    monkeypatch.setattr(adding, "LimitedReaders", LimitedReaders)


Running = Callable[..., contextlib.AbstractAsyncContextManager[Heartbeat]]


@pytest.fixture
def running_on(index: Index, configuration: Configuration) -> Running:
    """Return what runs the bot against a Telegram, as ``onrecord`` does but for the signals."""

    @contextlib.asynccontextmanager
    async def run(
        telegram: TelegramStandIn,
        on: Index = index,
        *,
        load: Callable[[], Index] | None = None,
        record: LiveRecord | None = None,
        listener: socket.socket | None = None,
        machine_ahead: float = 0.0,
        **settings: Any,
    ) -> AsyncIterator[Heartbeat]:
        chosen = dataclasses.replace(
            configuration,
            token=telegram.token,
            api=telegram.base_url.removesuffix("/bot"),
            **settings,
        )
        assembled = assemble(
            chosen,
            on,
            load=load,
            record=record,
            listener=listener,
            clock=lambda: telegram.clock.now() + machine_ahead,
        )
        async with receiving(assembled):
            yield assembled.heartbeat

    return run


@pytest.fixture
def running(telegram: TelegramStandIn, running_on: Running) -> Running:
    """Return what runs the bot against ``telegram``."""
    return functools.partial(running_on, telegram)


@contextlib.asynccontextmanager
async def receiving(assembled: Assembled) -> AsyncIterator[None]:
    """Run what was *assembled* as ``run_polling`` and ``run_webhook`` do, in this event loop."""
    application = assembled.application
    assert application.updater is not None

    def failed(error: TelegramError) -> None:
        application.create_task(application.process_error(update=None, error=error))

    async with application:
        assert application.post_init is not None
        assert application.post_stop is not None
        await application.post_init(application)
        if assembled.by_webhook:
            await application.updater.start_webhook()
        else:
            await application.updater.start_polling(
                poll_interval=0, timeout=5, allowed_updates=ALLOWED_UPDATES, error_callback=failed
            )
        await application.start()
        try:
            yield
        finally:
            # Stopping repeats the error that ended the polling.
            with contextlib.suppress(TelegramError):
                await application.updater.stop()
            await application.stop()
            await application.post_stop(application)
            await asyncio.sleep(0)
