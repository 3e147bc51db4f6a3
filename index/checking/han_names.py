"""Compares names in Chinese characters, where nothing parts an office from the name after it."""

from __future__ import annotations

from functools import cache

import regex

from index.drafts.attributing_words import attributing_words
from index.text.language import language_of

_NAME = regex.compile(r"\p{Han}{2,4}$")
#: With these the names of institutions end, and hardly any person's.
_BODIES = frozenset("社报網网台署院局会委部厅办党方国军团组处司府队盟联")
#: A Chinese name has no more characters, surname included.
_LONGEST_NAME = 3


def is_same_in_han(written: str, name: str) -> bool | None:
    """Compare a name in Chinese characters: 外交部发言人耿爽 is 耿爽."""
    if written == name or (len(name) > 1 and written.endswith(name) and name not in _offices()):
        return True
    own, other = _name_in(written), _name_in(name)
    if own and other:
        return own == other
    bare = _NAME.fullmatch(name) and not any(one in name for one in _offices())
    # 新华社, 国新办: what ends so is no person.
    return (
        False if own and bare and len(name) <= _LONGEST_NAME and name[-1] not in _BODIES else None
    )


@cache
def _offices() -> frozenset[str]:
    words = attributing_words("zh")
    return words["roles"] | words["institutions"] if words else frozenset()


def _name_in(text: str) -> str | None:
    """Return the name that *text* ends with, after an office or alone; ``None`` if none is sure."""
    ends = [text.rfind(one) + len(one) for one in _offices() if one in text]
    rest = text[max(ends, default=0) :]
    chinese = language_of("zh")
    if not _NAME.fullmatch(rest) or any(rest.startswith(one) for one in chinese.no_speakers):
        return None
    if rest[0] in chinese.surnames and len(rest) <= _LONGEST_NAME:
        return rest
    return rest if ends and len(rest) <= _LONGEST_NAME else None
