"""Keeps where every term stands, and finds the sentence of a paragraph that answers best.

The whole record is one long row of tokens. Each term has the sorted list of its places in that row;
paragraphs and sentences are ranges of it. From these come the best sentence, the terms a paragraph
lacks, and the slices to highlight, without reading a paragraph's text again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Numbers, Scores
from index.terms import Terms


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph as the index takes it: its terms, and its sentences' (start, stop)."""

    terms: Terms
    sentences: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How far each of n candidate paragraphs speaks to a query of t terms."""

    #: Whether paragraph i has term j: shape (n, t).
    has: NDArray[np.bool_]
    #: The weight of the best sentence of each paragraph: shape (n,).
    best: Scores
    #: Which sentence that is, counted over the whole record: shape (n,).
    sentence: Numbers


class Passages:
    """The places of all terms of a record; built once."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        """Index *passages*, which are numbered from 0 in their order."""
        vocabulary: dict[str, int] = {}
        row: list[int] = []
        starts: list[int] = []
        stops: list[int] = []
        self._spans: list[tuple[int, int]] = []
        paragraph_tokens, paragraph_sentences, sentence_tokens = [0], [0], [0]
        for passage in passages:
            base = len(row)
            row += [vocabulary.setdefault(term, len(vocabulary)) for term in passage.terms.terms]
            starts += passage.terms.starts
            stops += passage.terms.stops
            token = 0
            for _, stop in passage.sentences[:-1]:
                while token < len(passage.terms.starts) and passage.terms.starts[token] < stop:
                    token += 1
                sentence_tokens.append(base + token)
            sentence_tokens.append(len(row))
            self._spans += passage.sentences
            paragraph_tokens.append(len(row))
            paragraph_sentences.append(len(self._spans))
        self._vocabulary = vocabulary
        self._length = len(row)
        terms = np.array(row, dtype=np.int64)
        # A term's number times the length of the row, plus a place: sorted, these keys hold every
        # term's places in one array, and one binary search finds any term in any range.
        self._keys = np.sort(terms * self._length + np.arange(self._length))
        self._starts = np.array(starts, dtype=np.int32)
        self._stops = np.array(stops, dtype=np.int32)
        self._paragraph_tokens = np.array(paragraph_tokens, dtype=np.int64)
        self._paragraph_sentences = np.array(paragraph_sentences, dtype=np.int64)
        bounds = np.array(sentence_tokens, dtype=np.int64)
        numbers = np.arange(len(bounds) - 1, dtype=np.int32)
        self._sentence_of = np.repeat(numbers, bounds[1:] - bounds[:-1])

    def sentence_span(self, sentence: int) -> tuple[int, int]:
        """Return the (start, stop) of *sentence* in its paragraph, in characters."""
        return self._spans[sentence]

    def highlights(self, paragraphs: Numbers, terms: Iterable[str]) -> list[list[tuple[int, int]]]:
        """Return, for each of *paragraphs*, where its words stand that are among *terms*, in order.

        A place is (start, stop) in characters. Places that overlap, as pairs of Chinese characters
        do, are joined.
        """
        places, _, _ = self._within(list(dict.fromkeys(terms)), np.unique(paragraphs))
        here = np.sort(places)
        owners = np.searchsorted(self._paragraph_tokens, here, side="right") - 1
        found: dict[int, list[tuple[int, int]]] = {number: [] for number in paragraphs.tolist()}
        columns = (owners, self._starts[here], self._stops[here])
        for number, start, stop in zip(*(one.tolist() for one in columns), strict=True):
            spans = found[number]
            if spans and start < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(stop, spans[-1][1]))
            else:
                spans.append((start, stop))
        return [found[number] for number in paragraphs.tolist()]

    def weigh(self, paragraphs: Numbers, query: Sequence[str], idf: Scores) -> Evidence:
        """Return how far each of *paragraphs* speaks to *query*; both hold no duplicates.

        A sentence weighs the *idf* (one for each term of *query*) of each different term that it
        has, and once more the mean idf of two terms that stand side by side in it as in the query:
        "Karakoram Highway" is more than both words apart. Stop words do not come between.
        """
        order = np.argsort(paragraphs)
        ascending = paragraphs[order]
        places, columns, has = self._within(query, ascending)
        by_place = np.argsort(places)
        places, columns = places[by_place], columns[by_place]
        sentences = self._sentence_of[places].astype(np.int64)
        beside = np.flatnonzero(
            (np.diff(places) == 1) & (np.diff(columns) == 1) & (np.diff(sentences) == 0)
        )
        # Each sentence has a key for each term of the query, and one for each pair.
        width = 2 * len(query)
        keys = np.concatenate(
            [sentences * width + columns, sentences[beside] * width + len(query) + columns[beside]]
        )
        keys = np.unique(keys)
        weight_of = np.concatenate([idf, (idf + np.roll(idf, -1)) / 2])
        best, chosen = self._heaviest(ascending, keys // width, weight_of[keys % width])
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        return Evidence(has[back], best[back], chosen[back])

    def _heaviest(
        self, paragraphs: Numbers, sentences: Numbers, weights: Scores
    ) -> tuple[Scores, Numbers]:
        """Return the weight and number of each paragraph's heaviest sentence, the first if equal.

        *paragraphs* and *sentences* ascend; a sentence stands once for each of its *weights*.
        """
        first = self._paragraph_sentences[paragraphs]
        best, chosen = np.zeros(len(paragraphs)), first.copy()
        if len(sentences):
            begins = np.flatnonzero(np.diff(sentences, prepend=-1))
            total, sentences = np.add.reduceat(weights, begins), sentences[begins]
            rows = np.searchsorted(first, sentences, side="right") - 1
            np.maximum.at(best, rows, total)
            heaviest = np.flatnonzero(total == best[rows])[::-1]
            chosen[rows[heaviest]] = sentences[heaviest]
        return best, chosen

    def _within(
        self, query: Sequence[str], paragraphs: Numbers
    ) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
        """Return where *query*'s terms stand in *paragraphs*, which each is, and who has which.

        The third is true where paragraph i has term j: shape (paragraphs, terms).
        """
        known = [self._vocabulary.get(term, -1) for term in query]
        base = np.array(known, dtype=np.int64)[:, np.newaxis] * self._length
        begin = np.searchsorted(self._keys, base + self._paragraph_tokens[paragraphs])
        end = np.searchsorted(self._keys, base + self._paragraph_tokens[paragraphs + 1])
        lengths = (end - begin).ravel()
        skipped = np.cumsum(lengths) - lengths
        at = np.repeat(begin.ravel() - skipped, lengths) + np.arange(lengths.sum())
        column = np.repeat(np.arange(len(query)), len(paragraphs))
        places = self._keys[at] % self._length if self._length else self._keys
        return places, np.repeat(column, lengths), (begin < end).T
