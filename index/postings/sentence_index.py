"""Keeps the sentences of a record, and finds the best sentence of a paragraph for a query.

The tokens of all paragraphs are numbered in one sequence, and a sentence is a slice of it. The
positions of a query's terms give the best sentence and the slices to highlight, without reading a
text again. ``ranker`` decides which paragraphs are compared.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.keeping.columns import Keeper, Kept
from index.keeping.splice import Splice
from index.postings.bm25 import Numbers, PostingsBM25, Scores
from index.postings.forms import ChangedForms, Forms
from index.postings.kernel import BUILT, in_c
from index.postings.tokens import NumberedTokens, Numbering, Spliced
from index.text.terms import Terms

if BUILT:
    from index.postings import _kernel

#: The share of their mean idf that two terms add if they stand side by side as in the question, and
#: the share of its idf that a term adds if it has the question's very form. The latter brought .3
#: points of R@1 or more on four sets.
FOLLOWING, SAME_FORM = 0.5, 0.8
#: No form and no term has this number.
_NONE = -2
#: So many bits have an offset in a paragraph, in characters.
_OFFSET = 32
#: To bound the memory, a table of more cells (paragraphs x sentences x terms) than this is not
#: made: the few cells that count are then sorted, which takes longer.
_CELLS = 2_000_000
#: A sentence with this share of the best one's weight weighs the same.
_AS_GOOD = 1 - 1e-12


class SentenceColumns:
    """The tokens and sentences of paragraphs, gathered in columns while a record is read.

    A list of values for each paragraph would take several times the memory, while an index is built
    and takes most of it.
    """

    def __init__(self, known: Mapping[str, int] | None = None) -> None:
        """Begin with no paragraph; forms are numbered after those that are *known*."""
        #: The number of each form that was met.
        self.forms = Numbering(known or {})
        #: Of each token: its form; where it begins and ends in its paragraph; and its sentence,
        #: counted from the paragraph's first.
        self.form, self.start, self.stop, self.sentence = (array("i") for _ in range(4))
        #: Of each paragraph, its number of sentences.
        self.sentences = array("i")
        #: Where each sentence begins and ends in its paragraph, alternately.
        self.bounds = array("i")

    def add(self, terms: Terms, sentences: Sequence[tuple[int, int]]) -> None:
        """Add a paragraph: its *terms*, and the (start, stop) of each of its *sentences*."""
        self.form.extend(map(self.forms.__getitem__, terms.forms))
        self.start.extend(terms.starts)
        self.stop.extend(terms.stops)
        # A token past the last sentence belongs to it.
        begun, last = 0, len(sentences) - 1
        for number, (_, end) in enumerate(sentences[:-1]):
            beyond = bisect_left(terms.starts, end, begun)
            self.sentence.extend([number] * (beyond - begun))
            begun = beyond
        self.sentence.extend([last] * (len(terms.starts) - begun))
        self.sentences.append(len(sentences))
        self.bounds.extend(chain.from_iterable(sentences))

    def followed_by(self, others: SentenceColumns) -> SentenceColumns:
        """Return the columns of all paragraphs, of which those of *others* come after these."""
        made = SentenceColumns()
        made.forms = Numbering.of(self.forms.new)
        numbers = np.array([made.forms[form] for form in others.forms.new] or [0], dtype=np.int32)
        made.form = self.form + array("i", numbers[np.array(others.form)].tobytes())
        made.forms.new = [*self.forms.new, *made.forms.new]
        for name in ("start", "stop", "sentence", "sentences", "bounds"):
            setattr(made, name, getattr(self, name) + getattr(others, name))
        return made

    @property
    def spans(self) -> NDArray[np.int32]:
        """Where each sentence begins and ends in its paragraph: shape (sentences, 2)."""
        return np.array(self.bounds, dtype=np.int32).reshape(-1, 2)

    def details(self, tokens: NumberedTokens, positions: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return what a ``SentenceIndex`` tells of these *tokens*, at the *positions* in turn."""
        sentence, follows = np.array(self.sentence), np.full(len(self.sentence), _NONE)
        within = sentence[1:] == sentence[:-1]
        # Not across paragraphs, where both sentences may have the number 0.
        ends = tokens.lengths.cumsum() - 1
        within[ends[(ends >= 0) & (ends < len(sentence) - 1)]] = False
        follows[:-1][within] = tokens.tokens[1:][within]
        details = np.empty((len(positions), 3), dtype=np.int32)
        for column, values in enumerate((sentence, np.array(self.form), follows)):
            details[:, column] = values[positions]
        return details


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryPostings:
    """The postings that a query reads: one line for each term, and each equivalent of a term."""

    #: The term of the line, as words.
    names: list[str]
    #: The postings of the line, and by how much their weights are multiplied: all, or each.
    postings: list[slice]
    boost: list[float | Scores]
    #: What the lines stand for, in four columns: see the properties. Shape (lines, 4).
    lines: NDArray[np.intp]

    @property
    def terms(self) -> NDArray[np.intp]:
        """The term of the query, from 0, that each line stands for."""
        return self.lines[:, 0]

    @property
    def widths(self) -> NDArray[np.intp]:
        """The number of tokens of each line's term: 1, or more for a phrase."""
        return self.lines[:, 1]

    @property
    def extras(self) -> NDArray[np.intp]:
        """What a token may match besides the term: shape (lines, 2).

        The word's form in the question, and the term that follows there; each by its number, or -1.
        """
        return self.lines[:, 2:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Which lines of a query's postings match which of n paragraphs; columns of equal length."""

    #: The paragraph, as a row from 0 to n - 1; the line; and the posting.
    rows: NDArray[np.intp]
    lines: NDArray[np.intp]
    postings: NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrences:
    """Where a query's words stand, as columns of equal length, in no order."""

    #: The paragraph, as its row among those that were compared; and the term of the query.
    rows: NDArray[np.intp]
    terms: NDArray[np.intp]
    #: The positions of the word's first token, and of its last.
    first: Numbers
    last: Numbers


_NOWHERE: Numbers = np.zeros(0, dtype=np.int64)
NO_OCCURRENCES = Occurrences(rows=_NOWHERE, terms=_NOWHERE, first=_NOWHERE, last=_NOWHERE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The best sentence for a query in each of n paragraphs, and where the query's words stand."""

    #: The weight of the best sentence of each paragraph: shape (n,).
    best: Scores
    #: The number of that sentence, over the whole record: shape (n,).
    sentence: Numbers
    #: Of how many of its tokens the query's words are: shape (n,).
    matched: Numbers
    #: Where the words stand.
    occurrences: Occurrences


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is found in each of n paragraphs for a query, and what is not."""

    evidence: Evidence
    #: Which terms each lacks: shape (n, terms).
    absent: NDArray[np.bool_]
    #: And which the question lacks that each answers; the same as *absent* if there is none.
    unasked: NDArray[np.bool_]


class SentenceIndex:
    """The sentences and tokens of a record, in the order of its BM25 postings; built once."""

    def __init__(
        self, bm25: PostingsBM25, tokens: NumberedTokens, columns: SentenceColumns
    ) -> None:
        """Keep what *columns* hold of the *tokens* of *bm25*, in the same order.

        All phrases have already been added to *bm25*.
        """
        self._bm25 = bm25
        self._starts, self._stops = np.array(columns.start), np.array(columns.stop)
        numbers = {form: number for number, form in enumerate(columns.forms.new)}
        #: The folded words on record.
        self.forms = Forms(numbers, np.bincount(columns.form, minlength=len(numbers)))
        self._spans = columns.spans
        sentences = np.array(columns.sentences, dtype=np.int64)
        #: The number of each paragraph's first sentence.
        self._first = np.cumsum(sentences) - sentences
        count = len(tokens.tokens)
        details = np.empty((len(bm25.positions), 3), dtype=np.int32)
        details[:count] = columns.details(tokens, bm25.positions[:count])
        self._note_details(details, count)

    @classmethod
    def spliced(
        cls,
        before: SentenceIndex,
        bm25: PostingsBM25,
        columns: SentenceColumns,
        texts: Splice,
        tokens: Spliced,
    ) -> tuple[SentenceIndex, ChangedForms]:
        """Return the same, where most *texts* are as they were *before*; and the forms on record.

        *columns* hold the new ones, and *tokens* are those of all.
        """
        made = cls.__new__(cls)
        made._bm25 = bm25
        made._starts = tokens.splice.values(before._starts, np.array(columns.start, dtype=np.int32))
        made._stops = tokens.splice.values(before._stops, np.array(columns.stop, dtype=np.int32))
        counts = np.diff(before._first, append=len(before._spans))
        new = np.array(columns.sentences, dtype=np.int64)
        sentences = texts.of_parts(counts.cumsum(), new.cumsum())
        made._spans = sentences.values(before._spans, columns.spans)
        counts = texts.values(counts, new)
        made._first = counts.cumsum() - counts
        old, count = before._details[: len(tokens.woven.stays)], len(made._starts)
        read = columns.details(tokens.read, tokens.new.positions)
        details = tokens.woven.values(old, read, room=len(bm25.positions) - count)
        gone = old[~tokens.woven.stays, 1]
        forms = before.forms.changed(gone, columns.form, columns.forms.new)
        for column, numbers in ((1, forms.numbers), (2, tokens.numbers)):
            if (numbers < 0).any():
                # What is below zero stays so.
                below = np.append(numbers, np.arange(_NONE, 0, dtype=np.int32))
                details[:count, column] = below[details[:count, column]]
        made.forms = forms.now
        made._note_details(details, count)
        return made, forms

    def _note_details(self, details: NDArray[np.int32], count: int) -> None:
        """Take *details* of so many tokens; behind these is room for those of the phrases."""
        #: For each position, in the order of the postings: the sentence, counted from the
        #: paragraph's first; the form; and the term that follows in the sentence.
        self._details = details
        positions = self._bm25.positions[count:]
        if not len(positions):
            return
        counts = np.diff(self._first, append=len(self._spans))
        paragraph = np.repeat(np.arange(len(counts)), counts)
        ends = paragraph << _OFFSET | self._spans[:, 1]
        paragraphs = self._bm25.paragraphs_at(positions)
        sentences = ends.searchsorted(paragraphs << _OFFSET | self._starts[positions], "right")
        # A token past the last sentence belongs to it.
        sentences = np.minimum(sentences - self._first[paragraphs], counts[paragraphs] - 1)
        details[count:, 0] = sentences
        # A phrase has no form, and pairs of phrases are not looked for.
        details[count:, 1:] = _NONE

    def keep(self, to: Keeper) -> None:
        """Write the sentences and tokens *to* columns."""
        self.forms.keep(to.within("forms"))
        to.arrays(
            starts=self._starts,
            stops=self._stops,
            spans=self._spans,
            first=self._first,
            details=self._details,
        )

    @classmethod
    def kept(cls, of: Kept, bm25: PostingsBM25) -> SentenceIndex:
        """Return what ``keep`` wrote; *bm25* are the postings of the same record."""
        made = cls.__new__(cls)
        made._bm25, made.forms = bm25, Forms.kept(of.within("forms"))
        made._starts, made._stops = of.array("starts", "i4"), of.array("stops", "i4")
        made._spans, made._first = of.array("spans", "i4", 2), of.array("first", "i8")
        made._details = of.array("details", "i4", 3)
        return made

    def form(self, word: str) -> int:
        """Return the number of the folded *word* among the forms on record, or -1."""
        return self.forms.numbers.get(word, -1)

    def having_form(self, term: str, form: str) -> Numbers:
        """Return the paragraphs that have *term* in the very *form*, ascending."""
        postings, number = self._bm25.postings(term), self.form(form)
        if postings is None or number < 0:
            return _NOWHERE
        begins = self._bm25.begins
        start, stop = begins[postings.start], begins[postings.stop]
        at = start + (self._details[start:stop, 1] == number).nonzero()[0]
        found = self._bm25.paragraphs[begins.searchsorted(at, side="right") - 1]
        return np.unique(found).astype(np.int64)

    def first_sentences(self, paragraphs: Numbers) -> Numbers:
        """Return the number of the first sentence of each of *paragraphs*."""
        first: Numbers = self._first[paragraphs]
        return first

    def sentence_at(self, paragraph: int, offset: int) -> int:
        """Return the number of the sentence of *paragraph* that has the character at *offset*."""
        first = int(self._first[paragraph])
        end = self._first[paragraph + 1] if paragraph + 1 < len(self._first) else len(self._spans)
        within = self._spans[first:end, 0].searchsorted(offset, side="right")
        return first + max(0, int(within) - 1)

    def sentence_span(self, sentence: int) -> tuple[int, int]:
        """Return the (start, stop) of *sentence* in its paragraph, in characters."""
        start, stop = self._spans[sentence].tolist()
        return start, stop

    def sentence_spans(self, sentences: Numbers) -> list[tuple[int, int]]:
        """Return the same of several *sentences*."""
        starts, stops = self._spans[sentences].T.tolist()
        return list(zip(starts, stops, strict=True))

    def spans(self, positions: Numbers) -> list[tuple[int, int]]:
        """Return the (start, stop) of the tokens at *positions*, in characters."""
        starts, stops = self._starts[positions].tolist(), self._stops[positions].tolist()
        return list(zip(starts, stops, strict=True))

    def spans_of(self, term: int, occurrences: Occurrences) -> list[tuple[int, int, int]]:
        """Return the row, start and stop of each of *occurrences* of a *term* of the query."""
        here = (occurrences.terms == term).nonzero()[0]
        starts = self._starts[occurrences.first[here]].tolist()
        stops = self._stops[occurrences.last[here]].tolist()
        return list(zip(occurrences.rows[here].tolist(), starts, stops, strict=True))

    def highlights(
        self, rows: Sequence[int], occurrences: Occurrences
    ) -> list[list[tuple[int, int]]]:
        """Return where the words of each of *rows* stand, in order.

        They are (start, stop) in characters. Spans that overlap, as pairs of Chinese characters do,
        become one.
        """
        if in_c():
            return _kernel.highlights(
                np.array(rows, dtype=np.intp),
                occurrences.rows,
                occurrences.first,
                occurrences.last,
                self._starts,
                self._stops,
            )
        chosen = np.zeros(int(occurrences.rows.max(initial=-1)) + 1, dtype=bool)
        chosen[[row for row in rows if row < len(chosen)]] = True
        here = chosen[occurrences.rows].nonzero()[0]
        starts, stops = self._starts[occurrences.first[here]], self._stops[occurrences.last[here]]
        row_of = occurrences.rows[here]
        order = np.lexsort((stops, starts, row_of))
        row_of, starts, stops = row_of[order], starts[order], stops[order]
        spans = list(zip(starts.tolist(), stops.tolist(), strict=True))
        begins, ends = row_of.searchsorted(rows).tolist(), row_of.searchsorted(rows, "right")
        found = [spans[begin:end] for begin, end in zip(begins, ends.tolist(), strict=True)]
        overlap = (starts[1:] < stops[:-1]) & (row_of[1:] == row_of[:-1])
        return list(map(_merged, found)) if overlap.any() else found

    def weigh(
        self, paragraphs: Numbers, found: Matches, query: QueryPostings, idf: Scores
    ) -> Evidence:
        """Return the best sentence of each of *paragraphs* for a *query*, by what was *found*.

        The weight of a sentence is the sum of the *idf* (one for each term of the query) of the
        different terms it has; a share more for a term in the question's very form, not only its
        stem; and a share of the mean idf of two terms that follow each other as in the query, as
        "Karakoram Highway" says more than the two words apart. Stop words between them are ignored.
        Of sentences of equal weight, the first is the best.
        """
        terms, weight = len(idf), _weights(idf)
        begins = self._bm25.begins[found.postings]
        tf = self._bm25.begins[found.postings + 1] - begins
        ends = tf.cumsum()
        at = np.arange(ends[-1] if len(ends) else 0) + (begins - ends + tf).repeat(tf)
        lines, rows = found.lines.repeat(tf), found.rows.repeat(tf)
        details = self._details[at]
        sentence = details[:, 0]
        height = int(sentence.max(initial=0)) + 1
        width = len(weight)
        of_query = query.terms[lines]
        cell = (rows * height + sentence) * width + of_query
        extra, which = (details[:, 1:] == query.extras[lines]).nonzero()
        cell = np.concatenate([cell, cell[extra] + (which + 1) * terms])
        size = len(paragraphs) * height
        if size * width <= _CELLS:
            marked = np.zeros(size * width, dtype=bool)
            marked[cell] = True
            cell = marked.nonzero()[0]
        else:
            cell = np.unique(cell)
        # bincount adds in the order of the cells, as the C does: the sums are the same to the last
        # bit, and so what is equal stays in its order.
        sums = np.bincount(cell // width, weight[cell % width], minlength=size).astype(float)
        weights = sums.reshape(len(paragraphs), height)
        # Weights that are made of other parts, and equal, may differ in their last bits.
        best = weights.max(axis=1, keepdims=True)
        heaviest = (weights >= best * _AS_GOOD).argmax(axis=1)
        positions = self._bm25.positions[at]
        matched = np.bincount(found.rows, tf * query.widths[found.lines], len(paragraphs))
        return Evidence(
            best=weights[np.arange(len(paragraphs)), heaviest],
            sentence=self._first[paragraphs] + heaviest,
            matched=matched.astype(np.int64),
            occurrences=Occurrences(
                rows=rows,
                terms=of_query,
                first=positions,
                last=positions + (query.widths[lines] - 1),
            ),
        )

    def compare(
        self, paragraphs: Numbers, asked: Numbers | None, query: QueryPostings, idf: Scores
    ) -> Comparison:
        """Return what ``weigh`` does, and which terms *paragraphs* lack and those *asked*; in C."""
        rows, terms, bm25 = len(paragraphs), len(idf), self._bm25
        best, sentence, matched, absent, unasked, occurrences = _kernel.compare(
            paragraphs,
            asked,
            query.postings,
            query.lines,
            _weights(idf),
            _AS_GOOD,
            bm25.paragraphs,
            bm25.begins,
            bm25.positions,
            self._details,
            self._first,
            len(self._spans),
        )
        columns = np.frombuffer(occurrences, dtype=np.int64).reshape(4, -1)
        lacking = np.frombuffer(absent, dtype=bool).reshape(rows, terms)
        return Comparison(
            evidence=Evidence(
                best=np.frombuffer(best),
                sentence=np.frombuffer(sentence, dtype=np.int64),
                matched=np.frombuffer(matched, dtype=np.int64),
                occurrences=Occurrences(
                    rows=columns[0], terms=columns[1], first=columns[2], last=columns[3]
                ),
            ),
            absent=lacking,
            unasked=lacking
            if asked is None
            else np.frombuffer(unasked, dtype=bool).reshape(rows, terms),
        )


def _weights(idf: Scores) -> Scores:
    """Return what a sentence weighs more for each of three things, of each term of a query.

    That it has the term, that it has it in the question's form, and that the next term follows.
    """
    terms = len(idf)
    weights = np.zeros(3 * terms)
    weights[:terms] = idf
    weights[terms : 2 * terms] = SAME_FORM * idf
    weights[2 * terms : -1] = (idf[1:] + idf[:-1]) * (FOLLOWING / 2)
    return weights


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return *spans*, which are in order, with those as one that overlap."""
    merged: list[tuple[int, int]] = []
    for start, stop in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged
