"""Finds the words of names in the other forms that a sentence gives them.

A Russian name has cases (Путин, Путина), an Arabic one has an article and small words written
together with it (السفير, للسفير). Two forms are of one word if they are equal without an ending or
such a beginning, which is enough to tell the few words of a record's names and roles apart.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

#: Shorter beginnings of words are common to many.
_SHORTEST_CYRILLIC, _SHORTEST_ARABIC = 4, 3
_CYRILLIC, _ARABIC = regex.compile(r"\p{Cyrillic}+"), regex.compile(r"\p{Arabic}+")
_RUSSIAN_ENDINGS = """
ого его ому ему ыми ими ами ями ая яя ой ей ый ий ую юю ым им ом ем ам ям ах ях
а я у ю е ы и ь о й
"""
_ARABIC_BEGINNINGS = "و ف ب ل ك ال لل وال فال بال كال ولل"
#: Endings of nouns, of adjectives, and of surnames that are declined as adjectives.
_ENDINGS = frozenset(_RUSSIAN_ENDINGS.split())
#: And, so, by, to, like; the article; and both.
_BEGINNINGS = frozenset(_ARABIC_BEGINNINGS.split())


class Inflected:
    """The words of names, by what their forms have in common; built once."""

    def __init__(self, words: Iterable[str]) -> None:
        """Keep those of *words*, folded, that have other forms."""
        self._words: dict[str, str] = {}
        for word in words:
            if not word.isascii():
                for base in _bases(word):
                    self._words.setdefault(base, word)

    def find(self, word: str) -> str:
        """Return the word of which *word*, folded, is another form; *word* itself if of none."""
        if word.isascii() or not self._words:
            return word
        return next((self._words[base] for base in _bases(word) if base in self._words), word)


def _bases(word: str) -> list[str]:
    """Return *word* and what it may be a form of, if it is Cyrillic or Arabic; else nothing."""
    if _CYRILLIC.fullmatch(word):
        return [word, *_shorter(word, _SHORTEST_CYRILLIC, from_end=True)]
    if _ARABIC.fullmatch(word):
        return [word, *_shorter(word, _SHORTEST_ARABIC, from_end=False)]
    return []


def _shorter(word: str, shortest: int, *, from_end: bool) -> list[str]:
    found: list[str] = []
    for length in (1, 2, 3):
        cut, rest = (word[-length:], word[:-length]) if from_end else (word[:length], word[length:])
        if len(rest) >= shortest and cut in (_ENDINGS if from_end else _BEGINNINGS):
            found.append(rest)
    return found
