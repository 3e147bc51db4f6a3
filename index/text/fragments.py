"""Tells a fragment from a text that says something: a heading, a place, a row of a table.

Only the shape of a text counts, in any language: its marks, and its number of words. What follows
for a paragraph's place among others, ``index.ranking`` decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

from index.text.words import UNSPACED

#: A sentence of so many words says something: "The port is open." With fewer it is a name, thanks
#: or assent: "Washington, D.C.", "Thank you.", "Sure."
_FEWEST = 3
#: What only asks, or breaks off, says something if it goes on for so many; and so does an item of a
#: list, or a line that begins small, as headings do not.
_FEWEST_ASKED = _FEWEST_LISTED = 6
#: Any other line that ends with no mark needs so many. Of 1,700 shorter ones of two governments,
#: nearly all are headings, places, and names with an office; of the longer ones, hardly any.
_FEWEST_UNMARKED = 15
#: A text of so many terms is no fragment, unless it is a row of a table. A Chinese word is about
#: four terms.
_MOST_TERMS = 4 * _FEWEST_UNMARKED
#: In a script without spaces, so many characters count as a word.
_CHARACTERS = 2
_UNSPACED = regex.compile(rf"[{UNSPACED}]")
_SPACED = re.compile("[a-zA-Z0-9]+")
#: What ends a sentence; what only asks, or breaks off; and what may stand after it: closing marks,
#: emphasis, and the number of a note.
_STOPS, _ASKS = frozenset(".!…‼。！．｡۔।॥։።။។៕"), frozenset("?？؟⁉;—–")
_CLOSING = " \t\u00a0\"'”’»›）】〕〉》」』｣)]}*_¹²³⁴⁵⁶⁷⁸⁹⁰"
_NOTE = re.compile(r"(?<=[.!?。”’»])\s?[\[(]\d{1,3}$")
#: What may stand between spaces and is no word.
_NO_WORD = frozenset("-–—*•●▪◦·#/&+=…")
_LIST_ITEM = re.compile(r"[-*•●▪◦·]\s*(?=[^\s*-])")
#: The number of a heading or of an item: 1. (a) iv)
_NUMBERING = re.compile(r"\(?(?:\d{1,3}|[ivx]{1,4}|[a-zA-Z])[.)]\s+")
#: Between the cells of a row; and between a heading and its page in a table of contents.
_BETWEEN_CELLS = re.compile(r"\||\t|\.{4}")


def is_fragment(text: str, sentences: Sequence[tuple[int, int]], terms: int) -> bool:
    """Return whether *text*, of so many *terms*, says nothing by itself.

    *sentences* are the (start, stop) of its sentences, in characters.

    >>> [is_fragment(one, [(0, len(one))], 3) for one in ("Climate: our plan", "The port is open.")]
    [True, False]
    """
    if _BETWEEN_CELLS.search(text):
        return not any(map(_is_sentence, _BETWEEN_CELLS.split(text)))
    if terms >= _MOST_TERMS:
        return False
    return not any(_says_something(text[start:stop]) for start, stop in sentences)


def _says_something(sentence: str) -> bool:
    if _is_sentence(sentence):
        return True
    goes_on = sentence[0].islower() or _LIST_ITEM.match(sentence)
    return _words(sentence) >= (_FEWEST_LISTED if goes_on else _FEWEST_UNMARKED)


def _is_sentence(text: str) -> bool:
    """Return whether *text* ends as a sentence does, and has enough words for one."""
    ending = text.rstrip(_CLOSING)
    if ending[-1:].isdigit():
        ending = _NOTE.sub("", ending).rstrip(_CLOSING)
    if ending[-1:] in _STOPS:
        return _words(_NUMBERING.sub("", text, count=1)) >= _FEWEST
    return ending[-1:] in _ASKS and _words(text) >= _FEWEST_ASKED


def _words(text: str) -> int:
    """Return the number of words of *text*, roughly, in any script."""
    if text.isascii() or not (characters := len(_UNSPACED.findall(text))):
        return sum(one not in _NO_WORD for one in text.split())
    return (characters + 1) // _CHARACTERS + len(_SPACED.findall(text))
