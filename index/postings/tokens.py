"""Numbers the terms of a record, and sorts its tokens into postings.

The tokens of all paragraphs are numbered in one sequence, and a *position* is a token's number. A
*posting* is the positions of one term in one paragraph. What a posting weighs, ``bm25`` reckons.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.keeping.paragraphs import Ints
from index.keeping.splice import Splice, Weave, ahead_of
from index.keeping.strings import Numbered


class Numbering(dict[str, int]):
    """The number of each word that was met: as it is known, or the next."""

    def __init__(self, known: Mapping[str, int]) -> None:
        """Number words on after those that are *known*."""
        self._known = known
        #: Those that were not known, in the order in which they first occur.
        self.new: list[str] = []

    @classmethod
    def of(cls, words: Sequence[str]) -> Numbering:
        """Return what numbers words on after *words*, which have the first numbers."""
        known = {word: number for number, word in enumerate(words)}
        made = cls(known)
        made.update(known)
        return made

    def __missing__(self, word: str) -> int:
        number = self._known.get(word, -1)
        if number < 0:
            number = len(self._known) + len(self.new)
            self.new.append(word)
        self[word] = number
        return number


@dataclass(frozen=True, slots=True)
class NumberedTokens:
    """The tokens of some paragraphs, as the numbers of their terms."""

    #: The terms that were not known, in the order of their numbers, which follow the known ones'.
    terms: Sequence[str]
    #: The number of each token's term, paragraph by paragraph.
    tokens: NDArray[np.int32]
    #: The number of tokens of each paragraph.
    lengths: Ints


def numbered(
    corpus: Iterable[Sequence[str]], known: Mapping[str, int] | None = None
) -> NumberedTokens:
    """Number the terms of *corpus* as they first occur, after those that are *known*."""
    numbers = Numbering(known or {})
    tokens, lengths = array("i"), array("q")
    # One by one, as a generator may read them from the record only now.
    for terms in corpus:
        tokens.extend(map(numbers.__getitem__, terms))
        lengths.append(len(terms))
    return NumberedTokens(numbers.new, np.array(tokens), np.array(lengths))


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedTokens:
    """The tokens of a record in the order of its postings: by term, and in each by paragraph."""

    #: Every word with its number.
    words: Mapping[str, int]
    #: The number of tokens of each paragraph.
    lengths: Ints
    #: The position of each token; in each term they ascend.
    positions: NDArray[np.int32]
    #: The paragraph of each posting, and where its tokens begin; one more ends the last.
    paragraphs: NDArray[np.int32]
    begins: NDArray[np.int32]
    #: How many postings each term has.
    df: Ints


def sorted_tokens(read: NumberedTokens, known: Mapping[str, int] | None = None) -> SortedTokens:
    """Return the tokens that were *read* in the order of their postings.

    Their terms are numbered after those that were *known*, and these may occur, too.
    """
    words = known or {term: number for number, term in enumerate(read.terms)}
    terms = len(known or ()) + len(read.terms)
    positions = np.argsort(read.tokens, kind="stable").astype(np.int32)
    term = read.tokens[positions]
    here = np.repeat(np.arange(len(read.lengths), dtype=np.int32), read.lengths)[positions]
    begins = np.flatnonzero(np.diff(term, prepend=-1) | np.diff(here, prepend=-1))
    return SortedTokens(
        words=words,
        lengths=read.lengths,
        positions=positions,
        paragraphs=here[begins],
        begins=np.append(begins, len(positions)).astype(np.int32),
        df=np.bincount(term[begins], minlength=terms),
    )


class Spliced(NamedTuple):
    """The tokens of a record of which most paragraphs stay as they were."""

    tokens: SortedTokens
    #: Those of the new paragraphs alone, as they were read and as postings; and how they come
    #: between those that stay.
    read: NumberedTokens
    new: SortedTokens
    woven: Weave
    #: Which tokens stay, and which are new, as they stand in the texts.
    splice: Splice
    #: The number of each word that there was, or -1; and behind these, of each new one.
    numbers: NDArray[np.int32]


def spliced(before: SortedTokens, read: NumberedTokens, splice: Splice) -> Spliced:
    """Return the tokens of a record, by those of *before* and those of its new paragraphs.

    The *splice* tells which paragraphs stay, in their order, and where the new ones come. The new
    ones were *read* with the words of *before* known. Nothing is sorted but what is new.
    """
    new = sorted_tokens(read, before.words)
    here, there = splice.moved(before.paragraphs), splice.placed()[new.paragraphs]
    stays = here >= 0
    df = np.zeros(len(new.df), dtype=np.int64)
    df[: len(before.df)] = before.df
    gone = df.cumsum().searchsorted((~stays).nonzero()[0], "right")
    df -= np.bincount(gone, minlength=len(df))
    ahead = ahead_of(here[stays], df, there, new.df)
    postings = Weave(stays, ahead)
    tf = np.diff(new.begins)
    begins = np.zeros(len(stays) - np.count_nonzero(~stays) + len(ahead) + 1, dtype=np.int32)
    postings.values(np.diff(before.begins), tf).cumsum(out=begins[1:])
    tokens = splice.of_parts(before.lengths.cumsum(), new.lengths.cumsum())
    at = tokens.moved(before.positions)
    # Ahead of a new posting's tokens are those of all postings ahead of it, of which some are new.
    ahead = begins[ahead + np.arange(len(ahead))] - (tf.cumsum() - tf)
    woven = Weave(at >= 0, ahead.repeat(tf))
    df += new.df
    occurs = df > 0
    numbers = np.where(occurs, occurs.cumsum() - 1, -1).astype(np.int32)
    words = before.words if isinstance(before.words, Numbered) else Numbered.of(before.words)
    known = len(before.df)
    return Spliced(
        SortedTokens(
            words=words.changed(occurs[:known], read.terms),
            lengths=splice.values(before.lengths, new.lengths),
            positions=woven.values(at, tokens.placed()[new.positions]),
            paragraphs=postings.values(here, there),
            begins=begins,
            df=df[occurs],
        ),
        read,
        new,
        woven,
        tokens,
        numbers,
    )
