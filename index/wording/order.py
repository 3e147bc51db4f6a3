"""Finds in which order a question wants its answers: "latest on Kashmir", "when did he first say".

The phrases are in ``index/languages/<code>.yaml``.
"""

from __future__ import annotations

from functools import cache

import regex

from index.model.answer import Order, Span
from index.text.folding import fold
from index.text.hanzi import simplified
from index.text.language import Language, language_of
from index.text.question_phrases import is_unspaced
from index.wording.telling import Glance, TellingWords

#: Words of a question that may begin with an article.
_FEW_WORDS = 8
_WORD, _LAST_WORD = regex.compile(r"\w+"), regex.compile(r"(?r)\w+")


def order_in(words: str, language: Language) -> tuple[Order | None, list[Span]]:
    """Return the order that the question *words* asks for, and where its words stand.

    >>> from index.text.language import language_of
    >>> order_in("what's the latest on Kashmir", language_of("en"))
    (<Order.NEWEST: 'newest'>, [(0, 20)])
    """
    for order, phrases in (
        (Order.NEWEST, language.newest_phrases),
        (Order.OLDEST, language.oldest_phrases),
    ):
        if phrases and (spans := phrases.spans(words)):
            return order, spans
    if is_unspaced(language.script):
        return _at_ends(simplified(words), language)
    if language.newest_words:
        # A sentence of the record may begin with "The latest …", and is not asked so shortly.
        skipped = _before(language) if words.count(" ") < _FEW_WORDS else frozenset()
        beginning = (one for one in _WORD.finditer(words) if fold(one[0]) not in skipped)
        for match in (next(beginning, None), _LAST_WORD.search(words)):
            if match and fold(match[0]) in language.newest_words:
                return Order.NEWEST, [match.span()]
    return None, []


def _before(language: Language) -> frozenset[str]:
    """Return what may stand before the first word: "the latest"."""
    return language.name_fillers & language.stop_words


def may_be_ordered(glance: Glance, language: Language) -> bool:
    """Return whether ``order_in`` may find something in the question of which *glance* is seen."""
    return _telling_words(language.code).may_be_in(glance)


@cache
def _telling_words(code: str) -> TellingWords:
    language = language_of(code)
    return TellingWords(
        (*language.newest_lines, *language.oldest_lines),
        language.script,
        language.stop_words | language.question_words,
        language.newest_words,
    )


def _at_ends(words: str, language: Language) -> tuple[Order | None, list[Span]]:
    """Return the order that the first or the last characters of *words* ask for."""
    stop = len(words)
    while stop and not words[stop - 1].isalnum():
        stop -= 1
    for newest in language.newest_words:
        for start in (0, stop - len(newest)):
            if start >= 0 and words.startswith(newest, start):
                return Order.NEWEST, [(start, start + len(newest))]
    return None, []
