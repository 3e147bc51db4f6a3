"""Times our answers and the peers' rankings, interleaved question by question, and the builds.

The clock is the wall's. A record larger than there are real texts is filled with variants of them:
the same statements under other ids, the sentences of each paragraph shuffled and a tenth of its
words dropped, so that no two paragraphs are alike and the share of paragraphs that a word stands in
is that of the real texts. A real record of that size would have more different words.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Sequence

from benchmarks.engines import Engine
from benchmarks.tables import Column, print_table, say
from benchmarks.texts import government_statements, questions_of, record_of
from index import Index

SIZES = (2_000, 18_000, 100_000)
QUESTIONS = 400
#: Asked of every engine before the clock counts: caches fill and Numba compiles.
UNTIMED = 5


def interleaved(
    asks: dict[str, Callable[[str], object]], questions: Sequence[str], every: dict[str, int]
) -> dict[str, list[float]]:
    """Return how many milliseconds each of *asks* takes for each of its *questions*, sorted.

    Each is asked every n-th question, where *every* gives its n; all where it gives none.
    """
    for question in questions[:UNTIMED]:
        for ask in asks.values():
            ask(question)
    # No engine pays for what the others left for the garbage collector to look through.
    gc.collect()
    gc.freeze()
    taken: dict[str, list[float]] = {name: [] for name in asks}
    for number, question in enumerate(questions):
        for name, ask in asks.items():
            if number % every.get(name, 1) == 0:
                began = time.perf_counter()
                ask(question)
                taken[name].append((time.perf_counter() - began) * 1000)
    gc.unfreeze()
    return {name: sorted(times) for name, times in taken.items()}


def print_times(ours: str, engines: Sequence[Engine]) -> None:
    """Print how long a question takes at each size, and how fast each index is built."""
    statements = government_statements()
    questions = questions_of("briefings_us_state") + questions_of("squadshifts_wiki")
    questions = questions[:: len(questions) // QUESTIONS][:QUESTIONS]
    columns: list[Column] = []
    builds: list[Column] = []
    ranking, answer = f"{ours}, ranking alone", f"{ours}, the whole answer"
    every = {engine.name: engine.every for engine in engines}
    for engine in engines:  # imports are no part of a build
        engine.build([paragraph.text for paragraph in statements[0].paragraphs], "en")
    for size in SIZES:
        record = record_of(statements, size)
        texts = [p.text for _, p in record.paragraphs() if p.quotable]
        built: dict[str, float] = {}
        say(f"{len(texts):,} paragraphs: {ours}")
        began = time.perf_counter()
        index = Index(record)
        built[ours] = time.perf_counter() - began
        # The whole answer comes last, when the peers have had the processor's caches in between.
        asks: dict[str, Callable[[str], object]] = {ranking: _ranking(index)}
        for engine in engines:
            say(f"{len(texts):,} paragraphs: {engine.name}")
            began = time.perf_counter()
            asks[engine.name] = engine.build(texts, "en")
            built[engine.name] = time.perf_counter() - began
        asks[answer] = index.ask
        say(f"{len(texts):,} paragraphs: {len(questions)} questions")
        taken = interleaved(asks, questions, every)
        p50 = {name: f"{statistics.median(times):.2f}" for name, times in taken.items()}
        p99 = {name: f"{times[len(times) * 99 // 100]:.2f}" for name, times in taken.items()}
        columns += [(f"{len(texts):,} paragraphs, p50", p50), ("p99", p99)]
        speeds = {name: f"{len(texts) / spent:,.0f}" for name, spent in built.items()}
        builds.append((f"{len(texts):,} paragraphs", speeds))
        del index, asks
    rows = [ranking, *(engine.name for engine in engines), answer]
    print_table("milliseconds a question", rows, columns)
    slow = [f"{engine.name} every {engine.every}th" for engine in engines if engine.every > 1]
    print(
        f"{len(questions)} real questions, put to all engines in turn; {', '.join(slow)}. The "
        "peers give the ten best paragraphs, ours ranks and then finds the sentence, decides "
        "whether it answers, and quotes. Beyond the first "
        f"{sum(p.quotable for one in statements for p in one.paragraphs):,}, paragraphs are "
        "variants of the real ones: sentences shuffled, a tenth of the words dropped. In the "
        f"last minute {os.getloadavg()[0]:.1f} programs on average, this one among them, wanted "
        f"the {os.cpu_count()} cores.\n"
    )
    print_table("built, paragraphs a second", [ours, *(e.name for e in engines)], builds)
    print("From text, tokenising included.\n")


def _ranking(index: Index) -> Callable[[str], object]:
    return lambda question: index.rank(index.query(question))
