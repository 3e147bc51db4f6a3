"""Compiles the words that limit what is said beside them, as listed in ``index/languages/*.yaml``.

A line of such a list tells where a phrase counts, then the phrase in the notation of
``question_phrases``:

    rest      anywhere in the rest of a sentence: unless, subject to
    cut       only where the rest of a sentence begins with it: if, but, until
    next      only where the next sentence begins with it: however, that said
    inside    among the first words of the next sentence: it is, however, ...
    lead      only where the sentence begins with it: if, unless
    before    in the clause before the words that are quoted: denied that, whether
    closes    only where the clause before ends with it: on the condition that ..., 前提下
    denies    in the clause before, and wherever they are cut: words that deny, beside ``negations``
    never     longer phrases that limit nothing, though one above stands in them: no doubt, but also
    adds      after which "but" goes on and limits nothing: not only
    opens     words that begin a clause; a limiting word after one belongs to that: and unless ...
    links     words after a comma by which one clause tells what another denies: nicht, dass ...

A line may name several places: ``rest, cut, next: unless``. What limits a slice of a text,
``limits`` finds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from index.text.language import language_of
from index.text.question_phrases import after_phrase, any_of, before_phrase

_COMMAS = (",", "，", "،")
PLACES = (
    *("rest", "cut", "next", "inside", "lead", "before", "closes", "denies"),
    *("never", "adds", "opens", "links"),
)


@dataclass(frozen=True, slots=True)
class LimitingWords:
    """The limiting words of one language, by the place where each counts."""

    phrases: dict[str, tuple[str, ...]]
    script: str = "Latin"
    #: Their patterns, each made when it is first needed: all take as long as many answers.
    _patterns: dict[str, re.Pattern[str]] = field(default_factory=dict, compare=False, repr=False)

    def pattern(self, place: str) -> re.Pattern[str] | None:
        """Return the pattern of the phrases of *place*, for text in one form, if it has any."""
        if place not in self.phrases:
            return None
        if place not in self._patterns:
            either = any_of(self.phrases[place], self.script)
            before, after = before_phrase(self.script), after_phrase(self.script)
            self._patterns[place] = re.compile(f"{before}(?:{either}){after}")
        return self._patterns[place]

    def at(self, place: str, text: str, start: int, stop: int) -> tuple[int, int] | None:
        """Return the (start, stop) of the phrase of *place* that *text[start:stop]* begins with."""
        pattern = self.pattern(place)
        found = pattern.match(text, start, stop) if pattern else None
        if not found:
            return None
        # A comma parts the word from what follows: "However, much remains" is no "however much".
        never = None if text[found.end() : found.end() + 1] in _COMMAS else self.pattern("never")
        return None if never and never.match(text, start, stop) else found.span()

    def within(self, place: str, text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Yield the (start, stop) of each phrase of *place* in *text[start:stop]*, in order.

        Those that stand in a phrase that limits nothing are left out.
        """
        yield from self.that_limit(self.spans(place, text, start, stop), text, start, stop)

    def that_limit(
        self, words: Iterable[tuple[int, int]], text: str, start: int, stop: int
    ) -> Iterator[tuple[int, int]]:
        """Yield those of *words*, in *text[start:stop]*, that stand in no phrase of "never"."""
        words = list(words)
        never = self.spans("never", text, start, stop) if words else []
        for begin, end in words:
            near = bisect_left(never, (end, 0)) - 1
            if near < 0 or never[near][1] <= begin:
                yield begin, end

    def spans(self, place: str, text: str, start: int, stop: int) -> list[tuple[int, int]]:
        """Return the (start, stop) of each phrase of *place* in *text[start:stop]*."""
        pattern = self.pattern(place)
        return [one.span() for one in pattern.finditer(text, start, stop)] if pattern else []


@cache
def limiting_words_of(code: str) -> LimitingWords:
    """Return the limiting words of the language *code*; none if it has no list."""
    language = language_of(code)
    return limiting_words(language.limiting_words, language.script)


def limiting_words(lines: Iterable[str], script: str) -> LimitingWords:
    """Return the phrases of *lines*, written in the notation above in *script*.

    Raises ``ValueError`` for a line that does not begin with places.
    """
    phrases: dict[str, list[str]] = {}
    for line in lines:
        places, colon, phrase = line.partition(":")
        for place in places.split(","):
            if not colon or place.strip() not in PLACES:
                raise ValueError(f"the line does not begin with a place and a colon: {line}")
            phrases.setdefault(place.strip(), []).append(phrase.strip())
    return LimitingWords({place: tuple(some) for place, some in phrases.items()}, script)
