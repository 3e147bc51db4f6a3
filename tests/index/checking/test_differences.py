"""What a difference changes is told by its words and those beside them."""

from __future__ import annotations

import pytest

from index.checking.changes import change_of
from index.checking.comparison import Standing
from index.checking.differing import Differing
from index.checking.report import Change
from index.checking.spelling import ends_otherwise, is_spelling
from index.checking.words import Word, words_of


def change(ours: str, theirs: str, *, of: str = "en") -> Change:
    """Return the change from *theirs* to *ours*: in brackets, in texts that are else the same."""
    (_, written, _), (before, standing, after) = map(_split, (ours, theirs))
    text = before + standing + after
    return change_of(
        words_of(written),
        words_of(standing),
        before=words_of(before),
        after=words_of(after),
        language=of,
        is_name=lambda word: word.spelled[:1].isupper() and not text.startswith(word.spelled),
    )


def _split(drawn: str) -> tuple[str, str, str]:
    before, _, rest = drawn.partition("[")
    inside, _, after = rest.partition("]")
    return before, inside, after


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("we [] go", "we [do not] go", Change.NEGATION),
        ("we [can] go", "we [can't] go", Change.NEGATION),
        ("it is [possible] now", "it is [impossible] now", Change.NEGATION),
        ("with [] consent", "with [no] consent", Change.NEGATION),
        ("paid [40] firms", "paid [14] firms", Change.NUMBER),
        ("paid [two] firms", "paid [three] firms", Change.NUMBER),
        ("paid 5 [billion] more", "paid 5 [million] more", Change.UNIT),
        ("rose 5 [percentage points] more", "rose 5 [per cent] more", Change.UNIT),
        ("after 5 [months] of it", "after 5 [years] of it", Change.UNIT),
        ("paid [€]5", "paid [$]5", Change.CURRENCY),
        ("paid 5 million [euros] more", "paid 5 million [dollars] more", Change.CURRENCY),
        ("on [15] March it", "on [14] March it", Change.DATE),
        ("in [2024] it", "in [2025] it", Change.DATE),
        ("May 2024, [two] more", "May 2024, [ten] more", Change.NUMBER),
        ("£290 [a] year", "£290 [per] year", Change.WORDS),
        ("on 14 [June] it", "on 14 [March] it", Change.DATE),
        ("on [Monday] it", "on [Friday] it", Change.DATE),
        ("met [Rahman] twice", "met [Aziz] twice", Change.NAME),
        ("it [will] open", "it [may] open", Change.MODAL),
        ("it [could’ve] opened", "it [would’ve] opened", Change.MODAL),
        ("it [quickly] opened", "it [slowly] opened", Change.WORDS),
        ("it [] opened", "it [slowly] opened", Change.WORDS),
        ("it [will continue] on", "it [continues] on", Change.MODAL),
        ("it [soon] opened", "it [will] opened", Change.WORDS),
        ("the [] reading of it", "the [second] reading of it", Change.NUMBER),
    ],
)
def test_an_english_difference_is_named(ours: str, theirs: str, expected: Change) -> None:
    assert change(ours, theirs) is expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("我们[]反对", "我们[不]反对", Change.NEGATION),
        ("共[130]万个", "共[110]万个", Change.NUMBER),
        ("[3]月开放", "[5]月开放", Change.DATE),
        ("[3]个中心", "[5]个中心", Change.NUMBER),
        ("五百[亿]人", "五百[万]人", Change.UNIT),
        ("五十亿[欧]元", "五十亿[美]元", Change.CURRENCY),
        ("同[日本]合作", "同[越南]合作", Change.NAME),
        ("中方[可能]采取", "中方[必须]采取", Change.MODAL),
        ("[]的问题", "[重要]的问题", Change.WORDS),
        ("双方[]认为", "双方[一贯]认为", Change.WORDS),
        ("[未来]合作", "[今后]合作", Change.WORDS),
    ],
)
def test_a_chinese_difference_is_named(ours: str, theirs: str, expected: Change) -> None:
    assert change(ours, theirs, of="zh") is expected


@pytest.mark.parametrize(
    ("language", "ours", "theirs", "expected"),
    [
        ("es", "[] abriremos", "[no] abriremos", Change.NEGATION),
        ("es", "el puerto [debe] abrir", "el puerto [puede] abrir", Change.MODAL),
        ("ur", "ہم [] کھولیں گے", "ہم [نہیں] کھولیں گے", Change.NEGATION),
        ("fr", "il [peut] ouvrir", "il [doit] ouvrir", Change.MODAL),
    ],
)
def test_other_languages_are_told_by_their_words(
    language: str, ours: str, theirs: str, expected: Change
) -> None:
    assert change(ours, theirs, of=language) is expected


def _differing(ours: str, theirs: str) -> tuple[Differing, list[Word]]:
    written = words_of(ours)
    standing = tuple(Standing(0, at, word) for at, word in enumerate(words_of(theirs)))
    return Differing(tuple(range(len(written))), standing, 0), written


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("health care", "healthcare", True),
        ("co-operation", "cooperation", True),
        ("%", "per cent", True),
        ("organization", "organisation", True),
        ("programs", "programmes", True),
        ("4.9bn", "4.9 billion", True),
        ("10", "ten", True),
        ("US$5", "$5", True),
        ("4.9bn", "4.8 billion", False),
        ("notable", "not able", False),
        ("maybe", "may be", False),
        ("1015", "10-15", False),
        ("its", "it's", False),
        ("well", "we'll", False),
        ("dont", "don't", True),
        ("over night", "overnight", True),
        ("advise", "advice", False),
        ("all", "most", False),
    ],
)
def test_the_same_words_in_other_pieces_or_spellings_are_no_others(
    ours: str, theirs: str, expected: bool
) -> None:
    differing, words = _differing(ours, theirs)
    assert is_spelling(differing, words) is expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("It opens,", "It opens.", False),
        ("It opens.", "It opens and closes.", False),
        ("It opens", "It opens?", False),
        ("It opens.", "It opens?", True),
        ("It opens?", "It opens.", True),
        ("It opens!", "It opens.", True),
    ],
)
def test_a_comma_or_full_stop_may_end_a_quotation_but_a_question_stays_one(
    ours: str, theirs: str, expected: bool
) -> None:
    assert ends_otherwise(ours, len("It opens"), len(ours), theirs, len("It opens")) is expected
