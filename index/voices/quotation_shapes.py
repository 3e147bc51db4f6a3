"""Tells what a quotation looks like: a term or a sentence, alone or within another sentence."""

from __future__ import annotations

import regex

from index.voices.quoted_parts import Part

#: A quotation of fewer words is as often a name, a term, or said with a raised eyebrow.
_FEWEST_WORDS, _FEWEST_HAN = 3, 6
#: A part of a sentence of fewer words may be quoted from somebody else than speaks.
_FEWEST_OF_SPEAKER = 6
#: Words that stay small in a title: of, the, from.
_LONGEST_SMALL = 4
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’\-]*+")
_HAN = regex.compile(r"\p{Han}")
_COMMAS = (",", "，", "،")
_CLOSING = '”"»“」』'


def is_term(text: str, part: Part) -> bool:
    """Return whether a quotation is so short, or so written, that it may be a name or a term."""
    inside = text[part.start : part.stop]
    if part.opens and _without_closing_marks(inside)[-1:] in ".!?。！？۔؟…":
        return False
    if _HAN.search(inside):
        return len(_HAN.findall(inside)) < _FEWEST_HAN
    words = _WORD.findall(inside)
    if len(words) < _FEWEST_WORDS:
        return True
    long = [word for word in words if len(word) > _LONGEST_SMALL]
    return all(word[0].isupper() or word[0].isdigit() for word in long) and words[0][0].isupper()


def is_short(text: str, part: Part) -> bool:
    """Return whether a part of a sentence is so short that it may be quoted from anybody."""
    return len(_WORD.findall(text[part.start : part.stop])) < _FEWEST_OF_SPEAKER


def goes_on(text: str, part: Part, after: str) -> bool:
    """Return whether the sentence of a quotation goes on *after* it."""
    inside = _without_closing_marks(text[part.start : part.stop])
    following = after.lstrip()
    if inside.endswith((*_COMMAS, "?", "!")) or following[:1] in (*_COMMAS, "-", "–"):
        return True
    return following[:1].islower() and not inside.endswith(".")


def _without_closing_marks(quotation: str) -> str:
    return quotation.rstrip().rstrip(_CLOSING).rstrip()
