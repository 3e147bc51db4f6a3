"""Keeps what is wrong with one file short: the first few problems, and how many more there are.

Ten thousand wrong lines are one mistake; an operator does not read ten thousand complaints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.model.errors import Problem

#: Mistakes that are kept of one file, and as many warnings of each category.
MOST_OF_A_FILE = 10


class FirstProblems:
    """The first mistakes and the first warnings of those that are added; the rest are counted."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        """Begin with *problems*."""
        self._kept: dict[tuple[bool, str], list[Problem]] = {}
        self._left_out: dict[tuple[bool, str], Problem] = {}
        self.add(problems)

    def add(self, problems: Iterable[Problem]) -> None:
        """Add *problems*, in the order of the file."""
        for problem in problems:
            sort = (problem.warning, problem.category)
            kept = self._kept.setdefault(sort, [])
            if len(kept) < MOST_OF_A_FILE:
                kept.append(problem)
            else:
                before = self._left_out.get(sort)
                count = problem.count + (before.count if before else 0)
                self._left_out[sort] = replace(problem, count=count)

    def __iter__(self) -> Iterator[Problem]:
        """Yield the problems kept, and one for all others, at the line of the last."""
        for sort, kept in self._kept.items():
            yield from kept
            if (last := self._left_out.get(sort)) is None:
                continue
            noun = "warning" if last.warning else "mistake"
            more = f"1 more {noun}" if last.count == 1 else f"{last.count:,} more {noun}s"
            what = f"and {more} like these, the last of them here"
            repair = "Repair those above, and check again."
            yield replace(last, what=what, repair=repair, fragment="")
