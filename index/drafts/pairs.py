"""Pairs the quotation marks of a draft: nested ones, and those reopened in each paragraph.

What is open is a stack. A mark without a partner takes nothing with it: what is open where its
paragraph ends is given up, unless the next one reopens it.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.drafts.indirect_speech import attributes
from index.drafts.layout import Layout, Paragraph
from index.drafts.marks import FAMILY_OF, SINGLE, Direction, Mark, marks_in
from index.model.answer import Span

#: Marks that open by their shape, and those that close; others do what their place suggests.
_OPENS = frozenset("“‟„〝«‹‘‛‚「『｢﹁﹃") | {"‘‘", "``"}
_CLOSES = frozenset("”〞〟»›’」』｣﹂﹄") | {"’’"}
#: Those that nothing else suggests.
_ONLY_OPENS = frozenset("„〝‚「『｢﹁﹃") | {"``"}
_ONLY_CLOSES = frozenset("〞〟」』｣﹂﹄")
#: What opened a quotation that a mark closes, though by its shape it opens one: „…“, ”…“, »…«.
_CLOSES_AFTER = {"“": "„”", "‘": "‚’", "‘‘": "’’", "«": "»", "‹": "›"}
#: French sets a space within these, so that their place suggests nothing.
_SPACED = frozenset("«‹")
#: Single marks that, without a partner, were apostrophes.
_APOSTROPHES = frozenset("'＇’")
#: No speech is quoted in more paragraphs at a stretch.
_MOST_PARAGRAPHS = 20
#: Nobody nests deeper; when more opens, the outermost has no partner.
_DEEPEST = 5
#: Characters before a paragraph's first word: its indentation, and emphasis.
_INDENTATION = " \t\u3000\u00a0*_"
_MOST_INDENTATION = 12
_LINE_ENDS = "\n\r\u2028\u2029\x85\v\f"


@dataclass(slots=True)
class Pair:
    """A quotation by its marks; all are offsets in characters."""

    #: Before and after the opening mark.
    start: int
    inside: int
    #: Before and after the closing one; without it, twice the end of the paragraph.
    end: int = -1
    stop: int = -1
    #: The marks that reopened it.
    reopened: tuple[Span, ...] = ()
    #: The mark that opened it; empty for a block quote.
    shape: str = ""
    closed: bool = False
    paragraphs: int = 1
    #: Whether the same mark opened another within it: it may not have been closed.
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """The marks of a draft, paired."""

    #: In the order of their opening marks.
    closed: tuple[Pair, ...]
    #: What was open where its paragraph ended.
    unclosed: tuple[Pair, ...]
    #: Offsets of the marks without a partner.
    unbalanced: tuple[int, ...]


def pairs_in(layout: Layout, language: str = "") -> Pairs:
    """Return the marks of the draft that is laid out as *layout* and in *language*, paired."""
    pairing = _Pairing(layout.text, language)
    block = -1
    for paragraph in layout.paragraphs:
        if paragraph.block != block:
            pairing.give_up()
            block = paragraph.block
        pairing.read(paragraph)
    pairing.give_up()
    pairs = sorted(pairing.closed, key=lambda pair: pair.start)
    return Pairs(tuple(pairs), tuple(pairing.unclosed), tuple(sorted(pairing.unbalanced)))


class _Pairing:
    """What is open while a text is read from its beginning."""

    def __init__(self, text: str, language: str) -> None:
        self.closed: list[Pair] = []
        self.unclosed: list[Pair] = []
        self.unbalanced: list[int] = []
        self._text = text
        self._language = language
        self._open: list[Pair] = []
        #: The last pair, if its closing mark may have been inches: "it is 5" tall".
        self._measured: Pair | None = None
        #: Where the last paragraph began and ended.
        self._began = self._ended = 0

    def read(self, paragraph: Paragraph) -> None:
        """Pair the marks of *paragraph*."""
        marks, lines = marks_in(self._text, paragraph.start, paragraph.stop)
        self.unbalanced += lines
        if self._open:
            self._continue(marks[0] if marks else None, paragraph)
        self._measured = None
        level, after = 0, -1
        for mark in marks:
            if self._open:
                at_line = _begins_line(self._text, mark.start)
                if at_line or (level and mark.start == after):
                    level = self._reopened(mark, 0 if at_line else level)
                    after = mark.stop
                    if level:
                        continue
            self._pair(mark)
        self._began, self._ended = paragraph.start, paragraph.stop

    def give_up(self) -> None:
        """Leave unclosed what is open."""
        for pair in self._open:
            pair.end = pair.stop = self._ended
            self._missing(pair)
            self.unclosed.append(pair)
        self._open.clear()

    def _continue(self, first: Mark | None, paragraph: Paragraph) -> None:
        """Keep open what *paragraph* reopens with its *first* mark, and give up the rest.

        If it says who spoke after what is open, a closing mark is missing there.
        """
        reopens = (
            first is not None
            and not self._text[paragraph.start : first.start].strip(_INDENTATION + _LINE_ENDS)
            and self._level_of(first, 0) is not None
            and not _breaks_off(self._text, self._ended)
            and not attributes(self._unread(), self._language)
        )
        if not reopens or self._open[0].paragraphs >= _MOST_PARAGRAPHS:
            self.give_up()
        for pair in self._open:
            pair.paragraphs += 1

    def _unread(self) -> str:
        """Return what of the last paragraph stands after all that is open, or was closed, in it."""
        last = max((pair.inside for pair in self._open), default=0)
        if self.closed:
            last = max(last, self.closed[-1].stop)
        return self._text[max(self._began, last) : self._ended]

    def _level_of(self, mark: Mark, level: int) -> int | None:
        """Return the number of what *mark* reopens, of what is open from *level*."""
        if mark.direction is not Direction.OPENS and (
            mark.direction is not Direction.EITHER or mark.shape not in _OPENS
        ):
            return None
        family = FAMILY_OF[mark.shape]
        for number in range(level, len(self._open)):
            pair = self._open[number]
            if FAMILY_OF[pair.shape] == family and not pair.doubted:
                return number
        return None

    def _reopened(self, mark: Mark, level: int) -> int:
        """Return the level up to which *mark* reopens what is open; 0 if it does not."""
        number = self._level_of(mark, level)
        if number is None or (level and number > level) or _breaks_off(self._text, mark.start):
            return 0
        if not level:
            for pair in self._open[:number]:
                self._missing(pair)
            del self._open[:number]
        self._open[level].reopened += ((mark.start, mark.stop),)
        return level + 1

    def _pair(self, mark: Mark) -> None:
        """Let *mark* open or close a quotation."""
        family = FAMILY_OF[mark.shape]
        opener = None
        # Single marks are the least certain, so that they close nothing beyond the innermost.
        for pair in reversed(self._open[-1:] if family == SINGLE else self._open):
            if FAMILY_OF[pair.shape] == family:
                opener = pair
                break
        digit = mark.start > 0 and self._text[mark.start - 1].isdigit()
        does = _does(mark, opener.shape if opener else "", digit)
        if does is Direction.OPENS:
            if opener is not None and opener.shape == mark.shape:
                opener.doubted = True
            self._open.append(Pair(mark.start, mark.stop, shape=mark.shape))
            self._measured = None
            if len(self._open) > _DEEPEST:
                self._missing(self._open.pop(0))
        elif does is Direction.CLOSES and opener is not None:
            while (last := self._open.pop()) is not opener:
                self._missing(last)
            opener.end, opener.stop, opener.closed = mark.start, mark.stop, True
            self.closed.append(opener)
            self._measured = opener if digit and mark.shape == '"' else None
        elif does is Direction.CLOSES and family != SINGLE:
            if self._measured is not None and mark.shape == '"':
                self._measured.end, self._measured.stop = mark.start, mark.stop
                self._measured = None
            elif not digit or mark.shape != '"':
                self.unbalanced.append(mark.start)

    def _missing(self, pair: Pair) -> None:
        """Note that *pair* is not closed."""
        if pair.shape not in _APOSTROPHES:
            self.unbalanced.append(pair.start)


def _does(mark: Mark, opener: str, digit: bool) -> Direction:
    """Return what *mark* does where *opener* is open; ``EITHER`` is nothing.

    *digit* tells whether it stands after a digit, where it may be inches.
    """
    if mark.shape in _ONLY_OPENS:
        return Direction.OPENS
    if mark.shape in _ONLY_CLOSES:
        return Direction.CLOSES
    if mark.shape in _OPENS:
        return _does_by_opening_shape(mark, opener)
    if mark.shape in _CLOSES:
        return _does_by_closing_shape(mark, opener)
    if mark.direction is Direction.EITHER and not opener:
        return Direction.EITHER if digit else Direction.OPENS
    return Direction.OPENS if mark.direction is Direction.OPENS else Direction.CLOSES


def _does_by_opening_shape(mark: Mark, opener: str) -> Direction:
    closes = (
        opener
        and opener in _CLOSES_AFTER.get(mark.shape, "")
        and mark.direction is not Direction.OPENS
    ) or (mark.direction <= Direction.CLOSES and mark.shape not in _SPACED)
    return Direction.CLOSES if closes else Direction.OPENS


def _does_by_closing_shape(mark: Mark, opener: str) -> Direction:
    opens = mark.direction is Direction.OPENS
    if opener:
        return Direction.OPENS if opens and opener == mark.shape else Direction.CLOSES
    uncased = mark.before_uncased and mark.direction >= Direction.EITHER
    if mark.shape == "’":
        return Direction.OPENS if uncased else Direction.EITHER
    return Direction.OPENS if opens or uncased else Direction.CLOSES


def _begins_line(text: str, start: int) -> bool:
    """Return whether nothing but indentation stands before *start* in its line."""
    before = text[max(0, start - _MOST_INDENTATION) : start].rstrip(_INDENTATION)
    return not before or before[-1] in _LINE_ENDS


def _breaks_off(text: str, stop: int) -> bool:
    """Return whether what stands before *stop* ends within a sentence."""
    before = text[max(0, stop - _MOST_INDENTATION) : stop].rstrip()
    return before[-1:].isalnum()
