"""Tells which paragraphs deny what a question has with a word such as "not".

Small words are not indexed, and these are small words. So the texts of a few paragraphs are read
beside the places where the question's words stand.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import regex
from numpy.typing import NDArray

from index.postings.bm25 import Numbers, PostingsBM25, Scores
from index.postings.sentence_index import Matches, SentenceIndex
from index.question.denied import NEAR, Denied
from index.text.negations import Negations

#: In one paragraph, a word is looked at in so many places.
_MOST_PLACES = 8
#: A lifted paragraph scores so much more than the best of those it is lifted above.
_ABOVE = 0.01
_SENTENCE_END = regex.compile(r"[.?!;。？！؟۔।]")


class Denials:
    """The texts of one record, and where its words stand; built once."""

    def __init__(
        self, texts: Sequence[str], bm25: PostingsBM25, sentence_index: SentenceIndex
    ) -> None:
        """Read *texts*, which *bm25* and *sentence_index* number in the same order."""
        self._texts, self._bm25, self._sentence_index = texts, bm25, sentence_index

    def lift(
        self,
        denied: Denied,
        numbers: Numbers,
        *,
        found: Matches,
        terms: NDArray[np.intp],
        scores: Scores,
        missing: Scores,
    ) -> Scores:
        """Return what is added to the *scores* of the paragraphs *numbers*, for what is *denied*.

        A paragraph that denies it too comes before all that do not, and lack as much of the
        question: the idf that is *missing*. *terms* are those of the lines by which the paragraphs
        were *found*.
        """
        denies = self._denying(denied, numbers, found, terms)
        added: Scores = np.zeros(len(numbers))
        if not denies.any() or denies.all():
            return added
        for row in denies.nonzero()[0].tolist():
            rivals = scores[~denies & (missing >= missing[row] - 1e-9)]
            added[row] = max(0.0, rivals.max(initial=-np.inf) + _ABOVE - scores[row])
        return added

    def _denying(
        self, denied: Denied, numbers: Numbers, found: Matches, terms: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Return which of *numbers* have a word that denies beside a term that is *denied*."""
        denies = np.zeros(len(numbers), dtype=bool)
        chosen = np.isin(terms[found.lines], denied.terms)
        for row, posting in zip(
            found.rows[chosen].tolist(), found.postings[chosen].tolist(), strict=True
        ):
            begin, end = self._bm25.begins[posting : posting + 2].tolist()
            places = self._bm25.positions[begin : min(end, begin + _MOST_PLACES)]
            text = self._texts[int(numbers[row])]
            denies[row] |= any(
                _denied_at(text, start, stop, denied.words)
                for start, stop in self._sentence_index.spans(places.astype(np.int64))
            )
        return denies


def _denied_at(text: str, start: int, stop: int, words: Negations) -> bool:
    """Return whether one of *words* stands near a slice of *text*, in the same sentence."""
    begin = max(0, start - NEAR)
    before = _SENTENCE_END.split(text[begin:start])[-1]
    if begin and len(before) == start - begin:
        # The first word may be cut.
        before = before.partition(" ")[2]
    after = _SENTENCE_END.split(text[stop : stop + NEAR])[0]
    if len(after) == NEAR:
        after = after.rpartition(" ")[0]
    return any(map(words.spans, (before, after)))
