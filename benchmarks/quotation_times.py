"""Measures what checking a long story costs: CPU, memory, and the same by plain comparison."""

from __future__ import annotations

import random
import statistics
import time
import tracemalloc
from collections.abc import Callable

from rapidfuzz import fuzz

from benchmarks.quotation_stories import names_of
from benchmarks.texts import government_statements, record_of
from index import Index, Record

PARAGRAPHS = 20_000
WORDS, QUOTATIONS = 1_500, 30
#: Milliseconds of CPU that a story may take.
BAR = 300
PASTE = 1_000_000
_RUNS = 9
#: Plain comparison takes a second a quotation, so it is done with one in so many.
_PLAIN_EVERY = 10
_FILLER = (
    "The minister told the committee that the figures would be looked at again before the spring.",
    "Nobody at the table expected the talks to end before midnight, and few were surprised.",
    "Officials said that a decision was some weeks away, and that both sides had been heard.",
    "Farmers near the border have waited for the bridge since the old one was closed to lorries.",
    "Two of the delegates left early; the others agreed to meet again when the budget is known.",
)


def story_of(record: Record) -> str:
    """Return a story with quotations of *record*, the same on every run.

    A third is as it stands, a third has a word dropped, and a third joins parts of two paragraphs.
    """
    chance = random.Random(2029)  # noqa: S311  # not for a secret
    long = [
        (paragraph.text.split(), names[-1])
        for _, paragraph in record.paragraphs()
        if len(paragraph.text.split()) > 30
        and '"' not in paragraph.text
        and (names := names_of(paragraph.speaker, "en"))
    ]
    parts = []
    for number in range(QUOTATIONS):
        (said, name), (other, _) = chance.sample(long, 2)
        first = chance.randrange(len(said) - 24)
        words = said[first : first + chance.randint(12, 22)]
        if number % 3 == 1:
            del words[chance.randrange(3, len(words) - 3)]
        elif number % 3 == 2:
            words = words[:9] + other[:9]
        quoted = " ".join(words).strip(",.;:").replace("“", "").replace("”", "")
        parts.append(f"“{quoted},” {name} said on 3 March 2021.")
    left = WORDS - sum(len(part.split()) for part in parts)
    while left > 0:
        filler = chance.choice(_FILLER)
        parts.insert(chance.randrange(len(parts)), filler)
        left -= len(filler.split())
    return "\n\n".join(" ".join(parts[at : at + 4]) for at in range(0, len(parts), 4))


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def print_times(paragraphs: int = PARAGRAPHS) -> None:
    """Print what a story costs in a record of so many *paragraphs*."""
    record = record_of(government_statements(), paragraphs)
    story = story_of(record)
    began = time.process_time()
    index = Index(record)
    built = time.process_time() - began
    index.prepare()
    first = _cpu(lambda: index.check_story(story))
    runs = sorted(_cpu(lambda: index.check_story(story)) for _ in range(_RUNS))
    tracemalloc.start()
    checked = index.check_story(story)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    median = statistics.median(runs)
    print(
        f"a story of {len(story.split()):,} words with {len(checked.quotations)} quotations at"
        f" {index.covered.paragraphs:,} paragraphs (built in {built:.1f} s): {median:.0f} ms of CPU"
        f" (bar: {BAR}), at most {runs[-1]:.0f}, the first time {first:.0f};"
        f" {peak / 2**20:.1f} MB at most while it runs"
    )
    texts = [paragraph.text for _, paragraph in record.paragraphs()]
    quoted = [story[one.quotation.start + 1 : one.quotation.stop - 1] for one in checked.quotations]
    some = quoted[::_PLAIN_EVERY]
    plain = _cpu(lambda: [max(fuzz.partial_ratio(one, text) for text in texts) for one in some])
    plain *= len(quoted) / len(some)
    print(
        f"  rapidfuzz's partial_ratio of each quotation with each paragraph: {plain:,.0f} ms,"
        f" {plain / median:.0f} times as long (by {len(some)} of the quotations)"
    )
    paste = (story + "\n\n") * (PASTE // len(story) + 1)
    paste = paste[:PASTE]
    took = _cpu(lambda: index.check_story(paste))
    tracemalloc.start()
    read = index.check_story(paste)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(
        f"  a paste of {len(paste):,} characters: {took:,.0f} ms, {peak / 2**20:.0f} MB;"
        f" {read.read:,} characters read, {len(read.quotations)} quotations"
    )
