"""Finds the paragraphs in which a phrase stands exactly: the same words in the same order.

Punctuation, the shape of quotation marks and apostrophes, and case do not count; nothing is
stemmed, and nothing may stand between, not even a small word. A sentence may end within.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import regex
from numpy.typing import NDArray

from index.bm25 import PostingsBM25
from index.selection import Chosen
from index.terms import UNSPACED, Analyzer

#: A word, or a single character of a script without spaces. Apostrophes and hyphens part words, in
#: the phrase as in the text.
_WORD = regex.compile(rf"(?V1)[{UNSPACED}]|[[\w]--[_{UNSPACED}]]+")


class Phrases:
    """The paragraphs of a record, to be asked for phrases; made ready when the first one is."""

    def __init__(self, texts: Sequence[str], bm25: PostingsBM25) -> None:
        """Take all paragraphs' *texts*, which *bm25* numbers from 0 in the same order."""
        self._texts, self._bm25 = texts, bm25
        #: All texts in one, without case, so that a word is looked for once; and where each ends.
        self._joined = ""
        self._ends: NDArray[np.int64] | None = None

    def standing(self, phrase: str) -> Chosen:
        """Return in which paragraphs *phrase* stands: shape (paragraphs,)."""
        standing = np.zeros(len(self._texts), dtype=bool)
        if words := _words(phrase):
            standing[[n for n in self._having(words) if _stand(words, self._texts[n])]] = True
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
        """Return the paragraphs that have the longest of *words*, at least as part of another."""
        if self._ends is None:
            folded = [text.casefold() for text in self._texts]
            self._joined = "\n".join(folded)
            self._ends = np.cumsum([len(text) + 1 for text in folded])
        word = max(words, key=len)
        at = self._joined.find(word)
        while at >= 0:
            number = int(np.searchsorted(self._ends, at, side="right"))
            yield number
            at = self._joined.find(word, int(self._ends[number]))


def _stand(words: list[str], text: str) -> bool:
    """Return whether *words* stand in *text*, one after the other."""
    among, length = _words(text), len(words)
    starts = range(len(among) - length + 1)
    return any(
        among[start] == words[0] and among[start : start + length] == words for start in starts
    )


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
