"""Cuts a sentence into words, as names and verbs of saying are looked for in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import regex

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.\-]*+")
#: Phrases by their first words, each in words, the longest first.
Phrases = dict[str, list[list[str]]]


class Word(NamedTuple):
    """A word of a sentence; there are many, and a tuple is quick to make."""

    text: str
    #: In small letters, without the full stop of an abbreviation.
    lower: str
    start: int
    #: What stands between it and the word before.
    gap: str

    @property
    def is_capital(self) -> bool:
        """Whether it begins like a name."""
        return self.text[0].isupper()

    @property
    def is_possessive(self) -> bool:
        """Whether it ends as "Biden's" does."""
        return self.lower.endswith(("'s", "s'"))


def words_of(text: str) -> list[Word]:
    """Return the words of *text*, in order."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        start, word = match.start(), match.group()
        lower = word.lower().rstrip(".").replace("’", "'")
        words.append(Word(word, lower, start, text[end:start]))
        end = match.end()
    return words


def written(words: Sequence[Word], start: int, stop: int) -> str:
    """Return the words as they stand in the text."""
    first, *rest = words[start:stop]
    return first.text + "".join(word.gap + word.text for word in rest)


def by_first_word(phrases: Iterable[str]) -> Phrases:
    """Return *phrases* by their first words."""
    by_first: Phrases = {}
    for phrase in sorted((phrase.split() for phrase in phrases), key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    return by_first


def starts_with(words: Sequence[Word], start: int, phrases: Phrases) -> int:
    """Return where the longest of *phrases* at *start* ends; 0 if none stands there."""
    for phrase in phrases.get(words[start].lower, ()) if start < len(words) else ():
        stop = start + len(phrase)
        if [word.lower for word in words[start:stop]] == phrase:
            return stop
    return 0
