"""Orders the pieces of a page as its columns are read; a title over two columns comes first."""

from __future__ import annotations

from collections.abc import Sequence

from documents.reading.pdf.lines import Piece, rows_of

Row = list[Piece]

#: A strip of this width in points, that hardly a line crosses, may be a gutter.
_STRIP = 8

#: Lines that a column has at least.
_LINES = 4

#: Columns of columns: a page has three or four side by side at most.
_DEPTH = 2


def columns_of(
    pieces: Sequence[Piece], *, right_to_left: bool, depth: int = _DEPTH
) -> list[list[Row]]:
    """Return the rows of each column of *pieces*, in the order the columns are read."""
    gutter = _gutter(pieces) if depth else None
    if gutter is None:
        return [rows_of(pieces)] if pieces else []
    columns: list[list[Row]] = []
    for band in _bands(pieces, gutter):
        sides = [
            [piece for piece in band if piece.right <= gutter],
            [piece for piece in band if piece.left >= gutter],
        ]
        across = [piece for piece in band if piece.left < gutter < piece.right]
        if right_to_left:
            sides.reverse()
        for side in [across, *sides]:
            columns += columns_of(side, right_to_left=right_to_left, depth=depth - 1)
    return columns


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Return the middle of the strip between two columns, if there are two."""
    if len(pieces) < 2 * _LINES:
        return None
    first, last = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    width = int(last - first) + 1
    if not 0 < width < 20_000:
        return None
    crossed = [0] * (width + 1)
    for piece in pieces:
        crossed[max(int(piece.left - first), 0)] += 1
        crossed[min(int(piece.right - first) + 1, width)] -= 1
    over, counts = 0, []
    for change in crossed:
        over += change
        counts.append(over)
    few = 0.15 * len(pieces)
    best: tuple[int, float] | None = None
    at = int(0.2 * width)
    while at < 0.8 * width:
        end = at
        while end < len(counts) and counts[end] <= few:
            end += 1
        if end - at >= _STRIP:
            middle = _clearest(counts, at, end) + first
            if _are_columns(pieces, middle):
                crossing = sum(piece.left < middle < piece.right for piece in pieces)
                if best is None or crossing < best[0]:
                    best = crossing, middle
        at = end + 1
    return best[1] if best else None


def _clearest(counts: Sequence[int], start: int, end: int) -> float:
    """Return the middle of the places from *start* to *end* that the fewest pieces cross."""
    least = min(counts[start:end])
    places = [at for at in range(start, end) if counts[at] == least]
    return places[len(places) // 2]


def _are_columns(pieces: Sequence[Piece], gutter: float) -> bool:
    """Tell whether both sides have lines of text, and not labels, or the cells of a table."""
    sides = (
        [piece for piece in pieces if piece.right <= gutter],
        [piece for piece in pieces if piece.left >= gutter],
    )
    spans: list[tuple[float, float]] = []
    for side in sides:
        if len(side) < _LINES:
            return False
        measure = max(piece.right for piece in side) - min(piece.left for piece in side)
        full = sum(piece.right - piece.left > 0.6 * measure for piece in side)
        letters = sum(len(piece.letters) for piece in side)
        if full < 0.5 * len(side) or letters < 12 * len(side):
            return False
        spans.append((min(piece.y for piece in side), max(piece.y for piece in side)))
    shared = min(spans[0][1], spans[1][1]) - max(spans[0][0], spans[1][0])
    return shared > 0.3 * min(high - low for low, high in spans)


def _bands(pieces: Sequence[Piece], gutter: float) -> list[list[Piece]]:
    """Cut the page under and over each piece that crosses the *gutter*; it is a band of its own."""
    bands: list[list[Piece]] = []
    crossing = False
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        crosses = piece.left < gutter < piece.right
        if not bands or crosses != crossing:
            bands.append([])
            crossing = crosses
        bands[-1].append(piece)
    return bands
