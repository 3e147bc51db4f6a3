"""Finds the word on record that a mistyped word was probably meant to be.

There is no dictionary: a word that the record lacks may be mistyped, or a correct word that no
statement uses, and most are the latter. So a neighbour is accepted only if the slip is likely, and
the word long or the neighbour common. Telling the user is left to others.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.postings.forms import Forms
from index.postings.weak_methods import weakly

#: Shorter words have too many neighbours; longer texts are not words.
_SHORTEST, _LONGEST = 4, 40
#: From this length on, words two slips away are considered.
_TWO_SLIPS = 8
#: The results for this many words are cached; a bound, as users may type anything.
_CACHED = 4096
#: The scripts before this character are alphabets; in later ones a character may be a syllable or a
#: word.
_ALPHABETS_END = "\u0900"
#: A neighbour is common if at least one in this many words on record is it; known, one in the
#: second.
_COMMON, _KNOWN = 12_500, 50_000
#: Of several neighbours, the commonest is accepted if it is this many times as common as the next.
_CLEARLY = 5

_Lengths = tuple[int, int, int]
_NEVER = 99
#: How long a typed word must be for a slip of each kind to be accepted: if the neighbour is rare,
#: known, and common on record. Chosen on the 42,000 words of real statements, with random slips in
#: them and with words of an encyclopedia that the statements lack.
_SWAPPED: _Lengths = (6, 4, 4)
_DOUBLED: _Lengths = (6, 4, 4)
_LEFT_OUT: _Lengths = (7, 6, 5)
_PUT_IN: _Lengths = (8, 7, 6)
_VOWEL: _Lengths = (8, 7, 6)
_LETTER: _Lengths = (9, 8, 7)
_LAST: _Lengths = (_NEVER, _NEVER, 8)
#: Two slips, by how many of them are not swaps, doublings or vowels.
_TWO: tuple[_Lengths, _Lengths, _Lengths] = ((9, 9, 8), (12, 11, 10), (_NEVER, _NEVER, 12))

_VOWELS = frozenset("aeiouyаеёиоуыэюяіїєαεηιουω")
_VOWEL_RUN = re.compile(f"[{''.join(sorted(_VOWELS))}]")
_REPEATED = re.compile(r"(.)\1+")


class Spelling:
    """The words of one record, to be compared with what users type."""

    def __init__(self, words: Forms) -> None:
        """Take the folded *words* on record."""
        self._words = words
        #: The words by their first letter and length, as far as they were needed.
        self._alike: dict[tuple[str, int], list[str]] = {}
        self._cached = lru_cache(maxsize=_CACHED)(weakly(self._find))

    def neighbour(self, word: str) -> str | None:
        """Return the word on record that the folded *word* is likely to be a misspelling of.

        ``None`` if there is none, if several are equally likely, or if *word* is on record itself.
        The first letter is assumed to be right, as few errors are made in it (Yannakoudakis and
        Fawthrop, "The rules of spelling errors", 1983). In the rest, one slip is allowed, or two
        from eight letters on, in optimal string alignment (Damerau, 1964): a letter left out, put
        in or changed, or two neighbouring letters swapped.

        >>> words = Forms.of({"corridor": 9, "corridors": 2, "road": 7})
        >>> Spelling(words).neighbour("corridr")
        'corridor'
        """
        if word in self._words or not _is_word(word):
            return None
        return self._cached(word)

    def _find(self, word: str) -> str | None:
        likely: list[tuple[float, str]] = []
        for other in self._nearest(word):
            required = _lengths(word, other)
            if len(word) >= required[self._commonness(other)]:
                # A slip that requires one letter more counts as half as likely.
                likely.append((self._words[other] / 2 ** required[-1], other))
        if not likely:
            return None
        likely.sort(key=lambda one: (-one[0], one[1]))
        weight, first = likely[0]
        rivals = (rivalling for rivalling, other in likely[1:] if not _are_related(first, other))
        return first if weight >= _CLEARLY * next(rivals, 0) else None

    def _nearest(self, word: str) -> list[str]:
        """Return the words on record that are one slip from *word*; if none are, two slips."""
        # Imported when a user first mistypes a word, as it takes over ten milliseconds.
        from rapidfuzz.distance import OSA  # noqa: PLC0415
        from rapidfuzz.process import extract  # noqa: PLC0415

        slips = 1 if len(word) < _TWO_SLIPS else 2
        found: list[tuple[str, int]] = []
        for length in range(len(word) - slips, len(word) + slips + 1):
            if words := self._having(word[0], length):
                scored = extract(word, words, scorer=OSA.distance, score_cutoff=slips, limit=None)
                found += [(other, distance) for other, distance, _ in scored]
        least = min((distance for _, distance in found), default=0)
        return [other for other, distance in found if distance == least]

    def _having(self, first: str, length: int) -> list[str]:
        """Return the words with this *first* letter and this *length*."""
        found = self._alike.get((first, length))
        if found is None:
            found = list(filter(_is_word, self._words.alike(first, length)))
            self._alike[first, length] = found
        return found

    def _commonness(self, word: str) -> int:
        """Return 0 for a word that is rare on record, 1 for a known one, 2 for a common one."""
        count = self._words[word]
        total = self._words.total
        return (count * _KNOWN >= total) + (count * _COMMON >= total)


def _is_word(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and word.isalpha() and max(word) < _ALPHABETS_END


def _lengths(word: str, other: str) -> _Lengths:
    """Return the lengths required for the kind of slip that turns *other* into *word*."""
    same = _shared_start(word, other)
    rest, meant = word[same:], other[same:]
    if rest[:2] == meant[1::-1] and rest[2:] == meant[2:]:
        return _SWAPPED
    if same >= max(len(word), len(other)) - 1:
        return _LAST
    longer, shorter = (rest, meant) if len(rest) > len(meant) else (meant, rest)
    if longer[1:] == shorter:
        if longer[0] == word[same - 1]:
            return _DOUBLED
        return _LEFT_OUT if longer is meant else _PUT_IN
    if rest[1:] == meant[1:]:
        return _VOWEL if {rest[0], meant[0]} <= _VOWELS else _LETTER
    return _two_slips(word, other, same)


def _two_slips(word: str, other: str, same: int) -> _Lengths:
    """Return the lengths required for two slips; the words share their *same* first letters."""
    # Words that differ only near their ends are mostly related: survivor, survival.
    if same >= len(word) - 3:
        return (_NEVER, _NEVER, _NEVER)
    from rapidfuzz.distance import OSA, Levenshtein  # noqa: PLC0415

    # Levenshtein counts a swap twice.
    swaps = Levenshtein.distance(word, other) - 2
    plain = OSA.distance(_skeleton(word), _skeleton(other))
    return _TWO[max(0, min(2 - swaps, plain, 2))]


def _skeleton(word: str) -> str:
    """Return *word* with all vowels made equal and doubled letters made single."""
    return _REPEATED.sub(r"\1", _VOWEL_RUN.sub("a", word))


def _are_related(one: str, other: str) -> bool:
    """Return whether two words differ only in their endings, as party and parties do."""
    shorter, longer = sorted((len(one), len(other)))
    same = _shared_start(one, other)
    return same >= max(_SHORTEST - 1, shorter - 1) and longer - same <= 3


def _shared_start(one: str, other: str) -> int:
    """Return how many letters two words share from their beginnings."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
