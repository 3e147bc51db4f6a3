"""Tells whether the name or office that a story writes is that of a speaker on record.

The answer is one of three. "Another" becomes an accusation, so it is given only if two persons, or
two countries, are named that cannot be one: two people of different names, each named as a person.
What is left open: an office that several may hold, an institution and a person who may speak for
it, another script, and names that may be spellings of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from index.checking.first_names import may_be_one_first_name, may_be_short
from index.checking.han_names import is_same_in_han
from index.checking.written_name import (
    WrittenName,
    countries_in,
    names_in,
    taken_apart,
    telling_words,
)
from index.model.statement import Speaker
from index.question.names_by_word import words_of
from index.question.same_speakers import SameSpeakers
from index.question.speakers import Speakers
from index.text.hanzi import simplified
from index.text.language import language_of

#: Names that are so much alike, of 100, may be one name in two spellings: Zelensky, Zelenskyy.
_ALIKE = 70
#: Offices of which no person holds one while holding another, first by first.
_APART = (frozenset(("spokesperson", "spokesman", "spokeswoman")), frozenset(("president", "king")))
#: What makes of an office another: of these, nothing is said.
_OTHERWISE = frozenset(("former", "deputy", "vice", "acting", "interim", "assistant", "designate"))
#: So many comparisons are remembered.
_REMEMBERED = 4096


class Names:
    """The names of a record's speakers, and what stands for them; built once."""

    def __init__(
        self, speakers: Iterable[Speaker] = (), same: Iterable[tuple[str, str]] | None = None
    ) -> None:
        """Keep *speakers*, all of a record, and *same*, as in ``same_speakers`` of a language."""
        listed = list(dict.fromkeys((one.name, one.role) for one in speakers))
        pairs = list(same) if same is not None else list(language_of("en").same_speakers)
        self._same = SameSpeakers(pairs)
        self._countries = countries_in(pairs)
        #: What adds nothing to a country: side, government.
        self._nothing = frozenset(
            word for one, full in pairs if not full.strip() for word in words_of(one)
        )
        self._speakers = Speakers(listed, pairs) if listed else None
        self._numbers = {one: number for number, one in enumerate(listed)}
        #: The first names of persons by their surnames.
        self._firsts: dict[str, set[str]] = defaultdict(set)
        self._surnames: set[str] = set()
        for name, role in listed:
            names = self._apart(name, role).names
            self._surnames.update(names[-1:])
            if len(names) > 1:
                self._firsts[names[-1]].add(names[0])
        self._cached = lru_cache(maxsize=_REMEMBERED)(self._compared)

    def is_same(self, written: str, speaker: Speaker) -> bool | None:
        """Return whether *written* names *speaker*; ``None`` if the words cannot tell.

        >>> names = Names()
        >>> names.is_same("Mr. Blinken", Speaker("Antony Blinken", "Secretary of State"))
        True
        >>> names.is_same("Antony Blinken", Speaker("Ned Price", "Department Spokesperson"))
        False
        >>> names.is_same("the minister", Speaker("Penny Wong", "Foreign Minister")) is None
        True
        """
        return self._cached(simplified(" ".join(written.split())), speaker.name, speaker.role)

    def _compared(self, written: str, name: str, role: str) -> bool | None:
        several = names_in(name)
        if len(several) > 1 and not role:
            found = {self._one(written, one, "") for one in several}
            if True in found:
                return True
            return False if found == {False} else None
        return self._one(written, name, role)

    def _one(self, written: str, name: str, role: str) -> bool | None:
        if not words_of(written) or not words_of(name):
            return None
        here, there = self._apart(written, ""), self._apart(name, role)
        if here.script != there.script:
            return None
        if here.script == "Han":
            return is_same_in_han(written, name)
        same = self._judged(here, there)
        if same is False and self._is_among(written, name, role):
            return None
        return same

    def _judged(self, here: WrittenName, there: WrittenName) -> bool | None:
        if here.names and there.names:
            return self._persons(here, there)
        apart = self._countries_differ(here, there)
        if not here.names and not there.names:
            mine, theirs = self._bare(here), self._bare(there)
            if here.countries <= there.countries and (mine or here.countries):
                ways = [mine, *(telling_words(one) for one in self._same.of(" ".join(mine)))]
                if theirs in map(frozenset, ways) and (mine or here.countries == there.countries):
                    return True
            return False if apart else None
        if not here.names and there.names:
            own = here.roles - here.institutions
            if own and self._holds(here, there):
                return True
            return False if apart or _never_both(here, there) else None
        return False if apart and here.is_person and not there.roles else None

    def _persons(self, here: WrittenName, there: WrittenName) -> bool | None:
        """Compare two names, each of a person or of what is taken for one."""
        mine, theirs = here.names, there.names
        if set(mine) == set(theirs):
            return True if len(mine) > 1 else self._alone(mine[0], here, there)
        shared = set(mine) & set(theirs)
        if len(shared) > 1 and (set(mine) <= set(theirs) or set(theirs) <= set(mine)):
            return True
        if mine[-1] == theirs[-1]:
            return self._of_one_surname(here, there)
        if shared or self._may_be_spellings(mine, theirs):
            return None
        known = self._is_known(here) or (len(mine) > 1 or here.is_person)
        certain = known and (len(theirs) > 1 or there.is_person)
        return False if certain else None

    def _of_one_surname(self, here: WrittenName, there: WrittenName) -> bool | None:
        mine, theirs = here.names, there.names
        if len(mine) == 1:
            return self._alone(mine[0], here, there)
        if len(theirs) == 1:
            return self._whole(mine[0], theirs[0])
        return self._firsts_agree(mine[0], theirs[0])

    def _alone(self, surname: str, here: WrittenName, there: WrittenName) -> bool | None:
        """Return whether a *surname* alone tells the speaker: not if several on record have it."""
        firsts = self._firsts.get(surname, set())
        if len(there.names) > 1:
            firsts = firsts | {there.names[0]}
        distinct: list[str] = []
        for first in sorted(firsts, key=len, reverse=True):
            if not any(may_be_one_first_name(first, other) for other in distinct):
                distinct.append(first)
        if len(distinct) > 1:
            return None
        if here.roles and there.roles and here.roles.isdisjoint(there.roles):
            return None  # President Biden, and the first lady
        return True

    def _whole(self, first: str, surname: str) -> bool | None:
        """Return whether a full name with *first* is the speaker of whom a *surname* is told."""
        known = self._firsts.get(surname, set())
        if not known:
            return True
        return True if all(may_be_one_first_name(first, other) for other in known) else None

    def _firsts_agree(self, one: str, other: str) -> bool | None:
        if may_be_one_first_name(one, other):
            return True
        # Jill and Joe: a letter may stand for a first name, and people go by others.
        return None if one[0] == other[0] or may_be_short(one, other) else False

    def _may_be_spellings(self, mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
        """Return whether two surnames may be one in two spellings, or in another order."""
        pairs = [(mine[-1], theirs[-1]), (mine[0], theirs[-1]), (mine[-1], theirs[0])]
        if any(fuzz.ratio(one, other) >= _ALIKE for one, other in pairs):
            return True
        joined, other = "".join(mine), "".join(theirs)
        return fuzz.ratio(joined, other) >= _ALIKE or joined in other or other in joined

    def _is_known(self, party: WrittenName) -> bool:
        return party.names[-1] in self._surnames

    def _is_among(self, written: str, name: str, role: str) -> bool:
        """Return whether the record's own search finds the speaker by what is *written*."""
        number = self._numbers.get((name, role))
        if self._speakers is None or number is None:
            return False
        return bool(self._speakers.named(written)[number])

    def _holds(self, here: WrittenName, there: WrittenName) -> bool:
        """Return whether the office *here* is just that of the person *there*."""
        ways = {frozenset(here.words) - here.countries}
        ways |= {telling_words(one) - here.countries for one in self._same.of(" ".join(here.words))}
        theirs = there.roles | there.institutions
        if here.countries and there.countries != here.countries:
            return False
        if here.roles & _OTHERWISE != there.roles & _OTHERWISE:
            return False
        return any(one == theirs for one in ways if one)

    def _bare(self, party: WrittenName) -> frozenset[str]:
        """Return the words of an institution or office without countries, and without "side"."""
        return frozenset(party.words) - party.countries - self._nothing

    def _countries_differ(self, here: WrittenName, there: WrittenName) -> bool:
        """Return whether each names a country, and none is of both."""
        if not here.countries or not there.countries:
            return False
        return here.countries.isdisjoint(there.countries)

    def _apart(self, name: str, role: str) -> WrittenName:
        return taken_apart(name, role, self._countries)


def _never_both(here: WrittenName, there: WrittenName) -> bool:
    """Return whether the offices of two are such as no person holds at once."""
    if (here.roles | there.roles) & _OTHERWISE:
        return False
    first, second = _APART
    return bool(
        (here.roles & first and there.roles & second)
        or (here.roles & second and there.roles & first)
    ) and not (here.roles & first and there.roles & first)
