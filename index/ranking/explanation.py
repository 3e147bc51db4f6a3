"""Explains why each hit ranks where it does: how the question was read, what each word weighs.

The figures are those of the ranking, and sum to its scores. ``bot`` decides how they are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.model.answer import Hit
from index.postings.bm25 import PostingsBM25
from index.question.narrowing import Narrowing
from index.question.query import Query
from index.ranking.refusal import support
from index.ranking.score import Missing, Part, Ranking


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRead:
    """A term of the question."""

    term: str
    #: How many paragraphs have it, and its idf in nats.
    df: int
    idf: float
    #: By how much its weight is multiplied, and whether it is a name or a number.
    boost: float
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TermWeight:
    """What one term, or its equivalent, adds to the BM25 part of a paragraph's score."""

    #: The term of the question, and the term found in the paragraph.
    term: str
    found: str
    #: How often it occurs there.
    tf: int
    #: Its weight by rank_bm25, and what it adds here: that weight times its boost.
    bm25: float
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HitExplained:
    """Why a paragraph ranks where it does."""

    hit: Hit
    #: Whether it answers, and the support that decides it.
    answers: bool
    support: float
    #: How many terms it has; BM25 compares that with the average.
    length: int
    terms: tuple[TermWeight, ...]
    #: The parts of the score, by the keys of ``Part``.
    parts: dict[str, float]
    #: The idf of the terms it lacks, and of the names among them.
    missing: float
    missing_names: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How a question was read, and why its hits rank as they do."""

    query: Query
    #: Whom, when and in which order is asked for; if nothing answers so, *query* is for the
    #: same subject by anybody at any time.
    narrowing: Narrowing
    terms: tuple[TermRead, ...]
    #: How many paragraphs were searched, how many there are, and their average number of terms.
    searched: int
    paragraphs: int
    average_length: float
    #: The support above which a passage answers.
    threshold: float
    hits: tuple[HitExplained, ...]


def terms_read(query: Query, bm25: PostingsBM25) -> tuple[TermRead, ...]:
    """Return the terms of *query*, in the question's order."""
    columns = (query.terms, query.idf.tolist(), query.boost.tolist(), query.named.tolist())
    return tuple(
        TermRead(term=term, df=bm25.df(term), idf=idf, boost=boost, named=named)
        for term, idf, boost, named in zip(*columns, strict=True)
    )


def hits_explained(
    query: Query,
    ranking: Ranking,
    hits: Sequence[Hit],
    answering: Sequence[int],
    bm25: PostingsBM25,
) -> tuple[HitExplained, ...]:
    """Return why the paragraphs of *ranking*, shown as *hits*, rank as they do.

    *answering* are the numbers of the paragraphs that answer.
    """
    if not hits:
        return ()
    supports = support(ranking, query).tolist()
    weights = _weights(query, ranking, bm25)
    explained = []
    for row, hit in enumerate(hits):
        number = int(ranking.numbers[row])
        explained.append(
            HitExplained(
                hit=hit,
                answers=number in answering,
                support=supports[row],
                length=int(bm25.lengths[number]),
                terms=tuple(weights[row]),
                parts={part.key: float(ranking.parts[part, row]) for part in Part},
                missing=float(ranking.missing_idf[Missing.TERMS, row]),
                missing_names=float(ranking.missing_idf[Missing.NAMES, row]),
            )
        )
    return tuple(explained)


def _weights(query: Query, ranking: Ranking, bm25: PostingsBM25) -> list[list[TermWeight]]:
    """Return what each term adds to each paragraph of *ranking*."""
    lines = query.postings
    weights: list[list[TermWeight]] = [[] for _ in ranking.numbers]
    if not lines.postings:
        return weights
    for line, postings in enumerate(lines.postings):
        here = bm25.paragraphs[postings]
        at = here.searchsorted(ranking.numbers)
        boosts = np.broadcast_to(lines.boost[line], len(here))
        if not boosts.any():
            continue
        for row in (here.take(at, mode="clip") == ranking.numbers).nonzero()[0].tolist():
            posting = postings.start + at[row]
            plain = float(bm25.weights[posting])
            tf = int(bm25.begins[posting + 1] - bm25.begins[posting])
            term = query.terms[lines.terms[line]]
            boost = float(boosts[at[row]])
            weights[row].append(
                TermWeight(
                    term=term, found=lines.names[line], tf=tf, bm25=plain, weight=plain * boost
                )
            )
    return weights
