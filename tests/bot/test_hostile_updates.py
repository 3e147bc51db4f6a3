"""No update, whatever is in it, breaks the bot: nothing raises, nobody is answered twice.

The updates are made in ``hostile_updates`` from a seed; a failure tells the number of the update
that did it, and what the bot logged.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from hostile_updates import IN_A_SCENE, Fields, Scene, hostile_update
from telegram_standin import Call, Chat, TelegramStandIn, User

from bot.i18n.strings import strings_of

SAY = strings_of("en")
PUBLIC = "https://bot.example.org"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
#: No update is larger, so the bot takes none that is.
MOST_BYTES = 1024 * 1024
#: By how many connections updates are delivered at once.
CONNECTIONS = 8
_FIRST_NUMBER = 1_000_000_000
#: Nothing but Telegram's own limit for groups slows the bot down.
UNLIMITED = {"messages_per_second": 0, "person_limit": 0, "chat_limit": 0}
#: By which each sort of query is answered once.
ONE_ANSWER = {
    "answerCallbackQuery": "callback_query_id",
    "answerInlineQuery": "inline_query_id",
    "answerGuestQuery": "guest_query_id",
}


async def scene_in(
    telegram: TelegramStandIn, draws: random.Random, number: int
) -> tuple[Scene, list[Fields]]:
    """Return new chats in which the bot has said something already, and what it was asked."""
    people = [telegram.user(f"Person {number}-{one}", username=f"p{number}x{one}") for one in "abc"]
    private = [telegram.private_chat(one) for one in people]
    groups = [
        telegram.group(f"Basic {number}", kind="group", administrators=people[:1]),
        telegram.group(f"Group {number}", administrators=people[:1]),
        telegram.group(f"Forum {number}", administrators=people[:1], forum=True),
    ]
    channel = telegram.channel(f"Channel {number}", administrators=people[:1])
    foreign = telegram.foreign_group(f"Elsewhere {number}")
    asked = [
        telegram.say(private[0], people[0], "ferries"),
        telegram.say(private[1], people[1], "/settings"),
        telegram.say(private[2], people[2], "/sources"),
        telegram.say(groups[1], people[0], "/ask coastal railway"),
    ]
    direct = {"id": channel.id - 500_000, "type": "supergroup", "is_direct_messages": True}
    scene = Scene(
        people=[one.to_json() for one in people],
        private=[one.to_json() for one in private],
        groups=[one.to_json() for one in groups],
        channels=[channel.to_json(), {**direct, "title": "Direct", "is_forum": True}],
        foreign=[foreign.to_json()],
        bot=telegram.bot.to_json(),
        said=[(await telegram.reply(one.chat)).to_json() for one in asked],
        now=int(telegram.clock.now()),
        draws=draws,
    )
    return scene, [{"message": one.to_json()} for one in asked]


class Ways:
    """The ways by which updates reach the bot, and what was brought."""

    def __init__(self, telegram: TelegramStandIn) -> None:
        self.telegram = telegram
        self.brought: list[Fields] = []
        self._idle = telegram.private_chat(telegram.user("Nobody"))

    async def polled(self, updates: Iterable[Fields]) -> None:
        """Let the bot fetch *updates*."""
        for update in updates:
            self.brought.append(update)
            self.telegram.queue_raw(update)
        await self.telegram.quiet(self._idle, 0)

    async def delivered(self, updates: Iterable[Fields], address: str) -> None:
        """Bring *updates* to the bot's webhook, some at a time, until each is acknowledged."""
        secret = self.telegram.calls_of("setWebhook")[-1].parameters["secret_token"]
        connections = asyncio.Semaphore(CONNECTIONS)

        async def deliver(number: int, update: Fields) -> None:
            content = json.dumps({"update_id": number, **update}).encode()
            status = 503
            while status == 503:
                async with (
                    connections,
                    session.post(address, data=BytesIO(content)) as response,
                ):
                    status = response.status
            assert status == (200 if len(content) <= MOST_BYTES else 413)

        async with (
            aiohttp.ClientSession(headers={SECRET_HEADER: secret}) as session,
            asyncio.TaskGroup() as group,
        ):
            for update in updates:
                self.brought.append(update)
                group.create_task(deliver(_FIRST_NUMBER + len(self.brought), update))


@pytest.fixture
def told(caplog) -> list[str]:
    """Collect what the bot logs of faults; call it when all is over."""
    caplog.set_level(logging.INFO)

    def faults() -> list[str]:
        formatter = logging.Formatter("%(name)s: %(message)s")
        return [
            formatter.format(one)
            for one in caplog.records
            if one.exc_info or (one.levelno >= logging.ERROR and "skipped" not in one.getMessage())
        ]

    return faults


