"""The value of a subject: who is named beside a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from index.drafts.tokens import Token
from index.model.answer import Span


class Sort(Enum):
    """What a subject is."""

    NAME = "name"
    ROLE = "role"
    PRONOUN = "pronoun"
    #: A text: the joint statement said.
    TEXT = "text"
    #: Somebody that is not told, or several: they, Lin and Rahman.
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is named beside a verb."""

    #: The numbers of its first token, and of the one after its last.
    first: int
    stop: int
    sort: Sort
    #: The slice of the draft.
    span: Span
    #: The words of its name in lower case, without offices; of an office, its words.
    names: tuple[str, ...]
    #: The offices that it has beside the name, or in apposition to it.
    roles: frozenset[str] = frozenset()
    #: The number of the first token of all that belongs to it, also of "Lin, the envoy,"; -1 of
    #: somebody whom the sentence leaves out.
    begins: int = -1

    @classmethod
    def of(cls, tokens: Sequence[Token], first: int, stop: int, sort: Sort) -> Subject:
        """Return the *tokens* from *first* to *stop* as a subject of a *sort* that names nobody."""
        return cls(first, stop, sort, span_of(tokens, first, stop), (), begins=first)

    def with_office(
        self, office: Subject | None, *, begins: int, roles: frozenset[str] = frozenset()
    ) -> Subject:
        """Return the same with the roles of *office*, if any, and with further *roles*."""
        return replace(
            self,
            roles=self.roles | roles | (office.roles if office else frozenset()),
            begins=begins,
        )


def span_of(tokens: Sequence[Token], first: int, stop: int) -> Span:
    """Return the slice of the draft that the *tokens* from *first* to *stop* are."""
    return tokens[first].start, tokens[stop - 1].stop
