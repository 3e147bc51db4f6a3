"""Prints how questions are understood that are asked as people type them: who, when, the latest.

The words come from ``shared/asking/kit.json``; another file of its form may be given. Each part is
a table's line: how many were answered right, refused, or answered wrong.

- phrasings: a subject in many wordings. Right is one of the five that the bare subject brings.
- speakers: "what did X say about Y", of what X has said. Right are X's words.
- days: a subject with a day, month or year. Right is a statement of that time.
- newest: "latest on Y". Right is at most 60 days older than the newest that has the word.
- long: reporters' and Members' own questions. Right is a passage that answers.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import datetime
import json
import random
import re
import shutil
import tempfile
from calendar import month_abbr, month_name, monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.floors import ASKING
from benchmarks.texts import SHARED, questions_folder
from documents import Draft, OnRecord, drafts_from, file_draft, open_paths
from documents.reading import reading
from index import (
    Answer,
    Hit,
    Index,
    Record,
    load_record,
    load_set,
    read_statements,
)

PROJECT = Path(__file__).resolve().parents[1]
KIT = SHARED / "asking" / "kit.json"
#: The days and subjects that are drawn are the same each time.
SEED = 11
#: How many days are drawn for a subject, and how many questions of a long set are asked.
DAYS, LONG = 3, 250
#: The newest that has a word may say it in passing; another of these days is as new.
AS_NEW = datetime.timedelta(days=60)
LONG_SETS = ("briefings_us_state", "briefings_uk_written", "briefings_au_pm")

#: The two texts that the project began with, and what is known of them.
RAW = {
    "000_94d3bffa36e44ea7.txt": {
        "title": "Remarks to media",
        "speakers": ["Jiang Zaidong; Chinese Ambassador to Pakistan"],
        "date": "2025-02-24",
    },
    "003_dbbeb1a5a7406597.txt": {
        "title": "Joint statement on the state visit",
        "speakers": ["Pakistan", "China"],
        "date": "2025-02-06",
        "kind": "joint statement",
    },
}

Outcome = tuple[str, str]


@dataclass(slots=True)
class Part:
    """What became of the questions of one part."""

    name: str
    outcomes: Counter[str] = field(default_factory=Counter)
    #: Those that were not right, each with what became of it.
    others: list[Outcome] = field(default_factory=list)
    #: Of questions off the subjects, the share that was answered.
    off: float = 0.0

    def note(self, question: str, answer: Answer, *, right: bool) -> None:
        """Count *question*, which got *answer*."""
        outcome = "refused" if not answer.answered else "right" if right else "wrong"
        self.outcomes[outcome] += 1
        if outcome != "right":
            self.others.append((outcome, question))

    @property
    def right(self) -> float:
        """The share answered right."""
        return self.outcomes["right"] / max(1, self.outcomes.total())

    @property
    def wrong(self) -> float:
        """The share answered wrong."""
        return self.outcomes["wrong"] / max(1, self.outcomes.total())

    def __str__(self) -> str:
        counted = (
            f"{self.name:<28} {self.outcomes['right']:>4} of {self.outcomes.total():>4} right "
            f"({self.right:.1%}), {self.outcomes['refused']} refused, "
            f"{self.outcomes['wrong']} wrong"
        )
        return counted + (f"; off the subjects answered {self.off:.1%}" if self.off else "")


def small_record(data: Path) -> Index:
    """Return an index of the bundled data and the two raw texts, filed into the folder *data*."""
    shutil.copytree(PROJECT / "data", data, dirs_exist_ok=True)
    for name, known in RAW.items():
        (draft,) = drafts_from(
            open_paths([str(SHARED / "statements" / "raw" / name)]), reading, known
        )
        if isinstance(draft, Draft):
            file_draft(draft, OnRecord(load_record(data)), data, today=datetime.date(2026, 1, 1))
    return Index(load_record(data))


def large_record() -> Index:
    """Return an index of all statements of governments."""
    files = sorted((SHARED / "statements").glob("*.jsonl"))
    return Index(Record.of([one for file in files for one, _ in read_statements(file) if one]))


def phrasings(index: Index, subjects: Iterable[str], wordings: Sequence[str], name: str) -> Part:
    """Return how each of *wordings*, with ``{}`` for the subject, does for each of *subjects*."""
    part = Part(f"phrasings, {name} record")
    for subject in subjects:
        good = set(map(_place, index.ask(subject).hits))
        for wording in wordings:
            question = wording.format(subject)
            answer = index.ask(question)
            part.note(question, answer, right=bool(answer.hits) and _place(answer.hits[0]) in good)
    return part


def speakers(index: Index, named: Mapping[str, str], topics: Sequence[str]) -> Part:
    """Return how questions of whom *named* do; its values are a part of each speaker's names."""
    part = Part("speakers")
    for name, key in named.items():
        said = [
            paragraph.text.lower()
            for _, paragraph in index.record.paragraphs()
            if paragraph.quotable and key in paragraph.speaker.name.lower()
        ]
        for topic in topics:
            if any(_has(topic, text) for text in said):
                question = f"what did {name.lower()} say about {topic}"
                answer = index.ask(question)
                by = answer.hits[0].citation.speaker.lower() if answer.hits else ""
                part.note(question, answer, right=key in by)
    return part


