"""Keeps what is known of a document while its fields are settled, one after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from documents.model import Block, Claim, Field, Warned
from index import Kind


@dataclass(slots=True)
class Known:
    """What is known so far; fields are settled in an order, since later ones rest on earlier."""

    stated: dict[str, object]
    blocks: list[Block]
    found_in: dict[str, str] = field(default_factory=dict)
    offered: list[Claim] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)

    def settle(self, name: str, value: object, where: str) -> None:
        """Take *value* for the field *name*, unless one is known."""
        if self.stated.get(name) is None:
            # A name or a title has no-break spaces for the look of a page.
            self.stated[name] = " ".join(value.split()) if isinstance(value, str) else value
            self.found_in[name] = " ".join(where.split())

    @property
    def texts(self) -> list[str]:
        """The words of its blocks."""
        return [block.text for block in self.blocks]

    @property
    def kind(self) -> Kind:
        """The kind, if it is known by a word that there is."""
        try:
            return Kind(str(self.stated.get("kind") or Kind.STATEMENT))
        except ValueError:
            return Kind.STATEMENT


def settle_certain(known: Known, claims: Mapping[Field, list[Claim]], name: Field) -> None:
    """Settle the field *name* by the claims that are certain, and offer the others."""
    for claim in claims.get(name, ()):
        if claim.certain:
            known.settle(str(name), claim.value, claim.where)
        elif known.stated.get(str(name)) is None:
            known.offered.append(claim)
