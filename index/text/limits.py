"""Finds the words that limit a slice of a text: what leads to it, and what follows it.

"We will sign, unless the council objects": who quotes only the first three words makes a promise of
a condition. Which words limit, and where, ``limiting_words`` reads from the language's file; the
words that deny are its ``negations``. Whose voice a sentence is in, callers know.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from index.model.answer import Span
from index.text.language import code_of, language_of
from index.text.limiting_words import LimitingWords, limiting_words_of
from index.text.question_phrases import in_one_form
from index.text.sentences import sentence_spans

#: What parts a sentence as a full stop would.
_PARTS = re.compile("[;；؛]")
#: What parts clauses within it.
_CLAUSE = re.compile(r"[,;:،؛，；：、–—(]|\s-\s")
#: A word by which the next sentence limits this one stands among so many characters: the subject
#: and the verb come first, "The Department does, however, …".
_INSIDE = 60
#: Words that deny what follows stand so near to it, in characters: of those that were read further
#: away, most denied something else.
_GOVERNED = 56
#: Characters before a limiting word in which a word that opens its clause ends.
_LONGEST_OPENING = 16
_LETTER = re.compile(r"\w")
#: What may stand between a slice and the words before it.
_SPACES_AND_QUOTES = " \t\n\r\u00a0“‘„\"'«「『"
_AROUND = f"{_SPACES_AND_QUOTES},;:،؛，；：、–—-”’»」』(["


@dataclass(frozen=True, slots=True)
class Limit:
    """Words that limit others; all offsets are in characters of the text, end exclusive."""

    #: From the limiting word to the end of its clause or sentence.
    start: int
    stop: int
    #: The limiting word or phrase itself.
    word: Span


def limits_of(text: str, start: int, stop: int, language: str) -> list[Limit]:
    """Return the words of *text* that limit *text[start:stop]* and stand outside of it, in order.

    They are in the sentence before the slice's beginning, in the rest of its last sentence, or in
    the sentence that follows. *language* is a BCP 47 tag; of one without a list nothing is found.

    >>> text = "We will sign, unless the council objects. However, it may take a year."
    >>> [text[one.start : one.stop] for one in limits_of(text, 0, 12, "en")]
    ['unless the council objects.', 'However, it may take a year.']
    """
    reading = _reading(text, language)
    start, stop = _trimmed(text, start, stop)
    if reading is None or start >= stop:
        return []
    first, last = reading.sentence_at(start), reading.sentence_at(stop - 1)
    found = [
        *reading.leading(reading.spans[first][0], start),
        *reading.trailing(reading.spans[last][0], stop, reading.spans[last][1]),
    ]
    if last + 1 < len(reading.spans):
        found += reading.opening(*reading.spans[last + 1])
    return found


def opens_with_limit(text: str, language: str) -> Limit | None:
    """Return what limits the words before *text* in its first sentence: "However, …".

    For a paragraph that follows another in the same voice.
    """
    reading = _reading(text, language)
    return next(reading.opening(*reading.spans[0]), None) if reading else None


def lost_in(text: str, start: int, stop: int, language: str) -> list[Limit]:
    """Return the words that deny or limit in *text[start:stop]*, if who cuts that loses them.

    That is so in a sentence of which a part stays. A sentence that is left out as a whole takes
    its own words with it, unless it begins with a limiting word after a sentence that stays.
    """
    reading = _reading(text, language)
    if reading is None or not text[start:stop].strip():
        return []
    found: list[Limit] = []
    stays_before = False
    for begin, end in reading.spans:
        if begin >= stop:
            break
        if end > start:
            whole = start <= begin and end <= stop
            if whole and stays_before:
                found += reading.opening(begin, end)
            elif not whole:
                found += reading.within(begin, end, max(begin, start), min(end, stop))
        stays_before = begin < start or end > stop
    return found


class _Reading:
    """A text, its sentences, and the words of its language that limit."""

    def __init__(self, text: str, language: str, words: LimitingWords) -> None:
        self.text = text
        self.plain = in_one_form(text)
        self.spans = sentence_spans(text, language)
        self._starts = [begin for begin, _ in self.spans]
        self._words = words
        self._negations = language_of(language).negations

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that *offset* stands in, or before."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def leading(self, begin: int, start: int) -> Iterator[Limit]:
        """Yield what limits a slice from *start* in its sentence, which begins at *begin*."""
        before = self.text[begin:start]
        open_end = begin + len(before.rstrip(_SPACES_AND_QUOTES))
        stop = begin + len(before.rstrip(_AROUND))
        for part in _PARTS.finditer(self.text, begin, stop):
            begin = part.end()
        first = self._first_letter(begin, stop)
        if first is None:
            return
        for word in self._words.within("lead", self.plain, first, stop):
            if word[0] == first or self._opens(word[0], first):
                yield Limit(word[0], stop, word)
                return
        clause = self._clause(first, stop)
        if open_end != stop:
            # A mark closes the clause before: what it denies is its own.
            for word in self._words.within("closes", self.plain, clause, stop):
                if word[1] == stop:
                    yield Limit(self._first_letter(clause, stop) or clause, stop, word)
            return
        for word in self._words.spans("never", self.plain, clause, stop):
            if word[1] == stop and self._denials_in(*word):
                # "not just" denies nothing, unless what it goes on with stands alone.
                yield Limit(word[0], stop, word)
                return
        denials = (one for one in self._denials(clause, stop) if stop - one[1] <= _GOVERNED)
        denied = [*denials, *self._words.within("before", self.plain, clause, stop)]
        if denied:
            yield Limit(min(denied)[0], stop, min(denied))

    def trailing(self, start: int, stop: int, end: int) -> Iterator[Limit]:
        """Yield what limits the words up to *stop* in the rest of a sentence, *text[start:end]*."""
        first = self._first_letter(stop, end)
        if first is None:
            return
        part = _PARTS.search(self.text, stop, end)
        if part and part.start() < first:
            yield from self.opening(part.end(), end)
            return
        rest = part.start() if part else end
        if word := self._words.at("cut", self.plain, first, end):
            added = self._words.spans("adds", self.plain, start, stop)
            if not added and not self._opens(first, start):
                yield Limit(first, rest, word)
                return
        for word in self._words.within("rest", self.plain, first, rest):
            if not self._opens(word[0], start):
                yield Limit(word[0], rest, word)
                return
        if part:
            yield from self.opening(part.end(), end)

    def opening(self, begin: int, end: int) -> Iterator[Limit]:
        """Yield how the sentence from *begin* to *end* limits what stands before it."""
        first = self._first_letter(begin, end)
        if first is None:
            return
        if word := self._words.at("next", self.plain, first, end):
            yield Limit(first, end, word)
            return
        reach = min(end, first + _INSIDE)
        for word in self._words.within("inside", self.plain, first, reach):
            yield Limit(first, end, word)
            return

    def within(self, begin: int, end: int, start: int, stop: int) -> Iterator[Limit]:
        """Yield what is lost with *text[start:stop]* of the sentence from *begin* to *end*."""
        found = [*self._denials(start, stop), *self._words.within("rest", self.plain, start, stop)]
        first = self._first_letter(start, stop)
        if first is not None:
            # "If" at the beginning of what is cut is of what follows, or of what stands before it.
            opens = self._first_letter(begin, end) == first
            places = ("lead",) if opens else ("cut", "lead")
            found += filter(None, [self._words.at(one, self.plain, first, stop) for one in places])
        if stop < end:
            words_end = start + len(self.text[start:stop].rstrip(_SPACES_AND_QUOTES))
            clause = self._clause(start, words_end)
            found += self._words.within("before", self.plain, clause, words_end)
        reached = -1
        marks = [mark.start() for mark in _CLAUSE.finditer(self.text, start, stop)]
        for word in sorted(found):
            if word[0] >= reached:
                reached = word[1]
                following = bisect_left(marks, word[1])
                clause_end = marks[following] if following < len(marks) else stop
                yield Limit(word[0], word[0] + len(self.text[word[0] : clause_end].rstrip()), word)

    def _denials(self, start: int, stop: int) -> list[Span]:
        """Return the words that deny in *text[start:stop]*, but for phrases that deny nothing."""
        found = list(self._words.within("denies", self.plain, start, stop))
        if self._negations:
            denied = self._negations.spans(self.text[start:stop])
            # "No." is an answer, and a sentence by itself.
            words = [
                (begin + start, end + start)
                for begin, end in denied
                if self.text[end + start : end + start + 1] not in (".", "!", "?")
            ]
            found += self._words.that_limit(words, self.plain, start, stop)
        return sorted(found)

    def _denials_in(self, start: int, stop: int) -> bool:
        return bool(self._negations and self._negations.spans(self.text[start:stop]))

    def _clause(self, start: int, stop: int) -> int:
        """Return where the clause begins with which *text[start:stop]* ends."""
        for mark in _CLAUSE.finditer(self.text, start, stop):
            first = self._first_letter(mark.end(), stop)
            link = first and self._words.at("links", self.plain, first, stop)
            if not link or link[1] != stop:
                start = mark.end()
        opened = self._words.spans("opens", self.plain, start, stop)
        return max((end for _, end in opened if end < stop), default=start)

    def _opens(self, start: int, begin: int) -> bool:
        """Return whether a word that opens a clause stands directly before *start*."""
        near = max(begin, start - _LONGEST_OPENING)
        reached = near + len(self.text[near:start].rstrip())
        return any(end == reached for _, end in self._words.spans("opens", self.plain, near, start))

    def _first_letter(self, start: int, stop: int) -> int | None:
        found = _LETTER.search(self.text, start, stop)
        return found.start() if found else None


def _reading(text: str, language: str) -> _Reading | None:
    if not text.strip():
        return None
    return _Reading(text, language, limiting_words_of(code_of(language)))


def _trimmed(text: str, start: int, stop: int) -> Span:
    """Return the slice without white space at its ends."""
    start, stop = max(0, start), min(stop, len(text))
    words = text[start:stop]
    return start + len(words) - len(words.lstrip()), stop - len(words) + len(words.rstrip())
