"""Finds what a question denies: "raise", in "Why did you not raise the levy?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.text.language import Language
from index.text.negations import Negations
from index.text.terms import Token

#: A word denies another at most this many characters away.
NEAR = 40
#: In a question of more terms, a word that denies says little of what is asked.
MOST_TERMS = 12


@dataclass(frozen=True, slots=True)
class Denied:
    """What a question denies."""

    #: The numbers of the terms, among those of the query.
    terms: NDArray[np.intp]
    #: The words of its language that deny.
    words: Negations


def denied_in(
    question: str, tokens: Sequence[Token], asked: Sequence[str], language: Language
) -> Denied | None:
    """Return what *question* denies; ``None`` if nothing.

    These are the terms before and after a word that denies: which of the two, depends on the
    language. *asked* are the terms of the query, which most of the *tokens* have. What begins a
    question denies nothing: "Isn't the port open?" asks whether it is.
    """
    words = language.negations
    if words is None or len(asked) > MOST_TERMS or not words.may_be_in(question):
        return None
    denied: list[str] = []
    for start, stop in words.spans(question):
        if not question[:start].strip():
            continue
        after = next((one for one in tokens if one.start >= stop), None)
        before = next((one for one in reversed(tokens) if one.stop <= start), None)
        if after and after.start - stop <= NEAR:
            denied.append(after.term)
        if before and start - before.stop <= NEAR:
            denied.append(before.term)
    terms = [number for number, term in enumerate(asked) if term in denied]
    return Denied(np.array(terms, dtype=np.intp), words) if terms else None
