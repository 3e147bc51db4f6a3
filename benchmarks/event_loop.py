"""Prints for how long searching holds up the bot's event loop, at 10,000 paragraphs."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import asyncio
from concurrent.futures import ThreadPoolExecutor

from benchmarks.loop_gaps import note_gaps
from benchmarks.texts import government_statements, questions_of, record_of_paragraphs
from index import Index

PARAGRAPHS = 10_000
QUESTIONS = 1_000
_TICK = 0.001


async def longest_gap(index: Index | None, questions: list[str]) -> float:
    """Return the longest time in seconds between two turns of the loop, beyond the tick itself.

    The questions are asked as the bot asks them, in its one searching thread; without an *index*
    the loop only waits, which tells how much of the gap is the machine's.
    """
    gaps: list[float] = []
    over = asyncio.Event()

    ticking = asyncio.create_task(note_gaps(gaps, over, _TICK))
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as searching:
        for question in questions:
            if index is None:
                await asyncio.sleep(_TICK)
            else:
                await loop.run_in_executor(searching, index.ask, question)
    over.set()
    await ticking
    return max(gaps)


def main() -> None:
    """Measure an idle loop and a searching one."""
    index = Index(record_of_paragraphs(government_statements(), PARAGRAPHS))
    index.prepare()
    questions = questions_of("squadshifts_wiki")[:QUESTIONS]
    # A pasted article is the longest question there is: 4,096 characters.
    pasted = " ".join(questions)[:4096]
    idle = asyncio.run(longest_gap(None, questions[:200]))
    short = asyncio.run(longest_gap(index, questions))
    long = asyncio.run(longest_gap(index, [pasted] * 50))
    print(f"event loop held up at most, milliseconds, {PARAGRAPHS:,} paragraphs (bar: 20)")
    print(f"  idle {idle * 1000:.1f}; {QUESTIONS} questions {short * 1000:.1f}", end="; ")
    print(f"50 questions of 4,096 characters {long * 1000:.1f}")


if __name__ == "__main__":
    main()
