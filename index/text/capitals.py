"""Tells an acronym from the small word of the same letters: the WHO, IT exports, LeT, vitamin A.

Only words in capitals that would otherwise not be indexed, or would only ask, are concerned; which
these are, ``terms`` knows.
"""

from __future__ import annotations

import re

#: How many characters on either side show whether the text around is in capitals.
_NEAR, _AROUND = 4, 40
#: A single letter that names something: vitamin A, витамин С.
_NAMES_SOMETHING = re.compile(r"[A-HJ-Z\u0370-\u052f]")
_POSSESSIVE = re.compile(r"['’]s?$")
#: A single capital is a name only at the end of one: "hepatitis A was", not "John A. Smith".
_NAME_FOLLOWS = re.compile(r"\.?\s[^\W\d_]")


def as_acronym(word: str) -> str:
    """Return *word* as the acronym that it may be, in capitals; empty if it cannot be one.

    >>> [as_acronym(one) for one in ("WHO’s", "U.S.", "LeT", "A", "Who", "I")]
    ['WHO', 'US', 'LET', 'A', '', '']
    """
    core = _POSSESSIVE.sub("", word).replace(".", "")
    # The English pronoun is always a capital; À and È begin sentences.
    if not core.isalpha() or (len(core) == 1 and not _NAMES_SOMETHING.fullmatch(core)):
        return ""
    return core.upper() if core[0].isupper() and core[-1].isupper() else ""


def stands_out(text: str, start: int, stop: int) -> bool:
    """Return whether the capitals of the word from *start* to *stop* tell it from those around.

    In a heading in capitals they tell nothing. A single letter may begin a sentence, or a name.

    >>> [stands_out(one, 4, 6) for one in ("The US said", "NOW US SANCTIONS")]
    [True, False]
    """
    if stop - start == 1:
        if start < 2 or not text[start - 1].isspace() or not text[start - 2].islower():
            return False
        after = _NAME_FOLLOWS.match(text, stop)
        return after is None or not after[0][-1].isupper()
    if text[max(0, start - _NEAR) : start].islower() or text[stop : stop + _NEAR].islower():
        return True
    around = text[max(0, start - _AROUND) : start] + text[stop : stop + _AROUND]
    return sum(map(str.isupper, around)) <= sum(map(str.islower, around))
