"""Finds where the sentences of a paragraph begin and end.

The boundaries are those of sentencex, which knows the abbreviations and full stops of some 300
languages. Here they become offsets, and wrong boundaries are removed.
"""

from __future__ import annotations

import re

import regex
from sentencex import segment

from index.text.language import Language, language_of
from index.text.sentence_rules import Boundary, ends_plainly, rule_for

#: sentencex, written in Rust, panics at some spaces other than U+0020. A copy with common spaces
#: has the same offsets.
_ODD_SPACE = re.compile(r"[^\S ]")
#: A paragraph of more characters is cut, at any character, before it is split into sentences.
_LONGEST = 10_000
_PANIC = "PanicException"
#: Closing marks, which never open anything, and white space after them.
_CLOSING = regex.compile(r"([)\]}）］】〕〉》」』｣”’»]+)\s*")
#: Kana or Hangul directly after a closing quotation mark continues the sentence: 「…。」と, “…”고.
_CONTINUES = regex.compile(r"(?<=[」』｣”’\"'])[\p{Hiragana}\p{Hangul}]")


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Return the (start, stop) of each sentence of *text*, in characters, end exclusive.

    White space between sentences belongs to none of them. *language* is a BCP 47 tag.

    >>> sentence_spans("Mr. Li spoke. He left.", "en")
    [(0, 13), (14, 22)]
    """
    spans, start = [], 0
    plain = _ODD_SPACE.sub(" ", text)
    for sentence in _segments(plain, language.split("-", 1)[0].lower()):
        stop = start + len(sentence)
        words = sentence.strip()
        if words:
            began = start + sentence.index(words)
            spans.append((began, began + len(words)))
        start = stop
    return _merged(text, spans, language_of(language)) or [(0, len(text))]


def _merged(text: str, spans: list[tuple[int, int]], language: Language) -> list[tuple[int, int]]:
    """Return *spans*, with those merged that the library splits within a sentence.

    It splits a closing mark from its sentence, a quotation from its continuation, and sentences at
    full stops that end none by the rules of ``sentence_rules``.
    """
    merged: list[tuple[int, int]] = []
    before = -1
    for start, stop in spans:
        began = start
        continues: object = False
        if start == before:
            if closing := _CLOSING.match(text, start, stop):
                merged[-1] = (merged[-1][0], closing.end(1))
                began, before = closing.end(), closing.end(1)
            continues = began == before and _CONTINUES.match(text, began)
        if merged and not continues and began < stop and text[before - 1] == ".":
            first = merged[-1][0]
            if not ends_plainly(text, first, before, began, language):
                continues = rule_for(Boundary(text, first, before, began, language))
        if continues:
            merged[-1] = (merged[-1][0], stop)
        elif began < stop:
            merged.append((began, stop))
        before = merged[-1][1]
    return merged


def _segments(text: str, language: str) -> list[str]:
    """Return *text* in pieces that add up to it; in one piece if the library fails."""
    if len(text) > _LONGEST:
        # The library's time grows with the square of the length in some scripts.
        cuts = range(0, len(text), _LONGEST)
        return [piece for cut in cuts for piece in _segments(text[cut : cut + _LONGEST], language)]
    try:
        # A copy that is soon freed: with a string, Python keeps the UTF-8 that Rust is given.
        pieces: list[str] = list(segment(language, text if text.isascii() else f"{text} "[:-1]))
    except BaseException as error:
        # A panic is not an Exception. A paragraph that is not split is better than a record that
        # cannot be read.
        if type(error).__name__ != _PANIC:
            raise
        return [text]
    return pieces if "".join(pieces) == text else [text]
