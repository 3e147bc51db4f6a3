"""Keeps right-to-left and left-to-right text apart, so that neither scrambles the other.

In a line of Urdu an English title drags the number beside it to its own end; in a line of English
an Urdu name does. So what is filled in is isolated (Unicode Annex 9), and a line that begins with
it opens with a mark of its language's direction. Telegram deletes the older embeddings, and keeps
isolates and single marks. Quotes are verbatim: they stand on lines of their own, and nothing here
touches them. A terminal gets the same: those that turn Urdu round know isolates, the others show
nothing in their place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import regex

#: FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE: what is between runs as its first letter does.
FSI, PDI = "\u2068", "\u2069"
#: LEFT-TO-RIGHT MARK and RIGHT-TO-LEFT MARK: letters of that direction that nobody sees.
LRM, RLM = "\u200e", "\u200f"

_LEFTWARD = r"\p{Bidi_Class=R}\p{Bidi_Class=AL}"
_RIGHTWARD = r"\p{Bidi_Class=L}"
#: Embeddings, overrides and isolates: they may reach beyond the text that they came with.
_REACHING = "\u202a-\u202e\u2066-\u2069"
#: A text in isolates that it opens and closes, others within.
_ISOLATE = regex.compile("[\u2066-\u2068](?:[^\u2066-\u2069]++|(?R))*+\u2069")
_BOUND = regex.compile("[\u2066-\u2069]")
_OPENING = regex.compile("[\u2066-\u2068]")
_BEFORE_DIGIT = regex.compile(f"{FSI}(?=[0-9])")
_RUN = regex.compile(f"{LRM}{{2,}}|{RLM}{{2,}}")
#: What is typed as it is, and so stays in one piece: code, an address, a command with what follows
#: it; and any other words in Latin letters. Tags and places to fill in are no words.
_TYPED = regex.compile(
    r"(?P<kept><(?!code>)[^<>]*>|(?<!@)\{\w+\})"
    r"|<code>.*?</code>"
    r"|@\{\w+\}"
    r"|/[a-z]+ \{\w+\}"
    rf"|[\"@/-]*[A-Za-z](?:[^{_LEFTWARD}،(){{}}<>\n]*[A-Za-z0-9:\"])?"
)


@dataclass(frozen=True, slots=True)
class Direction:
    """In which direction a language is written, and what that asks of text in the other one."""

    #: What makes a line run in this direction.
    mark: str
    #: Finds what would run differently, or reach beyond itself.
    _foreign: regex.Pattern[str] = field(repr=False)
    #: Finds the beginning of a line that would run in the other direction.
    _misled: regex.Pattern[str] = field(repr=False)

    def isolated(self, text: str) -> str:
        """Return *text*, plain or in HTML, so that it leaves what stands around it in its place.

        What runs in this direction, or is isolated already, is returned as it is.
        """
        if self._agrees_at_once(text) or not self._foreign.search(text):
            return text
        if not _BOUND.search(text):
            return f"{FSI}{text}{PDI}"
        if not self._foreign.search(_ISOLATE.sub("", text)):
            return text
        return f"{FSI}{_balanced(text)}{PDI}"

    def led(self, text: str) -> str:
        """Return *text*, plain or in HTML, so that every line runs in this direction."""
        if self._agrees_at_once(text):
            return text
        return self._misled.sub(lambda beginning: self.mark + beginning[0], text)

    def written(self, text: str) -> str:
        """Return a text of the language itself, with the commands and codes in it isolated."""
        if self is LEFT_TO_RIGHT:
            return text
        return self.led(
            _TYPED.sub(lambda run: run[0] if run["kept"] else f"{FSI}{run[0]}{PDI}", text)
        )

    def pasted(self, text: str) -> str:
        """Return *text* for another program to show: with marks where there are isolates.

        Every program that a story is written in knows the marks; isolates are younger (2013), and
        some show a box in their place.
        """
        if PDI not in text:
            return text
        if self is RIGHT_TO_LEFT:
            # After Arabic letters the digits that a code begins with would turn it round.
            text = _BEFORE_DIGIT.sub(LRM, text)
        text = _OPENING.sub("", text).replace(PDI, self.mark)
        return _RUN.sub(self.mark, text).removesuffix(self.mark)

    def _agrees_at_once(self, text: str) -> bool:
        """Return whether *text* is ASCII and so is this direction's: all that most texts ask."""
        return self.mark == LRM and text.isascii()


def _misled(strange: str) -> regex.Pattern[str]:
    """Return what finds the beginning of a line whose first letter is *strange* to it."""
    no_letter = rf"<[^<>\n]*>|\{{\w+\}}|[^\n{_RIGHTWARD}{_LEFTWARD}]"
    return regex.compile(rf"(?m)^(?:{no_letter})*+(?=[{strange}])")


LEFT_TO_RIGHT = Direction(LRM, regex.compile(f"[{_LEFTWARD}{_REACHING}]"), _misled(_LEFTWARD))
RIGHT_TO_LEFT = Direction(
    RLM,
    # A number with a sign, or of several parts, is turned round too.
    regex.compile(rf"[{_RIGHTWARD}{_REACHING}]|[0-9]\p{{P}}|[-+−][0-9]"),
    _misled(_RIGHTWARD),
)


def direction_of(text: str) -> Direction:
    """Return the direction of the first letter of *text*; left to right without one."""
    first = regex.search(f"[{_RIGHTWARD}{_LEFTWARD}]", text)
    leftward = first is not None and regex.match(f"[{_LEFTWARD}]", first[0])
    return RIGHT_TO_LEFT if leftward else LEFT_TO_RIGHT


class DirectedText(str):
    """A text of a language: what is filled in keeps its own direction, the text keeps its."""

    __slots__ = ("_glued", "direction")

    def __new__(cls, text: str, direction: Direction = LEFT_TO_RIGHT) -> DirectedText:
        """Return *text*, whose language is written in *direction*."""
        phrase = super().__new__(cls, direction.written(text))
        phrase.direction = direction
        # An address such as "@{username}" is isolated as a whole, or it would not be one.
        phrase._glued = frozenset(regex.findall(r"@\{(\w+)\}", text))
        return phrase

    direction: Direction
    _glued: frozenset[str]

    def format(self, *_: object, **parts: object) -> str:
        """Return the phrase with its *parts* filled in, each isolated where that is needed."""
        isolated = self.direction.isolated
        kept: dict[str, Any] = {
            name: part if name in self._glued else isolated(str(part))
            for name, part in parts.items()
        }
        return self.direction.led(super().format(**kept))


def _balanced(text: str) -> str:
    """Return *text* without ends of isolates that it did not begin, and with those it lacks."""
    kept, opened = [], 0
    for character in text:
        if character == PDI:
            if not opened:
                continue
            opened -= 1
        opened += character in "\u2066\u2067\u2068"
        kept.append(character)
    return "".join(kept) + PDI * opened
