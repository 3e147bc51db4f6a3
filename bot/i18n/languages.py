"""Finds the languages of the interface: one file each in ``locales/``, named by its tag.

What the files say, and how it is filled in, is left to ``strings``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "locales"
#: The language that all others are translated from.
ORIGINAL = "en"
#: A language tag as Telegram and BCP 47 write it, "zh-hans", and as systems do, "zh_CN".
_TAG = re.compile(r"[a-z]{2,8}(?:[-_][a-z0-9]{1,8}){0,8}", re.ASCII | re.IGNORECASE)


@cache
def languages() -> tuple[str, ...]:
    """Return the tags of all languages, English first."""
    found = sorted(path.stem for path in _FOLDER.glob("*.yaml"))
    return (ORIGINAL, *(tag for tag in found if tag != ORIGINAL))


def nearest(tag: str | None, default: str = ORIGINAL) -> str:
    """Return the language nearest to *tag*; else the one nearest to *default*; else English.

    A tag is shortened from its end until there is such a language (RFC 4647, section 3.4), so that
    "zh-Hant-TW" is Chinese. Tags come from outside, and may be any text.
    """
    known = {language.lower(): language for language in languages()}
    for wanted in (tag, default):
        if not wanted or not _TAG.fullmatch(wanted):
            continue
        parts = wanted.lower().replace("_", "-").split("-")
        while parts:
            if found := known.get("-".join(parts)):
                return found
            parts.pop()
    return ORIGINAL


def read_language(language: str) -> dict[str, Any]:
    """Return the entries in the file of *language*, one of :func:`languages`."""
    text = (_FOLDER / f"{language}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load(text, Loader=loader))  # noqa: S506  # the safe loader, in C
