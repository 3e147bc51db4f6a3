"""Remembers what an index has read in the texts of its record, for the index that replaces it.

Reading the texts is most of the work of building an index, and an edit changes few of them. Nothing
is kept twice: what was read of a text is cut out of the postings and sentences of the index before.
``building`` reads the texts that are new.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.keeping.paragraphs import Ints, ParagraphColumns, order_of, renumbered
from index.keeping.statements import Searched, keys_of
from index.model.statement import Paragraph, Statement
from index.postings.bm25 import NumberedTokens, PostingsBM25
from index.postings.exact_phrases import ExactPhrases
from index.postings.sentence_index import SentenceColumns, SentenceIndex
from index.text.abbreviations import Definition
from index.text.terms import Analyzers

#: Unless at least this share of the texts was read before, all are read: what an index remembers
#: of words should be those of its own texts.
_SHARE_READ = 0.5

_Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a text defines and how it writes compounds; most texts do neither."""

    definitions: Sequence[Definition] = ()
    #: The parts of each compound.
    compounds: Sequence[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsRead:
    """The texts of a record as its index has read them, in the order of its paragraphs."""

    statements: Sequence[Statement]
    #: What is told of the paragraphs, and their texts; after these, there may be more.
    columns: ParagraphColumns
    texts: Sequence[str]
    analyzers: Analyzers
    bm25: PostingsBM25
    sentence_index: SentenceIndex
    phrases: ExactPhrases
    #: Whether each text is a fragment: shape (paragraphs,).
    fragments: NDArray[np.bool_]
    #: By the number of a text, from 0; without those of which there is nothing to remark.
    remarks: Mapping[int, Remarks]

    @property
    def paragraphs(self) -> Sequence[tuple[Statement, Paragraph]]:
        """The paragraphs, each with its statement."""
        return Searched(self.statements, self.columns.firsts)

    def known_among(self, statements: Sequence[Statement]) -> Known | None:
        """Return what is known of *statements*; ``None`` if most of their texts are new."""
        numbers = {key: number for number, key in enumerate(keys_of(self.statements))}
        found = [numbers.get(key, -1) for key in keys_of(statements)]
        same = np.array(found, dtype=np.int64)
        sizes = np.array([len(one.paragraphs) for one in statements], dtype=np.int64)
        order = order_of(same, self.columns.firsts, sizes)
        texts: Ints = np.where(order < len(self.columns), order, -1)
        new = (same < 0).nonzero()[0].tolist()
        if new:
            gone = self._texts_without(set(found))
            firsts = np.cumsum(sizes) - sizes
            for number in new:
                statement = statements[number]
                for place, paragraph in enumerate(statement.paragraphs, int(firsts[number])):
                    texts[place] = gone.get((statement.language, paragraph.text), -1)
        enough = np.count_nonzero(texts >= 0) >= _SHARE_READ * len(texts)
        return Known(same, texts) if enough and len(texts) else None

    def _texts_without(self, statements: Container[int]) -> dict[tuple[str, str], int]:
        """Return the texts of all but these *statements*, by language, with their numbers."""
        columns, texts = self.columns, {}
        for number, (first, end) in enumerate(pairwise(columns.firsts.tolist())):
            if number not in statements:
                language = columns.languages[columns.language_of[number]]
                texts.update({(language, self.texts[place]): place for place in range(first, end)})
        return texts


class Known(NamedTuple):
    """What is known of statements by those before."""

    #: For each statement, the number of that with the same paragraphs, or -1: (statements,).
    same: Ints
    #: For each paragraph, the number of one with the same text, or -1: (paragraphs,).
    texts: Ints


class Columns(NamedTuple):
    """The terms of texts, and their sentences."""

    tokens: NumberedTokens
    sentences: SentenceColumns


def joined(read: TextsRead, new: Columns, order: Ints) -> Columns:
    """Return the columns of texts that are partly *read* already and partly *new*.

    *order* has for each text its number among those that were read, and above these the number of
    the new one. *new* counts terms and forms on from those that were read. The columns are equal to
    those of texts that are all read now: terms and forms are numbered as they first occur.
    """
    before = read.sentence_index.columns()
    lengths = _chained(before.lengths, new.sentences.lengths)
    counts = _chained(before.sentences, new.sentences.sentences)
    of_tokens, of_sentences = _slices(lengths, order), _slices(counts, order)
    columns = SentenceColumns()
    columns.start = _cut(before.start, new.sentences.start, of_tokens)
    columns.stop = _cut(before.stop, new.sentences.stop, of_tokens)
    columns.sentence = _cut(before.sentence, new.sentences.sentence, of_tokens)
    bounds = _chained(before.bounds, new.sentences.bounds).reshape(-1, 2)[of_sentences]
    columns.bounds = _array(bounds.reshape(-1))
    columns.lengths, columns.sentences = _array(lengths[order]), _array(counts[order])
    forms = _chained(before.form, new.sentences.form)[of_tokens]
    columns.form = _array(_renumbered(forms, list(new.sentences.forms), columns.forms))
    terms: dict[str, int] = {}
    tokens = _chained(read.bm25.token_terms(), new.tokens.tokens)[of_tokens]
    tokens = _renumbered(tokens, list(new.tokens.numbers), terms)
    return Columns(NumberedTokens(terms, tokens, lengths[order].tolist()), columns)


def words_read(read: TextsRead) -> tuple[dict[str, int], dict[str, int]]:
    """Return the numbers of the terms and of the forms that were *read*, to be counted on."""
    return dict(read.bm25.words.items()), dict(read.sentence_index.forms.numbers.items())


def remarks_of(
    read: TextsRead | None, new: Mapping[int, Remarks], order: Ints
) -> dict[int, Remarks]:
    """Return the remarks by the place of each text in *order*, which is that of ``joined``."""
    before = len(read.columns) if read else 0
    known = read.remarks if read else {}
    numbers = np.array([*known, *(before + number for number in new)], dtype=np.int64)
    places = np.isin(order, numbers).nonzero()[0]
    return {
        place: known[number] if number < before else new[number - before]
        for place, number in zip(places.tolist(), order[places].tolist(), strict=True)
    }


def _slices(lengths: _Ints, order: Ints) -> Ints:
    """Return the places of all values of the texts in *order*, of which each has so many."""
    ends = np.cumsum(lengths, dtype=np.int64)
    of_each = lengths[order].astype(np.int64)
    begins = (ends - lengths)[order]
    shifts = begins - (np.cumsum(of_each) - of_each)
    places: Ints = np.arange(of_each.sum()) + np.repeat(shifts, of_each)
    return places


def _renumbered(numbers: _Ints, words: Sequence[str], into: dict[str, int]) -> _Ints:
    """Return *numbers* of *words* as new ones, in the order in which they first occur.

    The words that occur are added *into* a dictionary, in the same order.
    """
    new, occurring = renumbered(numbers.astype(np.int64), len(words))
    into.update((words[number], place) for place, number in enumerate(occurring.tolist()))
    return new.astype(np.int32)


def _cut(before: Sequence[int], new: Sequence[int], places: Ints) -> array[int]:
    return _array(_chained(before, new)[places])


def _chained(*parts: Sequence[int] | _Ints) -> _Ints:
    arrays = [np.asarray(part, dtype=np.int32) for part in parts]
    return reduce(lambda one, other: np.concatenate([one, other]), arrays)


def _array(values: _Ints) -> array[int]:
    return array("i", values.astype(np.int32).tobytes())
