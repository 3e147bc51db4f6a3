"""Reads what people write beneath a quote: about its citation, to each other, or to ask for more.

The phrases of all languages are in ``follow_ups.yaml``, as users write in their own, whatever
language the record is in. ``bot`` decides what is answered.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, cast

import regex

from index.text.bundled import lines_of, read_bundled
from index.text.folding import fold
from index.text.hanzi import simplified
from index.text.language import path_of, small_words_of

_FILE = Path(__file__).parent / "follow_ups.yaml"
#: A longer message, in characters, is written for others to read: it follows up only if it asks.
LONGEST = 200
#: The most words that a phrase has; in Chinese, characters.
_MOST_WORDS = 6
_WORD = regex.compile(r"(?P<han>\p{Han})|(?:(?!\p{Han})\p{L})(?:(?!\p{Han})[\p{L}\p{M}'’])*|\p{N}+")
#: A letter that is written together with the word after it, in Arabic: "and".
_AND = "و"
#: An opening of so many words can only ask: "what about", not "what".
_PLAIN = 2
#: The kind of a word for whoever is quoted, and of "this" and "that": "Did the minister say that?"
_SPOKE, _POINTING = "spoke", "pointing"

#: A word as it is compared, and where it stands.
_Unit = tuple[int, int, str]
_Phrase = tuple[str, ...]
_Kinds = Mapping[_Phrase, str]


class CitationPart(StrEnum):
    """What somebody may want to know of a quote; its citation tells."""

    SPEAKER = "speaker"
    WORDING = "wording"
    DATE = "date"
    SOURCE = "source"


#: Question words that ask for a part of the citation if they stand alone.
_ALONE = {
    "who": CitationPart.SPEAKER,
    "when": CitationPart.DATE,
    "where": CitationPart.SOURCE,
}
#: Words that say nothing by themselves, in whatever language they stand among others.
_FILLERS = ("chatter", "closings", "joins")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a message beneath a quote wants."""

    #: The parts of the quote's citation that it asks for; then it asks nothing else.
    parts: tuple[CitationPart, ...] = ()
    #: Whether it has no subject: it comments on the quote, or asks what no citation tells.
    idle: bool = False
    #: Whether its wording asks, with or without a question mark: "what about …", "… please".
    asks: bool = False
    #: Whether that cannot be taken for anything else, so that silence would be no answer.
    plainly: bool = False
    #: Whether it only names a subject, as "deep water port" does, and says nothing about it.
    names: bool = False
    #: Whether it goes on from what was said: "and Kashmir".
    goes_on: bool = False
    #: What it asks about: the message without "and" and "please".
    question: str = ""


def read_follow_up(message: str, *names: str, cited: Iterable[str] = ()) -> FollowUp:
    """Return what *message*, written beneath a quote, wants; the bot's *names* are ignored.

    Those *cited* with the quote, and offices such as "the minister", are no subject of "Did she say
    that?".

    >>> read_follow_up("And the date?").parts
    (<CitationPart.DATE: 'date'>,)
    >>> read_follow_up("and Kashmir please").question, read_follow_up("nice one, mate").idle
    ('Kashmir', True)
    """
    units = _units(message) if len(message) <= LONGEST else []
    if not units:
        return FollowUp(question=message)
    own = _words_in(names)
    forms = [form for _, _, form in units]
    begin, opening, goes_on = _beginning(forms, own)
    if _length_at(forms, begin, _pooled()["exclaims"]):
        return FollowUp(idle=True, question=message)
    spoken_to = opening < _PLAIN
    parts, idle = _about_quote(forms, own, _words_in(cited), comments=spoken_to)
    if parts or idle:
        return FollowUp(parts=parts, idle=idle, question=message)
    end, polite = _ending(forms, begin, own)
    pooled = _pooled()
    within = [(form,) for form in forms[begin:end]]
    says = any(form in pooled["talk"] for form in within)
    asks = opening > 0 or (polite and not says)
    return FollowUp(
        asks=asks,
        plainly=opening >= _PLAIN or (polite and asks),
        names=not says and not any(form in pooled["chatter"] for form in within),
        goes_on=goes_on,
        question=_slice(message, units, begin, end),
    )


def after_fillers(text: str, start: int) -> int:
    """Return where in *text*, from *start* on, the first word begins that says something.

    It is the end of *text* if there is none: "hi", "please" and "thanks" say nothing.
    """
    units = _units(text[start:])
    forms, at = [form for _, _, form in units], 0
    while at < len(forms) and (length := _length_at(forms, at, _fillers())):
        at += length
    return start + units[at][0] if at < len(forms) else len(text)


def _beginning(forms: Sequence[str], own: Container[_Phrase]) -> tuple[int, int, bool]:
    """Return where the question in *forms* begins, how long its opening is, and whether it goes on.

    Before it may stand what only leads up to it: "ok, and", "nice, what about". If it has no
    opening and does not go on, it is all of *forms*.
    """
    pooled = _pooled()
    begin = at = 0
    goes_on = forms[0].startswith(_AND) and len(forms[0]) > len(_AND)
    while at < len(forms):
        if length := _length_at(forms, at, own):
            # Whoever calls the bot by its name goes on, too.
            goes_on, begin = True, at + length
        elif length := _length_at(forms, at, pooled["openings"]):
            return at, length, goes_on
        elif length := _length_at(forms, at, pooled["joins"]):
            goes_on, begin = True, at + length
        elif not (length := _length_at(forms, at, pooled["chatter"])):
            break
        at += length
    return (begin if begin < len(forms) else 0), 0, goes_on


