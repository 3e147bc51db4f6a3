"""Knows other words for those who speak: PM is the prime minister, the Chinese side is China.

They are data, ``same_speakers`` in ``index/languages/<code>.yaml``. A line is read both ways if one
word stands for one word, as an adjective of a country does for its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, product

from index.question.names_by_word import words_of

#: A name is written in so many ways at most, and has so many words.
_MOST_WAYS, _MOST_WORDS = 12, 8


class SameSpeakers:
    """The words of a record's languages that stand for one another; built once."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Keep *pairs* of words; the second may be empty, for words that add nothing: side."""
        self._others: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for short, full in pairs:
            one, other = tuple(words_of(short)), tuple(words_of(full))
            self._others[one].append(other)
            if len(one) == len(other) == 1:
                self._others[other].append(one)
        #: All words that stand for others.
        self.words = frozenset(word for words in self._others for word in words)
        self._first = frozenset(words[0] for words in self._others if words)
        self._longest = max(map(len, self._others), default=0)

    def of(self, name: str) -> list[str]:
        """Return the other ways to write *name*; none for most names."""
        words = words_of(name)
        if len(words) > _MOST_WORDS or self._first.isdisjoint(words):
            return []
        ways = product(*self._parts(words))
        written = (" ".join(word for part in way for word in part) for way in ways)
        return [one for one in islice(written, _MOST_WAYS) if one and one != " ".join(words)]

    def _parts(self, words: list[str]) -> Iterator[list[tuple[str, ...]]]:
        """Yield the parts of *words*, each with the ways to write it."""
        begin = 0
        while begin < len(words):
            for stop in range(min(len(words), begin + self._longest), begin, -1):
                part = tuple(words[begin:stop])
                if part in self._others:
                    yield [*self._others[part], part]
                    break
            else:
                yield [(words[begin],)]
                stop = begin + 1
            begin = stop
