"""Tells the same words in another spelling from other words.

Words that are written in one piece in one text and in two in the other, as "health care", signs and
numbers written out, as "per cent", British and American spellings are no other words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import regex

from index.checking.comparison import Aligned, Comparison, Part
from index.checking.differing import Differing
from index.checking.words import Word, joined, marks_between, words_of

#: Ways to write a percentage, as words are joined.
_PERCENT = frozenset(("%", "percent", "prozent", "porciento", "pourcent", "فیصد"))
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
#: Words that are never one with others, and the fewest letters of those that may be; beginnings may
#: have fewer.
_APART, _FEWEST_IN_PIECE = frozenset(("not", "no", "may", "any", "all", "some", "every", "can")), 3
#: What stands between the halves of a word that is broken at a line's end has so many characters.
_BROKEN = 2
_PREFIXES = frozenset(("co", "re", "de", "ex", "bi", "on", "up", "e"))
#: Words that houses write in one of two ways, and short forms of months.
_STYLES = {
    "towards": "toward",
    "afterwards": "afterward",
    "forwards": "forward",
    "amongst": "among",
    "whilst": "while",
    "judgement": "judgment",
    "okay": "ok",
    "adviser": "advisor",
    "grey": "gray",
    "etcetera": "etc",
    "kiev": "kyiv",
    **{month[:3]: month for month in ["january", "february", "march", "april"]},
    **{month[:3]: month for month in ["august", "september", "october", "november", "december"]},
    "sept": "september",
}
#: How the scale of a number is shortened.
_SCALES = {
    **dict.fromkeys(("billion", "bln"), "bn"),
    **dict.fromkeys(("million", "mn", "mln"), "m"),
    **dict.fromkeys(("trillion", "trn"), "tn"),
    "thousand": "k",
}
_SCALED = regex.compile(
    r"(?:us(?=\$))?(?P<sign>\p{Sc})?(?P<number>[\d.]+)"
    r"(?P<scale>billion|bln|bn|million|mln|mn|m|trillion|trn|tn|thousand|k)?"
)
#: Numbers from zero on, in English, Spanish, French and Urdu.
_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty",
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro "
    "veinticinco veintiseis veintisiete veintiocho veintinueve treinta",
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "صفر ایک دو تین چار پانچ چھ سات آٹھ نو دس گیارہ بارہ تیرہ چودہ پندرہ سولہ سترہ اٹھارہ انیس بیس "
    "اکیس بائیس تئیس چوبیس پچیس چھبیس ستائیس اٹھائیس انتیس تیس اکتیس بتیس تینتیس چونتیس پینتیس "
    "چھتیس سینتیس اڑتیس انتالیس چالیس",
)
_SMALL_NUMBERS = {
    written.plain: str(number)
    for line in _NUMBER_WORDS
    for number, word in enumerate(line.split())
    for written in words_of(word)
}
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL_NUMBERS |= {
    ten + one: str(10 * tens + units)
    for tens, ten in enumerate(_TENS.split(), 2)
    for units, one in enumerate(["", *_NUMBER_WORDS[0].split()[1:10]])
}
# "a million", "1 million"
_SMALL_NUMBERS["a"] = "1"
_HAN_DIGITS = "〇一二三四五六七八九"
_HAN_NUMBER = regex.compile(
    rf"(?:(?P<tens>[{_HAN_DIGITS}])?(?P<ten>十))?(?P<units>[{_HAN_DIGITS}])?(?<=.)"
)
_THOUSANDS = regex.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
#: English contractions, and what they stand for.
_CLITICS = {"s": "is has us", "re": "are", "ll": "will shall", "ve": "have", "m": "am"}
_CLITICS["d"] = "would had should"
_CLITICS["n't"] = "not"
_CONTRACTED = regex.compile(r"(?P<word>\w{1,40}?)(?:'(?P<clitic>s|re|ll|ve|m|d)|(?P<clitic>n't))")
_WHOLE = {"won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not"}
#: Initials stand for so many names at least.
_FEWEST_INITIALS = 2
_LINE_END_HYPHEN = regex.compile(r"[-\u00ad‐]\s+")


def is_spelling(differing: Differing, words: Sequence[Word]) -> bool:
    """Return whether the words that differ are the same in other pieces, signs or spellings."""
    ours = [words[number] for number in differing.written]
    theirs = [one.word for one in differing.standing]
    return bool(ours and theirs) and are_spellings(ours, theirs)


def are_spellings(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Return whether words are others in other pieces, signs or spellings: we'll, "we will"."""
    if _stands_for(ours, theirs) or _stands_for(theirs, ours):
        return True
    one, other = joined(ours), joined(theirs)
    if one == other:
        return one == "cannot" or _may_be_joined(ours, theirs)
    if {one, other} <= _PERCENT or _american(one) == _american(other):
        return True
    if _amount(one) == _amount(other):
        return True
    mine, yours = _written_out(ours), _written_out(theirs)
    return len(mine) == len(yours) and all(map(frozenset.intersection, mine, yours))


