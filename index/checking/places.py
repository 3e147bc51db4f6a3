"""Knows the paragraphs of a record as quotations are compared with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from index.checking.alignment import Numbered
from index.checking.report import Passage
from index.checking.words import Word, beginning_of, words_of
from index.model.answer import Citation, Span
from index.model.statement import Paragraph, Statement
from index.text.sentences import sentence_spans

#: So many paragraphs' words are remembered: those that the quotations of one story share.
_REMEMBERED = 512
#: Of more forms of words, the numbers are given anew.
_MOST_FORMS = 200_000


class Places:
    """The paragraphs of a record, by their numbers in the index."""

    def __init__(
        self,
        paragraphs: Sequence[tuple[Statement, Paragraph]],
        cited: Callable[[Statement, Paragraph], Citation],
        numbers_of: Callable[[str], range],
    ) -> None:
        """Take all *paragraphs* in the order of the index, and what cites one.

        *numbers_of* tells the numbers of a statement's, by its id; beyond those of all, if it is
        withdrawn.
        """
        self._paragraphs, self._cited, self._numbers_of_id = paragraphs, cited, numbers_of
        self._words: LRUCache[int, list[Word]] = LRUCache(_REMEMBERED)
        self._numbered: LRUCache[int, Numbered] = LRUCache(_REMEMBERED)
        #: The number of each form of a word.
        self._forms: dict[str, int] = {}
        self._sentences: LRUCache[int, list[Span]] = LRUCache(_REMEMBERED)

    def at(self, number: int) -> tuple[Statement, Paragraph]:
        """Return the paragraph with its statement."""
        return self._paragraphs[number]

    def statement_of(self, passage: Passage) -> Statement:
        """Return the statement that *passage* stands in."""
        return self._paragraphs[self.paragraphs_of(passage.citation.statement)[0]][0]

    def paragraphs_of(self, statement: str) -> range:
        """Return the numbers of a statement's paragraphs; none if it is not on record."""
        found = self._numbers_of_id(statement)
        return found if found.stop <= len(self._paragraphs) else range(0)

    def text(self, number: int) -> str:
        """Return the paragraph's text."""
        return self._paragraphs[number][1].text

    def language(self, number: int) -> str:
        """Return the language of the paragraph, a BCP 47 tag."""
        return self._paragraphs[number][0].language

    def citation(self, number: int) -> Citation:
        """Return the citation of the paragraph."""
        return self._cited(*self._paragraphs[number])

    def numbered(self, number: int) -> Numbered:
        """Return the words of the paragraph as numbers; equal words have equal numbers."""
        if number not in self._numbered:
            words = self.words(number)
            starts = [word.start for word in words]
            opens = np.zeros(len(words), dtype=bool)
            firsts = np.searchsorted(starts, [start for start, _ in self.sentences(number)])
            opens[firsts[(firsts > 0) & (firsts < len(words))]] = True
            self._numbered[number] = self._numbers_of(words, opens)
        return self._numbered[number]

    def begin(self, words: Sequence[Word]) -> Numbered:
        """Return the *words* of a quotation as numbers, to compare with those of paragraphs.

        Now and then all numbers are given anew, so those of another quotation are worth nothing.
        """
        if len(self._forms) > _MOST_FORMS:
            self._forms.clear()
            self._numbered.clear()
        return self._numbers_of(words, np.zeros(len(words), dtype=bool))

    def _numbers_of(self, words: Sequence[Word], opens: NDArray[np.bool_]) -> Numbered:
        known = self._forms
        columns = (
            [known.setdefault(form, len(known)) for form in forms]
            for forms in (
                [word.plain for word in words],
                [word.spelled for word in words],
                # "year" and "years" are more likely one word than any other two.
                [f"{beginning_of(word)}…" for word in words],
            )
        )
        plain, spelled, begun = (np.array(one, dtype=np.int64) for one in columns)
        return Numbered(plain, spelled, begun, opens)

    def words(self, number: int) -> list[Word]:
        """Return the words of the paragraph."""
        if number not in self._words:
            self._words[number] = words_of(self.text(number))
        return self._words[number]

    def sentences(self, number: int) -> list[Span]:
        """Return the sentences of the paragraph."""
        if number not in self._sentences:
            self._sentences[number] = sentence_spans(self.text(number), self.language(number))
        return self._sentences[number]

    def next_in_voice(self, number: int) -> int | None:
        """Return the paragraph that goes on after *number* in the same voice, if one does."""
        if number + 1 >= len(self._paragraphs):
            return None
        (statement, one), (other, following) = self._paragraphs[number : number + 2]
        same = (statement.id, one.speaker, one.role) == (
            other.id,
            following.speaker,
            following.role,
        )
        return number + 1 if same else None
