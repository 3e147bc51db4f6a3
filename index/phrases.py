"""Finds the paragraphs in which a phrase stands exactly: the same words in the same order.

Punctuation, the shape of quotation marks and apostrophes, and case do not count; nothing is
stemmed, and nothing may stand between, not even a small word. A sentence may end within.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import regex

from index.bm25 import PostingsBM25
from index.folding import fold
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
#: Half a surrogate pair, which a question may have, is looked for like any character.
_HALVES = "surrogatepass"


class Phrases:
    """The paragraphs of a record, to be asked for phrases; made ready when the first one is."""

    def __init__(
        self, texts: Sequence[str], bm25: PostingsBM25, count: Callable[[str], int]
    ) -> None:
        """Take all paragraphs' *texts*, which *bm25* numbers from 0 in the same order.

        *count* tells how many tokens on record have a form, 0 if that is not known.
        """
        self._texts, self._bm25, self._count = texts, bm25, count
        #: The texts without case, all in one, so that a word is looked for once in all of them; and
        #: where each ends. As UTF-8: Python's own strings take two or four times the memory for the
        #: sake of one curly quotation mark.
        self._joined, self._ends = bytearray(), array("q")

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
        self._join()
        pattern = regex.compile("(?V1)" + _BETWEEN.join(map(_standing_alone, words)))
        # Looking for a word is far quicker than for the pattern, and few paragraphs have a rare one.
        rarest = _encoded(min(words, key=self._rank))
        at = self._joined.find(rarest)
        while at >= 0:
            number = bisect_right(self._ends, at)
            begin, end = self._ends[number - 1] if number else 0, self._ends[number]
            if pattern.search(self._joined[begin:end].decode("utf-8", _HALVES)):
                yield number
            at = self._joined.find(rarest, end)

    def _rank(self, word: str) -> tuple[float, int]:
        """Return what is less for a rarer *word*; a small word is not counted, and short."""
        return self._count(fold(word)) or math.inf, -len(word)

    def _join(self) -> None:
        if not self._ends:
            for text in self._texts:
                self._joined += _encoded(f"{text.casefold()}\n")
                self._ends.append(len(self._joined))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", _HALVES)


def _standing_alone(word: str) -> str:
    """Return the pattern of *word* where it is no part of a longer one."""
    escaped = regex.escape(word)
    return escaped if _SINGLE.match(word) else f"(?<!{_LETTER}){escaped}(?!{_LETTER})"


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
