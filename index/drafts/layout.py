"""Reads how a draft is laid out: its paragraphs, its block quotes, and what is no prose.

Code, tags and addresses have quotation marks that quote nothing, so that a copy of the draft, of
the same length, hides them. The marks of the rest are left to ``marks``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.model.answer import Span

#: Code within a line, an HTML tag, and an address. Bounded, so that the time is linear.
_HIDDEN = re.compile(
    r"(?P<tag></?[a-zA-Z!][^<>]{0,999}>)"
    r"|(?<!`)`(?!`)[^`\r\n]{1,999}`(?!`)"
    r"|(?:https?://|www\.)[^\s<>\"“”„«»「」『』]{1,999}"
)
#: What may stand at an address's end and is no part of it: the mark that closes a quotation.
_AFTER_ADDRESS = ".,;:!?'’*_)]"
_FENCE = re.compile(r"[ \t]{0,3}(```|~~~)")
#: How a line of code begins: an assignment, a declaration, a key of JSON, an import, a prompt; or
#: all of it, a call.
_CODE = re.compile(
    r"[ \t]{0,40}(?:"
    r"[\w.\[\]]{1,80} ?(?:=|:=|\+=|==) ?[\w\"'\[({]"
    r"|(?:const|let|var|final|static|public|private) [\w ]{1,80}="
    r"|\"[\w.-]{1,80}\" ?: ?(?:\"[^\"\n]{0,400}\"|[-\d.]{1,40}|true|false|null|[\[{]) ?,?\s?$"
    r"|import [\w.{*]{1,80}|from [\w.]{1,80} import |#include |#define |\#!/|SELECT [\w*]"
    r"|(?:def|class|function|func|fn) \w{1,80} ?[({:]"
    r"|>>> |\$ |C:\\"
    r"|[\w.]{1,80}\([^()\n]{0,400}\) ?;?\s?$"
    r")"
)
#: How one ends, or nothing but brackets.
_CODE_ENDING = re.compile(r"\) ?;$|\) ?\{$|^[\s{}\[\](),;]{1,80}$")
_QUOTE = re.compile(r"[ \t]{0,3}>(?:[ \t]?>)*[ \t]?")
#: A line of a wrapped text is no longer than this, in characters: a longer one is a paragraph, as
#: texts copied from a page have them.
_LONGEST_LINE = 160
_SEEN = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together: a slice of a draft."""

    start: int
    stop: int
    #: The number of the block quote that it stands in, from 0; -1 if in none.
    block: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A draft as it is laid out."""

    #: The draft, of the same length, with what is no prose hidden.
    text: str
    paragraphs: tuple[Paragraph, ...]
    #: The block quotes, from the first sign ``>`` to the end of the last line.
    blocks: tuple[Span, ...]
    #: The signs of block quotes, which are no words.
    prefixes: tuple[Span, ...]


def layout_of(draft: str) -> Layout:
    r"""Return how *draft* is laid out.

    >>> layout_of("He said:\n> We will\n> go.").blocks
    ((9, 24),)
    """
    lines = _HIDDEN.sub(_hide, draft).splitlines(keepends=True)
    code = _fenced(lines)
    paragraphs: list[Paragraph] = []
    blocks: list[Span] = []
    prefixes: list[Span] = []
    began, start = -1, 0
    in_block = quoted = False

    def end(at: int) -> None:
        nonlocal began
        if began >= 0:
            paragraphs.append(Paragraph(began, at, len(blocks) - 1 if in_block else -1))
            began = -1

    for number, written in enumerate(lines):
        line = written
        stop = start + len(line)
        prefix = None
        if number in code or (not line.isspace() and _is_code(line)):
            lines[number] = _SEEN.sub("x", line)
            end(start)
            quoted = in_block = False
            start = stop
            continue
        if ">" in line[:4] and (prefix := _QUOTE.match(line)):
            span = start + len(prefix[0]) - len(prefix[0].lstrip()), start + prefix.end()
            prefixes.append(span)
            line = " " * prefix.end() + line[prefix.end() :]
            lines[number] = line
        quoted = prefix is not None
        if quoted != in_block:
            end(start)
            if quoted:
                blocks.append((prefixes[-1][0], stop))
        in_block = quoted
        if in_block:
            blocks[-1] = (blocks[-1][0], start + len(line.rstrip()))
        if line.isspace():
            end(start)
        else:
            if began < 0:
                began = start
            if len(line) > _LONGEST_LINE:
                end(stop)
        start = stop
    end(start)
    return Layout("".join(lines), tuple(paragraphs), tuple(blocks), tuple(prefixes))


def _hide(found: re.Match[str]) -> str:
    """Return what stands in the copy for a tag: spaces; for code and addresses: letters."""
    if found["tag"]:
        return re.sub(r"\S", " ", found[0])
    shown = found[0].rstrip(_AFTER_ADDRESS) if found[0][0] != "`" else found[0]
    return "x" * len(shown) + found[0][len(shown) :]


def _fenced(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the lines within fences, and of the fences.

    A fence that nothing closes ends with the paragraph, so that it hides no more than that.
    """
    fences = [
        (number, found[1])
        for number, line in enumerate(lines)
        if ("`" in line or "~" in line) and (found := _FENCE.match(line))
    ]
    fenced: set[int] = set()
    opened: tuple[int, str] | None = None
    for number, mark in fences:
        if opened is None:
            opened = number, mark
        elif opened[1] == mark:
            fenced.update(range(opened[0], number + 1))
            opened = None
    if opened is not None:
        for number in range(opened[0], len(lines)):
            if lines[number].isspace():
                break
            fenced.add(number)
    return frozenset(fenced)


def _is_code(line: str) -> bool:
    """Return whether *line* looks like code rather than prose with a quotation."""
    return not line.isalpha() and bool(_CODE.match(line) or _CODE_ENDING.search(line.rstrip()))
