"""Tells at a glance that a question has none of many phrases, as most have not.

Each phrase has a word without which it cannot stand in a question, and mostly several.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass

from index.text.folding import fold
from index.text.question_phrases import PART

_WORD, _DIGIT = re.compile(r"\w+"), re.compile(r"\d")
#: An apostrophe within a word, but for "'s", is no mark between words where words are compared.
_APOSTROPHE = re.compile(r"'(?!s\b)\w")


@dataclass(frozen=True, slots=True)
class Glance:
    """What is seen of a question at a glance: its words, in lower case."""

    words: frozenset[str]
    has_digit: bool
    #: Whether no word is written with other letters or marks than a phrase has.
    is_plain: bool

    @classmethod
    def at(cls, question: str) -> Glance:
        """Return what is seen of *question*."""
        text = question.lower()
        has_digit = _DIGIT.search(text) is not None
        is_plain = text.isascii() and _APOSTROPHE.search(text) is None
        return cls(frozenset(_WORD.findall(text)), has_digit, is_plain)


class TellingWords:
    """The words of which a question has one, if it has one of some phrases."""

    def __init__(
        self, phrases: Iterable[str], script: str, small: Container[str], others: Iterable[str] = ()
    ) -> None:
        """Find a word of each of *phrases*, in the notation of ``question_phrases``.

        It is none of the *small* words, if there are others. A question may also have one of
        *others*.
        """
        #: What else a question has that has a phrase, by the word that tells most.
        self._besides: dict[str, list[list[frozenset[str]]]] = {}
        for phrase in phrases:
            parts = _required_parts(phrase.lower())
            if parts:
                part = max(parts, key=lambda part: _telling(part, small))
                # What has a hyphen or an apostrophe may be written in other ways.
                besides = [one for one in parts if one is not part and all(map(_is_plain, one))]
                for word in _written(part):
                    self._besides.setdefault(word, []).append(list(map(_written, besides)))
        for word in _written(others):
            self._besides.setdefault(word, []).append([])
        self._words = frozenset(self._besides)
        #: In other scripts, words are written together, and have many forms.
        self._tells = script == "Latin"

    def may_be_in(self, glance: Glance) -> bool:
        """Return whether a question, of which *glance* is seen, may have one of the phrases."""
        if not self._tells:
            return True
        if not glance.is_plain:
            return not self._words.isdisjoint(glance.words)
        for word in self._words & glance.words:
            for besides in self._besides[word]:
                if not any(map(glance.words.isdisjoint, besides)):
                    return True
        return False


def _is_plain(word: str) -> bool:
    return word == "'s" or word.isalpha()


def _written(words: Iterable[str]) -> frozenset[str]:
    """Return the forms of *words* in a question; of "'s" or "last week", the last word."""
    forms = {form for word in words for form in (word, fold(word))}
    return frozenset(found[-1] for form in forms if (found := _WORD.findall(form)))


def _required_parts(phrase: str) -> list[list[str]]:
    """Return the parts of *phrase* that cannot be left out, each as its words or its choices."""
    parts = [
        [one.split()[-1] for one in (one_of or word).split("|")]
        for one_of, _, word in PART.findall(phrase)
        if one_of or word
    ]
    return [part for part in parts if not any("*" in word for word in part)]


def _telling(part: list[str], small: Container[str]) -> tuple[bool, int]:
    """Return how much the words of *part*, of which a phrase has one, tell."""
    return not any(word in small for word in part), min(map(len, part))
