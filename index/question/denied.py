"""Finds what a question denies: "raise", in "Why did you not raise the levy?"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from index.text.language import Language
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
    #: The words of its language that deny, to be looked for in lower case.
    words: regex.Pattern[str]


def denied_in(
    question: str, tokens: Sequence[Token], numbers: Mapping[str, int], language: Language
) -> Denied | None:
    """Return what *question* denies; ``None`` if nothing.

    It is the term after a word that denies, or else the one before it; each of *tokens* has its
    number in *numbers*, if it is a term of the query. What begins a question denies nothing:
    "Isn't the port open?" asks whether it is.
    """
    words = language.negations
    if words is None or len(numbers) > MOST_TERMS:
        return None
    plain = question.lower().replace("’", "'")
    if len(plain) != len(question):
        return None
    terms = []
    for match in words.finditer(plain):
        if not plain[: match.start()].strip():
            continue
        after = next((one for one in tokens if one.start >= match.end()), None)
        before = next((one for one in reversed(tokens) if one.stop <= match.start()), None)
        if after and after.start - match.end() <= NEAR:
            terms.append(numbers.get(after.term, -1))
        elif before and match.start() - before.stop <= NEAR:
            terms.append(numbers.get(before.term, -1))
    terms = [number for number in terms if number >= 0]
    return Denied(np.array(terms, dtype=np.intp), words) if terms else None
