"""Words a refusal as the Bot API does; when to refuse is decided by whoever raises it."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """An answer with `"ok": false`: HTTP status, description and optional response parameters.

    `parameters` carries `retry_after` or `migrate_to_chat_id`.
    """

    def __init__(
        self, status: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(f"{status} {description}")
        self.status = status
        self.description = description
        self.parameters = parameters

    def to_json(self) -> dict[str, Any]:
        """Return the body of the answer."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> Refusal:
    """Return a 400 whose first letter is lowered, unless the reason is a CODE_LIKE_THIS.

    The rule is that of `fail_query_with_error` in tdlib/telegram-bot-api, Client.cpp.
    """
    is_code = len(reason) > 1 and (reason[1] == "_" or "A" <= reason[1] <= "Z")
    return Refusal(400, "Bad Request: " + (reason if is_code else reason[:1].lower() + reason[1:]))


def upgraded(new_id: int) -> Refusal:
    """Return a 400: the group is a supergroup now, under another id."""
    return Refusal(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": new_id},
    )


def forbidden(reason: str) -> Refusal:
    """Return a 403: the bot may not write there."""
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    """Return a 409: two ways of receiving updates are in use at once."""
    return Refusal(409, f"Conflict: {reason}")


def beyond_the_standin(what: str) -> Refusal:
    """Return a 400 for what Telegram may allow but the stand-in has not been taught."""
    return Refusal(400, f"Bad Request: the stand-in does not support {what}")
