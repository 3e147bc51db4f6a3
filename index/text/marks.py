"""Compares the accents that a word is written with: año and ano, papá and papa, Đường and Dương.

``folding`` makes such words equal, as most people leave accents out. Who types one means it.
"""

from __future__ import annotations

import re
import unicodedata

from index.text.folding import fold

#: Latin letters with a mark; in other scripts people do not choose whether to type it.
_MARKED = re.compile(r"[\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f]")


def has_marks(word: str) -> bool:
    """Return whether *word* has a Latin letter with a mark."""
    return not word.isascii() and bool(_MARKED.search(word))


def same_marks(word: str, other: str) -> bool:
    """Return whether two words have the same marks, as far as they have the same letters.

    >>> same_marks("año", "años"), same_marks("año", "anos"), same_marks("papá", "papado")
    (True, False, False)
    """
    one, two = (unicodedata.normalize("NFC", text).casefold() for text in (word, other))
    for letter, counterpart in zip(one, two, strict=False):
        if letter != counterpart:
            return fold(letter) != fold(counterpart)
    return True
