"""Makes a record of any size in which names, numbers, days and speakers grow in number with it.

The real statements come first, then variants of them (or of made ones): sentences in another order,
a tenth of the words dropped, and other names, numbers, speakers, publishers and days. In the plain
variants of ``texts`` the words are always the same ones; here a word list grows with the record, as
Heaps' law says of real ones. What a variant says is nonsense, and the same on every run.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import replace

import regex

from benchmarks.texts import (
    SHARED,
    government_statements,
    present,
    questions_folder,
    record_of_paragraphs,
    variant,
)
from index import Kind, Paragraph, Record, Role, Speaker, Statement, load_set
from index.files.loading import read_statements

#: Articles in several languages, and a file of statements in Chinese.
_ARTICLES, _CHINESE = ("squadshifts_wiki", "xquad_es", "xquad_hi", "cmrc_trial_zh"), "cn_mfa"
#: A name within a sentence, a long word, or a number.
_VARIED = regex.compile(r"(?<=[a-z,;] )\p{Lu}\p{L}{2,}+|\b\p{Ll}{10,}+|\d+")
#: Of the names, long words and speakers of a variant, one in so many is another.
_NAMES, _WORDS, _SPEAKERS, _PUBLISHERS = 3, 40, 2, 3
_SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in ("a", "e", "i", "o", "u")]
#: Days between a statement and its variant, at most; none is before the first that is real.
_DAYS = 365
_FIRST = datetime.date(2000, 1, 1)
#: Of made statements, which are no transcripts, one in so many becomes one.
_TRANSCRIPTS = 3


def varied_record(paragraphs: int, *, languages: bool = True) -> Record:
    """Return a record of this many quotable *paragraphs*; some are in other *languages*."""
    statements = government_statements()
    if statements[0].id.startswith("made-"):
        statements = [*map(_as_transcript, statements[::_TRANSCRIPTS]), *statements]
        statements = list({one.id: one for one in statements}.values())
    base = [*_others(), *statements] if languages else [*statements]
    # So that a small record has as many sorts of texts as a large one.
    random.Random(2030).shuffle(base)  # noqa: S311
    return record_of_paragraphs(list(_varied(base, paragraphs)), paragraphs)


def _varied(base: list[Statement], paragraphs: int) -> Iterator[Statement]:
    """Yield *base*, then variants, until there are this many quotable *paragraphs*."""
    number = 0
    while paragraphs > 0:
        change = _Change(number)
        for statement in base:
            paragraphs -= sum(one.quotable for one in statement.paragraphs)
            yield change.of(variant(statement, number)) if number else statement
            if paragraphs <= 0:
                return
        number += 1


def _others() -> list[Statement]:
    """Return the articles, and statements in another language, that are beside the project."""
    found = [
        statement
        for name in _ARTICLES
        if present(name)
        for statement in load_set(questions_folder(name))[0].statements
    ]
    file = SHARED / "statements" / f"{_CHINESE}.jsonl"
    if file.is_file():
        found += [one for one, _ in read_statements(file, attributed=False) if one]
    return found


def _as_transcript(statement: Statement) -> Statement:
    """Return a made *statement* as a transcript: every third paragraph is asked by the press."""
    press = Speaker("Press")

    def turn(paragraph: Paragraph) -> Paragraph:
        if paragraph.number % 3 == 1:
            asked = f"{paragraph.text[:-1]}?"
            return replace(paragraph, text=asked, speaker=press, role=Role.QUESTION, named=True)
        return replace(paragraph, role=Role.ANSWER)

    turns = tuple(map(turn, statement.paragraphs))
    return replace(statement, paragraphs=turns, kind=Kind.PRESS_CONFERENCE)


class _Change:
    """What is different in the variants of one number; the same name becomes the same other one."""

    def __init__(self, number: int) -> None:
        self._chance = random.Random(number)  # noqa: S311  # nothing is secret here
        self._words: dict[str, str] = {}
        self._speakers: dict[Speaker, Speaker] = {}
        self._publishers: dict[str, str] = {}

    def of(self, statement: Statement) -> Statement:
        """Return *statement*, changed."""
        back = datetime.timedelta(days=self._chance.randrange(_DAYS))

        def earlier(day: datetime.date | None) -> datetime.date | None:
            return day and max(_FIRST, day - back)

        return replace(
            statement,
            title=self._text(statement.title),
            speakers=tuple(map(self._speaker, statement.speakers)),
            publisher=self._publisher(statement.publisher),
            date=earlier(statement.date),
            published=earlier(statement.published),
            paragraphs=tuple(
                replace(one, text=self._text(one.text), speaker=self._speaker(one.speaker))
                for one in statement.paragraphs
            ),
        )

    def _text(self, text: str) -> str:
        return _VARIED.sub(lambda found: self._word(found[0]), text)

    def _word(self, word: str) -> str:
        if word not in self._words:
            self._words[word] = self._another(word)
        return self._words[word]

    def _another(self, word: str) -> str:
        if word.isdigit():
            return str(self._chance.randrange(10 ** (len(word) - 1), 10 ** len(word)))
        one_in = _NAMES if word[0].isupper() else _WORDS
        if self._chance.randrange(one_in):
            return word
        invented = self._invented()
        return invented.capitalize() if word[0].isupper() else invented

    def _invented(self) -> str:
        return "".join(self._chance.choices(_SYLLABLES, k=self._chance.randint(2, 4)))

    def _speaker(self, speaker: Speaker) -> Speaker:
        if speaker not in self._speakers:
            other = speaker
            if not self._chance.randrange(_SPEAKERS):
                name = f"{self._invented()} {self._invented()}".title()
                other = replace(speaker, name=name, role=self._text(speaker.role))
            self._speakers[speaker] = other
        return self._speakers[speaker]

    def _publisher(self, publisher: str) -> str:
        if publisher not in self._publishers:
            other = publisher
            if publisher and not self._chance.randrange(_PUBLISHERS):
                other = f"{publisher} of {self._invented().capitalize()}"
            self._publishers[publisher] = other
        return self._publishers[publisher]
