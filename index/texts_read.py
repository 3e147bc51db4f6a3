"""Remembers what an index has read in the texts of its record, for the index that replaces it.

Reading the texts is most of the work of building an index, and an edit changes few of them. Nothing
is kept twice: postings and sentences of the index before are taken over, and ``building`` reads the
texts that are new.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.keeping.paragraphs import Ints, ParagraphColumns, order_of
from index.keeping.splice import Splice, ascending
from index.keeping.statements import Searched, keys_of
from index.model.statement import Paragraph, Statement
from index.postings.bm25 import PostingsBM25
from index.postings.exact_phrases import ExactPhrases
from index.postings.sentence_index import SentenceIndex
from index.text.abbreviations import Definition
from index.text.terms import Analyzers

#: Unless at least this share of the texts was read before, all are read: what an index remembers
#: of words should be those of its own texts.
_SHARE_READ = 0.5


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
    #: A sum of each text's terms in their order: shape (paragraphs,).
    sums: Ints
    #: By the number of a text, from 0; without those of which there is nothing to remark.
    remarks: Mapping[int, Remarks]
    #: The parts of each word that is also written as two words.
    two_words: Mapping[str, tuple[str, ...]]

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
        # Those that have moved are read again, so that what is sorted stays so.
        texts = ascending(texts)
        enough = np.count_nonzero(texts >= 0) >= _SHARE_READ * len(texts)
        return Known(self, same, texts) if enough and len(texts) else None

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

    read: TextsRead
    #: For each statement, the number of that with the same paragraphs, or -1: (statements,).
    same: Ints
    #: For each paragraph, the number of one with the same text, or -1: (paragraphs,). They ascend.
    texts: Ints

    def splice(self) -> Splice:
        """Return where the texts that are known come from, and where the new ones are put."""
        is_new, before = self.texts < 0, len(self.read.columns)
        return Splice.of(np.where(is_new, before + is_new.cumsum() - 1, self.texts), before)

    def remarks(self, new: Mapping[int, Remarks]) -> dict[int, Remarks]:
        """Return the remarks on all texts, with those on the *new* ones by their own numbers."""
        known = self.read.remarks
        is_known = np.zeros(len(self.read.columns), dtype=bool)
        is_known[list(known)] = True
        places = (is_known[self.texts] & (self.texts >= 0)).nonzero()[0]
        numbers = zip(places.tolist(), self.texts[places].tolist(), strict=True)
        of_new = (self.texts < 0).nonzero()[0].tolist()
        found = {place: known[number] for place, number in numbers}
        found.update((of_new[number], one) for number, one in new.items())
        return dict(sorted(found.items()))
