"""The stand-in as a test sees it: where to connect, what to await, what to let go wrong.

What people do comes from the audience, the rules of Telegram from the modules beside it.
"""

from __future__ import annotations

import secrets
import string
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from telegram_standin.audience import Audience
from telegram_standin.clock import Clock
from telegram_standin.delivery import Delivery
from telegram_standin.faults import DELIVERY, Fault
from telegram_standin.messages import Message
from telegram_standin.people import Chat, User
from telegram_standin.server import METHODS, Call, Server
from telegram_standin.waiting import PATIENCE, account, expect
from telegram_standin.world import World

_TOKEN_LETTERS = string.ascii_letters + string.digits + "_-"


class TelegramStandIn(Audience):
    """A Telegram with one bot, people at the test's command and an HTTP server for the bot.

    ```python
    async with TelegramStandIn(username="OnRecordBot") as telegram:
        amina = telegram.user("Amina", language_code="en")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "What about Gwadar?")
        reply = await telegram.reply(private)
    ```

    With `privacy=True` the bot gets from groups only commands and replies to itself, unless it is
    an administrator. Whether a mention gets through is disputed, so here it does not. `inline`,
    `inline_feedback` and `guests` are the switches of its owner that BotFather has for what is
    typed after the bot's name, for being told what was chosen, and for calls from other chats;
    `private_topics`, for topics in private chats. `api` is the version of the server: an older one,
    "10.0", knows neither the methods nor the parameters that came later. With `rates` it refuses
    more than 30 messages a second, and than 20 a minute in a group.
    """

    def __init__(
        self,
        username: str = "OnRecordBot",
        *,
        name: str = "On Record",
        privacy: bool = False,
        inline: bool = True,
        inline_feedback: bool = False,
        guests: bool = True,
        private_topics: bool = False,
        api: str = "10.5",
        rates: bool = False,
    ) -> None:
        bot_id = 700_000_000 + secrets.randbelow(99_999_999)
        self.token = f"{bot_id}:AA" + "".join(secrets.choice(_TOKEN_LETTERS) for _ in range(33))
        world = World(
            User(bot_id, name, username=username, is_bot=True),
            privacy=privacy,
            inline=inline,
            inline_feedback=inline_feedback,
            guests=guests,
            private_topics=private_topics,
            api=api,
        )
        super().__init__(world)
        self._server = Server(self._world, self.token, rates=rates)

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._server.stop()
        if self._server.breakages and problem is None:
            raise self._server.breakages[0]

    @property
    def base_url(self) -> str:
        """What to give to `ApplicationBuilder().base_url(…)`."""
        return f"http://127.0.0.1:{self._server.port}/bot"

    @property
    def clock(self) -> Clock:
        """The time of Telegram, which a test may advance."""
        return self._world.clock

    @property
    def calls(self) -> list[Call]:
        """Every API call received with the right token, oldest first."""
        return list(self._server.calls)

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method, oldest first."""
        return [call for call in self._server.calls if call.method == method]

    def transcript(self, chat: Chat | None = None) -> str:
        """Return the conversation as people would read it, of one chat or of all."""
        return self._world.transcript.render(chat)

    @property
    def deliveries(self) -> list[Delivery]:
        """Every attempt to deliver an update to the bot's webhook, oldest first."""
        return list(self._server.deliveries.made)

    def proxy(self, public: str, *local: str) -> None:
        """Stand as the reverse proxy before the bot, for the address it sets as its webhook.

        `telegram.proxy("https://bot.example.org", "http://127.0.0.1:8080")`; with several local
        addresses each delivery takes the next. Raises ValueError.
        """
        self._server.deliveries.proxy(public, *local)

    def fail(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next `times` calls of a method meet a fault; raises ValueError for a typo."""
        self._check_methods(method)
        self._server.faults.add(method, fault, times)

    def fail_delivery(self, fault: Fault, times: int = 1) -> None:
        """Let the next `times` deliveries to the webhook meet a fault.

        With `Drop(after=True)` the bot gets the update but its answer is lost, so that it comes
        again; with `Drop()` and what answers in the bot's place, the bot does not see it.
        """
        self._server.faults.add(DELIVERY, fault, times)

    def fail_randomly(
        self, faults: Mapping[str, Sequence[Fault]], *, share: float, seed: int
    ) -> None:
        """Let each call of these methods meet one of its faults, with a probability of `share`.

        `{"sendMessage": [Flood(1), Drop()]}`; `"delivery"` stands for those to the webhook. The
        nth call of a method meets the same in every run with the same seed. Raises ValueError.
        """
        self._check_methods(*(set(faults) - {DELIVERY}))
        self._server.faults.draw(faults, share, seed)

    def heal(self) -> None:
        """Let nothing go wrong any more, neither by chance nor by order."""
        self._server.faults.clear()

    def _check_methods(self, *methods: str) -> None:
        for method in methods:
            if method not in METHODS:
                raise ValueError(f"the stand-in has no method {method!r}")

    async def reply(self, chat: Chat, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109
        """Return the bot's next message in the chat that no `reply` has returned yet.

        It is the message as it was sent. Raises AssertionError with the transcript.
        """
        return await expect(
            self._world,
            lambda: self._world.inbox.take_message(chat),
            f"the bot sent nothing to {chat}",
            timeout,
        )

    async def reply_to_person(
        self,
        chat: Chat,
        user: User,
        timeout: float = PATIENCE,  # noqa: ASYNC109
    ) -> Message:
        """Return the bot's next message in the chat that only this person sees.

        As `reply`, which returns none of these.
        """
        return await expect(
            self._world,
            lambda: self._world.inbox.take_message(chat, user),
            f"the bot sent nothing to {user} alone in {chat}",
            timeout,
        )

    async def edited(self, message: Message, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109
        """Return the message after the bot's next edit that no `edited` has returned yet.

        Raises AssertionError with the transcript.
        """
        return await expect(
            self._world,
            lambda: self._world.inbox.take_edit(message),
            f"the bot did not edit {message.name} in {message.chat}",
            timeout,
        )

    async def quiet(
        self,
        chat: Chat,
        seconds: float = 0.3,
        timeout: float = PATIENCE,  # noqa: ASYNC109
        *,
        only_for: User | None = None,
    ) -> None:
        """Assert that the bot confirms all updates and then leaves the chat alone.

        What one person alone sees does not count, and with `only_for` nothing else does.

        The quiet is broken by a message no `reply` has taken, and by anything the bot sends, edits
        or deletes in the chat until `seconds` after it confirmed the last update.
        """
        inbox, updates = self._world.inbox, self._world.updates
        before = inbox.doings(chat, only_for)
        await expect(
            self._world,
            lambda: True if not len(updates) else None,
            "the bot did not confirm its updates",
            timeout,
        )
        await self._world.pulse.until(
            lambda: True if inbox.doings(chat, only_for) > before else None, seconds
        )
        if inbox.doings(chat, only_for) > before or inbox.untaken(chat, only_for):
            raise AssertionError(f"{chat} was not quiet\n\n{account(self._world)}")
