"""Finds whom a sentence may name: anybody who may be meant by a pronoun after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from index.drafts.nouns import Nouns

#: Before a place: names after these are no people.
PLACE_WORDS = frozenset(("in", "at", "near", "en", "across", "outside"))


class Mention(NamedTuple):
    """Somebody whom a sentence may name."""

    #: A slice of the draft.
    start: int
    stop: int
    #: The words, in lower case.
    forms: frozenset[str]


def mentions_in(nouns: Nouns) -> Iterator[Mention]:
    """Yield whom a sentence may name; places after "in", days and institutions are left out."""
    at = 0
    tokens, words = nouns.tokens, nouns.words
    persons = words["roles", "relatives"]
    while at < len(tokens):
        if not nouns.is_name(tokens[at]) and tokens[at].form not in persons:
            at += 1
            continue
        stop = at + 1
        while stop < len(tokens) and (nouns.is_name(tokens[stop]) or tokens[stop].form in persons):
            stop += 1
        if not _is_common(nouns, at, stop):
            forms = frozenset(one.form for one in tokens[at:stop])
            before = tokens[at - 1].form if at else ""
            # "in Gwal", "the Commons"
            led = before in PLACE_WORDS or before in words["determiners"]
            place = led and forms.isdisjoint(persons)
            if not place and forms.isdisjoint(words["institutions"]):
                yield Mention(tokens[at].start, tokens[stop - 1].stop, forms)
        at = stop


def _is_common(nouns: Nouns, at: int, stop: int) -> bool:
    """Return whether one word names nobody: "Reacting to", or several: ministers."""
    if stop > at + 1:
        return False
    tokens, words = nouns.tokens, nouns.words
    token = tokens[at]
    if token.form in words["roles", "relatives"]:
        return token.form.endswith("s") and token.form[:-1] in words["roles"]
    if nouns.is_within(token) or at + 1 >= len(tokens):
        return False
    led = tokens[at + 1].form in words["prepositions", "inside", "determiners"]
    return at == 0 and led and token.form.endswith(("ing", "ed"))
