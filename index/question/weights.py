"""Weighs the terms of a question, and finds the postings of each.

A rare term counts more, and so does a name; an equivalent never outranks the question's own words.
``query_reader`` decides which terms a question has.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from index.postings.bm25 import PostingsBM25, Scores, idf
from index.postings.sentence_index import QueryPostings, SentenceIndex
from index.question.equivalents import Member, key_of

#: A term's boost is its share of the highest idf there is, raised to this power: of many words, the
#: rare ones show what a question is about. Without it the R@1 of reporters' questions was 1 to 4
#: points lower; that of the SQuAD sample and of xquad_hi was up to .6 higher.
RARITY = 0.3
#: In a short question, the boost of a name or a number is this much larger: .1 to .4 points of R@1
#: on three of the sets of short questions.
NAME = 0.3
#: A question of up to this many terms is short. Beyond it, what applies to short questions fades
#: with the square of the number of terms.
SHORT = 6
#: An equivalent counts at most this share of the word itself. BM25's weight of a word grows to at
#: most 1 + k1 = 1.8 times that of a single use, so half of it stays below.
EQUIVALENT = 0.5

#: Adjacent terms of a question, and an equivalent of them on record.
Expansion = tuple[Member, Member]


@dataclass(slots=True)
class QuestionTerms:
    """The terms of a question, gathered while it is read."""

    #: By term: how often the question has it, its form, and whether it is a name.
    counts: dict[str, int] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    names: dict[str, bool] = field(default_factory=dict)
    #: The term of each token, in the question's order.
    sequence: list[str] = field(default_factory=list)

    def add(self, term: str, form: str, *, name: bool) -> None:
        """Add a token: its *term* and *form*, and whether it is a name."""
        self.counts[term] = self.counts.get(term, 0) + 1
        self.forms.setdefault(term, form)
        self.names[term] = self.names.get(term, False) or name
        self.sequence.append(term)


class Weighting:
    """The weights of the terms of one record; built once."""

    def __init__(self, bm25: PostingsBM25, sentence_index: SentenceIndex) -> None:
        """Weigh by the postings and forms of one record."""
        self._bm25, self._sentence_index = bm25, sentence_index
        #: The idf of a term that no paragraph has.
        self.highest = idf(bm25.corpus_size, 0)

    def idf(self, terms: Sequence[str], expansions: Sequence[Expansion]) -> list[float]:
        """Return the idf of each term; if it has equivalents, that of the commonest of them."""
        df = {term: self._bm25.df(term) for term in terms}
        for asked, member in expansions:
            other = self._bm25.df(key_of(member))
            for term in asked:
                df[term] = max(df[term], other)
        return [idf(self._bm25.corpus_size, df[term]) for term in terms]

    def boost(self, idf: Sequence[float], terms: QuestionTerms) -> Scores:
        """Return by how much the weight of each term is multiplied.

        A rare term, a name, and a repeated term count more; repetition by its square root.
        """
        short = shortness(len(idf))
        return np.array(
            [
                (one / self.highest) ** RARITY
                * math.sqrt(terms.counts[term])
                * (1.0 + NAME * short if terms.names[term] else 1.0)
                for one, term in zip(idf, terms.counts, strict=True)
            ]
        )

    def query_postings(
        self,
        terms: Sequence[str],
        forms: dict[str, str],
        boost: Scores,
        expansions: Sequence[Expansion],
    ) -> QueryPostings:
        """Return the postings to read: of each of *terms*, then of each equivalent."""
        names, postings, boosts, numbers, widths, extras = [], [], [], [], [], []
        number_of = {term: number for number, term in enumerate(terms)}
        for number, term in enumerate(terms):
            if found := self._bm25.postings(term):
                following = (
                    self._bm25.term_number(terms[number + 1]) if number + 1 < len(terms) else -1
                )
                names.append(term)
                postings.append(found)
                boosts.append(float(boost[number]))
                numbers.append(number)
                widths.append(1)
                extras.append((self._sentence_index.form(forms[term]), following))
        for asked, member in expansions:
            key = key_of(member)
            found = self._bm25.postings(key)
            if found is None:
                continue
            literal = sum(self._bm25.idf.get(term, np.inf) for term in asked)
            share = _share(literal, self._bm25.idf[key])
            for at, term in enumerate(asked):
                names.append(" ".join(member))
                postings.append(found)
                # Its weight is added once, with the first of the terms it stands for.
                boosts.append(0.0 if at else share * float(boost[number_of[term]]))
                numbers.append(number_of[term])
                widths.append(len(member))
                extras.append((-1, -1))
        return QueryPostings(
            names=names,
            postings=postings,
            boost=boosts,
            terms=np.array(numbers, dtype=np.intp),
            widths=np.array(widths, dtype=np.intp),
            extras=np.array(extras, dtype=np.intp).reshape(-1, 2),
        )


def shortness(terms: int) -> float:
    """Return how short a question of this many *terms* is: 1 up to ``SHORT``, then falling."""
    return min(1.0, SHORT / max(1, terms)) ** 2


def _share(literal: float, own: float) -> float:
    """Return the share of an equivalent of idf *own*, for words of the question of idf *literal*.

    It never weighs as much as the question's words, if the record has them; otherwise the share is
    1. In a record of a few paragraphs an idf can be negative, and then it weighs even less.
    """
    if not math.isfinite(literal):
        return 1.0
    if literal > 0:
        return EQUIVALENT * min(1.0, literal / own) if own > 0 else EQUIVALENT
    if own > 0:
        return literal / own / EQUIVALENT
    return max(1.0, literal / own) / EQUIVALENT if own < 0 else 1.0