def pairs_in(update: Any) -> set[tuple[str, str]]:
    """Return each chat with each number of a message in it that *update* tells of."""
    found = set()
    waiting = [update]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            waiting += node.values()
            chat = node.get("chat")
            if isinstance(chat, dict) and "message_id" in node:
                found.add((str(chat.get("id")), str(node["message_id"])))
        elif isinstance(node, list):
            waiting += node
    return found


def answered_twice(calls: Iterable[Call], brought: Iterable[Fields]) -> list[str]:
    """Return what got more answers than there were updates about it."""
    asked = Counter(pair for update in brought for pair in pairs_in(update))
    queries = Counter(
        str(told.get(name))
        for update in brought
        for told in update.values()
        if isinstance(told, dict)
        for name in ("id", "guest_query_id")
    )
    answers: Counter[tuple[str, ...]] = Counter()
    for call in calls:
        given = call.parameters
        if call.method.startswith("send") and call.outcome == "ok":
            beneath = given.get("reply_parameters") or "{}"
            about = json.loads(beneath) if isinstance(beneath, str) else beneath
            # Beneath nothing stands what answers an ephemeral message, whose number is 0.
            answers[str(given.get("chat_id")), str(about.get("message_id", 0))] += 1
        elif call.method in ONE_ANSWER:
            answers[(str(given.get(ONE_ANSWER[call.method])),)] += 1
    limits = {**asked, **{(query,): times for query, times in queries.items()}}
    return [f"{what}: {n}" for what, n in answers.items() if what in limits and n > limits[what]]


async def errors_of_today(telegram: TelegramStandIn, operator: User, chat: Chat) -> str:
    """Return the line of /status that tells of errors."""
    telegram.say(chat, operator, "/status")
    lines = (await telegram.reply(chat)).text.splitlines()
    return next(line for line in lines if "errors" in line)


async def endures(
    telegram: TelegramStandIn,
    running,
    told,
    *,
    number: int,
    seed: int,
    listener: Any = None,
) -> None:
    """Require that the bot takes *number* updates and is as it was."""
    draws = random.Random(seed)  # noqa: S311  # nothing is secret here
    operator, asker = telegram.user("Omar"), telegram.user("Amina")
    desk, private = telegram.private_chat(operator), telegram.private_chat(asker)
    ways = Ways(telegram)
    settings = {**UNLIMITED, "admins": frozenset({operator.id})}
    if listener:
        local = "http://127.0.0.1:{1}".format(*listener.getsockname())
        telegram.proxy(PUBLIC, local)
        settings |= {"webhook": f"{PUBLIC}/onrecord", "listener": listener}
    async with running(**settings):
        before = len(telegram.calls)
        for first in range(0, number, IN_A_SCENE):
            scene, asked = await scene_in(telegram, draws, first)
            ways.brought += asked
            some = [hostile_update(scene) for _ in range(min(IN_A_SCENE, number - first))]
            if listener:
                await ways.delivered(some, f"{local}/onrecord")
            else:
                await ways.polled(some)
        telegram.say(private, asker, "ferries")
        assert "Ferries" in (await telegram.reply(private, timeout=20)).text
        errors = await errors_of_today(telegram, operator, desk)
    assert told() == []
    assert " 0 errors" in errors
    assert answered_twice(telegram.calls[before:], ways.brought) == []


async def test_hostile_updates_that_are_polled_for_break_nothing(telegram, running, told):
    await endures(telegram, running, told, number=600, seed=1)


async def test_hostile_updates_that_are_delivered_break_nothing(telegram, running, told, listener):
    await endures(telegram, running, told, number=400, seed=2, listener=listener)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(10, 20))
async def test_ten_thousand_hostile_updates_break_nothing(telegram, running, told, request, seed):
    by_webhook = seed % 2
    listener = request.getfixturevalue("listener") if by_webhook else None
    await endures(telegram, running, told, number=1_000, seed=seed, listener=listener)


def test_the_same_seed_makes_the_same_updates():
    def made(seed: int) -> str:
        person = {"id": 5, "is_bot": False, "first_name": "A"}
        chat = {"id": 5, "type": "private"}
        button = {"text": "Next", "callback_data": "n|1||ferries"}
        said = {"message_id": 3, "date": 1, "chat": chat, "text": "Ferries"}
        said["reply_markup"] = {"inline_keyboard": [[button]]}
        scene = Scene(
            [person],
            [chat],
            [chat],
            [chat],
            [chat],
            person,
            [said],
            0,
            random.Random(seed),  # noqa: S311
        )
        return json.dumps([hostile_update(scene) for _ in range(200)])

    assert made(1) == made(1) != made(2)
