"""Recognises messages that are only a greeting, thanks or a doubt, and have no subject.

The phrases of all languages are in ``small_talk.yaml``, as users write in their own language,
whatever language the record is in. ``bot`` decides what to reply.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    words = _words(_STRETCHED.sub(r"\1", message))
    own = {"".join(_words(name)) for name in names}
    kinds: set[str | None] = set()
    start = 0
    while start < len(words):
        for stop in range(min(len(words), start + _MOST_WORDS), start, -1):
            phrase = "".join(words[start:stop])
            known = _known(latin=phrase < _LATIN_ENDS)
            if phrase in known or phrase in own:
                kinds.add(known.get(phrase))
                start = stop
                break
        else:
            return set()
    return kinds


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


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