def days(index: Index, topics: Iterable[str]) -> Part:
    """Return how questions that name a day, a month or a year do."""
    part = Part("days")
    draw = random.Random(SEED)  # noqa: S311  # the same each time
    for topic in topics:
        known = sorted(_days_of(index, topic))
        for day in [draw.choice(known) for _ in range(DAYS)]:
            for when, first, last in _periods(day):
                for question in (f"{topic} {when}", f"what was said about {topic} {when}"):
                    answer = index.ask(question)
                    said = answer.hits[0].citation.date if answer.hits else None
                    part.note(question, answer, right=bool(said and first <= said <= last))
    return part


def newest(index: Index, topics: Iterable[str], wordings: Sequence[str]) -> Part:
    """Return how questions for the newest do."""
    part = Part("newest")
    for topic in topics:
        latest = max(_days_of(index, topic))
        for wording in wordings:
            question = wording.format(topic)
            answer = index.ask(question)
            said = answer.hits[0].citation.date if answer.hits else None
            part.note(question, answer, right=bool(said and latest - said <= AS_NEW))
    return part


def long_questions() -> Iterator[Part]:
    """Yield how the questions of each long set do, of its own record and of the others'."""
    sets = {name: load_set(questions_folder(name)) for name in LONG_SETS}
    asked = {
        name: random.Random(SEED).sample(  # noqa: S311  # the same each time
            list(questions), min(LONG, len(questions))
        )
        for name, (_, questions) in sets.items()
    }
    for name, (record, _) in sets.items():
        index = Index(record)
        part = Part(f"long, {name.removeprefix('briefings_')}")
        for one in asked[name]:
            answer = index.ask(one.question)
            right = bool(answer.hits) and _place(answer.hits[0]) in one.gold
            part.note(one.question, answer, right=right)
        off = [one for other in LONG_SETS if other != name for one in asked[other]]
        part.off = sum(index.ask(one.question).answered for one in off) / len(off)
        yield part


def measured(kit: Mapping[str, Any]) -> Iterator[Part]:
    """Yield the parts, in the order of the floors."""
    with tempfile.TemporaryDirectory() as data:
        index = small_record(Path(data))
    yield phrasings(index, kit["subjects_small"], kit["phrasings"], "small")
    index = large_record()
    yield phrasings(index, kit["subjects_large"], kit["phrasings"], "large")
    yield speakers(index, kit["speakers"], kit["topics"])
    yield days(index, kit["dated"])
    yield newest(index, [*kit["dated"], *kit["subjects_large"]], kit["latest"])
    yield from long_questions()


def _place(hit: Hit) -> tuple[str, int]:
    return hit.citation.statement, hit.citation.paragraph


def _has(topic: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(topic)}", text) is not None


def _days_of(index: Index, topic: str) -> set[datetime.date]:
    """Return the days of the statements in which something quotable has *topic*."""
    return {
        statement.date
        for statement, paragraph in index.record.paragraphs()
        if statement.date and paragraph.quotable and _has(topic, paragraph.text.lower())
    }


def _periods(day: datetime.date) -> Iterator[tuple[str, datetime.date, datetime.date]]:
    """Yield ways to name times around *day*, each with its first day and its last."""
    month, short, year = month_name[day.month], month_abbr[day.month], day.year
    first, last = day.replace(day=1), day.replace(day=monthrange(year, day.month)[1])
    begin, end = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    yield f"on {day.day} {month} {year}", day, day
    yield f"on {month} {day.day}, {year}", day, day
    yield f"in {month.lower()} {year}", first, last
    yield f"{short.lower()} {year}", first, last
    yield f"in {year}", begin, end
    yield f"{year}", begin, end
    yield f"since {year}", begin, datetime.date.max


def main() -> None:
    """Print a line for each part, beside its floor."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kit", type=Path, default=KIT, help="another file of wordings")
    parser.add_argument("--show", action="store_true", help="show each that was not right")
    options = parser.parse_args()
    if not options.kit.is_file():
        print("skipped: the wordings are not beside the project (../shared/asking/kit.json)")
        return
    kit = json.loads(options.kit.read_text("utf-8"))
    print("how questions are understood, in brackets the floor")
    for part, floor in zip(measured(kit), ASKING, strict=True):
        print(f"  {part} ({floor})", flush=True)
        for outcome, question in part.others if options.show else ():
            print(f"    {outcome}: {question[:120]}")


if __name__ == "__main__":
    main()
