"""Knows the context of each paragraph: its statement's title, and its turn in a transcript.

A paragraph leaves much unsaid: the title names the subject once, an answer does not repeat the
question, and its second paragraph does not repeat the first. How much context counts in a score,
``ranker`` decides.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.keeping.columns import DamagedFile, Keeper, Kept
from index.keeping.paragraphs import Ints, ParagraphColumns
from index.keeping.strings import Numbered, sum_of
from index.model.statement import Statement
from index.postings.bm25 import Mask, Numbers, Scores
from index.postings.tokens import Numbering

_NO_SCORES = np.zeros(0)
_NO_NUMBERS = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class TitleTerms:
    """Those terms of a question that a title of the record has."""

    #: The place of each in the question, from 0, and its number among the terms of titles.
    places: list[int]
    numbers: list[int]
    #: What each adds, in a title that has it.
    weights: Scores


class Context:
    """The context of every paragraph of a record; built once."""

    def __init__(
        self,
        statements: Sequence[Statement],
        columns: ParagraphColumns,
        terms_of: Callable[[Statement], Iterable[str]],
        before: tuple[Context, Ints] | None = None,
    ) -> None:
        """Note the context of all paragraphs of *statements*, of which *columns* tell.

        *terms_of* gives the terms of a statement's title. The titles of a context *before* are not
        read again: with it is the number that each statement has there, or -1.
        """
        self._take(columns)
        undated = np.array([one.date is None for one in statements], dtype=bool)
        self._undated: Mask = undated[self._statement_of]
        #: A sum of each title.
        self._sums = np.array([sum_of(one.title) for one in statements], dtype=np.int64)
        self._note_titles(statements, terms_of, before)
        count = len(columns)
        #: Of a question, the first paragraph of its answer, or -1; of another paragraph, itself.
        self._answer = np.arange(count, dtype=np.int64)
        self._question, self._closeness = np.zeros(count, dtype=np.int64), np.zeros(count)
        self._first_question = np.zeros(count, dtype=np.int64)
        #: The paragraphs before and after each in the same answer, or -1.
        self._beside = (np.full(count, -1, dtype=np.int64), np.full(count, -1, dtype=np.int64))
        self._read_turns(columns)

    def _note_titles(
        self,
        statements: Sequence[Statement],
        terms_of: Callable[[Statement], Iterable[str]],
        before: tuple[Context, Ints] | None,
    ) -> None:
        """Note which title has which terms."""
        known: Mapping[str, int] = before[0]._term_numbers if before else {}
        terms = of_each = np.zeros(0, dtype=np.int64)
        is_read = np.zeros(len(statements), dtype=bool)
        if before:
            context, same = before
            moved = np.full(context._statements, -1, dtype=np.int64)
            stay = ((same >= 0) & (context._sums[same] == self._sums)).nonzero()[0]
            moved[same[stay]] = stay
            # Of two that were one, the other is read.
            is_read[moved[moved >= 0]] = True
            terms, of_each = np.divmod(context._keys, context._statements)
            of_each = moved[of_each]
            terms, of_each = terms[of_each >= 0], of_each[of_each >= 0]
        numbering, new, of_new = Numbering(known), array("q"), array("q")
        for number in (~is_read).nonzero()[0].tolist():
            for term in dict.fromkeys(terms_of(statements[number])):
                new.append(numbering[term])
                of_new.append(number)
        terms = np.concatenate([terms, np.array(new, dtype=np.int64)])
        of_each = np.concatenate([of_each, np.array(of_new, dtype=np.int64)])
        occurs = np.bincount(terms, minlength=len(known) + len(numbering.new)) > 0
        words = known if isinstance(known, Numbered) else Numbered.of(known)
        #: The number of each term of a title.
        self._term_numbers: Mapping[str, int] = words.changed(occurs[: len(known)], numbering.new)
        #: A key for each term and title that has it, sorted.
        self._keys: Numbers = np.sort((occurs.cumsum() - 1)[terms] * self._statements + of_each)
        #: Where the keys of each term begin; one more ends the last.
        ends = np.arange(len(self._term_numbers) + 1, dtype=np.int64) * self._statements
        self._begins: Sequence[int] = self._keys.searchsorted(ends).tolist()

    def _take(self, columns: ParagraphColumns) -> None:
        """Take from *columns* what they tell."""
        self._statement_of, self._is_answer = columns.statement_of, columns.is_answer
        self._statements = len(columns.language_of)
        #: The first paragraph of each statement; one more ends the last.
        self._firsts: Sequence[int] = columns.firsts.data
        self.has_turns = bool(columns.is_answer.any())
        self.has_questions = bool(columns.is_question.any())

    def keep(self, to: Keeper) -> None:
        """Write the context *to* columns."""
        to.numbered("terms", self._term_numbers)
        to.arrays(
            undated=self._undated,
            sums=self._sums,
            keys=self._keys,
            begins=np.asarray(self._begins, dtype=np.int64),
            answer=self._answer,
            question=self._question,
            closeness=self._closeness,
            first_question=self._first_question,
            before=self._beside[0],
            behind=self._beside[1],
        )

    @classmethod
    def kept(cls, of: Kept, columns: ParagraphColumns) -> Context:
        """Return what ``keep`` wrote, of the same paragraphs of which *columns* tell."""
        made = cls.__new__(cls)
        made._take(columns)
        made._term_numbers, made._undated = of.numbered("terms"), of.array("undated", "b1")
        made._sums = of.array("sums", "i8")
        made._keys, made._begins = of.array("keys", "i8"), of.ints("begins")
        made._answer, made._question = of.array("answer", "i8"), of.array("question", "i8")
        made._closeness = of.array("closeness", "f8")
        made._first_question = of.array("first_question", "i8")
        made._beside = (of.array("before", "i8"), of.array("behind", "i8"))
        return made

    def oldest_first(self, paragraphs: Numbers) -> Numbers:
        """Return *paragraphs*, those of the oldest statement first, undated ones last."""
        undated, statements = self._undated[paragraphs], self._statement_of[paragraphs]
        ordered: Numbers = paragraphs[np.lexsort((paragraphs, -statements, undated))]
        return ordered

    def title_terms(self, terms: Sequence[str], weights: Scores) -> TitleTerms | None:
        """Return those of *terms* that titles have, each with its weight; ``None`` if none has any.

        Their *weights* are what a title that has them adds.
        """
        known = self._term_numbers
        places = [place for place, term in enumerate(terms) if term in known]
        if not places:
            return None
        return TitleTerms(places, [known[terms[place]] for place in places], weights[places])

    def titled(self, paragraphs: Numbers, terms: TitleTerms) -> NDArray[np.bool_]:
        """Return whether the title of each of *paragraphs* has each of *terms*: shape (n, t)."""
        wanted = (
            self._statement_of[paragraphs][:, np.newaxis]
            + np.array(terms.numbers) * self._statements
        )
        at = self._keys.searchsorted(wanted)
        found: NDArray[np.bool_] = self._keys.take(at, mode="clip") == wanted
        return found

    def best_titled(self, terms: TitleTerms, above: float, most: int) -> tuple[Numbers, Scores]:
        """Return the paragraphs whose titles have most of *terms*, and what each title adds.

        Only titles that add more than *above* count, and of these, the *most* best; of equals, the
        newer.
        """
        if sum(terms.weights.tolist()) <= above:
            return _NO_NUMBERS, _NO_SCORES
        begins = self._begins
        titled = [
            self._keys[begins[number] : begins[number + 1]] - number * self._statements
            for number in terms.numbers
        ]
        statements = np.concatenate(titled)
        if len(statements) and not 0 <= statements.min() <= statements.max() < self._statements:
            # bincount would want memory for so many, and writes where none is for 2 ** 63 - 1.
            raise DamagedFile("a title is of no statement")
        counts = list(map(len, titled))
        added: Scores = np.bincount(statements, terms.weights.repeat(counts)).astype(float)
        chosen = (added > above).nonzero()[0]
        if not len(chosen):
            return _NO_NUMBERS, _NO_SCORES
        if len(chosen) > most:
            chosen = chosen[(-added[chosen]).argsort(kind="stable")[:most]]
        ranges = [np.arange(self._firsts[one], self._firsts[one + 1]) for one in chosen.tolist()]
        return np.concatenate(ranges), added[chosen].repeat([len(one) for one in ranges])

    def answers(self, paragraphs: Numbers) -> Numbers:
        """Return *paragraphs*, ascending, with each question replaced by the answer to it."""
        answers: Numbers = self._answer[paragraphs]
        answers.sort()
        if len(answers) and (answers[0] < 0 or np.count_nonzero(answers[1:] == answers[:-1])):
            # For so few numbers, Python's set is faster than numpy's.
            answers = np.array(sorted(set(answers.tolist()) - {-1}), dtype=np.int64)
        return answers

    def with_questions(self, chosen: Mask) -> Mask:
        """Return *chosen* and the questions whose answers are among them."""
        return np.where(self._answer >= 0, chosen[self._answer], False)

    def is_answer(self, paragraphs: Numbers) -> NDArray[np.bool_]:
        """Return whether each of *paragraphs* answers a question in a transcript."""
        found: NDArray[np.bool_] = self._is_answer[paragraphs]
        return found

    def questions(self, paragraphs: Numbers, scores: Scores) -> tuple[Numbers | None, Scores]:
        """Return the question that each of *paragraphs* answers, and how close the two are.

        Of several questions in a row, it is the one that *scores* best. The closeness is 1 for the
        first paragraph of an answer, 1/2 for its second and so on, and 0 if there is no question.
        If none of *paragraphs* answers a question, ``None`` is returned for the questions.
        """
        if not self.has_questions:
            return None, _NO_SCORES
        closeness = self._closeness[paragraphs]
        if not np.count_nonzero(closeness):
            return None, closeness
        asked = self._question[paragraphs]
        several = (self._first_question[paragraphs] < asked).nonzero()[0]
        for row in several.tolist():
            first = int(self._first_question[paragraphs[row]])
            asked[row] = first + int(scores[first : asked[row] + 1].argmax())
        return asked, closeness

    @property
    def turns(self) -> tuple[Numbers, Numbers, Mask]:
        """Of each paragraph those before and after in the same answer, or -1; and if it is one."""
        return (*self._beside, self._is_answer)

    def neighbours(self, paragraphs: Numbers, scores: Scores) -> Scores:
        """Return the *scores* of the paragraphs before and after in the same answer, summed."""
        before, behind = (one[paragraphs] for one in self._beside)
        total, other = scores[before], scores[behind]
        total[before < 0] = other[behind < 0] = 0.0
        total += other
        return total

    def _read_turns(self, columns: ParagraphColumns) -> None:
        """Find the answer to each question; for each paragraph of it, question and neighbours."""
        is_answer = columns.is_answer
        beside = is_answer[1:] & is_answer[:-1] & (np.diff(self._statement_of) == 0)
        behind = beside.nonzero()[0]
        self._beside[0][behind + 1], self._beside[1][behind] = behind, behind + 1
        if not self.has_questions:
            return
        asks, count = columns.is_question, len(columns)
        here = np.arange(count)
        first = np.asarray(self._firsts)[self._statement_of]
        end = np.asarray(self._firsts)[self._statement_of + 1]
        # What follows the questions in a statement answers them.
        following = np.minimum.accumulate(np.where(asks, count, here)[::-1])[::-1]
        self._answer[asks] = np.where(following < end, following, -1)[asks]
        # The last question up to each paragraph, and the last ahead of it.
        last = np.maximum.accumulate(np.where(asks, here, -1))
        ahead = np.append(-1, last[:-1])
        answered = np.cumsum(is_answer)
        begins = asks & ((ahead < first) | (answered > answered[ahead]))
        # Questions without an answer between are asked together.
        of_several = np.maximum.accumulate(np.where(begins, here, -1))
        answers = (is_answer & (last >= first)).nonzero()[0]
        question = last[answers]
        self._question[answers] = question
        self._closeness[answers] = 1 / (answered[answers] - answered[question])
        self._first_question[answers] = of_several[question]
