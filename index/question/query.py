"""The query that a question is read into: its terms, their weights, and where to search.

``query_reader`` makes it from a question, and ``ranker`` ranks by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.model.answer import Interpretation
from index.postings.bm25 import Mask, Scores
from index.postings.sentence_index import QueryPostings
from index.question.amounts import Amount
from index.question.denied import Denied
from index.question.narrowing import Narrowing
from index.question.syntax import Question
from index.question.weights import shortness
from index.text.terms import Analyzer, Subject, Token

#: So many bare words name a subject; more tell something of it.
FEW_KEYWORDS = 3


@dataclass(frozen=True, slots=True)
class WordsRead:
    """What is read of a question's words, which is the same however far they narrow the search."""

    #: What they are read by, and what else they might be.
    analyzer: Analyzer
    others: Sequence[Analyzer]
    subject: Subject
    #: What they narrow as they ask; ``None`` if they were not read so.
    asked: Narrowing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is searched for: the different terms of a question, in order, and their weights."""

    question: Question
    terms: tuple[str, ...]
    #: The idf of each, in nats; the highest there is for a term that no paragraph has.
    idf: Scores
    #: By how much the weight of each is multiplied.
    boost: Scores
    #: Whether each is a name or a number.
    named: NDArray[np.bool_]
    postings: QueryPostings
    #: Whether the question is keywords and nothing else, as in ``terms.Subject``.
    keywords_only: bool
    #: Which paragraphs are searched; ``None`` for all quotable ones.
    allowed: Mask | None
    #: What a passage must have: the amounts that the question names, and the US if not us.
    amounts: tuple[Amount, ...]
    #: The words typed with accents, by the number of the term.
    marked: dict[int, str]
    #: Whether all paragraphs searched have an exact phrase of the question.
    exact: bool
    #: Whether these answer whatever else is asked: there is nothing else, or a phrase is long.
    certain: bool
    #: Which paragraphs have all words of the question side by side; ``None`` if none has.
    verbatim: Mask | None
    #: What stands word for word in the paragraphs that answer: exact phrases, or all words.
    sought: tuple[str, ...]
    #: What the question has with a word such as "not"; ``None`` if nothing.
    denied: Denied | None
    interpretation: Interpretation
    #: Whose words, of when, and in which order its wording asks for.
    narrowing: Narrowing
    #: The tokens of its subject, in order, before they became terms.
    tokens: tuple[Token, ...]
    #: What is handed on, if the same question is read again.
    read: WordsRead
    #: For explaining: the language the question was read in, its words that only ask, and its terms
    #: that have equivalents, with these.
    language: str
    dropped: tuple[str, ...]
    expansions: tuple[tuple[str, str], ...]
    #: If this is one sentence of a longer question: the idf of all terms of that.
    idf_of_whole: float = 0.0

    @property
    def newest_too(self) -> bool:
        """Whether the newest of what answers is shown with the best: a few bare words are asked."""
        return self.keywords_only and 0 < len(self.terms) <= FEW_KEYWORDS

    @property
    def is_subject(self) -> bool:
        """Whether most of the words name a subject, and do not just say something word for word.

        "climate change plan" names one, "not on my watch" does not.
        """
        return 2 * len(self.terms) >= len(self.question.words.split())

    @property
    def short(self) -> float:
        """How short the question is: 1 up to ``SHORT`` terms, then falling."""
        return shortness(len(self.terms))
