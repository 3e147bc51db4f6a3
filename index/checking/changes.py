"""Names what a difference changes: a number, a name, whether something is denied.

It is told by the words that differ and those beside them: a number before a month is a day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from index.checking.change_words import ChangeWords, change_words_of
from index.checking.report import Change
from index.checking.words import Word

_YEAR = regex.compile(r"(?:1[6-9]|20)\d\d")
_HAS_DIGIT = regex.compile(r"\d")
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两")
_CJK_DATE = frozenset("年月日号")
_CURRENCY_SIGN = regex.compile(r"\p{Sc}")


def change_of(
    written: Sequence[Word],
    standing: Sequence[Word],
    *,
    before: Sequence[Word],
    after: Sequence[Word],
    language: str,
    is_name: Callable[[Word], bool],
) -> Change:
    """Return what a difference changes, the gravest first.

    *written* and *standing* are the words that differ, *before* and *after* those beside them on
    record, or in the story if it put words in. *is_name* tells of a word whether it is written as a
    name where it stands.
    """
    known = change_words_of(language)
    ours, theirs = [one.plain for one in written], [one.plain for one in standing]
    if known.unspaced:
        return _change_in_characters("".join(ours), "".join(theirs), before, after, known)
    if _denials(ours, known) != _denials(theirs, known) or any(
        known.is_opposite(one, other) for one in ours for other in theirs
    ):
        return Change.NEGATION
    added = [one for one in ours if one not in theirs]
    left_out = [one for one in theirs if one not in ours]
    beside = [one.plain for one in (*before[-2:], *after[:2])]
    nearest = [one.plain for one in (*before[-1:], *after[:1])]
    replaced = bool(added and left_out)
    change = _of_amount([*added, *left_out], beside, nearest, known, replaced=replaced)
    if change is not None:
        return change
    if any(map(is_name, (*written, *standing))):
        return Change.NAME
    sides = [one for one in (added, left_out) if one]
    if sides and all(any(map(known.is_modal, side)) for side in sides):
        return Change.MODAL
    return Change.WORDS


def _change_in_characters(
    ours: str, theirs: str, before: Sequence[Word], after: Sequence[Word], known: ChangeWords
) -> Change:
    """Return what a difference changes, in a script without spaces."""
    # 美元 and 欧元 differ in one character; it is named by the word that it is of.
    follows = "".join(one.plain for one in after[:2])
    precedes = "".join(one.plain for one in before[-1:])
    changed = [one for one in (ours, theirs) if one]
    if known.denials_in(ours) != known.denials_in(theirs):
        return Change.NEGATION
    has_number = any(_is_han_number(one, known) for one in changed)
    if has_number or not known.dates.isdisjoint(changed):
        return Change.DATE if _is_date(changed, follows[:1], known) else Change.NUMBER
    # A single character is such a word by itself only: 重要 has 要, and is none.
    for change, words in (
        (Change.CURRENCY, known.currencies),
        (Change.UNIT, known.units | {"%"}),
        (Change.NAME, known.names),
        (Change.MODAL, known.modals),
    ):
        widened = (changed, [one + follows[:1] for one in changed], [precedes + x for x in changed])
        if any(words.issuperset(one) and len(one) > (one is not changed) for one in widened):
            return change
    names = {name for name in known.names if len(name) > 1}
    has_name = any(name in one for one in changed for name in names)
    return Change.NAME if has_name else Change.WORDS


def _is_han_number(characters: str, known: ChangeWords) -> bool:
    if _HAS_DIGIT.search(characters) or characters in known.numbers:
        return True
    return len(characters) > 1 and _NUMERALS.issuperset(characters)


def _is_date(changed: Sequence[str], follows: str, known: ChangeWords) -> bool:
    """Return whether characters with a number, before what *follows*, are a date.

    3月 is one, 3个月 is none; 2015年 is one, and 5年 is taken for a time.
    """
    if not known.dates.isdisjoint(changed) or any(map(_YEAR.search, changed)):
        return True
    marks = {follows, *(one[-1] for one in changed)} & _CJK_DATE
    return bool(marks) and marks != {"年"}


def _of_amount(
    changed: Sequence[str],
    beside: Sequence[str],
    nearest: Sequence[str],
    known: ChangeWords,
    *,
    replaced: bool,
) -> Change | None:
    """Return which part of a date or an amount the words *changed* are, if they are one.

    What is *beside* a number tells what it counts, and what is *nearest* whether it is a day. A
    unit that is only added or left out counts as one beside a number alone.
    """
    has_number = any(_is_number(one, known) for one in changed)
    in_date = any(one in known.dates for one in changed)
    if has_number and not in_date:
        years = [bool(_YEAR.fullmatch(one)) for one in changed if _HAS_DIGIT.search(one)]
        in_date = (years != [] and all(years)) or any(one in known.dates for one in changed)
        # "two" after a date is none of it: "In May, two …" has no digits.
        in_date |= any(map(_HAS_DIGIT.search, changed)) and not known.dates.isdisjoint(nearest)
    if in_date or has_number:
        return Change.DATE if in_date else Change.NUMBER
    beside_number = any(_is_number(one, known) for one in beside)
    signs = any(map(_CURRENCY_SIGN.match, changed))
    if any(_is_currency(one, known) for one in changed) and (replaced or beside_number or signs):
        return Change.CURRENCY
    if (replaced or beside_number) and any(one in known.units or one == "%" for one in changed):
        return Change.UNIT
    return None


def _denials(words: Sequence[str], known: ChangeWords) -> int:
    return sum(map(known.denies, words))


def _is_number(word: str, known: ChangeWords) -> bool:
    return word in known.numbers or bool(_HAS_DIGIT.search(word))


def _is_currency(word: str, known: ChangeWords) -> bool:
    return word in known.currencies or bool(_CURRENCY_SIGN.match(word))
