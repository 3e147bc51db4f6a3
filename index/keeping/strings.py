"""Texts in columns: their characters one after the other, and where each ends.

A text is read when it is asked for, so that a million take no time to open and little memory. Each
has a sum of its bytes: what is quoted is what was filed, whatever became of the file that it was
kept in.
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from bisect import bisect_left
from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

#: Texts may have surrogates by themselves, which UTF-8 has not.
_ENCODED = ("utf-8", "surrogatepass")
#: The numbers of so many words that were found are remembered, and so many words that were not, of
#: at most so many characters: one question asks for each of its words several times.
_REMEMBERED, _MISSED, _LONGEST = 1 << 16, 1 << 10, 64


class DamagedText(Exception):
    """A text is not as it was kept."""


class Strings(Sequence[str]):
    """Texts in columns."""

    def __init__(
        self,
        characters: NDArray[np.uint8],
        ends: NDArray[np.int64],
        sums: NDArray[np.uint32],
    ) -> None:
        """Take the bytes of all texts, where each text ends among them, and each one's sum."""
        self.characters, self.ends, self.sums = characters, ends, sums
        self._bytes, self._ends, self._sums = characters.data, ends.data, sums.data

    @classmethod
    def of(cls, texts: Iterable[str]) -> Strings:
        """Return *texts* in columns."""
        characters, ends, sums = bytearray(), array("q"), array("I")
        for text in texts:
            encoded = text.encode(*_ENCODED)
            characters += encoded
            ends.append(len(characters))
            sums.append(zlib.crc32(encoded))
        return cls(
            np.frombuffer(characters, np.uint8),
            np.frombuffer(ends, np.int64),
            np.frombuffer(sums, np.uint32),
        )

    def changed(self, stays: NDArray[np.bool_], new: Iterable[str]) -> Strings:
        """Return those that *stay*, and behind them *new* ones."""
        added, lengths = Strings.of(new), np.diff(self.ends, prepend=0)
        ends = np.concatenate([lengths[stays], np.diff(added.ends, prepend=0)]).cumsum()
        left = self.characters[stays.repeat(lengths)]
        return Strings(
            np.concatenate([left, added.characters]),
            ends,
            np.concatenate([self.sums[stays], added.sums]),
        )

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        """Return the text of that *number*.

        Raises:
            DamagedText: it is not as it was kept.
        """
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if number < 0:
            number += len(self)
        if number < 0:
            raise IndexError("there is no such text")
        begin = self._ends[number - 1] if number else 0
        encoded = self._bytes[begin : self._ends[number]]
        if zlib.crc32(encoded) != self._sums[number]:
            raise DamagedText(f"text {number} is not as it was kept")
        return str(encoded, *_ENCODED)

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))


class Numbered(Mapping[str, int]):
    """Words that are numbered from 0, in columns; unlike a dictionary, they take no time to open.

    A word is found by its digest, among all digests in their order.
    """

    def __init__(
        self, words: Strings, digests: NDArray[np.uint64], order: NDArray[np.int32]
    ) -> None:
        """Take the *words* in the order of their numbers; their *digests*, sorted, and whose."""
        self.words = words
        self.digests, self.order = digests, order
        self._digests, self._order = digests.data, order.data
        self._found: dict[str, int] = {}
        self._missed: set[str] = set()

    @classmethod
    def of(cls, words: Iterable[str]) -> Numbered:
        """Return *words*, of which no two are the same, in columns."""
        texts = Strings.of(words)
        digests = digests_of(texts)
        order = np.argsort(digests, kind="stable").astype(np.int32)
        return cls(texts, digests[order], order)

    def changed(self, stays: NDArray[np.bool_], new: Sequence[str]) -> Numbered:
        """Return the words that *stay*, numbered in their order, and behind them *new* ones."""
        numbers, kept = stays.cumsum() - 1, stays[self.order]
        order, digests = numbers[self.order[kept]], self.digests[kept]
        added = digests_of(new)
        in_order = np.argsort(added, kind="stable")
        places = digests.searchsorted(added[in_order], "right")
        first = int(np.count_nonzero(stays))
        return Numbered(
            self.words.changed(stays, new),
            np.insert(digests, places, added[in_order]),
            np.insert(order, places, first + in_order).astype(np.int32),
        )

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._number(word) >= 0

    def __getitem__(self, word: str) -> int:
        number = self._number(word)
        if number < 0:
            raise KeyError(word)
        return number

    def items(self) -> ItemsView[str, int]:
        """Return the words with their numbers; none is looked up for this."""
        return {word: number for number, word in enumerate(self.words)}.items()

    def get(self, word: str, default: Any = None, /) -> Any:
        """Return the number of *word*, or *default*."""
        number = self._number(word)
        return default if number < 0 else number

    def _number(self, word: str) -> int:
        """Return the number of *word*, or -1."""
        # Asked once, as another thread may clear it meanwhile.
        found = self._found.get(word)
        if found is not None:
            return found
        if word in self._missed:
            return -1
        digest = _digest(word)
        at = bisect_left(self._digests, digest)
        while at < len(self._digests) and self._digests[at] == digest:
            number = self._order[at]
            if self.words[number] == word:
                if len(self._found) >= _REMEMBERED:
                    self._found.clear()
                self._found[word] = number
                return number
            at += 1
        # There is no end of what is not found, and soon it is forgotten.
        if len(word) <= _LONGEST:
            if len(self._missed) >= _MISSED:
                self._missed.clear()
            self._missed.add(word)
        return -1


def sum_of(text: str) -> int:
    """Return a sum of the characters of *text*: 32 bits, the same for the same text."""
    return zlib.crc32(text.encode(*_ENCODED))


def digests_of(words: Iterable[str]) -> NDArray[np.uint64]:
    """Return a digest of each of *words*: 64 bits, the same on every machine."""
    return np.fromiter(map(_digest, words), np.uint64)


def _digest(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(*_ENCODED), digest_size=8).digest(), "little")
