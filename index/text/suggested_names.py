"""Finds names in statements that make good questions: "Karakoram Highway", "Gwadar Port".

``suggestions`` asks the record whether it answers them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import regex

#: Two to four capitalised words, not at the beginning of a sentence, and not cut off from a longer
#: name: of "Secretary of State Antony J. Blinken" no part is suggested.
_NAME = regex.compile(
    r"(?<=[\p{Ll},;(“] ?)(?<!\p{Lu}[\p{L}\p{N}-]* of )(?<![\p{Ll}\p{N}] \p{Lu}[\p{L}\p{N}-]* )\b"
    r"\p{Lu}[\p{L}\p{N}-]++(?: (?:of )?\p{Lu}[\p{L}\p{N}-]++){1,3}+(?! \p{Lu})"
)
#: What more than this share of the texts has says too little, unless the texts are few.
_COMMON, _FEW = 0.05, 5
#: A longer name would not fit the button that a suggestion becomes.
MAX_BYTES = 48


@lru_cache(maxsize=4096)
def names_in(text: str) -> tuple[str, ...]:
    """Return the names in *text*, in order.

    >>> names_in("A road leads to Gwadar Port, and from Gwadar Port to China.")
    ('Gwadar Port', 'Gwadar Port')
    """
    return tuple(name for name in _NAME.findall(text) if len(name.encode()) <= MAX_BYTES)


def too_common_above(texts: int) -> int:
    """Return how many of so many *texts* may have a name or word that is suggested."""
    return max(_FEW, int(_COMMON * texts))


def recurring_names(texts: Iterable[str]) -> list[str]:
    """Return the names that more than one of *texts* has, but few have, the commonest first.

    Capitalised words that occur in a single text may not be a name.
    """
    listed = [dict.fromkeys(names_in(text)) for text in texts]
    counts = Counter(name for names in listed for name in names)
    most = too_common_above(len(listed))
    return [name for name, count in counts.most_common() if 1 < count <= most]
