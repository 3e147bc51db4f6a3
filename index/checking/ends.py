"""Mends the ends of a comparison's parts, where nothing on one side holds the words in place.

An alignment may take the first word from a sentence before, or the last from the sentence after:
"It | … this] is a tragedy", "co-operation | cooperation. He". Here such words are set beside those
that stand directly before or after the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from index.checking.comparison import (
    Aligned,
    Comparison,
    Part,
    Standing,
    WrittenWords,
    beside,
)
from index.checking.places import Places
from index.checking.spelling import are_spellings
from index.checking.words import beginning_of

#: So few words that are the same, apart from the rest by so many, are no part of it.
_MOST_APART, _FEWEST_BETWEEN = 2, 3
#: So many words on record may be one of the quotation in another spelling.
_MOST_PIECES = 4


def with_whole_ends(comparison: Comparison, places: Places) -> Comparison:
    """Return *comparison* with the ends of its parts mended, by the words in *places*."""
    written = comparison.written
    parts = (_mended(list(part.pairs), written, places) for part in comparison.parts)
    return replace(comparison, parts=tuple(Part(tuple(pairs)) for pairs in parts))


def _mended(pairs: list[Aligned], written: WrittenWords, places: Places) -> list[Aligned]:
    pairs = _near(pairs, written)
    pairs = _near(pairs[::-1], written)[::-1]
    pairs = _spelled(pairs, written, places, forward=False)
    pairs = _spelled(pairs[::-1], written, places, forward=True)[::-1]
    return _with_whole_name(pairs, places)


def _with_whole_name(pairs: list[Aligned], places: Places) -> list[Aligned]:
    """Return *pairs*; if the record's last word is another name, with all of it: Sri Lanka."""
    last = pairs[-1].standing
    if last is None or pairs[-1].same or not last.word.spelled[:1].isupper():
        return pairs
    words, text = places.words(last.paragraph), places.text(last.paragraph)
    at = last.number + 1
    while (
        at < len(words)
        and words[at].spelled[:1].isupper()
        and not text[words[at - 1].stop : words[at].start].strip()
    ):
        standing = Standing(last.paragraph, at, words[at])
        pairs.append(Aligned(None, standing, same=False, identical=False))
        at += 1
    return pairs


def _near(pairs: list[Aligned], written: WrittenWords) -> list[Aligned]:
    """Return *pairs*, read from an end, with a word or two that stand far off brought near."""
    first = next((at for at, one in enumerate(pairs) if not one.same), len(pairs))
    last = first
    while last < len(pairs) and pairs[last].written is None:
        last += 1
    few, between = pairs[:first], pairs[first:last]
    if not 0 < len(few) <= _MOST_APART or len(between) < _FEWEST_BETWEEN or last == len(pairs):
        return pairs
    near = between[-len(few) :]
    moved = [
        beside(one.written, other.standing, written) for one, other in zip(few, near, strict=True)
    ]
    return moved + pairs[last:]


def _spelled(
    pairs: list[Aligned], written: WrittenWords, places: Places, *, forward: bool
) -> list[Aligned]:
    """Return *pairs*, read from an end, with what differs there beside another spelling of it.

    It stands on record directly before the rest, or after it (*forward*).
    """
    first = next((at for at, one in enumerate(pairs) if one.same), len(pairs))
    anchor = pairs[first].standing if first < len(pairs) else None
    ours = [one.written for one in pairs[:first] if one.written is not None]
    if anchor is None or not ours:
        return pairs
    there = places.words(anchor.paragraph)
    written_words = [written.words[number] for number in sorted(ours)]
    for pieces in range(1, _MOST_PIECES + 1):
        begin = anchor.number + 1 if forward else anchor.number - pieces
        stop = begin + pieces
        if begin < 0 or stop > len(there):
            break
        if are_spellings(written_words, there[begin:stop]):
            standing = [Standing(anchor.paragraph, at, there[at]) for at in range(begin, stop)]
            chunk = _chunk(sorted(ours), standing, written)
            return (chunk[::-1] if forward else chunk) + pairs[first:]
    return _without_strangers(pairs[:first], written) + pairs[first:]


def _without_strangers(run: list[Aligned], written: WrittenWords) -> list[Aligned]:
    """Return a *run* at an end; beyond a word like its counterpart, the record's are none of it."""
    akin = [
        at
        for at, one in enumerate(run)
        if one.written is not None
        and one.standing is not None
        and beginning_of(written.words[one.written]) == beginning_of(one.standing.word)
    ]
    if not akin:
        return run
    alone = [
        beside(one.written, None, written) for one in run[: akin[-1]] if one.written is not None
    ]
    return alone + run[akin[-1] :]


def _chunk(
    ours: Sequence[int], standing: Sequence[Standing], written: WrittenWords
) -> list[Aligned]:
    return [beside(number, there, written) for number, there in zip_longest(ours, standing)]
