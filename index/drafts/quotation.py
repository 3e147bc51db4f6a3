"""The value of a quotation in a draft: where it stands, and the pieces that it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PieceKind(StrEnum):
    """What a piece of a quotation is."""

    #: Quoted words.
    WORDS = "words"
    #: A mark that words were left out: … or [...].
    OMISSION = "omission"
    #: Words in brackets, which the writer put in.
    INSERTION = "insertion"


@dataclass(frozen=True, slots=True)
class Piece:
    """A slice of a draft within a quotation."""

    kind: PieceKind
    #: Offsets in the draft, in characters, end exclusive; of an insertion, without its brackets.
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a draft between quotation marks."""

    #: From its opening mark to after its closing one; without the latter, to where it must end.
    start: int
    stop: int
    #: What is between the marks, in order. Marks of reopened paragraphs and white space at a
    #: piece's ends belong to none. Letters that brackets adapt, "[w]e", are words with the brackets
    #: inside.
    pieces: tuple[Piece, ...]
    #: The number, in the same list, of the quotation that it stands within.
    within: int | None = None
