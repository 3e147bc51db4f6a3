"""Fetches what is new at the sources that are followed, once, and says what became of it.

What is filed or waits is printed, a line each; what failed goes to standard error.
"""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.configuration import DEFAULT_DATA, Configuration
from documents import (
    Became,
    Fetch,
    Fetching,
    Followed,
    LimitedReader,
    Outcome,
    due_sources,
    fetch_as,
    fetch_sources,
)
from index import Record, load_record, without_controls

_NOTHING = "no sources are listed. Write them into the settings file, under “sources”."


def fetch_all(
    configuration: Configuration,
    names: Sequence[str],
    *,
    due: bool,
    fetch: Fetch | None = None,
) -> int:
    """Ask the sources of *configuration*, those that are *due* or *names* name, or all of them.

    *fetch* opens links, by default the web's. Return 0 if each could be asked and read, 1 if one
    could not, 2 if there is none such.

    Raises:
        OnRecordError: another process fetches, or the folder cannot be read or written to.
    """
    followed, unknown = _chosen(configuration.sources, names)
    if unknown or not followed:
        why = f"{unknown[0]}: it is not listed under “sources”." if unknown else _NOTHING
        sys.stderr.write(without_controls(f"onrecord: {why}\n"))
        return 2
    counts: Counter[Became] = Counter()
    with LimitedReader() as reader:
        fetching = Fetching(
            data=configuration.data,
            reader=reader,
            record=partial(_record, configuration.data),
            fetch=fetch or fetch_as(configuration.contact),
        )
        if due:
            followed = due_sources(followed, fetching.data, fetching.clock())
        for outcome in fetch_sources(followed, fetching, named=names) if followed else ():
            counts[outcome.became] += 1
            _say(outcome)
    if counts[Became.WAITS]:
        told = f"onrecord: {_waits(counts[Became.WAITS])}: {_review(configuration.data)}"
        sys.stderr.write(without_controls(f"{told}\n"))
    return 1 if counts[Became.FAILED] or counts[Became.POSTPONED] else 0


def _chosen(followed: Sequence[Followed], names: Sequence[str]) -> tuple[list[Followed], list[str]]:
    """Return those of *followed* that *names* name, all without any, and the names of none."""
    known = {one.url: one for one in followed}
    unknown = [name for name in names if name not in known]
    return [known[name] for name in names if name in known] if names else [*followed], unknown


def _record(data: Path) -> Record:
    return load_record(data) if (data / "statements").is_dir() else Record(())


def _say(outcome: Outcome) -> None:
    match outcome.became:
        case Became.FILED:
            print(without_controls(f"{outcome.id} {outcome.path}"), flush=True)
        case Became.WAITS:
            why = f" ({outcome.what})" if outcome.what else ""
            line = f"to review: {outcome.path}: {outcome.name}{why}"
            print(without_controls(line), flush=True)
        case _:
            line = f"onrecord: {outcome.name}: {outcome.what}. {outcome.repair.rstrip('.')}."
            sys.stderr.write(f"{without_controls(line)}\n")


def _waits(number: int) -> str:
    return "1 statement waits for review" if number == 1 else f"{number} statements wait for review"


def _review(data: Path) -> str:
    folder = "" if data == DEFAULT_DATA else f" --data {shlex.quote(str(data))}"
    return f"onrecord{folder} add {shlex.quote(str(data / 'incoming'))}"
