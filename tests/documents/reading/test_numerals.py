from __future__ import annotations

import pytest

from documents.reading.numerals import chinese, letters, numeral, roman


@pytest.mark.parametrize(
    ("number", "written"), [(1, "i"), (4, "iv"), (1987, "mcmlxxxvii"), (3999, "mmmcmxcix")]
)
def test_a_roman_number_is_written_by_subtraction(number: int, written: str) -> None:
    assert roman(number) == written


def test_every_roman_number_reads_back() -> None:
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    for number in range(1, 4000):
        digits = [worth[letter] for letter in roman(number)]
        following = [*digits[1:], 0]
        signed = (-one if one < two else one for one, two in zip(digits, following, strict=True))
        assert sum(signed) == number


def test_letters_of_columns_are_all_different_and_in_order() -> None:
    written = [letters(number) for number in range(1, 800)]
    assert written[:3] == ["a", "b", "c"]
    assert written[25:28] == ["z", "aa", "ab"]
    assert sorted(written, key=lambda one: (len(one), one)) == written


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_chinese_counts_in_tens(number: int, written: str) -> None:
    assert chinese(number) == written


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (27, "upperLetter", "AA"),
        (28, "lowerLetter", "bb"),
        (11, "ordinal", "11th"),
        (22, "ordinal", "22nd"),
        (15, "hebrew1", "טו"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (12, "decimalFullWidth", "１２"),
        (0, "lowerRoman", "0"),
        (5, "none", ""),
        (100, "chineseCounting", "100"),
        (7, "no such form", "7"),
    ],
)
def test_a_number_beyond_its_form_is_written_in_digits(
    number: int, form: str, written: str
) -> None:
    assert numeral(number, form) == written
