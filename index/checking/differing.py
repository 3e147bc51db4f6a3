"""Finds the words that differ between a quotation and its passage, side by side.

What they change, ``differences`` tells; what is only spelled otherwise, ``spelling``.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.checking.comparison import Aligned, Part, Standing

#: What Chinese numbers are written with.
NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两")


@dataclass(frozen=True, slots=True)
class Differing:
    """Words that stand side by side and differ: of the quotation, of the record, or of both."""

    written: tuple[int, ...]
    standing: tuple[Standing, ...]
    #: The number of the quotation's word before which the record's words were left out.
    before: int
    #: Whether the story marks there that words were left out.
    at_omission: bool = False


def differing_in(part: Part) -> list[Differing]:
    """Return the words of *part* that differ, in order; other spellings of one word do not.

    A numeral between two characters that differ is of their word: 六十二 and 二十六 differ in one
    number.
    """
    found: list[Differing] = []
    pairs: list[Aligned] = []
    before = part.written[0] if part.written else 0
    kept: Aligned | None = None

    def end() -> None:
        nonlocal kept
        if pairs:
            written = tuple(one.written for one in pairs if one.written is not None)
            standing = tuple(one.standing for one in pairs if one.standing is not None)
            found.append(Differing(written, standing, before))
            pairs.clear()
        kept = None

    for pair in part.pairs:
        if not pair.same:
            if kept is not None:
                pairs.append(kept)
                kept = None
            pairs.append(pair)
            continue
        if pairs and kept is None and _is_numeral(pair):
            kept = pair
            continue
        end()
        before = (pair.written or 0) + 1
    end()
    return found


def _is_numeral(pair: Aligned) -> bool:
    return pair.standing is not None and pair.standing.word.plain in NUMERALS
