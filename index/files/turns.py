"""Reads the turns of a transcript: ``NAME: text`` and ``QUESTION: text``.

The label of a turn names the speaker of what follows, until the next turn, and is not part of the
words. A text that looks like a label but is not taken for one is reported, so that no words are
silently attributed to another speaker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from index.model.statement import Kind, Role, Speaker

#: The kinds of statement that consist of turns. In others, "NOTE: …" and "Question: …" are
#: sentences, and a turn is opened only by Q or QUESTION in capitals, or by the name of a listed
#: speaker.
TRANSCRIPTS = frozenset({Kind.REMARKS, Kind.PRESS_CONFERENCE, Kind.INTERVIEW})

#: A label: up to 80 characters before a colon, perhaps in Markdown emphasis.
_LABEL = regex.compile(
    r"[*_]{0,3}(?P<label>[^\s:：*_][^:：\n*_]{0,79})[*_]{0,3}\s*[:：][*_]{0,3}(?P<gap>\s*)"
)
#: Labels of those who ask; their words are context, never an official's.
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
    """A paragraph of a statement, with its speaker."""

    text: str
    speaker: Speaker
    role: Role | None = None
    #: What looks like a label at its beginning, but names no listed speaker.
    doubtful: str = ""
    #: Whether a label names the speaker.
    named: bool = False


def read_turns(texts: Sequence[str], speakers: Sequence[Speaker], kind: Kind) -> list[Turn]:
    """Return the turns in *texts*, the paragraphs of a statement, without their labels.

    Before the first label, the first of *speakers* speaks. A paragraph without a label continues
    the turn before it, and a label alone in its paragraph applies to the next. After the first
    question, the words of officials are answers.
    """
    labels = [_LABEL.match(text) for text in texts]
    counts = Counter(match["label"].strip() for match in labels if match)
    turns: list[Turn] = []
    speaker, asking, asked, named = speakers[0], False, False, False
    for text, match in zip(texts, labels, strict=True):
        words, doubtful = text, ""
        if match:
            label = match["label"].strip()
            if _asks(label, kind):
                words, speaker, asking, asked = text[match.end() :], Speaker("Question"), True, True
                named = True
            elif found := _speaker_named(label, speakers, kind, counts[label], asked=asked):
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
    """Return whether *line* begins a turn, even in the middle of a paragraph."""
    match = _LABEL.match(line)
    label = match["label"].strip() if match else ""
    if _asks(label, kind) or _ANSWERING.fullmatch(label):
        return True
    return bool(label) and _listed(label, speakers) is not None


def _resembles_name(label: str) -> bool:
    """Return whether *label* has few words and begins with a capital, so not a time of day."""
    return label[:1].isupper() and len(label.split()) <= 4


def _asks(label: str, kind: Kind) -> bool:
    capitals = label if kind not in TRANSCRIPTS else label.upper()
    if kind not in TRANSCRIPTS and label not in ("Q", "QUESTION"):
        return False
    return _ASKING.fullmatch(capitals) is not None


def _speaker_named(
    label: str, speakers: Sequence[Speaker], kind: Kind, count: int, *, asked: bool
) -> Speaker | None:
    if found := _listed(label, speakers):
        return found
    if asked and _ANSWERING.fullmatch(label.upper()):
        return speakers[0]
    # Capitals are a name if they recur, or have more than one word; "CPEC: …" is a sentence.
    words = label.split()
    named = label.isupper() and (count > 1 or 2 <= len(words) <= 6) and len(label) > 2
    return Speaker(label) if named and kind in TRANSCRIPTS else None


def _listed(label: str, speakers: Sequence[Speaker]) -> Speaker | None:
    """Return the only listed speaker whose name, or a word of it, is *label*; or ``None``."""
    name = _plain(label)
    whole = [speaker for speaker in speakers if _plain(speaker.name) == name]
    part = [speaker for speaker in speakers if name in _plain(speaker.name).split()]
    named = whole or part
    return named[0] if len(named) == 1 and len(name) > 1 else None


def _plain(name: str) -> str:
    plain = " ".join(name.split()).casefold()
    while match := _HONORIFIC.match(plain):
        plain = plain[match.end() :]
    return plain
