"""Finds where the sentences of a paragraph begin and end.

The boundaries are those of sentencex, which knows the abbreviations and the full stops of some 300
languages; here they become offsets.
"""

from __future__ import annotations

from sentencex import segment


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Return the (start, stop) of each sentence of *text*, in characters, end exclusive.

    White space between sentences belongs to none. *language* is a BCP 47 tag.

    >>> sentence_spans("Mr. Li spoke. He left.", "en")
    [(0, 13), (14, 22)]
    """
    spans, start = [], 0
    for sentence in segment(language.split("-", 1)[0].lower(), text):
        stop = start + len(sentence)
        words = sentence.strip()
        if words:
            began = start + sentence.index(words)
            spans.append((began, began + len(words)))
        start = stop
    return spans or [(0, len(text))]
