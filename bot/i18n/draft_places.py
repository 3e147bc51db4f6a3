"""Numbers the places of a draft: the lines of what was typed, or the paragraphs of a document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

#: What ends a line of a draft, and a paragraph of a document.
_LINE, _PARAGRAPH = re.compile(r"\n"), re.compile(r"\n\n+")


def numbered_places(draft: str, *, as_typed: bool) -> Callable[[int], int]:
    r"""Return what tells, for an offset in *draft*, in which place it is, counted from 1.

    >>> number = numbered_places("One.\n\nTwo.", as_typed=False)
    >>> number(0), number(6)
    (1, 2)
    """
    ends = [end.end() for end in (_LINE if as_typed else _PARAGRAPH).finditer(draft)]
    return lambda offset: bisect_right(ends, offset) + 1
