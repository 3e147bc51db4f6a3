"""Keeps right-to-left and left-to-right text apart, so that neither scrambles the other.

In a line of Urdu an English title pulls the number beside it to its own end; in a line of English
an Urdu name does. So what is filled in is isolated (Unicode Annex 9), and a line that begins with
it starts with a mark of its language's direction. Telegram deletes the older embeddings, and keeps
isolates and single marks. Quotes are verbatim: they stand on lines of their own, and nothing here
touches them. Terminals get the same text: those that lay out Urdu know isolates, the others show
nothing for them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import regex

#: FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE: the text between runs as its first letter does.
FSI, PDI = "\u2068", "\u2069"
#: LEFT-TO-RIGHT MARK and RIGHT-TO-LEFT MARK: invisible letters of that direction.
LRM, RLM = "\u200e", "\u200f"

_RTL = r"\p{Bidi_Class=R}\p{Bidi_Class=AL}"
_LTR = r"\p{Bidi_Class=L}"
#: Embeddings, overrides and isolates: left open, they reach beyond the text that they came with.
_CONTROLS = "\u202a-\u202e\u2066-\u2069"
#: A text between an isolate and its end, with others nested inside.
_ISOLATE = regex.compile("[\u2066-\u2068](?:[^\u2066-\u2069]++|(?R))*+\u2069")
_ISOLATE_OR_END = regex.compile("[\u2066-\u2069]")
_OPENING = regex.compile("[\u2066-\u2068]")
_BEFORE_DIGIT = regex.compile(f"{FSI}(?=[0-9])")
_RUN = regex.compile(f"{LRM}{{2,}}|{RLM}{{2,}}")
#: What users type, and so stays in one piece: code, an address, a command with its argument; and
#: any other words in Latin letters. Tags and placeholders are not words.
_TYPED = regex.compile(
    r"(?P<kept><(?!code>)[^<>]*>|(?<!@)\{\w+\})"
    r"|<code>.*?</code>"
    r"|@\{\w+\}"
    r"|/[a-z]+ \{\w+\}"
    # Begun where the last one ended, or at the first of such signs: never again at each of them.
    rf"|(?:\G|(?<![\"@/-]))[\"@/-]*+[A-Za-z](?:[^{_RTL}،(){{}}<>\n]*[A-Za-z0-9:\"])?"
)


@dataclass(frozen=True, slots=True)
class Direction:
    """The direction in which a language is written, and how text in the other one is kept apart."""

    #: The character that makes a line run in this direction.
    mark: str
    #: Finds text that would run in the other direction, or reach beyond itself.
    _foreign: regex.Pattern[str] = field(repr=False)
    #: Finds the beginning of a line that would run in the other direction.
    _foreign_start: regex.Pattern[str] = field(repr=False)

    def isolated(self, text: str) -> str:
        """Return *text*, plain or in HTML, so that it does not move the text around it.

        Text that runs in this direction, or is isolated already, is returned as it is.
        """
        if self._is_plain(text) or not self._foreign.search(text):
            return text
        if not _ISOLATE_OR_END.search(text):
            return f"{FSI}{text}{PDI}"
        if not self._foreign.search(_ISOLATE.sub("", text)):
            return text
        return f"{FSI}{_balanced(text)}{PDI}"

    def marked(self, text: str) -> str:
        """Return *text*, plain or in HTML, with marks so that every line runs in this direction."""
        if self._is_plain(text):
            return text
        return self._foreign_start.sub(lambda start: self.mark + start[0], text)

    def own(self, text: str) -> str:
        """Return a text in the language itself, with the commands and codes in it isolated."""
        if self is LEFT_TO_RIGHT:
            return text
        return self.marked(
            _TYPED.sub(lambda run: run[0] if run["kept"] else f"{FSI}{run[0]}{PDI}", text)
        )

    def for_pasting(self, text: str) -> str:
        """Return *text* for another program to show: with marks in place of isolates.

        Every word processor knows the marks. Isolates are from 2013, and some show a box for them.
        """
        if PDI not in text:
            return text
        if self is RIGHT_TO_LEFT:
            # Digits at the start of a code would join the Arabic letters before it and reverse it.
            text = _BEFORE_DIGIT.sub(LRM, text)
        text = _OPENING.sub("", text).replace(PDI, self.mark)
        return _RUN.sub(self.mark, text).removesuffix(self.mark)

    def _is_plain(self, text: str) -> bool:
        """Return whether *text* is ASCII in a left-to-right language: the quick way for most."""
        return self.mark == LRM and text.isascii()


def _starts_with(letters: str) -> regex.Pattern[str]:
    """Return a pattern for the beginning of a line whose first letter is one of *letters*."""
    no_letter = rf"<[^<>\n]*>|\{{\w+\}}|[^\n{_LTR}{_RTL}]"
    return regex.compile(rf"(?m)^(?:{no_letter})*+(?=[{letters}])")


LEFT_TO_RIGHT = Direction(LRM, regex.compile(f"[{_RTL}{_CONTROLS}]"), _starts_with(_RTL))
RIGHT_TO_LEFT = Direction(
    RLM,
    # A number with a sign, or of several parts, is reversed too.
    regex.compile(rf"[{_LTR}{_CONTROLS}]|[0-9]\p{{P}}|[-+−][0-9]"),
    _starts_with(_LTR),
)


def direction_of(text: str) -> Direction:
    """Return the direction of the first letter of *text*; left to right without one."""
    first = regex.search(f"[{_LTR}{_RTL}]", text)
    right_to_left = first is not None and regex.match(f"[{_RTL}]", first[0])
    return RIGHT_TO_LEFT if right_to_left else LEFT_TO_RIGHT


class DirectedText(str):
    """A text whose direction is not changed by what is filled in, nor the other way round."""

    __slots__ = ("_addresses", "direction")

    def __new__(cls, text: str, direction: Direction = LEFT_TO_RIGHT) -> DirectedText:
        """Return *text*, whose language is written in *direction*."""
        made = super().__new__(cls, direction.own(text))
        made.direction = direction
        # "@{username}" is isolated as a whole: an isolate after the @ would break the mention.
        made._addresses = frozenset(regex.findall(r"@\{(\w+)\}", text))
        return made

    direction: Direction
    _addresses: frozenset[str]

    def format(self, *_: object, **parts: object) -> str:
        """Return the text with its *parts* filled in, each isolated where that is needed."""
        isolated = self.direction.isolated
        kept: dict[str, Any] = {
            name: part if name in self._addresses else isolated(str(part))
            for name, part in parts.items()
        }
        return self.direction.marked(super().format(**kept))


def _balanced(text: str) -> str:
    """Return *text* with an end for each isolate that it opens, and no other ends."""
    kept, opened = [], 0
    for character in text:
        if character == PDI:
            if not opened:
                continue
            opened -= 1
        opened += character in "\u2066\u2067\u2068"
        kept.append(character)
    return "".join(kept) + PDI * opened
