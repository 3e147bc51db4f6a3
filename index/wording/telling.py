"""Tells at a glance that a question has none of many phrases, as most have not.

Each phrase has a word without which it cannot stand in a question.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from index.text.folding import fold

_PART = re.compile(r"\[([^\[\]()]+)\]|\([^\[\]()]+\)|([^\s\[\]()]+)")
#: Scripts without spaces between words.
_UNSPACED = ("Han", "Thai")


class TellingWords:
    """The words of which a text has one, if it has one of some phrases; compiled once."""

    def __init__(
        self, phrases: Iterable[str], script: str, small: Container[str], others: Iterable[str] = ()
    ) -> None:
        """Find a word of each of *phrases*, in the notation of ``question_phrases``.

        It is none of the *small* words, if there are others. A text may also have one of *others*.
        """
        words = set(others)
        for phrase in phrases:
            parts = _required_parts(phrase.lower())
            if parts:
                part = max(parts, key=lambda part: _telling(part, small))
                words.update(part)
        forms = {form for word in words for form in (word, fold(word), word.replace("'", "’"))}
        found = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True) if form)
        around = ("", "") if script in _UNSPACED else (r"(?<!\w)", r"(?!\w)")
        self._pattern = re.compile(f"{around[0]}(?:{found or '(?!)'}){around[1]}")

    def may_be_in(self, text: str) -> bool:
        """Return whether *text*, in lower case, may have one of the phrases."""
        return self._pattern.search(text) is not None


def _required_parts(phrase: str) -> list[list[str]]:
    """Return the parts of *phrase* that cannot be left out, each as its words or its choices."""
    parts = [
        [one.split()[-1] for one in (one_of or word).split("|")]
        for one_of, word in _PART.findall(phrase)
        if one_of or word
    ]
    return [part for part in parts if not any("*" in word for word in part)]


def _telling(part: list[str], small: Container[str]) -> tuple[bool, int]:
    """Return how much the words of *part*, of which a phrase has one, tell."""
    return not any(word in small for word in part), min(map(len, part))
