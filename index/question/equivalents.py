"""Knows which words and phrases mean the same: the operator's synonyms and defined abbreviations.

Each is a tuple of terms; several terms are searched for as a phrase. How much an equivalent counts,
``weights`` decides.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.keeping.columns import Keeper, Kept
from index.postings.bm25 import PostingsBM25
from index.text.abbreviations import Definition
from index.text.terms import Analyzers
from index.text.words import is_of_letters

#: If a word is also written as two words, each has at least this many letters.
_SHORTEST_PART = 3
#: A longer word, in letters, is not two.
_LONGEST_WHOLE = 40

#: A word or a phrase, as its terms.
Member = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A member found in a question, and the members that mean the same."""

    #: The number of its first term in the question, from 0, and how many terms it has there.
    start: int
    length: int
    others: tuple[Member, ...]


class Equivalents:
    """The groups of members that mean the same; built once."""

    def __init__(self, groups: Iterable[Iterable[Member]]) -> None:
        """Keep *groups*, except those without two different members."""
        others: dict[Member, dict[Member, None]] = {}
        for group in groups:
            members = [member for member in dict.fromkeys(group) if member]
            for member in members:
                if len(members) > 1:
                    others.setdefault(member, {}).update(dict.fromkeys(members))
        self._note(
            {member: tuple(one for one in same if one != member) for member, same in others.items()}
        )

    def keep(self, to: Keeper) -> None:
        """Write the groups *to* columns."""
        to.value("others", list(self._others.items()))

    @classmethod
    def kept(cls, of: Kept) -> Equivalents:
        """Return what ``keep`` wrote."""
        made = cls.__new__(cls)
        made._note({tuple(one): tuple(map(tuple, same)) for one, same in of.value("others")})
        return made

    def _note(self, others: dict[Member, tuple[Member, ...]]) -> None:
        #: Of each member, the others that mean the same.
        self._others = others
        self._longest: dict[str, int] = {}
        for member in others:
            self._longest[member[0]] = max(len(member), self._longest.get(member[0], 0))

    def phrases(self) -> list[Member]:
        """Return the members of several terms."""
        return [member for member in self._others if len(member) > 1]

    def found_in(self, terms: Sequence[str]) -> list[Match]:
        """Return the members among a question's *terms*; the longest, where several begin."""
        found: list[Match] = []
        reached = 0
        for start, term in enumerate(terms):
            if start < reached or term not in self._longest:
                continue
            for length in range(min(self._longest[term], len(terms) - start), 0, -1):
                member = tuple(terms[start : start + length])
                if member in self._others:
                    found.append(Match(start, length, self._others[member]))
                    reached = start + length
                    break
        return found


def key_of(member: Member) -> Hashable:
    """Return the key of *member* in the postings: its only term, or the tuple of its terms."""
    return member if len(member) > 1 else member[0]


def groups_of(
    synonyms: Iterable[Sequence[str]],
    defined: Iterable[Definition],
    compounds: Mapping[str, Sequence[str]],
    two_words: Mapping[str, Member],
    *,
    analyzers: Analyzers,
    bm25: PostingsBM25,
) -> list[list[Member]]:
    """Return the groups of words that mean the same on a record, each member as its terms.

    These are the operator's *synonyms*, the abbreviations that statements *defined*, and words that
    the record writes as one and as several: "ironclad", of the parts "iron" and "clad". *compounds*
    are the parts of hyphenated words, by the word without hyphens; *two_words* those of words that
    are also written as two.
    """

    def members(text: str) -> list[Member]:
        return [tuple(one.analyse(text).terms) for one in analyzers.for_question(text)]

    def member(text: str) -> Member:
        return members(text)[0]

    groups = [[read for one in same for read in members(one)] for same in synonyms]
    groups += [[member(one.short), member(one.long)] for one in defined]
    for word, parts in compounds.items():
        whole = member(word)
        if len(whole) == 1 and bm25.postings(whole[0]):
            groups.append([whole, member(" ".join(parts))])
    groups += [[(word,), parts] for word, parts in two_words.items()]
    return groups


def also_two_words(words: Iterable[str], bm25: PostingsBM25) -> dict[str, Member]:
    """Return those of *words* that the record also writes as two words, with the two."""
    on_record = bm25.words
    found = ((word, parts_of(word, bm25)) for word in sorted(words) if word in on_record)
    return {word: parts for word, parts in found if parts}


def parts_of(word: str, bm25: PostingsBM25) -> Member:
    """Return the two terms that together spell *word* and stand side by side on record."""
    terms = bm25.words
    if 2 * _SHORTEST_PART <= len(word) <= _LONGEST_WHOLE and is_of_letters(word):
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            parts = (word[:cut], word[cut:])
            if parts[0] in terms and parts[1] in terms and len(bm25.having(parts)):
                return parts
    return ()
