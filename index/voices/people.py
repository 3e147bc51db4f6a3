"""Knows the people and sides that a statement names, and which of them a name or an office means.

A name means whoever shares it, an office whoever alone holds it in the text. In doubt it is nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from index.model.statement import Speaker, Statement
from index.text.folding import fold
from index.voices.reporting import Reporting

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’.]+")
_POSSESSIVE = regex.compile(r"['’]s?$")
#: "Jr." keeps its full stop at the end of a sentence; a longer last name has none.
_LONGEST_SHORT = 3
_HAN = regex.compile(r"\p{Han}")
#: "Chinese" and "China", "Pakistani" and "Pakistan" begin with as many letters alike at least.
_ALIKE, _ENDING = 4, 3


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the text names."""

    #: The words of the name, folded, without titles.
    name: frozenset[str]
    #: The words of the offices beside the name, folded.
    titles: frozenset[str]
    speaker: Speaker

    def may_be(self, other: Person) -> bool:
        """Return whether both may be one person: all words of the shorter name are the other's."""
        return self.name <= other.name or other.name <= self.name


def words_in(text: str) -> list[str]:
    """Return the words of *text*, folded, possessive endings and full stops dropped."""
    return [fold(word.strip(".'’")) for word in _WORD.findall(text) if word.strip(".'’")]


class People:
    """Everybody whom a statement lists as a speaker, or its text names so far."""

    def __init__(self, statement: Statement, reporting: Reporting) -> None:
        """Know those whom *statement* lists."""
        self._reporting = reporting
        self._parties = statement.parties
        self.listed = tuple(self._listed(one) for one in statement.speakers)
        self._others: list[Person] = []

    @property
    def all_parties(self) -> Speaker | None:
        """All parties as one speaker, as a citation names them; ``None`` unless several are listed.

        One that is listed alone for a text of several would stand for the others.
        """
        if len(self._parties) < 2:  # one is no group
            return None
        return Speaker(", ".join(one.name for one in self._parties))

    def are_all(self, speakers: Sequence[Speaker | None]) -> bool:
        """Return whether *speakers* are all parties, each once."""
        return len(self._parties) > 1 and set(speakers) == set(self._parties)

    def _listed(self, speaker: Speaker) -> Person:
        # "Antony J. Blinken, Secretary of State" is how some publishers list a speaker.
        name, _, office = speaker.name.partition(", ")
        person = self.person(name, speaker)
        titles = self._titles(f"{office} {speaker.role}")
        return Person(person.name, person.titles | titles, speaker)

    def person(self, written: str, speaker: Speaker | None = None) -> Person:
        """Return the person called so, title and name as *written*."""
        words = words_in(written)
        titled = [at for at, word in enumerate(words) if word in self._reporting.titles]
        titles = frozenset(words[at] for at in titled)
        after = words[titled[-1] + 1 :] if titled else []
        name = self._without_office(after) or self._without_office(words)
        return Person(frozenset(name), titles, speaker or Speaker(_plain(written)))

    def _without_office(self, words: Sequence[str]) -> list[str]:
        """Return the words of a name, "of State" and initials left out."""
        small = self._reporting.particles | self._reporting.small_words
        particles = self._reporting.particles
        return [
            word
            for at, word in enumerate(words)
            if word not in self._reporting.titles
            and word not in small
            and not (at and words[at - 1] in particles)
            and (len(word) > 1 or not word.isascii())
        ]

    def meet(self, person: Person) -> None:
        """Remember *person*, whom the text names."""
        if person.name and person not in self._others:
            self._others.append(person)

    def fullest(self, person: Person) -> Person:
        """Return the one who may be *person* and has the longest name so far."""
        alike = [one for one in self._others if person.name <= one.name]
        return max(alike, key=lambda one: len(one.name), default=person)

    def named(self, written: str) -> Speaker:
        """Return who is called so; as listed if that is a speaker of the statement."""
        person = self.person(written)
        listed = self.listed_as(person)
        return (listed or person).speaker

    def are_one(self, one: Speaker | None, other: Speaker | None) -> bool:
        """Return whether both may be one person, by their names."""
        if one is None or other is None:
            return False
        return one == other or self.person(one.name).may_be(self.person(other.name))

    def listed_as(self, person: Person) -> Person | None:
        """Return who of those listed has the name, if only one has."""
        if not person.name:
            return None
        if _HAN.search(person.speaker.name):
            # 外交部发言人耿爽: nothing parts the office from the name.
            written = person.speaker.name
            within = [one for one in self.listed if one.speaker.name in written]
            return within[0] if len(within) == 1 else None
        found = [one for one in self.listed if one.name and one.may_be(person)]
        return found[0] if len(found) == 1 else None

    def known(self, word: str) -> bool:
        """Return whether somebody named or listed is called by that one folded *word*."""
        return any(word in one.name for one in (*self.listed, *self._others))

    def holding(self, titles: Iterable[str]) -> Speaker | None:
        """Return who alone holds the office of these folded words: "the secretary"."""
        wanted = frozenset(titles)
        ranks = self._reporting.ranks
        found: list[Person] = []
        for one in (*self.listed, *self._others):
            if wanted <= one.titles and (wanted & ranks) == (one.titles & ranks):
                same = [other for other in found if one.may_be(other)]
                if not same:
                    found.append(one)
        if len(found) != 1 or not found[0].name:
            return None
        listed = self.listed_as(found[0])
        return (listed or self.fullest(found[0])).speaker

    def side(self, written: str) -> Speaker:
        """Return the party that *written*, such as "the Chinese side", means; or so named."""
        party = self.party(written)
        return party or Speaker(_plain(written))

    def party(self, written: str) -> Speaker | None:
        """Return the one of those listed whose country or name *written* begins like."""
        skipped = self._reporting.sides | self._reporting.determiners
        words = [word for word in words_in(written) if word not in skipped]
        found = [one for one in self._parties if _has_alike(words, f"{one.name} {one.role}")]
        return found[0] if len(found) == 1 else None

    def _titles(self, office: str) -> frozenset[str]:
        return frozenset(word for word in words_in(office) if word in self._reporting.titles)


def _plain(written: str) -> str:
    """Return a name without the marks and the ending that its sentence gives it."""
    plain = _POSSESSIVE.sub("", written.strip(" ,;:"))
    last = plain.rpartition(" ")[2]
    return plain if plain[-1:] != "." or len(last) <= _LONGEST_SHORT else plain[:-1]


def _has_alike(words: Sequence[str], name: str) -> bool:
    if not words:
        return False
    if _HAN.search(words[0]):
        # 中方 is 中国's side.
        return name[:1] == words[0][:1] or words[0] in name
    own = words_in(name)
    return all(any(_alike(word, other) for other in own) for word in words)


def _alike(word: str, other: str) -> bool:
    if word == other:
        return True
    shared = 0
    for one, two in zip(word, other, strict=False):
        if one != two:
            break
        shared += 1
    return shared >= _ALIKE and max(len(word), len(other)) - shared <= _ENDING
