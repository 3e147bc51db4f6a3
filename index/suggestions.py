"""Suggests what to ask instead, after a question that nothing answers.

First comes what the question itself has of the record, then names of the passages nearest to it,
then names of the newest statements. A name is suggested if the record, asked for it, answers; what
the question itself has, where it stands in a passage that may be quoted.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from zlib import crc32

import numpy as np
import regex
from numpy.typing import NDArray

from index.model.answer import Hit
from index.model.own import is_own
from index.model.statement import Paragraph, Statement
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
_GAP = regex.compile(r"[ \-‐‑'’]?")
_LETTER = regex.compile(r"\p{L}")
#: Scripts without spaces: their terms are pairs of characters, and not all of these are words.
_UNSPACED = regex.compile(rf"[{UNSPACED}]")


class Suggestions:
    """What a record answers, to be suggested."""

    def __init__(
        self,
        paragraphs: Sequence[tuple[Statement, Paragraph]],
        having: Callable[[tuple[Hashable, ...]], NDArray[np.int64]],
        df: Callable[[Hashable], int],
        is_answered: Callable[[str], bool],
    ) -> None:
        """Suggest what a record of these *paragraphs* answers, the newest of which come first.

        *having* tells the numbers of those that have terms side by side, *df* how many have a term,
        and *is_answered* whether a question is answered.
        """
        self._paragraphs = paragraphs
        self._having, self._df, self._is_answered = having, df, is_answered
        self._most = too_common_above(len(paragraphs))
        #: Whether each of these names is answered; filled as they are suggested.
        self._answered_names: dict[str, bool] = {}

    @cached_property
    def _names(self) -> Sequence[str]:
        """The names in the newest paragraphs."""
        newest = self._paragraphs[:_NEWEST]
        return recurring_names(
            paragraph.text
            for statement, paragraph in newest
            if paragraph.quotable and not is_own(statement)
        )

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
        newest = [*self._names[first:], *self._names[:first]]
        names = self._named([*(name for name in near if name in self._known), *newest])
        return self._first([*own, *self._first(names, SUGGESTIONS, besides=own)], SUGGESTIONS)

    def _own(self, words: str, tokens: Sequence[Token]) -> Iterator[str]:
        """Yield what *words* have that the record answers: names, then the longest and rarest."""
        tokens = tokens[:_MOST_WORDS]
        ranked = []
        #: Where shorter runs begin that stand somewhere; a longer one has two of them.
        standing = set(range(len(tokens)))
        counts = [self._df(token.term) for token in tokens]
        left = max(_MOST_LOOKED_UP, _SHARE_LOOKED_UP * len(self._paragraphs))
        for size in range(1, _LONGEST_RUN + 1):
            places = [place for place in standing if size == 1 or place + 1 in standing]
            standing = set()
            # The rarest first, as it takes a while to look up many.
            for cost, place in sorted((min(counts[one : one + size]), one) for one in places):
                run = tokens[place : place + size]
                if len(run) < size or (size > 1 and not _GAP.fullmatch(_between(words, run))):
                    continue
                left -= cost if size > 1 else 0
                if left < 0:
                    break
                numbers = self._having(tuple(token.term for token in run))
                if not len(numbers):
                    continue
                standing.add(place)
                text = words[run[0].start : run[-1].stop]
                if len(text.encode(errors="replace")) > MAX_BYTES or not _LETTER.search(text):
                    continue
                named = any(is_name_or_number(words, token) for token in run)
                if size == 1:
                    named = named or self._is_name(text, numbers)
                one_thing = self._is_one_thing(text, run, len(numbers), named=named)
                if one_thing and self._may_answer(numbers):
                    # Of pairs of characters the commoner ones are words.
                    order = -len(numbers) if _UNSPACED.search(text) else len(numbers)
                    ranked.append((not named, -size, order, place, text))
        yield from (text for *_, text in sorted(ranked)[:_MOST_OWN])

    def _may_answer(self, numbers: NDArray[np.int64]) -> bool:
        """Return whether one of these paragraphs may be quoted: it answers, as it has all words."""
        few = (self._paragraphs[number] for number in numbers[:_LOOKED_AT].tolist())
        return any(paragraph.quotable and not is_own(statement) for statement, paragraph in few)

    def _is_one_thing(self, text: str, run: Sequence[Token], having: int, *, named: bool) -> bool:
        """Return whether *run*, written *text*, makes a question, or is one that tells enough.

        So many paragraphs are *having* it.
        """
        if _UNSPACED.search(text):
            return len(run) == 1 < len(text) and having <= self._most
        return len(run) > 1 or named or (having <= self._most and len(text) >= _SHORTEST)

    def _is_name(self, word: str, numbers: NDArray[np.int64]) -> bool:
        """Return whether *word*, in small letters, is a name by how these paragraphs write it."""
        if not word.islower():
            return False
        name = word.capitalize()
        texts = [self._paragraphs[one][1].text for one in numbers[:_LOOKED_UP].tolist()]
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


def _between(words: str, run: Sequence[Token]) -> str:
    """Return what stands between the last two tokens of *run*."""
    return words[run[-2].stop : run[-1].start]
