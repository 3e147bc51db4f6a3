"""Reads the project's pages: headings, tables, links and console examples.

It knows as much of Markdown as the pages use. What must stand on them is for the tests to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

PROJECT = Path(__file__).parents[2]

_FENCE = regex.compile(r"^ *(```+|~~~+)(\w*)")
_HEADING = regex.compile(r"(#{1,6}) +(.+?)(?: +#+)? *")
_LINKS = (
    regex.compile(r"\]\(<?([^()\s>]+)>?(?: +\"[^\"]*\")?\)"),
    regex.compile(r"\b(?:href|src|srcset)=\"([^\"\s]+)\""),
)
_CODE = regex.compile(r"`[^`\n]*`")
_COMMENT = regex.compile(r"<!--.*?-->", regex.DOTALL)
#: What GitHub drops from a heading to make its anchor: all but letters, digits, "_", "-", spaces.
_DROPPED = regex.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, and the lines beneath it up to the next of its level or above."""

    level: int
    #: As it is written, backquotes included.
    title: str
    body: str

    @property
    def name(self) -> str:
        """The title without backquotes."""
        return self.title.replace("`", "")


def pages() -> list[Path]:
    """Return the files that people read: those of docs/, those at the top, and the stand-in's."""
    folders = (PROJECT, PROJECT / "docs", PROJECT / "tests" / "telegram_standin")
    return [page for folder in folders for page in sorted(folder.glob("*.md"))]


def read(path: Path) -> str:
    """Return the text of a page."""
    return path.read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    """Return the page's path from the project's folder."""
    return path.relative_to(PROJECT).as_posix()


def headings(text: str) -> list[Heading]:
    """Return the headings of a page, in order; what stands in code blocks is none."""
    lines = text.split("\n")
    found = [
        (number, _HEADING.fullmatch(line))
        for number, line in enumerate(_without_blocks(text).split("\n"))
        if line.startswith("#")
    ]
    begun = [(number, len(match[1]), match[2]) for number, match in found if match]
    return [
        Heading(
            level,
            title,
            "\n".join(
                lines[
                    number + 1 : next(
                        (n for n, other, _ in begun if n > number and other <= level), len(lines)
                    )
                ]
            ),
        )
        for number, level, title in begun
    ]


def section(text: str, title: str) -> Heading:
    """Return the section under the heading *title*, backquotes aside; raises AssertionError."""
    found = [one for one in headings(text) if one.name == title]
    if len(found) != 1:
        titles = ", ".join(one.name for one in headings(text))
        raise AssertionError(f"{len(found)} headings “{title}” among: {titles}")
    return found[0]


def beneath(text: str, title: str) -> dict[str, str]:
    """Return the sections one level beneath the heading *title*, by their names."""
    above = section(text, title)
    return {one.name: one.body for one in headings(above.body) if one.level == above.level + 1}


def rows(text: str) -> list[list[str]]:
    """Return the rows of the tables in *text*, their headings left out."""
    found: list[list[str]] = []
    before = ""
    for line in _without_blocks(text).split("\n"):
        if line.startswith("|"):
            cells = [
                cell.strip().replace("\\|", "|")
                for cell in regex.split(r"(?<!\\)\|", line.strip().strip("|"))
            ]
            if not before.startswith("|"):
                pass  # the heading of a table
            elif not set(line) <= set("|-: "):
                found.append(cells)
        before = line
    return found


def defined(text: str) -> list[str]:
    """Return the names that the tables in *text* define: what their first cells have as code."""
    return [name for row in rows(text) for name in regex.findall(r"`([^`]+)`", row[0])]


def anchors(text: str) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    seen: Counter[str] = Counter()
    made = set()
    for heading in headings(text):
        anchor = _DROPPED.sub("", heading.name.lower()).replace(" ", "-")
        made.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
        seen[anchor] += 1
    return made


def links(text: str) -> list[str]:
    """Return where the links and pictures of a page lead; what is code leads nowhere."""
    plain = _CODE.sub("", _COMMENT.sub("", _without_blocks(text)))
    return [target for pattern in _LINKS for target in pattern.findall(plain)]


def blocks(text: str, language: str) -> list[str]:
    """Return what stands in the code blocks of a page that name the *language*."""
    return [body for named, body in _blocks(text) if named == language]


def exchanges(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of the console examples with the output shown beneath it."""
    for block in blocks(text, "console"):
        for part in regex.split(r"^\$ ", block, flags=regex.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield command, output.strip("\n")


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    fence, language, body = "", "", []
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if not fence and match:
            fence, language, body = match[1], match[2], []
        elif fence and line.strip() == fence:
            yield language, "".join(f"{one}\n" for one in body)
            fence = ""
        elif fence:
            body.append(line)


def _without_blocks(text: str) -> str:
    """Return *text* with the lines of code blocks emptied, so that lines keep their numbers."""
    fence, kept = "", []
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if not fence and match:
            fence = match[1]
            kept.append("")
        elif fence:
            fence = "" if line.strip() == fence else fence
            kept.append("")
        else:
            kept.append(line)
    return "\n".join(kept)
