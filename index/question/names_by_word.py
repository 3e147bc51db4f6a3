"""Finds which of many names have the words that are asked for, or words that begin with them.

The names are kept by their different words, sorted, so that a look-up costs the same however many
names there are, and nothing need be remembered of what is typed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
import regex
from numpy.typing import NDArray

from index.keeping.columns import Keeper, Kept
from index.text.folding import fold

Chosen = NDArray[np.bool_]

_WORD = regex.compile(r"\w+")
#: What people leave out within names: O'Leary, Al-Sharif, Jean-Yves.
_MARK_WITHIN = regex.compile(r"(?<=\w)['’ʼ‘`´‐‑-](?=\w)")
#: No word begins with this, or anything after it.
_LAST = "\U0010ffff"


class NamesByWord:
    """The words of many names, each name told by its number from 0; built once."""

    def __init__(self, names: Iterable[str]) -> None:
        """Keep the words of *names*."""
        self._note(chain.from_iterable(spellings(name)) for name in names)

    @classmethod
    def of(cls, words: Iterable[Iterable[str]]) -> NamesByWord:
        """Return what keeps the *words* of each name."""
        made = cls.__new__(cls)
        made._note(words)
        return made

    def _note(self, words_of_each: Iterable[Iterable[str]]) -> None:
        having: dict[str, list[int]] = {}
        self.count = 0
        for number, words in enumerate(words_of_each):
            self.count = number + 1
            for word in dict.fromkeys(words):
                having.setdefault(word, []).append(number)
        self._words: Sequence[str] = sorted(having)
        #: The names that have each word, one word after the other, and where each word's begin.
        self._having = np.array(
            [one for word in self._words for one in having[word]], dtype=np.int64
        )
        counts = [len(having[word]) for word in self._words]
        self._begins: Sequence[int] = [0, *np.cumsum(counts, dtype=np.intp).tolist()]

    def keep(self, to: Keeper) -> None:
        """Write the names *to* columns."""
        to.strings("words", self._words)
        to.value("count", self.count)
        to.arrays(having=self._having, begins=np.asarray(self._begins, dtype=np.int64))

    @classmethod
    def kept(cls, of: Kept) -> NamesByWord:
        """Return what ``keep`` wrote."""
        made = cls.__new__(cls)
        made._words, made.count = of.strings("words"), of.value("count")
        made._having, made._begins = of.array("having", "i8"), of.ints("begins")
        return made

    def none(self) -> Chosen:
        """Return that no name is chosen: shape (n,)."""
        return np.zeros(self.count, dtype=bool)

    def beginning(self, words: Iterable[str]) -> Chosen:
        """Return which names have, for each of *words*, a word that begins with it: shape (n,).

        None has, if there are no words.
        """
        return self._chosen(words, _LAST)

    def having(self, words: Iterable[str]) -> Chosen:
        """Return which names have all *words*: shape (n,); none, if there are no words."""
        return self._chosen(words, "")

    def _chosen(self, words: Iterable[str], last: str) -> Chosen:
        chosen: Chosen | None = None
        for word in dict.fromkeys(words):
            first = bisect_left(self._words, word)
            stop = self._end_of(word + last, first) if last else first
            if not last and first < len(self._words) and self._words[first] == word:
                stop = first + 1
            here = self.none()
            here[self._having[self._begins[first] : self._begins[stop]]] = True
            chosen = here if chosen is None else chosen & here
            if not chosen.any():
                break
        return self.none() if chosen is None else chosen

    def _end_of(self, beyond: str, first: int) -> int:
        """Return where the words from number *first* on end that sort before *beyond*.

        Mostly there are a few, and each word of a record that is kept takes a while to read.
        """
        step = 1
        while first + step <= len(self._words) and self._words[first + step - 1] < beyond:
            step *= 2
        return bisect_left(
            self._words, beyond, first + step // 2, min(first + step, len(self._words))
        )


def words_of(text: str) -> list[str]:
    """Return the folded words of *text*, in order."""
    return [fold(word) for word in _WORD.findall(text)]


def spellings(name: str) -> list[list[str]]:
    """Return the words of *name*, and if it has marks within, its words without them.

    >>> spellings("Tom O'Leary")
    [['tom', 'o', 'leary'], ['tom', 'oleary']]
    """
    found = [words_of(name)]
    if _MARK_WITHIN.search(name):
        found.append(words_of(_MARK_WITHIN.sub("", name)))
    return found
