"""Reads the turns of a transcript: ``NAME: text`` and ``QUESTION: text``.

A turn tells whose words follow, until the next turn. The label is not part of the words. What looks
like a label and is not taken for one is reported, so that nobody's words are given to somebody else
in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from index.model.statement import Kind, Role, Speaker

#: Kinds that consist of turns. Elsewhere "NOTE: …" and "Question: …" are sentences, and only the
#: marks of the contract in capitals, or a listed speaker's name, open a turn.
TRANSCRIPTS = frozenset({Kind.REMARKS, Kind.PRESS_CONFERENCE, Kind.INTERVIEW})

#: A name has few words, and no sentence ends in it but for an abbreviation.
_LABEL = regex.compile(
    r"[*_]{0,3}(?P<label>[^\s:：*_][^:：\n*_]{0,79})[*_]{0,3}\s*[:：][*_]{0,3}(?P<gap>\s*)"
)
#: Those who put questions; their words are context, never an official's.
_ASKING = regex.compile(
    r"(?:Q|QUESTION|JOURNALIST|REPORTER|INTERVIEWER|MODERATOR|HOST|PRESS|MEDIA)"
    r"\s*[0-9]{0,3}\s*(?:\([^)]*\))?"
)
_ANSWERING = regex.compile(r"(?:A|ANSWER)\s*[0-9]{0,3}")
_HONORIFIC = regex.compile(
    r"(?:mr|mrs|ms|dr|h\.?e|sir|lord|lady|president|premier|minister|secretary|ambassador|"
    r"prime minister|foreign minister|spokesperson)\.?\s+",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One paragraph of a statement, with whose words it is."""

    text: str
    speaker: Speaker
    role: Role | None = None
    #: A label that it seems to begin with, but that names no listed speaker.
    doubtful: str = ""
    #: Whether a label has told whose words they are.
    named: bool = False


def read_turns(texts: Sequence[str], speakers: Sequence[Speaker], kind: Kind) -> list[Turn]:
    """Return the turns in *texts*, the paragraphs of a statement; labels are taken off.

    Before the first turn the first of *speakers* speaks. A paragraph without a label goes on with
    the turn before it, and a label alone in its paragraph belongs to what follows. Once a question
    has been marked, what officials say is an answer.
    """
    labels = [_LABEL.match(text) for text in texts]
    often = Counter(match["label"].strip() for match in labels if match)
    turns: list[Turn] = []
    speaker, asking, asked, named = speakers[0], False, False, False
    for text, match in zip(texts, labels, strict=True):
        words, doubtful = text, ""
        if match:
            label = match["label"].strip()
            if _asks(label, kind):
                words, speaker, asking, asked = text[match.end() :], Speaker("Question"), True, True
                named = True
            elif found := _speaker_named(label, speakers, kind, often[label], asked=asked):
                words, speaker, asking, named = text[match.end() :], found, False, True
            elif kind in TRANSCRIPTS and match["gap"] and _resembles_name(label):
                doubtful = label
        if words:
            role = Role.QUESTION if asking else Role.ANSWER if asked else None
            turns.append(
                Turn(text=words, speaker=speaker, role=role, doubtful=doubtful, named=named)
            )
    return turns


def opens_turn(line: str, speakers: Sequence[Speaker], kind: Kind) -> bool:
    """Return whether a turn begins with *line*, in the middle of a paragraph though it be."""
    match = _LABEL.match(line)
    label = match["label"].strip() if match else ""
    if _asks(label, kind) or _ANSWERING.fullmatch(label):
        return True
    return bool(label) and _listed(label, speakers) is not None


def _resembles_name(label: str) -> bool:
    """Return whether *label* is a few words, the first with a capital, and no time of day."""
    return label[:1].isupper() and len(label.split()) <= 4


def _asks(label: str, kind: Kind) -> bool:
    capitals = label if kind not in TRANSCRIPTS else label.upper()
    if kind not in TRANSCRIPTS and label not in ("Q", "QUESTION"):
        return False
    return _ASKING.fullmatch(capitals) is not None


def _speaker_named(
    label: str, speakers: Sequence[Speaker], kind: Kind, often: int, *, asked: bool
) -> Speaker | None:
    if found := _listed(label, speakers):
        return found
    if asked and _ANSWERING.fullmatch(label.upper()):
        return speakers[0]
    # Capitals are a name if they come back, or are more than one word; "CPEC: …" is a sentence.
    words = label.split()
    named = label.isupper() and (often > 1 or 2 <= len(words) <= 6) and len(label) > 2
    return Speaker(label) if named and kind in TRANSCRIPTS else None


def _listed(label: str, speakers: Sequence[Speaker]) -> Speaker | None:
    """Return the one listed speaker whose name, or a part of it, is *label*."""
    name = _plain(label)
    whole = [speaker for speaker in speakers if _plain(speaker.name) == name]
    part = [speaker for speaker in speakers if name in _plain(speaker.name).split()]
    named = whole or part
    return named[0] if len(named) == 1 and len(name) > 1 else None


def _plain(name: str) -> str:
    bare = " ".join(name.split()).casefold()
    while match := _HONORIFIC.match(bare):
        bare = bare[match.end() :]
    return bare
