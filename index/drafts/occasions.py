"""Reads on which day, and in which text, a story says that something was said.

Only the words right beside the verb are read: "told reporters in Beijing on 3 March", "in a letter
dated 3 March, Lin wrote". The day of something else, "of the 2015 visit", is none of these.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from index.drafts.attributing_words import AttributingWords
from index.drafts.days import days_of
from index.drafts.tokens import Token
from index.drafts.verbs import Says
from index.model.answer import Span
from index.model.statement import Kind
from index.wording.dates import Dates

#: What is read on either side of a verb, in tokens; of one prepositional phrase, in words.
_MOST, _MOST_WORDS = 24, 8
#: Words with which a phrase beside a verb begins, and those that are within none.
_LEADING = ("prepositions", "inside", "made", "before_days", "weekdays", "days", "months")
_SMALL = ("who", "unclear", "pronouns", "joining", "passive", "denying")
_ENDING = ("determiners", "day_after", *_SMALL)


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and in what something was said, as a story tells."""

    dates: Dates | None = None
    day: Span | None = None
    kinds: tuple[Kind, ...] = ()
    kind: Span | None = None


def occasion_of(
    draft: str,
    tokens: Sequence[Token],
    says: Says,
    words: AttributingWords,
    today: datetime.date | None,
) -> Occasion:
    """Return the occasion that the clause of *says* names."""
    subject = says.subject
    stop, between = says.stop, range(0)
    if says.inverted:
        stop = _after_apposition(tokens, max(stop, subject.stop), words)
    elif subject.stop <= says.first:
        between = range(subject.stop, says.first)
    dates = day = None
    kinds: tuple[Kind, ...] = ()
    kind: Span | None = None
    stretches = [
        _complements(tokens, stop, words, told=says.told),
        _plain(between, tokens),
        _opening(tokens, min(says.first, subject.begins), words),
    ]
    for first, last in stretches:
        if last <= first:
            continue
        span = (tokens[first].start, tokens[last - 1].stop)
        if dates is None:
            found = _day_in(draft, tokens, (first, last), words, today)
            if found:
                dates, day = found
        if not kinds and (named := words.kinds_in(draft[slice(*span)].lower())):
            (begin, end), kinds = named
            kind = (span[0] + begin, span[0] + end)
    return Occasion(dates, day, kinds, kind)


def _after_apposition(tokens: Sequence[Token], at: int, words: AttributingWords) -> int:
    """Return what follows an apposition that begins at *at*: ", the foreign minister, in June"."""
    if at >= len(tokens) or tokens[at].form != ",":
        return at
    stop = at + 1
    while stop < min(len(tokens), at + 1 + _MOST_WORDS) and tokens[stop].is_word:
        stop += 1
    ends = stop + 1 < len(tokens) and tokens[stop].form == ","
    return stop + 1 if ends and _leads(tokens[stop + 1], words) else at


def _plain(between: range, tokens: Sequence[Token]) -> tuple[int, int]:
    """Return the tokens *between* a subject and its verb, unless commas enclose them."""
    if not between or len(between) > _MOST_WORDS:
        return 0, 0
    if any(not tokens[at].is_word for at in between):
        return 0, 0
    return between.start, between.stop


def _complements(
    tokens: Sequence[Token], begin: int, words: AttributingWords, *, told: bool
) -> tuple[int, int]:
    """Return the tokens from *begin* on that tell to whom, where, in what and when."""
    at = begin
    if told and at < len(tokens) and not _leads(tokens[at], words):
        # The hearers: one noun, with what stands before it.
        limit = at + _MOST_WORDS
        article = tokens[at].form in words["determiners"]
        at += article
        while at < min(len(tokens), limit) and tokens[at].is_word:
            if _leads(tokens[at], words) or tokens[at].form in words[_SMALL]:
                break
            at += 1
    return begin, _phrases_stop(tokens, at, words, begin)


def _phrases_stop(tokens: Sequence[Token], at: int, words: AttributingWords, begin: int) -> int:
    """Return where the prepositional phrases end that begin at *at*."""
    stop = at
    if at + 1 < len(tokens) and tokens[at].form == "," and at == begin:
        at += _is_day(tokens[at + 1], words) or tokens[at + 1].form in words["before_days"]
    while at < min(len(tokens), begin + _MOST) and _leads(tokens[at], words):
        if tokens[at].form in words["day_after"]:
            break
        preposition = tokens[at].form in words["prepositions", "inside"]
        dated = _is_day(tokens[at], words)
        at += 1
        if preposition and at < len(tokens) and tokens[at].form in words["determiners"]:
            at += 1
        limit = at + _MOST_WORDS
        while at < min(len(tokens), limit) and tokens[at].is_word:
            if _leads(tokens[at], words):
                break
            form = tokens[at].form
            if form in words["that"] or (dated and form in words["determiners"]):
                return at
            if dated or form in words[_ENDING]:
                return stop
            at += 1
        if at == limit and at < len(tokens) and tokens[at].is_word:
            return stop
        stop = at
        if at + 1 < len(tokens) and tokens[at].form == "," and _is_day(tokens[at + 1], words):
            # "on Friday, 3 March"; "March 3, 2025".
            at += 1
    return stop


def _opening(tokens: Sequence[Token], begins: int, words: AttributingWords) -> tuple[int, int]:
    """Return the tokens before the subject that open the sentence: "In a letter of 3 March,"."""
    stop = begins
    if stop > 0 and tokens[stop - 1].form == ",":
        stop -= 1
    if not 0 < stop <= _MOST or not _leads(tokens[0], words):
        return 0, 0
    return (0, stop) if _phrases_stop(tokens, 0, words, 0) == stop else (0, 0)


def _leads(token: Token, words: AttributingWords) -> bool:
    """Return whether a phrase beside a verb may begin with *token*."""
    return token.form[:1].isdecimal() or token.form in words[_LEADING]


def _is_day(token: Token, words: AttributingWords) -> bool:
    return token.form[:1].isdecimal() or token.form in words["months", "weekdays", "days"]


def _day_in(
    draft: str,
    tokens: Sequence[Token],
    stretch: tuple[int, int],
    words: AttributingWords,
    today: datetime.date | None,
) -> tuple[Dates, Span] | None:
    """Return the one day or period that the tokens of *stretch* name."""
    first, stop = stretch
    joins = words["inside", "particles"] | {","}
    runs: list[tuple[int, int]] = []
    at = first
    while at < stop:
        if not _is_day(tokens[at], words):
            at += 1
            continue
        begin = at
        while at < stop and (
            _is_day(tokens[at], words)
            or (tokens[at].form in joins and at + 1 < stop and _is_day(tokens[at + 1], words))
        ):
            at += 1
        runs.append((begin, at))
    if len(runs) != 1:
        return None
    begin, end = runs[0]
    led = tokens[begin - 1].form if begin > 0 else ""
    allowed = words["before_days", "made", "verbs", "hearers"]
    named = tokens[begin].form in words["weekdays", "days"]
    if not named and led not in allowed | words["inside"] and led != ",":
        return None
    if led in words["determiners"] - words["before_days"]:
        return None
    if end < stop and not _leads(tokens[end], words):
        return None  # "the 14 February talks"
    while end - begin > 1 and tokens[begin].form in words["weekdays"]:
        begin += 1  # the date tells more
        while begin < end and tokens[begin].form == ",":
            begin += 1
    lead = begin - 1 if begin > first and tokens[begin - 1].form in words["before_days"] else begin
    span = (tokens[lead].start, tokens[end - 1].stop)
    dates = days_of(draft[slice(*span)], words.code, today)
    return (dates, span) if dates else None
