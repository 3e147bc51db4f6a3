"""Shows in a terminal how each quotation of a story stands to the record, the worst first.

Beneath a quotation that differs stand the words on record (-) and the story's (+), each on a line
of its own that can be copied; in a terminal the words that differ are in colour. What is wrong is
said in words by ``story_strings``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

import regex

from bot.i18n.story_strings import findings, grade_name, grade_title, summary
from bot.i18n.strings import Strings
from bot.rendering.story_differences import split_at, words_on_record
from bot.terminal.screen import console_on, is_terminal
from bot.terminal.story_places import Places
from index import (
    GRADING_RULES,
    CheckedQuotation,
    CheckedStory,
    Grade,
    Passage,
    Span,
    without_controls,
)

#: How a grade is coloured, by how grave it is.
_STYLES = {
    Grade.ALTERED: "bold red",
    Grade.SPLICED: "bold red",
    Grade.MISATTRIBUTED: "bold red",
    Grade.CUT: "bold yellow",
    Grade.ABSENT: "bold red",
    Grade.PUNCTUATED: "bold cyan",
    Grade.VERBATIM: "bold green",
}
_REMOVED, _ADDED = "bold red underline", "bold green underline"
#: A quotation that is not on record is shown to so many characters, and a verbatim one to so many:
#: enough to recognise it.
_LONGEST, _FIRST_WORDS = 300, 50
_SPACE = regex.compile(r"\s+")

#: Parts of a line, each with a style of rich's.
Parts = list[tuple[str, str]]
#: What stands before a line: nothing, or the sign of a line that is compared.
_FLUSH, _INDENTED, _RECORD, _STORY = "", "   ", " - ", " + "
_SIGNS = {_RECORD: "red", _STORY: "green"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is shown."""

    parts: Parts
    #: What stands before it; where it is wrapped, so many spaces do.
    margin: str = _FLUSH


def show_story(
    story: CheckedStory,
    places: Places,
    strings: Strings,
    stream: TextIO | None = None,
    *,
    explain: bool = False,
) -> None:
    """Show on *stream*, by default standard output, how the quotations of *story* stand.

    With *explain* it says which rule graded each of them.
    """
    report = _Report(story, places, strings, explain=explain)
    shown = _Shown(stream or sys.stdout)
    for line in report.lines():
        shown.line(line)


