"""Gives the function that stems the folded words of a language.

The stemmers are Snowball's. What folding took away and a stemmer needs is put back here.
"""

from __future__ import annotations

from collections.abc import Callable

import Stemmer

from index.text.language import Language

#: In Arabic, words shorter than this that end in ه do not end in what is also written ة.
_SHORTEST_FEMININE = 4


def stemming(language: Language) -> Callable[[str], str]:
    """Return the function from a folded word of *language* to its stem, never empty.

    A word stays as it is where Snowball, or the version of it at hand, does not know the language.

    >>> stemming(Language("en", stemmer="english"))("roads")
    'road'
    """
    if language.stemmer not in Stemmer.algorithms():
        return str
    stem: Callable[[str], str] = Stemmer.Stemmer(language.stemmer, 0).stemWord
    if language.stemmer == "arabic":
        return lambda word: stem(_feminine(word)) or word
    return lambda word: stem(word) or word


def _feminine(word: str) -> str:
    """Return *word* with the final ه, to which ة is folded, as ة: the ending the stemmer knows."""
    if len(word) >= _SHORTEST_FEMININE and word.endswith("ه"):
        return word[:-1] + "ة"
    return word
