"""Finds first questions for a newcomer: what the newest statements answer, each in its words.

A question is offered only if the record, asked it, answers with a passage of the statement that it
was made from. ``text.subjects`` finds what a statement is about.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

import regex

from index.model.answer import Answer
from index.model.own import is_own
from index.model.statement import Kind, Statement
from index.question.names_by_word import words_of
from index.text.labels import label_words
from index.text.language import Language, language_of
from index.text.subjects import subjects_in
from index.text.suggested_names import MAX_BYTES

#: So many questions are found, in so many of the newest statements, trying so many subjects each.
QUESTIONS = 3
_STATEMENTS, _SUBJECTS = 24, 6
#: A longer question, in bytes, does not fit the button that asks it.
LONGEST = 58
#: Whose own words these are not.
_NOT_SPOKEN = frozenset({Kind.BRIEF, Kind.REPORT, Kind.JOINT_STATEMENT, Kind.LETTER})
#: What stands before an office behind a name: "Ned Moss, Spokesperson".
_NAME = regex.compile(r"[^,;(（]+")
#: A statement is about what has this weight: two paragraphs have the name, or the title does.
_TELLING = 3.0
#: A shorter word does not make two subjects alike: "of".
_SMALL = 3
#: English names have an article if most of them have it where they stand: the Black Sea.
_ARTICLE, _MOSTLY = "the ", 0.6
#: What more paragraphs than these have, or more than this share, is no subject of one statement.
_FEW, _COMMON = 8, 0.1


class FirstQuestions:
    """What a newcomer may ask of a record."""

    def __init__(
        self,
        statements: Sequence[Statement],
        paragraphs: int,
        having: Callable[[str, str], int],
        ask: Callable[[str], Answer],
    ) -> None:
        """Find questions that *ask* answers from the newest of *statements*, which come first.

        Of so many *paragraphs* on record *having* tells how many have some words, in the language
        of a tag, side by side.
        """
        self._statements, self._having, self._ask = statements, having, ask
        self._paragraphs = paragraphs
        self._found: tuple[str, ...] | None = None

    def found(self) -> tuple[str, ...]:
        """Return a few questions; they are found when first asked for."""
        if self._found is None:
            others = [one for one in self._statements if not is_own(one)]
            self._found = tuple(islice(self._of(others or self._statements), QUESTIONS))
        return self._found

    def _of(self, statements: Sequence[Statement]) -> Iterator[str]:
        """Yield questions, of each statement one before there are more of any.

        What a statement only mentions is asked about last.
        """
        asked: list[set[str]] = []
        spoken = True
        for least in (_TELLING, 0.0):
            rest = [self._answered(one, least) for one in statements[:_STATEMENTS]]
            while rest:
                for questions in [*rest]:
                    found = next((one for one in questions if _is_new(one[0], asked)), None)
                    if found is None:
                        rest.remove(questions)
                        continue
                    subject, ways = found
                    asked.append(_telling_words(subject))
                    # One question asks what somebody said, the next names a subject alone.
                    yield ways[0] if spoken or len(ways) == 1 else ways[-1]
                    spoken = not spoken

    def _answered(self, statement: Statement, least: float) -> Iterator[tuple[str, list[str]]]:
        """Yield what *statement* answers: a subject, and the questions on it that it answers.

        The subject has *least* as its weight, or more.
        """
        for subject in islice(self._subjects(statement, least), _SUBJECTS):
            ways = [one for one in _ways(statement, subject) if self._is_answered(one, statement)]
            if ways:
                yield subject, ways

    def _is_answered(self, question: str, statement: Statement) -> bool:
        """Return whether a passage of *statement* is the first to answer *question*.

        A subject that is read as a day, as May is, asks of something else.
        """
        answer = self._ask(question)
        dated = answer.understood.first or answer.understood.last
        return (
            answer.answered
            and not dated
            and not answer.interpretation.corrected
            and answer.hits[0].citation.statement == statement.id
        )

    def _subjects(self, statement: Statement, least: float) -> Iterator[str]:
        """Yield what *statement* is about, what is rare on record and frequent in it first."""
        language = language_of(statement.language)
        texts = [one.text for one in statement.paragraphs if one.quotable]
        names = [statement.publisher, *(one.name for one in statement.speakers)]
        known = {word for name in names for word in words_of(name)} | label_words(
            statement.language
        ).title_words
        ranked = []
        most = max(_FEW, int(_COMMON * self._paragraphs))
        for subject, weight in subjects_in(statement.title, texts, language).items():
            words = words_of(subject)
            if weight < least or len(subject.encode()) > MAX_BYTES or known.issuperset(words):
                continue
            having = self._having(subject, statement.language)
            if 0 < having <= most and self._is_rare(subject, language, most):
                ranked.append((-weight * math.log(1 + self._paragraphs / having), subject))
        yield from (subject for _, subject in sorted(ranked))

    def _is_rare(self, subject: str, language: Language, most: int) -> bool:
        """Return whether no word of *subject* is common; with capitals, all may be."""
        if subject.lower() != subject.upper():
            return True
        return all(self._having(word, language.code) <= most for word in subject.split())


def _telling_words(subject: str) -> set[str]:
    words = words_of(subject)
    return {one for one in words if len(one) > _SMALL} or set(words)


def _is_new(subject: str, asked: Iterable[set[str]]) -> bool:
    """Return whether *subject* has no word of what is *asked* about already."""
    return all(_telling_words(subject).isdisjoint(one) for one in asked)


def _ways(statement: Statement, subject: str) -> list[str]:
    """Return the questions to ask of *subject*: what whoever speaks said of it, and it alone."""
    language = language_of(statement.language)
    alone = subject
    text = " ".join(one.text for one in statement.paragraphs)
    if text.count(f" {_ARTICLE}{subject}") > _MOSTLY * text.count(subject):
        subject = f"{_ARTICLE}{subject}"
    found = _NAME.match(statement.speakers[0].name)
    name = found[0].strip() if found else ""
    small = language.stop_words | language.question_words
    words = words_of(name)
    # Of one word it is an office or a firm, but for a name in Chinese.
    is_person = small.isdisjoint(words) and (len(words) > 1 or not name.isascii())
    is_person = is_person and name != statement.publisher
    if not language.first_question or not is_person or statement.kind in _NOT_SPOKEN:
        return [alone]
    spoken = language.first_question.replace("WHO", name).replace("WHAT", subject)
    return [spoken, alone] if len(spoken.encode()) <= LONGEST else [alone]
