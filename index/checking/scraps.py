"""Leaves scraps out of a comparison: a few words that stand side by side anywhere on record."""

from __future__ import annotations

from dataclasses import replace

from index.checking.comparison import Comparison, Part

#: A part of a quotation has so many words that stand on record, or so many beside a mark of
#: omission; fewer are taken for words of the story's own.
_FEWEST_IN_PART, _FEWEST_MARKED = 5, 3
#: Of the words of a part, and those on record between them, this share is the same; and of the
#: whole quotation this share stands in parts.
_DENSE, _NEARLY_ALL = 0.8, 0.85


def without_scraps(comparison: Comparison) -> Comparison:
    """Return *comparison* with parts of a few words taken for words that only the story has.

    A few words stand side by side everywhere. If what is left is not nearly all of the quotation,
    in parts that are nearly whole, nobody spliced it: then the largest part alone is left.
    """
    parts = [part for part in comparison.parts if part.matched]
    if not parts:
        return replace(comparison, parts=())
    largest = max(parts, key=lambda part: len(part.matched))
    solid = [part for part in comparison.parts if part is largest or _is_solid(part, comparison)]
    found = sum(len(part.matched) for part in solid)
    most = len(comparison.written.words) / _FEWEST_IN_PART / comparison.written.scale
    if len(solid) > most or found < _NEARLY_ALL * len(comparison.written.words):
        solid = [largest]
    kept: list[Part] = []
    waiting: list[int] = []
    for part in comparison.parts:
        if any(part is one for one in solid):
            kept.append(part.with_added(waiting, first=True) if waiting else part)
            waiting = []
        elif kept:
            kept[-1] = kept[-1].with_added(part.written)
        else:
            waiting += part.written
    return replace(comparison, parts=tuple(kept))


def _is_solid(part: Part, comparison: Comparison) -> bool:
    """Return whether *part* is more than words that stand side by side anywhere."""
    written, matched = part.written, len(part.matched)
    marked = not comparison.written.omissions.isdisjoint((written[0], written[-1] + 1))
    fewest = _FEWEST_MARKED if marked else _FEWEST_IN_PART
    return matched >= fewest * comparison.written.scale and matched >= _DENSE * max(
        len(written), len(part.standing)
    )
