"""Stems the folded words of a language with Snowball's stemmers.

Letters that folding changed and a stemmer needs are restored here.
"""

from __future__ import annotations

from collections.abc import Callable

import Stemmer

from index.text.language import Language

#: In a shorter Arabic word, a final ه is not another spelling of ة.
_SHORTEST_FEMININE = 4


def stemming(language: Language) -> Callable[[str], str]:
    """Return the function from a folded word of *language* to its stem, which is never empty.

    If the installed version of Snowball does not know the language, words stay as they are.

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
    """Return *word* with a final ه as ة, which is folded to ه and which the stemmer knows."""
    if len(word) >= _SHORTEST_FEMININE and word.endswith("ه"):
        return word[:-1] + "ة"
    return word
