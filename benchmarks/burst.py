"""Prints what becomes of 1,000 updates at once while Telegram is in trouble.

``python -m benchmarks.burst`` lets 1,000 people ask in private and in groups, or press a button, at
the same moment. One call in ten is then refused (429), meets a server in trouble (5xx) or a socket
that breaks. From outside one cannot tell whether a call whose socket broke was carried out; so it
is run twice, with sockets that break before a call is carried out, and after it. In private the
bot sends its answer again: never lost, it may then come twice. In a group it does not.

The bot's own limit of messages a second is switched off, for what it would do is to let the trouble
pass. A 504 is not among the faults: it is a lost confirmation too.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.bot_process import Bot, running
from benchmarks.texts import questions_of
from bot.i18n.strings import strings_for

from telegram_standin import (  # isort: skip  # found once bot_process is imported
    Call,
    Chat,
    Drop,
    Flood,
    Message,
    Press,
    ServerError,
    User,
)

Trouble = Flood | ServerError | Drop

#: Updates in all: presses, /ask in groups of four people each, and the rest in private.
UPDATES, PRESSES, IN_GROUPS, IN_A_GROUP = 1_000, 50, 100, 4
METHODS = ("getUpdates", "sendMessage", "editMessageText", "answerCallbackQuery")
SHARE, SEED = 0.1, 2026
#: Seconds without a call after which the bot is told to stop, and does what it still has to do;
#: and at most.
CALM, _LONGEST = 3.0, 120.0
_BEFORE = "before a call is carried out (bar: none lost, none twice)"
_AFTER = "after a call was carried out, and its confirmation is lost"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many of those who asked for something got it."""

    asked: int
    once: int
    refused: int
    lost: int
    twice: int

    @classmethod
    def of(cls, replies: Sequence[Sequence[str]], refusals: frozenset[str]) -> Outcome:
        """Count, by the texts that each was answered with; *refusals* are the polite ones."""
        refused = sum(len(one) == 1 and one[0] in refusals for one in replies)
        times = Counter(min(len(one), 2) for one in replies)
        return cls(len(replies), times[1] - refused, refused, times[0], times[2])

    def __str__(self) -> str:
        return (
            f"{self.asked:4} asked: {self.once} answered once, {self.refused} refused politely, "
            f"{self.lost} lost, {self.twice} twice"
        )


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What became of a burst."""

    #: By where it was asked.
    outcomes: dict[str, Outcome]
    #: How many calls the bot made, how many of them met trouble, and in how many seconds.
    calls: int
    troubled: int
    seconds: float
    #: What its process left with when it was told to stop; 0 if all is well.
    exit_code: int | None


async def burst(
    trouble: Sequence[Trouble], updates: int, presses: int, in_groups: int
) -> Aftermath:
    """Return what becomes of *updates* sent at once, *presses* and group questions among them."""
    people = updates - presses - in_groups
    asked = questions_of("squadshifts_wiki")[: updates - presses]
    async with running("ours", messages_per_second=0) as ours:
        telegram = ours.telegram
        # They ask at leisure, for something that the bundled record answers, and press at once.
        first = await ours.answer(["international airport"] * presses)
        pressers = ours.meet(presses)
        private = ours.meet(presses + people)[presses:]
        groups = _groups(ours, in_groups)
        telegram.fail_randomly(dict.fromkeys(METHODS, trouble), share=SHARE, seed=SEED)
        before = len(telegram.calls)
        said = [telegram.say(chat, who, asked.pop()) for who, chat in private]
        said_in_groups = [telegram.say(chat, who, f"/ask {asked.pop()}") for who, chat in groups]
        pressed = [
            telegram.press(who, reply, _label(reply))
            for (who, _), reply in zip(pressers, first.replies, strict=True)
        ]
        began = time.perf_counter()
        await _calm(ours)
        seconds = time.perf_counter() - began - CALM
        await ours.stop()
        calls = telegram.calls[before:]
    outcomes = {
        "in private": _outcome(said, calls),
        "in groups": _outcome(said_in_groups, calls),
        "presses": _outcome_of_presses(pressed, first.replies, calls),
    }
    troubled = sum(call.method in METHODS and call.outcome != "ok" for call in calls)
    return Aftermath(outcomes, len(calls), troubled, seconds, ours.process.returncode)


def _groups(ours: Bot, people: int) -> list[tuple[User, Chat]]:
    """Return users, each with the group in which they ask."""
    chats = [ours.telegram.group(f"Group {one}") for one in range(-(-people // IN_A_GROUP))]
    return [
        (ours.telegram.user(f"Member {one}"), chats[one // IN_A_GROUP]) for one in range(people)
    ]


def _label(reply: Message) -> str:
    """Return the label of the first button that changes the message."""
    return next(one.label for one in reply.keyboard or () if one.action == "callback_data")


async def _calm(ours: Bot) -> None:
    """Wait until the bot has taken all updates, and then made no call but polls for a while."""
    made, since = -1, time.perf_counter()
    until = since + _LONGEST
    while time.perf_counter() < min(since + CALM, until):
        now = sum(call.method != "getUpdates" for call in ours.telegram.calls)
        # A poll that waits for more has taken all there was.
        polling = ours.telegram.calls_of("getUpdates")[-1].outcome == "under way"
        if now != made or not polling:
            made, since = now, time.perf_counter()
        await asyncio.sleep(0.1)


def _outcome(questions: Sequence[Message], calls: Sequence[Call]) -> Outcome:
    """Return what the *questions* came to, by the messages that were sent."""
    say = strings_for("en", "en")
    refusals = frozenset({say.too_many, say.too_late, say.trouble})
    replies: dict[tuple[int, int], list[str]] = {
        (one.chat.id, one.message_id): [] for one in questions
    }
    # In private each asks but once, and an apology need not stand beneath the question.
    only = {one.chat.id: one.message_id for one in questions if one.chat.kind == "private"}
    for sent in _carried_out("sendMessage", calls):
        beneath = sent.get("reply_to_message", {}).get("message_id", 0)
        chat = sent["chat"]["id"]
        replies.get((chat, only.get(chat, beneath)), []).append(sent["text"])
    return Outcome.of([*replies.values()], refusals)


def _outcome_of_presses(
    pressed: Sequence[Press], shown: Sequence[Message], calls: Sequence[Call]
) -> Outcome:
    """Return what the presses came to: a clock that stops, and the message *shown* changed."""
    edits = Counter(
        (edit["chat"]["id"], edit["message_id"]) for edit in _carried_out("editMessageText", calls)
    )
    changes = [
        ["changed"] * edits[message.chat.id, message.message_id] if press.answer else []
        for press, message in zip(pressed, shown, strict=True)
    ]
    return Outcome.of(changes, frozenset())


def _carried_out(method: str, calls: Sequence[Call]) -> list[dict[str, Any]]:
    """Return the messages that calls resulted in, whether or not the bot got to know it."""
    return [call.result for call in calls if call.method == method and call.result]


async def main() -> None:
    """Print what becomes of it with sockets that break before a call is carried out, and after."""
    refused: list[Trouble] = [Flood(1), ServerError(500), ServerError(502), ServerError(503)]
    print(
        f"{UPDATES:,} updates at once, {SHARE:.0%} of calls in trouble (429, 5xx, broken sockets)"
    )
    for after in (False, True):
        print(f"  a socket breaks {_AFTER if after else _BEFORE}")
        aftermath = await burst([*refused, Drop(after=after)], UPDATES, PRESSES, IN_GROUPS)
        for where, outcome in aftermath.outcomes.items():
            print(f"    {where:<11}{outcome}")
        calls = f"{aftermath.calls:,} calls, {aftermath.troubled} of them in trouble"
        print(f"    {calls}, in {aftermath.seconds:.0f} s; exit code {aftermath.exit_code}")


if __name__ == "__main__":
    asyncio.run(main())
