"""Reads attributions in Chinese and Urdu, whose scripts have no capitals.

There a subject is what stands before its verb, back to a word that it cannot reach over; it is
taken only if it has an office, or is a name as far as its first character or its length tells.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from index.drafts.attributing_words import AttributionWords, attribution_words
from index.drafts.occasions import days_of
from index.drafts.quotation import Quotation
from index.drafts.said import Said
from index.drafts.tokens import masked
from index.model.answer import Span
from index.text.language import language_of
from index.wording.dates import ONE_DAY, Dates

#: So many characters are read before a quotation, and after it.
_BEFORE, _AFTER = 200, 120
#: Between a pronoun and its antecedent, so many characters of the story's own at most.
_NEAR = 60
_QUOTED = "\ue000\ue001"
_STOPS = regex.compile(r"[。！？；;\n\r۔؟!]")
_WORD = regex.compile(r"[\w\u200c]+|[^\w\s]")
_NAME = regex.compile(r"\p{Han}{2,4}|\p{Han}{1,8}(?:[·•・]\p{Han}{1,8}){1,3}")
_HAN_DAY = regex.compile(
    r"(?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}[日号號](?!报|報)|\d{4}年(?:\d{1,2}月)?(?![\d代来以底初])"
)
_HAN_WEEKDAY = regex.compile(r"(?:上周|本周|周|星期)[一二三四五六日天]|今天|今日|昨天|昨日")
_MOST_SEGMENTS = 4
#: An Urdu subject has so many words at most; without an office, so many.
_MOST_WORDS, _MOST_PLAIN = 12, 4
_SAYS, _OWN = "نے", ("کا", "کے", "کی")
_SAYING = ("کہنا", "الفاظ", "بیان")
_ACCORDING = ("مطابق", "بقول")
_AND = "اور"


@dataclass(frozen=True, slots=True)
class _Found:
    """Who is found beside a quotation, and the words that say so; ``speaker`` may be a pronoun."""

    speaker: Span
    phrase: Span
    is_pronoun: bool
    is_text: bool = False
    #: Where the clause begins in which day and text are told.
    clause: Span = (0, 0)


def said_in_script(
    draft: str,
    quotations: Sequence[Quotation],
    words: AttributionWords,
    today: datetime.date | None,
) -> Iterator[tuple[int, Said]]:
    """Yield the number of each attributed quotation of *draft*, and what is said of it."""
    text, starts = masked(draft, quotations)
    ordered = sorted(starts)
    finds = _in_chinese if words.code == "zh" else _in_urdu
    last: Said | None = None
    ends = 0
    for number, start in enumerate(ordered):
        stop = quotations[starts[start]].stop
        following = ordered[number + 1] if number + 1 < len(ordered) else len(text)
        before = (max(ends, start - _BEFORE), start)
        between = text[before[0] : start]
        found = finds(text, before, (stop, min(following, stop + _AFTER)), words)
        said: Said | None = None
        if found is None:
            gap = text[ends:start] if start - ends <= _NEAR else "x"
            if last is not None and not gap.strip(" \u3000"):
                said = last
        elif found.is_pronoun:
            if last is not None and last.speaker and _is_near(text[ends : found.speaker[0]], words):
                said = replace(last, phrase=found.phrase)
                said = _dated(
                    draft, replace(said, dates=None, day_phrase=None), found, words, today
                )
        else:
            said = _dated(draft, _plain(draft, found, words), found, words, today)
        if said is not None:
            yield starts[start], said
        if said is not None or found is not None or len(between.strip()) > _NEAR:
            last = said
        ends = stop


def _plain(draft: str, found: _Found, words: AttributionWords) -> Said:
    if not found.is_text:
        return Said(speaker=found.speaker, named=found.speaker, phrase=found.phrase)
    named = words.kinds_in(draft[slice(*found.speaker)])
    if named is None:
        return Said(phrase=found.phrase)
    (begin, end), kinds = named
    start = found.speaker[0]
    return Said(phrase=found.phrase, kinds=kinds, kind_phrase=(start + begin, start + end))


def _is_near(between: str, words: AttributionWords) -> bool:
    """Return whether nobody else is named in the text *between* a speaker and a pronoun."""
    if len(between) > _AFTER:
        return False
    if words.code == "zh":
        return not any(one in between for one in words["roles", "institutions"])
    forms = set(_WORD.findall(between))
    return forms.isdisjoint(words["roles", "institutions"] | {_SAYS})


def _dated(
    draft: str,
    said: Said,
    found: _Found,
    words: AttributionWords,
    today: datetime.date | None,
) -> Said:
    """Return *said* with the day and the kind of text that the clause of *found* tells."""
    clause = found.clause
    text = draft[slice(*clause)]
    day = _han_day(text, today) if words.code == "zh" else _urdu_day(text, today)
    if day is not None:
        dates, (begin, end) = day
        span = (clause[0] + begin, clause[0] + end)
        said = replace(said, dates=dates, day_phrase=span)
    if not said.kinds and (named := words.kinds_in(text)):
        (begin, end), kinds = named
        around = text[max(0, begin - 14) : begin]
        after = text[end : end + 8]
        if _in_a_text(around, after, words.code):
            kind = (clause[0] + begin, clause[0] + end)
            said = replace(said, kinds=kinds, kind_phrase=kind)
    return said


def _in_a_text(before: str, after: str, code: str) -> bool:
    """Return whether the words around a kind of text tell that it was said there."""
    if code == "zh":
        led = max(before.rfind(one) for one in ("在", "发表", "接受", "通过"))
        about = max(before.rfind(one) for one in ("就", "对", "关于", "针对"))
        return led > about
    return after.lstrip().startswith(("میں", "سے خطاب", "کے دوران", "کرتے", "دیتے"))


# Chinese.


def _in_chinese(text: str, before: Span, after: Span, words: AttributionWords) -> _Found | None:
    """Return who says the quotation between *before* and *after*."""
    verbs = _verbs_at_end(words.code)
    stretch = _after_stop(text, before)
    match = verbs.search(text, *stretch)
    if match is not None:
        verb = match.start("verb") if match["verb"] else match.start()
        found = _han_segments(text, stretch[0], verb, words, named=not match["verb"])
        if found is not None:
            span, is_pronoun, is_text = found
            phrase = (span[0], match.end("verb") if match["verb"] else span[1])
            return _Found(span, phrase, is_pronoun, is_text, (stretch[0], verb))
        return None
    if stretch[0] < stretch[1] and text[slice(*stretch)].strip(" ，,、“”"):
        return None  # it stands within a sentence that does not attribute it
    match = _verbs_after(words.code).match(text, *after)
    if match is not None:
        found = _han_segments(text, match.start("who"), match.end("who"), words, named=False)
        if found is not None:
            span, is_pronoun, is_text = found
            phrase = (span[0], match.end("verb"))
            return _Found(span, phrase, is_pronoun, is_text, (match.start("who"), match.end("who")))
    return None


def _after_stop(text: str, span: Span) -> Span:
    """Return what of *span* follows the last end of a sentence in it."""
    last = span[0]
    for match in _STOPS.finditer(text, *span):
        last = match.end()
    return last, span[1]


@cache
def _verbs_at_end(code: str) -> regex.Pattern[str]:
    words = attribution_words(code)
    verbs = sorted(words["verbs"], key=len, reverse=True) if words else []
    joined = "|".join(map(regex.escape, verbs))
    return regex.compile(rf"(?:(?P<verb>{joined})[了道]?[，,、：:]?|[：:])\s?$")


@cache
def _verbs_after(code: str) -> regex.Pattern[str]:
    words = attribution_words(code)
    verbs = sorted(words["verbs"], key=len, reverse=True) if words else []
    joined = "|".join(map(regex.escape, verbs))
    who = r"(?P<who>[^，,。！？；：:\ue000\ue001]{1,40}?)"
    return regex.compile(rf"[，,]?{who}(?P<verb>{joined})(?=[。，,：:！\s]|\Z|\ue000)")


def _han_segments(
    text: str, begin: int, stop: int, words: AttributionWords, *, named: bool
) -> tuple[Span, bool, bool] | None:
    """Return the subject in the clause from *begin* to *stop*: its last part that has one."""
    edges = [begin, *(at + 1 for at in range(begin, stop) if text[at] in "，,"), stop + 1]
    parts = list(zip(edges, (edge - 1 for edge in edges[1:]), strict=False))
    for first, last in parts[: -_MOST_SEGMENTS - 1 : -1]:
        segment = text[first:last]
        if any(one in segment for one in _QUOTED):
            return None
        found = _han_subject(segment, words, named=named)
        if found is _NOBODY:
            return None
        if found is not None:
            (start, end), is_pronoun, is_text = found
            return (first + start, first + end), is_pronoun, is_text
        if named:
            return None
    return None


_NOBODY: tuple[Span, bool, bool] = ((0, 0), False, False)


def _han_subject(
    segment: str, words: AttributionWords, *, named: bool
) -> tuple[Span, bool, bool] | None:
    """Return the subject of *segment*; ``None`` if it has only a place or a day before its verb."""
    begin = len(segment) - len(segment.lstrip(" \u3000"))
    for led in sorted(words["according"], key=len, reverse=True):
        if segment.startswith(led, begin):
            begin += len(led)
            break
    day = _HAN_DAY.match(segment, begin) or _HAN_WEEKDAY.match(segment, begin)
    if day is not None:
        begin = day.end()
    stop = _breaks(words.code).search(segment, begin)
    end = stop.start() if stop is not None and not named else len(segment)
    who = segment[begin:end].rstrip(" \u3000")
    if not who:
        return None
    end = begin + len(who)
    if who in words["pronouns"]:
        return (begin, end), True, False
    if (named_kind := words.kinds_in(who)) and named_kind[0][1] == len(who):
        return (begin, end), False, True
    if _is_han_speaker(who, words):
        return (begin, end), False, False
    return _NOBODY


def _is_han_speaker(who: str, words: AttributionWords) -> bool:
    """Return whether *who* is an office, a name, or an office and a name."""
    if len(who) > 30 or "记者" in who or "和" in who or "与" in who or "、" in who:
        return False
    ends = [who.rfind(role) + len(role) for role in words["roles"] if role in who]
    if ends:
        name = who[max(ends) :]
        return not name or _NAME.fullmatch(name) is not None
    if who.endswith(tuple(words["institutions"])):
        return True
    if "·" in who:
        return _NAME.fullmatch(who) is not None
    language = language_of("zh")
    if len(who) not in (2, 3) or who[0] not in language.surnames:
        return False
    return not any(who.startswith(one) for one in language.no_speakers)


@cache
def _breaks(code: str) -> regex.Pattern[str]:
    words = attribution_words(code)
    breaks = sorted(words["breaks"], key=len, reverse=True) if words else []
    return regex.compile(rf"\d|周[一二三四五六日]|{'|'.join(map(regex.escape, breaks))}")


def _han_day(text: str, today: datetime.date | None) -> tuple[Dates, Span] | None:
    """Return the day in *text*, a clause from its beginning to its verb, if it has one alone."""
    found = [*_HAN_DAY.finditer(text), *_HAN_WEEKDAY.finditer(text)]
    if len(found) != 1 or text[found[0].end() :][:1] in ("的", "至", "到"):
        return None
    match = found[0]
    around = text[: match.start()]
    if any(one in around for one in ("就", "对", "关于", "自", "将于", "针对")):
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


# Urdu.


def _in_urdu(text: str, before: Span, after: Span, words: AttributionWords) -> _Found | None:
    """Return who says the quotation between *before* and *after*."""
    stretch = _after_stop(text, before)
    led = _urdu_clause(text, stretch, words)
    if led is not None:
        return led
    if text[slice(*stretch)].strip(" ،,:؛\u200f\u200e"):
        return None
    stop = _STOPS.search(text, *after)
    return _urdu_clause(text, (after[0], stop.start() if stop else after[1]), words)


def _urdu_clause(text: str, stretch: Span, words: AttributionWords) -> _Found | None:
    """Return who says something in the clause *stretch*, if one alone does."""
    tokens = list(_WORD.finditer(text, *stretch))
    forms = [one[0] for one in tokens]
    found: list[_Found] = []
    for at, form in enumerate(forms):
        verb = _urdu_verb(forms, at, form, words)
        if verb is None:
            continue
        first = _urdu_first(forms, at, words)
        if first is None or first == at:
            return None
        own = forms[first:at]
        speaker = tokens[first].start(), tokens[at - 1].end()
        phrase = speaker[0], tokens[verb].end()
        is_pronoun = len(own) == 1 and own[0] in words["pronouns"]
        is_text = own[-1] in words["documents"]
        if not is_pronoun and not is_text and not _is_urdu_speaker(own, words):
            return None
        clause = (stretch[0], tokens[verb].end())
        found.append(_Found(speaker, phrase, is_pronoun, is_text, clause))
    return found[0] if len(found) == 1 else None


def _urdu_verb(forms: Sequence[str], at: int, form: str, words: AttributionWords) -> int | None:
    """Return the verb of the subject before the word *at*; ``None`` if it says nothing."""
    if at == 0:
        return None
    if form == _SAYS:
        rest = range(at + 1, len(forms))
        return next((n for n in rest if forms[n] in words["told"]), None)
    following = forms[at + 1] if at + 1 < len(forms) else ""
    if form in _OWN and following in _SAYING:
        return at + 1
    return at + 1 if form in _OWN and following in _ACCORDING else None


def _urdu_first(forms: Sequence[str], at: int, words: AttributionWords) -> int | None:
    """Return the first word of the subject that ends before *at*; ``None`` if others are joined."""
    first = at
    while first > 0 and at - first < _MOST_WORDS:
        form = forms[first - 1]
        if form == _AND:
            return None if first > 1 else first
        if form in words["breaks"] or not form[0].isalpha():
            break
        first -= 1
    return first


def _is_urdu_speaker(own: Sequence[str], words: AttributionWords) -> bool:
    language = language_of("ur")
    if any(one in language.no_speakers - {"حکومت", "رپورٹ"} for one in own):
        return False
    offices = words["roles", "institutions"]
    if not offices.isdisjoint(own):
        return len(own) <= _MOST_WORDS
    plain = [one for one in own if one not in words["honorifics"]]
    return 0 < len(plain) <= _MOST_PLAIN and not any(one in _OWN for one in plain)


def _urdu_day(text: str, today: datetime.date | None) -> tuple[Dates, Span] | None:
    """Return the day in *text*, a clause up to its verb: a date or weekday before کو."""
    match = regex.search(r"(?<!\w)(?:\d{1,2}\s\w+(?:\s\d{4})?|\w+)\s(?:کو|کے روز)(?!\w)", text)
    if match is None:
        return None
    dates = days_of(match[0], "ur", today)
    return (dates, match.span()) if dates else None
