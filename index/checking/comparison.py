"""Compares a quotation with the paragraphs that it may come from.

The comparison is a value: which words of the quotation stand where, in parts that each go on in one
place, and which do not. What that means, ``differences`` and ``grades`` decide.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.checking.alignment import Numbered, aligned
from index.checking.places import Places
from index.checking.words import Word, word_within_brackets, words_of
from index.drafts.quotation import PieceKind, Quotation
from index.model.answer import Span

#: A quotation of more words is compared up to there.
MOST_WORDS = 600
#: The end of a sentence, in characters, that is no sentence by itself: a dropped word.
_REST_OF_SENTENCE = 15
#: An adapted word shares so many letters with the one on record.
_FEWEST_KEPT = 4
#: A Chinese word has one character or two.
_CHARACTERS_A_WORD = 1.5
#: What stands between two paragraphs that do not follow one another: the number of no word.
_NONE = np.array([-1])
_APART = Numbered(_NONE, _NONE, _NONE, np.zeros(1, dtype=bool))


@dataclass(frozen=True, slots=True)
class WrittenWords:
    """The words of a quotation, by which it is compared."""

    words: tuple[Word, ...]
    #: The words, by number, before which the writer marked that words were left out, or put others
    #: in their place.
    omissions: frozenset[int]
    #: The words that the writer put in, slices of the draft, by the word before which they stand.
    insertions: Mapping[int, Span]
    #: Whether the last word is followed by a mark of omission, and the first by none before it.
    opens_cut: bool = False
    ends_cut: bool = False

    @property
    def scale(self) -> float:
        """How many of these make a word: in a script without spaces each character is one here."""
        characters = sum(len(word.plain) == 1 and word.plain > "\u0e00" for word in self.words)
        return _CHARACTERS_A_WORD if 2 * characters > len(self.words) else 1.0


def written_words(draft: str, quotation: Quotation) -> WrittenWords:
    """Return the words of *quotation* in *draft*."""
    words: list[Word] = []
    omissions: set[int] = set()
    insertions: dict[int, Span] = {}
    ends_cut = False
    for piece in quotation.pieces:
        if piece.kind is PieceKind.WORDS:
            words += _words_of_piece(draft, piece.start, piece.stop)
            ends_cut = False
        else:
            omissions.add(len(words))
            ends_cut = piece.kind is PieceKind.OMISSION
            if piece.kind is PieceKind.INSERTION:
                insertions[len(words)] = (piece.start, piece.stop)
    count = min(len(words), MOST_WORDS)
    return WrittenWords(
        tuple(words[:count]),
        frozenset(one for one in omissions if 0 < one < count),
        {at: span for at, span in insertions.items() if at <= count},
        opens_cut=0 in omissions,
        ends_cut=ends_cut,
    )


def _words_of_piece(draft: str, start: int, stop: int) -> list[Word]:
    """Return the words of a slice, of which some may have brackets inside: [w]e, agree[d]."""
    words: list[Word] = []
    at = start
    while (opens := draft.find("[", at, stop)) >= 0:
        closes = draft.find("]", opens, stop)
        if closes < 0:
            break
        first, last = opens, closes + 1
        while first > at and _is_of_word(draft, first - 1):
            first -= 1
        while last < stop and _is_of_word(draft, last):
            last += 1
        if not draft[opens + 1 : closes].isalpha():
            words += words_of(draft, at, last)
            at = last
            continue
        words += words_of(draft, at, first)
        words.append(word_within_brackets(draft, first, last))
        at = last
    return words + words_of(draft, at, stop)


def _is_of_word(draft: str, offset: int) -> bool:
    """Return whether a letter of a word stands at *offset*, or an apostrophe in it: [i]t's."""
    character = draft[offset]
    return character.isalnum() or (character in "'’" and draft[offset + 1 : offset + 2].isalpha())


@dataclass(frozen=True, slots=True)
class Standing:
    """A word of a paragraph."""

    #: The number of the paragraph in the index.
    paragraph: int
    #: The number of the word in the paragraph.
    number: int
    word: Word


