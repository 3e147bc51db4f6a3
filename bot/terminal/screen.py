"""Shows passages in a terminal, in colour, or as plain text in a pipe.

rich, which colours and wraps, is imported only for a terminal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from bot.citations.parts import section_if_new, speaker_if_new
from bot.i18n.strings import Strings
from index import (
    Amended,
    Answer,
    Citation,
    Coverage,
    Hit,
    Record,
    SmallTalk,
    cited,
    limit_of,
    without_controls,
)

if TYPE_CHECKING:
    from rich.console import Console

#: The widest line that is comfortable to read, in characters.
_WIDEST = 88


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether *stream* is a terminal; a closed one is ``None``."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def console_on(terminal: TextIO) -> Console:
    """Return what writes on *terminal* in colour, in lines that are comfortable to read."""
    from rich.console import Console  # noqa: PLC0415  # 80 ms, not needed in a pipe

    wide = Console(file=terminal)
    # Without emoji=False, ":100:" in a title would become an emoji.
    return Console(file=terminal, highlight=False, emoji=False, width=min(wide.width, _WIDEST))


class Screen:
    """The terminal or pipe on which answers are shown."""

    def __init__(
        self, strings: Strings, stream: TextIO | None = None, *, interactive: bool = False
    ) -> None:
        """Show on *stream*, by default standard output, in the language of *strings*.

        It is *interactive* if a user can answer with commands.
        """
        self._strings = strings
        self.interactive = interactive
        self._stream = stream or sys.stdout
        self._console: Console | None = None
        if is_terminal(self._stream):
            self._console = console_on(self._stream)

    @property
    def stream(self) -> TextIO:
        """What it shows on."""
        return self._stream

    def line(self, text: str, style: str = "", *, copied: bool = False) -> None:
        """Show one line, in a *style* of rich's such as ``dim``; *copied* lines are not wrapped."""
        text = without_controls(text)
        if self._console is None:
            print(text, file=self._stream)
        else:
            self._console.print(text, style=style or None, markup=False, soft_wrap=copied)

    def passage(self, hit: Hit, note: str = "") -> None:
        """Show a passage, its key sentence in bold, a *note* above and the citation below.

        Above all stands that the statement is withdrawn, if it is. Where the same text stands
        elsewhere, too, it says so, and in a chat, how it is seen.
        """
        strings, whole = self._strings, cited(hit, (0, len(hit.paragraph.text)))
        # Without colour no key sentence can be seen: the citation is that of all that is shown.
        citation = cited(hit) if self._console else whole
        for above in filter(None, [strings.withdrawal(citation), note]):
            self.line(above)
        self._quote(hit)
        if (limit := limit_of(hit)) and limit.paragraph is not hit.paragraph:
            # What limits it in its own paragraph stands above.
            self.line(strings.limited_by.format(words=strings.isolated(limit.text)))
        self.line(f"— {strings.who_and_when(citation, in_part=citation != whole)}")
        place = [*strings.where_undated(citation), strings.isolated(citation.reference)]
        self.line(strings.direction.marked(" · ".join(place)), "dim")
        if citation.url:
            self.line(citation.url, "dim", copied=True)
        if hit.copies:
            also = strings.copies(len(hit.copies))
            hint = strings.terminal_copies_hint.format(copies=also) if self.interactive else also
            self.line(hint, "dim")

    def amended(self, amended: Amended) -> None:
        """Show a paragraph as it stood before it was *amended*, and how the text is read now."""
        strings, statements = self._strings, amended.statements
        for hit in amended.earlier:
            self.passage(hit, strings.amended_on.format(date=strings.day(hit.citation.amended)))
        if not amended.earlier:
            titles = strings.comma.join(
                strings.short_title(one.citation.title) for one in statements
            )
            for above in dict.fromkeys(strings.withdrawal(one.citation) for one in statements):
                if above:
                    self.line(above)
            self.line(strings.reference_amended.format(reference=amended.reference, title=titles))
        if self.interactive and len(statements) == 1:
            self.line(strings.terminal_current_hint, "dim")
            return
        for one in statements:
            self.line(strings.terminal_current.format(id=one.citation.statement), "dim")

    def whole(self, hits: Sequence[Hit]) -> None:
        """Show a statement, all whose paragraphs are in *hits*, with its headings."""
        strings, first = self._strings, hits[0].citation
        for above in filter(None, [strings.withdrawal(first)]):
            self.line(above)
        self.line(strings.short_title(first.title), "bold")
        self.line(strings.direction.marked(" · ".join(strings.published_when(first))), "dim")
        previous: Citation | None = None
        for hit in hits:
            citation = hit.citation
            if section := section_if_new(citation, previous, strings):
                self.line("")
                self.line(section, "bold")
            place = f"{citation.paragraph} · {strings.isolated(citation.reference)}"
            speaker = speaker_if_new(citation, previous, strings)
            self.line("")
            self.line(strings.directed(f"{place} — {speaker}" if speaker else place), "dim")
            self._quote(hit)
            previous = citation

    def copies(self, hit: Hit) -> None:
        """List where the text of a passage also stands, newest first."""
        strings = self._strings
        for copy in hit.copies:
            self.line(f"— {strings.who_and_when(copy)}")
            place = [*strings.where_undated(copy), strings.isolated(copy.reference)]
            self.line(strings.direction.marked(" · ".join(place)), "dim")

    def how_read(self, answer: Answer) -> None:
        """Show what was understood of the question, and the note on how else it was read."""
        strings = self._strings
        understood = strings.understood(answer.understood) if answer.answered else ""
        if understood and answer.understood.by_wording and self.interactive:
            understood = f"{understood} · {strings.terminal_all_hint}"
        for note in filter(None, [understood, strings.how_read(answer)]):
            self.line(note, "dim")

    def small_talk_reply(
        self, kind: SmallTalk, searched: Coverage, examples: Sequence[str]
    ) -> None:
        """Show the reply to a greeting, with *examples* of questions, or to thanks."""
        self.line(self._strings.small_talk_reply(kind, searched))
        self._suggest(examples)

    def nothing_found(self, answer: Answer) -> None:
        """Show that nothing answers, what was searched, the nearest, and suggestions to ask."""
        strings = self._strings
        self.how_read(answer)
        self.line(strings.nothing(answer))
        if self.interactive:
            if answer.hits:
                hint = strings.terminal_nearest_hint
                if answer.others_answer:
                    hint = strings.others(answer, "terminal_others_{}_hint")
                self.line(hint, "dim")
            if answer.understood.by_wording:
                self.line(strings.terminal_all_hint, "dim")
        self._suggest(answer.suggestions)

    def sources(self, record: Record) -> None:
        """List the statements on record, newest first."""
        strings = self._strings
        for statement in record.statements:
            day, kind = strings.day(statement.date), strings.kind(statement.kind)
            size = strings.paragraphs(len(statement.paragraphs))
            names = ", ".join(party.name for party in statement.parties)
            speaker, name = map(strings.isolated, (names, statement.id))
            self.line(strings.isolated(statement.title))
            self.line(f"  {speaker} · {day} · {kind} · {size} · {name}", "dim")

    def _suggest(self, questions: Sequence[str]) -> None:
        if questions:
            suggestions = " · ".join(questions)
            self.line(self._strings.terminal_try.format(suggestions=suggestions), "dim")

    def _quote(self, hit: Hit) -> None:
        text = hit.paragraph.text
        if self._console is None:
            print(f"> {without_controls(text)}", file=self._stream)
            return
        from rich.text import Text  # noqa: PLC0415  # see __init__

        words = Text(without_controls(text))
        if hit.sentence != (0, len(text)):
            words.stylize("bold", *hit.sentence)
        for span in hit.highlights:
            words.stylize("cyan", *span)
        # No frame and no margin, so that the words can be copied.
        self._console.print(words)
