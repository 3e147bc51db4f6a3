"""Finds names in statements that make good questions: "Karakoram Highway", "Gwadar Port".

``search`` decides whether the record answers them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import regex

#: Two to four capitalised words, not at the beginning of a sentence.
_NAME = regex.compile(r"(?<=[\p{Ll},;(“] ?)\b\p{Lu}[\p{L}\p{N}-]+(?: \p{Lu}[\p{L}\p{N}-]+){1,3}")
#: A longer name would not fit the button that a suggestion becomes.
MAX_BYTES = 48


@lru_cache(maxsize=4096)
def names_in(text: str) -> tuple[str, ...]:
    """Return the names in *text*, in order.

    >>> names_in("A road leads to Gwadar Port, and from Gwadar Port to China.")
    ('Gwadar Port', 'Gwadar Port')
    """
    return tuple(name for name in _NAME.findall(text) if len(name.encode()) <= MAX_BYTES)


def recurring_names(texts: Iterable[str]) -> list[str]:
    """Return the names that more than one of *texts* has, the commonest first.

    Capitalised words that occur in a single text may not be a name.
    """
    counts = Counter(name for text in texts for name in dict.fromkeys(names_in(text)))
    return [name for name, count in counts.most_common() if count > 1]
