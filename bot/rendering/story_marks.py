"""Writes the text of a checked story as HTML, each quotation marked by its grade.

It goes through the draft once, from one mark's beginning or end to the next; what marks mean is
told by ``story_page``. Everything of the draft is escaped, and what would turn it around is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from html import escape

import regex

from bot.i18n.story_strings import grade_name
from bot.i18n.strings import Strings
from index import CheckedQuotation, CheckedStory, Grade, Span, without_controls

#: No program breaks the lines of a paragraph that is longer than so many characters: each of its
#: lines is a paragraph.
_MEASURE = 120
#: A line break after fewer characters was meant; after more, the line was full.
_FULL = 45
_BLANK = regex.compile(r"\n[^\S\n]*+\n\s*+")
#: What turns the text behind it around (Unicode Annex 9).
_TURNING = regex.compile("[\u202a-\u202e\u2066-\u2069]")
#: White space that would count as a control character.
_SPACE = regex.compile(r"[^\S\n ]")
#: How words are called that only the story, or only the record, has.
_SAID = {"ins": "not on record", "del": "not in the story"}
#: How a grade is named in the page's classes.
CLASSES = {grade: grade.name.lower() for grade in Grade}


class _Kind(IntEnum):
    """What is marked in a draft; of two that begin at one place, the wider one comes first."""

    PARAGRAPH = 0
    PARAPHRASE = 1
    QUOTATION = 2
    SHORT = 3
    DIFFERENCE = 4
    UNPAIRED = 5


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the draft as HTML, and the numbers, from 1, of the quotations in it."""

    html: str
    #: Offsets in the draft.
    span: Span
    #: Of the quotations that begin in it, in order.
    quotations: tuple[int, ...]


def shown(text: str) -> str:
    """Return *text* escaped for HTML; characters that would turn it around have a name instead."""
    return _TURNING.sub(_named, escape(without_controls(_SPACE.sub(" ", text)), quote=False))


def differing(tag: str, html: str) -> str:
    """Return *html* in *tag*, "ins" or "del", which is told in words to who cannot see it."""
    return (
        f'<{tag}><span class="unseen">[{_SAID[tag]}: </span>{html}<span class="unseen">]</span>'
        f"</{tag}>"
    )


def marked_paragraphs(story: CheckedStory, strings: Strings) -> Iterator[Paragraph]:
    """Yield the paragraphs of the draft, with its quotations marked and numbered from 1."""
    parts = list(paragraphs_of(story.draft))
    spans = [*_spans(story), *((_Kind.PARAGRAPH, at, span) for at, span in enumerate(parts))]
    begun: dict[int, list[tuple[_Kind, int]]] = defaultdict(list)
    ended: dict[int, list[tuple[_Kind, int]]] = defaultdict(list)
    for kind, number, (start, stop) in spans:
        begun[start].append((kind, number))
        ended[stop].append((kind, number))
    places = sorted({*begun, *ended})
    marks = _Marks(story, strings)
    for place, following in zip(places, [*places[1:], len(story.draft)], strict=False):
        for kind, number in sorted(ended[place], reverse=True):
            marks.end(kind, number)
            if kind is _Kind.PARAGRAPH:
                yield marks.paragraph(parts[number])
        for kind, number in sorted(begun[place]):
            marks.begin(kind, number)
        marks.text(story.draft[place:following])


def paragraphs_of(draft: str) -> Iterator[Span]:
    """Yield where the paragraphs of *draft* are: between blank lines, or long lines."""
    start = 0
    for blank in [*_BLANK.finditer(draft), None]:
        stop = blank.start() if blank else len(draft)
        at = start
        for line in draft[start:stop].splitlines(keepends=True):
            end = at + len(line)
            if len(line) > _MEASURE:
                yield from _without_space(draft, start, at)
                yield from _without_space(draft, at, end)
                start = end
            at = end
        yield from _without_space(draft, start, stop)
        start = blank.end() if blank else len(draft)


