"""Puts the source before the brief that sums it up.

A brief is worded as people ask, and may well outrank the statement whose words it reports; but who
asks for words on record wants the source's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from index.model.statement import Kind, Paragraph, Statement
from index.postings.bm25 import Numbers
from index.ranking.score import Ranking

#: A brief gives way to a source that has this share of its score. A source says a thing in its own
#: words, a brief in those that people ask in, so the source may well score less: .37 of it for
#: "What are the five corridors?", asked of a bundled brief and the text that it sums up.
BRIEF_GIVES_WAY = 0.35
#: A brief's paragraph and its source share at least this much of the brief's idf. Of the bundled
#: briefs' 39 paragraphs about one passage, 33 reach it with their source, and 2 with another text.
ECHO = 0.3


class Briefs:
    """The briefs among a record's paragraphs; built once."""

    def __init__(
        self,
        paragraphs: Sequence[tuple[Statement, Paragraph]],
        different_terms: Callable[[int], dict[str, float]],
    ) -> None:
        """Tell briefs among *paragraphs*; *different_terms* gives those of one, with their idf."""
        self._paragraphs, self._different_terms = paragraphs, different_terms
        self._any = any(statement.kind is Kind.BRIEF for statement, _ in paragraphs)

    def give_way(self, ranking: Ranking, answering: Numbers) -> Ranking:
        """Return the rows of *ranking* that answer, and before each brief its sources.

        A source that answers, and lacks no more of the question than a brief does, goes before it
        unless it is far behind in score. Another does so only if the brief echoes it: then both
        speak of the same thing, and the brief only says it in the words that people ask in.
        """
        if not self._any:
            return ranking[answering]
        numbers, scores = ranking.numbers.tolist(), ranking.scores.tolist()
        missing = ranking.missing.tolist()
        is_brief = [self._paragraphs[number][0].kind is Kind.BRIEF for number in numbers]
        answers = set(answering.tolist())
        order: list[int] = []
        for row in answering.tolist():
            if is_brief[row]:
                said = self._different_terms(numbers[row])
                order += [
                    later
                    for later in range(row + 1, len(scores))
                    if not is_brief[later]
                    and scores[later] >= BRIEF_GIVES_WAY * scores[row]
                    and (
                        (later in answers and missing[later] <= missing[row])
                        or self._echoed(said, numbers[later])
                    )
                ]
            order.append(row)
        return ranking[np.array(list(dict.fromkeys(order)))]

    def _echoed(self, said: dict[str, float], source: int) -> bool:
        """Return whether enough of what a brief *said* stands in the paragraph *source*."""
        heard = self._different_terms(source)
        shared = sum(weight for term, weight in said.items() if term in heard)
        return shared >= ECHO * sum(said.values())
