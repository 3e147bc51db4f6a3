"""Folds a word to the form in which words are compared.

What people leave out or vary when they type is made equal: case, accents, vowel points, apostrophes
and letters that keyboards write differently. The rules are the same for all languages; what depends
on a language is left to ``stemming``.

Arabic letters become those of Arabic, not of Persian or Urdu, because the Arabic stemmer knows only
those. Turkish dotted and dotless i become one letter: many people type without the dotless one, and
its capital is the common I.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

from index.text.hanzi import simplified

#: Characters that folding never changes: Han, kana without voicing marks of their own, Hangul.
_UNCHANGED = regex.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\u3041-\u3096\u30a1-\u30fa\u30fc\uac00-\ud7a3]+"
)
#: Left out: accents, vowel points, joiners and other invisible characters. The breve of й is kept,
#: as the Russian stemmer needs it. The dot below a borrowed letter in Hindi is often left out by
#: writers, but not that of ड़ and ढ़, which are letters of their own.
_LEFT_OUT = regex.compile(
    r"[\u0300-\u0305\u0307-\u036f\u0591-\u05bd\u05bf-\u05c7"
    r"\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    r"\ufe00-\ufe0f\p{Cf}]"
    r"|(?<![иИ])\u0306"
    r"|(?<![डढ])\u093c"
)
#: A nasal before a consonant of its class, which Devanagari also writes as a dot: हिन्दी, हिंदी.
_NASAL = regex.compile("ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])")
#: Variants of a letter that Unicode does not decompose.
VARIANTS = {
    "ي": "یىېۍ",
    "ك": "کڪ",
    "ه": "ہھەةۃ",
    "ا": "ٱ",
    "ं": "ँ",
    "'": "’‘ʼ′",
}
_ONE_LETTER = str.maketrans(
    {variant: letter for letter, variants in VARIANTS.items() for variant in variants}
    | {"ı": "i", "đ": "d", "ð": "d", "ħ": "h", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th"}
    | {"٫": "."}
)
#: A longer word, in characters, is not remembered, and more marks on one letter are not read: the
#: library takes the square of their number. Thirty is the limit of Unicode's Stream-Safe Text
#: Format (UAX #15, section 13).
_LONGEST = 64
_FLOOD = regex.compile(r"(\p{M}{30})\p{M}+")
_DIGIT = regex.compile(r"(?V1)[\p{Nd}--[0-9]]")
_CLITIC = regex.compile(r"'(?:s|ll|re|ve|d|m)$")
#: A French, Italian or Catalan word before a vowel: l'Europe, qu'elle, dell'Italia.
_ELIDED = regex.compile(
    r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|un|cos|all|dall|dell|nell|sull|quest|quell)"
    r"'(?=[aeiouyh])"
)
_SEPARATOR = regex.compile("[',٬]")
_SEPARATOR_OR_DOT = regex.compile("[',٬.]")


def fold(word: str) -> str:
    """Return *word* as words are compared: lower case, no accents, no dots or thousands commas.

    Folding a folded word changes nothing. A word of marks only stays as it is, so that no word
    becomes empty.

    >>> [fold(w) for w in ("Pakistan’s", "U.S.", "1,000", "26.5", "Élysée")]
    ['pakistan', 'us', '1000', '26.5', 'elysee']
    >>> [fold(w) for w in ("l’Europe", "Straße", "๒๕๖๘", "ΛΌΓΟΣ", "Đà Nẵng", "İstanbul", "Łódź")]
    ['europe', 'strasse', '2568', 'λογοσ', 'da nang', 'istanbul', 'lodz']
    """
    if word.isascii():
        lower = word.lower()
        return lower if lower.isalpha() else _without_marks(lower)
    if "\u4e00" <= word < "\ua000" and "\u4e00" <= word[-1] < "\ua000" and len(word) < 3:
        # One or two Han characters, as terms in Chinese are: too many for the cache.
        return simplified(word)
    # Not a word, and it would stay in the cache.
    return _folded(word) if len(word) <= _LONGEST else _folded.__wrapped__(word)


@lru_cache(maxsize=16_384)
def _folded(word: str) -> str:
    if _UNCHANGED.fullmatch(word):
        return simplified(word)
    plain = _without_accents(_without_accents(word).casefold())
    letters = unicodedata.normalize("NFC", _NASAL.sub("ं", plain.translate(_ONE_LETTER)))
    digits = _DIGIT.sub(
        lambda match: str(unicodedata.decimal(match.group(), match.group())), letters
    )
    folded = _without_marks(digits) if digits else unicodedata.normalize("NFC", word)
    return simplified(folded) if max(folded) >= "\u3400" else folded


def _without_accents(word: str) -> str:
    word = _FLOOD.sub(r"\1", word) if len(word) > _LONGEST else word
    return str(_LEFT_OUT.sub("", unicodedata.normalize("NFKD", word)))


def _without_marks(folded: str) -> str:
    """Return *folded* without apostrophes, elided articles, and thousands separators.

    Dots are left out too, except from numbers.
    """
    if not folded:
        return folded
    marks = _SEPARATOR if folded[0].isdigit() else _SEPARATOR_OR_DOT
    word = _ELIDED.sub("", _CLITIC.sub("", folded)) if "'" in folded else folded
    return marks.sub("", word) or folded
