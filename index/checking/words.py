"""Splits quotations and passages into the words by which they are compared, each with its place.

Nothing that a reader would call another word is made equal here: unlike ``folding``, accents and
clitics stay. White space, invisible characters, ligatures and the variants of a letter or character
make no difference; capitals and accents make a difference of spelling, not of words. What stands
between words is compared by ``marks_between``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from index.text.hanzi import simplified
from index.text.words import UNSPACED

_SIGNS = r"%‰٪％\p{Sc}"
# A number keeps the marks inside it, as 1,000 and 26.5 are one word each; so do U.S. and don't.
# What comes first says no more than what comes last; most words are such, and twice as fast read.
_WORD = regex.compile(
    rf"""(?V1x)
    [A-Za-z]++ (?= [\x20,;:] )
  | (?<!\w) (?: US | AU? | C | NZ | HK | S ) \$
  | [{_SIGNS}]
  | [{UNSPACED}]
  | \p{{Nd}}+ (?: [.,٬٫] \p{{Nd}}+ | [\xa0\u2009\u202f] \p{{Nd}}{{3}} (?!\p{{Nd}}) )*+
    (?: [\p{{L}}\p{{M}}--[{UNSPACED}]]++ )?+
  | (?<!\w) \p{{L}} (?: \.\p{{L}} )++ (?!\w) \.?+
  | [[\w\p{{No}}]--[_{UNSPACED}]] [[\w\p{{M}}\p{{Cf}}\p{{No}}]--[_{UNSPACED}]]*+
    (?: ['’ʼ‘] [[\p{{L}}\p{{M}}]--[{UNSPACED}]]++ )*+
    """
)
#: What a transcript notes and nobody said, "(Applause.)", a writer's "(sic)", and the letters and
#: numbers of items, "(a)": marks, and no words.
_NOTES = (
    "applause|laughter|laughs|laughing|cheers|cheering|inaudible|indiscernible|crosstalk|pause"
    "|audio gap|break|off[- ]mic|no audible response|overlapping conversation|sic"
    "|(?:via|through|as|in) (?:an? |the )?(?:interpret(?:er|ed)|translat(?:or|ion|ed))"
    "|risas|aplausos|rires|applaudissements|笑声|笑|掌声|众笑|قہقہہ|تالیاں"
)
_NOTE = regex.compile(
    rf"(?i)[(\[（［](?:\s{{0,3}}(?:{_NOTES})[^()\[\]（）]{{0,40}}|[a-z]|[ivx]{{1,4}}|[0-9]{{1,2}})[)\]）］]"
)
_BRACKET = regex.compile(r"[(\[（［]")
#: Quotation marks and apostrophes of all kinds are one mark: nested quotations change theirs.
_QUOTES = regex.compile(r"[\"'“”„‟‘’‚‛«»‹›「」『』〝〞＂＇｢｣ʼ`´]")
_DASHES = regex.compile(r"[-‐‑‒–—―−﹣－]+")
_DOTS = regex.compile(r"(?:\.\s*){3,}|…+|⋯+")
_INVISIBLE = regex.compile(r"[\p{Cf}\p{Cc}\ufe00-\ufe0f\s_*>]+")
#: An ending that a writer adapted, as grammar asks for: agree[d]. Other letters in brackets make
#: another word: [un]likely.
_ADAPTED_ENDING = regex.compile(r"(?P<kept>[^\[\]]+)\[(?:'?s|es|d|ed|ing|n|en|ly|y|ies)\]")
_BRACKETS = regex.compile(r"[\[\]]")
#: Code points that are one letter, as keyboards and typesetters choose between them. Letters that
#: are told apart in a language that has both, such as ہ and ھ in Urdu, are not among them.
_ONE_LETTER = str.maketrans(
    {
        **dict.fromkeys("’ʼ‘´`＇ʹ", "'"),
        **dict.fromkeys("يى", "ی"),
        **dict.fromkeys("كڪ", "ک"),
        **dict.fromkeys("هۀ", "ہ"),
        **dict.fromkeys("ةۃ", "ۃ"),
        "ٱ": "ا",
        "٬": ",",
        "٫": ".",
    }
)
#: Marks of other scripts, as those of Latin.
_SAME_MARK = str.maketrans("。۔।،؛؟", "...,;?")
#: Vowel points, which Arabic, Urdu and Hebrew texts may leave out.
_POINTS = regex.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u0591-\u05c7]+")
#: Words that share so many first letters may be forms of one.
BEGINNING = 4
_CLITIC = regex.compile(r"(?:n't|'\w{1,2})$")
#: Small words that are something else in capitals.
_OTHER_IN_CAPITALS = frozenset(("us", "who", "it", "aids"))
_MARKS = regex.compile(r"\p{M}+")
_THOUSANDS = regex.compile(r"(?<=\d)[,\s](?=\d\d\d(?!\d))")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    #: Offsets in the text, in characters, end exclusive.
    start: int
    stop: int
    #: As it is spelled, with its capitals and accents.
    spelled: str
    #: As words are compared.
    plain: str
    #: Of a word to which a writer gave another ending in brackets, the rest: "look" of look[ed].
    kept: str = ""


def words_of(text: str, start: int = 0, stop: int | None = None) -> list[Word]:
    """Return the words of *text*, or of the slice of it, in order.

    >>> [word.plain for word in words_of("We’ll pay $1,000 — the U.S. won't.")]
    ["we'll", 'pay', '$', '1000', 'the', 'US', "won't"]
    """
    end = len(text) if stop is None else stop
    found = [Word(*match.span(), *_forms(match[0])) for match in _WORD.finditer(text, start, end)]
    if not _BRACKET.search(text, start, end):
        return found
    notes = [note.span() for note in _NOTE.finditer(text, start, end)]
    return (
        [one for one in found if not any(a < one.start < b for a, b in notes)] if notes else found
    )


def word_within_brackets(text: str, start: int, stop: int) -> Word:
    """Return the one word of a slice in which brackets mark adapted letters: ``[w]e``."""
    written = text[start:stop]
    ending = _ADAPTED_ENDING.fullmatch(written)
    _, kept = _forms(ending["kept"]) if ending else ("", "")
    return Word(start, stop, *_forms(_BRACKETS.sub("", written)), kept)


@lru_cache(maxsize=65_536)
def _forms(written: str) -> tuple[str, str]:
    """Return a word as it is spelled, and as it is compared."""
    letters = _INVISIBLE.sub("", unicodedata.normalize("NFKC", written)).translate(_ONE_LETTER)
    spelled = simplified(_POINTS.sub("", letters)) or letters or written
    plain = spelled.casefold()
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain)) or plain
        plain = unicodedata.normalize("NFC", plain).translate(_ONE_LETTER)
        plain = "".join(map(_digit, plain)) if not plain.isalpha() else plain
    if plain[:1].isdigit():
        plain = _THOUSANDS.sub("", plain)
    elif "." in plain:
        plain = plain.replace(".", "")
    if plain in _OTHER_IN_CAPITALS and spelled.replace(".", "").isupper():
        plain = plain.upper()
    return spelled, plain


def _digit(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def beginning_of(word: Word) -> str:
    """Return the beginning of *word*, by which "year" and "years", "are" and "aren't" are alike."""
    plain = word.plain
    return (_CLITIC.sub("", plain) if "'" in plain else plain)[:BEGINNING]


def marks_between(text: str, start: int, stop: int) -> str:
    """Return the marks in a slice of *text* between two words, as marks are compared.

    Quotation marks are left out, as those of a quotation within a quotation are changed or
    dropped; dashes and hyphens are one mark, and so are the dots of full width and the usual ones.

    >>> marks_between("left — but", 4, 7), marks_between("left--but", 4, 6)
    ('-', '-')
    """
    between = text[start:stop]
    if between in (" ", ""):
        return ""
    return _marks(between)


@lru_cache(maxsize=4096)
def _marks(between: str) -> str:
    plain = _DOTS.sub("…", _QUOTES.sub("", _NOTE.sub("", between)))
    plain = _DASHES.sub("-", plain)
    plain = unicodedata.normalize("NFKC", plain.replace("…", "\0")).replace("\0", "…")
    plain = _DASHES.sub("-", _BRACKETS.sub("", plain))
    return _INVISIBLE.sub("", plain).translate(_SAME_MARK)


def joined(words: Sequence[Word]) -> str:
    """Return *words* in one piece, as "health care" and "healthcare" are alike."""
    return "".join(word.plain for word in words).replace("n't", "nt")
