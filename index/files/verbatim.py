"""Finds the characters of a text that a messenger would change on the way to its reader.

A quote is promised to be verbatim, so such characters must be found when a statement is filed.
What Telegram rewrites is listed in its own source (tdlib/td, ``clean_input_string``): control
characters and tabs become spaces; carriage returns, the separators and direction overrides
U+2028 to U+202E, and the marks U+030A, U+0333 and U+033F are deleted (so are lone surrogates,
which are no characters); in a run of direction marks
(U+200E, U+200F) all but the last are replaced. Filing repairs these openly, and puts a space where
a line separator (U+2028, U+2029) stood, which deleted would join two words; reading only reports.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

_BECOMES_SPACE = r"[\x00-\x09\x0b\x0c\x0e-\x1f\u2028\u2029]"
_DELETED = r"[\r\u202a-\u202e\u030a\u0333\u033f\ud800-\udfff]"
_MARK_RUN = r"[\u200e\u200f]{2,}"
_REWRITTEN = regex.compile(
    rf"(?P<space>{_BECOMES_SPACE})|(?P<deleted>{_DELETED})|(?P<marks>{_MARK_RUN})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """A slice of a text that would not arrive as it was sent."""

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


def composed(text: str) -> str:
    """Return *text* in Unicode's composed form, in which letters keep their rings and lines.

    A letter followed by a combining ring loses that ring in Telegram; the single composed letter
    does not. The two are canonically equivalent: no reader can tell them apart.
    """
    return unicodedata.normalize("NFC", text)


def repaired(text: str) -> tuple[str, list[Rewriting]]:
    """Return *text* as it will survive, and what was changed, with offsets into *text* composed.

    Nothing that this returns is rewritten again: ``list(rewritings(repaired(t)[0])) == []``.
    """
    text = composed(text)
    changes = list(rewritings(text))
    pieces, end = [], 0
    for change in changes:
        pieces += [text[end : change.start], change.repaired]
        end = change.stop
    survived = "".join([*pieces, text[end:]])
    # Deleting a character can bring two direction marks together, or a mark to its letter.
    if changes and (survived != composed(survived) or next(rewritings(survived), None)):
        return repaired(survived)[0], changes
    return survived, changes


def _named(character: str) -> str:
    name = unicodedata.name(character, "").lower()
    code = f"U+{ord(character):04X}"
    return f"the character {code} ({name})" if name else f"the control character {code}"
