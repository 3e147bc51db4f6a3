"""Splits a text into terms, each with its place in the original text.

The text is split as it is and each word is folded afterwards, because lower-casing can change a
text's length: offsets never come from folded text. Offsets are in characters (code points), end
exclusive.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex
import Stemmer

from index.language import Language

#: Scripts written without spaces; their runs are split into overlapping pairs of characters.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD = regex.compile(
    rf"""(?V1)
    (?P<unspaced> [{_UNSPACED}]+ )
  | (?: \p{{L}} (?:\.\p{{L}})+ \b \.? )                     # U.S., H.E., U.N
  | (?: \d{{1,3}} (?:,\d{{3}})+ (?:\.\d+)? (?!\w) )         # 1,000 and 1,000.5
  | (?: \d+ \.\d+ (?!\w) )                                  # 26.5
  | (?: [[\w]--[_{_UNSPACED}]]+ (?: ['’] [[\w]--[_{_UNSPACED}]]+ )* )
    """,
    regex.VERBOSE,
)
#: Accents and vowel points, which people leave out when they type; the vowel signs of Devanagari
#: and its relatives are letters, and stay.
_ACCENTS = regex.compile(r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640]")
_QUESTION_MARK = regex.compile(r"[?？؟]")
_CLITIC = regex.compile(r"'(?:s|ll|re|ve|d|m)$")


@dataclass(frozen=True, slots=True)
class Token:
    """A term and the slice of the text it was made from."""

    start: int
    stop: int
    term: str


@dataclass(frozen=True, slots=True)
class Terms:
    """All tokens of one text, as columns of equal length."""

    terms: list[str]
    starts: list[int]
    stops: list[int]

    def tokens(self) -> list[Token]:
        """Return the rows."""
        rows = zip(self.starts, self.stops, self.terms, strict=True)
        return [Token(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about."""

    #: The terms that tell it, in the question's order.
    terms: tuple[str, ...]
    #: Whether nothing makes it a question: "the Gwadar port", not "Is there a port at Gwadar?".
    bare: bool


class Analyzer:
    """Makes terms of the words of one language; built once, as it remembers every word's term."""

    def __init__(self, language: Language) -> None:
        """Make terms as *language* says."""
        self.language = language
        stemmer = Stemmer.Stemmer(language.stemmer, 0) if language.stemmer else None
        self._stem = stemmer.stemWord if stemmer else str
        #: Word as written -> its term, or ``None`` for a stop word. Grows with the vocabulary.
        self._known: dict[str, str | None] = {}

    def analyse(self, text: str) -> Terms:
        """Return the terms of *text*, stop words left out."""
        terms: list[str] = []
        starts: list[int] = []
        stops: list[int] = []
        known = self._known
        for match in _WORD.finditer(text):
            word = match.group()
            start, stop = match.span()
            if match.lastgroup and stop - start > 1:
                for offset in range(stop - start - 1):
                    terms.append(fold(word[offset : offset + 2]))
                    starts.append(start + offset)
                    stops.append(start + offset + 2)
                continue
            term = known[word] if word in known else self._learn(word)
            if term is not None:
                terms.append(term)
                starts.append(start)
                stops.append(stop)
        return Terms(terms, starts, stops)

    def subject(self, question: str) -> Subject:
        """Return what *question* is about.

        Question words are dropped, unless nothing else is asked.
        """
        analysed = self.analyse(question)
        told = [
            token.term
            for token in analysed.tokens()
            if fold(question[token.start : token.stop]) not in self.language.question_words
        ]
        asks = len(told) < len(analysed.terms) or bool(_QUESTION_MARK.search(question))
        return Subject(tuple(told or analysed.terms), bare=not asks)

    def _learn(self, word: str) -> str | None:
        folded = fold(word)
        term = None if folded in self.language.stop_words else self._stem(folded) or folded
        self._known[word] = term
        return term


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """Return *word* as words are compared: lower case, no accents, no dots or thousands commas.

    >>> [fold(w) for w in ("Pakistan’s", "U.S.", "1,000", "26.5", "Élysée")]
    ['pakistan', 'us', '1000', '26.5', 'elysee']
    """
    folded = word.lower().replace("’", "'")
    if not folded.isascii():
        accentless = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded))
        folded = unicodedata.normalize("NFC", accentless) or folded
    if folded[0].isdigit():
        return folded.replace(",", "")
    return _CLITIC.sub("", folded).replace("'", "").replace(".", "") or folded
