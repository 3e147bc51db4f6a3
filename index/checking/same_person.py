"""Tells whether the name or office that a story writes is that of a speaker on record.

The answer is one of three. "Another" becomes an accusation, so it is given only if two persons, or
two countries, are named that cannot be one: two people of different names, each named as a person.
What is left open: an office that several may hold, an institution and a person who may speak for
it, another script, and names that may be spellings of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import regex
from rapidfuzz import fuzz

from index.drafts.attributing_words import attribution_words
from index.model.statement import Speaker
from index.question.names_by_word import words_of
from index.question.same_speakers import SameSpeakers
from index.question.speakers import Speakers
from index.text.folding import fold
from index.text.labels import label_words
from index.text.language import language_of, script_of

#: Names that are so much alike, of 100, may be one name in two spellings: Zelensky, Zelenskyy.
_ALIKE = 70
_POSSESSIVE = regex.compile(r"['’]s\b")
_DOTTED = regex.compile(r"(?<=\b\p{L})\.(?=\p{L}\b|\s|$)")
#: Offices whose "of" governs no place, and which a name may follow.
_OFFICES_OF = regex.compile(
    r"(?i)\b(secretary|minister|chancellor|speaker)(?: of)(?: the)?( state| exchequer| house)\b"
)
_HAN_NAME = regex.compile(r"\p{Han}{2,4}$")
_HAN_BODIES = frozenset("社报網网台署院局会委部厅办党方国军团组处司府队盟联")
_LANGUAGES = ("en", "es", "ur", "zh")
#: First names that people go by, by the whole ones. Others with one first letter are left open.
_SHORT_NAMES = """
bill william, bob robert, tony anthony, tony antony, dick richard, jack john, ted edward
ned edward, jim james, peggy margaret, liz elizabeth, betty elizabeth, beth elizabeth
kate catherine, harry henry, sasha alexander, sandy alexander, drew andrew, gus augustus
hank henry, chuck charles, sandra alexandra, rick frederick, fritz friedrich, pepe jose
paco francisco, pancho francisco, nacho ignacio, kiko enrique, lola dolores, bo robert
toni antonio, larry lawrence, nell eleanor, polly mary, molly mary, becky rebecca, mick patrick
paddy patrick, tina christina, gina regina, lena helena, theo matthew
"""
_SMALL_WORDS = "the a an of for to and at in on his her its de del la el los las y کے کی کا"
#: Offices and titles that are surnames, too, after a first name: Angus King.
_NAMES_TOO = frozenset(
    ("king", "prince", "major", "judge", "head", "chief", "pope", "sen", "marshal", "gen", "party")
)
_AFTER_NAMES = frozenset(("jr", "sr", "ii", "iii"))
#: Offices of which no person holds one while holding another, first by first.
_APART = (frozenset(("spokesperson", "spokesman", "spokeswoman")), frozenset(("president", "king")))
#: What makes of an office another: of these, nothing is said.
_OTHERWISE = frozenset(("former", "deputy", "vice", "acting", "interim", "assistant", "designate"))


@dataclass(frozen=True, slots=True)
class _Party:
    """A name as it is written, taken apart; all words are folded."""

    #: The words of a person's name, without titles; empty of an office or an institution.
    names: tuple[str, ...]
    #: The words of offices, and of institutions.
    roles: frozenset[str]
    institutions: frozenset[str]
    #: The countries named.
    countries: frozenset[str]
    #: All words that tell, in their order.
    words: tuple[str, ...]
    #: Whether a title, an office or a second name shows that it is a person.
    is_person: bool
    script: str


class Names:
    """The names of a record's speakers, and what stands for them; built once."""

    def __init__(
        self, speakers: Iterable[Speaker] = (), same: Iterable[tuple[str, str]] | None = None
    ) -> None:
        """Keep *speakers*, all of a record, and *same*, as in ``same_speakers`` of a language."""
        listed = list(dict.fromkeys((one.name, one.role) for one in speakers))
        pairs = list(same) if same is not None else list(language_of("en").same_speakers)
        self._same = SameSpeakers(pairs)
        self._countries = _countries(pairs)
        #: What adds nothing to a country: side, government.
        self._nothing = frozenset(
            word for one, full in pairs if not full.strip() for word in words_of(one)
        )
        self._speakers = Speakers(listed, pairs) if listed else None
        self._numbers = {one: number for number, one in enumerate(listed)}
        #: The first names of persons by their surnames.
        self._firsts: dict[str, set[str]] = defaultdict(set)
        for name, role in listed:
            party = self._party(name, role)
            if len(party.names) > 1:
                self._firsts[party.names[-1]].add(party.names[0])
        self._surnames = {
            names[-1] for name, role in listed if (names := self._party(name, role).names)
        }
        self._cached = lru_cache(maxsize=4096)(self._compared)

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
        return self._cached(" ".join(written.split()), speaker.name, speaker.role)

    def _compared(self, written: str, name: str, role: str) -> bool | None:
        several = _several(name)
        if len(several) > 1 and not role:
            found = {self._one(written, one, "") for one in several}
            if True in found:
                return True
            return False if found == {False} else None
        return self._one(written, name, role)

    def _one(self, written: str, name: str, role: str) -> bool | None:
        if not words_of(written) or not words_of(name):
            return None
        here, there = self._party(written, ""), self._party(name, role)
        if here.script != there.script:
            return None
        if here.script == "Han":
            return _han(written, name)
        same = self._judged(here, there)
        if same is False and self._is_among(written, name, role):
            return None
        return same

    def _judged(self, here: _Party, there: _Party) -> bool | None:
        if here.names and there.names:
            return self._persons(here, there)
        apart = self._countries_differ(here, there)
        if not here.names and not there.names:
            mine, theirs = self._bare(here), self._bare(there)
            if here.countries <= there.countries and (mine or here.countries):
                ways = [mine, *(self._told(one) for one in self._same.of(" ".join(mine)))]
                if theirs in map(frozenset, ways) and (mine or here.countries == there.countries):
                    return True
            return False if apart else None
        if not here.names and there.names:
            own = here.roles - here.institutions
            if own and self._holds(here, there):
                return True
            return False if apart or _never_both(here, there) else None
        return False if apart and here.is_person and not there.roles else None

    def _persons(self, here: _Party, there: _Party) -> bool | None:
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

    def _of_one_surname(self, here: _Party, there: _Party) -> bool | None:
        mine, theirs = here.names, there.names
        if len(mine) == 1:
            return self._alone(mine[0], here, there)
        if len(theirs) == 1:
            return self._whole(mine[0], theirs[0])
        return self._firsts_agree(mine[0], theirs[0])

    def _alone(self, surname: str, here: _Party, there: _Party) -> bool | None:
        """Return whether a *surname* alone tells the speaker: not if several on record have it."""
        firsts = self._firsts.get(surname, set())
        if len(there.names) > 1:
            firsts = firsts | {there.names[0]}
        distinct: list[str] = []
        for first in sorted(firsts, key=len, reverse=True):
            if not any(_one_first_name(first, other) for other in distinct):
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
        return True if all(_one_first_name(first, other) for other in known) else None

    def _firsts_agree(self, one: str, other: str) -> bool | None:
        if _one_first_name(one, other):
            return True
        # Jill and Joe: a letter may stand for a first name, and people go by others.
        return None if one[0] == other[0] or _may_be_short(one, other) else False

    def _may_be_spellings(self, mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
        """Return whether two surnames may be one in two spellings, or in another order."""
        pairs = [(mine[-1], theirs[-1]), (mine[0], theirs[-1]), (mine[-1], theirs[0])]
        if any(fuzz.ratio(one, other) >= _ALIKE for one, other in pairs):
            return True
        joined, other = "".join(mine), "".join(theirs)
        return fuzz.ratio(joined, other) >= _ALIKE or joined in other or other in joined

    def _is_known(self, party: _Party) -> bool:
        return party.names[-1] in self._surnames

    def _is_among(self, written: str, name: str, role: str) -> bool:
        """Return whether the record's own search finds the speaker by what is *written*."""
        number = self._numbers.get((name, role))
        if self._speakers is None or number is None:
            return False
        return bool(self._speakers.named(written)[number])

    def _holds(self, here: _Party, there: _Party) -> bool:
        """Return whether the office *here* is just that of the person *there*."""
        ways = {frozenset(here.words) - here.countries}
        ways |= {
            frozenset(words_of(one)) - _small() - here.countries
            for one in self._same.of(" ".join(here.words))
        }
        theirs = there.roles | there.institutions
        if here.countries and there.countries != here.countries:
            return False
        if here.roles & _OTHERWISE != there.roles & _OTHERWISE:
            return False
        return any(one == theirs for one in ways if one)

    def _bare(self, party: _Party) -> frozenset[str]:
        """Return the words of an institution or office without countries, and without "side"."""
        return frozenset(party.words) - party.countries - self._nothing

    def _told(self, name: str) -> frozenset[str]:
        return frozenset(words_of(name)) - _small()

    def _countries_differ(self, here: _Party, there: _Party) -> bool:
        """Return whether each names a country, and none is of both."""
        if not here.countries or not there.countries:
            return False
        return here.countries.isdisjoint(there.countries)

    def _party(self, name: str, role: str) -> _Party:
        return _party(name, role, self._countries)


def is_same_speaker(written: str, speaker: Speaker, names: Names | None = None) -> bool | None:
    """Return whether *written* names *speaker*: yes, no, or ``None`` if the words cannot tell.

    *names* are those of the record, built once; without them, only the words are compared.
    """
    return (names or _no_names()).is_same(written, speaker)


@cache
def _no_names() -> Names:
    return Names()


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Return all folded words of offices, of institutions, beside them, and before names."""
    sets: list[set[str]] = [set(), set(), set(), set()]
    for code in _LANGUAGES:
        words = attribution_words(code)
        if words is None:
            continue
        for number, key in enumerate(("roles", "institutions", "modifiers", "honorifics")):
            sets[number].update(map(fold, words[key]))
    # "He" is a surname, and a single letter an initial.
    sets[3].update(word for one in label_words("en").honorifics for word in one.split())
    sets[3].discard("he")
    return (
        frozenset(sets[0]),
        frozenset(sets[1]),
        frozenset(sets[2]),
        frozenset(one for one in sets[3] if len(one) > 1 or not one.isalpha()),
    )


@cache
def _small() -> frozenset[str]:
    return frozenset(_SMALL_WORDS.split())


def _countries(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, ...], str]:
    """Return the countries of *pairs* by the words for them: chinese is china."""
    found: dict[tuple[str, ...], str] = {}
    roles, institutions, _, _ = _lexicon()
    for short, full in pairs:
        one, other = tuple(words_of(short)), tuple(words_of(full))
        if not other or set(one) & roles or set(other) & (roles | institutions):
            continue
        if any(word in _small() for word in (*one, *other)) and len(other) > 3:
            continue
        name = " ".join(other)
        found[one] = found[other] = name
    found.setdefault(("u", "s"), "united states")
    found.setdefault(("america",), "united states")
    found.setdefault(("britain",), "united kingdom")
    return found


def _party(name: str, role: str, countries: dict[tuple[str, ...], str]) -> _Party:
    roles, institutions, modifiers, honorifics = _lexicon()
    main, _, after = name.partition(",")
    possessive = bool(_POSSESSIVE.search(main))
    text = _OFFICES_OF.sub(r"\1\2", _DOTTED.sub("", _POSSESSIVE.sub("", main)))
    words = words_of(text)
    lower = _lower_words(text)
    places, rest = _without_countries(words, countries)
    beside, _ = _without_countries(words_of(f"{after} {role}"), countries)
    governs = _governed(words, roles | institutions, countries)
    titles = roles | institutions | modifiers | honorifics | _small()
    own = rest if governs is None else [one for one in rest if one in words[:governs]]
    last = max((at for at, word in enumerate(own) if word in roles), default=-1)
    if any(word not in titles for word in own[last + 1 :]):
        own = own[last + 1 :]  # Queensland Premier Beattie, High Representative Borrell
    names = tuple(word for word in own if word not in titles | lower and word not in _AFTER_NAMES)
    if names and own[-1] in _NAMES_TOO and own[-2] in names:
        names = (*names, own[-1])
    if names and words[-1] not in own and words[-2] == names[-1] and (words[-1],) in countries:
        # Barbara Jordan.
        names, places = (*names, words[-1]), places[:-1]
    told = [one for one in (*rest, *words_of(f"{after} {role}")) if one not in _small()]
    own_roles = frozenset(told) & (roles | modifiers)
    own_institutions = frozenset(told) & institutions
    if possessive or (names and words and _ends_as_institution(words, roles, institutions)):
        names = ()
    titled = bool(frozenset(words) & (honorifics | roles))
    full = len([one for one in names if len(one) > 1]) > 1
    own_name = tuple(one for one in names if len(one) > 1) or names
    if len(own_name) > 1 and _peer(words):
        own_name = (_peer(words),)
    return _Party(
        names=own_name,
        roles=own_roles,
        institutions=own_institutions,
        countries=frozenset(places) | frozenset(beside),
        words=tuple(one for one in rest if one not in _small()) + tuple(places),
        is_person=bool(names) and (titled or full),
        script=script_of(name),
    )


def _lower_words(text: str) -> frozenset[str]:
    """Return the words of *text* that begin with a small letter, if others do with a capital.

    They are no part of a name, but for what stands between its words: von, de.
    """
    words = regex.findall(r"\w+", text)
    if script_of(text) != "Latin" or (text.islower() and len(words) < 2):
        return frozenset()
    return frozenset(fold(word) for word in words if word[0].islower())


def _peer(words: list[str]) -> str:
    """Return the name of a peer by whose place others are told apart: Lord Davies of Oldham."""
    titled = len(words) > 3 and words[0] in ("lord", "lady", "baroness", "viscount", "earl")
    return words[1] if titled and words[2] in ("of", "in") else ""


def _governed(
    words: list[str], offices: frozenset[str], countries: dict[tuple[str, ...], str]
) -> int | None:
    """Return where the field of an office begins: after "of" in "minister of trade".

    After a country, a name may follow: the prime minister of Pakistan Shehbaz Sharif.
    """
    for at in range(1, len(words)):
        if words[at] in ("of", "for", "to", "de", "del") and words[at - 1] in offices:
            first = next((n for n in range(at + 1, len(words)) if words[n] != "the"), len(words))
            is_place = any(tuple(words[first : first + size]) in countries for size in (1, 2, 3))
            return None if is_place else at
    return None


def _ends_as_institution(
    words: list[str], roles: frozenset[str], institutions: frozenset[str]
) -> bool:
    """Return whether *words* end as the name of an institution does: Gwadar Port Authority."""
    if words[-1] in _NAMES_TOO | _lexicon()[3]:
        return False
    return words[-1] in institutions or (
        words[-1] in roles and len(words) > 1 and words[0] not in roles
    )


def _without_countries(
    words: list[str], countries: dict[tuple[str, ...], str]
) -> tuple[list[str], list[str]]:
    """Return the countries named in *words*, and the other words."""
    found: list[str] = []
    rest: list[str] = []
    at = 0
    while at < len(words):
        for size in (3, 2, 1):
            country = countries.get(tuple(words[at : at + size]))
            if country and at + size <= len(words):
                found.append(country)
                at += size
                break
        else:
            rest.append(words[at])
            at += 1
    return found, rest


def _one_first_name(one: str, other: str) -> bool:
    """Return whether two first names are one: Joe and Joseph, J. and Joe, Tony and Anthony."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short) or (len(short) > 2 and long.endswith(short)):
        return True
    return _may_be_short(one, other)


@cache
def _short_names() -> frozenset[frozenset[str]]:
    pairs = _SHORT_NAMES.replace("\n", ",").split(",")
    return frozenset(frozenset(pair.split()) for pair in pairs if pair.strip())


def _may_be_short(one: str, other: str) -> bool:
    return frozenset((one, other)) in _short_names()


def _never_both(here: _Party, there: _Party) -> bool:
    """Return whether the offices of two are such as no person holds at once."""
    if (here.roles | there.roles) & _OTHERWISE:
        return False
    first, second = _APART
    return bool(
        (here.roles & first and there.roles & second)
        or (here.roles & second and there.roles & first)
    ) and not (here.roles & first and there.roles & first)


def _several(name: str) -> list[str]:
    """Return the names in *name*, if it lists several speakers, and not one and an office."""
    parts = [one.strip() for one in name.split(",") if one.strip()]
    roles, institutions, modifiers, _ = _lexicon()
    offices = roles | institutions | modifiers
    if len(parts) > 1 and any(not offices.isdisjoint(words_of(one)) for one in parts[1:]):
        return [name]
    return parts


def _han(written: str, name: str) -> bool | None:
    """Compare a name in Chinese characters: 外交部发言人耿爽 is 耿爽."""
    if written == name or (len(name) > 1 and written.endswith(name) and name not in _offices()):
        return True
    own, other = _han_name(written), _han_name(name)
    if own and other:
        return own == other
    bare = _HAN_NAME.fullmatch(name) and not any(one in name for one in _offices())
    # 新华社, 国新办: what ends so is no person.
    return False if own and bare and len(name) <= 3 and name[-1] not in _HAN_BODIES else None


@cache
def _offices() -> frozenset[str]:
    words = attribution_words("zh")
    return words["roles"] | words["institutions"] if words else frozenset()


def _han_name(text: str) -> str | None:
    """Return the name that *text* ends with, after an office or alone; ``None`` if none is sure."""
    ends = [text.rfind(one) + len(one) for one in _offices() if one in text]
    rest = text[max(ends, default=0) :]
    chinese = language_of("zh")
    if not _HAN_NAME.fullmatch(rest) or any(rest.startswith(one) for one in chinese.no_speakers):
        return None
    if rest[0] in chinese.surnames and len(rest) <= 3:
        return rest
    return rest if ends and len(rest) <= 3 else None
