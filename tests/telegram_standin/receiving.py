"""The API methods by which a bot asks for its updates: getUpdates and the webhook's settings.

The webhook is remembered and closes getUpdates; delivering to it is elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable
from typing import Any

from telegram_standin.methods import Method
from telegram_standin.parameters import Parameters
from telegram_standin.refusals import bad_request, conflict
from telegram_standin.webhook import (
    DEFAULT_CONNECTIONS,
    MAX_CONNECTIONS,
    WEBHOOK,
    Webhook,
    check_address,
)
from telegram_standin.world import World

#: The server cuts longer polls short (`process_get_updates_query` in Client.cpp).
MAX_POLL_SECONDS = 50

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


def _get_updates(world: World, given: Parameters) -> Awaitable[list[dict[str, Any]]]:
    if world.settings.get(WEBHOOK):
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    world.updates.allow(given.json("allowed_updates"))
    timeout = min(max(given.integer("timeout"), 0), MAX_POLL_SECONDS)
    return world.updates.poll(given.integer("offset"), given.integer("limit", 100), timeout)


def _set_webhook(world: World, given: Parameters) -> bool:
    url = given.text("url")
    if not url:
        return _delete_webhook(world, given)
    check_address(url)
    if not _SECRET.fullmatch(given.text("secret_token")):
        raise bad_request("secret token contains unallowed characters")
    world.updates.allow(given.json("allowed_updates"))
    if given.flag("drop_pending_updates"):
        world.updates.clear()
    connections = given.integer("max_connections", DEFAULT_CONNECTIONS)
    webhook = Webhook(url, given.text("secret_token"), min(max(connections, 1), MAX_CONNECTIONS))
    # Set again as it is, as each of several workers does, it goes on undisturbed.
    if world.settings.get(WEBHOOK) != webhook:
        world.settings[WEBHOOK] = webhook
    return True


def _delete_webhook(world: World, given: Parameters) -> bool:
    world.settings.pop(WEBHOOK, None)
    if given.flag("drop_pending_updates"):
        world.updates.clear()
    return True


def _get_webhook_info(world: World, given: Parameters) -> dict[str, Any]:
    webhook: Webhook | None = world.settings.get(WEBHOOK)
    status: dict[str, Any] = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    if webhook:
        status["max_connections"] = webhook.max_connections
    if webhook and webhook.last_error_message:
        status["last_error_date"] = webhook.last_error_date
        status["last_error_message"] = webhook.last_error_message
    if world.updates.allowed_updates:
        status["allowed_updates"] = world.updates.allowed_updates
    return status


METHODS = {
    "getUpdates": Method(_get_updates, "offset limit timeout allowed_updates"),
    "setWebhook": Method(
        _set_webhook,
        "url ip_address max_connections allowed_updates drop_pending_updates secret_token",
    ),
    "deleteWebhook": Method(_delete_webhook, "drop_pending_updates"),
    "getWebhookInfo": Method(_get_webhook_info),
}
