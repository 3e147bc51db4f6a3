"""What Telegram refuses because of a chat is told once a day; our own faults are told each time."""

from __future__ import annotations

import logging

import pytest
from hand_clock import HandClock
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.services import refusals
from bot.services.refusals import RULES, Refusals, Rule, is_topic_gone, reason_of

GROUP, OTHER = -1001234567890, -1009876543210
CLOSED = "Bad Request: TOPIC_CLOSED"
DAY = 24 * 60 * 60


@pytest.fixture
def told(caplog) -> list[str]:
    """Return the lines that are logged, all of them at the level of information."""
    caplog.set_level(logging.DEBUG, refusals.__name__)

    class Lines(list[str]):
        def __eq__(self, other: object) -> bool:
            assert {one.levelno for one in caplog.records} <= {logging.INFO}
            return [one.getMessage() for one in caplog.records] == other

        __hash__ = None

    return Lines()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.reason)
def test_no_rule_is_hidden_by_one_before_it(rule: Rule):
    for beginning in rule.beginnings:
        assert beginning == beginning.lower()
        assert reason_of(BadRequest(f"Bad Request: {beginning}")) == rule.reason


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (BadRequest(f"Bad Request: {description}"), part)
        for description, part in [
            ("not enough rights to send text messages to the chat", "texts may not"),
            ("not enough rights to send the rich message to the chat", "texts may not"),
            ("have no rights to send a message", "may not write"),
            ("have no write access to the chat", "may not write"),
            ("need administrator rights in the channel chat", "administrators"),
            ("CHAT_WRITE_FORBIDDEN", "may not write"),
            ("CHAT_RESTRICTED", "restricted"),
            ("CHAT_ADMIN_REQUIRED", "administrators"),
            ("CHAT_SEND_PLAIN_FORBIDDEN", "texts may not"),
            ("CHAT_GUEST_SEND_FORBIDDEN", "members"),
            ("USER_BANNED_IN_CHANNEL", "may not write"),
            ("TOPIC_CLOSED", "closed"),
            ("TOPIC_DELETED", "topic was deleted"),
            ("message thread not found", "topic was deleted"),
            ("chat not found", "no such chat"),
            ("private chat not found", "not begun"),
            ("PEER_ID_INVALID", "not begun"),
            ("CHANNEL_PRIVATE", "no such chat"),
            ("MESSAGE_AUTHOR_REQUIRED", "changed"),
            ("message can't be edited", "changed"),
            ("group chat was upgraded to a supergroup chat", "supergroup"),
            ("ALLOW_PAYMENT_REQUIRED_25", "paid"),
            ("USER_IS_BLOCKED", "blocked"),
        ]
    ]
    + [
        (Forbidden(f"Forbidden: {description}"), part)
        for description, part in [
            ("bot was blocked by the user", "blocked"),
            ("user is deactivated", "account"),
            ("bot was kicked from the supergroup chat", "removed"),
            ("bot is not a member of the channel chat", "not in the chat"),
            ("the group chat was deleted", "deleted"),
            ("bot can't initiate conversation with a user", "not begun"),
            ("the bot can't send messages to the bot", "is a bot"),
            ("something that is said since yesterday", "not let the bot write"),
        ]
    ]
    + [(ChatMigrated(OTHER), "supergroup")],
    ids=str,
)
def test_what_is_about_the_chat_is_told_in_words_and_once(error, part, told):
    heard = Refusals(HandClock())
    assert part in reason_of(error)
    assert [heard.note(GROUP, error) for _ in range(3)] == [True] * 3
    assert told == [f"chat {GROUP}: {reason_of(error)} (told once a day)"]


@pytest.mark.parametrize(
    "error",
    [
        *(
            BadRequest(f"Bad Request: {description}")
            for description in [
                'can\'t parse entities: Unsupported start tag "chat not found" at byte offset 3',
                "can't parse entities: TOPIC_CLOSED",
                "message is too long",
                "message text is empty",
                "BUTTON_DATA_INVALID",
                "BUTTON_URL_INVALID",
                "Wrong parameter action in request",
                "Can't use switch_inline_query button in a channel chat",
                "QUOTE_TEXT_INVALID",
                "RESULT_ID_DUPLICATE",
                "message is not modified",
                "the server says chat_write_forbidden in the middle",
                "",
            ]
        ),
        RetryAfter(3),
        TimedOut(),
        NetworkError("TOPIC_CLOSED"),
        TelegramError("CHAT_WRITE_FORBIDDEN"),
        ValueError("chat not found"),
        None,
    ],
    ids=repr,
)
def test_what_is_a_fault_of_ours_or_passes_is_left_to_others(error, told):
    """What follows the beginning may be words of the message itself."""
    assert reason_of(error) == ""
    assert not is_topic_gone(error)
    assert not Refusals(HandClock()).note(GROUP, error)
    assert told == []


def test_a_chat_that_could_be_written_to_again_is_told_of_again_the_next_day(told):
    clock = HandClock()
    clock.now = 20_000 * DAY + DAY / 2
    heard = Refusals(clock)
    for _ in range(5):
        heard.note(GROUP, BadRequest(CLOSED))
        clock.now += DAY / 4
    line = f"chat {GROUP}: the topic is closed (told once a day)"
    assert told == [line] * 2


def test_another_reason_on_the_same_day_is_not_told(told):
    heard = Refusals(HandClock())
    heard.note(GROUP, BadRequest(CLOSED))
    assert heard.note(GROUP, Forbidden("Forbidden: bot was kicked from the supergroup chat"))
    assert heard.note(OTHER, BadRequest(CLOSED))
    assert told == [f"chat {one}: the topic is closed (told once a day)" for one in (GROUP, OTHER)]


def test_no_more_chats_are_remembered_than_are_to_be(told):
    """Whoever adds the bot to thousands of groups fills no memory."""
    heard = Refusals(HandClock(), most_chats=2)
    for chat in (1, 2, 3, 2, 1):
        heard.note(chat, BadRequest(CLOSED))
    assert told == [f"chat {one}: the topic is closed (told once a day)" for one in (1, 2, 3, 1)]
    assert len(heard._told) == 2


def test_what_stands_for_a_chat_may_be_anything(told):
    heard = Refusals(HandClock())
    assert heard.note("instance " + "9" * 5000, BadRequest(CLOSED))
    assert heard.note([], BadRequest(CLOSED))  # type: ignore[arg-type]
    assert all(len(str(one)) <= 40 for one in heard._told)


@pytest.mark.parametrize(
    "description", ["message thread not found", "TOPIC_DELETED", "Message thread not found"]
)
def test_a_topic_that_is_gone_is_told_from_a_chat_that_is(description):
    assert is_topic_gone(BadRequest(f"Bad Request: {description}"))
    assert not is_topic_gone(BadRequest("Bad Request: chat not found"))
    assert not is_topic_gone(BadRequest(CLOSED))