def _ending(forms: Sequence[str], begin: int, own: Container[_Phrase]) -> tuple[int, bool]:
    """Return where the question in *forms* from *begin* on ends, and whether it asks politely."""
    end, polite = len(forms), False
    while True:
        closing = _length_before(forms, end, _pooled()["closings"])
        length = closing or _length_before(forms, end, own)
        if not length or end - length <= begin:
            return end, polite
        end, polite = end - length, polite or closing > 0


def _about_quote(
    forms: Sequence[str],
    own: Container[_Phrase],
    cited: Container[_Phrase],
    *,
    comments: bool,
) -> tuple[tuple[CitationPart, ...], bool]:
    """Return which parts of a citation *forms* ask for, and whether they have no subject.

    They must all be words of one language, besides those that say nothing in any. Comments such as
    "propaganda" are no subject if *comments*; after "what about" they are.
    """
    idle = False
    for code in _lists():
        kinds = _covered(forms, _vocabulary(code), own, cited)
        if kinds is None or (_SPOKE in kinds and _POINTING not in kinds):
            continue
        if not comments and "chatter" in kinds:
            continue
        idle = True
        asked = {CitationPart(kind) for kind in kinds if kind in set(CitationPart)}
        if asked or not kinds - {*_FILLERS, *_ALONE, "aside"}:
            asked |= {part for kind, part in _ALONE.items() if kind in kinds}
        if asked:
            return tuple(part for part in CitationPart if part in asked), False
    return (), idle


def _covered(
    forms: Sequence[str], kinds: _Kinds, own: Container[_Phrase], cited: Container[_Phrase]
) -> set[str] | None:
    """Return the kinds of the phrases that make up *forms*; ``None`` if any word is in none."""
    found: set[str] = set()
    at = 0
    while at < len(forms):
        for length in range(min(_MOST_WORDS, len(forms) - at), 0, -1):
            phrase = tuple(forms[at : at + length])
            kind = "chatter" if phrase in own else kinds.get(phrase)
            if kind is None and length == 1 and phrase[0].startswith(_AND):
                kind = kinds.get((phrase[0].removeprefix(_AND),))
            if kind is None and phrase in cited:
                kind = _SPOKE
            if kind is not None:
                found.add(kind)
                at += length
                break
        else:
            return None
    return found


def _length_at(forms: Sequence[str], at: int, phrases: Container[_Phrase]) -> int:
    """Return how many of *forms* from *at* on are one of *phrases*; 0 if none is."""
    for length in range(min(_MOST_WORDS, len(forms) - at), 0, -1):
        if tuple(forms[at : at + length]) in phrases:
            return length
    return 0


def _length_before(forms: Sequence[str], end: int, phrases: Container[_Phrase]) -> int:
    """Return how many of *forms* up to *end* are one of *phrases*; 0 if none is."""
    for length in range(min(_MOST_WORDS, end), 0, -1):
        if tuple(forms[end - length : end]) in phrases:
            return length
    return 0


def _words_in(names: Iterable[str]) -> set[_Phrase]:
    """Return *names* as they are compared, each whole and each of its words."""
    found: set[_Phrase] = set()
    for name in names:
        forms = [form for _, _, form in _units(name)]
        found |= {tuple(forms), *((form,) for form in forms)}
    return found - {()}


def _slice(message: str, units: Sequence[_Unit], begin: int, end: int) -> str:
    """Return what of *message* its *units* from *begin* to *end* are, with all that is within.

    What stands before the first word and behind the last belongs to it, as quotation marks do.
    """
    start = 0 if begin == 0 else units[begin][0]
    stop = len(message) if end == len(units) else units[end - 1][1]
    return message[start:stop].strip()


def _units(text: str) -> list[_Unit]:
    """Return the words of *text*, each Chinese character by itself."""
    plain = text if text.isascii() else simplified(text)
    return [
        (*match.span(), match[0] if match["han"] else fold(match[0]))
        for match in _WORD.finditer(plain)
    ]


@cache
def _vocabulary(code: str) -> dict[_Phrase, str]:
    """Return what is written beneath a quote in the language *code*, each phrase with its kind."""
    lists = _lists()[code]
    kinds: dict[_Phrase, str] = {}
    # Each may have words of those before it, and is the likelier reading of them.
    kinds |= dict.fromkeys(_phrases(read_bundled(path_of(code)).get("offices", "")), _SPOKE)
    kinds |= dict.fromkeys(((word,) for word in small_words_of(code)), "small")
    for kind in _FILLERS:
        kinds |= dict.fromkeys(_pooled()[kind], kind)
    kinds |= dict.fromkeys(lists["talk"], "small")
    for kind in ("small", "chatter", "aside", _POINTING, *_ALONE, *CitationPart):
        kinds |= dict.fromkeys(lists[kind], kind)
    return kinds


@cache
def _pooled() -> dict[str, dict[_Phrase, str]]:
    """Return the phrases of all languages together, for the kinds that need no language."""
    pooled = ("joins", "closings", "openings", "exclaims", "talk", "chatter")
    return {
        kind: {phrase: kind for lists in _lists().values() for phrase in lists[kind]}
        for kind in pooled
    }


@cache
def _fillers() -> frozenset[_Phrase]:
    return frozenset(phrase for kind in _FILLERS for phrase in _pooled()[kind])


@cache
def _lists() -> dict[str, dict[str, frozenset[_Phrase]]]:
    """Return the phrases of each kind, by language."""
    written = cast(dict[str, Any], read_bundled(_FILE))
    return {
        code: {kind: _phrases(block) for kind, block in kinds.items()}
        for code, kinds in written.items()
    }


def _phrases(block: str) -> frozenset[_Phrase]:
    listed = ",".join(lines_of(block)).split(",")
    return frozenset(tuple(form for _, _, form in _units(one)) for one in listed if one.strip())
