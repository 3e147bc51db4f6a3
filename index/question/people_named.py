"""Tells each person of many names once, as far as the words of the names tell.

Of SECRETARY BLINKEN, "Antony Blinken" and "Antony Blinken, Josep Borrell", it is the second: a
whole name stands for those that add to it, and for those that say less. Which names are within
which is found once for all, as an operator such as ``from:a`` may choose thousands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from index.question.names_by_word import Chosen

#: A name with so many words is a whole one; with others beside it, it names several.
_FEWEST = 2


class PeopleNamed:
    """The different names of a record's speakers, of which some are within others; built once."""

    def __init__(self, names: Sequence[str], words: Sequence[frozenset[str]]) -> None:
        """Take the names of all speakers, some the same, and the *words* of each that tell."""
        numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
        self._names = list(numbers)
        self._name_of = np.array([numbers[name] for name in names], dtype=np.int64)
        own = dict(zip(names, words, strict=True))
        of_each = [own[name] for name in self._names]
        self._is_whole = np.array([len(one) >= _FEWEST for one in of_each], dtype=bool)
        self._is_empty = np.array([not one for one in of_each], dtype=bool)
        within = np.array(list(_within(of_each)), dtype=np.int64).reshape(-1, 2)
        #: Each name that is within another, and that other, by their numbers.
        self._short, self._long = within[:, 0], within[:, 1]

    def told(self, chosen: Chosen) -> tuple[str, ...]:
        """Return the names of the speakers *chosen*, each person's once, in their order."""
        names, first = np.unique(self._name_of[chosen], return_index=True)
        left = np.zeros(len(self._names), dtype=bool)
        left[names] = True
        short, long = self._short, self._long
        left[long[left[short] & self._is_whole[short]]] = False
        left[short[left[long]]] = False
        if (left & ~self._is_empty).any():
            # What says nothing is within any name.
            left &= ~self._is_empty
        in_order = names[first.argsort()]
        return tuple(self._names[number] for number in in_order[left[in_order]].tolist())


def _within(words: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of each name with a word, and of one that has all its *words* and more."""
    counts = Counter(chain.from_iterable(words))
    # An office may have a thousand holders: a name is only compared with those that have its
    # rarest word.
    by_rarest: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(words):
        if own:
            by_rarest[_rarest(own, counts)].append(number)
    for long, own in enumerate(words):
        for word in own:
            for short in by_rarest.get(word, ()):
                if words[short] < own:
                    yield short, long


def _rarest(words: Iterable[str], counts: Counter[str]) -> str:
    """Return that of *words* which the fewest names have."""
    return min(words, key=counts.__getitem__)
