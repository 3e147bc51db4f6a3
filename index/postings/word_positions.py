"""Finds where phrases stand, by the positions of all words.

The words of all texts are numbered in one sequence, the *row*, and a position is a word's number.
A phrase is looked for at the positions of its rarest word; the row tells which words stand beside
it. So no text is read again, and the time depends on how common that word is.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.keeping.columns import Keeper, Kept
from index.postings.phrase_words import (
    ANY,
    SPACE,
    Gap,
    Phrase,
    Spelling,
    folded_sign,
    is_joint,
    is_sign,
    pieces_of,
    with_marks,
)
from index.text.folding import fold

Positions = NDArray[np.int64]
#: A word as it is written somewhere: the numbers of its pieces, and for each but the first, whether
#: it must be joined to the one before it.
_Spelled = tuple[tuple[int, ...], tuple[bool, ...]]

# In the row, a word is its number; other bits tell that it is joined to the word before it, or that
# a space that may separate thousands stands between.
_JOINED, _SPACED = 1 << 30, 1 << 29
_WORD = _SPACED - 1
#: The number of what no phrase has, so that none reaches across it.
_BREAK = _WORD
# While texts are read, what is no word has a number below zero; signs count down from the last.
_JOINT_READ, _SPACE_READ, _BREAK_READ, _FIRST_SIGN = -1, -2, -3, -4
#: The binary logarithm of how many positions share a block.
_BLOCK = 8
#: So many words are sorted at once.
_PART = 1 << 16
#: So many words are looked for in all the ways to write a phrase together.
_MOST_WORDS = 500
_ASCII_WORD = re.compile("[a-z0-9]+")
_JOINT = Gap(joined=True)
_NOWHERE: Positions = np.zeros(0, dtype=np.int64)


class _Numbering(dict[str, int]):
    """The number of each piece as written; a new one is numbered when it is first looked up."""

    def __init__(self, known: Mapping[str, int], signs: Mapping[str, int]) -> None:
        self._known = known
        #: The numbers of folded words that are not *known*, and of signs, counted from 0.
        self.words: dict[str, int] = {}
        self.signs: dict[str, int] = {**signs}

    def __missing__(self, piece: str) -> int:
        if piece == SPACE:
            number = _SPACE_READ
        elif is_joint(piece):
            number = _JOINT_READ
        elif is_sign(piece):
            number = _FIRST_SIGN - self.signs.setdefault(folded_sign(piece), len(self.signs))
        else:
            number = self.of_word(fold(piece))
        self[piece] = number
        return number

    def of_word(self, word: str) -> int:
        """Return the number of a folded *word*."""
        number = self._known.get(word, -1)
        if number < 0:
            number = self.words.setdefault(word, len(self._known) + len(self.words))
        return number


class _After(Mapping[str, int]):
    """Words that are numbered on after others."""

    def __init__(self, words: Mapping[str, int], first: int) -> None:
        self._words, self._first = words, first

    def __getitem__(self, word: str) -> int:
        return self._words[word] + self._first

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


class _Row(NamedTuple):
    """Texts as they are read."""

    #: The words and breaks, with the bits that tell how a word is joined to the one before.
    row: NDArray[np.int32]
    #: Where each text ends in the row.
    ends: NDArray[np.int32]
    #: Of each sign, the position of the word after it, and the sign's own number.
    before_word: Positions
    signs: NDArray[np.int32]


def _read(texts: Iterable[str | None], known: Mapping[str, int], numbering: _Numbering) -> _Row:
    """Read *texts*."""
    # Signs are words to the index, and stand between words here.
    signs = {one for one in known if is_sign(one) or is_joint(one)}
    read, ends = array("i"), array("q")
    for text in texts:
        if text is None:
            read.append(_BREAK_READ)
        else:
            # In lower case, most are folded already, and need not be remembered as written.
            pieces = pieces_of(text.lower())
            read.extend(
                [
                    known[one] if one in known and one not in signs else numbering[one]
                    for one in pieces
                ]
            )
            ends.append(len(read))
    # So that there is a word, or this, after every position.
    read.append(_BREAK_READ)
    numbers = np.frombuffer(read, dtype=np.int32)
    is_word = (numbers >= 0) | (numbers == _BREAK_READ)
    marks = (~is_word).nonzero()[0]
    # Between these are words alone, so that they tell how many are before a piece.
    positions = (marks - np.arange(len(marks))).astype(np.int32)
    stops = np.frombuffer(ends, dtype=np.int64)
    row = numbers[is_word]
    row[row == _BREAK_READ] = _BREAK
    mark = numbers[marks]
    row[positions[mark == _JOINT_READ]] |= _JOINED
    row[positions[mark == _SPACE_READ]] |= _SPACED
    is_of_sign = mark <= _FIRST_SIGN
    return _Row(
        row,
        (stops - marks.searchsorted(stops)).astype(np.int32),
        positions[is_of_sign].astype(np.int64),
        _FIRST_SIGN - mark[is_of_sign],
    )


class Stood(NamedTuple):
    """Where texts stood in other positions."""

    words: WordPositions
    #: Where the words of each text begin and end there, or -1 for both: shape (texts, 2).
    slices: Positions


class WordPositions:
    """All words of some texts, in order; built once."""

    def __init__(
        self, texts: Iterable[str | None], stood: Stood | None, known: Mapping[str, int]
    ) -> None:
        """Read *texts*; a phrase may reach from one into the next, but not across a ``None``.

        *known* are folded words that are numbered from 0 already. What *stood* elsewhere is taken
        from there, and not read.
        """
        self._sign_of: Mapping[str, int] = stood.words._sign_of if stood else {}
        numbering = _Numbering(known, self._sign_of)
        if stood:
            read = stood.words._continued(list(texts), stood.slices, known, numbering)
        else:
            read = _read(texts, known, numbering)
        self._known = known
        self._new: Mapping[str, int] = numbering.words
        self._sign_of = numbering.signs
        #: Where each sign stands: the position of the word after it, and the sign's own number.
        self._signs = np.unique(read.before_word * (len(self._sign_of) or 1) + read.signs)
        self._note_texts(read.ends)
        self._row = read.row
        del read
        joined = (self._row & _JOINED).nonzero()[0]
        bits = self._row & ~_WORD
        self._row &= _WORD
        words = len(known) + len(self._new)
        counts = np.bincount(self._row[self._row != _BREAK], minlength=words)
        #: Where the positions of each word begin.
        self._begins: Sequence[int] = array(
            "q", np.append(0, np.cumsum(counts)).astype(np.int64).tobytes()
        )
        #: The positions of all words: those of one word side by side, in ascending order.
        self._places = self._sorted_places(int(counts.sum()))
        pairs = self._row[joined - 1].astype(np.int64) << 32 | self._row[joined]
        #: Which two words are joined somewhere.
        self._pairs = np.unique(pairs)
        self._row |= bits

    def keep(self, to: Keeper) -> None:
        """Write the positions *to* columns, all but the words that were known."""
        first = len(self._known)
        to.numbered("new", {word: number - first for word, number in self._new.items()})
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
    def kept(cls, of: Kept, known: Mapping[str, int]) -> WordPositions:
        """Return what ``keep`` wrote; *known* are the words that were."""
        made = cls.__new__(cls)
        made._known, made._new = known, _After(of.numbered("new"), len(known))
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
        words = np.append(0, np.cumsum((self._row & _WORD) != _BREAK))
        ends = self._ends.astype(np.int64)
        begins = ends - np.diff(words[ends], prepend=0)
        at_sign = np.zeros(len(self._row) + 1, dtype=bool)
        at_sign[self._signs // (len(self._sign_of) or 1)] = True
        found = np.stack([begins, ends], axis=1)
        found[at_sign[begins] | at_sign[ends]] = -1
        return found

    def _continued(
        self,
        texts: Sequence[str | None],
        slices: Positions,
        known: Mapping[str, int],
        numbering: _Numbering,
    ) -> _Row:
        """Return the row of *texts*, of which those with *slices* are taken from this one."""
        written, begins = [*self._known, *self._new], self._begins
        # Only words that stand somewhere, or those of removed texts would never be forgotten.
        renumbered = np.array(
            [
                numbering.of_word(word) if begins[number] < begins[number + 1] else -1
                for number, word in enumerate(written)
            ]
            or [-1],
            dtype=np.int32,
        )
        word = self._row & _WORD
        row = np.where(word == _BREAK, word, renumbered.take(word, mode="clip"))
        row |= self._row & ~_WORD
        is_text = np.array([one is not None for one in texts], dtype=bool)
        to_read = (is_text & (slices[:, 0] < 0)).nonzero()[0]
        # Read with a break after each, so that the signs at its end are its own.
        new = (part for number in to_read.tolist() for part in (texts[number], None))
        read = _read(new, known, numbering)
        stops = read.ends.astype(np.int64) + len(row)
        parts = slices.copy()
        parts[~is_text] = len(row) - 1, len(row)
        parts[to_read, 0] = np.append(len(row), stops[:-1] + 1)[: len(stops)]
        parts[to_read, 1] = stops
        signs = self._signs % (len(self._sign_of) or 1)
        before_word = self._signs // (len(self._sign_of) or 1)
        return _put_together(
            _Row(
                np.concatenate([row, read.row]),
                read.ends,
                np.concatenate([before_word, read.before_word + len(row)]),
                np.concatenate([signs.astype(np.int32), read.signs]),
            ),
            parts,
            is_text,
        )

    def _sorted_places(self, count: int) -> NDArray[np.int32]:
        """Return the positions of all words, *count* in all, sorted by word.

        The row is sorted part by part, as a sorted copy of the whole would take four times its
        memory.
        """
        places = np.empty(count, dtype=np.int32)
        free = np.array(self._begins, dtype=np.int32)
        for begin in range(0, len(self._row), _PART):
            part = self._row[begin : begin + _PART]
            order = np.argsort(part, kind="stable")
            order = order[: np.count_nonzero(part != _BREAK)]
            word = part[order]
            first = np.flatnonzero(np.diff(word, prepend=-1))
            counts = np.diff(first, append=len(word))
            # The first place that is free for a word, and how many of it are before in this part.
            places[np.repeat(free[word[first]] - first, counts) + np.arange(len(word))] = (
                begin + order
            )
            free[word[first]] += counts.astype(np.int32)
        return places

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
            begins = begins.compress((here & _WORD) == numbers[offset])
        return begins

    def _number(self, word: str) -> int:
        """Return the number of the folded *word*, or -1 if no text has it."""
        number = self._known.get(word, -1)
        if number < 0:
            number = self._new.get(word, -1)
            if number < 0:
                return -1
        # What is known need not stand in these texts.
        return number if self._begins[number] < self._begins[number + 1] else -1

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
        for pieces in with_marks(word):
            numbers = tuple(map(self._number, pieces))
            if min(numbers) >= 0 and all(map(self._are_joined, numbers, numbers[1:])):
                yield numbers, (True,) * (len(numbers) - 1)

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
            joints = _JOINED | _SPACED if gap.joined else _JOINED
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


def _put_together(read: _Row, parts: NDArray[np.int64], is_text: NDArray[np.bool_]) -> _Row:
    """Return the row of the *parts* of a row that was *read*, each with its begin and end.

    The others than texts are breaks.
    """
    begins, lengths = parts[:, 0], parts[:, 1] - parts[:, 0]
    ends = np.cumsum(lengths)
    places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(begins - ends + lengths, lengths)
    first = read.before_word.searchsorted(begins[is_text])
    counts = read.before_word.searchsorted(parts[is_text, 1], "right") - first
    of_sign = np.cumsum(counts)
    chosen = np.arange(of_sign[-1] if len(of_sign) else 0)
    chosen += np.repeat(first - of_sign + counts, counts)
    shifts = np.repeat((ends - lengths - begins)[is_text], counts)
    return _Row(
        np.append(read.row[places], np.int32(_BREAK)),
        ends[is_text].astype(np.int32),
        read.before_word[chosen] + shifts,
        read.signs[chosen],
    )


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
