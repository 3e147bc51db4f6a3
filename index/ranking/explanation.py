"""Tells why each hit ranks where it does: how the question was read, and what each word weighed.

The figures are those that ranked, taken apart; summed again they give the scores. How they are
shown is ``bot``'s work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.model.answer import Hit
from index.postings.bm25 import PostingsBM25
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
    #: How many times it counts, and whether it is a name or a number.
    boost: float
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TermWeight:
    """What one term, or its equivalent, adds to the BM25 score of a paragraph."""

    #: The term of the question, and the one that stands in the paragraph.
    term: str
    found: str
    #: How often it stands there.
    tf: int
    #: What rank_bm25 gives for it, and what it adds here: that, times the stress.
    bm25: float
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HitExplained:
    """Why a paragraph ranks where it does."""

    hit: Hit
    #: Whether it answers, and the support by which that is decided.
    answers: bool
    support: float
    #: The number of its terms; BM25 weighs it against the average.
    length: int
    terms: tuple[TermWeight, ...]
    #: The parts of the score, by the keys of ``Part``.
    parts: dict[str, float]
    #: The idf of the terms that it lacks, and of the names among them.
    missing: float
    missing_names: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How a question was read, and why its hits rank as they do."""

    query: Query
    terms: tuple[TermRead, ...]
    #: How many paragraphs were searched, of how many, and their average number of terms.
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
    supports = support(ranking).tolist()
    weights = _weights(query, ranking, bm25)
    explained = []
    for row, hit in enumerate(hits):
        number = int(ranking.numbers[row])
        explained.append(
            HitExplained(
                hit=hit,
                answers=number in answering,
                support=supports[row],
                length=bm25.doc_len[number],
                terms=tuple(weights[row]),
                parts={part.key: float(ranking.parts[part, row]) for part in Part},
                missing=float(ranking.missing_idf[Missing.TERMS, row]),
                missing_names=float(ranking.missing_idf[Missing.NAMES, row]),
            )
        )
    return tuple(explained)


def _weights(query: Query, ranking: Ranking, bm25: PostingsBM25) -> list[list[TermWeight]]:
    """Return what each term adds to each paragraph of *ranking*."""
    looked_up = query.postings
    weights: list[list[TermWeight]] = [[] for _ in ranking.numbers]
    if not looked_up.postings:
        return weights
    for line, postings in enumerate(looked_up.postings):
        here = bm25.paragraphs[postings]
        at = here.searchsorted(ranking.numbers)
        boost = looked_up.boost[line]
        for row in (here.take(at, mode="clip") == ranking.numbers).nonzero()[0] if boost else ():
            posting = postings.start + at[row]
            plain = float(bm25.weights[posting])
            tf = int(bm25.begins[posting + 1] - bm25.begins[posting])
            term = query.terms[looked_up.columns[line]]
            weights[row].append(
                TermWeight(
                    term=term, found=looked_up.names[line], tf=tf, bm25=plain, weight=plain * boost
                )
            )
    return weights
