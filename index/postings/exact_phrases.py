"""Finds the paragraphs in which a phrase stands exactly: the same words in the same order.

Punctuation, the shape of quotation marks and apostrophes, and case do not count, nor whether an
accent is a character by itself; nothing is stemmed, and nothing may stand between, not even a small
word. A sentence may end within.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import regex
from cachetools import LRUCache

from index.postings.bm25 import Mask, Numbers, PostingsBM25
from index.text.terms import UNSPACED, Analyzer, is_indexed_alone

#: A word, or a single character of a script without spaces. Apostrophes and hyphens part words, in
#: the phrase as in the text.
_LETTER = rf"[[\w]--[_{UNSPACED}]]"
_WORD = regex.compile(rf"(?V1)[{UNSPACED}]|{_LETTER}+")
_SINGLE = regex.compile(rf"(?V1)[{UNSPACED}]")
#: What tells Arabic and Indic letters to join or not; a word is the same without.
_JOINERS = regex.compile("[\u200c\u200d]+")
#: What may stand between two words. Folding case makes letters of letters, so that words begin and
#: end in a folded text where they do in the text itself.
_BETWEEN = r"[[^\w]||[_]]*"

#: Where this many words stand is remembered: a byte for each paragraph and word.
_REMEMBERED = 32


class ExactPhrases:
    """The paragraphs of a record, to be asked for phrases; made ready when the first one is.

    The postings of a phrase's terms tell where it can stand, and the texts whether it does.
    """

    def __init__(
        self,
        texts: Sequence[str],
        bm25: PostingsBM25,
        spellings: Callable[[], Iterable[tuple[str, str, str]]],
    ) -> None:
        """Take all paragraphs' *texts*, which *bm25* numbers from 0 in the same order.

        *spellings* gives all their words as written, with term and form, as ``Analyzer`` does.
        """
        self._texts, self._bm25, self._spellings = texts, bm25, spellings
        #: The terms of each word that stands in a text by itself, without case; of a word that is
        #: not always indexed, such as "the", none.
        self._terms: dict[str, tuple[str, ...]] = {}
        #: Where words without postings stand, which takes reading all texts to find out.
        self._without_postings: LRUCache[str, Mask] = LRUCache(_REMEMBERED)

    def prepare(self) -> None:
        """Do now what the first phrase would wait for."""
        if self._terms:
            return
        for written, term, form in self._spellings():
            for word in _words(written):
                # One string for both, where they are the same: there are tens of thousands.
                key = form if word == form else word
                known = self._terms.get(key, (term,))
                if not term or not known:
                    self._terms[key] = ()
                elif term not in known:
                    self._terms[key] = (*known, term)
                else:
                    self._terms[key] = known

    def standing(self, phrase: str) -> Mask:
        """Return in which paragraphs *phrase* stands: shape (paragraphs,)."""
        words = _words(phrase)
        self.prepare()
        if len(words) != 1 or self._terms_of(words[0]) != ():
            return self._found(words)
        if words[0] not in self._without_postings:
            self._without_postings[words[0]] = self._found(words)
        return self._without_postings[words[0]].copy()

    def _found(self, words: list[str]) -> Mask:
        standing = np.zeros(len(self._texts), dtype=bool)
        if words:
            pattern = _pattern(words)
            # Looking for a word is far quicker than for the pattern.
            longest = max(words, key=len)
            for number in self._likely(words):
                text = _plain(self._texts[number]).casefold()
                standing[number] = longest in text and bool(pattern.search(text))
        return standing

    def inflected(self, phrase: str, analyzer: Analyzer) -> Mask:
        """Return in which paragraphs *phrase* stands or other forms of its words: "port", "ports".

        The *analyzer* tells what are forms of one word.
        """
        standing = self.standing(phrase)
        if terms := tuple(analyzer.analyse(phrase).terms):
            standing[self._bm25.having(terms)] = True
        return standing

    def _likely(self, words: Sequence[str]) -> Iterable[int]:
        """Return the paragraphs in which *words* can stand in a row, by the terms of their words.

        All, where only small words are asked for, or characters of a script that is indexed by
        pairs of them.
        """
        likely: list[Numbers] = []
        row: list[str] = []
        for word in [*words, ""]:
            terms = self._terms_of(word)
            if terms is None:
                return ()
            # Words of one term each stand side by side as their terms do. Two words of the same
            # term may be one token, as "port’s" is; and between characters stand pairs of them.
            alone = len(terms) == 1 and not _SINGLE.match(word)
            if row and (not alone or terms[0] == row[-1]):
                likely.append(self._bm25.having(tuple(row)))
                row = []
            if alone:
                row.append(terms[0])
            elif terms:
                likely.append(self._bm25.having_any(terms))
        if not likely:
            return range(len(self._texts))
        left = min(likely, key=len)
        for numbers in likely:
            left = np.intersect1d(left, numbers, assume_unique=True)
        numbers_left: list[int] = left.tolist()
        return numbers_left

    def _terms_of(self, word: str) -> tuple[str, ...] | None:
        """Return a term of each token that *word* can be or be a part of, or nothing if unknown.

        ``None`` if *word* stands nowhere.
        """
        if _SINGLE.match(word):
            return (word,) if is_indexed_alone(word) else ()
        if word in self._terms:
            return self._terms[word]
        # What looks like no word of any record may still be a part of what the index takes for one.
        return None if word.isascii() and word.isalnum() else ()


def missing_from(phrases: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Return which of *phrases* stand in none of *texts*; one may be cut by "…" at its end."""
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
    return regex.compile("(?V1)" + _BETWEEN.join(map(_standing_alone, words)))


def _standing_alone(word: str) -> str:
    """Return the pattern of *word* where it is no part of a longer one."""
    escaped = regex.escape(word)
    return escaped if _SINGLE.match(word) else f"(?<!{_LETTER}){escaped}(?!{_LETTER})"


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(_plain(text))]


def _plain(text: str) -> str:
    """Return *text* as it is compared: composed, and without joiners, which nobody sees typed."""
    return text if text.isascii() else _JOINERS.sub("", unicodedata.normalize("NFC", text))
