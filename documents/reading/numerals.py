"""Writes the number of a list item as word processors print it: "iv", "AB", "三", "ب".

Which number an item has is counted by the readers of each format.
"""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_CHINESE = "零一二三四五六七八九"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_HEBREW_LETTERS = "אבגדהוזחטיכלמנסעפצקרשת"
_HEBREW = (
    *((400, "ת"), (300, "ש"), (200, "ר"), (100, "ק"), (90, "צ"), (80, "פ"), (70, "ע"), (60, "ס")),
    *((50, "נ"), (40, "מ"), (30, "ל"), (20, "כ"), (16, "טז"), (15, "טו"), (10, "י"), (9, "ט")),
    *((8, "ח"), (7, "ז"), (6, "ו"), (5, "ה"), (4, "ד"), (3, "ג"), (2, "ב"), (1, "א")),
)
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


def letters(number: int) -> str:
    """Return *number* as a spreadsheet names columns: a … z, aa, ab.

    >>> letters(3), letters(28)
    ('c', 'ab')
    """
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def doubled(number: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """Return *number* as Word letters it: a … z, then aa, bb … zz, aaa.

    >>> doubled(3), doubled(28)
    ('c', 'bb')
    """
    times, place = divmod(number - 1, len(alphabet))
    return alphabet[place] * (times + 1)


def roman(number: int) -> str:
    """Return *number* in small Roman numerals.

    >>> roman(14)
    'xiv'
    """
    return _added(number, _ROMAN)


def chinese(number: int) -> str:
    """Return *number*, up to 99, as Chinese counts: 二十一.

    >>> chinese(3), chinese(10), chinese(21)
    ('三', '十', '二十一')
    """
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _CHINESE[ones]
    return (_CHINESE[tens] if tens > 1 else "") + "十" + (_CHINESE[ones] if ones else "")


def ordinal(number: int) -> str:
    """Return *number* as English orders it: 1st, 2nd, 11th."""
    return f"{number}{'th' if number // 10 % 10 == 1 else _SUFFIXES.get(number % 10, 'th')}"


def _added(number: int, worths: tuple[tuple[int, str], ...]) -> str:
    text = ""
    for worth, sign in worths:
        times, number = divmod(number, worth)
        text += sign * times
    return text


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1)


def _full_width(number: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(number))


#: Up to which number a format is written as its function does; beyond, digits stand.
_FORMATS: dict[str, tuple[int, Callable[[int], str]]] = {
    "decimalZero": (99, lambda number: f"{number:02}"),
    "lowerLetter": (780, doubled),
    "upperLetter": (780, lambda number: doubled(number).upper()),
    "lowerRoman": (3999, roman),
    "upperRoman": (3999, lambda number: roman(number).upper()),
    "ordinal": (9999, ordinal),
    "decimalFullWidth": (9999, _full_width),
    "decimalFullWidth2": (9999, _full_width),
    "decimalEnclosedCircle": (20, _circled),
    "decimalEnclosedCircleChinese": (20, _circled),
    "russianLower": (29, lambda number: doubled(number, _RUSSIAN)),
    "russianUpper": (29, lambda number: doubled(number, _RUSSIAN).upper()),
    "arabicAlpha": (28, lambda number: doubled(number, _ARABIC)),
    "arabicAbjad": (28, lambda number: doubled(number, _ABJAD)),
    "hebrew1": (499, lambda number: _added(number, _HEBREW)),
    "hebrew2": (22, lambda number: doubled(number, _HEBREW_LETTERS)),
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "ideographDigital"),
            *("taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting"),
            "koreanDigital2",
        ),
        (99, chinese),
    ),
}
#: Printed as digits.
DIGITS = frozenset({"decimal", "decimalHalfWidth", "numberInDash"})


def is_known(form: str) -> bool:
    """Return whether a number is written as Word's format *form* prints it (ST_NumberFormat)."""
    return form in _FORMATS or form in DIGITS or form in ("none", "bullet")


def numeral(number: int, form: str) -> str:
    """Return *number* as Word's format *form* prints it; in digits if that is not known.

    >>> numeral(4, "upperRoman"), numeral(4, "decimal"), numeral(4, "none")
    ('IV', '4', '')
    """
    if form == "none":
        return ""
    most, write = _FORMATS.get(form, (0, str))
    return write(number) if 0 < number <= most else str(number)
