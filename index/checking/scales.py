"""Finds what a number is another number without: "million" behind $3.2, "per cent" behind 5."""

from __future__ import annotations

from index.checking.change_words import change_words_of
from index.checking.comparison import Standing
from index.checking.places import Places
from index.model.answer import Quote

#: So many words are a scale at most: hundred thousand million.
_MOST = 3


def scale_after(one: Standing, places: Places) -> Quote | None:
    """Return the scale that stands on record directly after *one*, if that is a number."""
    known = change_words_of(places.language(one.paragraph))
    if not known.is_number(one.word.plain):
        return None
    stop = one.word.stop
    following = places.words(one.paragraph)[one.number + 1 :][:_MOST]
    for word in following:
        if word.plain not in known.scales:
            break
        stop = word.stop
    if stop == one.word.stop:
        return None
    return Quote(places.at(one.paragraph)[1], following[0].start, stop)
