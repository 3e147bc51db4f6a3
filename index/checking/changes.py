"""Names what a difference changes: a number, a name, whether something is denied.

It is told by the words that differ and those beside them: a number before a month is a day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from index.checking.change_words import ChangeWords, change_words_of
from index.checking.differing import NUMERALS
from index.checking.report import Change
from index.checking.words import BEGINNING, Word

_YEAR = regex.compile(r"(?:1[6-9]|20)\d\d")
#: What may stand between a day and its month.
_OF = frozenset(("of", "de", "du", "da", "th", "st", "nd", "rd"))
_HAS_DIGIT = regex.compile(r"\d")
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
    added = [one for one in written if one.plain not in theirs]
    left_out = [one for one in standing if one.plain not in ours]
    replaced = bool(added and left_out)
    change = _of_amount([*added, *left_out], before, after, known, replaced=replaced)
    if change is not None:
        return change
    if any(map(is_name, (*written, *standing))):
        return Change.NAME
    return Change.MODAL if _is_modal(added, left_out, known) else Change.WORDS


def _is_modal(added: Sequence[Word], left_out: Sequence[Word], known: ChangeWords) -> bool:
    """Return whether a modal verb is put in, left out or in another's place: "will continue"."""
    modal = [any(known.is_modal(one.plain) for one in side) for side in (added, left_out)]
    if all(modal) or (any(modal) and not (added and left_out)):
        return True
    rest = [
        {one.plain[:BEGINNING] for one in side if not known.is_modal(one.plain)}
        for side in (added, left_out)
    ]
    return any(modal) and bool(rest[0]) and rest[0] == rest[1]


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
        # 美 put in before 元 names a currency; one character alone names little else.
        fewest = 1 if change is Change.CURRENCY else 2
        if any(words.issuperset(one) and (one is changed or len(one) >= fewest) for one in widened):
            return change
    names = {name for name in known.names if len(name) > 1}
    has_name = any(name in one for one in changed for name in names)
    return Change.NAME if has_name else Change.WORDS


def _is_han_number(characters: str, known: ChangeWords) -> bool:
    if _HAS_DIGIT.search(characters) or characters in known.numbers:
        return True
    return len(characters) > 1 and NUMERALS.issuperset(characters)


def _is_date(changed: Sequence[str], follows: str, known: ChangeWords) -> bool:
    """Return whether characters with a number, before what *follows*, are a date.

    3月 is one, 3个月 is none; 2015年 is one, and 5年 is taken for a time.
    """
    if not known.dates.isdisjoint(changed) or any(map(_YEAR.search, changed)):
        return True
    marks = {follows, *(one[-1] for one in changed)} & _CJK_DATE
    return bool(marks) and marks != {"年"}


def _of_amount(
    changed: Sequence[Word],
    before: Sequence[Word],
    after: Sequence[Word],
    known: ChangeWords,
    *,
    replaced: bool,
) -> Change | None:
    """Return which part of a date or an amount the words *changed* are, if they are one.

    What stands beside a number tells what it counts, or that it is a day. A unit that is only added
    or left out counts as one beside a number alone, and so does "more", "less" in place of another.
    """
    words = [one.plain for one in changed]
    beside = [one.plain for one in (*before[-2:], *after[:3])]
    if any(_is_number(one, known) for one in words):
        return Change.DATE if _is_day(changed, before, after, known) else Change.NUMBER
    if not known.dates.isdisjoint(words):
        return Change.DATE
    beside_number = any(_is_number(one, known) for one in beside)
    signs = any(map(_CURRENCY_SIGN.search, words))
    if any(_is_currency(one, known) for one in words) and (replaced or beside_number or signs):
        return Change.CURRENCY
    if (replaced or beside_number) and any(one in known.units or one == "%" for one in words):
        return Change.UNIT
    if replaced and beside_number and not known.comparing.isdisjoint(words):
        return Change.NUMBER
    return None


def _is_day(
    changed: Sequence[Word], before: Sequence[Word], after: Sequence[Word], known: ChangeWords
) -> bool:
    """Return whether a number that is *changed* is a day or a year: "14 March", "May 14"."""
    digits = [one.spelled for one in changed if _HAS_DIGIT.search(one.spelled)]
    if (digits and all(map(_YEAR.fullmatch, digits))) or not known.dates.isdisjoint(
        one.plain for one in changed
    ):
        return True
    following = after[1:2] if after and after[0].plain in _OF else after[:1]
    # "two" after a date is none of it: "In May, two …" has no digits.
    return bool(digits) and any(
        one.plain in known.dates or one.spelled == "May" for one in (*before[-1:], *following)
    )


def _denials(words: Sequence[str], known: ChangeWords) -> int:
    return sum(map(known.denies, words))


def _is_number(word: str, known: ChangeWords) -> bool:
    return word in known.numbers or bool(_HAS_DIGIT.search(word))


def _is_currency(word: str, known: ChangeWords) -> bool:
    return word in known.currencies or bool(_CURRENCY_SIGN.search(word))
