"""Weighs the terms of a question, and finds the postings of each.

A rare term counts more, and so does a name; an equivalent never outranks the question's own words.
Which terms a question has, ``query_reader`` decides.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import NamedTuple

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
#: What is known of so many terms is cached; a bound, as users may type anything.
_CACHED = 4_096

#: Adjacent terms of a question, and an equivalent of them on record.
Expansion = tuple[Member, Member]


class KnownTerm(NamedTuple):
    """What the postings know of a term."""

    #: Its number, or -1; how many paragraphs have it; and its postings.
    number: int
    df: int
    postings: slice | None


@dataclass(slots=True)
class QuestionTerms:
    """The terms of a question, gathered while it is read."""

    #: By term: how often the question has it, its form, and whether it is a name.
    counts: dict[str, int] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    names: dict[str, bool] = field(default_factory=dict)
    #: By term, other terms on record for the same word, each with its form, if there are any.
    alike: dict[str, Mapping[str, str]] = field(default_factory=dict)
    #: By term, the word as typed, if it has accents.
    marked: dict[str, str] = field(default_factory=dict)
    #: The term of each token, in the question's order.
    sequence: list[str] = field(default_factory=list)

    def add(
        self, term: str, form: str, *, name: bool, alike: Mapping[str, str] | None = None
    ) -> None:
        """Add a token: its *term* and *form*, whether it is a name, and the terms *alike*."""
        if alike:
            self.alike.setdefault(term, alike)
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
        self._idf_of = lru_cache(maxsize=_CACHED)(partial(idf, bm25.corpus_size))

        def find(term: Hashable) -> KnownTerm:
            return KnownTerm(bm25.term_number(term), bm25.df(term), bm25.postings(term))

        #: What is known of a term.
        self.known = lru_cache(maxsize=_CACHED)(find)

    def idf(self, terms: QuestionTerms, expansions: Sequence[Expansion]) -> list[float]:
        """Return the idf of each term; if it has equivalents, that of the commonest of them."""
        known = self.known
        df = {term: known(term).df for term in terms.counts}
        for term, alike in terms.alike.items():
            df[term] = max(df[term], *(known(one).df for one in alike))
        for asked, member in expansions:
            other = known(key_of(member)).df
            for term in asked:
                df[term] = max(df[term], other)
        return list(map(self._idf_of, df.values()))

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
        read: QuestionTerms,
        boost: Scores,
        expansions: Sequence[Expansion],
    ) -> QueryPostings:
        """Return the postings to read: of each of *terms* as *read*, then of each equivalent."""
        bm25, form = self._bm25, self._sentence_index.form
        names: list[str] = []
        postings: list[slice] = []
        factors: list[float | Scores] = []
        # Of each line: the number of the term, its width, its form, and the term that follows.
        rows: list[int] = []
        number_of = {term: number for number, term in enumerate(terms)}
        known, boosts = list(map(self.known, terms)), boost.tolist()
        followings = [*(one.number for one in known[1:]), -1]
        for number, term in enumerate(terms):
            own, following = boosts[number], followings[number]
            if found := known[number].postings:
                names.append(term)
                postings.append(found)
                factors.append(own)
                rows += (number, 1, form(read.forms[term]), following)
            if term not in read.alike:
                continue
            for alike, written in read.alike[term].items():
                same = None if alike in number_of else bm25.postings(alike)
                if same and found:
                    # The word is counted once where it stands in both ways.
                    having = np.zeros(bm25.corpus_size, dtype=bool)
                    having[bm25.paragraphs[found]] = True
                    apart = ~having[bm25.paragraphs[same]]
                    share = own * _ceiling(bm25.idf[term], bm25.idf[alike])
                    names.append(alike)
                    postings.append(same)
                    factors.append(share * apart.astype(np.float64))
                    rows += (number, 1, form(written), following)
        for asked, member in expansions:
            key = key_of(member)
            found = bm25.postings(key)
            if found is None:
                continue
            literal = sum(bm25.idf.get(term, np.inf) for term in asked)
            share = _share(literal, bm25.idf[key])
            for at, term in enumerate(asked):
                # Its weight is added once, with the first of the terms it stands for.
                names.append(" ".join(member))
                postings.append(found)
                factors.append(0.0 if at else share * boosts[number_of[term]])
                rows += (number_of[term], len(member), -1, -1)
        lines = np.array(rows, dtype=np.intp).reshape(-1, 4)
        return QueryPostings(names=names, postings=postings, boost=factors, lines=lines)


def shortness(terms: int) -> float:
    """Return how short a question of this many *terms* is: 1 up to ``SHORT``, then falling."""
    return min(1.0, SHORT / max(1, terms)) ** 2


def _ceiling(literal: float, own: float) -> float:
    """Return the share of a term of idf *own* by which it weighs at most as one of idf *literal*.

    So that a word of one language, rare on record, does not outweigh the same word of another.
    """
    return min(1.0, literal / own) if literal > 0 and own > 0 else 1.0


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
