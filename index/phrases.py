"""Finds the paragraphs in which a phrase stands exactly: the same words in the same order.

Punctuation, the shape of quotation marks and apostrophes, and case do not count; nothing is
stemmed, and nothing may stand between, not even a small word. A sentence may end within.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from index.bm25 import PostingsBM25
from index.selection import Chosen
from index.terms import UNSPACED, Analyzer

#: A word, or a single character of a script without spaces. Apostrophes and hyphens part words, in
#: the phrase as in the text.
_LETTER = rf"[[\w]--[_{UNSPACED}]]"
_WORD = regex.compile(rf"(?V1)[{UNSPACED}]|{_LETTER}+")
_SINGLE = regex.compile(rf"(?V1)[{UNSPACED}]")
#: What may stand between two words. Folding case makes letters of letters, so that words begin and
#: end in a folded text where they do in the text itself.
_BETWEEN = r"[[^\w]||[_]]*"


#: So many texts are joined. One rare character makes Python keep each of a string in four bytes;
#: so it takes the memory of its neighbours, and not of a whole record.
_A_SHELF = 256


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Some texts in a row: the number of the first, all of them without case, where each ends."""

    first: int
    joined: str
    ends: NDArray[np.int64]


class Phrases:
    """The paragraphs of a record, to be asked for phrases; made ready when the first one is."""

    def __init__(self, texts: Sequence[str], bm25: PostingsBM25) -> None:
        """Take all paragraphs' *texts*, which *bm25* numbers from 0 in the same order."""
        self._texts, self._bm25 = texts, bm25
        #: The texts without case, many in one, so that a word is looked for once in all of them.
        self._shelves: list[_Shelf] = []

    def standing(self, phrase: str) -> Chosen:
        """Return in which paragraphs *phrase* stands: shape (paragraphs,)."""
        standing = np.zeros(len(self._texts), dtype=bool)
        if words := _words(phrase):
            standing[list(self._having(words))] = True
        return standing

    def inflected(self, phrase: str, analyzer: Analyzer) -> Chosen:
        """Return in which paragraphs *phrase* stands or other forms of its words: "port", "ports".

        The *analyzer* tells what are forms of one word.
        """
        standing = self.standing(phrase)
        if terms := tuple(analyzer.analyse(phrase).terms):
            standing[self._bm25.having(terms)] = True
        return standing

    def _having(self, words: list[str]) -> Iterator[int]:
        """Return the paragraphs in which *words* stand, one after the other."""
        if not self._shelves:
            numbers = range(0, len(self._texts), _A_SHELF)
            self._shelves = [
                _shelf(number, self._texts[number : number + _A_SHELF]) for number in numbers
            ]
        pattern = regex.compile("(?V1)" + _BETWEEN.join(map(_standing_alone, words)))
        # Looking for a word is far quicker than for the pattern; most paragraphs have no longest.
        longest = max(words, key=len)
        for shelf in self._shelves:
            at = shelf.joined.find(longest)
            while at >= 0:
                number = int(np.searchsorted(shelf.ends, at, side="right"))
                begin, end = int(shelf.ends[number - 1]) if number else 0, int(shelf.ends[number])
                if pattern.search(shelf.joined, begin, end):
                    yield shelf.first + number
                at = shelf.joined.find(longest, end)


def _shelf(first: int, texts: Sequence[str]) -> _Shelf:
    folded = [text.casefold() for text in texts]
    ends = np.cumsum([len(text) + 1 for text in folded])
    return _Shelf(first, "\n".join(folded), ends)


def _standing_alone(word: str) -> str:
    """Return the pattern of *word* where it is no part of a longer one."""
    escaped = regex.escape(word)
    return escaped if _SINGLE.match(word) else f"(?<!{_LETTER}){escaped}(?!{_LETTER})"


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
