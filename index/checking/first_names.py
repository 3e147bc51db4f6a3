"""Tells whether two first names may be one person's: Joe and Joseph, Tony and Anthony."""

from __future__ import annotations

from functools import cache

#: First names that people go by, by the whole ones. Others with one first letter are left open.
_SHORT_NAMES = """
bill william, bob robert, tony anthony, tony antony, dick richard, jack john, ted edward
ned edward, jim james, peggy margaret, liz elizabeth, betty elizabeth, beth elizabeth
kate catherine, harry henry, sasha alexander, sandy alexander, drew andrew, gus augustus
hank henry, chuck charles, sandra alexandra, rick frederick, fritz friedrich, pepe jose
paco francisco, pancho francisco, nacho ignacio, kiko enrique, lola dolores, bo robert
toni antonio, larry lawrence, nell eleanor, polly mary, molly mary, becky rebecca, mick patrick
paddy patrick, tina christina, gina regina, lena helena, theo matthew, joe joseph, mike michael
dave david, steve steven, steve stephen, andy andrew, charlie charles, tom thomas, jimmy james
"""


def may_be_one_first_name(one: str, other: str) -> bool:
    """Return whether two first names are one: Joe and Joseph, J. and Joe, Tony and Anthony."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short) or (len(short) > 2 and long.endswith(short)):
        return True
    return may_be_short(one, other)


@cache
def _short_names() -> frozenset[frozenset[str]]:
    pairs = _SHORT_NAMES.replace("\n", ",").split(",")
    return frozenset(frozenset(pair.split()) for pair in pairs if pair.strip())


def may_be_short(one: str, other: str) -> bool:
    """Return whether people of one of two first names go by the other."""
    return frozenset((one, other)) in _short_names()
