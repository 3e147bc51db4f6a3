"""Splits a text into paragraphs and headings, and checks that each can be quoted verbatim.

A line that begins with ``## `` is a heading: no paragraph, but the section of those that follow. A
backslash before it makes it text again, and is no part of that text.

The one declared change is made here: a line break inside a paragraph becomes a space. White space
at a line's end is no part of the text, so that an editor that strips it changes nothing. Characters
that Telegram would change are reported with their lines, and not changed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import regex

from index.files.verbatim import composed, rewritings
from index.model.errors import Problem, fragment_of

#: The line ends of all systems. U+2028 is not one: it stands within a line.
_LINE_END = regex.compile(r"\r\n|\r|\n")
#: What ``str.strip`` takes for white space, including the separators U+001C to U+001F, and two
#: invisible marks.
_BLANK = regex.compile(r"[\s\x1C-\x1F\uFEFF\u200B]*")
#: What a heading begins with. "### " is text, as a statement has one level of sections.
_HEADING = "## "
#: The beginning of a line of text that would be read as a heading, with what escapes it.
_LIKE_HEADING = regex.compile(r"\\*+## ")
#: A longer heading, in characters, is probably a paragraph.
_LONGEST_HEADING = 300


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph in a file."""

    #: Its lines joined by single spaces, and stripped.
    text: str
    #: The line it begins on, from 1.
    line: int
    #: Its lines as they stand in the file, but for what escapes a heading.
    lines: tuple[str, ...] = ()
    #: The heading it stands under; empty if there is none.
    section: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows: its section. It is never quoted or numbered."""

    text: str
    #: The line it stands on, from 1; 0 if it is in no file yet.
    line: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        """Refuse an empty heading, one with line breaks, and white space at either end."""
        if not self.text or self.text != self.text.strip() or _LINE_END.search(self.text):
            raise ValueError(f"a heading is one line of text, not {self.text!r}")


def split_lines(text: str) -> list[str]:
    """Return the lines of *text*, without white space at their ends."""
    return [line.rstrip() for line in _LINE_END.split(text)]


def lines_of_text(text: str) -> list[str]:
    """Return the lines of *text*, a statement's body, that are no headings, as they are quoted."""
    return [unescaped(line) for line in split_lines(text) if not _heading_in(line)]


def pieces(
    text: str, first_line: int = 1, opens: Callable[[str, str], bool] = lambda line, before: False
) -> Iterator[Block | Heading]:
    r"""Yield the paragraphs and the headings of *text*, in order.

    Paragraphs are separated by blank lines. A line that *opens* something, such as a speaker's
    turn, begins a paragraph too; *opens* is called with the line and with the one before it.

    >>> [one.text for one in pieces("One,\nstill one.\n## Ports\nTwo.")]
    ['One, still one.', 'Ports', 'Two.']
    """
    gathered: list[str] = []
    began, section = first_line, ""
    for number, line in enumerate([*split_lines(text), ""], first_line):
        blank, heading = _BLANK.fullmatch(line), _heading_in(line)
        shown = unescaped(line)
        if gathered and (blank or heading or opens(shown, gathered[-1])):
            yield Block(" ".join(gathered).strip(), began, tuple(gathered), section)
            gathered = []
        if heading:
            section = heading
            yield Heading(heading, number)
        elif not blank:
            if not gathered:
                began = number
            gathered.append(shown)


def blocks(
    text: str, first_line: int = 1, opens: Callable[[str, str], bool] = lambda line, before: False
) -> Iterator[Block]:
    r"""Yield the paragraphs of *text*, as ``pieces`` does, each with its section.

    >>> [b.text for b in blocks("One,\nstill one.\n\nTwo.")]
    ['One, still one.', 'Two.']
    """
    return (one for one in pieces(text, first_line, opens) if isinstance(one, Block))


def written_body(texts: Iterable[str | Heading]) -> str:
    r"""Return the body of a statement's file that is read as these *texts* and headings.

    >>> print(written_body([Heading("Ports"), "## is a mark."]))
    ## Ports
    <BLANKLINE>
    \## is a mark.
    <BLANKLINE>
    """
    lines = [f"{_HEADING}{one.text}" if isinstance(one, Heading) else escaped(one) for one in texts]
    return "\n\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Return the *text* of a paragraph as it is written, so that it is not read as a heading."""
    return f"\\{text}" if _LIKE_HEADING.match(text) else text


def unescaped(line: str) -> str:
    """Return a *line* of a file as it is quoted: what ``escaped`` adds is taken off."""
    return line[1:] if line[:1] == "\\" and _LIKE_HEADING.match(line) else line


def _heading_in(line: str) -> str:
    """Return the heading that *line* is; empty if it is none."""
    return line.removeprefix(_HEADING).strip() if line.startswith(_HEADING) else ""


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


def unfit(heading: Heading, path: Path) -> Iterator[Problem]:
    """Yield an error if Telegram would change *heading*, and a warning if it may be none."""
    yield from unfaithful(Block(heading.text, heading.line), path)
    if len(heading.text) > _LONGEST_HEADING:
        yield Problem(
            path,
            heading.line,
            what=f"this heading is longer than {_LONGEST_HEADING} characters, and no heading is "
            "quoted",
            repair="If it is a paragraph, write “\\## …”.",
            fragment=fragment_of(heading.text),
            warning=True,
            category="a long heading",
        )
