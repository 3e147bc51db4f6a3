"""Knows which of Telegram's refusals are facts about a chat, and no fault; says each once a day.

A chat may forbid a bot to write, close a topic, be gone: nothing is wrong with the bot then, and
each further question there would be refused like the first. What else Telegram refuses, such as a
markup that cannot be parsed, is a fault of ours and is left to ``handlers.errors``; floods are left
to ``wire.rate_limiter``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import LRUCache
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

logger = logging.getLogger(__name__)

#: How many chats it is remembered of that they were spoken of today; some 300 kilobytes.
MOST_CHATS = 4096
#: Characters kept of what stands for a chat that has no ID.
_LONGEST_NAME = 40
_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Rule:
    """What Telegram's refusals that begin with one of some words say of a chat."""

    reason: str
    #: In small letters, as the library changes the case of codes. Beginnings, since the rest of a
    #: refusal may be words of the message that was refused.
    beginnings: tuple[str, ...]


_TOPIC_GONE = Rule(
    "the topic was deleted",
    (
        "message thread not found",
        "topic_deleted",
        "topic_id_invalid",
        "topic not found",
        "wrong direct messages topic identifier",
    ),
)

#: The first rule that fits is the one that holds. Words with spaces are those of the Bot API server
#: (Client.cpp: check_chat_access, check_message_topic, fail_query_with_error) and of tdlib
#: (can_send_message_content, process_send_message_fail_error), CODES those of Telegram itself:
#: https://core.telegram.org/method/messages.sendMessage#possible-errors
RULES = (
    # Which right is missing.
    Rule(
        "only administrators may write there, and the bot is none",
        ("need administrator rights", "chat_admin_required", "admin_rights_empty"),
    ),
    Rule(
        "texts may not be sent there",
        ("not enough rights to send", "chat_send_"),
    ),
    Rule(
        "the bot may not write there",
        (
            "have no rights to send",
            "have no write access",
            "not enough rights",
            "chat_write_forbidden",
            "chat_forbidden",
            "right_forbidden",
            "user_banned_in_channel",
            "user_restricted",
        ),
    ),
    Rule("only members may write there, and the bot is none", ("chat_guest_send_forbidden",)),
    Rule("Telegram has restricted the chat", ("chat_restricted",)),
    Rule(
        "messages there must be paid for",
        ("allow_payment_required", "privacy_premium_required", "balance_too_low"),
    ),
    # Where in the chat.
    Rule("the topic is closed", ("topic_closed",)),
    _TOPIC_GONE,
    Rule(
        "the message that would be answered is gone",
        ("message to be replied not found", "message to reply not found", "reply_message_id_inv"),
    ),
    Rule(
        "the message there can no longer be changed",
        (
            "message can't be edited",
            "message_author_required",
            "message_edit_time_expired",
            "inline_bot_required",
        ),
    ),
    # Whether there is such a chat at all.
    Rule("the user has blocked the bot", ("bot was blocked", "user_is_blocked")),
    Rule(
        "the account was deleted",
        ("user is deactivated", "input_user_deactivated", "user_deleted"),
    ),
    Rule(
        "the user has not begun a chat with the bot",
        ("bot can't initiate conversation", "peer_id_invalid", "private chat not found"),
    ),
    Rule(
        "it is a bot, which no bot may write to",
        ("the bot can't send messages to", "bots can't send messages to", "user_is_bot"),
    ),
    Rule("the bot was removed from the chat", ("bot was kicked",)),
    Rule("the bot is not in the chat", ("bot is not a member", "user_not_participant")),
    Rule(
        "the chat has become a supergroup",
        ("group chat was upgraded", "group migrated", "group is deactivated"),
    ),
    Rule(
        "the chat was deleted",
        ("the group chat was deleted", "chat is deactivated", "group chat is deactivated"),
    ),
    Rule(
        "there is no such chat that the bot could see",
        (
            "chat not found",
            "can't access the chat",
            "have no access to the chat",
            "channel_private",
            "channel_invalid",
            "channel_public_group_na",
            "chat_id_invalid",
        ),
    ),
)
#: What is said of a 403 that no rule knows: each is about the chat.
_FORBIDDEN = "it does not let the bot write"


def reason_of(error: BaseException | None) -> str:
    """Return in words what *error* says of the chat; empty if it is about anything else."""
    if not isinstance(error, BadRequest | ChatMigrated | Forbidden):
        return ""
    said = _said(error)
    for rule in RULES:
        if said.startswith(rule.beginnings):
            return rule.reason
    return _FORBIDDEN if isinstance(error, Forbidden) else ""


def is_topic_gone(error: BaseException | None) -> bool:
    """Return whether *error* says that there is no such topic any more; the chat may be fine."""
    return isinstance(error, BadRequest) and _said(error).startswith(_TOPIC_GONE.beginnings)


class Refusals:
    """Tells of each chat that refuses the bot, once a day."""

    def __init__(
        self, clock: Callable[[], float] = time.time, *, most_chats: int = MOST_CHATS
    ) -> None:
        """Take the day, in UTC, from *clock*, which gives seconds since 1970."""
        self._clock = clock
        self._told: LRUCache[int | str, int] = LRUCache(most_chats)

    def note(self, chat: int | str, error: BaseException | None) -> bool:
        """Return whether *error* is about *chat* and no fault; the first of a day is logged.

        *chat* is its ID, or what else tells it from others.
        """
        reason = reason_of(error)
        if not reason:
            return False
        named = chat if isinstance(chat, int) else str(chat)[:_LONGEST_NAME]
        today = int(self._clock() // _DAY)
        if self._told.get(named) != today:
            self._told[named] = today
            logger.info("chat %s: %s (told once a day)", named, reason)
        return True


def _said(error: TelegramError) -> str:
    """Return the words of *error* in small letters, without the name of its kind."""
    said = error.message.lower()
    # The library takes only the first of these away.
    for kind in ("bad request: ", "forbidden: "):
        said = said.removeprefix(kind)
    return said
