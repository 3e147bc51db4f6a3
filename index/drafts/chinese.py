"""Reads attributions in Chinese: 外交部发言人耿爽表示.

A subject is what stands before its verb in one part of a clause, back to a word that it cannot
reach over. It is taken only with an office, or as a name that begins with a surname.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

import regex

from index.drafts.attributing_words import AttributingWords, attributing_words
from index.drafts.days import days_of
from index.drafts.said import SaidBy
from index.model.answer import Span
from index.text.hanzi import simplified
from index.text.language import language_of
from index.wording.dates import ONE_DAY, Dates

_NAME = regex.compile(r"\p{Han}{2,4}|\p{Han}{1,8}(?:[·•・]\p{Han}{1,8}){1,3}")
_DAY = regex.compile(
    r"(?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}[日号號](?!报|報)|\d{4}年(?:\d{1,2}月)?(?![\d代来以底初])"
)
_WEEKDAY = regex.compile(r"(?:上周|本周|周|星期)[一二三四五六日天]|今天|今日|昨天|昨日")
#: So many parts of a clause are read, from its verb back.
_MOST_PARTS = 4
#: The longest speaker with an office, in characters.
_LONGEST_SPEAKER = 30
#: Words that lead to a text in which something was said, and to what it was about.
_IN, _ABOUT = ("在", "发表", "接受", "通过"), ("就", "对", "关于", "针对")
#: Before a day that is another's: of what is spoken about, or of what is to come.
_NOT_OF_DAY = ("就", "对", "关于", "自", "将于", "针对")


@dataclass(frozen=True, slots=True)
class _Subject:
    """What stands before a verb of saying."""

    span: Span
    is_pronoun: bool = False
    is_text: bool = False


def said_by(text: str, before: Span, after: Span, words: AttributingWords) -> SaidBy | None:
    """Return who says the quotation between *before*, a clause or its beginning, and *after*."""
    match = _verbs_at_end().search(text, *before)
    if match is not None:
        verb = match.start("verb") if match["verb"] else match.start()
        clause = before[0], verb
        found = _subject_in(text, clause, words, named=not match["verb"])
        if found is None:
            return None
        phrase = (found.span[0], match.end("verb") if match["verb"] else found.span[1])
        return SaidBy(found.span, phrase, clause, found.is_pronoun, found.is_text)
    if before[0] < before[1] and text[slice(*before)].strip(" ，,、“”"):
        return None  # it stands within a sentence that does not attribute it
    match = _verbs_after().match(text, *after)
    if match is None:
        return None
    found = _subject_in(text, match.span("who"), words, named=False)
    if found is None:
        return None
    phrase = (found.span[0], match.end("verb"))
    return SaidBy(found.span, phrase, match.span("who"), found.is_pronoun, found.is_text)


@cache
def _verbs_at_end() -> regex.Pattern[str]:
    return regex.compile(rf"(?:(?P<verb>{_any_of('verbs')})[了道]?[，,、：:]?|[：:])\s?$")


@cache
def _verbs_after() -> regex.Pattern[str]:
    who = r"(?P<who>[^，,。！？；：:]{1,40}?)"
    return regex.compile(rf"[，,]?{who}(?P<verb>{_any_of('verbs')})(?=[。，,：:！\s]|\Z)")


def _subject_in(
    text: str, clause: Span, words: AttributingWords, *, named: bool
) -> _Subject | None:
    """Return the subject in the *clause*: in its last part that has one, and only there if *named*.

    A part that has another subject lets nothing before it count.
    """
    begin, stop = clause
    edges = [begin, *(at + 1 for at in range(begin, stop) if text[at] in "，,"), stop + 1]
    parts = list(zip(edges, (edge - 1 for edge in edges[1:]), strict=False))
    for first, last in parts[: -_MOST_PARTS - 1 : -1]:
        part = text[first:last]
        span = _subject_span(part, words, named=named)
        if span is not None:
            return _judged(part, span, first, words)
        if named:
            return None
    return None


def _subject_span(part: str, words: AttributingWords, *, named: bool) -> Span | None:
    """Return where a subject may stand in *part*; ``None`` if it has only a place or a day."""
    begin = len(part) - len(part.lstrip(" \u3000"))
    for led in sorted(words["according"], key=len, reverse=True):
        if part.startswith(led, begin):
            begin += len(led)
            break
    day = _DAY.match(part, begin) or _WEEKDAY.match(part, begin)
    if day is not None:
        begin = day.end()
    stop = _breaks().search(part, begin)
    end = stop.start() if stop is not None and not named else len(part)
    who = part[begin:end].rstrip(" \u3000")
    return (begin, begin + len(who)) if who else None


def _judged(part: str, span: Span, offset: int, words: AttributingWords) -> _Subject | None:
    """Return what stands at *span* in *part*, which begins at *offset*; ``None`` if no speaker."""
    who = part[slice(*span)]
    there = (offset + span[0], offset + span[1])
    if who in words["pronouns"]:
        return _Subject(there, is_pronoun=True)
    if (kind := words.kinds_in(who)) and kind[0][1] == len(who):
        return _Subject(there, is_text=True)
    return _Subject(there) if _is_speaker(who, words) else None


def _is_speaker(who: str, words: AttributingWords) -> bool:
    """Return whether *who* is an office, a name, or an office and a name."""
    if len(who) > _LONGEST_SPEAKER or "记者" in who or "和" in who or "与" in who or "、" in who:
        return False
    ends = [who.rfind(role) + len(role) for role in words["roles"] if role in who]
    if ends:
        name = who[max(ends) :]
        return not name or _NAME.fullmatch(name) is not None
    if simplified(who) in words["names"] or who.endswith(tuple(words["institutions"])):
        return True
    if "·" in who:
        return _NAME.fullmatch(who) is not None
    language = language_of("zh")
    if len(who) not in (2, 3) or who[0] not in language.surnames:
        return False
    return not any(who.startswith(one) for one in language.no_speakers)


@cache
def _breaks() -> regex.Pattern[str]:
    return regex.compile(rf"\d|周[一二三四五六日]|{_any_of('breaks')}")


def _any_of(key: str) -> str:
    """Return a pattern of the Chinese words under *key*, longest first."""
    words = attributing_words("zh")
    listed = sorted(words[key], key=len, reverse=True) if words else []
    return "|".join(map(regex.escape, listed))


def day_in(text: str, today: datetime.date | None) -> tuple[Dates, Span] | None:
    """Return the day in *text*, a clause from its beginning to its verb, if it has one alone."""
    found = [*_DAY.finditer(text), *_WEEKDAY.finditer(text)]
    if len(found) != 1 or text[found[0].end() :][:1] in ("的", "至", "到"):
        return None
    match = found[0]
    around = text[: match.start()]
    if any(one in around for one in _NOT_OF_DAY):
        return None
    if match[0][-1] in "日号號" and "月" not in match[0] and match[0][0].isdecimal():
        dates = _day_of_month(int(match[0][:-1]), today)
    else:
        dates = days_of(match[0], "zh", today)
    return (dates, match.span()) if dates else None


def _day_of_month(day: int, today: datetime.date | None) -> Dates | None:
    """Return the latest day up to *today* that has the number *day* in its month."""
    if today is None or not 1 <= day <= 31:
        return None
    one = today
    while one.day != day:
        one -= ONE_DAY
    return Dates(one, one)


def is_within(before: str, after: str) -> bool:
    """Return whether the words around a kind of text tell that something was said in it."""
    led, about = (max(before.rfind(one) for one in several) for several in (_IN, _ABOUT))
    return led > about


def names_nobody(between: str, words: AttributingWords) -> bool:
    """Return whether no office or institution stands in the text *between*."""
    return not any(one in between for one in words["roles", "institutions"])
