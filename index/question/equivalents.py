"""Knows which words and phrases mean the same: the operator's synonyms and defined abbreviations.

Each is a row of terms, as a text of the record would have it; a row of several is looked for as it
stands, in a row. How much an equivalent counts is ``query``'s to say.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.postings.bm25 import PostingsBM25
from index.text.abbreviations import Definition
from index.text.terms import Analyzers

#: A word that is two words elsewhere has parts of so many letters at least.
_SHORTEST_PART = 3

#: A word or a phrase, as its terms.
Member = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A member found in a question, and what means the same."""

    #: The first of the question's terms that it takes up, from 0, and how many it does.
    start: int
    length: int
    others: tuple[Member, ...]


class Equivalents:
    """All groups of members that mean the same; built once."""

    def __init__(self, groups: Iterable[Iterable[Member]]) -> None:
        """Take *groups*; one whose members are all the same, or empty, tells nothing."""
        others: dict[Member, dict[Member, None]] = {}
        for group in groups:
            members = [member for member in dict.fromkeys(group) if member]
            for member in members:
                if len(members) > 1:
                    others.setdefault(member, {}).update(dict.fromkeys(members))
        self._others = {
            member: tuple(one for one in same if one != member) for member, same in others.items()
        }
        self._longest: dict[str, int] = {}
        for member in self._others:
            self._longest[member[0]] = max(len(member), self._longest.get(member[0], 0))

    def phrases(self) -> list[Member]:
        """Return every member of several terms."""
        return [member for member in self._others if len(member) > 1]

    def found_in(self, terms: Sequence[str]) -> list[Match]:
        """Return the members among a question's *terms*, the longest where several begin."""
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
    """Return what the postings have *member* under: its only term, or the phrase."""
    return member if len(member) > 1 else member[0]


def groups_of(
    synonyms: Iterable[Sequence[str]],
    defined: Iterable[Definition],
    joined: Mapping[str, Sequence[str]],
    analyzers: Analyzers,
    bm25: PostingsBM25,
) -> list[list[Member]]:
    """Return what means the same on a record, each group as its members' terms.

    These are the operator's *synonyms*, the abbreviations that statements *defined*, and words that
    stand both *joined* and apart: "ironclad", whose parts are "iron" and "clad".
    """

    def member(text: str) -> Member:
        return tuple(analyzers.for_question(text).analyse(text).terms)

    groups = [[member(one) for one in same] for same in synonyms]
    groups += [[member(one.short), member(one.long)] for one in defined]
    for word, parts in joined.items():
        whole = member(word)
        if len(whole) == 1 and bm25.postings(whole[0]):
            groups.append([whole, member(" ".join(parts))])
    groups += [[(word,), parts] for word, parts in _apart(bm25)]
    return groups


def _apart(bm25: PostingsBM25) -> Iterator[tuple[str, Member]]:
    """Return the terms that stand as two words elsewhere on record, and those."""
    for word in list(bm25.terms()):
        if isinstance(word, str) and (parts := parts_of(word, bm25)):
            yield word, parts


def parts_of(word: str, bm25: PostingsBM25) -> Member:
    """Return the two terms that stand side by side on record and make up the term *word*."""
    terms = bm25.terms()
    if len(word) >= 2 * _SHORTEST_PART and word.isalpha():
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            parts = (word[:cut], word[cut:])
            if parts[0] in terms and parts[1] in terms and len(bm25.having(parts)):
                return parts
    return ()
