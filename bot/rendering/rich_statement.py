"""Renders a whole statement as one rich message: its headings, and links that jump to them.

What is longer than a rich message goes on in a second part, with headings and speakers named again.
A classic message cannot show this (see ``pages``), and some apps cannot show a rich one; which of
the two a chat gets is left to others, and so is the sending.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from bot.citations.parts import section_if_new, speaker_if_new
from bot.i18n.direction import FSI, PDI, RIGHT_TO_LEFT, direction_of
from bot.i18n.strings import Strings
from bot.rendering.html import bold, link, plain
from bot.rendering.rich_parts import Room, Slice, parts_of
from bot.rendering.view import View
from index import Citation, Hit, Quote, Role, is_linked

#: Characters that a rich message may have, and blocks, nested ones counted
#: (https://core.telegram.org/bots/api#rich-message-limits). Tags are counted here too, as it is not
#: told whether Telegram counts before or after parsing.
LONGEST_RICH = 32_768
MOST_BLOCKS = 500
#: Blocks besides paragraphs and headings: the notes, title and line on top, the anchor of the
#: paragraph that is marked, the list of contents, and the footer.
_OTHER_BLOCKS = 12
#: Blocks of a paragraph: its label and its text. Of a section: its heading with an anchor, and its
#: line in the list of contents, which is an item and a paragraph.
_OF_PARAGRAPH, _OF_SECTION = 2, 4
#: Characters of the tags and numbers around those.
_TAGS_OF_SECTION = len('<li><a href="#s999"></a></li><a name="s999"></a><h2></h2>')
#: Characters of what else a part may have: its number on top and in the footer, the tags of the
#: list, the mark and the anchor of the paragraph at which the statement was opened.
_TAGS = 500
#: With fewer sections a part needs no list of contents; a list of more is folded.
_FEWEST_LISTED, _MOST_OPEN = 3, 8
#: Characters of a title or a heading, and of one in the list of contents; what is longer is
#: probably a paragraph.
_LONGEST_HEADING, _LONGEST_LISTED = 300, 160
#: How many paragraphs tell in which direction a statement runs.
_SAMPLE = 20
_MARK, _HERE = "●", "here"
_AFTER_SPACE = regex.compile("(?<= ) ")


@dataclass(frozen=True, slots=True)
class RichStatement:
    """One part of a statement, to be sent as a rich message."""

    #: In the HTML of rich messages.
    html: str
    #: Which part it is, from 1, of how many.
    part: int
    parts: int
    #: Whether the statement is written from right to left.
    is_rtl: bool


def render_rich_statement(
    hits: Sequence[Hit], view: View, page: int = 0, reference: str = "", note: str = ""
) -> RichStatement:
    """Return part *page*, from 1, of the statement whose paragraphs are all in *hits*.

    Page 0 is the part with the paragraph of *reference*, which is marked there, and to which a link
    on top jumps. The *note*, plain, stands above. A paragraph is cut only if it is longer than a
    message, and its cuts are marked.
    """
    strings, citation = view.strings, hits[0].citation
    directions = [direction_of(hit.paragraph.text) for hit in hits[:_SAMPLE]]
    is_rtl = 2 * directions.count(RIGHT_TO_LEFT) > len(directions)
    writer = _Writer(strings, is_rtl)
    head = writer.head(citation, note)
    room = Room(LONGEST_RICH - len(head) - _TAGS, MOST_BLOCKS - _OTHER_BLOCKS)
    parts = parts_of(hits, room, writer.needed)
    number = min(page, len(parts)) or _part_with(parts, reference)
    slices, marked = parts[number - 1], "" if page else reference
    of_parts = strings.statement_part.format(part=number, parts=len(parts))
    told = [plain(of_parts)] if len(parts) > 1 else []
    if jump := writer.jump(slices, marked):
        told.append(jump)
    html = [head, *([writer.line(" · ".join(told))] if told else [])]
    html += [writer.contents(slices), *writer.body(slices, marked)]
    if len(parts) > 1:
        html.append(f"<footer>{writer.ours(plain(of_parts))}</footer>")
    return RichStatement("".join(html), number, len(parts), is_rtl)


def _part_with(parts: Sequence[Sequence[Slice]], reference: str) -> int:
    """Return the number, from 1, of the first part with the paragraph of *reference*; else 1."""
    for number, part in enumerate(parts, 1):
        if any(one.hit.citation.reference == reference for one in part):
            return number
    return 1


class _Writer:
    """Writes what a part is made of, for readers of one language."""

    def __init__(self, strings: Strings, is_rtl: bool) -> None:
        self._strings = strings
        #: Whether the message runs against the language in which we speak.
        self._against = is_rtl is not (strings.direction is RIGHT_TO_LEFT)

    def ours(self, html: str) -> str:
        """Return a line of ours so that it runs in our direction, whatever the message's is."""
        if not self._against:
            return html
        mark = self._strings.direction.mark
        # Telegram changes one mark after another.
        return f"{FSI}{mark}{html.removeprefix(mark)}{PDI}"

    def line(self, html: str) -> str:
        """Return a line of ours as a paragraph."""
        return f"<p>{self.ours(html)}</p>"

    def head(self, citation: Citation, note: str) -> str:
        """Return what stands above each part: that it is withdrawn, what it is, from when."""
        strings = self._strings
        notes = filter(None, [strings.withdrawal(citation), note])
        day, *others = map(plain, strings.published_when(citation))
        told = [day, plain(strings.kind(citation.kind)), *others]
        if is_linked(citation.url):
            told.append(link(citation.url, plain(strings.source)))
        return "".join(
            [
                *(self.line(bold(plain(one))) for one in notes),
                f"<h1>{_heading(citation.title, _LONGEST_HEADING)}</h1>",
                self.line(strings.direction.marked(" · ".join(told))),
            ]
        )

    def jump(self, slices: Sequence[Slice], marked: str) -> str:
        """Return the link to the paragraph with the *marked* reference; empty if it is not here."""
        for one in slices:
            citation = one.hit.citation
            if citation.reference == marked:
                place = self._strings.paragraph.format(
                    number=citation.paragraph, total=citation.paragraphs
                )
                return _jump(_HERE, f"{_MARK} {plain(place)}")
        return ""

    def contents(self, slices: Sequence[Slice]) -> str:
        """Return the list of the sections of a part, each a link; empty if they are few."""
        listed: list[str] = []
        previous: Citation | None = None
        for one in slices:
            citation = one.hit.citation
            if section_if_new(citation, previous, self._strings):
                label = _heading(citation.section, _LONGEST_LISTED)
                listed.append(f"<li>{_jump(f's{len(listed) + 1}', label)}</li>")
            previous = citation
        if len(listed) < _FEWEST_LISTED:
            return ""
        summary = f"<summary>{self.ours(plain(self._strings.statement_contents))}</summary>"
        is_open = " open" if len(listed) <= _MOST_OPEN else ""
        return f"<details{is_open}>{summary}<ul>{''.join(listed)}</ul></details>"

    def body(self, slices: Sequence[Slice], marked: str) -> Iterator[str]:
        """Yield the headings, labels and texts of a part."""
        sections, previous = 0, None
        for one in slices:
            citation = one.hit.citation
            if section_if_new(citation, previous, self._strings):
                sections += 1
                heading = _heading(citation.section, _LONGEST_HEADING)
                yield f'<a name="s{sections}"></a><h2>{heading}</h2>'
            is_marked = citation.reference == marked
            if is_marked and not one.start:
                yield f'<a name="{_HERE}"></a>'
            yield self.label(citation, previous, is_marked=is_marked)
            yield _text(one)
            previous = citation

    def label(self, citation: Citation, previous: Citation | None, *, is_marked: bool) -> str:
        """Return the line above a paragraph: number, reference, the speaker if it is a new one."""
        strings = self._strings
        number = f"<b>{_MARK} {citation.paragraph}</b>" if is_marked else f"{citation.paragraph}"
        code = strings.isolated(f"<code>{citation.reference}</code>")
        # A line without a letter of its own has no direction.
        label = strings.directed(f"{number} · {code}")
        speaker = speaker_if_new(citation, previous, strings)
        return self.line(f"{label} — {plain(speaker)}" if speaker else label)

    def needed(self, one: Slice, previous: Citation | None) -> Room:
        """Return how much room a slice needs after a paragraph cited *previous*."""
        citation = one.hit.citation
        characters = len(self.label(citation, previous, is_marked=False)) + len(_text(one))
        if not section_if_new(citation, previous, self._strings):
            return Room(characters, _OF_PARAGRAPH)
        listed, heading = (
            len(_heading(citation.section, longest))
            for longest in (_LONGEST_LISTED, _LONGEST_HEADING)
        )
        characters += _TAGS_OF_SECTION + listed + heading
        return Room(characters, _OF_PARAGRAPH + _OF_SECTION)


def _jump(anchor: str, html: str) -> str:
    """Return *html* as a link to an anchor in the same message."""
    return f'<a href="#{anchor}">{html}</a>'


def _heading(words: str, longest: int) -> str:
    """Return a title or a heading of the statement's own, cut to *longest* characters."""
    return _verbatim(words if len(words) <= longest else words[: longest - 1].rstrip() + "…")


def _verbatim(text: str) -> str:
    """Return the statement's words so that each character stays what it is.

    HTML takes several spaces for one, so each after the first is written as a character reference.
    """
    return _AFTER_SPACE.sub("&#32;", plain(text))


def _text(one: Slice) -> str:
    """Return the words of a slice, its cuts marked; those of a question are in italics."""
    paragraph = one.hit.paragraph
    quote = Quote(paragraph, one.start, one.stop)
    before = "[…] " if one.start else ""
    after = " […]" if one.stop < len(paragraph.text) else ""
    words = f"{before}{_verbatim(quote.text)}{after}"
    return f"<p><i>{words}</i></p>" if paragraph.role is Role.QUESTION else f"<p>{words}</p>"
