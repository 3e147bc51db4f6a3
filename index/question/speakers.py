"""Knows the speakers of a record by their names and roles, and finds them as people write them.

``from:`` takes the beginnings of words. A question's wording is read more strictly: all words of a
name or role, a surname or a full name for a speaker named with a title, names without their marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.question.names_by_word import NamesByWord, spellings, words_of

Chosen = NDArray[np.bool_]

#: Titles before a name, folded.
_BEFORE_NAMES = """
mr mrs ms miss dr sir lord lady baroness madam secretary president minister prime ambassador senator
spokesperson the
"""
TITLES = frozenset(_BEFORE_NAMES.split())
#: A name with so many words, titles apart, is a whole one; with others beside it, it names several.
_FEWEST = 2
#: A shorter word is no surname but initials: U.S.
_SHORTEST_SURNAME = 3
#: Shorter words have too many neighbours to be another spelling of a name.
_SHORTEST = 6


class Speakers:
    """The different speakers of a record, each told by its number from 0; built once."""

    def __init__(self, speakers: Sequence[tuple[str, str]]) -> None:
        """Keep *speakers*, each a name and a role, in the order of their numbers."""
        self._listed = speakers
        self._both = NamesByWord(f"{name} {role}" for name, role in speakers)
        self._names = NamesByWord(name for name, _ in speakers)
        #: The speakers who are named by a title and a surname, by the surname.
        self._titled: dict[str, list[tuple[int, frozenset[str]]]] = {}
        #: The first words of the names by their last, titles apart.
        self._first_words: dict[str, set[str]] = {}
        #: How many speakers have each word in their names.
        self._words: Counter[str] = Counter()
        for number, (name, _) in enumerate(speakers):
            own = [word for word in words_of(name.split(",")[0]) if word not in TITLES]
            if own and len(own[-1]) >= _SHORTEST_SURNAME:
                self._first_words.setdefault(own[-1], set()).add(own[0])
            for words in spellings(name):
                self._words.update(set(words))
                untitled = [word for word in words if word not in TITLES]
                if untitled and len(untitled) < len(words):
                    self._titled.setdefault(untitled[-1], []).append((number, frozenset(untitled)))

    def beginning(self, name: str) -> Chosen:
        """Return whose name or role has, for each word of *name*, a word that begins with it."""
        chosen = np.zeros(len(self._listed), dtype=bool)
        for words in spellings(name):
            chosen |= self._both.beginning(words)
        return chosen

    def named(self, name: str) -> Chosen:
        """Return whose name has all words of *name*, or else whose name and role have.

        A speaker whom the record names by title and surname is found by the full name too: MR PRICE
        as Ned Price. If nobody is found, a long word may be spelt with a letter more or less:
        Zelensky, Zelenskyy.
        """
        found = self._having(name)
        if not found.any() and len(words := words_of(name)) <= 2:
            near = [self._near(word) for word in words]
            if any(one != word for one, word in zip(near, words, strict=True)):
                found = self._having(" ".join(near))
        return found

    def is_name(self, text: str) -> bool:
        """Return whether *text* is a speaker's surname or whole name, not only an office.

        What follows a comma is no part of the name: "Antony Blinken, Secretary of State".
        """
        words = [word for word in words_of(text) if word not in TITLES]
        firsts = self._first_words.get(words[-1], ()) if words else ()
        return bool(firsts) and (len(words) == 1 or words[0] in firsts)

    def written(self, chosen: Chosen) -> tuple[str, ...]:
        """Return the names of those *chosen*, each person's once as far as the words tell.

        Of SECRETARY BLINKEN, "Antony Blinken" and "Antony Blinken, Josep Borrell", the second.
        """
        names = list(dict.fromkeys(self._listed[n][0] for n in np.flatnonzero(chosen).tolist()))
        words = {name: frozenset(words_of(name)) - TITLES for name in names}
        alone = [
            name
            for name in names
            if not any(
                _FEWEST <= len(words[one]) < len(words[name]) and words[one] < words[name]
                for one in names
            )
        ]
        return tuple(name for name in alone if not any(words[name] < words[one] for one in alone))

    def _having(self, name: str) -> Chosen:
        found = np.zeros(len(self._listed), dtype=bool)
        for words in spellings(name):
            if not words:
                continue
            found |= self._names.having(words)
            for number, untitled in self._titled.get(words[-1], ()):
                found[number] |= untitled.issubset(words)
        if not found.any():
            for words in spellings(name):
                found |= self._both.having(words)
        return found

    def _near(self, word: str) -> str:
        """Return the word of the speakers' names that differs from *word* by its last letter."""
        if len(word) < _SHORTEST or word in self._words:
            return word
        # Also without an apostrophe: blinkens.
        endings: Iterable[str] = (word[:-1], word + word[-1], word[:-1] + "y", word[:-1] + "i")
        return next((one for one in endings if one in self._words), word)
