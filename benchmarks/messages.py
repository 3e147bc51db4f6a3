"""Prints how many messages the bot answers, at what cost, beside bots that do nothing but echo.

``python -m benchmarks.messages`` prints all of it, in a minute: messages answered a second, CPU of
a message and what it goes into, CPU of an inline answer, and memory. Rounds alternate between the
bots, all at work on the same questions, and medians are given, since the machine is shared. The
limits on messages are switched off; they would be all that is measured. The stand-in of Telegram
answers at once: how long a real one takes, and what waits for what, is not measured.

The bots are told in ``bots``: the *bare echo bot* is what a newcomer writes; the *light* one has
our transport; the *reciter* sends the replies that ours gave to the same questions, so that what it
takes more than the light echo is the library's work, and what ours takes more is our own code's.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.bot_process import Bot, Round, running
from benchmarks.texts import mixed_record, questions_of, write_down

PARAGRAPHS = 10_000
ROUNDS, A_ROUND = 5, 200
#: After how many messages memory is read.
REMEMBERED = 1_000
#: Inline queries timed, and how many results the answer to each has.
INLINE, RESULTS = 200, 10
UNLIMITED = {"messages_per_second": 0, "person_limit": 0}
NAMES = {
    "echo": "bare echo bot",
    "light echo": "echo bot over our transport",
    "ours": "On Record",
    "reciter": "our replies, recited",
}


async def compare(data: Path, rounds: int, a_round: int, inline: int) -> None:
    """Print all measures, over *rounds* of messages and over *inline* queries."""
    needed = (rounds + 1) * a_round
    every = questions_of("squadshifts_wiki")
    questions = every[:: max(1, len(every) // needed)][:needed]
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(running("ours", data=str(data), **UNLIMITED))
        others = [kind for kind in NAMES if kind != "ours"]
        bots = {kind: await stack.enter_async_context(running(kind)) for kind in others}
        bots = {kind: bots.get(kind, ours) for kind in NAMES}
        measured: dict[str, list[Round]] = {kind: [] for kind in NAMES}
        for number in range(rounds + 1):
            asked = questions[number * a_round : (number + 1) * a_round]
            for kind, bot in bots.items():
                if kind == "reciter":
                    await bot.request("learn", _taught(asked, measured["ours"][-1]))
                measured[kind].append(await bot.answer(asked))
        # The first is not counted: things are imported then, and connections opened.
        measured = {kind: many[1:] for kind, many in measured.items()}
        _tell_rates(measured)
        tell_cpu(measured, await ours.request("parts", questions[a_round:]))
        await _tell_inline(ours, every, inline)
        print("resident memory, MB (bar: 150)")
        asked_so_far = needed + inline
        await _tell_memory(ours, f"{PARAGRAPHS:,} paragraphs", questions, asked_so_far)
    async with running("ours", **UNLIMITED) as bundled:
        await _tell_memory(bundled, "the bundled record", questions, 0)


def _taught(asked: Sequence[str], answered: Round) -> dict[str, tuple[str, object]]:
    """Return the reply that was given to each question, as HTML, and its buttons."""
    return {
        question: (reply.html, reply.keyboard.to_json() if reply.keyboard else None)
        for question, reply in zip(asked, answered.replies, strict=True)
    }


def _tell_rates(measured: dict[str, list[Round]]) -> None:
    replies = [reply for one in measured["ours"] for reply in one.replies]
    quoting = sum("<blockquote" in reply.html for reply in replies) / len(replies)
    length = statistics.mean(len(reply.html) for reply in replies)
    print(
        f"private messages at {PARAGRAPHS:,} paragraphs, median of {len(measured['ours'])} rounds "
        f"of {len(measured['ours'][0].replies)}; {quoting:.0%} are answered with a quote, a reply "
        f"has {length:,.0f} characters"
    )
    busy = f"{os.getloadavg()[0]:.1f} programs at work on {os.cpu_count()} cores"
    print(f"messages a second, CPU milliseconds a message ({busy})")
    for kind, rounds in measured.items():
        rate = statistics.median(one.rate for one in rounds)
        cpu = statistics.median(one.cpu for one in rounds)
        print(f"  {NAMES[kind]:<28} {rate:7.0f} {cpu:7.2f}")
    print("On Record's messages a second, as a share of")
    for kind in ("echo", "light echo", "reciter"):
        pairs = zip(measured["ours"], measured[kind], strict=True)
        share = statistics.median(ours.rate / other.rate for ours, other in pairs)
        bar = " (bar: 0.8)" if kind == "echo" else ""
        print(f"  {NAMES[kind]:<28} {share:7.2f}{bar}")


def tell_cpu(measured: dict[str, list[Round]], parts: dict[str, float]) -> None:
    """Print what our bot's CPU goes into, by the rounds *measured* and by some *parts* alone."""

    def added(kind: str, to: str) -> float:
        pairs = zip(measured[kind], measured[to], strict=True)
        return statistics.median(more.cpu - less.cpu for more, less in pairs)

    library, own = added("reciter", "light echo"), added("ours", "reciter")
    searching = statistics.median(one.searching for one in measured["ours"])
    rest = own - searching - parts["rendering"]
    print("CPU milliseconds added to those of the echo bot over our transport")
    print(f"  by longer replies with buttons, in the library {library:6.2f}")
    print(f"  by our own code                                {own:6.2f} (bar: 0.5), of that")
    alone = f"{parts['searching']:.2f} by itself, without cold caches"
    print(f"    searching                                    {searching:6.2f} ({alone})")
    print(f"    rendering, by itself                         {parts['rendering']:6.2f}")
    print(f"    state, limits, queue, sending, cold caches   {rest:6.2f}")


