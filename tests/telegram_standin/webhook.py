"""Where a bot wants its updates delivered, as a value, and how the deliveries went so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from telegram_standin.refusals import bad_request

#: core.telegram.org/bots/api#setwebhook: 1 to 100 connections, 40 unless told otherwise.
MAX_CONNECTIONS = 100
DEFAULT_CONNECTIONS = 40
_PORTS = (443, 80, 88, 8443)

#: Under this key a world's settings hold the webhook, if one is set.
WEBHOOK = ("webhook",)


@dataclass(slots=True)
class Webhook:
    """An address, the secret its deliveries carry, and the last thing that went wrong."""

    url: str
    secret_token: str
    max_connections: int
    last_error_date: int = field(default=0, compare=False)
    last_error_message: str = field(default="", compare=False)


def check_address(url: str) -> None:
    """Raise Refusal for an address Telegram delivers nothing to."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        raise bad_request("bad webhook: invalid webhook URL specified") from None
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not parts.hostname:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
