"""Reads the time and format of a `<tg-time>` or a `date_time` entity as tdlib/td does.

After FormattedDate.cpp: the signs of a format stand in any order and any number, and come back in
one. What an unreadable one costs, a refusal or the entity alone, is for whoever asks.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(-?)([0-9]*)")
#: Of each pair the first wins, the short form before the long one; in the order of an answer.
_SIGNS = ("wW", "dD", "tT")


def int32(digits: str) -> int:
    """Return a number as Telegram reads one: up to the first other letter, and within 32 bits."""
    match = _NUMBER.match(digits)
    assert match is not None, "it matches no digits, too"
    # 10**32 is a multiple of 2**32, so that no earlier digit counts.
    number = (int(match[2][-32:] or "0") * (-1 if match[1] else 1)) & 0xFFFFFFFF
    return number - (1 << 32) if number >= 1 << 31 else number


def date_format(given: str) -> str | None:
    """Return a format as Telegram tells it, empty for none, None for what is no format."""
    if given in ("r", "R"):
        return "r"
    if set(given) - set("".join(_SIGNS)):
        return None
    shown = (next((sign for sign in signs if sign in given), "") for signs in _SIGNS)
    return "".join(shown).replace("W", "w")
