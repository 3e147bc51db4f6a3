"""Joins the lines of a paragraph, and decides what a hyphen at the end of a line is.

A hyphen is only taken out where the document itself shows that the word has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import regex

from documents.reading.pdf.letters import LINE_HYPHENS
from documents.reading.pdf.lines import Line

_SOFT = "\u00ad"
_HYPHENS = f"-\u2010{LINE_HYPHENS}{_SOFT}"

#: A word, or several with hyphens between.
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]++(?:[-\u2010][\p{L}\p{M}\p{N}]++)*+")
_LAST_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]{1,80}+\Z")
_FIRST_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]++")

#: An address that a line ends within; whatever sign it breaks at belongs to it.
_ADDRESS = regex.compile(r"(?:https?://|www\.)\S{1,2000}+\Z", regex.IGNORECASE)
_GOES_ON_AFTER = tuple("-/_=&?%.~#") + tuple(LINE_HYPHENS)

#: Scripts that are written without spaces between words.
_NO_SPACES = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u3000-\u303f\uff00-\uff65]"
)


@dataclass(slots=True)
class Joining:
    """What a document's own words say about its line-end hyphens, and how each was decided."""

    words: frozenset[str]
    hyphenated: frozenset[str]
    #: The words whose hyphen was taken out, and those whose hyphen stays though it may not belong.
    healed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def joining_of(lines: Sequence[Line]) -> Joining:
    """Return what is known of the words of *lines*, save those that a line's end cuts."""
    words: set[str] = set()
    hyphenated: set[str] = set()
    broken = False
    for line in lines:
        found = [match[0].lower() for match in _WORD.finditer(_without_soft(line.text))]
        if broken:
            found = found[1:]
        broken = line.text.endswith(tuple(_HYPHENS))
        if broken:
            found = found[:-1]
        for word in found:
            if "-" in word or "\u2010" in word:
                hyphenated.add(word.replace("\u2010", "-"))
            else:
                words.add(word)
    return Joining(words=frozenset(words), hyphenated=frozenset(hyphenated))


def is_in_address(line: str) -> bool:
    """Tell whether *line* ends within an address that goes on in the next one."""
    return line.endswith(_GOES_ON_AFTER) and _ADDRESS.search(line) is not None


def joined(lines: Iterable[str], joining: Joining) -> str:
    """Return *lines* as the one line they are, and note in *joining* what became of hyphens."""
    # Parts, not one growing text: it would be copied for every line.
    parts: list[str] = []
    tail = ""
    for line in lines:
        tail = _appended(parts, tail, line, joining)
    return "".join([*parts, tail]).translate(dict.fromkeys(map(ord, LINE_HYPHENS), "-"))


def _appended(parts: list[str], tail: str, line: str, joining: Joining) -> str:
    """Put *tail*, the line before, among *parts* as it joins *line*; return the new tail."""
    if not tail:
        return line
    if tail.endswith(_GOES_ON_AFTER) and (address := _ADDRESS.search(tail)):
        return _with_address(parts, tail, address.start(), line)
    if tail.endswith(_SOFT):
        parts.append(tail[:-1])
        return line
    if tail.endswith(tuple(_HYPHENS)):
        return _hyphen_decided(parts, tail, line, joining)
    together = _NO_SPACES.match(tail[-1]) and _NO_SPACES.match(line[0])
    parts.append(tail if together else tail + " ")
    return line


def _with_address(parts: list[str], tail: str, start: int, line: str) -> str:
    """Join *line* to the address that begins at *start* of *tail*; return the new tail."""
    if " " in line or not line.endswith(_GOES_ON_AFTER):
        parts.append(tail)
        return line
    # All of the line is a part of the address: the next one joins it, too.
    parts.append(tail[:start])
    return tail[start:] + line


def _hyphen_decided(parts: list[str], tail: str, line: str, joining: Joining) -> str:
    before, after = _LAST_WORD.search(tail[:-1]), _FIRST_WORD.match(line)
    if before is None:
        # A dash with a space before it, or one that stands alone.
        parts.append(tail[:-1] + "- " if tail[:-1].endswith(" ") or len(tail) == 1 else tail)
        return line
    if after is None:
        parts.append(tail)
        return line
    whole = (before[0] + after[0]).lower()
    apart = f"{before[0]}-{after[0]}".lower()
    certain = not after[0][0].islower() or apart in joining.hyphenated
    if whole in joining.words and apart not in joining.hyphenated:
        joining.healed.append(before[0] + after[0])
        parts.append(tail[:-1])
        return line
    if not certain:
        joining.kept.append(f"{before[0]}-{after[0]}")
    parts.append(tail[:-1] + "-")
    return line


def _without_soft(text: str) -> str:
    return text.replace(_SOFT, "")
