"""Joins what a document claims of itself with what its operator and its feed say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from documents.model import Claim, Extract, Field

#: A page that tells either of these needs no feed to tell the other.
_DAYS = frozenset({Field.DATE, Field.PUBLISHED})


def with_claims(extract: Extract, settings: Sequence[Claim], feed: Sequence[Claim]) -> Extract:
    """Return *extract* with the claims of the *settings* in place of its own, and the *feed*'s.

    The feed's fill only what the document itself is not certain of.
    """
    decided = {claim.field for claim in settings}
    own = [claim for claim in extract.claims if claim.field not in decided]
    told = {claim.field for claim in own if claim.certain} | decided
    if told & _DAYS:
        told |= _DAYS
    filled = [claim for claim in feed if claim.field not in told]
    return replace(extract, claims=(*settings, *own, *filled))


def address_of(extract: Extract) -> str:
    """Return the address that *extract* claims for itself; empty if it claims none."""
    for claim in extract.claims:
        if claim.field is Field.URL and claim.value.startswith(("http://", "https://")):
            return claim.value
    return ""
