"""Recognises messages that are only a greeting, thanks or a doubt, and have no subject.

The phrases of all languages are in ``small_talk.yaml``, as users write in their own language,
whatever language the record is in. ``bot`` decides what to reply.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

import regex

from index.text.bundled import lines_of, read_bundled
from index.text.folding import fold

_FILE = Path(__file__).parent / "small_talk.yaml"
#: The kind of a phrase that asks whether something is so, without saying what.
_DOUBT = "doubt"
#: A longer message, in characters, is more than small talk.
LONGEST = 80
#: The most words that a phrase has.
_MOST_WORDS = 6
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*|\p{N}+")
#: The repeated letters of "helloooo" and "thankssss".
_STRETCHED = regex.compile(r"(\p{L})\1{2,}")
#: A quoted word is searched for: ``"Salam"`` asks for the name.
_QUOTATION_MARK = regex.compile('["“”„«»「」『』]')
#: The end of the Unicode blocks of Latin letters.
_LATIN_ENDS = "\u0250"


class SmallTalk(StrEnum):
    """A message that asks nothing."""

    GREETING = "greeting"
    THANKS = "thanks"


def small_talk(message: str, *names: str) -> SmallTalk | None:
    """Return what kind of small talk *message* is; ``None`` if it may ask something.

    Punctuation, emoji and the addressee, a "bot" or one of *names*, are ignored. A greeting with
    thanks is thanks.

    >>> small_talk("Hello, On Record!", "On Record"), small_talk("Hello, what about Gwadar?")
    (<SmallTalk.GREETING: 'greeting'>, None)
    """
    kinds = _kinds(message, names)
    if _DOUBT in kinds:
        return None
    return next((kind for kind in (SmallTalk.THANKS, SmallTalk.GREETING) if kind in kinds), None)


def is_doubt(message: str, *names: str) -> bool:
    """Return whether *message* asks whether something is so, without saying what.

    As a reply, it asks about the message it replies to. The addressee is ignored, as in
    ``small_talk``.

    >>> is_doubt("Bot, is this true??"), is_doubt("Is Gwadar open?")
    (True, False)
    """
    return _DOUBT in _kinds(message, names)


def _kinds(message: str, names: Iterable[str]) -> set[str | None]:
    """Return the kinds of the phrases in *message*; empty if it has anything else."""
    if len(message) > LONGEST or _QUOTATION_MARK.search(message):
        return set()
    written = _WORD.findall(_STRETCHED.sub(r"\1", message))
    # A question says something else after a word or two, so that the rest is not folded.
    folded: list[str] = []
    own = {"".join(map(fold, _WORD.findall(name))) for name in names}
    kinds: set[str | None] = set()
    start = 0
    while start < len(written):
        stop, kind = _longest_phrase(written, folded, start, own)
        if stop == start:
            return set()
        kinds.add(kind)
        start = stop
    return kinds


def _longest_phrase(
    written: Sequence[str], folded: list[str], start: int, own: Collection[str]
) -> tuple[int, str | None]:
    """Return where the longest phrase ends that begins with word *start*, and of which kind it is.

    It ends where it begins if there is none. Of the words as *written* those that were looked at
    are in *folded*.
    """
    phrase, end, kind = "", start, None
    for stop in range(start, min(len(written), start + _MOST_WORDS)):
        if stop == len(folded):
            folded.append(fold(written[stop]))
        phrase += folded[stop]
        known = _known(latin=phrase < _LATIN_ENDS)
        if phrase in known or phrase in own:
            end, kind = stop + 1, known.get(phrase)
        elif phrase not in _beginnings(latin=phrase < _LATIN_ENDS) and not _begins(phrase, own):
            break
    return end, kind


def _begins(phrase: str, own: Iterable[str]) -> bool:
    return any(name.startswith(phrase) for name in own)


@cache
def _beginnings(*, latin: bool) -> frozenset[str]:
    """Return what the phrases of :func:`_known` begin with."""
    known = _known(latin=latin)
    return frozenset(phrase[:length] for phrase in known for length in range(1, len(phrase)))


@cache
def _known(*, latin: bool) -> dict[str, str | None]:
    """Return the kind of each phrase, folded and without spaces, in *latin* letters or in others.

    It is ``None`` for words that only accompany small talk. The two are read separately, as folding
    takes long and most users write in one script.
    """
    kinds = {
        "accompanying": None,
        "doubts": _DOUBT,
        "thanks": SmallTalk.THANKS,
        "greetings": SmallTalk.GREETING,
    }
    return {
        fold(phrase): kind
        for key, kind in kinds.items()
        for phrase in _phrases(_lists()[key])
        if (phrase < _LATIN_ENDS) is latin
    }


@cache
def _lists() -> dict[str, str]:
    return read_bundled(_FILE)


def _phrases(block: str) -> list[str]:
    """Return the phrases in *block*, between commas or line ends, without spaces."""
    return ",".join(lines_of(block)).replace(" ", "").split(",")
