"""Tells which line ends of a text end a paragraph, and joins the lines of those that do not.

A line that was broken at the text's measure goes on in the next. The words are kept as they are;
only a hyphen that the break put in is taken out, where the text itself shows that it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import regex

#: A longer line was not broken to be read: it is a paragraph.
_WIDEST_MEASURE = 120
#: Lines of an address are shorter than any measure; characters of Chinese are as wide as two.
_NARROWEST = 32
#: The share of line ends at which the next word did not fit, in a text that was broken at a
#: measure; a text of paragraphs or of verses has them by chance.
_FORCED_SHARE = 0.6
_MANY_LINES = 50
#: Of the line ends of paragraphs, so many end a sentence; of broken lines one in five or so.
_ENDED_SHARE = 0.5
#: Lines of this length are long (median, in characters).
_LONG = 60
#: A line that goes on in the next, where nothing was broken at a measure, has some words.
_SHORTEST_SENSE_LINE = 25
_ENDED = regex.compile(r"""[.!?…:;。！？；：।۔؟؛][)\]}”’»"'」』）*_]{0,3}$""")
#: What begins a paragraph if the line before ended: a number, a bullet, a label in capitals.
_OPENS = regex.compile(
    r"""
      [,.]?\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s
    | [•·▪▫◦‣●○■□➢✓*–—-]\s
    | \p{Lu}[\p{Lu}\p{M}\d .,'’()-]{1,60}+[:：]
    | [QA][.:)]\s
    """,
    regex.VERBOSE,
)
#: A heading within broken lines: short, in capitals or with each long word in one.
_HEADING = regex.compile(
    r"^\p{Lu}[\p{L}\p{M}'’./&-]*+(?:\s(?:\p{Lu}[\p{L}\p{M}'’./&-]*+|\p{Ll}{1,4}+(?!\p{Ll}))){0,7}+$"
)
_NUMBERED = regex.compile(r"^[,.]?\(?\d{1,3}[.)]\s")
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\u3000-\u303f\uff00-\uffef]")
_BROKEN_WORD = regex.compile(r"(?<![\p{L}\p{M}'’-])[\p{L}\p{M}'’]{1,40}+-$")
_FIRST_WORD = regex.compile(r"^[\p{L}\p{M}'’]{1,40}+")
_WORDS = regex.compile(r"[\p{L}\p{M}'’]++(?:-[\p{L}\p{M}'’]++)*+")
#: "pre- and post-war": the hyphen stands for the word that follows later.
_AFTER_SUSPENDED = frozenset(("and", "or", "und", "oder", "et", "ou", "e", "o", "y", "en", "of"))
_TIGHT = "-–—/"
_SOFT_HYPHEN = "\u00ad"
_SPACES = "\n \t\v\f\x1c\x1d\x1e\x1f\u00a0\u3000\u200b\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_INDENT = regex.compile(r"^[\s\ufeff\u200b]*+")


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The paragraphs of a text, each on one line, and the words whose hyphens are doubtful."""

    texts: tuple[str, ...]
    #: The lines of each that has several, if they are joined by spaces alone; else none.
    lines: tuple[tuple[str, ...], ...] = ()
    #: As they were kept, with the hyphen: "peace-ful" is one if nothing shows what it was.
    hyphenated: tuple[str, ...] = ()


def paragraphs_in(groups: Iterable[Sequence[str]]) -> Paragraphs:
    """Return the paragraphs in *groups* of lines; between two groups a paragraph always ends.

    Lines may be indented, and must not be blank.
    """
    groups = [list(group) for group in groups]
    wrapped = _measure(groups)
    separated = len(groups) > 1
    parts = [part for group in groups for part in _parts(group, wrapped, separated=separated)]
    joiner = _Joiner(parts)
    texts = tuple(joiner.joined(part) for part in parts)
    lines = tuple(
        tuple(part) if len(part) > 1 and " ".join(part) == text else ()
        for part, text in zip(parts, texts, strict=True)
    )
    return Paragraphs(texts, lines, tuple(dict.fromkeys(joiner.doubtful)))


def joined_pages(pages: Iterable[Sequence[str]]) -> list[list[str]]:
    """Return the lines of *pages* in groups: a page that ends in a sentence goes on in the next."""
    groups: list[list[str]] = []
    longest = 0
    for page in pages:
        if not page:
            continue
        last = _words(groups[-1][-1]) if groups else ""
        goes_on = last and not _ENDED.search(last) and len(last) > longest / 2
        if goes_on and not _OPENS.match(_words(page[0])):
            groups[-1].extend(page)
        else:
            groups.append(list(page))
        longest = max(longest, *(min(len(line), _WIDEST_MEASURE) for line in page))
    return groups


def _measure(groups: Sequence[Sequence[str]]) -> int:
    """Return the longest line's length if the lines are broken at it; else 0."""
    lines = [[_words(line) for line in group] for group in groups if len(group) > 1]
    if not lines:
        return 0
    lengths = sorted(len(line) for group in lines for line in group)
    # A few longer lines, such as addresses of the web, do not make the measure.
    longest = lengths[int(len(lengths) * 0.95)] if len(lengths) > _MANY_LINES else lengths[-1]
    narrowest = _NARROWEST // 2 if any(_CJK.match(group[0]) for group in lines) else _NARROWEST
    if not narrowest <= longest <= _WIDEST_MEASURE:
        return 0
    ends = [ends for group in lines for ends in pairwise(group)]
    ended = sum(bool(_ENDED.search(line)) for line, _ in ends)
    # Long lines that end sentences are paragraphs, however alike their lengths are.
    if ended >= _ENDED_SHARE * len(ends) and median(lengths) > _LONG:
        return 0
    # Tables, addresses and last lines are short in any text, and tell nothing.
    telling = [(line, following) for line, following in ends if len(line) > longest / 2]
    forced = sum(_is_full(line, following, longest) for line, following in telling)
    return longest if telling and forced >= _FORCED_SHARE * len(telling) else 0


