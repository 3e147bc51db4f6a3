"""Splits texts and phrases into the words by which exact phrases are compared.

Unlike the terms that questions are ranked by, these are all words, small ones too, folded but not
stemmed. Apostrophes, hyphens and dots separate words, in a phrase as in a text; where an apostrophe
or a dot joins two, as in ``O'Leary``, ``U.S.`` and ``2.5``, that is noted, and so is each sign of a
currency or of a percentage. ``word_positions`` finds where the words stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from index.text.folding import fold
from index.text.words import UNSPACED

# What joins two numbers, two letters, or two initials: "2.5", "5 000", "don't", "U.S.". The marks
# come first, so that at most characters nothing more is tried.
_JOINT = r"""
    [.,'’٫٬] (?<=\d.) (?=\d)
  | [\xa0\u2009\u202f] (?<=\d.) (?=\d\d\d(?!\d))
  | ['’] (?<=[^\W\d_].) (?=[^\W\d_])
  | \. (?<=[^\W\d_].) (?<![^\W_]..) (?=[^\W\d_](?![^\W_]))
"""
#: The common space between thousands; it may stand between two numbers, too: "Article 5 300 MPs".
_SPACE = r"""
    \x20 (?<=\d.) (?=\d\d\d(?!\d))
    (?: (?<![\d.,]\d.) | (?<=\d\d.)(?<![\d.,]\d\d.) | (?<=\d\d\d.)(?<![\d.,]\d\d\d.) )
"""
#: Invisible characters, marks, raised numbers, and scripts that ``re`` splits otherwise.
_UNUSUAL = re.compile(
    r"[\xad\xb2\xb3\xb9\xbc-\xbe\u0300-\u036f\u0483-\u0489\u0530-\u1dff\u200b-\u200f"
    r"\u202a-\u202e\u203f\u2040\u2054\u2060-\u209f\u20c1-\u20ff\u2150-\u215f\u2189"
    r"\u2460-\u2bff\u2c00-\U0010ffff]"
)
#: The same pieces as ``_PIECE`` finds, in a text without ``_UNUSUAL`` characters, in half the time.
_USUAL_PIECE = re.compile(rf"(?x) [^\W_]+ | {_JOINT} | {_SPACE} | [$%¢-¥‰\u20a0-\u20c0]")
_PIECE = regex.compile(
    rf"""(?V1x)
    (?P<sign> [%‰٪％\p{{Sc}}] )
  | (?P<word>
        [{UNSPACED}]
      | [[\w\p{{No}}]--[_{UNSPACED}\p{{Cf}}]] [[\w\p{{No}}\p{{Cf}}]--[_{UNSPACED}]]*+
    )
  | (?P<joint> {_JOINT} )
  | (?P<space> {_SPACE} )
    """
)
_SIGN = regex.compile(r"[%‰٪％\p{Sc}]")
_JOINTS = frozenset(".,'’٫٬\xa0\u2009\u202f")
#: What may join two numbers, and may not.
SPACE = " "
_THREE_DIGITS, _ONE_TO_THREE_DIGITS = re.compile("[0-9]{3}"), re.compile("[0-9]{1,3}")
_DIGIT = regex.compile(r"\p{N}")
_LAST_THREE_DIGITS = re.compile(r"[0-9]{3}\D*")
_DIGITS = re.compile(r"([0-9]{4,})(\D*)")
#: A longer word, in letters, is written with no apostrophe or dots that a person could leave out.
_LONGEST = 40
#: No number that people write has more thousands.
_MOST_THREES = 5
#: Initials are joined into words of so many letters: U.S., U.S.S.R.
_MOST_INITIALS = 6


@dataclass(frozen=True, slots=True)
class Gap:
    """What must stand, or not, between two words of a phrase, or at either end of it."""

    #: The signs there, folded: ``$``, ``%``.
    signs: tuple[str, ...] = ()
    #: Whether the words must be joined, or must not be; ``None`` if either will do. A common space
    #: between thousands joins them where they must be, and does not where they must not.
    joined: bool | None = None


#: A gap of which nothing is asked.
ANY = Gap()


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a word of a phrase: in one piece, or in several."""

    pieces: tuple[str, ...]
    #: For each piece but the first, whether it must be joined to the one before it.
    joined: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it is looked for."""

    #: Of each word in order, the ways to write it.
    words: tuple[tuple[Spelling, ...], ...]
    #: What is before the first word, between each two, and after the last.
    gaps: tuple[Gap, ...]


def pieces_of(text: str) -> list[str]:
    """Return the words, joints and signs of *text* as written, in order.

    >>> pieces_of("O'Leary paid $2.5 million.")
    ['O', "'", 'Leary', 'paid', '$', '2', '.', '5', 'million']
    """
    if _UNUSUAL.search(text):
        return [match[0] for match in _PIECE.finditer(text)]
    return _USUAL_PIECE.findall(text)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return the (start, stop) of each word of *text*, in characters."""
    return [match.span() for match in _PIECE.finditer(text) if match["word"]]


def is_joint(piece: str) -> bool:
    """Return whether *piece*, one of ``pieces_of`` a text, joins two words, or may."""
    return piece in _JOINTS or piece == SPACE


def is_sign(piece: str) -> bool:
    """Return whether *piece*, one of ``pieces_of`` a text, is a sign."""
    return len(piece) == 1 and bool(_SIGN.match(piece))


def folded_sign(sign: str) -> str:
    """Return *sign* as signs are compared: that of full width as the usual one."""
    return "%" if sign == "٪" else unicodedata.normalize("NFKC", sign)


@dataclass(slots=True)
class _Part:
    """A word of a phrase as written, with what stands before it."""

    word: str
    signs: list[str]
    #: Whether a joint stands before it, and whether nothing but white space does.
    joined: bool
    spaced: bool


@lru_cache(maxsize=32)
def read_phrase(phrase: str) -> Phrase:
    """Return *phrase* as it is looked for.

    A number is found with and without its thousands separators, and letters with and without the
    apostrophe or the dots between them. No number is found within another.

    >>> [word[0].pieces for word in read_phrase("Élysée, 1,000").words]
    [('elysee',), ('1', '000')]
    """
    parts, after = _parts(phrase)
    words: list[tuple[Spelling, ...]] = []
    gaps: list[Gap] = []
    known: dict[str, tuple[Spelling, ...]] = {}
    at = 0
    while at < len(parts):
        stop = at + 1
        while stop < len(parts) and _belongs(parts, at, stop):
            stop += 1
        first = parts[at]
        apart = _is_number(first.word) and (
            at == 0 or (_is_number(parts[at - 1].word) and not first.spaced)
        )
        gaps.append(
            Gap(tuple(first.signs), False if apart else None) if apart or first.signs else ANY
        )
        if stop > at + 1:
            words.append(_spellings(parts[at:stop]))
        else:
            if first.word not in known:
                known[first.word] = _spellings([first])
            words.append(known[first.word])
        at = stop
    ends_in_number = bool(parts) and _is_number(parts[-1].word)
    gaps.append(Gap(tuple(after), False if ends_in_number else None))
    return Phrase(tuple(words), tuple(gaps))


def _parts(phrase: str) -> tuple[list[_Part], list[str]]:
    """Return the words of *phrase*, and the signs after the last."""
    parts: list[_Part] = []
    signs: list[str] = []
    joined, end = False, 0
    if not _DIGIT.search(phrase):
        # What is between words matters only between numbers.
        for piece in pieces_of(phrase):
            if is_joint(piece):
                joined = True
            elif is_sign(piece):
                signs.append(folded_sign(piece))
            else:
                parts.append(_Part(fold(piece), signs, joined, False))
                signs, joined = [], False
        return parts, signs
    for match in _PIECE.finditer(phrase):
        if match["word"]:
            spaced = not phrase[end : match.start()].strip()
            parts.append(_Part(fold(match[0]), signs, joined, spaced))
            signs, joined, end = [], False, match.end()
        elif match["joint"]:
            joined = True
        elif match["sign"]:
            signs.append(folded_sign(match[0]))
    return parts, signs


def _belongs(parts: Sequence[_Part], first: int, at: int) -> bool:
    """Return whether the word *at* is one with those from *first* on: "5 000", "O'Leary"."""
    part = parts[at]
    if part.joined or part.signs:
        return part.joined and not part.signs
    return (
        part.spaced
        and at - first < _MOST_THREES
        and _are_thousands([one.word for one in parts[first : at + 1]])
    )


def _spellings(parts: Sequence[_Part]) -> tuple[Spelling, ...]:
    """Return the ways to write a word that is written in *parts*."""
    pieces = tuple(part.word for part in parts)
    if len(pieces) == 1:
        long = _DIGITS.fullmatch(pieces[0])
        return (Spelling(pieces), _with_separators(*long.groups())) if long else (Spelling(pieces),)
    number = _is_number(pieces[0])
    written = Spelling(pieces, tuple(number and one.joined for one in parts[1:]))
    if number and not _are_thousands(pieces):
        return (written,)
    return (written, Spelling(("".join(pieces),)))


def _are_thousands(pieces: Sequence[str]) -> bool:
    first, *others, last = pieces
    return (
        bool(_ONE_TO_THREE_DIGITS.fullmatch(first))
        and all(map(_THREE_DIGITS.fullmatch, others))
        and bool(_LAST_THREE_DIGITS.fullmatch(last))
    )


def _with_separators(digits: str, unit: str) -> Spelling:
    """Return a number of *digits*, and the *unit* written after it, with thousands separators."""
    first = len(digits) % 3 or 3
    *threes, last = (digits[at : at + 3] for at in range(first, len(digits), 3))
    pieces = (digits[:first], *threes, last + unit)
    return Spelling(pieces, (True,) * (len(pieces) - 1))


def may_have_marks(word: str) -> bool:
    """Return whether *word* may be written with a mark that was left out: OLeary, dont."""
    return len(word) <= _LONGEST and word.isalpha()


def initials_of(word: str) -> tuple[str, ...]:
    """Return the letters of *word* if it may be written as initials: USSR; none otherwise.

    Two letters are cut as any word is.
    """
    return tuple(word) if 2 < len(word) <= _MOST_INITIALS and word.isalpha() else ()


def _is_number(word: str) -> bool:
    return word[:1].isdigit()
