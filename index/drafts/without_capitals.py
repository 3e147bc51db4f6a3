"""Reads attributions in scripts without capitals, from one quotation of a draft to the next.

Who is named beside a quotation, ``chinese`` and ``urdu`` tell; here it is decided whom a pronoun
means, and which day and text go with it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from index.drafts import chinese, urdu
from index.drafts.attributing_words import AttributingWords
from index.drafts.quotation import Quotation
from index.drafts.said import Said, SaidBy
from index.drafts.tokens import STOPS, masked
from index.model.answer import Span
from index.text.hanzi import simplified
from index.wording.dates import Dates

#: So many characters are read before a quotation, and after it.
_BEFORE, _AFTER = 200, 120
#: Between a pronoun and its antecedent, so many characters of the story's own at most.
_NEAR = 60
#: Characters before and after a kind of text that tell whether something was said in it.
_BEFORE_KIND, _AFTER_KIND = 14, 8


class _Script(Protocol):
    """What a module of one language reads."""

    def said_by(
        self, text: str, before: Span, after: Span, words: AttributingWords
    ) -> SaidBy | None:
        """Return who says the quotation between *before* and *after*."""

    def day_in(self, text: str, today: datetime.date | None) -> tuple[Dates, Span] | None:
        """Return the day that a clause tells, and where."""

    def is_within(self, before: str, after: str) -> bool:
        """Return whether something was said in the kind of text between *before* and *after*."""

    def names_nobody(self, between: str, words: AttributingWords) -> bool:
        """Return whether nobody is named in the text *between*."""


_SCRIPTS: dict[str, _Script] = {"zh": chinese, "ur": urdu}
#: The codes of the languages that are read here.
CODES = frozenset(_SCRIPTS)


def said_without_capitals(
    draft: str,
    quotations: Sequence[Quotation],
    words: AttributingWords,
    today: datetime.date | None,
) -> Iterator[tuple[int, Said]]:
    """Yield the number of each attributed quotation of *draft*, and what is said of it."""
    script = _SCRIPTS[words.code]
    text, starts = masked(draft, quotations)
    # The words are listed in simplified characters; each stands for one.
    text = simplified(text) if words.code == "zh" else text
    ordered = sorted(starts)
    last: Said | None = None
    ends = 0
    for number, start in enumerate(ordered):
        stop = quotations[starts[start]].stop
        following = ordered[number + 1] if number + 1 < len(ordered) else len(text)
        near = max(ends, start - _BEFORE)
        before = _after_stop(text, near, start)
        found = script.said_by(text, before, (stop, min(following, stop + _AFTER)), words)
        said: Said | None = None
        if found is None:
            gap = text[ends:start] if start - ends <= _NEAR else "x"
            if last is not None and not gap.strip(" \u3000"):
                said = last
        elif found.is_pronoun:
            between = text[ends : found.speaker[0]]
            if last is not None and last.speaker and _is_near(between, words, script):
                meant = replace(last, phrase=found.phrase, dates=None, day_phrase=None)
                said = _dated(draft, meant, found, words, today)
        else:
            said = _dated(draft, _plain(draft, found, words), found, words, today)
        if said is not None:
            yield starts[start], said
        if said is not None or found is not None or len(text[near:start].strip()) > _NEAR:
            last = said
        ends = stop


def _after_stop(text: str, start: int, stop: int) -> Span:
    """Return what of a slice follows the last end of a sentence in it."""
    for match in STOPS.finditer(text, start, stop):
        start = match.end()
    return start, stop


def _plain(draft: str, found: SaidBy, words: AttributingWords) -> Said:
    if not found.is_text:
        return Said(speaker=found.speaker, named=found.speaker, phrase=found.phrase)
    named = words.kinds_in(draft[slice(*found.speaker)])
    if named is None:
        return Said(phrase=found.phrase)
    (begin, end), kinds = named
    start = found.speaker[0]
    return Said(phrase=found.phrase, kinds=kinds, kind_phrase=(start + begin, start + end))


def _is_near(between: str, words: AttributingWords, script: _Script) -> bool:
    """Return whether nobody else is named in the text *between* a speaker and a pronoun."""
    return len(between) <= _AFTER and script.names_nobody(between, words)


def _dated(
    draft: str,
    said: Said,
    found: SaidBy,
    words: AttributingWords,
    today: datetime.date | None,
) -> Said:
    """Return *said* with the day and the kind of text that the clause of *found* tells."""
    script, start = _SCRIPTS[words.code], found.clause[0]
    text = draft[slice(*found.clause)]
    day = script.day_in(text, today)
    if day is not None:
        dates, (begin, end) = day
        said = replace(said, dates=dates, day_phrase=(start + begin, start + end))
    if not said.kinds and (named := words.kinds_in(text)):
        (begin, end), kinds = named
        before, after = text[max(0, begin - _BEFORE_KIND) : begin], text[end : end + _AFTER_KIND]
        if script.is_within(before, after):
            said = replace(said, kinds=kinds, kind_phrase=(start + begin, start + end))
    return said
