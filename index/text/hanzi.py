"""Makes traditional and simplified Chinese meet: each traditional character becomes the simplified.

Character by character, so that offsets hold; several traditional characters may become one, as 發
and 髮 do. Words that differ between places (軟體, 软件) are left to an operator's synonyms.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index.text.bundled import lines_of

_FILE = Path(__file__).with_name("simplified.txt")


def simplified(text: str) -> str:
    """Return *text* with each traditional Chinese character simplified: of the same length.

    >>> simplified("總理訪問香港")
    '总理访问香港'
    """
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    pairs = "".join(lines_of(_FILE.read_text("utf-8")))
    return str.maketrans(dict(zip(pairs[::2], pairs[1::2], strict=True)))
