"""Finds the paragraphs that a question's filters allow, and those of a speaker or a period.

Paragraphs are chosen by whose words they are, and by the id, title, kind and dates of their
statement. Their text is searched elsewhere.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import regex

from index.model.answer import speakers_of
from index.model.statement import Paragraph, Statement
from index.postings.bm25 import Mask
from index.question.dates import Dates
from index.question.syntax import Filters
from index.text.folding import fold

_WORD = regex.compile(r"\w+")
#: What people leave out within names: O'Leary, Al-Sharif, Jean-Yves.
_MARK_WITHIN = regex.compile(r"(?<=\w)['’ʼ‘`´‐‑-](?=\w)")
#: Titles before a name, folded.
_BEFORE_NAMES = """
mr mrs ms miss dr sir lord lady baroness madam secretary president minister prime ambassador senator
spokesperson the
"""
_TITLES = frozenset(_BEFORE_NAMES.split())


class ParagraphFilter:
    """Chooses among the paragraphs of a record; built once."""

    def __init__(self, paragraphs: Sequence[tuple[Statement, Paragraph]]) -> None:
        """Note who said each of *paragraphs*, in which statement and when."""
        statements: dict[str, int] = {}
        groups: dict[tuple[tuple[str, str], ...], int] = {}
        self._statements: list[Statement] = []
        statement_of, speakers_of_each = [], []
        for statement, paragraph in paragraphs:
            if statement.id not in statements:
                statements[statement.id] = len(statements)
                self._statements.append(statement)
            statement_of.append(statements[statement.id])
            speakers = tuple((one.name, one.role) for one in speakers_of(statement, paragraph))
            speakers_of_each.append(groups.setdefault(speakers, len(groups)))
        self._statement_of = np.array(statement_of, dtype=np.int64)
        days = [(one.date, one.published) for one in self._statements]
        #: When each statement was said and published, as ordinals; 0 where that is not known.
        self._days = np.array(
            [[day.toordinal() if day else 0 for day in both] for both in days], dtype=np.int64
        ).reshape(-1, 2)
        self._speakers_of = np.array(speakers_of_each, dtype=np.int64)
        self._quotable = np.array([p.quotable for _, p in paragraphs], dtype=bool)
        #: For each group of speakers who speak together, mostly one: the words of each one's name
        #: and role, and of the name alone.
        self._speakers = [
            [sum(_spellings(f"{name} {role}"), ()) for name, role in group] for group in groups
        ]
        self._names = [
            [words for name, _ in group for words in _spellings(name)] for group in groups
        ]

    def allowed_by(self, filters: Filters) -> Mask:
        """Return which paragraphs *filters* allow: shape (paragraphs,)."""
        allowed = self._quotable.copy()
        if filters.speakers:
            asked = [words for one in filters.speakers for words in _spellings(one)]
            of_speakers = np.zeros(len(allowed), dtype=bool)
            for words in asked:
                by = [any(_all_begin(words, one) for one in group) for group in self._speakers]
                published = [_all_begin(words, _words(one.publisher)) for one in self._statements]
                of_speakers |= self._by_speakers(by) | self._in_statements(published)
            allowed &= of_speakers
        if filters.statements:
            allowed &= self._in_statements(
                any(
                    one.casefold() == statement.id.casefold()
                    or _all_begin(_words(one), _words(statement.title))
                    for one in filters.statements
                )
                for statement in self._statements
            )
        if filters.kinds:
            allowed &= self._in_statements(
                statement.kind in filters.kinds for statement in self._statements
            )
        if filters.dates is not None:
            allowed &= self.dated(filters.dates)
        return allowed

    def dated(self, dates: Dates) -> Mask:
        """Return which paragraphs were said or published on one of *dates*."""
        first = dates.first.toordinal() if dates.first else 1
        last = dates.last.toordinal() if dates.last else datetime.date.max.toordinal()
        among = (self._days >= first) & (self._days <= last)
        return self._in_statements((among[:, 0] | among[:, 1]).tolist())

    def spoken_by(self, name: str) -> Mask | None:
        """Return which paragraphs are by a speaker whose name or role has all words of *name*.

        A speaker whom the record names by title and surname is found by the full name too: MR PRICE
        as Ned Price. ``None`` if there is no such speaker.
        """
        if not _words(name):
            return None
        by = [
            any(
                any(_all_among(words, one) for one in group)
                or any(_is_full_name(words, one) for one in names)
                for words in _spellings(name)
            )
            for group, names in zip(self._speakers, self._names, strict=True)
        ]
        return self._by_speakers(by) if any(by) else None

    def _in_statements(self, chosen: Iterable[bool]) -> Mask:
        """Return the paragraphs of the statements that are *chosen*, in the statements' order."""
        per_statement = np.fromiter(chosen, dtype=bool, count=len(self._statements))
        picked: Mask = per_statement[self._statement_of]
        return picked

    def _by_speakers(self, chosen: Sequence[bool]) -> Mask:
        """Return the paragraphs of the groups of speakers that are *chosen*."""
        picked: Mask = np.array(chosen, dtype=bool)[self._speakers_of]
        return picked


@lru_cache(maxsize=16_384)
def _words(text: str) -> tuple[str, ...]:
    """Return the folded words of *text*; cached, as titles and publishers are read repeatedly."""
    return tuple(fold(word) for word in _WORD.findall(text))


def _spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of *name*, and if it has marks within, its words without them.

    >>> _spellings("Tom O'Leary")
    (('tom', 'o', 'leary'), ('tom', 'oleary'))
    """
    spellings = (_words(name), _words(_MARK_WITHIN.sub("", name)))
    return spellings if spellings[0] != spellings[1] else spellings[:1]


def _all_begin(words: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether each of *words* is the beginning of one of *others*."""
    return bool(words) and all(any(one.startswith(word) for one in others) for word in words)


def _all_among(words: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether each of *words* is one of *others*."""
    return all(word in others for word in words)


def _is_full_name(words: Sequence[str], name: Sequence[str]) -> bool:
    """Return whether *words* are the full name of a speaker whose *name* is a title and surname."""
    untitled = [word for word in name if word not in _TITLES]
    if not untitled or len(untitled) == len(name):
        return False
    return untitled[-1] == words[-1] and _all_among(untitled, words)
