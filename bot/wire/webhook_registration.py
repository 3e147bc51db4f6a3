"""Has Telegram deliver to our address, and notices when it no longer does.

It does for a webhook what ``polling`` does for polling: it notes in the heartbeat when Telegram
answers, and that it never will again. When the bot stops the webhook stays: another process may
serve it, and until one does Telegram keeps updates for a day. At each start of polling the library
removes it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from telegram import Bot, WebhookInfo
from telegram.constants import WebhookLimit
from telegram.error import BadRequest, InvalidToken, RetryAfter

from bot.wire.polling import Heartbeat
from bot.wire.webhook_receiver import secret_token

logger = logging.getLogger(__name__)

#: Seconds between two looks, and the share of the longest silence that they are at most: several
#: in a row must fail before the bot is taken for lost.
_LOOK_EVERY, _SHARE = 60.0, 1 / 4
#: Seconds until the next look when one has failed on the way.
_AFTER_FAILURE = 5.0
#: Connections that Telegram may deliver on for each process.
_CONNECTIONS_EACH = 16

#: What to do when Telegram says that it could not deliver, by a part of what it says.
_REPAIRS = (
    ("403", "Let the proxy pass the X-Telegram-Bot-Api-Secret-Token header on."),
    ("404", "Let the proxy pass the webhook's path on as it is."),
    ("413", "Let the proxy take bodies of up to 1 MB."),
    ("502", "Let the proxy pass the webhook's path on to where the bot listens."),
    ("503", "The bot is flooded, or the proxy cannot reach it; --workers adds processes."),
    ("504", "Let the proxy pass the webhook's path on to where the bot listens."),
    ("SSL", "Give the proxy a certificate that is publicly trusted, with all that lead to it."),
    ("certificate", "Give the proxy a certificate that is publicly trusted, with all between."),
    ("resolve", "Give the host of the webhook an address in the DNS."),
    ("refused", "Start the proxy, and open its port in the firewall."),
    ("imed out", "Open the proxy's port in the firewall."),
    ("imeout", "Open the proxy's port in the firewall."),
)
_ANY_REPAIR = "Look into the log of the proxy."


class WebhookRegistration:
    """One webhook at Telegram, kept in place."""

    def __init__(
        self,
        bot: Bot,
        heartbeat: Heartbeat,
        *,
        url: str,
        allowed_updates: Sequence[str],
        longest_silence: float,
        workers: int = 1,
        is_first: bool = True,
    ) -> None:
        """Have the updates of *bot* delivered to *url*, where several *workers* may take them in.

        Only the worker that *is_first* sets the webhook and tells the operator of trouble; the
        others look no further than whether Telegram answers them too.
        """
        self._bot = bot
        self._heartbeat = heartbeat
        self._url = url
        self._allowed_updates = allowed_updates
        self._connections = min(_CONNECTIONS_EACH * workers, WebhookLimit.MAX_CONNECTIONS_LIMIT)
        self._is_first = is_first
        self._every = min(_LOOK_EVERY, longest_silence * _SHARE)
        self._registered = False
        #: When Telegram last failed to deliver and why, at the last look; None before the first.
        self._failed: tuple[datetime | None, str] | None = None
        #: Of what failure the operator was told.
        self._told = ""
        #: Why nothing is delivered to us, in a word; empty while it is.
        self.trouble = ""

    async def keep(self) -> None:
        """Set the webhook and watch over it, until this task is cancelled or all is lost."""
        while not self._heartbeat.fatal:
            pause = self._every
            try:
                if self._is_first and not self._registered:
                    await self._register()
                self._judge(await self._bot.get_webhook_info())
                self._heartbeat.beat()
            except InvalidToken:
                self._heartbeat.fatal = "Telegram does not know this bot's token (any more)"
            except BadRequest as refused:
                self._heartbeat.fatal = (
                    f"Telegram refuses the webhook {self._url} ({refused.message})"
                )
            except RetryAfter as told:
                # Of programs that set the webhook in the same second, Telegram lets only one.
                self._heartbeat.beat()
                wait = told.retry_after
                pause = wait.total_seconds() if isinstance(wait, timedelta) else wait
            except Exception as error:  # TelegramError, or whatever parsing raises
                # It passes, or it is the silence that the heartbeat counts.
                logger.debug("the webhook could not be looked at (%s)", type(error).__name__)
                pause = min(pause, _AFTER_FAILURE)
            await asyncio.sleep(pause)

    async def _register(self) -> None:
        await self._bot.set_webhook(
            self._url,
            allowed_updates=self._allowed_updates,
            max_connections=self._connections,
            secret_token=secret_token(self._bot.token),
            drop_pending_updates=False,
        )
        self._registered = True
        logger.info("Telegram delivers to %s", self._url)

    def _judge(self, known: WebhookInfo) -> None:
        """Tell the operator, once, what keeps updates from being delivered."""
        if not self._is_first:
            return
        ours = _place(known.url or "") == _place(self._url)
        trouble = "" if ours else "displaced" if known.url else "removed"
        if trouble and trouble != self.trouble:
            logger.error(
                "the webhook was %s: another program uses the same token; stop one of the two",
                trouble,
            )
        self.trouble = trouble
        if trouble == "removed":
            # By a program that polled, and may have stopped again. One that set another address,
            # perhaps on a new machine, is meant to serve it.
            self._registered = False
        self._tell_failures(known)

    def _tell_failures(self, known: WebhookInfo) -> None:
        # What failed before the first look may have been repaired by this very start.
        said = known.last_error_message or ""
        failure = (known.last_error_date, said)
        failed = bool(said) and self._failed not in {None, failure}
        self._failed = failure
        if failed and said != self._told:
            self._told = said
            waiting = known.pending_update_count
            logger.error(
                "Telegram cannot deliver (%d waiting): %s. %s", waiting, said, repair_of(said)
            )
        elif self._told and not failed and not known.pending_update_count:
            self._told = ""
            logger.info("Telegram delivers again")


def repair_of(failure: str) -> str:
    """Return what to do when Telegram says that it could not deliver because of *failure*."""
    return next((repair for part, repair in _REPAIRS if part in failure), _ANY_REPAIR)


def _place(url: str) -> tuple[str | None, int, str]:
    """Return what makes an address the same however it is written: host, port, path."""
    parts = urlsplit(url)
    return parts.hostname, parts.port or 443, parts.path or "/"
