"""What the surroundings of a paragraph say of its subject: its title, and its turn in a transcript.

A paragraph takes a good deal as read: the statement's title names the subject once, an answer does
not repeat the question, and its second paragraph not the first. Whether a paragraph answers is
``ranking``'s to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.model.statement import Paragraph, Role, Statement
from index.postings.bm25 import Mask, Numbers, Scores

_NO_SCORES = np.zeros(0)


class Context:
    """The surroundings of every paragraph of a record; built once."""

    def __init__(
        self, paragraphs: Sequence[tuple[Statement, Paragraph]], titles: Iterable[Iterable[str]]
    ) -> None:
        """Note the surroundings of *paragraphs*, whose statements' *titles* are given as terms."""
        order: dict[str, int] = {}
        of = [order.setdefault(statement.id, len(order)) for statement, _ in paragraphs]
        self._statement_of = np.array(of, dtype=np.int64)
        self._statements = len(order)
        self._slots: dict[str, int] = {}
        keys = [
            self._slots.setdefault(term, len(self._slots)) * self._statements + number
            for number, terms in enumerate(titles)
            for term in dict.fromkeys(terms)
        ]
        self._keys = np.sort(np.array(keys, dtype=np.int64))
        count = len(paragraphs)
        #: The answer that each paragraph belongs to or asks for: itself, unless it is a question.
        self._answer = np.arange(count, dtype=np.int64)
        self._question, self._nearness = np.zeros(count, dtype=np.int64), np.zeros(count)
        self._first_question = np.zeros(count, dtype=np.int64)
        self._before, self._after = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
        self._is_answer = np.array([p.role is Role.ANSWER for _, p in paragraphs], dtype=bool)
        self.has_turns = bool(self._is_answer.any())
        self.has_questions = not all(paragraph.quotable for _, paragraph in paragraphs)
        if self.has_turns or self.has_questions:
            self._read_turns(paragraphs, of)

    def titled(self, paragraphs: Numbers, terms: Sequence[str]) -> NDArray[np.bool_] | None:
        """Return whether the title over each of *paragraphs* has each of *terms*: shape (n, t).

        ``None`` stands for: no title has any.
        """
        slots = [self._slots.get(term, -1) for term in terms]
        if max(slots, default=-1) < 0:
            return None
        wanted = self._statement_of[paragraphs][:, np.newaxis] + np.array(slots) * self._statements
        at = self._keys.searchsorted(wanted)
        found: NDArray[np.bool_] = self._keys.take(at, mode="clip") == wanted
        # A term that no title has makes a key below zero, which is not there.
        return found

    def answers(self, paragraphs: Numbers) -> Numbers:
        """Return *paragraphs*, ascending, with the answer that follows in a question's place."""
        # So few that Python's own set is faster than an array's.
        answers = set(self._answer[paragraphs].tolist())
        answers.discard(-1)
        return np.array(sorted(answers), dtype=np.int64)

    def asking_too(self, chosen: Mask) -> Mask:
        """Return *chosen* with the questions whose answers are among them."""
        return np.where(self._answer >= 0, chosen[self._answer], False)

    def is_answer(self, paragraphs: Numbers) -> NDArray[np.bool_]:
        """Return whether each of *paragraphs* was said in reply to a question."""
        found: NDArray[np.bool_] = self._is_answer[paragraphs]
        return found

    def questions(self, paragraphs: Numbers, scores: Scores) -> tuple[Numbers | None, Scores]:
        """Return the question that each of *paragraphs* answers, and how near it stands.

        Of several in a row it is the one that *scores* best. Without a question anywhere among them
        the first is ``None``. The nearness is 1 for the answer's first paragraph, 1/2 for its
        second and so on; 0 tells that there is no question.
        """
        if not self.has_questions:
            return None, _NO_SCORES
        nearness = self._nearness[paragraphs]
        if not nearness.any():
            return None, nearness
        asked = self._question[paragraphs]
        several = (self._first_question[paragraphs] < asked).nonzero()[0]
        for row in several.tolist():
            first = int(self._first_question[paragraphs[row]])
            asked[row] = first + int(np.argmax(scores[first : asked[row] + 1]))
        return asked, nearness

    def beside(self, paragraphs: Numbers, scores: Scores) -> Scores:
        """Return the *scores* of the paragraphs before and after in the same answer, summed."""
        before, after = self._before[paragraphs], self._after[paragraphs]
        return np.where(before >= 0, scores[before], 0.0) + np.where(after >= 0, scores[after], 0.0)

    def _read_turns(
        self, paragraphs: Sequence[tuple[Statement, Paragraph]], of: Sequence[int]
    ) -> None:
        """Find for each paragraph its neighbours in the answer, and question and answer."""
        self._before[:], self._after[:] = -1, -1
        question, first, answered = -1, 0, 0
        waiting: list[int] = []
        for number, (_, paragraph) in enumerate(paragraphs):
            if number and of[number] != of[number - 1]:
                question, waiting = -1, self._give_up(waiting)
            if not paragraph.quotable:
                first = number if answered or question < 0 else first
                question, answered = number, 0
                waiting.append(number)
                continue
            self._answer[waiting], waiting = number, []
            if question >= 0 and paragraph.role is Role.ANSWER:
                answered += 1
                self._question[number], self._nearness[number] = question, 1 / answered
                self._first_question[number] = first
            if (
                number
                and of[number] == of[number - 1]
                and paragraph.role is Role.ANSWER
                and paragraphs[number - 1][1].role is Role.ANSWER
            ):
                self._before[number], self._after[number - 1] = number - 1, number
        self._give_up(waiting)

    def _give_up(self, questions: list[int]) -> list[int]:
        """Mark *questions* that nothing follows as having no answer."""
        self._answer[questions] = -1
        return []
