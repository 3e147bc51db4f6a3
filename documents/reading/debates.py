"""Makes blocks and claims of a debate whose data tell who speaks: publicwhip, Akoma Ntoso, TEI.

Where data mark a question, whoever neither answers nor presides asks, too: the supplementary
questions of a question time are marked as speeches. Reading the data is left to the readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from documents.model import Block, BlockKind, Claim, Field, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What one speaker says without a break."""

    #: Empty for words of nobody: a heading, the text of a motion.
    name: str
    role: str = ""
    blocks: tuple[Block, ...] = ()
    #: Whether the data say that it is a question, or an answer; ``None`` if they do not tell.
    asks: bool | None = None
    #: Whether the speaker is in the chair.
    presides: bool = False
    #: Whether the data tell who it is; "Hon. Members" is nobody.
    known: bool = True


def with_askers(speeches: Sequence[Speech]) -> list[Speech]:
    """Return *speeches*, each with whether its speaker asks."""
    if not any(speech.asks for speech in speeches):
        return [replace(speech, asks=False) for speech in speeches]
    answering = _answering(speeches)
    return [replace(speech, asks=_asks(speech, answering)) for speech in speeches]


def _asks(speech: Speech, answering: set[str]) -> bool:
    if speech.asks is not None:
        return speech.asks
    return speech.known and not speech.presides and speech.name not in answering


def _answering(speeches: Sequence[Speech]) -> set[str]:
    """Return who answers: as the data tell, who has an office, who speaks next after a question."""
    askers = {speech.name for speech in speeches if speech.asks}
    answering = {s.name for s in speeches if s.asks is False or (s.role and s.name not in askers)}
    asked = False
    for speech in speeches:
        if speech.asks:
            asked = True
        elif asked and speech.known and not speech.presides:
            if speech.name not in askers:
                answering.add(speech.name)
            asked = False
    return answering


def blocks_of(speeches: Iterable[Speech]) -> tuple[Block, ...]:
    """Return the blocks of *speeches*, each with its turn; a heading is nobody's words."""
    return tuple(
        replace(block, turn=Turn(name=speech.name, role=speech.role, asks=bool(speech.asks)))
        if speech.name and block.kind is not BlockKind.HEADING
        else block
        for speech in speeches
        for block in speech.blocks
    )


def speaker_claims(speeches: Sequence[Speech], where: str) -> list[Claim]:
    """Return a claim for each known speaker; who asks or presides comes last.

    *where* tells where the data stand.
    """
    known = [speech for speech in speeches if speech.name and speech.known]
    roles = {speech.name: speech.role for speech in reversed(known) if speech.role}
    ordered = sorted(known, key=lambda speech: (bool(speech.asks), speech.presides))
    return [
        Claim(
            field=Field.SPEAKER,
            value=f"{name}; {roles[name]}" if name in roles else name,
            where=where,
            certain=True,
        )
        for name in dict.fromkeys(speech.name for speech in ordered)
    ]