async def _tell_inline(ours: Bot, questions: Sequence[str], number: int) -> None:
    """Print the CPU of an inline answer: queries of one or two words that find ten passages."""
    queries = await _typed(ours, questions, number)
    typist = ours.telegram.user("Typist")
    before, offered = (await ours.request("spent"))["cpu"], 0
    for query in queries:  # one by one, each with a poll of its own, as from a person who types
        answer = await ours.telegram.type_inline(typist, query).answered(timeout=30)
        offered += len(answer.results)
    cpu = ((await ours.request("spent"))["cpu"] - before) / len(queries) * 1000
    print(
        f"CPU milliseconds of an inline answer, {len(queries)} different queries, "
        f"{offered / len(queries):.1f} results each: {cpu:.2f} (bar: 10)"
    )


async def _typed(ours: Bot, questions: Sequence[str], number: int) -> list[str]:
    """Return different queries that find enough passages, as many as are wanted and found."""
    said = (question.rstrip("?").lower().split() for question in questions)
    typed = list(dict.fromkeys(" ".join(words[-length:]) for words in said for length in (1, 2)))
    chosen: list[str] = []
    for first in range(0, len(typed), 250):
        some = typed[first : first + 250]
        found = await ours.request("found", some)
        chosen += [query for query, hits in zip(some, found, strict=True) if hits >= RESULTS]
        if len(chosen) >= number:
            break
    return chosen[:number]


async def _tell_memory(ours: Bot, record: str, questions: Sequence[str], asked: int) -> None:
    """Print the memory after a thousand messages, of which some were *asked* already."""
    size = min(200, len(questions))
    while asked < REMEMBERED:
        await ours.answer(questions[:size])
        asked += size
    spent = await ours.request("spent")
    print(
        f"  {record}, after {asked:,} messages{'':<{24 - len(record)}}"
        f"{spent['memory']:4.0f}, at most {spent['peak']:.0f}"
    )


def main() -> None:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        write_down(mixed_record(PARAGRAPHS), data)
        asyncio.run(compare(data, ROUNDS, A_ROUND, INLINE))


if __name__ == "__main__":
    main()
