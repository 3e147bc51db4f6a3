"""Finds who signs a quotation that stands by itself: a line beneath it with a dash and a name."""

from __future__ import annotations

import regex

from index.drafts.quotation import Quotation
from index.model.answer import Span

# Bounded, so that the time is linear.
_SPACE = r"[ \t]{0,9}+"
#: "— Nadia Rahman, minister of ports", and a block quote's sign before it.
_SIGNATURE = regex.compile(
    rf"{_SPACE}(?:\n{_SPACE}>?{_SPACE}){{1,2}}(?:[—–―]|--?){_SPACE}"
    rf"(?P<name>[\p{{Lu}}\p{{Lo}}][^\n,;(—–]{{1,60}}?){_SPACE}(?:[,;(—–][^\n]{{0,80}})?(?=\n|\Z)"
)
#: The same on the line of the quotation, at its end: “We hold.” — Lin Wei
_AFTER = regex.compile(
    rf"{_SPACE}(?:[—–―]|--){_SPACE}"
    rf"(?P<name>\p{{Lu}}[\p{{L}}.'’-]*(?:[ \t]\p{{Lu}}[\p{{L}}.'’-]*){{0,4}})"
    rf"{_SPACE}(?:[,(][^\n]{{0,80}})?(?=\n|\Z)"
)


def signed_by(draft: str, quotation: Quotation) -> Span | None:
    r"""Return the name on the line beneath *quotation*; ``None`` if there is none.

    >>> from index.drafts.quotations import quotations_in
    >>> draft = "“We hold to our word.”\n— Lin Wei, envoy"
    >>> draft[slice(*signed_by(draft, quotations_in(draft).quotations[0]))]
    'Lin Wei'
    """
    begin = draft.rfind("\n", 0, quotation.start) + 1
    if draft[begin : quotation.start].strip(" \t>*_"):
        return None
    match = _SIGNATURE.match(draft, quotation.stop) or _AFTER.match(draft, quotation.stop)
    return match.span("name") if match else None
