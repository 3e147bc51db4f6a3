"""Joins the runs of text in an element into paragraphs, each on one line.

Which elements begin a paragraph is known to the walker; here line breaks and white space count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text of one weight; a line break (``<br>``) is a run without text."""

    text: str
    bold: bool = False
    linked: bool = False


BREAK = Run("")


@dataclass(frozen=True, slots=True)
class Line:
    """Text on one line, and how many of its first characters are bold."""

    text: str
    bold: int = 0
    #: Characters of it in links that are no white space.
    linked: int = 0
    #: What stood between line breaks, if there are any; joined by spaces it is the text.
    parts: tuple[str, ...] = ()

    @property
    def all_bold(self) -> bool:
        """Whether nothing in it is set in another weight."""
        return self.bold == len(self.text)

    @property
    def label(self) -> str:
        """The words at its beginning that are bold, if the rest is not."""
        return "" if self.all_bold else self.text[: self.bold].strip()


#: HTML's white space, which stands for one space; a no-break space is a character of the text.
_SPACES = regex.compile(r"[ \t\n\r\f]+")

_WORD = r"[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}\p{N}.'’&/-]{0,40}+"
_JOINING = r"(?:of|the|for|and|de|del|la|le|da|do|dos|di|du|des|et|y|e|und|von|van|der|bin|al|to)\b"
#: What begins a paragraph although only one line break stands before it: the label of a turn
#: ("PRIME MINISTER:", "Q."), a number, a bullet, or an indent.
_OPENS = regex.compile(
    rf"""
      (?: {_WORD} | \( [^()]{{1,60}}+ \) )
      (?: [ \u00a0]{{1,3}}+ (?: {_JOINING} | {_WORD} | \( [^()]{{1,80}}+ \) ) ){{0,9}}+
      [ \u00a0]? [:：]
    | [QA] (?: [.)] | [ \u00a0]{{2}} | \u00a0 )
    | \(? (?: \d{{1,3}}+ | [a-z] ) [.)] [\s\u00a0]
    | [•·▪▫◦‣●○■□➢✓*–—-] [\s\u00a0]
    | [\u3000\u2003\u00a0]{{2}}
    | \u3000
    """,
    regex.VERBOSE,
)


def paragraphs(runs: Iterable[Run]) -> Iterator[Line]:
    """Yield the paragraphs in *runs*: one line break is a space, two begin a paragraph."""
    lines: list[Line] = []
    for line in _lines(runs):
        if not line.text.strip():
            yield from _joined(lines)
            lines = []
            continue
        if lines and _OPENS.match(line.text):
            yield from _joined(lines)
            lines = []
        lines.append(line)
    yield from _joined(lines)


def one_line(runs: Iterable[Run]) -> Line:
    """Return *runs* as one line, whatever breaks are in them."""
    return next(_joined([line for line in _lines(runs) if line.text.strip()]), Line(""))


def _lines(runs: Iterable[Run]) -> Iterator[Line]:
    """Yield what stands between line breaks, its indent included."""
    parts: list[str] = []
    bold = linked = 0
    leading = ends_in_space = True
    for run in runs:
        if run is BREAK:
            yield Line("".join(parts).rstrip(" "), bold, linked)
            parts, bold, linked = [], 0, 0
            leading = ends_in_space = True
            continue
        text = _SPACES.sub(" ", run.text)
        if ends_in_space and text.startswith(" "):
            text = text[1:]
        if not text:
            continue
        parts.append(text)
        ends_in_space = text.endswith(" ")
        linked += len("".join(text.split())) if run.linked else 0
        if leading and (run.bold or not text.strip()):
            bold += len(text)
        else:
            leading = False
    yield Line("".join(parts).rstrip(" "), bold, linked)


def _joined(lines: list[Line]) -> Iterator[Line]:
    """Yield *lines* as one, if there are any, without white space at its ends."""
    if not lines:
        return
    texts = [line.text for line in lines]
    indent = len(texts[0]) - len(texts[0].lstrip())
    texts[0] = texts[0].lstrip()
    texts[-1] = texts[-1].rstrip()
    bold = 0
    for line in lines:
        own = min(line.bold, len(line.text))
        bold += own
        if own < len(line.text):
            break
        bold += 1
    text = " ".join(texts)
    yield Line(
        text,
        max(0, min(bold - indent, len(text))),
        sum(line.linked for line in lines),
        tuple(texts) if len(texts) > 1 else (),
    )
