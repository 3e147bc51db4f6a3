"""Finds a phrase in one text of common letters, where the phrase stands there as it is typed.

Most phrases do that are highlighted, and most texts have no others. For such a text, the letters
alone tell where a phrase may begin, however it is written there; if it stands there as typed, no
more need be known. For the rest ``exact_phrases`` reads the words with all that joins them.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate, islice

from index.postings.phrase_words import Phrase

#: Beside ASCII, the signs and the marks that separate words; no letters that need folding.
_PLAIN = re.compile(r"[\x00-\x7f\xa0£\u2010-\u2027€]*")
_WORD = re.compile("[a-z0-9]+")


class PlainText:
    """The words of a text of common letters."""

    def __init__(self, lower: str) -> None:
        """Read the words of a text in *lower* case."""
        self._lower, self._words = lower, _WORD.findall(lower)
        #: All words with a space before and after each, and the same without spaces.
        self._spaced, self._letters = f" {' '.join(self._words)} ", "".join(self._words)

    @classmethod
    def of(cls, text: str) -> PlainText | None:
        """Return the words of *text*; ``None`` if it has uncommon letters."""
        return cls(text.lower()) if text.isascii() or _PLAIN.fullmatch(text) else None

    @cached_property
    def _bounds(self) -> frozenset[int]:
        """Where words begin and end among the letters of all."""
        return frozenset(accumulate(map(len, self._words), initial=0))

    def _first(self, letters: str) -> int:
        """Return where among all letters those of whole words are *letters* first, or -1."""
        at = self._letters.find(letters)
        while at >= 0 and not (at in self._bounds and at + len(letters) in self._bounds):
            at = self._letters.find(letters, at + 1)
        return at

    def find(self, phrase: Phrase) -> list[tuple[int, int]] | None:
        """Return where *phrase* first stands, in characters, ends exclusive; empty if nowhere.

        ``None`` if it may stand there otherwise than as typed.

        >>> from index.postings.phrase_words import read_phrase
        >>> text = PlainText.of("The port, the Port of Gwadar")
        >>> text.find(read_phrase("port of")), text.find(read_phrase("port at"))
        ([(14, 21)], [])
        """
        typed = [piece for word in phrase.words for piece in word[0].pieces]
        # However it is written, its letters are the same.
        first = self._first("".join(typed))
        if first < 0 or not typed:
            return []
        at = self._spaced.find(f" {' '.join(typed)} ")
        before = self._spaced.count(" ", 0, at + 1)
        if at < 0 or at + 1 - before != first or not _is_free(phrase):
            return None
        words = list(islice(_WORD.finditer(self._lower), before - 1, before - 1 + len(typed)))
        return [(words[0].start(), words[-1].end())]


def _is_free(phrase: Phrase) -> bool:
    """Return whether nothing is asked of what stands between the words of *phrase*."""
    return not any(any(word[0].joined) for word in phrase.words) and all(
        not gap.signs and gap.joined is None for gap in phrase.gaps
    )
