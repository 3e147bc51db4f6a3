"""Puts the source before the brief that summarises it.

A brief is worded as people ask, so it may outrank the statement whose words it reports; but users
want the source's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from index.model.statement import Kind, Paragraph, Statement
from index.postings.bm25 import Numbers
from index.ranking.score import Ranking

#: A brief gives way to a source that has this share of its score. A source is not worded as people
#: ask, so it may score much less: .37 of the brief's score for "What are the five corridors?",
#: asked of a bundled brief and the text that it summarises.
BRIEF_GIVES_WAY = 0.35
#: A paragraph of a brief and its source share terms with at least this much of the brief's idf. Of
#: the bundled briefs' 39 paragraphs about one passage, 33 reach it with their source, and 2 with
#: another text.
SHARED_IDF = 0.3


class Briefs:
    """The briefs among a record's paragraphs; built once."""

    def __init__(
        self,
        paragraphs: Sequence[tuple[Statement, Paragraph]],
        idf_of_terms: Callable[[int], dict[str, float]],
        *,
        there_are: bool,
    ) -> None:
        """Take *paragraphs*, among which *there_are* briefs or not.

        *idf_of_terms* gives the different terms of one.
        """
        self._paragraphs, self._idf_of_terms = paragraphs, idf_of_terms
        self._any = there_are

    def give_way(self, ranking: Ranking, answering: Numbers) -> Ranking:
        """Return the rows of *ranking* that answer, with the sources of each brief before it.

        A source that answers, and lacks no more of the question than the brief does, goes before it
        unless its score is far lower. A source that does not answer goes before it only if the two
        share enough terms to be about the same thing.
        """
        if not self._any:
            # Nothing is copied if all answer, as they often do.
            return ranking if len(answering) == len(ranking.numbers) else ranking[answering]
        numbers, scores = ranking.numbers.tolist(), ranking.scores.tolist()
        missing = ranking.missing.tolist()
        is_brief = [self._paragraphs[number][0].kind is Kind.BRIEF for number in numbers]
        answers = set(answering.tolist())
        order: list[int] = []
        for row in answering.tolist():
            if is_brief[row]:
                terms = self._idf_of_terms(numbers[row])
                order += [
                    later
                    for later in range(row + 1, len(scores))
                    if not is_brief[later]
                    and scores[later] >= BRIEF_GIVES_WAY * scores[row]
                    and (
                        (later in answers and missing[later] <= missing[row])
                        or self._share_terms(terms, numbers[later])
                    )
                ]
            order.append(row)
        return ranking[np.array(list(dict.fromkeys(order)))]

    def _share_terms(self, terms: dict[str, float], source: int) -> bool:
        """Return whether the paragraph *source* has enough of a brief's *terms*, by their idf."""
        in_source = self._idf_of_terms(source)
        shared = sum(weight for term, weight in terms.items() if term in in_source)
        return shared >= SHARED_IDF * sum(terms.values())
