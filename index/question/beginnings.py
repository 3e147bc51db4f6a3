"""Finds the words on record that begin as a word does that is still being typed.

``query_reader`` decides whether the last word of a question is one; here a beginning is completed.
"""

from __future__ import annotations

from heapq import nlargest

from index.postings.forms import Forms

#: A shorter beginning, in characters, is that of too many words to show anything by it.
_SHORTEST = 3
#: So many words at most complete a beginning. With three letters typed it has hundreds in a large
#: record, and the commonest of them are what is searched for most.
_MOST = 8


class Beginnings:
    """The words of one record, to be found by how they begin."""

    def __init__(self, words: Forms) -> None:
        """Take the folded *words* on record."""
        self._words = words

    def completed(self, beginning: str) -> list[str]:
        """Return the words that begin with the folded *beginning*, the commonest first.

        None for fewer than three characters, and never more than eight. *beginning* itself is none
        of them.

        >>> words = Forms.of({"kashmir": 9, "kashgar": 2, "cash": 5})
        >>> Beginnings(words).completed("kash")
        ['kashmir', 'kashgar']
        """
        if len(beginning) < _SHORTEST:
            return []
        longer = (word for word in self._words.beginning(beginning) if word != beginning)
        return nlargest(_MOST, longer, key=self._words.__getitem__)
