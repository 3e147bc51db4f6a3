"""Tells when a whole message is a greeting, thanks or a doubt, and has no subject of its own.

The phrases of all languages stand in ``courtesies.yaml``, as people write to the bot in their own
whatever the record is in. What is said in return is ``bot``'s work.
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
#: What a phrase is that only asks whether something is so, of which it says nothing.
_DOUBT = "doubt"
#: A longer message, in characters, is more than a courtesy.
LONGEST = 80
#: No phrase has more words.
_MOST_WORDS = 6
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*|\p{N}+")
#: "Helloooo" and "thankssss" are heard as they are meant.
_STRETCHED = regex.compile(r"(\p{L})\1{2,}")
#: What stands between them is looked for: ``"Salam"`` is how to ask for the name.
_QUOTATION_MARK = regex.compile('["“”„«»「」『』]')
#: Where the blocks of Latin letters end, folded ones and others.
_LATIN_ENDS = "\u0250"


class SmallTalk(StrEnum):
    """A message that asks nothing."""

    GREETING = "greeting"
    THANKS = "thanks"


def small_talk(message: str, *names: str) -> SmallTalk | None:
    """Return what courtesy *message* is and nothing but; ``None`` if it may ask something.

    Punctuation and emoji aside, and so is whom it addresses: a "bot", or one of these *names*. A
    greeting with thanks is thanks.

    >>> small_talk("Hello, On Record!", "On Record"), small_talk("Hello, what about Gwadar?")
    (<SmallTalk.GREETING: 'greeting'>, None)
    """
    met = _met(message, names)
    if _DOUBT in met:
        return None
    return next((kind for kind in (SmallTalk.THANKS, SmallTalk.GREETING) if kind in met), None)


def is_doubt(message: str, *names: str) -> bool:
    """Return whether *message* asks whether something is so, and does not say what.

    In reply to somebody it asks about what that one wrote. Whom it addresses is put aside, as in
    ``courtesy``.

    >>> is_doubt("Bot, is this true??"), is_doubt("Is Gwadar open?")
    (True, False)
    """
    return _DOUBT in _met(message, names)


def _met(message: str, names: Iterable[str]) -> set[str | None]:
    """Return what the phrases are that *message* is made of; nothing if it is more than those."""
    if len(message) > LONGEST or _QUOTATION_MARK.search(message):
        return set()
    words = _words(_STRETCHED.sub(r"\1", message))
    own = {"".join(_words(name)) for name in names}
    met: set[str | None] = set()
    start = 0
    while start < len(words):
        for stop in range(min(len(words), start + _MOST_WORDS), start, -1):
            phrase = "".join(words[start:stop])
            known = _known(latin=phrase < _LATIN_ENDS)
            if phrase in known or phrase in own:
                met.add(known.get(phrase))
                start = stop
                break
        else:
            return set()
    return met


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


@cache
def _known(*, latin: bool) -> dict[str, str | None]:
    """Return the phrases in *latin* letters or in others, folded, without spaces, and what each is.

    Those of the last list, which are nothing by themselves, are ``None``. Folding takes longest,
    and most people write in one script.
    """
    kinds = {
        "beside": None,
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
