"""Finds the characters of a text that Telegram would change in a message.

Quotes are promised to be verbatim, so such characters must be found when a statement is filed.
Telegram's source (tdlib/td, ``clean_input_string``) lists what it changes: control characters and
tabs become spaces; carriage returns, the separators and direction overrides U+2028 to U+202E, and
the marks U+030A, U+0333 and U+033F are deleted; in a run of direction marks (U+200E, U+200F), all
but the last are replaced. Lone surrogates, which are not characters, are lost too. Filing makes
these changes and reports them, with a space for a line separator (U+2028, U+2029), as deleting it
would join two words. Reading only reports them.

Filing also deletes what nobody sees inside words, soft hyphens and the like, and reports it. They
are left by typesetting; Telegram keeps them, and a search for the word elsewhere would miss it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from index.text.words import INVISIBLE

_BECOMES_SPACE = r"[\x00-\x09\x0b\x0c\x0e-\x1f\u2028\u2029]"
_DELETED = r"[\r\u202a-\u202e\u030a\u0333\u033f\ud800-\udfff]"
_MARK_RUN = r"[\u200e\u200f]{2,}"
_REWRITTEN = regex.compile(
    rf"(?P<space>{_BECOMES_SPACE})|(?P<deleted>{_DELETED})|(?P<marks>{_MARK_RUN})"
)
_WITHIN_WORD = r"[[\p{L}\p{M}\p{N}]--[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]"
#: The soft hyphen, zero width space, word joiner and zero width no-break space inside a word. In
#: scripts without spaces, such as Thai, the zero width space parts words.
_UNSEEN = regex.compile(rf"(?V1)(?<={_WITHIN_WORD})[{INVISIBLE}]++(?={_WITHIN_WORD})")
#: More marks on a letter are not put in order, as the library's time grows with the square of their
#: number; no letter has so many. Thirty is the limit of Unicode's Stream-Safe Text Format.
_FLOOD = regex.compile(r"(\p{M}{31,}+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """A slice of a text that Telegram or filing would change."""

    #: Offsets into the text in characters (code points), end exclusive.
    start: int
    stop: int
    #: What the slice is, in words.
    what: str
    #: What to put in its place.
    repaired: str


def rewritings(text: str) -> Iterator[Rewriting]:
    r"""Yield each slice of *text* that Telegram would rewrite, in order.

    >>> [(r.start, r.what) for r in rewritings("one\ttwo")]
    [(3, 'a tab')]
    """
    for match in _REWRITTEN.finditer(text):
        found = match.group()
        name = "a tab" if found == "\t" else _named(found[0])
        if match.lastgroup == "marks":
            yield Rewriting(
                start=match.start(),
                stop=match.end(),
                what=f"a run of {len(found)} direction marks",
                repaired=found[-1],
            )
        else:
            survives = " " if match.lastgroup == "space" else ""
            yield Rewriting(start=match.start(), stop=match.end(), what=name, repaired=survives)


def unseen(text: str) -> Iterator[Rewriting]:
    r"""Yield what nobody sees inside the words of *text*, in order.

    >>> [(r.start, r.what) for r in unseen("gov\u00adern")]
    [(3, 'the character U+00AD (soft hyphen) inside a word')]
    """
    for match in _UNSEEN.finditer(text):
        yield Rewriting(
            start=match.start(),
            stop=match.end(),
            what=f"{_named(match.group()[0])} inside a word",
            repaired="",
        )


def composed(text: str) -> str:
    """Return *text* in Unicode's composed form (NFC), in which letters keep their marks.

    Telegram deletes the ring of a letter followed by a combining ring, but not of the composed
    letter. The two are canonically equivalent: they look the same.
    """
    if text.isascii():
        return text
    pieces = _FLOOD.split(text)
    return "".join(
        one if number % 2 else unicodedata.normalize("NFC", one)
        for number, one in enumerate(pieces)
    )


def repaired(text: str) -> tuple[str, list[Rewriting]]:
    """Return *text* as Telegram will keep it, and the changes, with offsets into *text* composed.

    Nothing that is unseen is left inside its words either. The result has no rewritings:
    ``list(rewritings(repaired(t)[0])) == []``.
    """
    text = composed(text)
    changes = sorted([*rewritings(text), *unseen(text)], key=lambda one: one.start)
    pieces, end = [], 0
    for change in changes:
        pieces += [text[end : change.start], change.repaired]
        end = change.stop
    result = "".join([*pieces, text[end:]])
    # Deleting a character can join two direction marks, or a mark to a letter.
    again = (rewritings(result), unseen(result))
    if changes and (result != composed(result) or any(next(one, None) for one in again)):
        return repaired(result)[0], changes
    return result, changes


def _named(character: str) -> str:
    name = unicodedata.name(character, "").lower()
    code = f"U+{ord(character):04X}"
    return f"the character {code} ({name})" if name else f"the control character {code}"
