"""Finds where phrases stand, by the positions of all words.

The words of all texts are numbered in one sequence, the *row*, and a position is a word's number.
A phrase is looked for at the positions of its rarest word; the row tells which words stand beside
it. So no text is read again, and the time depends on how common that word is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, combinations, product

import numpy as np
from numpy.typing import NDArray

from index.keeping.columns import Keeper, Kept
from index.keeping.strings import Numbered
from index.postings.phrase_words import (
    ANY,
    Gap,
    Phrase,
    Spelling,
    initials_of,
    is_joint,
    is_sign,
    may_have_marks,
    pieces_of,
)
from index.postings.word_row import BREAK, JOINED, SPACED, WORD, Row, SortedRow, Words, read_row
from index.text.folding import fold

Positions = NDArray[np.int64]
#: A word as it is written somewhere: the numbers of its pieces, and for each but the first, whether
#: it must be joined to the one before it.
_Spelled = tuple[tuple[int, ...], tuple[bool, ...]]

#: The binary logarithm of how many positions share a block.
_BLOCK = 8
#: So many words are looked for in all the ways to write a phrase together.
_MOST_WORDS = 500
_ASCII_WORD = re.compile("[a-z0-9]+")
_JOINT = Gap(joined=True)
_NOWHERE: Positions = np.zeros(0, dtype=np.int64)


class WordPositions:
    """All words of some texts, in order; built once."""

    def __init__(self, row: SortedRow) -> None:
        """Take the words of the texts in a *row*."""
        self._words, self._sign_of = row.words, row.sign_of
        #: Where each sign stands: the position of the word after it, and the sign's own number.
        self._signs = np.unique(row.row.before_word * (len(row.sign_of) or 1) + row.row.signs)
        self._note_texts(row.row.ends)
        self._row, self._places = row.row.row, row.places
        #: Where the positions of each word begin.
        self._begins: Sequence[int] = np.append(0, np.cumsum(row.counts)).data
        joined = (self._row & JOINED).nonzero()[0]
        word = self._row[joined - 1] & WORD
        #: Which two words are joined somewhere.
        self._pairs = np.unique(word.astype(np.int64) << 32 | (self._row[joined] & WORD))

    @classmethod
    def of(cls, texts: Iterable[str | None], forms: Mapping[str, int]) -> WordPositions:
        """Return the words of *texts*; a phrase may reach across their ends, but not a ``None``.

        *forms* are folded words that are numbered from 0 already.
        """
        return cls(read_row(texts, forms))

    def row(self) -> SortedRow:
        """Return the words of all texts in a row."""
        before_word, signs = np.divmod(self._signs, len(self._sign_of) or 1)
        return SortedRow(
            Row(self._row, self._ends, before_word, signs.astype(np.int32)),
            self._words,
            self._sign_of,
            np.diff(self._begins),
            self._places,
        )

    def keep(self, to: Keeper) -> None:
        """Write the positions *to* columns, all but the words that are forms on record."""
        to.numbered("others", self._words.others)
        to.value("signs", list(self._sign_of))
        to.arrays(
            row=self._row,
            places=self._places,
            begins=np.asarray(self._begins),
            pairs=self._pairs,
            signs_at=self._signs,
            texts=self.texts,
            ends=self._ends,
            text_of_block=self._text_of_block,
            texts_later=self._texts_later,
        )

    @classmethod
    def kept(cls, of: Kept, forms: Mapping[str, int]) -> WordPositions:
        """Return what ``keep`` wrote; *forms* are the words that are."""
        made = cls.__new__(cls)
        made._words = Words(forms, of.numbered("others"))
        made._sign_of = {sign: number for number, sign in enumerate(of.value("signs"))}
        made._row, made._places = of.array("row", "i4"), of.array("places", "i4")
        made._begins, made._pairs = of.ints("begins"), of.array("pairs", "i8")
        made._signs = of.array("signs_at", "i8")
        made.texts, made._ends = of.array("texts", "i8"), of.array("ends", "i4")
        made._text_of_block = of.array("text_of_block", "i4")
        made._texts_later = of.array("texts_later", "u1")
        return made

    def slices(self) -> NDArray[np.int64]:
        """Return where the words of each of ``texts`` begin and end: shape (texts, 2).

        A text that has a sign before its first word or after its last has -1 for both: the row
        does not tell whether the sign is its own or its neighbour's.
        """
        breaks = (self._row & WORD == BREAK).nonzero()[0]
        ends = self._ends.astype(np.int64)
        # Breaks are ahead of a text's words.
        ahead = breaks.searchsorted(ends)
        begins = np.append(0, ends[:-1])[: len(ends)] + np.diff(ahead, prepend=0)
        at_sign = np.zeros(len(self._row) + 1, dtype=bool)
        at_sign[self._signs // (len(self._sign_of) or 1)] = True
        found = np.stack([begins, ends], axis=1)
        found[at_sign[begins] | at_sign[ends]] = -1
        return found

    def _note_texts(self, ends: NDArray[np.int32]) -> None:
        """Note which text each position is in, given where each text *ends* in the row."""
        lengths = np.diff(ends, prepend=0)
        #: The numbers of the texts that have a word; no others have a position.
        self.texts: Positions = lengths.nonzero()[0]
        self._ends = ends[self.texts]
        text = np.repeat(np.arange(len(self.texts), dtype=np.int32), lengths[self.texts])
        #: The text at the first position of every block, and for each position how many texts
        #: later its own is: no more than there are positions in a block.
        self._text_of_block = text[:: 1 << _BLOCK].copy()
        within = text - np.repeat(self._text_of_block, 1 << _BLOCK)[: len(text)]
        self._texts_later = within.astype(np.uint8)

    def texts_at(self, begins: Positions, ends: Positions) -> tuple[Positions, Positions]:
        """Return the texts in which spans begin, and in which they end: places in ``texts``."""
        first = self._text_at(begins)
        if (ends == begins + 1).all():
            return first, first
        last = first.copy()
        beyond = (ends > self._ends.take(first)).nonzero()[0]
        last[beyond] = self._text_at(ends[beyond] - 1)
        return first, last

    def _text_at(self, positions: Positions) -> Positions:
        """Return which of the texts that have a word each of *positions* is in."""
        return self._text_of_block.take(positions >> _BLOCK) + self._texts_later.take(positions)

    def find(self, phrase: Phrase) -> tuple[Positions, Positions]:
        """Return where *phrase* begins and ends in the row, ends exclusive."""
        # By identity, as a word that comes again is the same, and slow to hash.
        known: dict[int, list[_Spelled]] = {}
        spelled: list[list[_Spelled]] = []
        several = 2 * len(phrase.words) <= _MOST_WORDS
        for word in phrase.words:
            if id(word) not in known:
                known[id(word)] = list(self._spellings(word, several=several))
            if not known[id(word)]:
                return _NOWHERE, _NOWHERE
            spelled.append(known[id(word)])
        if not spelled:
            return _NOWHERE, _NOWHERE
        found = [self._find_as_written(way, phrase.gaps) for way in _ways(spelled)]
        if len(found) == 1:
            return found[0]
        begins, ends = zip(*found, strict=True)
        return np.concatenate(begins), np.concatenate(ends)

    def cost(self, phrase: Phrase) -> int:
        """Return at how many positions *phrase* is looked for: those of its rarest word."""
        words = (one.pieces for word in phrase.words for one in word[:1])
        counts = (self._count(number) for number in map(self._number, chain(*words)) if number >= 0)
        return min(counts, default=0)

    def count(self, word: str) -> int:
        """Return how often *word*, or the rarest of its pieces, stands in the texts."""
        numbers = list(map(self._number, _plain_words(word)))
        return min((self._count(one) if one >= 0 else 0 for one in numbers), default=0)

    def runs(self, text: str, size: int, most: int) -> Iterator[tuple[int, Positions]]:
        """Yield where each run of *size* words of *text* stands, with the place of its first word.

        That place is counted in the words of *text*, the positions are in the row. The rarest come
        first, until *most* positions have been looked at; a run that stands nowhere is not yielded.
        """
        numbers = list(map(self._number, _plain_words(text)))
        costs = []
        for at in range(len(numbers) - size + 1):
            run = numbers[at : at + size]
            if min(run) >= 0:
                costs.append((min(map(self._count, run)), at))
        for cost, at in sorted(costs):
            most -= cost
            if most < 0:
                return
            found = self._run(numbers[at : at + size])
            if len(found):
                yield at, found

    def may_have(self, words: str) -> bool:
        """Return whether a text may have all *words* side by side, so far as is quickly told."""
        plain = _plain_words(words)
        numbers = list(map(self._number, plain))
        if min(numbers, default=-1) >= 0:
            return len(self._run(numbers)) > 0
        known: list[list[int]] = [[]]
        for word, number in zip(plain, numbers, strict=True):
            if number >= 0:
                known[-1].append(number)
            elif any(self._marked(word)):
                known.append([])
            else:
                return False
        longest = max(known, key=len)
        return not longest or len(self._run(longest)) > 0

    def _find_as_written(
        self, words: Sequence[_Spelled], gaps: Sequence[Gap]
    ) -> tuple[Positions, Positions]:
        """Return where *words* begin and end, written just so."""
        begins = self._run([number for numbers, _ in words for number in numbers])
        offset = 0
        for (numbers, joined), gap in zip(words, gaps, strict=False):
            if not len(begins):
                break
            begins, _ = self._kept(gap, begins + offset, begins, begins)
            for within, required in enumerate(joined, 1):
                if required:
                    begins, _ = self._kept(_JOINT, begins + (offset + within), begins, begins)
            offset += len(numbers)
        return self._kept(gaps[-1], begins + offset, begins, begins + offset)

    def _run(self, numbers: Sequence[int]) -> Positions:
        """Return where the words of these *numbers* stand side by side, ascending."""
        counts = [self._count(number) for number in numbers]
        first, *others = sorted(range(len(numbers)), key=counts.__getitem__)
        start = self._begins[numbers[first]]
        begins = self._places[start : start + counts[first]].astype(np.int64)
        begins -= first
        if len(begins) and begins[0] < 0:
            begins = begins.compress(begins >= 0)
        for offset in others:
            if not len(begins):
                break
            here = self._row.take(begins + offset, mode="clip")
            begins = begins.compress((here & WORD) == numbers[offset])
        return begins

    def _number(self, word: str) -> int:
        """Return the number of the folded *word*, or -1 if no text has it."""
        number = self._words.get(word)
        # A form on record need not stand in these texts.
        return number if number < 0 or self._begins[number] < self._begins[number + 1] else -1

    def _spellings(self, word: Sequence[Spelling], *, several: bool) -> Iterator[_Spelled]:
        """Yield those ways to write a *word* whose pieces all stand somewhere.

        If one stands as typed, others are tried only if there may be *several*.
        """
        as_typed = False
        for spelling in word:
            numbers = tuple(map(self._number, spelling.pieces))
            if min(numbers) >= 0:
                as_typed = True
                yield numbers, spelling.joined
        if len(word) == 1 and (several or not as_typed):
            yield from self._marked(word[0].pieces[0])

    def _marked(self, word: str) -> Iterator[_Spelled]:
        """Yield the ways to write *word* with a mark that stand somewhere."""
        if may_have_marks(word):
            for both in self._written_apart.get(word, ()):
                yield both, (True,)
        if initials := initials_of(word):
            numbers = tuple(map(self._number, initials))
            if min(numbers) >= 0 and all(map(self._are_joined, numbers, numbers[1:])):
                yield numbers, (True,) * (len(numbers) - 1)

    @cached_property
    def _written_apart(self) -> Mapping[str, list[tuple[int, int]]]:
        """The words that are joined somewhere, by the letters of both, those cut sooner first.

        Cut by cut, each word of a phrase would take a few look-ups for each of its letters.
        """
        words = self._written()
        apart: dict[str, list[tuple[int, int]]] = {}
        for pair in self._pairs.tolist():
            first, second = pair >> 32, pair & WORD
            if (one := words[first]).isalpha() and (other := words[second]).isalpha():
                apart.setdefault(one + other, []).append((first, second))
        for cuts in apart.values():
            cuts.sort(key=lambda both: len(words[both[0]]))
        return apart

    def _written(self) -> Mapping[int, str]:
        """Return the words that are joined to another somewhere, by their numbers."""
        numbers = np.unique([self._pairs >> 32, self._pairs & WORD]).tolist()
        forms, others = _in_order(self._words.forms), _in_order(self._words.others)
        count = len(forms)
        return {one: forms[one] if one < count else others[one - count] for one in numbers}

    def _are_joined(self, first: int, second: int) -> bool:
        """Return whether two words are joined anywhere."""
        key = first << 32 | second
        at = int(self._pairs.searchsorted(key))
        return at < len(self._pairs) and int(self._pairs[at]) == key

    def _count(self, number: int) -> int:
        count: int = self._begins[number + 1] - self._begins[number]
        return count

    def _kept(
        self, gap: Gap, at: Positions, begins: Positions, ends: Positions
    ) -> tuple[Positions, Positions]:
        """Return the spans of *begins* and *ends* whose *gap* at the positions *at* is as asked."""
        if gap is ANY:
            return begins, ends
        if len(at) and gap.joined is not None:
            joints = JOINED | SPACED if gap.joined else JOINED
            chosen = ((self._row.take(at, mode="clip") & joints) > 0) == gap.joined
            at, begins, ends = (one.compress(chosen) for one in (at, begins, ends))
        for sign in gap.signs:
            number = self._sign_of.get(sign, -1)
            if number < 0:
                return _NOWHERE, _NOWHERE
            keys = at * len(self._sign_of) + number
            found = self._signs.searchsorted(keys)
            chosen = self._signs.take(found, mode="clip") == keys if len(self._signs) else keys < 0
            at, begins, ends = (one.compress(chosen) for one in (at, begins, ends))
        return begins, ends


def _in_order(numbered: Mapping[str, int]) -> Sequence[str]:
    """Return the words that are *numbered*, in the order of their numbers."""
    return numbered.words if isinstance(numbered, Numbered) else list(numbered)


def _plain_words(text: str) -> list[str]:
    """Return the folded words of *text*, without what stands between them."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return [fold(one) for one in pieces_of(text) if not is_joint(one) and not is_sign(one)]


def _ways(words: Sequence[Sequence[_Spelled]]) -> Iterator[list[_Spelled]]:
    """Yield the ways to write *words*, each of which may be written in several.

    They come as typed first, then with one word written otherwise, then with two and so on, up to
    a bound.
    """
    typed = [word[0] for word in words]
    yield typed
    others = [at for at, word in enumerate(words) if len(word) > 1]
    left = _MOST_WORDS // len(words) - 1
    for count in range(1, len(others) + 1):
        for chosen in combinations(others, count):
            for spellings in product(*(words[at][1:] for at in chosen)):
                if left <= 0:
                    return
                left -= 1
                way = typed.copy()
                for at, spelling in zip(chosen, spellings, strict=True):
                    way[at] = spelling
                yield way