class _Shown:
    """The terminal or pipe that lines are shown on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._console = console_on(stream) if is_terminal(stream) else None

    def line(self, line: Line) -> None:
        parts = [(without_controls(text), style) for text, style in line.parts]
        if self._console is None:
            print(line.margin + "".join(text for text, _ in parts), file=self._stream)
            return
        from rich.text import Text  # noqa: PLC0415  # not needed in a pipe

        width = self._console.width - len(line.margin)
        wrapped = Text.assemble(*parts).wrap(self._console, width) or [Text()]
        for number, text in enumerate(wrapped):
            text.rstrip()
            margin = " " * len(line.margin) if number else line.margin
            self._console.print(Text.assemble((margin, _SIGNS.get(line.margin, "")), text))


class _Report:
    """What is said of one story."""

    def __init__(
        self, story: CheckedStory, places: Places, strings: Strings, *, explain: bool
    ) -> None:
        self._story, self._places, self._strings = story, places, strings
        self._explain = explain
        self._numbers = {id(one): number for number, one in enumerate(story.quotations, 1)}

    def lines(self) -> Iterator[Line]:
        story, strings = self._story, self._strings
        yield _line(summary(story, strings), "bold")
        verbatim = []
        for checked in story.worst_first():
            if checked.grade is Grade.VERBATIM:
                verbatim.append(checked)
            else:
                yield _line()
                yield from self._block(checked)
        if verbatim:
            yield _line()
            name = grade_name(Grade.VERBATIM, strings)
            yield _line(f"{len(verbatim)} {name}:", _STYLES[Grade.VERBATIM])
            yield from map(self._verbatim, verbatim)
        yield _line()
        yield from self._left_alone()
        yield _line(strings.what_was_searched(story.searched), "dim")
        if self._explain:
            yield _line()
            yield from _rules()

    def _block(self, checked: CheckedQuotation) -> Iterator[Line]:
        """Yield what is to be known of a quotation that is not verbatim."""
        story, strings, grade = self._story, self._strings, checked.grade
        yield Line(
            [
                (f"{self._numbers[id(checked)]}. ", "bold"),
                (grade_title(grade, strings), _STYLES[grade]),
                (f" · {self._places.at(checked.quotation.start)}", "dim"),
            ]
        )
        for found in findings(checked, story, strings):
            yield _line(found, margin=_INDENTED)
        # One passage is best compared line by line; of several, each stands with its citation.
        if len(checked.passages) == 1:
            yield self._on_record(checked.passages[0], checked)
            yield self._written(checked)
            yield from self._citation(checked.passages[0])
        else:
            yield self._written(checked)
            for passage in checked.passages:
                yield self._on_record(passage, checked)
                yield from self._citation(passage)
        if self._explain and checked.rule:
            yield _line(f"graded by the rule “{_spaced(checked.rule)}”", "dim", margin=_INDENTED)

    def _written(self, checked: CheckedQuotation) -> Line:
        """Return the quotation as the story has it, the words marked that differ."""
        start, stop = checked.quotation.start, checked.quotation.stop
        if checked.grade is Grade.ABSENT and stop - start > _LONGEST:
            shown = f"{self._story.draft[start : start + _LONGEST].rstrip()}…"
            return _line(_on_one_line(shown), margin=_STORY)
        spans = [one.written for one in checked.differences]
        return Line(_marked(self._story.draft, (start, stop), spans, _ADDED), _STORY)

    def _on_record(self, passage: Passage, checked: CheckedQuotation) -> Line:
        """Return the words on record to compare with, marked where they differ."""
        stands, spans = words_on_record(passage, checked)
        within = (stands.start, stands.stop)
        return Line(_marked(stands.paragraph.text, within, spans, _REMOVED), _RECORD)

    def _citation(self, passage: Passage) -> Iterator[Line]:
        strings, citation = self._strings, passage.citation
        yield _line(f"— {strings.who_and_when(citation)}", margin=_INDENTED)
        place = [*strings.where_undated(citation), strings.isolated(citation.reference)]
        yield _line(strings.direction.marked(" · ".join(place)), "dim", margin=_INDENTED)

    def _verbatim(self, checked: CheckedQuotation) -> Line:
        strings, start, stop = self._strings, checked.quotation.start, checked.quotation.stop
        words = _on_one_line(self._story.draft[start:stop])
        if len(words) > _FIRST_WORDS:
            words = f"{words[:_FIRST_WORDS].rstrip()}…"
        cited = [one.citation for one in checked.passages]
        references = ", ".join(dict.fromkeys(one.reference for one in cited))
        said = f" · {strings.by_whom(cited[0])}" if cited else ""
        rule = f" · {_spaced(checked.rule)}" if self._explain and checked.rule else ""
        return Line(
            [
                (f"{self._numbers[id(checked)]}. {strings.isolated(words)}", ""),
                (f" · {self._places.at(start)}{said} · {references}{rule}", "dim"),
            ]
        )

    def _left_alone(self) -> Iterator[Line]:
        """Yield what was not checked, and where it is."""
        story, strings, places = self._story, self._strings, self._places
        if story.unbalanced:
            marks = "A quotation mark has" if len(story.unbalanced) == 1 else "Quotation marks have"
            yield _line(f"{marks} no partner: {places.listed(story.unbalanced)}.", "yellow")
        if 0 < story.read < len(story.draft):
            read = strings.story_read.format(number=story.read, total=len(story.draft))
            yield _line(f"{read}.", "yellow")
        if story.short:
            at = places.listed(one.start for one in story.short)
            yield _line(f"{strings.story_short(len(story.short))}: {at}.", "dim")
        if story.paraphrases:
            at = places.listed(start for start, _ in story.paraphrases)
            yield _line(f"{strings.story_paraphrases(len(story.paraphrases))}: {at}.", "dim")


def _line(text: str = "", style: str = "", *, margin: str = _FLUSH) -> Line:
    return Line([(text, style)], margin)


def _marked(text: str, within: Span, spans: Iterable[Span], style: str) -> Parts:
    """Return the slice of *text* on one line, with *style* where the *spans* are."""
    parts = split_at(text, within, spans)
    return [(_on_one_line(part), style if differs else "") for part, differs in parts]


def _on_one_line(text: str) -> str:
    return _SPACE.sub(" ", text)


def _rules() -> Iterator[Line]:
    """Yield the rules of grading in their order, and what each of them says."""
    yield _line("The rules, in order; the first that holds grades a quotation:", "bold")
    for number, rule in enumerate(GRADING_RULES, 1):
        yield _line(f"{number}. {_spaced(rule.name)}: {rule.meaning}")


def _spaced(name: str) -> str:
    return name.replace("_", " ")
