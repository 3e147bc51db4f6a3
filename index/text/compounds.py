"""Finds words that are written with hyphens: iron-clad, people-centred, ML-1.

Other writers write them as one word or as two; ``equivalents`` and ``query_reader`` find those.
"""

from __future__ import annotations

import regex

from index.text.folding import fold

#: The hyphen-minus, the hyphen, and the non-breaking hyphen.
HYPHENS = "-\u2010\u2011"
#: A longer chain is not a word but, for instance, a telephone number or a list.
_MOST_PARTS = 4
_MARKS = ".'’"
#: Letters, digits and the marks among them: "U.S.-led", "1.5-degree". Possessive, so that each
#: character is read once.
_RUN = regex.compile(rf"[-{_MARKS}\p{{L}}\p{{M}}\p{{Nd}}]++")


def compounds(text: str) -> list[tuple[str, ...]]:
    """Return the folded parts of each compound of two to four parts in *text*, in order.

    >>> compounds("An iron-clad bond, in 2024-25 and after.")
    [('iron', 'clad')]
    """
    for variant in HYPHENS[1:]:
        text = text.replace(variant, "-")
    if "-" not in text:
        return []
    found: list[tuple[str, ...]] = []
    for word in text.split():
        if "-" not in word:
            continue
        for run in _RUN.findall(word):
            parts = [part.strip(_MARKS) for part in run.strip(_MARKS).split("-")]
            # Without a letter, it is a range of years or a score.
            if 2 <= len(parts) <= _MOST_PARTS and all(parts) and any(map(str.isalpha, run)):
                found.append(tuple(map(fold, parts)))
    return found
