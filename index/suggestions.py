"""Suggests what to ask instead, after a question that nothing answers.

First comes what the question itself has of the record, then names of the passages nearest to it,
then names of the newest statements. A name is suggested if the record, asked for it, answers; what
the question itself has, where it stands in a passage that may be quoted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import numpy as np
import regex
from numpy.typing import NDArray

from index.model.answer import Hit
from index.postings.bm25 import Mask, PostingsBM25
from index.text.suggested_names import MAX_BYTES, names_in, recurring_names, too_common_above
from index.text.terms import Token, is_name_or_number
from index.text.words import UNSPACED

#: At most so many questions are suggested; of the question's own words one fewer, so that there is
#: always a way to something else.
SUGGESTIONS = 3
_OWN = SUGGESTIONS - 1
#: So many words that stand side by side are taken for one thing: "belt and road" is three.
_LONGEST_RUN = 3
#: Only the first words of a long question are looked at, and at most so many parts of it.
_MOST_WORDS, _MOST_OWN = 32, 6
#: In so many paragraphs altogether it is looked up whether words stand side by side, or in this
#: share of a large record.
_MOST_LOOKED_UP, _SHARE_LOOKED_UP = 100_000, 0.5
#: So many of the paragraphs that have some words are looked at for one that may be quoted.
_LOOKED_AT = 20
#: A word with fewer letters is not suggested by itself, unless it is a name: "won", "world". Short
#: words are the common ones (G. K. Zipf, Human Behavior and the Principle of Least Effort, 1949).
_SHORTEST = 6
#: In so many paragraphs it is looked up whether the record writes a word with a capital.
_LOOKED_UP = 3
#: Names are suggested from so many of the newest paragraphs.
_NEWEST = 500
#: Among so many names of the newest statements it depends on the question where to begin.
_NEWEST_NAMES = 30
#: What may stand between words that belong together.
_GAPS = frozenset(["", *" -‐‑'’"])
_LETTER = regex.compile(r"\p{L}")
#: Scripts without spaces: their terms are pairs of characters, and not all of these are words.
_UNSPACED = regex.compile(rf"[{UNSPACED}]")


class _Own(NamedTuple):
    """What a question itself has of the record; what is suggested first sorts first."""

    unnamed: bool
    #: How many words it has, negative.
    size: int
    having: int
    place: int
    text: str


class Suggestions:
    """What a record answers, to be suggested."""

    def __init__(
        self,
        texts: Sequence[str],
        may_be_quoted: Mask,
        bm25: PostingsBM25,
        is_answered: Callable[[str], bool],
    ) -> None:
        """Suggest what a record answers whose paragraphs have these *texts*, the newest first.

        *may_be_quoted* tells which of them answer a question that is not about the bot, *bm25*
        which have a term, and *is_answered* whether a question is answered.
        """
        self._texts, self._may_be_quoted, self._bm25 = texts, may_be_quoted, bm25
        self._is_answered = is_answered
        self._most = too_common_above(len(may_be_quoted))
        #: Whether each of these names is answered; filled as they are suggested.
        self._answered_names: dict[str, bool] = {}

    @cached_property
    def _names(self) -> Sequence[str]:
        """The names in the newest paragraphs."""
        newest = self._may_be_quoted[:_NEWEST].nonzero()[0].tolist()
        return recurring_names(self._texts[number] for number in newest)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._names)

    def instead_of(
        self, words: str, tokens: Sequence[Token], nearest: Sequence[Hit]
    ) -> tuple[str, ...]:
        """Return what to ask instead of *words*, whose subject is in *tokens*.

        *nearest* are the passages that come nearest to answering it.
        """
        own = self._first(self._own(words, tokens), _OWN)
        near = (name for hit in nearest for name in names_in(hit.paragraph.text))
        # Whoever asks about something else is not shown the same names again.
        first = crc32(words.encode(errors="replace")) % max(1, min(_NEWEST_NAMES, len(self._names)))
        names = chain(
            filter(self._known.__contains__, near), self._names[first:], self._names[:first]
        )
        return (*own, *self._first(self._named(names), SUGGESTIONS - len(own), besides=own))

    def _own(self, words: str, tokens: Sequence[Token]) -> Iterator[str]:
        """Yield what *words* have that the record answers: names, then the longest and rarest."""
        tokens = tokens[:_MOST_WORDS]
        counts = [self._bm25.df(token.term) for token in tokens]
        found = [*self._own_words(words, tokens, counts), *self._own_runs(words, tokens, counts)]
        yield from (one.text for one in sorted(found)[:_MOST_OWN])

    def _own_words(
        self, words: str, tokens: Sequence[Token], counts: Sequence[int]
    ) -> Iterator[_Own]:
        """Yield those of *tokens* that make a question by themselves.

        So many paragraphs have each as its one of *counts*.
        """
        for place, (token, count) in enumerate(zip(tokens, counts, strict=True)):
            text = words[token.start : token.stop]
            if not count or not _may_be_asked(text):
                continue
            unspaced, few = _is_unspaced(text), count <= self._most
            if unspaced and not (few and len(text) > 1):
                continue
            having = self._bm25.having_term(token.term)
            if not self._may_answer(having):
                continue
            named = is_name_or_number(words, token) or self._is_name(text, having)
            if unspaced or named or (few and len(text) >= _SHORTEST):
                # Of pairs of characters the commoner ones are words.
                yield _Own(not named, -1, -count if unspaced else count, place, text)

    def _own_runs(
        self, words: str, tokens: Sequence[Token], counts: Sequence[int]
    ) -> Iterator[_Own]:
        """Yield what *tokens* side by side are one thing; the record has each in *counts*."""
        #: Where shorter runs begin that stand somewhere; a longer one has two of them.
        standing = {place for place, count in enumerate(counts) if count}
        left = max(_MOST_LOOKED_UP, _SHARE_LOOKED_UP * len(self._may_be_quoted))
        for size in range(2, _LONGEST_RUN + 1):
            places = [
                (min(counts[place : place + size]), place)
                for place in standing
                if place + 1 in standing
                and words[tokens[place + size - 2].stop : tokens[place + size - 1].start] in _GAPS
            ]
            standing = set()
            # The rarest first, as it takes a while to look up many.
            for cost, place in sorted(places):
                left -= cost
                if left < 0:
                    return
                run = tokens[place : place + size]
                having = self._bm25.having(tuple(token.term for token in run))
                if not len(having):
                    continue
                standing.add(place)
                text = words[run[0].start : run[-1].stop]
                if _may_be_asked(text) and not _is_unspaced(text) and self._may_answer(having):
                    named = any(is_name_or_number(words, token) for token in run)
                    yield _Own(not named, -size, len(having), place, text)

    def _may_answer(self, numbers: NDArray[np.integer]) -> bool:
        """Return whether one of these paragraphs may be quoted: it answers, as it has all words."""
        return any(map(self._may_be_quoted.data.__getitem__, numbers[:_LOOKED_AT].tolist()))

    def _is_name(self, word: str, numbers: NDArray[np.integer]) -> bool:
        """Return whether *word*, in small letters, is a name by how these paragraphs write it."""
        if not word.islower():
            return False
        name = word.capitalize()
        texts = map(self._texts.__getitem__, numbers[:_LOOKED_UP].tolist())
        return all(name in text and word not in text for text in texts)

    def _named(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the *names* that the record answers; each is asked once."""
        for name in names:
            if name not in self._answered_names:
                self._answered_names[name] = self._is_answered(name)
            if self._answered_names[name]:
                yield name

    def _first(
        self, suggested: Iterable[str], most: int, besides: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Return the first of *suggested* that differ from each other, and from those *besides*."""
        found: list[str] = []
        taken = [set(one.casefold().split()) for one in besides]
        for one in suggested:
            if len(found) == most:
                break
            words = set(one.casefold().split())
            if not any(words <= other or other <= words for other in taken):
                found.append(one)
                taken.append(words)
        return tuple(found)


def _may_be_asked(text: str) -> bool:
    """Return whether *text* fits the button of a suggestion, and has a letter."""
    fits = len(text if text.isascii() else text.encode(errors="replace")) <= MAX_BYTES
    return fits and (text.isalpha() or _LETTER.search(text) is not None)


def _is_unspaced(text: str) -> bool:
    """Return whether *text* has a character of a script without spaces."""
    return not text.isascii() and _UNSPACED.search(text) is not None
