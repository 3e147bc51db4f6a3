"""Splits a text into paragraphs, and checks that each can be quoted verbatim.

The one declared change is made here: a line break inside a paragraph becomes a space. White space
at a line's end is no part of the text, so that an editor that strips it changes nothing. Characters
that Telegram would change are reported with their lines, and not changed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from index.files.verbatim import composed, rewritings
from index.model.errors import Problem, fragment_of

#: The line ends of all systems. U+2028 is not one: it stands within a line.
_LINE_END = regex.compile(r"\r\n|\r|\n")
#: What ``str.strip`` takes for white space, including the separators U+001C to U+001F, and two
#: invisible marks.
_BLANK = regex.compile(r"[\s\x1C-\x1F\uFEFF\u200B]*")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph in a file."""

    #: Its lines joined by single spaces, and stripped.
    text: str
    #: The line it begins on, from 1.
    line: int
    #: Its lines as they stand in the file.
    lines: tuple[str, ...] = ()


def split_lines(text: str) -> list[str]:
    """Return the lines of *text*, without white space at their ends."""
    return [line.rstrip() for line in _LINE_END.split(text)]


def blocks(
    text: str, first_line: int = 1, opens: Callable[[str, str], bool] = lambda line, before: False
) -> Iterator[Block]:
    r"""Yield the paragraphs of *text*, which are separated by blank lines.

    A line that *opens* something, such as a speaker's turn, begins a paragraph too; *opens* is
    called with the line and with the one before it.

    >>> [b.text for b in blocks("One,\nstill one.\n\nTwo.")]
    ['One, still one.', 'Two.']
    """
    gathered: list[str] = []
    began = first_line
    for number, line in enumerate([*split_lines(text), ""], first_line):
        blank = _BLANK.fullmatch(line)
        if gathered and (blank or opens(line, gathered[-1])):
            yield Block(" ".join(gathered).strip(), began, tuple(gathered))
            gathered = []
        if not blank:
            if not gathered:
                began = number
            gathered.append(line)


def one_line(text: str) -> str:
    """Return the *text* of a paragraph with line breaks as spaces, and stripped."""
    return " ".join(split_lines(text)).strip()


def unfaithful(block: Block, path: Path) -> Iterator[Problem]:
    """Yield an error if Telegram would change *block*, or a warning if it might."""
    changes = list(rewritings(block.text))
    if changes:
        first = changes[0]
        more = f" (and {len(changes) - 1} more here)" if len(changes) > 1 else ""
        around = block.text[max(0, first.start - 20) : first.stop + 20]
        replacement = "a space" if first.repaired == " " else "nothing"
        yield Problem(
            path,
            block.line,
            what=f"Telegram would change {first.what}{more}, so this could not be quoted verbatim",
            repair=f"Put {replacement} in its place, or file the text again with “onrecord add”, "
            "which does that and tells you.",
            fragment=fragment_of(around),
        )
    elif composed(block.text) != block.text:
        yield Problem(
            path,
            block.line,
            what="letters are written here in pieces (not in Unicode's composed form, NFC)",
            repair="It is quoted as it is. Save the file in NFC so that it shows everywhere.",
            fragment=fragment_of(block.text),
            warning=True,
            category="letters in pieces",
        )