def _without_space(draft: str, start: int, stop: int) -> Iterator[Span]:
    """Yield a span without the white space at its ends; nothing if it is empty."""
    text = draft[start:stop]
    begin, end = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
    if begin < end:
        yield begin, end


def _spans(story: CheckedStory) -> Iterator[tuple[_Kind, int, Span]]:
    """Yield what is marked in the draft, with a quotation's number; nothing of it is empty."""
    for kind, number, (start, stop) in _marked(story):
        for span in _without_space(story.draft, start, stop):
            yield kind, number, span


def _marked(story: CheckedStory) -> Iterator[tuple[_Kind, int, Span]]:
    for number, checked in enumerate(story.quotations, 1):
        yield _Kind.QUOTATION, number, (checked.quotation.start, checked.quotation.stop)
        for one in checked.differences:
            yield _Kind.DIFFERENCE, number, one.written
    for short in story.short:
        yield _Kind.SHORT, 0, (short.start, short.stop)
    for span in story.paraphrases:
        yield _Kind.PARAPHRASE, 0, span
    for offset in story.unbalanced:
        yield _Kind.UNPAIRED, 0, (offset, offset + 1)


class _Marks:
    """The HTML of a draft, and the marks that are open where it has come to."""

    def __init__(self, story: CheckedStory, strings: Strings) -> None:
        self._quotations: Sequence[CheckedQuotation] = story.quotations
        self._strings = strings
        self._open: dict[_Kind, list[int]] = {kind: [] for kind in _Kind}
        self._parts: list[str] = []
        self._begun: list[int] = []
        self._line = 0

    def begin(self, kind: _Kind, number: int) -> None:
        self._open[kind].append(number)
        if kind is _Kind.PARAGRAPH:
            self._parts, self._begun, self._line = [], [], 0
        elif kind is _Kind.QUOTATION:
            self._begun.append(number)
            self._parts.append(f'<span id="q{number}"></span>')

    def end(self, kind: _Kind, number: int) -> None:
        self._open[kind].remove(number)
        if kind is _Kind.QUOTATION:
            self._parts.append(self._label(number))

    def paragraph(self, span: Span) -> Paragraph:
        """Return the paragraph that has come to its end."""
        return Paragraph("".join(self._parts).strip(), span, tuple(self._begun))

    def text(self, text: str) -> None:
        """Write *text* with the marks that are open."""
        if not text or not self._open[_Kind.PARAGRAPH]:
            return
        html = self._broken(text)
        if self._open[_Kind.UNPAIRED]:
            label = "quotation mark without a partner"
            html = f'<span class="unpaired" role="img" aria-label="{label}">{html}</span>'
        if self._open[_Kind.DIFFERENCE]:
            html = differing("ins", html)
        if numbers := self._open[_Kind.QUOTATION]:
            grade = self._quotations[numbers[-1] - 1].grade
            html = f'<span class="quotation {CLASSES[grade]}">{html}</span>'
        elif self._open[_Kind.SHORT]:
            html = f'<span class="short">{html}</span>'
        elif self._open[_Kind.PARAPHRASE]:
            html = f'<span class="paraphrase">{html}</span>'
        self._parts.append(html)

    def _broken(self, text: str) -> str:
        """Return *text* in HTML, with the line breaks that were meant."""
        parts = []
        for number, line in enumerate(text.split("\n")):
            if number:
                parts.append("<br>" if self._line < _FULL else "\n")
                self._line = 0
            parts.append(shown(line))
            self._line += len(line)
        return "".join(parts)

    def _label(self, number: int) -> str:
        """Return the link behind a quotation to what is known of it."""
        grade = self._quotations[number - 1].grade
        name = escape(grade_name(grade, self._strings))
        said = f" <span>{name}</span>" if grade is not Grade.VERBATIM else ""
        label = f"Quotation {number}: {name}"
        return (
            f'<bdi><a class="label {CLASSES[grade]}" href="#n{number}" aria-label="{label}">'
            f"{number}{said}</a></bdi>"
        )


def _named(control: regex.Match[str]) -> str:
    return f'<bdi class="control">U+{ord(control[0]):04X}</bdi>'
