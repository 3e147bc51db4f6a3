"""Knows the speakers of a record by their names and roles, and finds them as people write them.

``from:`` takes the beginnings of words. A question's wording is read more strictly: all words of a
name or role, a surname or a full name for a speaker named with a title, names without their marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, dropwhile

import numpy as np
import regex

from index.question.inflected import Inflected
from index.question.names_by_word import Chosen, NamesByWord, spellings, words_of
from index.question.people_named import PeopleNamed
from index.question.same_speakers import SameSpeakers
from index.question.unspaced_names import UnspacedNames

#: Titles before a name, folded.
_BEFORE_NAMES = """
mr mrs ms miss dr sir lord lady baroness madam secretary president minister prime ambassador senator
spokesperson the foreign pm fm premier chancellor acting deputy former spokesman spokeswoman
"""
TITLES = frozenset(_BEFORE_NAMES.split())
#: A shorter word is no surname but initials: U.S.
_SHORTEST_SURNAME = 3
_SMALL = frozenset({"of", "for", "and", "to"})
#: Before the place to which an ambassador is sent.
_POSTED_TO = ("to", "aupres", "ante")
_POSTED = regex.compile(r"\b(?:to|auprès|ante)\b", regex.IGNORECASE)
_POSSESSIVE = regex.compile(r"['’]s\b")
_NOWHERE: frozenset[str] = frozenset()
#: What stands in the names of states and offices, and tells nobody: the Republic of India.
_STATES = TITLES | frozenset(
    ("of", "republic", "peoples", "people", "s", "u", "islamic", "kingdom", "federation")
)
#: A longer name is that of an institution, or of several speakers.
_LONGEST_NAME = 4
#: So many first letters tell a first name.
_ALIKE = 2
#: Shorter words have too many neighbours to be another spelling of a name.
_SHORTEST = 6


class Speakers:
    """The different speakers of a record, each told by its number from 0; built once."""

    def __init__(
        self, speakers: Sequence[tuple[str, str]], same: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Keep *speakers*, each a name and a role, in the order of their numbers.

        *same* are other words for those who speak, as in ``same_speakers`` of a language.
        """
        self._listed = speakers
        # Many hold one office, and each is read once.
        self._spelled = {text: spellings(text) for text in dict.fromkeys(chain(*speakers))}
        #: The speakers by their surnames, each with the words before but for titles; and all these.
        self._surnamed: dict[str, list[tuple[int, frozenset[str]]]] = {}
        self._first_names: dict[str, set[str]] = {}
        #: The first words of the names by their last, titles apart.
        self._first_words: dict[str, set[str]] = {}
        #: All words of their names.
        self._words: set[str] = set()
        self._inflected = Inflected(
            word for both in speakers for text in both for word in self._spelled[text][0]
        )
        self._unspaced = UnspacedNames(speakers)
        self._same = SameSpeakers(same)
        #: All folded words by which somebody may be known, but for other forms and spellings.
        self.known = self._same.words | {
            word for spelled in self._spelled.values() for words in spelled for word in words
        }
        self._nobody = np.zeros(len(speakers), dtype=bool)
        #: Where speakers are posted: the words of their roles after "to".
        places = {
            role: frozenset(words_of(place))
            for role in dict.fromkeys(role for _, role in speakers)
            if (place := _POSTED.split(role, maxsplit=1)[-1]) != role
        }
        self._posted = {
            number: places[role] for number, (_, role) in enumerate(speakers) if role in places
        }
        for number, (name, _) in enumerate(speakers):
            first = name.split(",")[0]
            spelled = self._spelled[name] if first == name else spellings(first)
            own = [word for word in spelled[0] if word not in TITLES]
            if own and len(own[-1]) >= _SHORTEST_SURNAME:
                self._first_words.setdefault(own[-1], set()).add(own[0])
            for words in spelled:
                untitled = [word for word in words if word not in TITLES]
                # Not "Minister for Foreign Affairs".
                if 0 < len(untitled) <= _LONGEST_NAME and _SMALL.isdisjoint(words):
                    firsts = frozenset(untitled[:-1])
                    self._surnamed.setdefault(untitled[-1], []).append((number, firsts))
                    self._first_names.setdefault(untitled[-1], set()).update(firsts)
            for words in self._spelled[name]:
                self._words.update(words)

    @cached_property
    def _both(self) -> NamesByWord:
        spelled = self._spelled
        each = ((*spelled[name], *spelled[role]) for name, role in self._listed)
        return NamesByWord.of(map(chain.from_iterable, each))

    @cached_property
    def _names(self) -> NamesByWord:
        spelled = self._spelled
        return NamesByWord.of(chain.from_iterable(spelled[name]) for name, _ in self._listed)

    @cached_property
    def _roles(self) -> NamesByWord:
        spelled = self._spelled
        return NamesByWord.of(chain.from_iterable(spelled[role]) for _, role in self._listed)

    @cached_property
    def _people(self) -> PeopleNamed:
        names = [name for name, _ in self._listed]
        own = {name: frozenset(self._spelled[name][0]) - TITLES for name in names}
        return PeopleNamed(names, [own[name] for name in names])

    def prepare(self) -> None:
        """Do now what the first names that are told would wait for."""
        self.written(self._nobody)

    def nobody(self) -> Chosen:
        """Return that no speaker is chosen."""
        return self._nobody.copy()

    def beginning(self, name: str) -> Chosen:
        """Return whose name or role has, for each word of *name*, a word that begins with it."""
        return self._any(map(self._both.beginning, spellings(name)))

    def named(self, name: str) -> Chosen:
        """Return whose name has all words of *name*, or else whose name and role have.

        A speaker whom the record names by title and surname is found by the full name too: MR PRICE
        as Ned Price. If nobody is found, a title is left out, a long word may be spelt with a
        letter more or less (Zelensky, Zelenskyy), and a letter may stand for a first name.
        """
        name = _POSSESSIVE.sub("", name)
        words = words_of(name)
        found = self._nobody
        if not self.known.isdisjoint(chain(words, *spellings(name)[1:])):
            others = self._same.of(name)
            # A country in somebody's name is no party: President Biden of the United States.
            offices = [name, *(one for one in others if not TITLES.isdisjoint(words_of(one)))]
            roles = [words_of(one) for one in others if TITLES.isdisjoint(words_of(one))]
            # What is called otherwise is a party by that name, and nobody of it.
            found = self._having_name(name) | self._any(map(self._whole, others))
            if not found.any() or TITLES.issuperset(words):
                # An office stands in some speakers' names, and is the role of others.
                found = found | self._any(map(self._having_both, chain(*map(spellings, offices))))
                found = found | self._any(map(self._roles.having, roles))
            if not found.any() and words[0] in TITLES:
                # The record may have the name without the title: PM Turnbull.
                found = self._having_name(" ".join(dropwhile(TITLES.__contains__, words)))
        if not found.any() and not name.isascii():
            found = self._in_other_scripts(name)
        if not found.any() and len(words) <= 2:
            near = [self._near(word) for word in words]
            if near != words:
                found = self._having(" ".join(near))
        if not found.any() and min(map(len, words), default=0) == 1:
            found = self._with_initials(name)
        return found

    def _with_initials(self, name: str) -> Chosen:
        """Return whom *name* names by a letter for a first name: T. O'Leary."""
        words = set(spellings(name)[-1])
        whole = {word for word in words if len(word) > 1}
        if not whole or whole == words:
            return self._nobody
        found = self._names.having(whole)
        return found & self._names.beginning(words) if found.any() else found

    def _whole(self, name: str) -> Chosen:
        """Return whose name has the words of *name* and no others that tell."""
        asked = frozenset(words_of(name))
        found = self._names.having(asked)
        for number in np.flatnonzero(found).tolist():
            own = frozenset(words_of(self._listed[number][0].split(",")[0]))
            found[number] = own - _STATES <= asked
        return found

    def _any(self, several: Iterable[Chosen]) -> Chosen:
        found = np.zeros(len(self._listed), dtype=bool)
        for some in several:
            found |= some
        return found

    def _in_other_scripts(self, name: str) -> Chosen:
        """Return whom *name* names by forms of words, or in a script without spaces."""
        words = words_of(name)
        forms = [self._inflected.find(word) for word in words]
        if forms != words:
            return self._having(" ".join(forms))
        numbers = self._unspaced.find(name)
        if not numbers:
            return self._nobody
        found = np.zeros(len(self._listed), dtype=bool)
        found[numbers] = True
        return found

    def is_name(self, text: str) -> bool:
        """Return whether *text* is a speaker's surname or whole name, not only an office.

        What follows a comma is no part of the name: "Antony Blinken, Secretary of State".
        """
        words = [word for word in words_of(text) if word not in TITLES]
        firsts = self._first_words.get(words[-1], ()) if words else ()
        return bool(firsts) and (len(words) == 1 or words[0] in firsts)

    def written(self, chosen: Chosen) -> tuple[str, ...]:
        """Return the names of those *chosen*, each person's once as far as the words tell."""
        return self._people.told(chosen)

    def _having_name(self, name: str) -> Chosen:
        found = np.zeros(len(self._listed), dtype=bool)
        for words in spellings(name):
            if not words:
                continue
            having = self._names.having(words)
            found |= having
            surnames = [words[-1]]
            if len(words) == 2 and having.any():
                surnames.append(words[0])  # "Price Ned"
            for surname in surnames if _SMALL.isdisjoint(words) else ():
                # Not "ambassador to Pakistan".
                others = [word for word in words if word != surname and word not in TITLES]
                for number, own in self._surnamed.get(surname, ()):
                    found[number] |= self._may_be(others, own, surname)
        return found

    def _may_be(self, others: Sequence[str], own: frozenset[str], surname: str) -> bool:
        """Return whether *others*, asked for with a *surname*, may be the *own* ones of a speaker.

        MR PRICE, of whom no first name is told, is Ned Price if no other Price is on record; Jill
        Biden is not Joe.
        """
        known = own or self._first_names.get(surname, _NOWHERE)
        return not known or all(any(_like(one, other) for other in known) for one in others)

    def _having(self, name: str) -> Chosen:
        found = self._having_name(name)
        return found if found.any() else self._any(map(self._having_both, spellings(name)))

    def _having_both(self, words: list[str]) -> Chosen:
        """Return whose name and role have all *words*."""
        having = self._both.having(words)
        if self._posted and having.any():
            # Pakistan's ambassador is not the ambassador to Pakistan.
            place: set[str] = set()
            for word in _POSTED_TO:
                if word in words:
                    place.update(words[words.index(word) + 1 :])
            for number in np.flatnonzero(having).tolist():
                posted = self._posted.get(number, _NOWHERE)
                having[number] = place <= posted if place else posted.isdisjoint(words)
        return having

    def _near(self, word: str) -> str:
        """Return the word of the speakers' names that differs from *word* by its last letter."""
        if len(word) < _SHORTEST or word in self._words:
            return word
        # Also without an apostrophe: blinkens.
        endings: Iterable[str] = (word[:-1], word + word[-1], word[:-1] + "y", word[:-1] + "i")
        return next((one for one in endings if one in self._words), word)


def _like(one: str, other: str) -> bool:
    """Return whether two first names may be one: Joe and Joseph, Tony and Antony, J. and Joe."""
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    return long.endswith(short) or long[:_ALIKE] == short[:_ALIKE]