def _is_full(line: str, following: str, measure: int) -> bool:
    """Whether the first word of the line *following* would not have fit on *line*.

    A typist breaks a little before the measure: a tenth of it is let go.
    """
    word = 1 if _CJK.match(following) else len(following.split(maxsplit=1)[0])
    return len(line) + 1 + word > 0.9 * measure


def _parts(group: Sequence[str], measure: int, *, separated: bool) -> Iterator[list[str]]:
    """Yield the lines of each paragraph in *group*.

    Where blank lines separate groups, a group is one paragraph unless its own lines are long and
    end sentences, or one of them begins an item or a turn.
    """
    common = min(_indent(line) for line in group)
    if separated and not measure and not _are_paragraphs(group):
        yield from _items(group)
        return
    part: list[str] = []
    for line in group:
        text = _words(line)
        if part and _begins(part, text, indented=_indent(line) > common, measure=measure):
            yield part
            part = []
        part.append(text)
    if part:
        yield part


def _are_paragraphs(group: Sequence[str]) -> bool:
    """Whether the lines of *group* are long, and most of them end sentences."""
    lines = [_words(line) for line in group]
    ended = sum(bool(_ENDED.search(line)) for line in lines[:-1])
    letters = median(2 * len(line) if _CJK.match(line) else len(line) for line in lines)
    return len(lines) > 1 and ended >= _ENDED_SHARE * (len(lines) - 1) and letters > _LONG


def _items(group: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of *group*, apart where one begins an item or a turn."""
    part: list[str] = []
    for line in map(_words, group):
        if part and _OPENS.match(line):
            yield part
            part = []
        part.append(line)
    yield part


def _begins(part: Sequence[str], line: str, *, indented: bool, measure: int) -> bool:
    """Whether *line* begins a paragraph, and does not go on with the lines of *part*."""
    before = part[-1]
    ended = bool(_ENDED.search(before))
    if not measure:
        # Verses and delivery scripts go on in small letters.
        short = len(before) < _SHORTEST_SENSE_LINE
        return ended or short or not line[0].islower() or bool(_OPENS.match(line))
    if _NUMBERED.match(line):
        # "on page / 12. The" is no beginning; after a heading or a short line, it is one.
        return ended or not _is_full(before, line, measure)
    if ended:
        full = _is_full(before, line, measure)
        return indented or not full or bool(_OPENS.match(line)) or _is_heading(line, measure)
    return _is_heading(before, measure) and len(part) == 1


def _is_heading(line: str, measure: int) -> bool:
    return len(line) <= 0.6 * measure and bool(_HEADING.match(line))


def _indent(line: str) -> int:
    match = _INDENT.match(line)
    return len(match[0].expandtabs(4)) if match else 0


def _words(line: str) -> str:
    return line.strip(_SPACES)


class _Joiner:
    """Joins broken lines; which words the whole text has tells whether a hyphen belongs."""

    def __init__(self, parts: Sequence[Sequence[str]]) -> None:
        self.doubtful: list[str] = []
        self._known: set[str] | None = None
        self._parts = parts

    def joined(self, lines: Sequence[str]) -> str:
        """Return *lines* as one."""
        pieces = [lines[0]]
        for line in lines[1:]:
            end, between = self._joint(pieces[-1], line)
            pieces[-1] = end
            pieces += (between, line)
        return "".join(pieces)

    def _joint(self, before: str, line: str) -> tuple[str, str]:
        """Return *before* without the hyphen that broke its last word, and what joins *line*."""
        if before.endswith(_SOFT_HYPHEN):
            return before[:-1], ""
        broken = _BROKEN_WORD.search(before)
        rest = _FIRST_WORD.match(line) if broken else None
        if broken and rest:
            with_hyphen = broken[0] + rest[0]
            whole = broken[0][:-1] + rest[0]
            if whole.casefold() in self._words and with_hyphen.casefold() not in self._words:
                return before[:-1], ""
            self.doubtful.append(with_hyphen)
            return before, " " if rest[0].casefold() in _AFTER_SUSPENDED else ""
        # In an address of the web, a number, or with a dash that has no spaces around it.
        if before[-1] in _TIGHT and before[-2:-1].strip():
            return before, ""
        if _CJK.match(before[-1]) and _CJK.match(line):
            return before, ""
        return before, " "

    @property
    def _words(self) -> set[str]:
        if self._known is None:
            found = (word for part in self._parts for line in part for word in _in_line(line))
            self._known = set(found)
        return self._known


def _in_line(line: str) -> Iterator[str]:
    """Yield the words that stand whole in *line*, in small letters: not what its end breaks off."""
    for match in _WORDS.finditer(line):
        if not line.startswith("-", match.end()) or match.end() + 1 < len(line):
            yield match[0].casefold()
