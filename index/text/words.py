"""Finds the words of a text: their slices, not yet folded or stemmed.

``word_pattern`` finds them in any script. ``RUN`` finds runs of words in Latin, Greek and Cyrillic,
three times as fast; most runs are single words, known already. ``terms`` makes terms of them.
"""

from __future__ import annotations

import re
from functools import cache

import regex

from index.text.numbers import FRACTION, ORDINALS, PERCENT, SIGN, SIGNS, SPACES, UNITS

#: Scripts without spaces, as in a character class; their runs are split into overlapping pairs of
#: characters.
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
#: Korean syllables: words are spaced, but particles stick to nouns.
HANGUL = r"\uac00-\ud7a3"
#: Characters that are not seen and are no part of a word: the soft hyphen, the zero width space,
#: the word joiner, the zero width no-break space.
INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_INITIAL = rf"[\p{{L}}--[{UNSPACED}{HANGUL}]]"
_LETTER = rf"[[\w]--[_{UNSPACED}{HANGUL}]]"
#: Numbers with marks or spaces in them; the counts are bounded, so that the time is linear.
_NUMBER = rf"""
    (?<! [/\d] | \d[.,] )                                          # 5 000, 1 200,50
    \d{{1,3}} (?: [{SPACES}] \d{{3}} (?!\d) ){{1,6}}+ (?: [.,]\d{{1,2}} (?!\d) )?
  | \d{{1,3}} (?: \.\d{{3}} ){{1,8}}+ ,\d{{1,2}} (?!\d)           # 1.200,50
  | \d{{1,3}} (?: \.\d{{3}} ){{2,8}}+ (?![.\d])                   # 1.200.000
  | \d{{1,3}} (?: [,٬]\d{{2,3}} ){{0,8}} [,٬]\d{{3}} (?!\d) (?: [.٫]\d+ )?   # 1,000, 1,00,000.5
  | (?<!\d,) \d+,\d{{1,2}} (?!\d) (?!,\d) DECIMAL_COMMA           # 5,5
  | \d+ [.٫]\d+                                                   # 26.5
  | \d*+ [½¼¾]
  | {FRACTION}
  | \d++ (?= (?: (?i:{UNITS}) | [\p{{L}}--[{UNSPACED}{HANGUL}]]{{2,20}} )
            (?! {_LETTER} | [²³] ) )
    (?! (?i:{ORDINALS}) (?! {_LETTER} ) )                         # 2000km, 30MKI, not 20th
"""
_WORD = rf"""(?V1)
    (?P<unspaced> [{UNSPACED}]+ )
  | (?P<hangul> [{HANGUL}]+ )
  | (?P<initials> {_INITIAL} (?:\.{_INITIAL})+ (?![\w--_]) \.? )  # U.S., H.E., U.N
  | (?P<percent> {PERCENT} (?!\w) )
  | (?P<number> {_NUMBER} )
  | (?P<sign> {SIGN} )
  | (?: (?![\u200c\u200d]) {_LETTER}+
        (?: (?: [{INVISIBLE}]*+ ['’] [{INVISIBLE}]*+ | [{INVISIBLE}]++ ) {_LETTER}+
          | [₀-₉]+ | (?<= (?<!\p{{L}})[ckm]?m ) [²³] )* )
"""


@cache
def word_pattern(*, decimal_comma: bool) -> regex.Pattern[str]:
    """Return the pattern of a word; *decimal_comma* tells whether 5,5 is a number by itself."""
    always_or_never = "" if decimal_comma else "(?!)"
    return regex.compile(_WORD.replace("DECIMAL_COMMA", always_or_never), regex.VERBOSE)


#: A run of letters and digits with single marks among them, or a sign: a word, or a few words that
#: ``word_pattern`` separates.
RUN = re.compile(rf"(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![^\W_]))?|[^\W_]+(?:[.,'’][^\W_]+)*|{SIGNS}")
#: A run that may end a word begun before it, and such a word up to its end: 1 200, 1/2, per cent,
#: US$.
ENDS_WORD = re.compile(rf"\d{{3}}(?!\d).*|[24]|[cC](?:ent[oO]?|iento)|{SIGNS}", re.DOTALL)
SPACED_WORD = re.compile(
    rf"(?<![^\W_])(?<!/)(?<!\d[.,])(?:\d{{1,3}}(?:[{SPACES}]\d{{3}}(?!\d)){{1,6}}\S*"
    rf"|[13]/[24]|US{SIGNS}|{PERCENT})\Z"
)
_LETTERS = regex.compile(r"\p{L}[\p{L}\p{M}]*+")
#: Letters and marks of scripts other than Latin, Greek and Cyrillic, which ``RUN`` may break, and
#: joiners, circled letters and invisible characters, which only ``word_pattern`` takes for parts of
#: words.
OTHER_SCRIPT = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0530-\u1dff\u20d0-\u20ff\u2c00-\U0010ffff"
    rf"\u200c\u200d\u203f\u2040\u2054\u24b6-\u24e9{INVISIBLE}]"
)


def is_of_letters(word: str) -> bool:
    """Return whether *word* has only letters, and the marks on them that Indic letters have."""
    return word.isalpha() or bool(_LETTERS.fullmatch(word))


def is_indexed_alone(character: str) -> bool:
    """Return whether a *character* of a script without spaces is a term wherever it stands."""
    return "\u3400" <= character < "\ua000" or character >= "\U00020000"
