"""Tells the language of a text in Latin or Cyrillic letters by its common words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from documents.judging.readable import shares_of_common_words

#: A language is told if so large a share of the words is common in it, and so much more than in
#: the next.
_LEAST, _AHEAD = 0.3, 0.05
#: Words that tell a language, of a text; a line of names does not.
_FEWEST = 20


def language_by_words(texts: Sequence[str]) -> str:
    """Return the code of the language of *texts*; empty if they are too short to tell."""
    shares = shares_of_common_words(texts, _FEWEST)
    if len(shares) < 2:
        return ""
    (best, share), (_, next_share) = sorted(shares.items(), key=lambda one: -one[1])[:2]
    if share < _LEAST or share - next_share < _AHEAD:
        return ""
    return _code_of(best)


@cache
def _code_of(name: str) -> str:
    """Return the code of the language with the English *name*, such as "Norwegian_Bokmal"."""
    from babel import Locale  # noqa: PLC0415  # 50 ms, and seldom needed

    plain = name.replace("_", " ").replace("Bokmal", "Bokmål").casefold()
    names = {one.casefold(): code for code, one in Locale("en").languages.items()}
    return str(names.get(plain, ""))
