"""Splits Korean words, to whose ends particles stick: 서울은 is Seoul with the mark of a topic.

Each pair of syllables is a term, as most nouns have two or are made of such; a particle or
an ending is left out first. So 부산항을 is found by 부산 and by 부산항.
"""

from __future__ import annotations

from collections.abc import Sequence


def stem_of(word: str, particles: Sequence[str]) -> str:
    """Return a Korean *word* without the longest of *particles* that it ends in, if any is left.

    >>> stem_of("서울은", ["은", "는"])
    '서울'
    """
    if not word.endswith(tuple(particles)):
        return word
    ending = max((len(one) for one in particles if word.endswith(one)), default=0)
    return word[: len(word) - ending] or word


def pieces(word: str, particles: Sequence[str]) -> list[tuple[int, int]]:
    """Return the (start, stop) of the terms of a Korean *word*, in order.

    A word of two syllables, too short to tell whether the second is one of *particles*, is a term
    with and without it.

    >>> [("부산항을"[start:stop]) for start, stop in pieces("부산항을", ["을", "를"])]
    ['부산', '산항']
    >>> [("물은"[start:stop]) for start, stop in pieces("물은", ["은"])]
    ['물', '물은']
    """
    stem = len(stem_of(word, particles))
    if stem == 1:
        return [(0, 1), (0, 2)] if len(word) == 2 else [(0, 1)]
    return [(start, start + 2) for start in range(stem - 1)]
