"""Finds the words of one language that deny, such as "not" and "don't"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

_PUNCTUATION = ",.;:?!।۔"
_WORD = regex.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class Negations:
    """The words of one language that deny."""

    #: In lower case, with straight apostrophes.
    words: frozenset[str]
    #: What else ends a word that denies: "n't".
    endings: tuple[str, ...] = ()

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the (start, stop) of each word in *text* that denies.

        >>> negations(["not", "*n't"]).spans("You did not, or don't.")
        [(8, 11), (16, 21)]
        """
        plain = text.lower().replace("’", "'")
        if len(plain) != len(text):
            return []
        found = []
        for match in _WORD.finditer(plain):
            word = match[0].strip("'")
            if word in self.words or word.endswith(self.endings):
                found.append(match.span())
        return found

    def may_be_in(self, text: str) -> bool:
        """Return whether one of the words may be in *text*, so far as is quickly told."""
        plain = text.lower()
        for ending in self.endings:
            if ending in plain:
                return True
        return not self.words.isdisjoint(plain.rstrip(_PUNCTUATION).split())


def negations(listed: Iterable[str]) -> Negations | None:
    """Return the words *listed* in a language's file; ``None`` if there are none."""
    words = frozenset(listed)
    written = (word[1:] for word in words if word.startswith("*"))
    endings = tuple(one for word in written for one in {word, word.replace("'", "’")})
    return Negations(words, endings) if words else None
