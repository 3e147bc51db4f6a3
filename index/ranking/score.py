"""Names the parts of a score, and holds the scores of the paragraphs that were ranked.

The ranker computes the parts, refusal weighs them, and ``explain`` shows them; all three read this
table, so none depends on an order that another keeps.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from index.postings.bm25 import Numbers, Scores
from index.postings.sentence_index import Occurrences


class Part(IntEnum):
    """One part of a score; as a number, its row in ``Ranking.parts``.

    All parts are in the unit of BM25 scores (nats, roughly), and a score is their sum.
    """

    #: How much of the part supports the paragraph as an answer, from 0 to 1.
    support: float
    #: What the part stands for, in words for an operator.
    meaning: str

    def __new__(cls, support: float, meaning: str) -> Part:
        """Number the parts from 0, in the order of the table below."""
        row = len(cls.__members__)
        part = int.__new__(cls, row)
        part._value_, part.support, part.meaning = row, support, meaning
        return part

    BM25 = (1.0, "what the terms of the question add, each by its weight in the paragraph")
    # With half of it, at the same share of questions off the record answered, one in a hundred more
    # of those on it is answered than with all; see ``Missing``.
    BEST_SENTENCE = (
        0.5,
        "a share of the weight of the sentence shown: which of the terms it has, and which side by "
        "side",
    )
    # A title is about the whole statement. With all of it, 8 in a hundred more of a parliament's
    # questions whose answers are not on record were answered, for 3 more of those on it.
    TITLE = (0.5, "terms that stand in the statement's title and not in the paragraph")
    REPLY = (1.0, "a share of the score of the reporter's question that the paragraph answers")
    # Who spoke, when, and after what does not make a paragraph speak of the subject.
    TURN = (
        0.0,
        "that the paragraph is an answer, and a share of the score of the paragraphs beside it in "
        "the same answer",
    )
    EMPTINESS = (
        0.0,
        "taken off a paragraph that has nothing beyond the terms of the question, or that is a "
        "fragment: a heading, a place, a row of a table",
    )
    MARKS = (0.0, "taken off a paragraph that has a word only with other accents than those typed")
    PREFERENCE = (0.0, "for the speaker or the dates that the question prefers")
    # Whether a passage says so or denies it does not make it speak more of the subject.
    NEGATION = (0.0, "for denying what the question has with a word such as not")
    # It answers whatever its support is.
    VERBATIM = (0.0, "for having the whole question word for word")

    @property
    def key(self) -> str:
        """The name that programs read: ``best_sentence``."""
        return self.name.lower()


class Missing(IntEnum):
    """What a paragraph lacks of the question; as a number, its row in ``Ranking.missing_idf``.

    Of a short question, the shares, like the best sentence's, were chosen on records of halves of
    SQuADShifts New-Wiki and of the SQuAD sample, with and without government statements beside
    them. A long question has a preamble, and details that its answer leaves out: its shares were
    chosen on questions of reporters and Members of Parliament, and on Chinese ones, as ``refusal``
    says.
    """

    #: How much of the idf that is missing is taken from the support, if the question is short.
    penalty: float
    #: And if it is long.
    long_penalty: float

    def __new__(cls, penalty: float, long_penalty: float) -> Missing:
        """Number the rows from 0, in the order of the table below."""
        row = len(cls.__members__)
        missing = int.__new__(cls, row)
        missing._value_, missing.penalty, missing.long_penalty = row, penalty, long_penalty
        return missing

    #: The terms of the question that are missing.
    TERMS = (0.8, 0.2)
    #: The names and numbers among them, once more.
    NAMES = (0.6, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Paragraphs in order, best first."""

    #: The paragraphs' numbers in the record, from 0: shape (n,).
    numbers: Numbers
    #: A row for each ``Part``, a column for each paragraph: shape (parts, n).
    parts: Scores
    #: The number of each one's best sentence, over the whole record.
    sentences: Numbers
    #: The idf of the query's terms that neither the paragraph, nor its statement's title, nor the
    #: question it replies to has: a row for each ``Missing``, shape (2, n).
    missing_idf: Scores
    #: Where the query's words stand in the paragraphs, to be highlighted, and the row that each
    #: paragraph has there.
    rows: NDArray[np.intp]
    occurrences: Occurrences

    @property
    def scores(self) -> Scores:
        """What the paragraphs are ordered by: the sum of the parts."""
        total: Scores = self.parts.sum(axis=0)
        return total

    @property
    def missing(self) -> Scores:
        """The idf of the terms that each lacks."""
        row: Scores = self.missing_idf[Missing.TERMS]
        return row

    def __getitem__(self, rows: slice | Numbers) -> Ranking:
        """Return the ranking of these rows only."""
        return Ranking(
            numbers=self.numbers[rows],
            parts=self.parts[:, rows],
            sentences=self.sentences[rows],
            missing_idf=self.missing_idf[:, rows],
            rows=self.rows[rows],
            occurrences=self.occurrences,
        )
