"""Prints what records of very different sizes take: to read, build, ask and change, beside others.

    python -m benchmarks.scale 2000 100000 1000000

A record is made of so many paragraphs, written into files, read from them as the bot reads them,
built and kept; processes are started from what was kept, and asked; then a statement is changed,
added and removed. Each size has processes of its own, so that peaks of memory are its own. CPU is
that of one core, and of a start all that the process takes. tantivy ranks the same texts
in the same run; at the small sizes rank_bm25 and bm25s do, too (``pip install -e '.[peers]'``).
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("NUMBA_NUM_THREADS", "1")

import argparse
import gc
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from benchmarks.engines import ENGINES
from benchmarks.peer_times import interleaved
from benchmarks.tables import Column, print_table, say
from benchmarks.texts import as_line, questions_of
from benchmarks.varied import varied_record
from index import Index, IndexFile, Record, Statement, load_record, take_snapshot

SIZES = (2_000, 100_000, 1_000_000)
QUESTIONS = 400
#: Engines that are asked beside ours, and those that only are up to so many paragraphs.
BESIDE, SMALL, BESIDE_SMALL = ("tantivy",), 20_000, ("rank_bm25", "bm25s")
#: So many statements are written into a file.
_IN_A_FILE = 500
_QUESTION = "What did the minister say about trade?"
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")

Made = TypeVar("Made")
#: What was measured, by the name of its row: as it is printed.
Figures = dict[str, str]


def make(paragraphs: int, data: Path) -> int:
    """Write a record of so many quotable *paragraphs* into *data*; return its statements."""
    statements = varied_record(paragraphs).statements
    folder = data / "statements"
    folder.mkdir(parents=True)
    for first in range(0, len(statements), _IN_A_FILE):
        lines = map(as_line, statements[first : first + _IN_A_FILE])
        (folder / f"{first}.jsonl").write_text("".join(lines), encoding="utf-8")
    return len(statements)


def measure(data: Path) -> Figures:
    """Return what the record in *data* takes."""
    figures: Figures = {}
    with _measured(figures, "read"):
        record = load_record(data)
    with _measured(figures, "build"):
        index = Index(record)
    with _measured(figures, "prepare"):
        index.prepare()
    quotable = index.searched.paragraphs
    speakers = {paragraph.speaker.name for _, paragraph in record.paragraphs()}
    figures["statements"] = f"{len(record.statements):,}"
    figures["speakers"] = f"{len(speakers):,}"
    figures["build, paragraphs a second"] = (
        f"{quotable / float(figures['build, CPU s'].replace(',', '')):,.0f}"
    )
    del record
    gc.collect()
    kept = _kept(figures, data, index)
    # As the bot goes on: with what is kept, and the statements as they are read from there.
    index, record = kept, kept.record
    gc.collect()
    for change, changed in _changes(record):
        with _measured(figures, change):
            # Both are there until the new one takes the place of the old.
            later = Index(changed, before=index)
            later.prepare()
        del later
        gc.collect()
    figures.update(_times(index, record))
    return figures


def _kept(figures: Figures, data: Path, index: Index) -> Index:
    """Return *index* as it is kept beside *data*; add what keeping it and starting from it take."""
    file = IndexFile(data.parent, data)
    with _measured(figures, "keep"):
        kept = file.keep(index, take_snapshot(data))
    if not file.path.exists():
        return kept  # It is too small to be kept.
    size = file.path.stat().st_size
    texts = sum(len(paragraph.text.encode()) for _, paragraph in index.record.paragraphs())
    figures["file, MB"] = f"{size / 2**20:,.0f}"
    figures["file, times the texts"] = f"{size / texts:.1f}"
    for _ in range(2):  # the first one has it read from the disk
        command = [sys.executable, "-m", "benchmarks.scale", "--start", str(data)]
        told = subprocess.run(  # noqa: S603  # this very program
            command, capture_output=True, text=True, check=True
        ).stdout
    figures.update(json.loads(told))
    return kept


def start(data: Path) -> None:
    """Print what a process has taken that starts from what is kept beside *data*, and asks."""
    found = IndexFile(data.parent, data).find(take_snapshot(data), quick=True)
    if found.index is None or not found.is_current:
        raise SystemExit("the index that was kept was not found")
    found.index.ask(_QUESTION)
    figures = {"start to first answer, CPU s": f"{time.process_time():.2f}"}
    figures["start to first answer, MB"] = f"{_memory('VmRSS'):,.0f}"
    figures["of these its own, MB"] = f"{_memory('RssAnon'):,.0f}"
    began = time.process_time()
    found.index.prepare()
    figures["prepare from kept, CPU s"] = f"{time.process_time() - began:.2f}"
    print(json.dumps(figures))


def _changes(record: Record) -> Iterator[tuple[str, Record]]:
    """Yield *record* with a statement changed, with one more, and with one less."""
    changed, *others = record.statements
    first, *rest = changed.paragraphs
    said = replace(first, text=f"The quorvexam treaty is signed. {first.text}")
    added: Statement = replace(changed, id="added", paragraphs=(said, *rest))
    yield "change", Record.of([replace(changed, paragraphs=(said, *rest)), *others])
    yield "add", Record.of([added, changed, *others])
    yield "remove", Record.of(others)


def _times(index: Index, record: Record) -> Figures:
    """Return how long whole answers take beside the rankings of other engines, by the clock."""
    questions = questions_of("briefings_us_state") + questions_of("squadshifts_wiki")
    questions = questions[:: len(questions) // QUESTIONS][:QUESTIONS]
    texts = [paragraph.text for _, paragraph in record.paragraphs() if paragraph.quotable]
    names = (*BESIDE, *(BESIDE_SMALL if len(texts) <= SMALL else ()))
    asks: dict[str, Callable[[str], object]] = {"ranking alone": _ranking(index)}
    every = {}
    for engine in ENGINES:
        if engine.name in names and engine.present:
            asks[engine.name], every[engine.name] = engine.build(texts, "en"), engine.every
    asks["whole answer"] = index.ask
    taken = interleaved(asks, questions, every)
    return {
        f"{name}, ms": f"{statistics.median(times):.2f} / {times[len(times) * 99 // 100]:.2f}"
        for name, times in taken.items()
    }


def _ranking(index: Index) -> Callable[[str], object]:
    return lambda question: index.rank(index.query(question))


@contextmanager
def _measured(figures: Figures, name: str) -> Iterator[None]:
    """Add to *figures* the CPU and the memory that what follows takes, under its *name*."""
    gc.collect()
    _forget_peak()
    began = time.process_time()
    yield
    figures[f"{name}, CPU s"] = f"{time.process_time() - began:,.2f}"
    figures[f"{name}, peak MB"] = f"{_memory('VmHWM'):,.0f}"
    gc.collect()
    figures[f"{name}, MB after"] = f"{_memory('VmRSS'):,.0f}"


def _forget_peak() -> None:
    """Let the peak of memory be that of what follows, where the system can."""
    if _CLEAR.exists():
        _CLEAR.write_text("5", encoding="ascii")


def _memory(line: str) -> float:
    """Return the memory of this process in MB, by a *line* of its status; elsewhere its peak."""
    if _STATUS.exists():
        told = dict(one.split(":", 1) for one in _STATUS.read_text().splitlines() if ":" in one)
        return int(told[line].split()[0]) / 2**10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def apart(function: Callable[..., Made], *given: object) -> Made:
    """Return what *function* makes of what is *given*, in a process of its own."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *given).result()


def measured_at(sizes: Sequence[int]) -> list[Column]:
    """Return a column of figures for each of *sizes*."""
    columns = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            say(f"{size:,} paragraphs: made")
            apart(make, size, data)
            say(f"{size:,} paragraphs: measured")
            columns.append((f"{size:,} paragraphs", apart(measure, data)))
    return columns


def main() -> None:
    """Measure the sizes that are given, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--start", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="paragraphs")
    given = parser.parse_args()
    if given.start:
        start(given.start)
        return
    wanted = [one for one in ENGINES if one.name in (*BESIDE, *BESIDE_SMALL)]
    missing = [one.name for one in wanted if not one.present]
    columns = measured_at(given.sizes)
    rows = list(dict.fromkeys(row for _, figures in columns for row in figures))
    print_table("", rows, columns)
    print("Times are p50 / p99 by the clock, of real questions that are put to all in turn.")
    if missing:
        print(f"Not installed, so left out: {', '.join(missing)}.")


if __name__ == "__main__":
    main()