@dataclass(frozen=True, slots=True)
class Aligned:
    """A word of the quotation and one on record; or only one of them."""

    written: int | None
    standing: Standing | None
    #: Whether the words are the same, whatever their spelling.
    same: bool
    #: Whether they are spelled the same.
    identical: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the quotation that goes on in one place."""

    pairs: tuple[Aligned, ...]

    @property
    def matched(self) -> list[Aligned]:
        """The words that are the same on record."""
        return [pair for pair in self.pairs if pair.same]

    def with_added(self, written: Sequence[int], *, first: bool = False) -> Part:
        """Return the part with words of the story's own at its end, or *first*: their numbers."""
        added = tuple(Aligned(number, None, False, False) for number in written)
        return Part(added + self.pairs if first else self.pairs + added)

    @property
    def standing(self) -> list[Standing]:
        """The words on record."""
        return [pair.standing for pair in self.pairs if pair.standing]

    @property
    def written(self) -> list[int]:
        """The numbers of the quotation's words."""
        return [pair.written for pair in self.pairs if pair.written is not None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a quotation compares with the paragraphs that are most like it."""

    written: WrittenWords
    #: In the order of the quotation.
    parts: tuple[Part, ...]

    @property
    def matched(self) -> int:
        """How many words of the quotation are the same on record."""
        return sum(len(part.matched) for part in self.parts)


def compare(written: WrittenWords, paragraphs: Sequence[int], places: Places) -> Comparison:
    """Return how the words *written* compare with those of *paragraphs*, by numbers in *places*.

    Of equal places the first is taken. Between two paragraphs that do not follow one another stands
    what is no word.
    """
    ours = places.begin(written.words)
    columns: list[Numbered] = []
    starts: list[int] = []
    length, before = 0, -2
    for paragraph in paragraphs:
        if paragraph != before + 1:
            columns.append(_APART)
            length += 1
        starts.append(length)
        columns.append(places.numbered(paragraph))
        length += len(columns[-1].plain)
        before = paragraph
    passages = Numbered(
        np.concatenate([one.plain for one in columns]),
        np.concatenate([one.spelled for one in columns]),
        np.concatenate([one.begun for one in columns]),
        np.concatenate([one.opens for one in columns]),
    )

    def standing(column: int) -> Standing | None:
        at = bisect_right(starts, column) - 1
        if at < 0:
            return None
        words, number = places.words(paragraphs[at]), column - starts[at]
        return Standing(paragraphs[at], number, words[number]) if number < len(words) else None

    pairs = aligned(
        ours,
        passages,
        written.omissions,
        insertions=written.insertions,
        scale=written.scale,
    )
    parts: list[list[Aligned]] = []
    last: Standing | None = None
    for pair in pairs:
        there = None if pair.stands is None else standing(pair.stands)
        if pair.written is None and there is None:
            # What stands between paragraphs is no word that could be left out.
            continue
        apart = pair.jumped
        if pair.written is not None and there is not None:
            if last and pair.written not in written.omissions and _skips(last, there, places):
                apart = True
                # Whole sentences between two parts are not left out of either.
                while parts[-1] and parts[-1][-1].written is None:
                    parts[-1].pop()
            last = there
        if apart or not parts:
            parts.append([])
        parts[-1].append(beside(pair.written, there, written))
    return Comparison(written, tuple(Part(tuple(part)) for part in parts if part))


def _skips(one: Standing, other: Standing, places: Places) -> bool:
    """Return whether a sentence, or much of one, stands between two words on record."""
    if one.paragraph != other.paragraph:
        rest = places.words(one.paragraph)[one.number + 1 :]
        return other.paragraph != one.paragraph + 1 or bool(rest) or other.number > 0
    if other.number <= one.number + 1:
        return False
    spans = places.sentences(one.paragraph)
    first, last = (sentence_at(spans, word.word.start) for word in (one, other))
    rest_of_sentence = spans[first][1] - one.word.stop
    return last - first > 1 or (last > first and rest_of_sentence > _REST_OF_SENTENCE)


def sentence_at(spans: Sequence[Span], offset: int) -> int:
    """Return the number of the sentence that *offset* stands in, or after."""
    return bisect_right([start for start, _ in spans], offset) - 1


def beside(number: int | None, there: Standing | None, written: WrittenWords) -> Aligned:
    """Return a word of the quotation beside one on record."""
    one = None if number is None else written.words[number]
    if one is None or there is None:
        return Aligned(number, there, same=False, identical=False)
    if one.kept and _is_adapted(one, there.word):
        return Aligned(number, there, same=True, identical=True)
    return Aligned(
        number,
        there,
        same=one.plain == there.word.plain,
        identical=one.spelled == there.word.spelled,
    )


def _is_adapted(one: Word, other: Word) -> bool:
    """Return whether a word with brackets in it is *other*, adapted: look[ed] is "look"."""
    if len(one.kept) < _FEWEST_KEPT:
        return one.plain == other.plain
    return one.kept[:_FEWEST_KEPT] == other.plain[:_FEWEST_KEPT]
