"""Finds the sentences of a text that a user asks to have checked, as in "Is this right?".

A pasted article has many, and one of them may stand on record. ``query_reader`` reads each, and
``search`` decides by which one the text is judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from index.text.sentences import sentence_spans

#: A question of at most so many terms, beside a text, asks about the text: "Is this right?" A text
#: has one such question, or two.
ASIDE_TERMS, ASIDE_CHARACTERS, MOST_ASIDES = 2, 60, 2
#: So many sentences are judged, the first that fit into so many characters in all: in a record of
#: 100,000 paragraphs, each takes a millisecond.
MOST_SENTENCES, MOST_CHARACTERS = 4, 500
#: A sentence ends within the text.
_ENDS_WITHIN = re.compile(r"[.?!。？！؟۔।][^\w\s]{0,9}(?:\s+\S|(?<=[。？！])\w)")
#: Of a longer text, only the beginning is split into sentences, and the end.
LONGEST = 1_000
_SURROGATES = re.compile("[\ud800-\udfff]")
QUESTION_MARKS = ("?", "？", "؟")


def sentences_to_check(
    words: str, language_of: Callable[[str], str], terms_of: Callable[[str], int]
) -> tuple[str, ...]:
    """Return the first sentences of *words*, if they are a text to be checked, without its asides.

    They are if all questions in it are about the text as a whole, of few terms. *language_of* gives
    the code of a text's language, and *terms_of* the number of its terms.
    """
    marks = sum(words.count(mark) for mark in QUESTION_MARKS)
    if not 0 < marks <= MOST_ASIDES or not _ENDS_WITHIN.search(words):
        return ()
    language = language_of(words[:LONGEST])
    sentences = _split(words[:LONGEST], language)
    if len(words) > LONGEST:
        # The last of the beginning may be cut, and so may the first of the end.
        sentences = sentences[:-1] + _split(words[-2 * ASIDE_CHARACTERS :], language)[1:]
    asides = [one for one in sentences if one.endswith(QUESTION_MARKS)]
    said = [one for one in sentences if one not in asides]
    if not said or any(
        len(one) > ASIDE_CHARACTERS or terms_of(one) > ASIDE_TERMS for one in asides
    ):
        return ()
    checked: list[str] = []
    left = MOST_CHARACTERS
    for one in said:
        if len(one) <= left and len(checked) < MOST_SENTENCES:
            checked.append(one)
            left -= len(one)
    return tuple(checked)


def _split(words: str, language: str) -> list[str]:
    # The library does not take halves of a pair of surrogates, which people cannot type.
    spans = sentence_spans(_SURROGATES.sub("\ufffd", words), language)
    return [words[start:stop] for start, stop in spans]
