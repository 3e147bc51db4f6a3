"""Finds names in statements that make good questions: "Karakoram Highway", "Gwadar Port".

Which of them the record answers is ``search``'s to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import regex

#: Two to four words with capitals, not at the head of a sentence: people, places and plans.
_NAME = regex.compile(r"(?<=[\p{Ll},;(“] ?)\b\p{Lu}[\p{L}\p{N}-]+(?: \p{Lu}[\p{L}\p{N}-]+){1,3}")
#: A suggestion becomes a button; a longer name would not fit one.
MAX_BYTES = 48


@lru_cache(maxsize=4096)
def names_in(text: str) -> tuple[str, ...]:
    """Return the names in *text*, in the order in which they stand.

    >>> names_in("A road leads to Gwadar Port, and from Gwadar Port to China.")
    ('Gwadar Port', 'Gwadar Port')
    """
    return tuple(name for name in _NAME.findall(text) if len(name.encode()) <= MAX_BYTES)


def recurring_names(texts: Iterable[str]) -> list[str]:
    """Return the names that stand in more than one of *texts*, those in most of them first.

    A name that recurs is a name; a run of capitals that stands once may be an accident.
    """
    counts = Counter(name for text in texts for name in dict.fromkeys(names_in(text)))
    return [name for name, count in counts.most_common() if count > 1]
