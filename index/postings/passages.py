"""Keeps the sentences of a record, and weighs how far each paragraph speaks to a query.

The paragraphs of a record make one long row of tokens, and each sentence is a run of it. From the
places of a query's terms in that row come the best sentence and the slices to highlight, without
reading a text again. Which paragraphs are weighed, and what they lack, is ``ranking``'s to say.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np
from numpy.typing import NDArray

from index.postings.bm25 import Numbers, PostingsBM25, Scores
from index.text.terms import Terms

#: How much two words that follow each other weigh, of their mean idf; and how much more a word
#: does in the form asked for, of its idf: that brought .3 points of R@1 or more on four sets.
FOLLOWING, AS_ASKED = 0.5, 0.8
#: No form and no term has this number.
_NONE = -2
#: More cells than this (paragraphs x sentences x terms) are not laid out, to bound the memory: then
#: the few that count are sorted and summed, which takes longer.
_CELLS = 2_000_000


class PassageColumns:
    """What is kept of a record's paragraphs while they are read: columns that grow.

    A list of values for each paragraph would take several times the memory, at the one moment when
    an index takes most.
    """

    def __init__(self) -> None:
        """Begin with no paragraph."""
        #: The number of each form that was met.
        self.forms: defaultdict[str, int] = defaultdict(count().__next__)
        #: Of each token: its form; where it begins and ends in its paragraph; and the sentence that
        #: it stands in, counted from the paragraph's first.
        self.form, self.start, self.stop, self.sentence = (array("i") for _ in range(4))
        #: Of each paragraph: how many tokens it has, and how many sentences.
        self.lengths, self.sentences = array("i"), array("i")
        #: Where each sentence begins and ends in its paragraph, in turn.
        self.bounds = array("i")

    def add(self, terms: Terms, sentences: Sequence[tuple[int, int]]) -> None:
        """Take in one more paragraph: its *terms*, and its *sentences*' (start, stop)."""
        self.form.extend(map(self.forms.__getitem__, terms.forms))
        self.start.extend(terms.starts)
        self.stop.extend(terms.stops)
        # A token past the last sentence belongs to it.
        ends = [stop for _, stop in sentences[:-1]]
        self.sentence.extend([bisect_right(ends, start) for start in terms.starts])
        self.lengths.append(len(terms.terms))
        self.sentences.append(len(sentences))
        self.bounds.extend(chain.from_iterable(sentences))


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryPostings:
    """The postings that a query looks into: one line for each term, or equivalent of a term."""

    #: The term of the line, as words.
    names: list[str]
    #: The postings of the line, and how much each counts.
    postings: list[slice]
    boost: list[float]
    #: Which term of the query, from 0, the line stands for.
    columns: NDArray[np.intp]
    #: How many tokens the line's term takes up: 1, or more for a phrase.
    widths: NDArray[np.intp]
    #: What a token may be beside its term: the form of the word as the question has it, and the
    #: term that follows in the question; each by its number, or -1: shape (lines, 2).
    beside: NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Which lines were found in which of n paragraphs, as columns of equal length."""

    #: The paragraph, as its row from 0 to n - 1; the line; and the posting.
    rows: NDArray[np.intp]
    lines: NDArray[np.intp]
    postings: NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrences:
    """Where words that were sought stand, as columns of equal length, in no order."""

    #: The paragraph, as its row among those that were weighed.
    rows: NDArray[np.intp]
    #: The places of the word's first token, and of its last.
    first: Numbers
    last: Numbers


_NOWHERE: Numbers = np.zeros(0, dtype=np.int64)
NO_OCCURRENCES = Occurrences(rows=_NOWHERE, first=_NOWHERE, last=_NOWHERE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How far each of n candidate paragraphs speaks to a query of t terms."""

    #: The weight of the best sentence of each paragraph: shape (n,).
    best: Scores
    #: Which sentence that is, counted over the whole record: shape (n,).
    sentence: Numbers
    #: Where the words stand.
    occurrences: Occurrences


