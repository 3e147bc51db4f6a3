"""Folded words: what people vary when they type is equal, and what they mean is not."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text.folding import fold
from index.text.hanzi import simplified

# Letters that change length or class when folded, marks, joiners, apostrophes, digits, and scripts.
ODD = st.sampled_from(
    [
        *(
            "İ",
            "ı",
            "ß",
            "ﬁ",
            "ﷺ",
            "e\u0301",
            "\u0301",
            "½",
            "²",
            "①",
            "ǅ",
            "Ⅷ",
            "ℌ",
            "\u0345",
            "ŉ",
        ),
        *("й", "и\u0306", "ї", "Σ", "ς", "ड़", "ड\u093c", "ज़", "हिन्दी", "न्", "ँ", "ُ", "ٱ", "ۀ", "ئ"),
        *("٢", "۵", "৩", "๔", "𝟘", "٬", "٫", "中", "が", "か\u3099", "ｶﾞ", "한", "ไทย", "ำ", "đ"),
        *(
            "’s",
            "'",
            "’",
            ".",
            ",",
            "l’",
            "qu'",
            "1,000",
            "U.S.",
            "\u200c",
            "\u200d",
            "\u00ad",
            "\ufe0f",
        ),
        *("a", "E", "7", "_", " "),
    ]
)
WORDS = st.one_of(st.text(max_size=12), st.lists(ODD, max_size=7).map("".join))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        # Case, accents, apostrophes, dots and commas.
        (["Pakistan’s", "Pakistan's", "PAKISTAN", "pakistanʼs"], "pakistan"),
        (["we’re", "We'll", "we"], "we"),
        (["O’Neill", "O'NEILL", "oneill"], "oneill"),
        (["U.S.", "U.S", "us"], "us"),
        (["Élysée", "E\u0301lyse\u0301e", "elysee"], "elysee"),
        (["ﬁnal", "final"], "final"),
        (["1,000", "1000", "１，０００", "1'000"], "1000"),
        (["1,000.5", "١٬٠٠٠٫٥", "۱۰۰۰٫۵", "1000.5"], "1000.5"),
        (["2025", "٢٠٢٥", "۲۰۲۵", "२०२५", "২০২৫", "๒๐๒๕", "2025's"], "2025"),
        (["ＣＰＥＣ", "CPEC", "C.P.E.C."], "cpec"),
        # What is elided before a vowel.
        (["l’Europe", "L'Europe", "d’Europe", "europe"], "europe"),
        (["qu'elle", "elle"], "elle"),
        (["dell'Italia", "all’Italia", "ITALIA"], "italia"),
        (["N'Djamena", "NDjamena"], "ndjamena"),
        # Letters of the Latin script without a decomposition.
        (["Straße", "STRASSE"], "strasse"),
        (["İzmir", "izmir", "IZMIR", "ızmir"], "izmir"),
        (["Łódź", "Lodz"], "lodz"),
        (["Đồng", "dong"], "dong"),
        (["Tromsø", "TROMSO"], "tromso"),
        (["Ægir", "aegir"], "aegir"),
        # Greek and Cyrillic.
        (["Λόγος", "ΛΟΓΟΣ", "λογοσ"], "λογοσ"),
        (["Ёлка", "елка"], "елка"),
        (["новый", "новыи\u0306", "НОВЫЙ"], "новый"),
        # Arabic, Persian and Urdu write some letters differently, and leave points out.
        (["مُحَمَّد", "محمد", "محـمد"], "محمد"),
        (["کتاب", "كتاب", "ڪتاب"], "كتاب"),
        (["فارسی", "فارسي", "فارسى"], "فارسي"),
        (["ہوا", "هوا", "ھوا"], "هوا"),
        (["مدینة", "مدينه", "مدینۃ"], "مدينه"),
        (["خانۀ", "خانه", "خانە", "خانهٔ"], "خانه"),
        (["آب", "أب", "اب", "ٱب", "إب"], "اب"),
        (["مسؤول", "مسوول"], "مسوول"),
        (["رئیس", "رييس"], "رييس"),
        (["رحمٰن", "رحمن"], "رحمن"),
        (["می‌خواهم", "میخواهم"], "ميخواهم"),
        # Devanagari: dots below and above, and nasals.
        (["ज़रूरी", "ज\u093cरूरी", "जरूरी"], "जरूरी"),
        (["सड़क", "सड\u093cक"], "सड\u093cक"),
        (["हाँ", "हां"], "हां"),
        (["हिन्दी", "हिंदी"], "हिंदी"),
        (["सम्बन्ध", "संबंध"], "संबंध"),
        (["क\u094d\u200dया", "क्या"], "क्या"),
        # East Asia.
        (["中方", "中方"], "中方"),
        (["ｶﾞｽ", "ガス", "カ\u3099ス"], "ガス"),
        (["한국", "한국"], "한국"),
    ],
)
def test_what_people_vary_is_equal(written: list[str], folded: str) -> None:
    assert {fold(word) for word in written} == {folded}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("सड़क", "सडक"),
        ("अन्य", "अंय"),
        ("लड़की", "लड़के"),
        ("لڑکی", "لڑکے"),
        ("कि", "की"),
        ("мой", "мои"),
        ("26.5", "265"),
        ("が", "か"),
    ],
)
def test_what_people_mean_differently_stays_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(WORDS)
@example("ℌ")
@example("it's's")
@example(".5,3")
@example("l'd'a")
@example("\u0345a")
@example("न\u200d\u094dद")
def test_what_is_folded_stays_when_folded_again(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(WORDS)
@example("\u0344")
def test_composed_and_decomposed_letters_are_equal(word: str) -> None:
    forms = {fold(unicodedata.normalize(form, word)) for form in ("NFC", "NFD")}
    assert len(forms) == 1


@given(WORDS.filter(bool))
@example("'")
@example("’s")
@example("...")
@example("\u200d")
@example("\u0301")
def test_no_word_becomes_empty(word: str) -> None:
    assert fold(word)


def test_nothing_stays_nothing() -> None:
    assert fold("") == ""


def test_every_letter_mark_and_number_of_unicode_is_folded_once_and_for_all() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if unicodedata.category(character)[0] in "LMN":
            folded = fold(character)
            assert folded, f"U+{code:04X}"
            assert fold(folded) == folded, f"U+{code:04X}"


def test_every_decimal_digit_of_unicode_is_an_ascii_digit() -> None:
    """Oracle: the standard library's own reading of them."""
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)) == "Nd":
            assert fold(chr(code)) == str(int(chr(code))), f"U+{code:04X}"


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1))
def test_han_characters_are_only_simplified(word: str) -> None:
    assert fold(word) == simplified(word)


@pytest.mark.parametrize(
    "word",
    [
        "a" * 100_000,
        "ü" * 100_000,
        "न्द" * 30_000,
        "'" * 100_000,
        "a" + "\u0301" * 99_999 + "\u0316" * 99_999,
    ],
)
def test_a_word_of_any_length_is_folded(word: str) -> None:
    assert fold(fold(word)) == fold(word)
