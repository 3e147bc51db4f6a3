"""Finds where the sentences of a paragraph begin and end.

The boundaries are those of sentencex, which knows the abbreviations and the full stops of some 300
languages; here they become offsets.
"""

from __future__ import annotations

import regex
from sentencex import segment

#: sentencex is built on Rust, and panics at some spaces other than the common one. A copy with
#: common spaces has the same offsets.
_SPACE = regex.compile(r"\s")
#: A paragraph longer than this is split at any character before its sentences are looked for.
_LONGEST = 10_000
_PANIC = "PanicException"


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Return the (start, stop) of each sentence of *text*, in characters, end exclusive.

    White space between sentences belongs to none. *language* is a BCP 47 tag.

    >>> sentence_spans("Mr. Li spoke. He left.", "en")
    [(0, 13), (14, 22)]
    """
    spans, start = [], 0
    for sentence in _segments(_SPACE.sub(" ", text), language.split("-", 1)[0].lower()):
        stop = start + len(sentence)
        words = sentence.strip()
        if words:
            began = start + sentence.index(words)
            spans.append((began, began + len(words)))
        start = stop
    return spans or [(0, len(text))]


def _segments(text: str, language: str) -> list[str]:
    """Return *text* in pieces that join to it again; in one, should the library fail."""
    if len(text) > _LONGEST:
        # The library's time grows with the square of the length in some scripts.
        cuts = range(0, len(text), _LONGEST)
        return [piece for cut in cuts for piece in _segments(text[cut : cut + _LONGEST], language)]
    try:
        pieces: list[str] = list(segment(language, text))
    except BaseException as error:
        # A panic is no Exception, so that nobody catches it unawares. One paragraph that is not
        # split is better than a record that cannot be read.
        if type(error).__name__ != _PANIC:
            raise
        return [text]
    return pieces if "".join(pieces) == text else [text]
