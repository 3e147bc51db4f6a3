"""Compares a draft with the record: the same words, an amendment of what is filed, or a new text.

Texts are compared by their words, without white space, labels and headings. Nearly the same are
those that share most of their runs of five words (shingles; A. Broder, "On the resemblance and
containment of documents", 1997), estimated by the smallest hashes of each and then counted.
"""

from __future__ import annotations

import difflib
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import regex

from documents.drafting.draft import Draft
from index import Record, Statement, read_markdown

#: Two texts with so large a share of their shingles in common are versions of one another.
NEAR = 0.8
_SHINGLE, _SKETCH, _FEWEST_SHARED = 5, 64, 16
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+|[\p{Han}]")
_SPACE = regex.compile(r"\s+")


class Likeness(StrEnum):
    """How a draft compares with a statement on record."""

    #: The same words.
    SAME = "same"
    #: Nearly the same words, or other words of the same address or id.
    AMENDED = "amended"


@dataclass(frozen=True, slots=True)
class Alike:
    """A statement on record that a draft is like."""

    statement: Statement
    likeness: Likeness
    #: Why: "nearly the same words", "the same address", "the same id".
    why: str


class OnRecord:
    """What is on record, to compare drafts with; grows while they are filed."""

    def __init__(self, record: Record) -> None:
        """Compare with *record*."""
        self.ids: set[str] = set()
        self._statements: list[Statement] = []
        self._by_words: dict[str, Statement] = {}
        self._by_url: dict[tuple[str, str], Statement] = {}
        #: The numbers of the statements by the smallest hashes of their shingles; of those that
        #: were sketched, since that takes a millisecond each and is seldom needed.
        self._sketches: dict[int, list[int]] = {}
        self._sketched = 0
        for statement in record.statements:
            self.add(statement)

    def add(self, statement: Statement) -> None:
        """Compare with *statement* too, which has been filed; it replaces one of its id."""
        if statement.id in self.ids:
            self._forget(statement.id)
        self.ids.add(statement.id)
        self._by_words[_words(p.text for p in statement.paragraphs)] = statement
        if statement.url:
            self._by_url.setdefault((statement.url, statement.language), statement)
        self._statements.append(statement)

    def alike(self, draft: Draft) -> Alike | None:
        """Return the statement that *draft* has the words of, or amends; ``None`` if it is new."""
        texts = spoken_texts(draft)
        if same := self._by_words.get(_words(texts)):
            return Alike(same, Likeness.SAME, "the same words")
        fields = draft.fields
        if draft.given_id and (of_id := self._of_id(draft.given_id)):
            return Alike(of_id, Likeness.AMENDED, "the same id")
        if fields.url and (of_url := self._by_url.get((fields.url, fields.language))):
            return Alike(of_url, Likeness.AMENDED, "the same address")
        # An id is made of the day and the title, of which many undated texts have the same, and
        # two briefings of one day may; they have addresses of their own.
        if fields.title and fields.date and (of_title := self._of_id(draft.id)):
            apart = fields.url and of_title.url and fields.url != of_title.url
            if not apart:
                return Alike(of_title, Likeness.AMENDED, "the same title and day")
        near = self._nearest(texts, fields.language)
        return Alike(near, Likeness.AMENDED, "nearly the same words") if near else None

    def _of_id(self, statement_id: str) -> Statement | None:
        return next((one for one in self._statements if one.id == statement_id), None)

    def _forget(self, statement_id: str) -> None:
        """Compare no longer with the statement *statement_id*, which is replaced."""
        self._statements = [one for one in self._statements if one.id != statement_id]
        self._by_words = {k: v for k, v in self._by_words.items() if v.id != statement_id}
        self._by_url = {k: v for k, v in self._by_url.items() if v.id != statement_id}
        self._sketches, self._sketched = {}, 0

    def _nearest(self, texts: Iterable[str], language: str) -> Statement | None:
        shingles = _shingles(texts)
        shared: Counter[int] = Counter()
        while self._sketched < len(self._statements):
            self._sketch(self._sketched)
            self._sketched += 1
        for value in sorted(shingles)[:_SKETCH]:
            shared.update(self._sketches.get(value, ()))
        fewest = min(_FEWEST_SHARED, len(shingles) // 2)
        for number, count in shared.most_common(_SKETCH):
            if count < fewest or count == 0:
                break
            statement = self._statements[number]
            if statement.language != language:
                continue
            others = _shingles(p.text for p in statement.paragraphs)
            if len(shingles & others) >= NEAR * len(shingles | others):
                return statement
        return None

    def _sketch(self, number: int) -> None:
        shingles = _shingles(p.text for p in self._statements[number].paragraphs)
        for value in sorted(shingles)[:_SKETCH]:
            self._sketches.setdefault(value, []).append(number)


def spoken_texts(draft: Draft) -> list[str]:
    """Return the paragraphs of *draft* without their labels, if it can be told who speaks."""
    statement = None
    if not draft.missing:
        statement, _ = read_markdown(draft.content, Path(f"{draft.id}.md"))
    return [p.text for p in statement.paragraphs] if statement else list(draft.texts)


def differences(alike: Alike, draft: Draft) -> list[str]:
    """Return the paragraphs that differ, as they stand on record ("- …") and in *draft* ("+ …")."""
    old = [paragraph.text for paragraph in alike.statement.paragraphs]
    new = spoken_texts(draft)
    lines: list[str] = []
    # No word is so common that it is not compared: a paragraph that recurs is still one.
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            lines += [f"- {text}" for text in old[a:b]]
            lines += [f"+ {text}" for text in new[c:d]]
    return lines


def _words(texts: Iterable[str]) -> str:
    return _SPACE.sub("", "".join(texts))


def _shingles(texts: Iterable[str]) -> frozenset[int]:
    words = [word.casefold() for text in texts for word in _WORD.findall(text)]
    runs = zip(*(words[start:] for start in range(_SHINGLE)), strict=False)
    return frozenset(zlib.crc32(" ".join(run).encode()) for run in runs) or frozenset(
        {zlib.crc32(" ".join(words).encode())}
    )
