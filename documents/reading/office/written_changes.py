"""Tells an editor what a word processor's document holds beside its printed words.

Which words these are is known to the readers; what must be looked at is decided in ``judging``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from documents.model import Claim, Field, LeftOut, Warned, Why

_EMBARGO = regex.compile(r"(?i)embargo|not for (?:release|publication)|sperrfrist|эмбарго|禁发|حظر")


def change_warnings(
    *, insertions: int, deletions: int, moves: int = 0, hidden: bool, struck: bool
) -> Iterator[Warned]:
    """Yield a warning of tracked revisions, of hidden words, and of words struck through.

    >>> [one.text for one in change_warnings(insertions=1, deletions=2, hidden=False, struck=False)]
    ['1 insertion and 2 deletions tracked']
    """
    counts = {"insertion": insertions, "deletion": deletions, "move": moves}
    tracked = [f"{n} {what}{'' if n == 1 else 's'}" for what, n in counts.items() if n]
    if tracked:
        *first, last = tracked
        yield Warned(text=f"{', '.join(first)} and {last} tracked" if first else f"{last} tracked")
    if hidden:
        yield Warned(text="hidden text left out")
    if struck:
        yield Warned(text="words that are struck through are kept")


def embargoes_beside(left_out: Iterable[LeftOut]) -> Iterator[Claim]:
    """Yield a claim of an embargo for each head or foot of a page that speaks of one.

    It holds for the text, although its words are none of the text.
    """
    for one in left_out:
        if one.why in (Why.HEADER, Why.FOOTER) and _EMBARGO.search(one.text):
            yield Claim(field=Field.EMBARGO, value=one.text, where=str(one.why))
