"""Tells names that are common words too: Price, Brown, May.

A word is common if the record writes it in small letters, as a name never is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from index.postings.bm25 import PostingsBM25
from index.postings.weak_methods import weakly
from index.text.terms import Analyzer

#: So many of the paragraphs that have the word are looked at.
_LOOKED_AT = 50
#: The results for this many words are cached; a bound, as users may type anything.
_CACHED = 1024


class CommonWords:
    """The words of a record in small letters; built once."""

    def __init__(self, texts: Sequence[str], bm25: PostingsBM25) -> None:
        """Look at *texts*, whose postings are *bm25*'s."""
        self._texts, self._bm25 = texts, bm25
        self._cached = lru_cache(maxsize=_CACHED)(weakly(self._find))

    def has(self, word: str, analyzer: Analyzer) -> bool:
        """Return whether some text has *word* in small letters."""
        terms = analyzer.analyse(word).terms
        return len(terms) == 1 and self._cached(word.lower(), terms[0])

    def _find(self, word: str, term: str) -> bool:
        found = self._bm25.postings(term)
        if found is None:
            return False
        small = regex.compile(rf"(?<!\w){regex.escape(word)}(?!\w)")
        numbers = self._bm25.paragraphs[found][:_LOOKED_AT].tolist()
        return any(small.search(self._texts[number]) for number in numbers)
