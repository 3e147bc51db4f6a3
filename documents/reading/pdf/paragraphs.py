"""Groups lines in paragraphs, by their place and size, and by the document's tags where they hold.

What a paragraph is (a heading, an item) is told by ``blocks``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import regex

from documents.days import dateline_of
from documents.reading.pdf.hyphens import is_in_address
from documents.reading.pdf.layout import INDENT, Layout
from documents.reading.pdf.lines import Line

_Begins = Callable[[Sequence[Line], Line], bool]

#: A gap of so many times the usual distance between lines parts two paragraphs.
_GAP = 1.3

#: Lines whose type differs by more are not of one paragraph.
_OTHER_SIZE = 1.12

#: A line with so much of the measure left was ended by its writer.
_MUCH_LEFT = 0.3

#: An address is broken over no more lines.
_LINES_OF_ADDRESS = 6

_ENDED = regex.compile(r"(?:[.?!…:;。！？；：؟۔।։*]|//|،،|\.\.)[\"'»”’)\]」』\p{Mn}\s]{0,6}+\Z")

#: What begins an item: a bullet, or a number or a letter with a stop or a bracket.
ITEM = regex.compile(
    r"(?:[•·▪▫◦‣●○■□➢➤✓–—-]\s|\(?(?:\d{1,3}|\p{L}|[ivxlIVXL]{1,5})[.)]\s|\d{1,2}(?:\.\d{1,2}){1,3}+\.?\s)"
)


def is_ended(text: str) -> bool:
    """Tell whether *text* ends as a sentence does."""
    return _ENDED.search(text) is not None


def grouped(lines: Sequence[Line], layout: Layout) -> tuple[list[list[Line]], bool]:
    """Return *lines* in paragraphs, and whether the document's tags told which."""
    by_place = _split(lines, lambda group, line: _begins(group, line, layout))
    by_tags = _split(lines, lambda group, line: _begins_by_tag(group, line, layout))
    tags_hold = _tags_hold(lines, by_place, by_tags)
    return (by_tags if tags_hold else by_place), tags_hold


def _split(lines: Iterable[Line], begins: _Begins) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or begins(groups[-1], line):
            groups.append([])
        groups[-1].append(line)
    return groups


def _begins_by_tag(group: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Tell whether *line* has another tag; over a page some writers cut one paragraph in two."""
    if group[-1].tag == line.tag:
        return False
    ended = is_ended(group[-1].text)
    return ended or group[-1].page == line.page or _begins(group, line, layout)


def _tags_hold(
    lines: Sequence[Line], by_place: Sequence[Sequence[Line]], by_tags: Sequence[Sequence[Line]]
) -> bool:
    """Tell whether the tags can be trusted: some converters tag every line, or a page, as one."""
    tagged = sum(line.tag >= 0 for line in lines)
    if tagged < 0.9 * len(lines):
        return False
    # A paragraph that comes back after another would be one of them only by its number.
    again = len(by_tags) - len({group[0].tag for group in by_tags})
    return again <= 0.05 * len(by_tags) and 0.6 < len(by_tags) / len(by_place) < 1.5


def _begins(group: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Tell whether *line* begins a paragraph after *group*."""
    before = group[-1]
    if not 1 / _OTHER_SIZE < line.size / before.size < _OTHER_SIZE:
        return True
    address = "".join(part.text for part in group[-_LINES_OF_ADDRESS:])
    if is_in_address(address) and 0 < before.y - line.y <= _gap(line, layout):
        return False
    if _is_centred_dateline(before, layout) != _is_centred_dateline(line, layout):
        return True
    measure = layout.measures[before.column]
    room = measure.end - before.end
    if measure.is_centred(before):
        room = measure.width - (before.end - before.start)
    would_fit = _first_word(line) < room - 0.02 * measure.width
    ended = is_ended(before.text)
    return (
        (would_fit and (ended or room > _MUCH_LEFT * measure.width))
        or _is_set_apart(before, line, layout, certain=ended or would_fit)
        or (ended and ITEM.match(line.text) is not None)
        or _is_indented(group, line, layout, ended=ended, would_fit=would_fit)
    )


def _is_set_apart(before: Line, line: Line, layout: Layout, *, certain: bool) -> bool:
    """Tell whether the gap over *line* parts paragraphs; a wide one does if nothing else does."""
    gap = before.y - line.y
    if before.column != line.column or gap <= _gap(line, layout):
        return False
    return certain or gap > 1.5 * _gap(line, layout) or not _goes_on(line)


def _is_centred_dateline(line: Line, layout: Layout) -> bool:
    return layout.measures[line.column].is_centred(line) and dateline_of(line.text) is not None


def _gap(line: Line, layout: Layout) -> float:
    leading = layout.page_leadings.get(line.page, layout.leading)
    return _GAP * leading * max(line.size / layout.size, 1.0)


def _goes_on(line: Line) -> bool:
    """Tell whether *line* may be the middle of a sentence: scripts without capitals always may."""
    return not line.text[0].isupper()


def _is_indented(
    group: Sequence[Line], line: Line, layout: Layout, *, ended: bool, would_fit: bool
) -> bool:
    before, measure = group[-1], layout.measures[line.column]
    indent = line.start - measure.start
    previous = before.start - layout.measures[before.column].start
    if measure.is_centred(line) or indent <= INDENT * line.size:
        return False
    if ITEM.match(group[0].text) and len(group) == 1 and not layout.indents:
        return False
    if indent - previous > INDENT * line.size:
        return ended or (layout.indents and not line.text[0].islower())
    # Two indented lines one after the other: the first was a paragraph of one line.
    alike = abs(indent - previous) < 0.5 * line.size
    return layout.indents and alike and len(group) == 1 and would_fit


def _first_word(line: Line) -> float:
    """Return the width of the first word of *line* and the space before it, in points."""
    word = line.text.split(" ", 1)[0]
    # A line's width is its letters'; the first word's share of it is near enough.
    return (len(word) + 1) * (line.end - line.start) / max(len(line.text), 1)
