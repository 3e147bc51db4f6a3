"""Compares two versions of a statement by their paragraphs: added, removed, changed.

Which versions there are is told by ``versions``.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.model.statement import Statement

#: Of so many pairs of paragraphs, those that stand in each other's place are looked for; beyond,
#: all are taken for removed and added.
_MOST_PAIRS = 10_000
#: Two paragraphs with this share of their words in common are one that was changed.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the paragraphs of a statement; each is told by its number, from 1."""

    #: In the later version.
    added: tuple[int, ...] = ()
    #: In the earlier version.
    removed: tuple[int, ...] = ()
    #: In the earlier version and in the later.
    changed: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.added or self.removed or self.changed)


def changes_between(before: Statement, after: Statement) -> Changes:
    """Return what of the text of *before* is different in *after*.

    A paragraph that was moved counts as removed and added; who speaks is not compared.
    """
    old = [paragraph.text for paragraph in before.paragraphs]
    new = [paragraph.text for paragraph in after.paragraphs]
    added: list[int] = []
    removed: list[int] = []
    changed: list[tuple[int, int]] = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new).get_opcodes():
        pairs = list(_pairs(old[a:b], new[c:d])) if what == "replace" else []
        if what != "equal":
            gone, come = {i for i, _ in pairs}, {j for _, j in pairs}
            removed += [a + i + 1 for i in range(b - a) if i not in gone]
            added += [c + j + 1 for j in range(d - c) if j not in come]
        changed += [(a + i + 1, c + j + 1) for i, j in pairs if old[a + i] != new[c + j]]
    return Changes(tuple(added), tuple(removed), tuple(changed))


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield which of *old* became which of *new*, in order: those that are alike."""
    if len(old) * len(new) > _MOST_PAIRS:
        return
    first = 0
    words = [Counter(text.split()) for text in new]
    for index, text in enumerate(old):
        own = Counter(text.split())
        alike = (other for other in range(first, len(new)) if _are_alike(own, words[other]))
        if (found := next(alike, None)) is not None:
            yield index, found
            first = found + 1


def _are_alike(one: Counter[str], other: Counter[str]) -> bool:
    shared = (one & other).total()
    return 2 * shared >= _ALIKE * (one.total() + other.total())