def _may_be_joined(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Return whether words that are alike in one piece may be one: overnight, not "notable"."""
    if len(ours) == len(theirs):
        return True
    if all(after.start - one.stop >= _BROKEN for one, after in pairwise(ours)) and len(theirs) == 1:
        # A line of the story ends in the word: hyphen, line break.
        return True
    words = [one.plain for one in (*ours, *theirs)]
    if any(any(map(str.isdigit, one)) for one in words) or any(one in _APART for one in words):
        return False
    several = max(ours, theirs, key=len)
    return all(len(one.plain) >= _FEWEST_IN_PIECE or one.plain in _PREFIXES for one in several)


def _stands_for(few: Sequence[Word], words: Sequence[Word]) -> bool:
    """Return whether one word is the initials of several: UAE, the United Arab Emirates."""
    named = [one for one in words if one.spelled[:1].isupper()]
    if len(few) > 2 or len(named) < _FEWEST_INITIALS or len(words) > len(named) + 2:
        return False
    short = few[-1].spelled.replace(".", "")
    rest = {one.plain for one in few[:-1]} | {one.plain for one in words if one not in named}
    initials = "".join(one.spelled[0] for one in named)
    return short == initials and rest <= {"the", "of", "and"}


def _written_out(words: Sequence[Word]) -> list[frozenset[str]]:
    """Return English *words* without contractions, each as what it may be: we, will of we'll."""
    found: list[frozenset[str]] = []
    for word in words:
        match = _CONTRACTED.fullmatch(word.plain)
        if word.plain in _WHOLE:
            found += map(_one, _WHOLE[word.plain].split())
        elif match:
            found += [_one(match["word"]), frozenset(_CLITICS[match["clitic"]].split())]
        else:
            found.append(_one(word.plain))
    return found


def _one(word: str) -> frozenset[str]:
    return frozenset((word,))


def _amount(written: str) -> str:
    """Return an amount, in one piece, as it is shortest: 4.9billion as 4.9bn, ten as 10.

    >>> [_amount(one) for one in ("4.9billion", "4.9bn", "ten", "us$5million", "words")]
    ['4.9bn', '4.9bn', '10', '$5m', 'words']
    """
    if written in _SMALL_NUMBERS:
        return _SMALL_NUMBERS[written]
    if han := _HAN_NUMBER.fullmatch(written):
        tens, ten, units = han["tens"], han["ten"], han["units"]
        value = 10 * (_HAN_DIGITS.index(tens) if tens else 1) if ten else 0
        return str(value + (_HAN_DIGITS.index(units) if units else 0))
    match = _SCALED.fullmatch(_THOUSANDS.sub("", written))
    if match is None:
        return written
    scale = match["scale"]
    return f"{match['sign'] or ''}{match['number']}{_SCALES.get(scale, scale or '')}"


def _american(word: str) -> str:
    """Return an English *word* as it is spelled in America, if it is spelled otherwise in Britain.

    >>> [_american(word) for word in ("programme", "organisation", "defence", "labour", "four")]
    ['program', 'organization', 'defense', 'labor', 'four']
    """
    if word in _STYLES:
        return _STYLES[word]
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
