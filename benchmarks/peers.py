"""Prints Markdown tables of ranking quality and of time, ours beside other search engines.

``--quality`` or ``--time`` prints only those; names of sets of questions limit the first. Every
peer ranks paragraphs; only ours finds the sentence in them, refuses, and quotes. The engines run in
one process that is kept to one core.
"""

from __future__ import annotations

import os

# Read when the libraries are imported. LANCE_IO_THREADS is left alone: at 1, LanceDB never ends.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("NUMBA_NUM_THREADS", "1")
os.environ.setdefault("LANCE_CPU_THREADS", "1")
os.environ.setdefault("TOKIO_WORKER_THREADS", "1")

import argparse
import platform
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.engines import ENGINES, Engine
from benchmarks.peer_indexes import DEPTH, Ask
from benchmarks.peer_times import print_times
from benchmarks.tables import Column, print_table, say
from benchmarks.texts import present, questions_folder
from index import GoldQuestion, Index, evaluate, load_set

SETS = (
    "squadshifts_wiki",
    "squad_train_sample",
    "xquad_es",
    "xquad_hi",
    "cmrc_trial_zh",
    "briefings_uk_written",
    "briefings_cn_mfa",
    "briefings_us_state",
    "briefings_au_pm",
)
OURS = "On Record"


@dataclass(frozen=True, slots=True)
class Quality:
    """How well an engine ranks; shares are from 0 to 1, as in ``index.Evaluation``."""

    recall_at_1: float
    recall_at_5: float
    mrr_at_10: float


def quality(
    ask: Ask, places: Sequence[tuple[str, int]], questions: Sequence[GoldQuestion]
) -> Quality:
    """Return how well *ask* ranks the paragraphs that stand at *places*.

    Of paragraphs that score alike the earlier comes first; one that scores nothing is not found.
    """
    ranks = []
    for asked in questions:
        found = sorted((-score, number) for score, number in ask(asked.question) if score > 0)
        ranked = (places[number] in asked.gold for _, number in found[:DEPTH])
        ranks.append(next((rank for rank, gold in enumerate(ranked, 1) if gold), DEPTH + 1))
    return Quality(
        sum(rank <= 1 for rank in ranks) / len(ranks),
        sum(rank <= 5 for rank in ranks) / len(ranks),
        sum(1 / rank for rank in ranks if rank <= DEPTH) / len(ranks),
    )


def qualities(name: str, engines: Sequence[Engine]) -> tuple[str, dict[str, Quality]]:
    """Return a line on the set *name*, and how well each engine does on it."""
    record, questions = load_set(questions_folder(name))
    questions = [asked for asked in questions if asked.gold]
    quotable = [(s, p) for s, p in record.paragraphs() if p.quotable]
    texts = [paragraph.text for _, paragraph in quotable]
    places = [(statement.id, paragraph.number) for statement, paragraph in quotable]
    language = quotable[0][0].language.split("-")[0]
    say(f"{name}: {OURS}")
    ours = evaluate(Index(record), questions)
    figures = {OURS: Quality(ours.recall_at_1, ours.recall_at_5, ours.mrr_at_10)}
    for engine in engines:
        if engine.reads(language):
            say(f"{name}: {engine.name}")
            stride = -(-len(questions) // engine.most) if engine.most else 1
            ask = engine.build(texts, language)
            figures[engine.name] = quality(ask, places, questions[::stride])
    return f"{name}: {len(questions):,} questions, {len(texts):,} paragraphs", figures


def print_qualities(names: Sequence[str], engines: Sequence[Engine]) -> None:
    """Print a table of the sets *names*: R@1, and what else is usual for each kind of set."""
    columns: list[Column] = []
    lines = []
    for name in names:
        line, figures = qualities(name, engines)
        lines.append(line)
        measured = {"R@1": {n: f"{one.recall_at_1 * 100:.1f}" for n, one in figures.items()}}
        if name.startswith("briefings"):
            measured["R@5"] = {n: f"{one.recall_at_5 * 100:.1f}" for n, one in figures.items()}
        elif name.startswith("squad"):
            measured["MRR@10"] = {n: f"{one.mrr_at_10:.3f}" for n, one in figures.items()}
        columns += [(f"{name} {measure}", cells) for measure, cells in measured.items()]
    print_table("ranking", [OURS, *(engine.name for engine in engines)], columns)
    few = [f"{one.name} at most {one.most:,} of a set" for one in engines if one.most]
    print(
        f"{'; '.join(lines)}. R@1 and R@5 in per cent. All engines are asked all questions"
        f"{', but ' if few else ''}{', '.join(few)}.\n"
    )


def main() -> None:
    """Measure the engines that are installed, and say which are not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--quality", action="store_true", help="only how well each ranks")
    parser.add_argument("--time", action="store_true", help="only how long each takes")
    parser.add_argument("sets", nargs="*", metavar="set", help="folders in shared/questions")
    asked = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):  # Linux has it; elsewhere the settings above must do
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    engines = [engine for engine in ENGINES if engine.present]
    missing = sorted({engine.package for engine in ENGINES if not engine.present})
    if missing:
        say(f"not installed, so left out: {', '.join(missing)}; pip install -e '.[peers]'")
    if asked.quality or not asked.time:
        names = [name for name in asked.sets or SETS if present(name)]
        answers = [name for name in names if not name.startswith("briefings")]
        for group in (answers, [name for name in names if name not in answers]):
            if group:
                print_qualities(group, engines)
    if asked.time or not asked.quality:
        print_times(OURS, [engine for engine in engines if engine.reads("en")])
    print(f"Python {platform.python_version()}, one core of {platform.machine()}. The peers:\n")
    for engine in engines:
        print(f"- {engine.name} ({engine.version}): {engine.setting}")
    if missing:
        print(f"- not installed, so left out: {', '.join(missing)}")


if __name__ == "__main__":
    main()
