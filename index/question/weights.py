"""Tells how much each term of a question counts, and into which postings it leads.

A rare term counts more, and so does a name; what the record calls differently from the question
never outranks what it calls the same. Which terms a question has is ``query``'s to say.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from index.postings.bm25 import PostingsBM25, Scores, idf
from index.postings.passages import Passages, QueryPostings
from index.question.equivalents import key_of

#: A term counts more in the score by this power of its share of the highest idf there is: of many
#: words the rare ones tell what a question is about. Without it the R@1 of reporters' questions was
#: 1 to 4 points lower; that of the SQuAD sample and of xquad_hi up to .6 higher.
RARITY = 0.3
#: A name or a number, as its capital or digits tell, counts so much more in a short question:
#: .1 to .4 points of R@1 on three of the sets of short ones.
NAME = 0.3
#: A question of so many terms is short; of more, the share of what holds for short ones falls with
#: the square of their number.
SHORT = 6
#: An equivalent counts at most so many times what the word itself would. BM25's weight of a word
#: at most grows to 1 + k1 = 1.8 times that of a single use: half of it stays below.
EQUIVALENT = 0.5

#: Terms that stand side by side in a question, and an equivalent of them on record.
Expansion = tuple[list[str], tuple[str, ...]]


@dataclass(slots=True)
class QuestionTerms:
    """The terms of a question while it is read."""

    #: Each different term, with how often it is asked for, its form, and whether it is a name.
    counts: dict[str, int] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    names: dict[str, bool] = field(default_factory=dict)
    #: The term of each token, in the question's order.
    row: list[str] = field(default_factory=list)

    def add(self, term: str, form: str, *, name: bool) -> None:
        """Take in one more token: its *term* and *form*, and whether it is a name."""
        self.counts[term] = self.counts.get(term, 0) + 1
        self.forms.setdefault(term, form)
        self.names[term] = self.names.get(term, False) or name
        self.row.append(term)


class Weighting:
    """The weights of the terms of one record; built once."""

    def __init__(self, bm25: PostingsBM25, passages: Passages) -> None:
        """Weigh by these two."""
        self._bm25, self._passages = bm25, passages
        self._highest = idf(bm25.corpus_size, 0)

    def idf(self, columns: Sequence[str], lines: Sequence[Expansion]) -> list[float]:
        """Return the idf of each term; of one with equivalents, that of the commonest of them."""
        df = {term: self._bm25.df(term) for term in columns}
        for asked, member in lines:
            other = self._bm25.df(key_of(member))
            for term in asked:
                df[term] = max(df[term], other)
        return [idf(self._bm25.corpus_size, df[term]) for term in columns]

    def boost(self, weights: Sequence[float], terms: QuestionTerms) -> Scores:
        """Return how many times each term counts: a rare one, a name, and one repeated counts more.

        Repetition counts by its square root.
        """
        short = shortness(len(weights))
        return np.array(
            [
                (weight / self._highest) ** RARITY
                * math.sqrt(terms.counts[term])
                * (1.0 + NAME * short if terms.names[term] else 1.0)
                for weight, term in zip(weights, terms.counts, strict=True)
            ]
        )

    def query_postings(
        self,
        columns: Sequence[str],
        forms: dict[str, str],
        boost: Scores,
        lines: Sequence[Expansion],
    ) -> QueryPostings:
        """Return the postings to look into: of each term, then of each equivalent."""
        names, postings, counts, of, widths, beside = [], [], [], [], [], []
        number = {term: column for column, term in enumerate(columns)}
        for column, term in enumerate(columns):
            if found := self._bm25.postings(term):
                names.append(term)
                postings.append(found)
                counts.append(float(boost[column]))
                of.append(column)
                widths.append(1)
                following = (
                    self._bm25.slot(columns[column + 1]) if column + 1 < len(columns) else -1
                )
                beside.append((self._passages.form(forms[term]), following))
        for asked, member in lines:
            key = key_of(member)
            found = self._bm25.postings(key)
            if found is None:
                continue
            literal = sum(self._bm25.idf.get(term, np.inf) for term in asked)
            share = _share(literal, self._bm25.idf[key])
            for place, term in enumerate(asked):
                names.append(" ".join(member))
                postings.append(found)
                counts.append(0.0 if place else share * float(boost[number[term]]))
                of.append(number[term])
                widths.append(len(member))
                beside.append((-1, -1))
        return QueryPostings(
            names=names,
            postings=postings,
            boost=counts,
            columns=np.array(of, dtype=np.intp),
            widths=np.array(widths, dtype=np.intp),
            beside=np.array(beside, dtype=np.intp).reshape(-1, 2),
        )


def shortness(terms: int) -> float:
    """Return how short a question of so many *terms* is: 1 up to ``SHORT``, then falling."""
    return min(1.0, SHORT / max(1, terms)) ** 2


def _share(literal: float, own: float) -> float:
    """Return how many times an equivalent counts whose idf is *own*, beside words of *literal*.

    Never so often that it weighs what the words asked for do; where the record has none of these,
    once. In a record of a few paragraphs an idf can be negative, and then it weighs less still.
    """
    if not math.isfinite(literal):
        return 1.0
    if literal > 0:
        return EQUIVALENT * min(1.0, literal / own) if own > 0 else EQUIVALENT
    if own > 0:
        return literal / own / EQUIVALENT
    return max(1.0, literal / own) / EQUIVALENT if own < 0 else 1.0
