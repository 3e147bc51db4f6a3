"""The value of a sayer: how a sentence names whoever says what it tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Named(Enum):
    """How a sentence names whoever says something."""

    PERSON = auto()
    #: A name without a title: of a person, a country or an institution.
    NAME = auto()
    #: "The ambassador".
    OFFICE = auto()
    #: "The Chinese side".
    SIDE = auto()
    #: "He", "she".
    PRONOUN = auto()
    #: "It", of a party.
    THING = auto()
    #: "The two sides".
    PARTIES = auto()
    #: Several people, or several of whom nothing tells which are meant.
    SEVERAL = auto()
    #: "I", "we".
    OWN = auto()


@dataclass(frozen=True, slots=True)
class Sayer:
    """Whom a sentence names as its subject."""

    named: Named
    #: The words: a name as written; of several, each.
    written: tuple[str, ...]
    #: Whether a verb of saying follows.
    says: bool = True
