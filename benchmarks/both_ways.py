"""Times our answers ranked in C and by NumPy, beside tantivy's ranking, in one run; with the bars.

The questions are put to all in turn, five times over. The clock counts this thread's CPU time, and
of each question's five times the least is taken: on a shared machine the wall's clock measures the
neighbours.
"""

from __future__ import annotations

import os

# Read when the libraries are imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("TOKIO_WORKER_THREADS", "1")

import gc
import time
from collections.abc import Callable, Sequence

from benchmarks.engines import ENGINES
from benchmarks.peer_times import QUESTIONS
from benchmarks.tables import Column, print_table, say
from benchmarks.texts import government_statements, questions_of, record_of
from index import Index, ranks_in_c
from index.postings.kernel import by_numpy

SIZES = (2_000, 100_000)
ROUNDS = 5
RIVAL = "tantivy"
READING, RANKING, ANSWER = "reading alone", "reading and ranking", "the whole answer"
IN_C, BY_NUMPY = "in C", "by NumPy"
#: At most so many times the rival's time may a whole answer take: by the way, the size and p50 or
#: p99.
BARS = {
    (IN_C, 2_000, 50): 2.0,
    (IN_C, 100_000, 50): 1.4,
    (IN_C, 100_000, 99): 1.6,
    (BY_NUMPY, 2_000, 50): 4.5,
    (BY_NUMPY, 100_000, 50): 3.2,
}

Ask = Callable[[str], object]


def without_c(ask: Ask) -> Ask:
    """Return *ask*, answered by NumPy."""

    def asked(question: str) -> object:
        with by_numpy():
            return ask(question)

    return asked


def least_times(asks: dict[str, Ask], questions: Sequence[str]) -> dict[str, list[float]]:
    """Return the milliseconds that each of *asks* takes at least for each question, sorted."""
    least = {name: [float("inf")] * len(questions) for name in asks}
    gc.collect()
    gc.freeze()
    for _ in range(ROUNDS):
        for number, question in enumerate(questions):
            for name, ask in asks.items():
                began = time.thread_time()
                ask(question)
                taken = (time.thread_time() - began) * 1000
                least[name][number] = min(least[name][number], taken)
    gc.unfreeze()
    return {name: sorted(times) for name, times in least.items()}


def main() -> None:
    """Measure at each size what is installed: the rival, and the C."""
    statements = government_statements()
    questions = questions_of("briefings_us_state") + questions_of("squadshifts_wiki")
    questions = questions[:: len(questions) // QUESTIONS][:QUESTIONS]
    rival = next((one for one in ENGINES if one.name == RIVAL and one.present), None)
    milliseconds: list[Column] = []
    shares: list[Column] = []
    for size in SIZES:
        say(f"{size:,} paragraphs")
        record = record_of(statements, size)
        index = Index(record)
        asks: dict[str, Ask] = {READING: index.query}
        for name, ask in ((RANKING, _ranking(index)), (ANSWER, index.ask)):
            if ranks_in_c():
                asks[f"{name}, {IN_C}"] = ask
            asks[f"{name}, {BY_NUMPY}"] = without_c(ask)
        if rival:
            texts = [p.text for _, p in record.paragraphs() if p.quotable]
            asks[RIVAL] = rival.build(texts, "en")
        taken = least_times(asks, questions)
        for per_cent in (50, 99):
            times = {name: some[len(some) * per_cent // 100] for name, some in taken.items()}
            heading = f"{size:,} paragraphs, p50" if per_cent == 50 else "p99"
            milliseconds.append((heading, {name: f"{one:.2f}" for name, one in times.items()}))
            if rival:
                cells = {name: f"{one / times[RIVAL]:.2f}" for name, one in times.items()}
                for way in (IN_C, BY_NUMPY):
                    name, bar = f"{ANSWER}, {way}", BARS.get((way, size, per_cent))
                    if bar and name in cells:
                        cells[name] += f" (bar {bar})"
                shares.append((heading, cells))
        del index, asks
    rows = [READING, *(f"{name}, {way}" for name in (RANKING, ANSWER) for way in (IN_C, BY_NUMPY))]
    print_table("milliseconds", [*rows, RIVAL], milliseconds)
    if rival:
        print_table(f"times {RIVAL}'s ranking", rows, shares)
    else:
        print(f"{RIVAL} is not installed: pip install -e '.[peers]'")


def _ranking(index: Index) -> Ask:
    return lambda question: index.rank(index.query(question))


if __name__ == "__main__":
    main()
