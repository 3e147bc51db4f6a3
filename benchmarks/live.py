"""Prints how soon a changed file is answered from, and for how long the event loop is held up."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.loop_gaps import note_gaps
from benchmarks.texts import (
    as_line,
    government_statements,
    questions_of,
    record_of_paragraphs,
    write_down,
)
from bot.answering.answers import Answers
from bot.services.live_record import LiveRecord
from bot.services.watching import Watch
from bot.terminal.loading import load_index
from index import Index, Paragraph, Statement

CHANGES = 4
#: Words of no language, none like another.
_WORDS = ("quorvexam", "blitzontar", "fyrmakulo", "jedwopsin", "hexagrund", "oxmivelta")
#: Seconds: each turn of the loop takes the interpreter's lock from whoever loads.
_TICK = 0.005
#: Seconds between two questions: a busy bot is asked all the time.
_ASKED_EVERY = 0.05
#: A change may come at any time between two looks.
_APART = 0.37


@dataclass(slots=True)
class Figures:
    """What was measured, in seconds."""

    #: From the last write to an answer in the new words.
    picked_up: list[float] = field(default_factory=list)
    #: The longest times between two turns of the loop, beyond the tick: idle, and while loading.
    idle: float = 0.0
    held_up: float = 0.0
    #: How long the slowest question took meanwhile, and how many there were.
    slowest: float = 0.0
    asked: int = 0
    #: How much of a processor's time each loading took: what it takes on an idle machine.
    loading: list[float] = field(default_factory=list)


async def measured(record: LiveRecord, questions: list[str], statement: Statement) -> Figures:
    """Change the file of *statement* again and again while *questions* are asked."""
    figures, answers = Figures(), Answers(record.load(), passages=5)
    load = record.load

    def timed_load() -> Index:
        began = time.thread_time()
        index = load()
        figures.loading.append(time.thread_time() - began)
        return index

    record.load = timed_load  # type: ignore[method-assign]
    watching = asyncio.create_task(Watch(record, answers, None).keep())
    gaps: list[float] = []
    over = asyncio.Event()

    async def ask() -> None:
        while not over.is_set():
            question = questions[figures.asked % len(questions)]
            began = time.perf_counter()
            await answers.ask(f"{question} {figures.asked}")
            figures.slowest = max(figures.slowest, time.perf_counter() - began)
            figures.asked += 1
            await asyncio.sleep(_ASKED_EVERY)

    ticking = asyncio.create_task(note_gaps(gaps, over, _TICK))
    asking = asyncio.create_task(ask())
    await asyncio.sleep(2)
    figures.idle = max(gaps)
    gaps.clear()
    for number in range(CHANGES):
        word = f"{_WORDS[number % len(_WORDS)]}{number // len(_WORDS) or ''}"
        await asyncio.to_thread(_change, record.data, statement, word)
        written = time.perf_counter()
        while not await _is_answered(answers, word):
            if time.perf_counter() - written > 30:
                sys.exit("the change was not picked up")
            await asyncio.sleep(0.01)
        figures.picked_up.append(time.perf_counter() - written)
        await asyncio.sleep(0.6 + number * _APART)
    figures.held_up = max(gaps)
    over.set()
    watching.cancel()
    await asyncio.gather(ticking, asking)
    return figures


async def _is_answered(answers: Answers, word: str) -> bool:
    answer = await answers.ask(f"“{word}”")
    return answer.answered and word in answer.hits[0].paragraph.text


def _change(data: Path, statement: Statement, word: str) -> None:
    """Write the file of *statement* with a *word* that is nowhere else, as an editor does."""
    first = statement.paragraphs[0]
    said = Paragraph(1, f"The {word} treaty is signed. {first.text}", first.speaker)
    changed = as_line(
        Statement(
            id="changed",
            title="A change",
            speakers=(first.speaker,),
            paragraphs=(said,),
            date=statement.date,
        )
    )
    path = data / "statements" / "changed.jsonl"
    temporary = path.with_name(".changed.tmp")
    temporary.write_text(changed, encoding="utf-8")
    temporary.rename(path)


def main() -> None:
    """Measure records of three sizes, the statements in a file each, and the last in one file."""
    sizes = [int(one) for one in sys.argv[1:]] or [2_000, 20_000]
    statements, questions = government_statements(), questions_of("squadshifts_wiki")
    print("a changed file is answered from, seconds after its last write (bar: 2)")
    for paragraphs, apart in [*((size, True) for size in sizes), (sizes[-1], False)]:
        chosen = record_of_paragraphs(statements, paragraphs)
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder)
            write_down(chosen, data, apart=apart)
            record = LiveRecord(data, partial(load_index, data))
            figures = asyncio.run(measured(record, questions, chosen.statements[0]))
        files = "a file each" if apart else "one file"
        loading = statistics.median(figures.loading)
        median, longest = statistics.median(figures.picked_up), max(figures.picked_up)
        print(
            f"  {paragraphs:>6} paragraphs, {files}: median {median:.2f}, "
            f"longest {longest:.2f}, {loading:.2f} of it CPU to load; event loop held up at most "
            f"{figures.held_up * 1000:.0f} ms (idle {figures.idle * 1000:.0f}); the slowest of "
            f"{figures.asked} questions took {figures.slowest * 1000:.0f} ms"
        )


if __name__ == "__main__":
    main()
