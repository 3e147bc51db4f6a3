"""Measures how the lines of a document are set: where they begin and end, and how far apart.

What the measures mean for a paragraph is decided in ``paragraphs``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.reading.pdf.lines import Line

#: An indent of the first line, in its size.
INDENT = 0.9

#: Lines that tell a column's measure: beside another column, and alone on its page.
_SOME, _MANY = 4, 10


@dataclass(frozen=True, slots=True)
class Measure:
    """Where the lines of a column begin and end."""

    start: float
    end: float

    @property
    def width(self) -> float:
        """How long a full line is."""
        return max(self.end - self.start, 1.0)

    def is_centred(self, line: Line) -> bool:
        """Tell whether *line* stands in the middle, with room on both sides."""
        before, after = line.start - self.start, self.end - line.end
        if before > 1.5 * line.size:
            return abs(before - after) < 1.5 * line.size
        # Nearly a full line: the room on both sides must be alike.
        return before > 0.5 * line.size and abs(before - after) < 0.3 * line.size


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a document are set."""

    measures: dict[int, Measure]
    #: The size of most lines' type.
    size: float
    #: The usual distance between two lines, and that of a page where it has its own.
    leading: float
    page_leadings: dict[int, float]
    #: Whether paragraphs begin with an indent.
    indents: bool


def layout_of(lines: Sequence[Line]) -> Layout:
    """Return how *lines* are set."""
    measures = _measures(lines)
    leading, page_leadings = _leadings(lines)
    indented = sum(
        INDENT * line.size < line.start - measures[line.column].start < 6 * line.size
        and measures[line.column].end - line.end < 2 * line.size
        for line in lines
    )
    size = Counter(line.size for line in lines).most_common(1)[0][0]
    return Layout(measures, size, leading, page_leadings, indented > max(4, 0.04 * len(lines)))


def _measures(lines: Sequence[Line]) -> dict[int, Measure]:
    columns: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        columns[line.column].append(line)
    # Columns that begin at the same place are one column, page after page.
    places: defaultdict[float, list[int]] = defaultdict(list)
    for column in _telling(columns):
        start = _flush(columns[column])
        near = next((place for place in places if abs(place - start) <= 6), start)
        places[near].append(column)
    measures: dict[int, Measure] = {}
    for same in places.values():
        inside = [line for column in same for line in columns[column]]
        ends = sorted(line.end for line in inside if not _is_address(line)) or [inside[0].end]
        measure = Measure(_flush(inside), ends[int(0.97 * (len(ends) - 1))])
        measures |= dict.fromkeys(same, measure)
    whole = _whole(lines)
    for column in columns:
        measures.setdefault(column, _nearest(columns[column], measures, whole))
    return measures


def _telling(columns: Mapping[int, Sequence[Line]]) -> list[int]:
    """Return the *columns* that have enough lines to tell how long a line is.

    A page with one column and few lines is a cover, or the last: its lines are short.
    """
    on_pages = Counter(inside[0].page for inside in columns.values() if len(inside) >= _SOME)
    return [
        column
        for column, inside in columns.items()
        if len(inside) >= (_SOME if on_pages[inside[0].page] > 1 else _MANY)
    ]


def _flush(lines: Sequence[Line]) -> float:
    """Return where lines begin that have no indent, even if most begin with one."""
    starts = Counter(round(line.start) for line in lines)
    often = [start for start, times in starts.items() if times >= max(2, 0.1 * len(lines))]
    return float(min(often, default=min(starts)))


def _whole(lines: Sequence[Line]) -> Measure:
    if not lines:
        return Measure(0.0, 1.0)
    ends = [line.end for line in lines if not _is_address(line)] or [lines[0].end]
    return Measure(min(line.start for line in lines), max(ends))


def _is_address(line: Line) -> bool:
    """Tell whether *line* holds an address, which runs into the margin where nothing parts it."""
    return "://" in line.text


def _nearest(lines: Sequence[Line], measures: dict[int, Measure], whole: Measure) -> Measure:
    """Return the measure that a column of few lines lies in."""
    start, end = min(line.start for line in lines), max(line.end for line in lines)
    around = [
        measure
        for measure in measures.values()
        if measure.start - 6 <= start and end <= measure.end + 6
    ]
    return min(around, key=lambda measure: measure.width, default=whole)


def _leadings(lines: Sequence[Line]) -> tuple[float, dict[int, float]]:
    pages: defaultdict[int, Counter[float]] = defaultdict(Counter)
    for before, line in pairwise(lines):
        gap = before.y - line.y
        if before.column == line.column and gap > 0.5 * line.size:
            pages[line.page][round(gap)] += 1
    everywhere: Counter[float] = Counter()
    for counts in pages.values():
        everywhere.update(counts)
    if not everywhere:
        return 1e9, {}
    leading = everywhere.most_common(1)[0][0]
    own: dict[int, float] = {}
    for page, counts in pages.items():
        gap, times = counts.most_common(1)[0]
        if times >= 3 and times >= 0.5 * counts.total() and leading < gap < 1.6 * leading:
            own[page] = gap
    return leading, own
