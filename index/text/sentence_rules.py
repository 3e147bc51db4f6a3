"""Knows where a full stop ends no sentence: one named rule for each reason, with its example.

``sentences`` asks the rules about each boundary that the library finds after a full stop; the first
that applies joins the two sides. The words of each language are in its file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import regex

from index.text.folding import fold
from index.text.language import Language

#: A longer word, in characters, is not a shortened one.
_LONGEST_WORD = 12
#: But for those that may be Roman numbers.
_CAPITALS = frozenset("ABDEFGHJKMNOPQRSTUWYZ")
_SMALL_LETTERS = frozenset("abcdefghijklnopqrstuvwxyz")
_OPENING = "([{\"'“‘«„¿¡"
_NUMBER_OR_SMALL_LETTER = regex.compile(r"[\p{Nd}\p{Ll}]|[§#№]|[IVXLC]{1,12}+(?!\w)")
_TIME = re.compile(r"(?<![^\W_])[ap]\.\s?m\.$", re.IGNORECASE)
_DAY_OR_ZONE = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:GMT|UTC|[A-Z]{1,3}T|Eastern|Pacific|Central)\b"
    r"|(?:January|February|March|April|June|July|August|September|October|November|December)\b"
    r"|May\s[0-9]|[a-z0-9(]"
)
_ENDS_IN_NUMBER = regex.compile(r"(?r)(?<![\p{L}\p{N}.,])\p{Nd}{1,3}\.$")
_WORD_BEFORE = regex.compile(r"(?r)(?<!\w)(\w+)\s+$")
_LONGEST_NUMBER = 6
_ONLY_NUMBER = regex.compile(r"(?:\p{Nd}{1,3}|[IVX]{1,5})\.")


@dataclass(frozen=True, slots=True)
class Boundary:
    """A place in a text where one sentence may end, with a full stop, and another begin."""

    text: str
    #: Where the sentence before begins and ends, and where the one after begins; in characters.
    start: int
    stop: int
    following: int
    language: Language

    @property
    def last_word(self) -> str:
        """The word before the full stop, folded; empty if it is none or a long one."""
        begin = max(self.start, self.stop - _LONGEST_WORD - 2)
        last = self.text[begin : self.stop - 1].rpartition(" ")[2]
        if len(last) > _LONGEST_WORD:
            return ""
        return last.lower() if last.isascii() and last.isalpha() else _folded(last)


def _folded(word: str) -> str:
    return fold(word.rsplit(maxsplit=1)[-1].lstrip(_OPENING)) if word.strip() else ""


def after_shortened_word(place: Boundary) -> bool:
    """Tell a title or the like: "M. Blanc", "им. Пушкина"."""
    words = place.language.shortened_words
    return bool(words) and place.last_word in words


def before_number(place: Boundary) -> bool:
    """Tell a word that is shortened before a number: "para. 12", "L. 1114-4", "ст. 5", "5 млн. р".

    A small letter may stand in place of the number.
    """
    words = place.language.numbered_words
    if not words or not _NUMBER_OR_SMALL_LETTER.match(place.text, place.following):
        return False
    return place.last_word in words


def time_of_day(place: Boundary) -> bool:
    """Tell a time from what comes after it: "3 p.m. Tuesday", "10 a.m. EST"."""
    return (
        place.text[place.stop - 2] in "mM"
        and _TIME.search(place.text, max(place.start, place.stop - 6), place.stop) is not None
        and _DAY_OR_ZONE.match(place.text, place.following) is not None
    )


def number_before_small_letter(place: Boundary) -> bool:
    """Tell an ordinal: "Anayasanın 3. maddesi", "20. yüzyılda"."""
    return place.text[place.following].islower() and _number_before(place) is not None


def ordinal_before_capital(place: Boundary) -> bool:
    """Tell an ordinal before a noun in capitals by the word before it: "Der 2. Weltkrieg"."""
    words = place.language.before_ordinals
    number = _number_before(place) if words else None
    if number is None:
        return False
    begin = max(place.start, number.start() - _LONGEST_WORD)
    before = _WORD_BEFORE.search(place.text, begin, number.start())
    return before is not None and fold(before[1]) in words


def number_alone(place: Boundary) -> bool:
    """Tell a number that would be a sentence by itself: "2. Dünya Savaşı", "1. We shall"."""
    if place.stop - place.start > _LONGEST_NUMBER:
        return False
    return _ONLY_NUMBER.fullmatch(place.text, place.start, place.stop) is not None


def no_beginning(place: Boundary) -> bool:
    """Tell what no sentence begins with: "av. J.-C."."""
    return place.text[place.following] in "-‐–,;:"


def _number_before(place: Boundary) -> regex.Match[str] | None:
    """Return the number of up to three digits that ends at the full stop."""
    if not place.text[place.stop - 2].isdigit():
        return None
    return _ENDS_IN_NUMBER.search(place.text, max(place.start, place.stop - 6), place.stop)


#: In the order in which they are tried.
RULES: tuple[Callable[[Boundary], bool], ...] = (
    after_shortened_word,
    before_number,
    time_of_day,
    number_before_small_letter,
    ordinal_before_capital,
    number_alone,
    no_beginning,
)


def ends_plainly(text: str, start: int, stop: int, following: int, language: Language) -> bool:
    """Return whether it takes no more than a glance that a sentence ends here, as most do.

    It ends in a word of small letters that is not shortened, and the next begins with a capital.
    """
    if text[following] not in _CAPITALS or text[stop - 2] not in _SMALL_LETTERS:
        return False
    last = text[max(start, stop - 9) : stop - 1].rpartition(" ")[2]
    return last.isalpha() and last.isascii() and last.lower() not in language.shortened_words


def rule_for(place: Boundary) -> str:
    """Return the name of the rule by which no sentence ends at *place*; empty if one ends."""
    for rule in RULES:
        if rule(place):
            return rule.__name__
    return ""
