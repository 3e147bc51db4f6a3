"""Finds where the sentences of a paragraph begin and end.

The boundaries are those of sentencex, which knows the abbreviations and the full stops of some 300
languages. Here they become offsets, and those that part what belongs together are taken out.
"""

from __future__ import annotations

import re

import regex
from sentencex import segment

from index.text.folding import fold
from index.text.language import language_of

#: sentencex is built on Rust, and panics at some spaces other than the common one. A copy with
#: common spaces has the same offsets.
_ODD_SPACE = re.compile(r"[^\S ]")
#: A paragraph longer than this is split at any character before its sentences are looked for.
_LONGEST = 10_000
_PANIC = "PanicException"
#: Marks that close what stands before them and never open anything, and white space after them.
_CLOSING = regex.compile(r"([)\]}）］】〕〉》」』｣”’»]+)\s*")
#: Kana or Hangul that touches a closing quotation mark goes on with its sentence: 「…。」と, “…”고.
_GOES_ON = regex.compile(r"(?<=[」』｣”’\"'])[\p{Hiragana}\p{Hangul}]")
#: No shortened word is longer, in characters.
_LONGEST_WORD = 12
_LAST_WORD = regex.compile(r"\w+(?=\.$)")


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Return the (start, stop) of each sentence of *text*, in characters, end exclusive.

    White space between sentences belongs to none. *language* is a BCP 47 tag.

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
    return _joined(text, spans, language_of(language).shortened_words) or [(0, len(text))]


def _joined(
    text: str, spans: list[tuple[int, int]], shortened: frozenset[str]
) -> list[tuple[int, int]]:
    """Return *spans* without the boundaries inside a sentence that the library makes.

    It parts a mark that closes from its sentence and a quotation from what goes on after it, and
    does not know words that are *shortened* in some languages.
    """
    joined: list[tuple[int, int]] = []
    before = -1
    for start, stop in spans:
        began = start
        goes_on: object = False
        if start == before:
            if closing := _CLOSING.match(text, start, stop):
                joined[-1] = (joined[-1][0], closing.end(1))
                began, before = closing.end(), closing.end(1)
            goes_on = began == before and _GOES_ON.match(text, began)
        elif joined and shortened:
            last = _LAST_WORD.search(text, max(joined[-1][0], before - _LONGEST_WORD), before)
            goes_on = last and fold(last.group()) in shortened
        if goes_on:
            joined[-1] = (joined[-1][0], stop)
        elif began < stop:
            joined.append((began, stop))
        before = joined[-1][1]
    return joined


def _segments(text: str, language: str) -> list[str]:
    """Return *text* in pieces that join to it again; in one, should the library fail."""
    if len(text) > _LONGEST:
        # The library's time grows with the square of the length in some scripts.
        cuts = range(0, len(text), _LONGEST)
        return [piece for cut in cuts for piece in _segments(text[cut : cut + _LONGEST], language)]
    try:
        # A copy, which is soon gone: Python keeps the UTF-8 that Rust is given beside the string.
        pieces: list[str] = list(segment(language, text if text.isascii() else f"{text} "[:-1]))
    except BaseException as error:
        # A panic is no Exception, so that nobody catches it unawares. One paragraph that is not
        # split is better than a record that cannot be read.
        if type(error).__name__ != _PANIC:
            raise
        return [text]
    return pieces if "".join(pieces) == text else [text]
