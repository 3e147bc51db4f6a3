"""Finds the paragraphs that have a phrase exactly: the same words in the same order.

Case, punctuation, the shape of quotation marks and apostrophes, and whether an accent is a
character of its own do not count. Words are not stemmed, and no other word may stand between them,
not even a stop word. A phrase may reach across the end of a sentence.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import regex
from cachetools import LRUCache

from index.postings.bm25 import Mask, Numbers, PostingsBM25
from index.text.terms import Analyzer
from index.text.words import UNSPACED, is_indexed_alone

#: A word, or a single character of a script without spaces. Apostrophes and hyphens separate words,
#: in the phrase as in the text.
_LETTER = rf"[[\w]--[_{UNSPACED}]]"
_WORD = regex.compile(rf"(?V1)[{UNSPACED}]|{_LETTER}+")
_SINGLE = regex.compile(rf"(?V1)[{UNSPACED}]")
#: Characters that make Arabic and Indic letters join or not; the word is the same without them.
_JOINERS = regex.compile("[\u200c\u200d]+")
#: What may stand between two words. Case folding turns letters into letters, so words begin and end
#: in a folded text where they do in the text itself.
_BETWEEN = r"[[^\w]||[_]]*"

#: Where this many words stand is remembered: a byte for each paragraph and word.
_REMEMBERED = 32


class ExactPhrases:
    """Searches the paragraphs of a record for phrases; prepared when the first is looked for.

    The postings of a phrase's terms narrow the search to a few paragraphs, whose texts are read.
    """

    def __init__(
        self,
        texts: Sequence[str],
        bm25: PostingsBM25,
        spellings: Callable[[], Iterable[tuple[str, str, str]]],
    ) -> None:
        """Take all paragraphs' *texts*, which *bm25* numbers from 0 in the same order.

        *spellings* gives all their words as written, with terms and forms, as ``Analyzer`` does.
        """
        self._texts, self._bm25, self._spellings = texts, bm25, spellings
        #: The terms of each case-folded word; none for a word that is not always indexed, as "the".
        self._terms: dict[str, tuple[str, ...]] = {}
        #: Where words without postings stand, which takes reading all texts to find out.
        self._without_postings: LRUCache[str, Mask] = LRUCache(_REMEMBERED)

    def prepare(self) -> None:
        """Do now what the first phrase would have to wait for."""
        if self._terms:
            return
        for written, term, form in self._spellings():
            for word in _words(written):
                # Equal words share one string, as there are tens of thousands.
                key = form if word == form else word
                known = self._terms.get(key, (term,))
                if not term or not known:
                    self._terms[key] = ()
                elif term not in known:
                    self._terms[key] = (*known, term)
                else:
                    self._terms[key] = known

    def having(self, phrase: str) -> Mask:
        """Return which paragraphs have *phrase*: shape (paragraphs,)."""
        words = _words(phrase)
        self.prepare()
        if len(words) != 1 or self._terms_of(words[0]) != ():
            return self._search(words)
        if words[0] not in self._without_postings:
            self._without_postings[words[0]] = self._search(words)
        return self._without_postings[words[0]].copy()

    def _search(self, words: list[str]) -> Mask:
        found = np.zeros(len(self._texts), dtype=bool)
        if words:
            pattern = _pattern(words)
            # Looking for one word first is far quicker than matching the pattern.
            longest = max(words, key=len)
            for number in self._likely(words):
                text = _plain(self._texts[number]).casefold()
                found[number] = longest in text and bool(pattern.search(text))
        return found

    def having_inflected(self, phrase: str, analyzer: Analyzer) -> Mask:
        """Return which paragraphs have *phrase*, or other forms of its words: "port", "ports".

        Two words are forms of one if the *analyzer* gives them the same term.
        """
        found = self.having(phrase)
        if terms := tuple(analyzer.analyse(phrase).terms):
            found[self._bm25.having(terms)] = True
        return found

    def _likely(self, words: Sequence[str]) -> Iterable[int]:
        """Return the paragraphs that may have *words*, by the terms of the words.

        All paragraphs, if no word is always indexed, or the script is indexed by pairs of
        characters.
        """
        likely: list[Numbers] = []
        for word in words:
            terms = self._terms_of(word)
            if terms is None:
                return ()
            if terms:
                likely.append(self._bm25.having_any(terms))
        if not likely:
            return range(len(self._texts))
        common = min(likely, key=len)
        for numbers in likely:
            common = np.intersect1d(common, numbers, assume_unique=True)
        found: list[int] = common.tolist()
        return found

    def _terms_of(self, word: str) -> tuple[str, ...] | None:
        """Return the terms of the tokens that *word* can be or be part of; empty if unknown.

        ``None`` if no paragraph has *word*.
        """
        if _SINGLE.match(word):
            return (word,) if is_indexed_alone(word) else ()
        if word in self._terms:
            return self._terms[word]
        # Unusual characters may be part of what the index takes for a word.
        return None if word.isascii() and word.isalpha() else ()


def missing_from(phrases: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Return which of *phrases* none of *texts* has; a phrase may be cut short by "…"."""
    plain = [_plain(text).casefold() for text in dict.fromkeys(texts)]
    missing = []
    for phrase in phrases:
        whole = phrase[:-1].rpartition(" ")[0] if phrase.endswith("…") else phrase
        words = _words(whole)
        pattern = _pattern(words)
        if not words or not any(pattern.search(text) for text in plain):
            missing.append(phrase)
    return missing


def _pattern(words: Sequence[str]) -> regex.Pattern[str]:
    return regex.compile("(?V1)" + _BETWEEN.join(map(_whole_word, words)))


def _whole_word(word: str) -> str:
    """Return the pattern of *word*, where it is not part of a longer one."""
    escaped = regex.escape(word)
    return escaped if _SINGLE.match(word) else f"(?<!{_LETTER}){escaped}(?!{_LETTER})"


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(_plain(text))]


def _plain(text: str) -> str:
    """Return *text* as it is compared: composed, and without joiners, which are invisible."""
    return text if text.isascii() else _JOINERS.sub("", unicodedata.normalize("NFC", text))