class Passages:
    """The sentences and tokens of a record, beside its BM25 postings; built once."""

    def __init__(self, bm25: PostingsBM25, columns: PassageColumns) -> None:
        """Keep what *columns* hold of the paragraphs that *bm25* has, in the same order.

        *bm25* has all its phrases already.
        """
        self._bm25 = bm25
        self._starts, self._stops = np.array(columns.start), np.array(columns.stop)
        self._forms = dict(columns.forms)
        self._counts = np.bincount(columns.form, minlength=len(self._forms))
        self._spans = np.array(columns.bounds).reshape(-1, 2)
        sentences = np.array(columns.sentences, dtype=np.int64)
        #: The number of each paragraph's first sentence.
        self._first = np.cumsum(sentences) - sentences
        sentence, row = np.array(columns.sentence), bm25.row()
        tokens = len(row)
        follows = np.full(tokens, _NONE, dtype=np.int32)
        within = sentence[1:] == sentence[:-1]
        # The next paragraph begins with a sentence of the same number, its first.
        ends = np.cumsum(np.array(columns.lengths, dtype=np.int64)) - 1
        within[ends[(ends >= 0) & (ends < tokens - 1)]] = False
        follows[:-1][within] = row[1:][within]
        # In the order of the postings: what stands at each place, beside the term itself. The
        # sentence, counted from the paragraph's first; the form; the term that follows in it.
        positions = bm25.positions
        self._beside = np.empty((len(positions), 3), dtype=np.int32)
        for column, values in enumerate((sentence, np.array(columns.form), follows)):
            self._beside[:, column] = values[positions]
        # A phrase has no form, and no pair of phrases is looked for.
        self._beside[tokens:, 1:] = _NONE

    def form(self, word: str) -> int:
        """Return the number of the folded *word* among the forms on record, or -1."""
        return self._forms.get(word, -1)

    def forms(self) -> dict[str, int]:
        """Return every folded form on record, and how many tokens have it."""
        return dict(zip(self._forms, self._counts.tolist(), strict=True))

    def first_sentences(self, paragraphs: Numbers) -> Numbers:
        """Return the number of the first sentence of each of *paragraphs*."""
        first: Numbers = self._first[paragraphs]
        return first

    def sentence_span(self, sentence: int) -> tuple[int, int]:
        """Return the (start, stop) of *sentence* in its paragraph, in characters."""
        start, stop = self._spans[sentence].tolist()
        return start, stop

    def highlights(
        self, rows: Sequence[int], occurrences: Occurrences
    ) -> list[list[tuple[int, int]]]:
        """Return, for each of *rows*, where its words stand, by *occurrences*, in order.

        A place is (start, stop) in characters. Places that overlap, as pairs of Chinese characters
        do, are joined.
        """
        found: dict[int, list[tuple[int, int]]] = {row: [] for row in rows}
        here = [at for at, row in enumerate(occurrences.rows.tolist()) if row in found]
        starts = self._starts[occurrences.first[here]].tolist()
        stops = self._stops[occurrences.last[here]].tolist()
        for start, stop, row in sorted(
            zip(starts, stops, occurrences.rows[here].tolist(), strict=True)
        ):
            spans = found[row]
            if spans and start < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(stop, spans[-1][1]))
            else:
                spans.append((start, stop))
        return [found[row] for row in rows]

    def weigh(
        self, paragraphs: Numbers, found: Matches, sought: QueryPostings, idf: Scores
    ) -> Evidence:
        """Return how far each of *paragraphs* speaks to a query, by what was *found* in them.

        A sentence weighs the *idf* (one for each term of the query) of each different term that it
        has; a share more if it has the very form that was asked for, not only the stem; and a share
        of the mean idf of two terms that follow each other in it as in the query: "Karakoram
        Highway" is more than both words apart. Stop words do not come between. Of sentences that
        weigh the same, the first is the best.
        """
        terms = len(idf)
        begins = self._bm25.begins[found.postings]
        tf = self._bm25.begins[found.postings + 1] - begins
        ends = tf.cumsum()
        at = np.arange(ends[-1] if len(ends) else 0) + (begins - ends + tf).repeat(tf)
        lines, rows = found.lines.repeat(tf), found.rows.repeat(tf)
        beside = self._beside[at]
        sentence = beside[:, 0]
        height = int(sentence.max(initial=0)) + 1
        width = 3 * terms
        weight = np.zeros(width)
        weight[:terms] = idf
        weight[terms : 2 * terms] = AS_ASKED * idf
        weight[2 * terms : -1] = (idf[1:] + idf[:-1]) * (FOLLOWING / 2)
        cell = (rows * height + sentence) * width + sought.columns[lines]
        also, which = (beside[:, 1:] == sought.beside[lines]).nonzero()
        cell = np.concatenate([cell, cell[also] + (which + 1) * terms])
        size = len(paragraphs) * height
        if size * width <= _CELLS:
            cells = np.zeros(size * width)
            cells[cell] = 1.0
            sums = cells.reshape(size, width) @ weight
        else:
            cell = np.unique(cell)
            sums = np.bincount(cell // width, weight[cell % width], minlength=size).astype(float)
        weights = sums.reshape(len(paragraphs), height)
        heaviest = weights.argmax(axis=1)
        positions = self._bm25.positions[at]
        return Evidence(
            best=weights[np.arange(len(paragraphs)), heaviest],
            sentence=self._first[paragraphs] + heaviest,
            occurrences=Occurrences(
                rows=rows, first=positions, last=positions + (sought.widths[lines] - 1)
            ),
        )
