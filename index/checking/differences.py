"""Names what differs between a quotation and the words on record, in words and in spelling.

Words that are written in one piece in one text and in two in the other, as "health care", and signs
written out, as "per cent", are no other words. What a difference changes is told by the words that
differ and those beside them: a number before a month is a day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from index.checking.change_words import ChangeWords, change_words_of
from index.checking.comparison import Aligned, Comparison, Part, Standing
from index.checking.report import Change
from index.checking.words import Word, joined, marks_between, words_of
from index.text.limits import lost_in
from index.text.sentences import sentence_spans

#: Ways to write a percentage, as words are joined.
_PERCENT = frozenset(("%", "percent", "percentage", "prozent", "porciento", "pourcent", "فیصد"))
#: How British spellings become American; shorter words are spelled alike.
_BRITISH = tuple(
    (regex.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[a-z]{2})is(?=(?:e|ed|es|ing|ation|ations|er|ers)$)", "iz"),
        (r"(?<=[a-z]{2})ys(?=(?:e|ed|es|ing)$)", "yz"),
        (r"(?<=[a-z]{2})our(?=(?:s|ed|ing|able|ite|ites|hood|hoods|ful|al|er|ers)?$)", "or"),
        (r"(?<=[a-z]{2})tre(?=s?$)", "ter"),
        (r"(?<=[a-z]{2})gramme(?=s?$)", "gram"),
        (r"(?<=[a-z]{2})ogue(?=s?$)", "og"),
        (r"(?<=def|off|lic|pret)ence(?=s?$)", "ense"),
        (r"(?<=[a-z]{2}[aeiou])ll(?=(?:ed|ing|er|ers)$)", "l"),
    )
)
_FEWEST_LETTERS = 6
_YEAR = regex.compile(r"(?:1[6-9]|20)\d\d")
_HAS_DIGIT = regex.compile(r"\d")
_LINE_END_HYPHEN = regex.compile(r"[-\u00ad‐]\s+")
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两")
_CJK_DATE = frozenset("年月日号")
_CURRENCY_SIGN = regex.compile(r"\p{Sc}")


@dataclass(frozen=True, slots=True)
class Differing:
    """Words that stand side by side and differ: of the quotation, of the record, or of both."""

    written: tuple[int, ...]
    standing: tuple[Standing, ...]
    #: The number of the quotation's word before which the record's words were left out.
    before: int
    #: Whether the story marks there that words were left out.
    at_omission: bool = False


def differing_in(part: Part) -> list[Differing]:
    """Return the words of *part* that differ, in order; other spellings of one word do not.

    A numeral between two characters that differ is of their word: 六十二 and 二十六 differ in one
    number.
    """
    found: list[Differing] = []
    pairs: list[Aligned] = []
    before = part.written[0] if part.written else 0
    kept: Aligned | None = None

    def end() -> None:
        nonlocal kept
        if pairs:
            written = tuple(one.written for one in pairs if one.written is not None)
            standing = tuple(one.standing for one in pairs if one.standing is not None)
            found.append(Differing(written, standing, before))
            pairs.clear()
        kept = None

    for pair in part.pairs:
        if not pair.same:
            if kept is not None:
                pairs.append(kept)
                kept = None
            pairs.append(pair)
            continue
        if pairs and kept is None and _is_numeral(pair):
            kept = pair
            continue
        end()
        before = (pair.written or 0) + 1
    end()
    return found


def _is_numeral(pair: Aligned) -> bool:
    return pair.standing is not None and pair.standing.word.plain in _NUMERALS


def is_spelling(differing: Differing, words: Sequence[Word]) -> bool:
    """Return whether the words that differ are the same in other pieces, signs or spellings."""
    one = joined([words[number] for number in differing.written])
    other = joined([one.word for one in differing.standing])
    if not one or not other:
        return False
    return one == other or {one, other} <= _PERCENT or _american(one) == _american(other)


def _american(word: str) -> str:
    """Return an English *word* as it is spelled in America, if it is spelled otherwise in Britain.

    >>> [_american(word) for word in ("programme", "organisation", "defence", "labour", "four")]
    ['program', 'organization', 'defense', 'labor', 'four']
    """
    if not word.isascii() or len(word) < _FEWEST_LETTERS:
        return word
    for pattern, replacement in _BRITISH:
        word = pattern.sub(replacement, word)
    return word


def broken_at_line_end(differing: Differing, words: Sequence[Word], draft: str) -> bool:
    """Return whether the words differ only in that a line of the draft ended in one of them."""
    inside = [words[number] for number in differing.written]
    return len(inside) > 1 and all(
        _LINE_END_HYPHEN.fullmatch(draft, one.stop, other.start) for one, other in pairwise(inside)
    )


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
    change = _of_amount([*added, *left_out], beside, known, replaced=bool(added and left_out))
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
    changed: Sequence[str], beside: Sequence[str], known: ChangeWords, *, replaced: bool
) -> Change | None:
    """Return which part of a date or an amount the words *changed* are, if they are one.

    What is *beside* a number tells what it counts. A unit that is only added or left out counts as
    one beside a number alone: "a second reading".
    """
    has_number = any(_is_number(one, known) for one in changed)
    in_date = any(one in known.dates for one in changed)
    if has_number and not in_date:
        years = [bool(_YEAR.fullmatch(one)) for one in changed if _HAS_DIGIT.search(one)]
        in_date = (years != [] and all(years)) or any(
            one in known.dates or one in _CJK_DATE for one in (*changed, *beside)
        )
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


def differs_in_spelling(
    comparison: Comparison, part: Part, draft: str, text_of: Callable[[int], str]
) -> bool:
    """Return whether *part* is the same words with other marks, capitals or accents.

    The first letter of what is quoted, and of what follows words that were left out, may change its
    case. Marks are not compared where the story left words out.
    """
    words = comparison.written.words
    free = comparison.written.omissions | {part.written[0]} if part.written else frozenset()
    last: Aligned | None = None
    for pair in part.pairs:
        if pair.written is None or pair.standing is None or not pair.same:
            last = None
            continue
        word, other = words[pair.written], pair.standing.word
        if not pair.identical and not (
            pair.written in free and word.spelled[1:] == other.spelled[1:]
        ):
            return True
        if last and last.standing and last.written is not None and pair.written not in free:
            here = pair.standing
            follows = (last.standing.paragraph, last.standing.number + 1)
            if follows == (here.paragraph, here.number):
                ours = marks_between(draft, words[last.written].stop, word.start)
                text = text_of(here.paragraph)
                if ours != marks_between(text, last.standing.word.stop, other.start):
                    return True
        last = pair
    return False


def ends_otherwise(draft: str, stop: int, end: int, text: str, after: int) -> bool:
    """Return whether a quotation ends with a mark that changes the sense of the words on record.

    A comma or a full stop may stand for any mark but a question mark; a question mark or an
    exclamation mark must be on record. *stop* to *end* is what follows the last word in *draft*,
    and *after* is where the last word ends in *text*.
    """
    ours = marks_between(draft, stop, end)[:1]
    theirs = marks_between(text, after, min(len(text), after + 3))[:1]
    if ours in ("?", "!"):
        return ours != theirs
    return ours == "." and theirs == "?"


def negations_lost(text: str, start: int, stop: int, language: str) -> list[tuple[int, int, bool]]:
    """Return the words that deny or limit and that a cut leaves out, and whether each denies."""
    known = change_words_of(language)
    found = []
    for limit in lost_in(text, start, stop, language):
        begin, end = limit.word
        denies = any(known.denies(one.plain) for one in words_of(text, begin, end))
        found.append((limit.start, limit.stop, denies))
    if known.unspaced:
        for begin, end in sentence_spans(text, language):
            whole = start <= begin and end <= stop
            first, last = max(begin, start), min(end, stop)
            if not whole and first < last and known.denials_in(text[first:last]):
                found.append((first, last, True))
    return found
