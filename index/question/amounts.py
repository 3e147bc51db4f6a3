"""Finds the amounts in a question, and the paragraphs that bear each out: £5bn, 50 %, 2000km.

An amount is a number with a currency, a sign for percent, or a unit beside it. £5bn is borne out by
"5 billion pounds", and not by "£2.5bn", "€5bn" or "5 schools and a billion". What follows from
that, ``search`` decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.postings.bm25 import Numbers, PostingsBM25
from index.text.numbers import CURRENCIES, PER_CENT, SAME_UNIT
from index.text.terms import Analyzer, Token

#: A question has few amounts; more are numbers like others.
_MOST = 4


@dataclass(frozen=True, slots=True, eq=False)
class Amount:
    """An amount that a question names."""

    #: As typed.
    written: str
    #: The paragraphs that have it, ascending.
    paragraphs: Numbers
    #: Whether it is one; otherwise it is a word that only the like bears out, as the US.
    is_number: bool = True
    #: Its unit, if it has one that is written in several ways, and the other ways.
    unit: Token | None = None
    alike: tuple[Token, ...] = ()

    def among(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Return whether each of the paragraphs *numbers* has it."""
        if not len(self.paragraphs):
            return np.zeros(len(numbers), dtype=bool)
        at = self.paragraphs.searchsorted(numbers)
        found: NDArray[np.bool_] = self.paragraphs.take(at, mode="clip") == numbers
        return found


def amounts_in(
    words: str, tokens: Sequence[Token], analyzer: Analyzer, bm25: PostingsBM25
) -> tuple[Amount, ...]:
    """Return the amounts among the *tokens* of the question *words*, in order."""
    found: list[Amount] = []
    for at, number in enumerate(tokens):
        if number.term[:1].isdigit() and len(found) < _MOST:
            found += _amount(words, tokens, at, analyzer, bm25)
    return tuple(found)


def _amount(
    words: str, tokens: Sequence[Token], at: int, analyzer: Analyzer, bm25: PostingsBM25
) -> Iterator[Amount]:
    """Yield the amount whose number is the token *at*, if it has anything beside it."""
    first = last = tokens[at]
    currency, unit = "", None
    alike: tuple[Token, ...] = ()
    if at and tokens[at - 1].term in CURRENCIES and _beside(words, tokens[at - 1], first):
        first = tokens[at - 1]
        currency = first.term
    for token in tokens[at + 1 : at + 4]:
        if not _beside(words, last, token):
            break
        if token.term == PER_CENT or (token.form in SAME_UNIT and unit is None):
            unit = token
            written = " ".join(SAME_UNIT.get(token.form, ()))
            alike = tuple(one for one in analyzer.analyse(written).tokens() if bm25.df(one.term))
        elif token.term in CURRENCIES and not currency:
            currency = token.term
        else:
            break
        last = token
    if first is not last:
        units = [(unit.term,), *((one.term,) for one in alike)] if unit else [()]
        here = [
            bm25.having(run) for one in units for run in _orders(tokens[at].term, one, currency)
        ]
        yield Amount(
            words[first.start : last.stop],
            np.unique(np.concatenate(here)),
            unit=unit if alike else None,
            alike=alike,
        )


def _orders(number: str, unit: tuple[str, ...], currency: str) -> list[tuple[str, ...]]:
    """Return the orders in which the terms of an amount stand in a text."""
    if not currency:
        return [(number, *unit)]
    # "5 billion US dollars"
    return [(currency, number, *unit), (number, *unit, currency), (number, *unit, "us", currency)]


def _beside(words: str, one: Token, other: Token) -> bool:
    """Return whether nothing but a space or a hyphen stands between two tokens."""
    return words[one.stop : other.start] in ("", " ", "\u00a0", "\u202f", "-")
