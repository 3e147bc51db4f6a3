"""Numbers the words of texts in one row, and sorts their places by word.

``word_positions`` finds phrases in it. After a change, the row is spliced: texts that stay are not
read again, and their words' places stay sorted.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.keeping.paragraphs import Ints
from index.keeping.splice import Splice, Weave, ahead_of
from index.keeping.strings import Numbered
from index.postings.forms import ChangedForms
from index.postings.phrase_words import SPACE, folded_sign, is_joint, is_sign, pieces_of
from index.text.folding import fold

# In the row, a word is its number; other bits tell that it is joined to the word before it, or that
# a space that may separate thousands stands between.
JOINED, SPACED = 1 << 30, 1 << 29
WORD = SPACED - 1
#: The number of what no phrase has, so that none reaches across it.
BREAK = WORD
# While texts are read, what is no word has a number below zero; signs count down from the last.
_JOINT_READ, _SPACE_READ, _BREAK_READ, _FIRST_SIGN = -1, -2, -3, -4
#: So many words are sorted at once.
_PART = 1 << 16


class Words:
    """The folded words of a row: the forms on record, and numbered after them, the others."""

    def __init__(self, forms: Mapping[str, int], others: Mapping[str, int]) -> None:
        """Take both, each numbered from 0."""
        self.forms, self.others = forms, others

    def __len__(self) -> int:
        return len(self.forms) + len(self.others)

    def get(self, word: str) -> int:
        """Return the number of *word*, or -1."""
        number = self.forms.get(word, -1)
        if number < 0:
            number = self.others.get(word, -1)
            number += len(self.forms) if number >= 0 else 0
        return number


class Row(NamedTuple):
    """The words of texts in their order."""

    #: The words and breaks, with the bits that tell how a word is joined to the one before.
    row: NDArray[np.int32]
    #: Where each text ends in the row.
    ends: NDArray[np.int32]
    #: Of each sign, the position of the word after it, and the sign's own number.
    before_word: Ints
    signs: NDArray[np.int32]


class SortedRow(NamedTuple):
    """A row, and where each of its words stands."""

    row: Row
    words: Words
    #: The number of each sign.
    sign_of: Mapping[str, int]
    #: How often each word stands in the row, and at which positions: those of one word side by
    #: side, ascending.
    counts: Ints
    places: NDArray[np.int32]


class Stood(NamedTuple):
    """Where texts stood in another row."""

    row: SortedRow
    #: Where the words of each text begin and end there, or -1 for both: shape (texts, 2).
    slices: Ints
    #: What became of the forms there.
    forms: ChangedForms


def read_row(texts: Iterable[str | None], forms: Mapping[str, int]) -> SortedRow:
    """Return the row of *texts*, with a break for each that is ``None``.

    *forms* are folded words that are numbered from 0 already.
    """
    numbering = _Numbering(Words(forms, {}), {})
    row = _read(texts, forms, numbering)
    words = Words(forms, numbering.words)
    numbers = row.row & WORD
    counts = np.bincount(numbers[numbers != BREAK], minlength=len(words))
    return SortedRow(row, words, numbering.signs, counts, _sorted_places(numbers, counts))


def spliced_row(texts: Sequence[str | None], stood: Stood) -> SortedRow:
    """Return the same row, where most texts *stood* in another, and are not read.

    They are in the order in which they stood there.
    """
    before, forms = stood.row, stood.forms
    known = Words(forms.now.numbers, before.words.others)
    numbering = _Numbering(known, before.sign_of)
    of_word = _numbers_now(before.words.others, forms, numbering)
    is_text = np.array([text is not None for text in texts], dtype=bool)
    to_read = (is_text & (stood.slices[:, 0] < 0)).nonzero()[0].tolist()
    # With a break after each, so that the signs at its end are its own.
    read = _read((one for number in to_read for one in (texts[number], None)), {}, numbering)
    slices, is_new = _slices_of(is_text, stood, to_read, read)
    splice = Splice.of_slices(slices, is_new, len(before.row.row), len(read.row))
    placed = splice.placed()

    new = read.row & WORD
    is_word = new != BREAK
    # How often each word stands in what stays, and in what was read.
    stay, come = np.zeros((2, len(known) + len(numbering.words)), dtype=np.int64)
    gone = splice.gone(before.row.row) & WORD
    stay[of_word] = before.counts - np.bincount(gone[gone != BREAK], minlength=len(of_word))
    come += np.bincount(new[is_word], minlength=len(come))
    words, numbers = _those_that_stand(known, numbering, stay + come)

    at = _by_word(splice.moved(before.places), before.counts, of_word)
    there = placed[is_word.nonzero()[0][new[is_word].argsort(kind="stable")]]
    stays = at >= 0
    woven = Weave(stays, ahead_of(at[stays], stay, there, come))
    row = splice.values(before.row.row, read.row)
    _renumber(row, splice, numbers[of_word], numbers)
    ends = (slices[:-1, 1] - slices[:-1, 0]).cumsum()
    # A sign at the end of a text stands before what comes next.
    placed[read.ends] = ends[to_read]
    signs = splice.moved(before.row.before_word)
    return SortedRow(
        Row(
            row,
            ends[is_text].astype(np.int32),
            np.concatenate([signs[signs >= 0], placed[read.before_word]]).astype(np.int64),
            np.concatenate([before.row.signs[signs >= 0], read.signs]),
        ),
        words,
        numbering.signs,
        (stay + come)[numbers >= 0],
        woven.values(at, there),
    )


class _Numbering(dict[str, int]):
    """The number of each piece as written; a new one is numbered when it is first looked up."""

    def __init__(self, known: Words, signs: Mapping[str, int]) -> None:
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
        number = self._known.get(word)
        if number < 0:
            number = len(self._known) + self.words.setdefault(word, len(self.words))
        return number


def _read(texts: Iterable[str | None], known: Mapping[str, int], numbering: _Numbering) -> Row:
    """Return the row of *texts*; words that are *known* in small letters need no *numbering*."""
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
    row[row == _BREAK_READ] = BREAK
    mark = numbers[marks]
    row[positions[mark == _JOINT_READ]] |= JOINED
    row[positions[mark == _SPACE_READ]] |= SPACED
    is_of_sign = mark <= _FIRST_SIGN
    return Row(
        row,
        (stops - marks.searchsorted(stops)).astype(np.int32),
        positions[is_of_sign].astype(np.int64),
        _FIRST_SIGN - mark[is_of_sign],
    )


def _sorted_places(words: NDArray[np.int32], counts: Ints) -> NDArray[np.int32]:
    """Return the positions of all *words* but breaks, sorted by word; each has so many.

    They are sorted part by part, as a sorted copy of the whole would take four times its memory.
    """
    places = np.empty(counts.sum(), dtype=np.int32)
    free = (counts.cumsum() - counts).astype(np.int32)
    for begin in range(0, len(words), _PART):
        part = words[begin : begin + _PART]
        order = np.argsort(part, kind="stable")
        order = order[: np.count_nonzero(part != BREAK)]
        word = part[order]
        first = np.flatnonzero(np.diff(word, prepend=-1))
        of_each = np.diff(first, append=len(word))
        # The first place that is free for a word, and how many of it are before in this part.
        places[np.repeat(free[word[first]] - first, of_each) + np.arange(len(word))] = begin + order
        free[word[first]] += of_each.astype(np.int32)
    return places


def _numbers_now(
    others: Mapping[str, int], forms: ChangedForms, numbering: _Numbering
) -> NDArray[np.int32]:
    """Return the number that each word of a row has after a change of the *forms*.

    The *others* keep their numbers after the forms, but for those that have become forms; forms
    that are none any more are others, by their *numbering*.
    """
    before, now = len(forms.numbers) - len(forms.new), len(forms.now)
    numbers = np.append(forms.numbers[:before], now + np.arange(len(others), dtype=np.int32))
    numbers[:before][forms.numbers[:before] < 0] = list(map(numbering.of_word, forms.gone))
    for form in forms.new:
        if (other := others.get(form, -1)) >= 0:
            numbers[before + other] = forms.now.numbers[form]
    return numbers


def _those_that_stand(
    known: Words, numbering: _Numbering, counts: Ints
) -> tuple[Words, NDArray[np.int32]]:
    """Return the words that stand in a row, and the number of each word there is, or -1.

    There are those *known* and those of the *numbering*; each stands so often. Forms have their
    numbers even if they stand nowhere.
    """
    forms = len(known.forms)
    stands = counts > 0
    stands[:forms] = True
    others = known.others if isinstance(known.others, Numbered) else Numbered.of(known.others)
    added = zip(numbering.words, stands[len(known) :].tolist(), strict=True)
    others = others.changed(stands[forms : len(known)], [word for word, is_one in added if is_one])
    numbers = np.where(stands, stands.cumsum() - 1, -1).astype(np.int32)
    return Words(known.forms, others), numbers


def _slices_of(
    is_text: NDArray[np.bool_], stood: Stood, to_read: Sequence[int], read: Row
) -> tuple[Ints, NDArray[np.bool_]]:
    """Return where each text or break is in the row where it *stood*, or in that which was *read*.

    With it is whether it is the latter. Breaks are taken from where they are, if they can be; the
    last slice is the break behind all.
    """
    row, slices = stood.row.row.row, stood.slices.copy()
    is_new = slices[:, 0] < 0
    slices[is_new] = len(read.row) - 1, len(read.row)
    ends = read.ends.astype(np.int64)
    slices[to_read] = np.stack([np.append(0, ends[:-1] + 1)[: len(ends)], ends], axis=1)
    # Behind a text that stays is mostly a break that can stay, too.
    behind = (~is_text[1:] & ~is_new[:-1]).nonzero()[0]
    end = slices[behind, 1]
    stays = (row[end] & WORD) == BREAK
    slices[behind[stays] + 1] = np.stack([end, end + 1], axis=1)[stays]
    is_new[behind[stays] + 1] = False
    return np.append(slices, [[len(read.row) - 1, len(read.row)]], axis=0), np.append(is_new, True)


def _by_word(
    places: NDArray[np.int32], counts: Ints, numbers: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Return *places*, of which each word has so many, in the order of the words' *numbers*."""
    stand = (counts > 0).nonzero()[0]
    order = stand[numbers[stand].argsort(kind="stable")]
    if (order == stand).all():
        return places
    lengths = counts[order]
    begins = (counts.cumsum() - counts)[order]
    at = np.arange(len(places)) + np.repeat(begins - lengths.cumsum() + lengths, lengths)
    sorted_anew: NDArray[np.int32] = places[at]
    return sorted_anew


def _renumber(
    row: NDArray[np.int32],
    splice: Splice,
    of_before: NDArray[np.int32],
    of_new: NDArray[np.int32],
) -> None:
    """Give the words of a *row* that was spliced other numbers: those of each word in both rows."""
    # A break is behind all numbers, and is left as it is.
    tables = [np.append(numbers, np.int32(BREAK)) for numbers in (of_before, of_new)]
    at = 0
    for run in splice.runs:
        end = at + run.end - run.begin
        # Part by part, as whole copies would take several times the memory of the row.
        for begin in range(at, end, _PART):
            part = row[begin : min(begin + _PART, end)]
            bits = part & ~WORD
            tables[run.is_new].take(part & WORD, mode="clip", out=part)
            part |= bits
        at = end
