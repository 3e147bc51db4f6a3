"""Reads the turns of a transcript: ``NAME: text`` and ``QUESTION: text``.

A turn tells whose words follow, until the next turn. The label is not part of the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex

from index.statement import Kind, Role, Speaker

#: Kinds in which a name in capitals before a colon is a turn even if no speaker was listed so.
#: Elsewhere "NOTE: …" is a sentence, and only a listed speaker's name opens a turn.
TRANSCRIPTS = frozenset({Kind.REMARKS, Kind.PRESS_CONFERENCE, Kind.INTERVIEW})

_LABEL = regex.compile(r"(?P<label>[^\s:：][^:：\n]{0,79}?)\s*[:：]\s*(?=\S)")
_QUESTION = regex.compile(r"Q|QUESTION", regex.IGNORECASE)
_HONORIFIC = regex.compile(
    r"(?:mr|mrs|ms|dr|h\.?e|sir|lord|lady|president|premier|minister|secretary|ambassador|"
    r"prime minister|foreign minister|spokesperson)\.?\s+",
    regex.IGNORECASE,
)


def read_turns(
    texts: Iterable[str], speakers: Sequence[Speaker], kind: Kind
) -> Iterator[tuple[str, Speaker, Role | None]]:
    """Yield, for each paragraph of *texts*: its words without the label, their speaker, its role.

    Before the first turn the first of *speakers* speaks. A paragraph without a label goes on with
    the turn before it. Once a question has been marked, what officials say is an answer.
    """
    speaker, asking, asked = speakers[0], False, False
    for text in texts:
        words = text
        if match := _LABEL.match(text):
            label = match["label"]
            if _QUESTION.fullmatch(label):
                words, asking, asked = text[match.end() :], True, True
                speaker = Speaker("Question")
            elif found := _speaker_named(label, speakers, kind):
                words, asking, speaker = text[match.end() :], False, found
        yield words, speaker, Role.QUESTION if asking else Role.ANSWER if asked else None


def _speaker_named(label: str, speakers: Sequence[Speaker], kind: Kind) -> Speaker | None:
    name = _plain(label)
    for speaker in speakers:
        full = _plain(speaker.name)
        if name in (full, full.rsplit(" ", 1)[-1]):
            return speaker
    capitals = label.isupper() and len(label.split()) <= 6 and sum(map(str.isalpha, label)) > 1
    return Speaker(label) if capitals and kind in TRANSCRIPTS else None


def _plain(name: str) -> str:
    bare = " ".join(name.split()).casefold()
    while match := _HONORIFIC.match(bare):
        bare = bare[match.end() :]
    return bare
