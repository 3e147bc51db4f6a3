"""Cuts a paragraph into what stands inside quotation marks and the sentences outside them.

A mark without its partner quotes nothing for certain: what follows it may be quoted, and is told
apart. Who said what is left to ``sayers``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from index.model.attribution import quoted_spans
from index.text.sentences import sentence_spans

#: Marks and spaces after the end of a sentence are fewer.
_NEAR = 12
_OPENS_NOT_CLOSES = "“«„「『"


class Place(Enum):
    """Where a part of a paragraph stands."""

    OUTSIDE = auto()
    INSIDE = auto()
    #: After a mark that has no partner, or between marks of which some are missing.
    DOUBTFUL = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A quotation with its marks, or a sentence outside of any, or what is left of one."""

    #: Offsets in the paragraph, in characters, end exclusive; white space belongs to the part
    #: before it.
    start: int
    stop: int
    place: Place
    #: Whether a sentence begins here, as far as marks and the language tell.
    opens: bool


def parts_of(text: str, language: str) -> list[Part]:
    """Return the parts of *text*, which together cover it.

    >>> [text[p.start : p.stop] for text in ["He said, “We will.” Then he left."]
    ...  for p in parts_of(text, "en")]
    ['He said, ', '“We will.” ', 'Then he left.']
    """
    parts: list[Part] = []
    end = 0
    odd = text.count('"') % 2 == 1
    for start, stop in [*quoted_spans(text), (len(text), len(text))]:
        if end < start:
            parts += _outside(text, end, start, language)
        if start < stop:
            inside = text[start + 1 : stop - 1]
            opened = text[start]
            doubtful = odd if opened == '"' else (opened in inside or '"' in inside)
            place = Place.DOUBTFUL if doubtful else Place.INSIDE
            parts.append(Part(start, stop, place, opens=_ends(text, start)))
        end = stop
    return _covering(text, parts)


def _outside(text: str, start: int, stop: int, language: str) -> list[Part]:
    """Return the sentences between quotations; doubtful from an opening mark that is not closed."""
    segment = text[start:stop]
    opened = min((at for mark in _OPENS_NOT_CLOSES if (at := segment.find(mark)) >= 0), default=-1)
    if opened >= 0 and stop == len(text):
        before = _outside(text, start, start + opened, language) if segment[:opened].strip() else []
        return [*before, Part(start + opened, stop, Place.DOUBTFUL, opens=False)]
    if not any(map(str.isalnum, segment)):
        return [Part(start, stop, Place.OUTSIDE, opens=False)]
    spans = sentence_spans(segment, language)
    first_opens = _ends(text, start)
    return [
        Part(start + a, start + b, Place.OUTSIDE, opens=first_opens if not number else True)
        for number, (a, b) in enumerate(spans)
    ]


def _ends(text: str, stop: int) -> bool:
    """Return whether a sentence may begin at *stop*, after what stands before it."""
    kept = text[max(0, stop - _NEAR) : stop].rstrip(" \u00a0\u3000”\"»“」』’')]")
    return not kept or kept[-1] in ".!?…。！？۔؟"


def _covering(text: str, parts: list[Part]) -> list[Part]:
    """Return *parts*, each reaching to the next; a part of marks and spaces joins its neighbour."""
    joined: list[Part] = []
    for part in parts:
        words = any(map(str.isalnum, text[part.start : part.stop]))
        if joined and not words:
            continue
        if not joined or words:
            joined.append(part)
    if len(joined) > 1 and not any(map(str.isalnum, text[joined[0].start : joined[0].stop])):
        del joined[0]
    starts = [0, *(part.start for part in joined[1:]), len(text)]
    return [
        Part(starts[number], starts[number + 1], part.place, part.opens)
        for number, part in enumerate(joined)
    ]
