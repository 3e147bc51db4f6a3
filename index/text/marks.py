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
    """Return whether *other* is written with the marks of *word*, as far as its letters are these.

    Capitals are often written without. A letter that is two without its mark is not the same: ß.

    >>> same_marks("año", "años"), same_marks("año", "anos"), same_marks("papá", "papado")
    (True, False, False)
    >>> same_marks("pêche", "PECHE"), same_marks("Muße", "Musse")
    (True, False)
    """
    if len(other) > 1 and other.isupper() and not has_marks(other):
        return True
    one, two = (unicodedata.normalize("NFC", text).lower() for text in (word, other))
    for letter, counterpart in zip(one, two, strict=False):
        if letter != counterpart:
            plain, other_plain = fold(letter), fold(counterpart)
            return not (plain.startswith(other_plain) or other_plain.startswith(plain))
    return True
