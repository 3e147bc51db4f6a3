"""Takes a name apart as it is written: the words of the name, of offices, and the countries in it.

"Prime Minister of Pakistan Shehbaz Sharif" is a name of two words, two words of an office and a
country. Whether two names are one person's, ``same_person`` tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import regex

from index.drafts.attributing_words import attributing_words
from index.question.names_by_word import words_of
from index.text.folding import fold
from index.text.labels import label_words
from index.text.language import script_of

_POSSESSIVE = regex.compile(r"['’]s\b")
_DOTTED = regex.compile(r"(?<=\b\p{L})\.(?=\p{L}\b|\s|$)")
#: Offices whose "of" governs no place, and which a name may follow.
_OFFICES_OF = regex.compile(
    r"(?i)\b(secretary|minister|chancellor|speaker)(?: of)(?: the)?( state| exchequer| house)\b"
)
#: Languages whose words for offices are known.
_LANGUAGES = ("en", "es", "ur", "zh")
_SMALL_WORDS = "the a an of for to and at in on his her its de del la el los las y کے کی کا"
_SMALL = frozenset(_SMALL_WORDS.split())
#: Offices and titles that are surnames, too, after a first name: Angus King.
_NAMES_TOO = frozenset(
    ("king", "prince", "major", "judge", "head", "chief", "pope", "sen", "marshal", "gen", "party")
)
_AFTER_NAMES = frozenset(("jr", "sr", "ii", "iii"))
#: What countries are called, beside the words in ``same_speakers`` of a language.
_COUNTRIES_TOO = {
    ("u", "s"): "united states",
    ("america",): "united states",
    ("britain",): "united kingdom",
}

#: The names of countries by the folded words for them: chinese is china.
Countries = Mapping[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class WrittenName:
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


def taken_apart(name: str, role: str, countries: Countries) -> WrittenName:
    """Return *name*, with a *role* if the record has one beside it, taken apart."""
    roles, institutions, modifiers, honorifics = _lexicon()
    main, _, after = name.partition(",")
    possessive = bool(_POSSESSIVE.search(main))
    text = _OFFICES_OF.sub(r"\1\2", _DOTTED.sub("", _POSSESSIVE.sub("", main)))
    words = words_of(text)
    lower = _lower_words(text)
    places, rest = _without_countries(words, countries)
    beside, _ = _without_countries(words_of(f"{after} {role}"), countries)
    governs = _governed(words, roles | institutions, countries)
    titles = roles | institutions | modifiers | honorifics | _SMALL
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
    told = [one for one in (*rest, *words_of(f"{after} {role}")) if one not in _SMALL]
    own_roles = frozenset(told) & (roles | modifiers)
    own_institutions = frozenset(told) & institutions
    if possessive or (names and words and _ends_as_institution(words, roles, institutions)):
        names = ()
    titled = bool(frozenset(words) & (honorifics | roles))
    full = len([one for one in names if len(one) > 1]) > 1
    own_name = tuple(one for one in names if len(one) > 1) or names
    if len(own_name) > 1 and _peer(words):
        own_name = (_peer(words),)
    return WrittenName(
        names=own_name,
        roles=own_roles,
        institutions=own_institutions,
        countries=frozenset(places) | frozenset(beside),
        words=tuple(one for one in rest if one not in _SMALL) + tuple(places),
        is_person=bool(names) and (titled or full),
        script=script_of(name),
    )


def names_in(name: str) -> list[str]:
    """Return the names in *name*, if it lists several speakers, and not one and an office."""
    parts = [one.strip() for one in name.split(",") if one.strip()]
    roles, institutions, modifiers, _ = _lexicon()
    offices = roles | institutions | modifiers
    if len(parts) > 1 and any(not offices.isdisjoint(words_of(one)) for one in parts[1:]):
        return [name]
    return parts


def countries_in(pairs: Iterable[tuple[str, str]]) -> Countries:
    """Return the countries of *pairs* by the words for them: chinese is china."""
    found: dict[tuple[str, ...], str] = {}
    roles, institutions, *_ = _lexicon()
    for short, full in pairs:
        one, other = tuple(words_of(short)), tuple(words_of(full))
        if not other or set(one) & roles or set(other) & (roles | institutions):
            continue
        if any(word in _SMALL for word in (*one, *other)) and len(other) > 3:
            continue
        name = " ".join(other)
        found[one] = found[other] = name
    for words, name in _COUNTRIES_TOO.items():
        found.setdefault(words, name)
    return found


class _Lexicon(NamedTuple):
    """Folded words of all languages that are no part of a person's name."""

    roles: frozenset[str]
    institutions: frozenset[str]
    #: Words beside offices, and words before names.
    modifiers: frozenset[str]
    honorifics: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    """Return the words of offices and institutions, those beside them, and those before names."""
    known = [words for words in map(attributing_words, _LANGUAGES) if words]
    roles, institutions, modifiers, honorifics = (
        {fold(word) for words in known for word in words[key]}
        for key in ("roles", "institutions", "modifiers", "honorifics")
    )
    # "He" is a surname, and a single letter an initial.
    honorifics.update(word for one in label_words("en").honorifics for word in one.split())
    honorifics.discard("he")
    # Dawn Ellis is no newspaper, and Mary Hill no parliament.
    institutions -= {"dawn", "hill"}
    return _Lexicon(
        frozenset(roles),
        frozenset(institutions),
        frozenset(modifiers),
        frozenset(one for one in honorifics if len(one) > 1 or not one.isalpha()),
    )


def telling_words(name: str) -> frozenset[str]:
    """Return the folded words of *name*, but for small ones."""
    return frozenset(words_of(name)) - _SMALL


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


def _governed(words: list[str], offices: frozenset[str], countries: Countries) -> int | None:
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
    if words[-1] in _NAMES_TOO | _lexicon().honorifics:
        return False
    return words[-1] in institutions or (
        words[-1] in roles and len(words) > 1 and words[0] not in roles
    )


def _without_countries(words: list[str], countries: Countries) -> tuple[list[str], list[str]]:
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
