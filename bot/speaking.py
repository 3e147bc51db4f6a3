"""Gives the words people read, one file a language in ``phrases/``, and fills them in.

What is said when is decided elsewhere; how a citation or a date reads is decided here.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import yaml

from index import (
    Answer,
    Citation,
    Courtesy,
    Coverage,
    Kind,
    Translation,
    Words,
    meant_as_reference,
)

_FOLDER = Path(__file__).parent / "phrases"
#: A title, a name or a publisher longer than this is shortened in a citation.
_LONGEST_PART = 160
#: How a question was read is told of so many words or phrases, each of so many characters: enough
#: to recognise one's own, and never a message by itself.
_MOST_READ, _LONGEST_READ = 3, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """All that is said to people in one language; ``phrases/en.yaml`` explains each."""

    months: list[str]
    date: str
    undated: str
    period: str
    speaker_with_role: str
    words_direct: str
    words_direct_in_report: str
    words_reported: str
    words_mixed: str
    words_joint: str
    words_brief: str
    words_question: str
    translation_official: str
    translation_unofficial: str
    published: str
    written: str
    paragraph: str
    shortened: str
    source: str
    reference: str
    nothing_found: str
    nothing_on_record: str
    reference_unknown: str
    searched: str
    searched_undated: str
    statements_one: str
    statements_many: str
    paragraphs_one: str
    paragraphs_many: str
    nearest: str
    read_corrected: str
    read_absent: str
    read_absent_nearest: str
    read_plain: str
    read_quoted: str
    read_more: str
    greeting: str
    thanks: str
    button_before: str
    button_after: str
    button_next: str
    button_back: str
    button_nearest: str
    button_cite: str
    button_newer: str
    button_older: str
    question_gone: str
    paragraph_gone: str
    start: str
    start_empty: str
    help: str
    help_ask: str
    example: str
    sources_heading: str
    sources_page: str
    unknown_command: str
    not_text: str
    trouble: str
    command_ask: str
    command_sources: str
    command_help: str
    description: str
    short_description: str
    terminal_welcome: str
    terminal_welcome_undated: str
    terminal_prompt: str
    terminal_help: str
    terminal_try: str
    terminal_nearest_hint: str
    terminal_more: str
    terminal_no_more: str
    terminal_no_before: str
    terminal_no_after: str
    terminal_ask_first: str
    terminal_unknown_command: str

    def day(self, day: datetime.date | None) -> str:
        """Return *day* as people write it, ``24 Feb 2025``; "undated" if there is none."""
        if day is None:
            return self.undated
        return self.date.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def statements(self, number: int) -> str:
        """Return "1 statement", "12 statements"."""
        return self.statements_one if number == 1 else self.statements_many.format(number=number)

    def paragraphs(self, number: int) -> str:
        """Return "1 paragraph", "12 paragraphs"."""
        return self.paragraphs_one if number == 1 else self.paragraphs_many.format(number=number)

    def from_to(self, searched: Coverage) -> str:
        """Return the period the statements are from; empty if all are undated."""
        if searched.first is None or searched.last is None:
            return ""
        if searched.first == searched.last:
            return self.day(searched.first)
        return self.period.format(first=self.day(searched.first), last=self.day(searched.last))

    def what_was_searched(self, searched: Coverage) -> str:
        """Return how much was searched, and from when to when, as a sentence."""
        if not searched.statements:
            return self.nothing_on_record
        sentence = self.searched if searched.first else self.searched_undated
        return sentence.format(
            statements=self.statements(searched.statements),
            paragraphs=self.paragraphs(searched.paragraphs),
            period=self.from_to(searched),
        )

    def nothing(self, answer: Answer) -> str:
        """Return that nothing answers, and what was searched; or that a reference is not known."""
        if not answer.searched.statements:
            return self.nothing_on_record
        if reference := meant_as_reference(answer.question):
            return self.reference_unknown.format(reference=reference)
        return f"{self.nothing_found} {self.what_was_searched(answer.searched)}"

    def how_read(self, answer: Answer) -> str:
        """Return what should be known of how the question was read, on one line; mostly nothing."""
        reading, notes = answer.reading, []
        if reading.corrected:
            typed, words = zip(*reading.corrected, strict=True)
            looked_for = self._listed(words)
            notes.append(
                self.read_corrected.format(words=looked_for, typed=self._listed(typed, quoted=True))
            )
        if reading.absent:
            note = self.read_absent_nearest if answer.answered else self.read_absent
            notes.append(note.format(phrases=self._listed(reading.absent, quoted=True)))
        if reading.unread:
            notes.append(self.read_plain.format(words=self._listed(reading.unread)))
        return " ".join(notes)

    def courteous(self, kind: Courtesy, searched: Coverage) -> str:
        """Return what is said to a greeting or to thanks."""
        if kind is Courtesy.THANKS:
            return self.thanks
        return self.greeting if searched.statements else f"{self.greeting} {self.nothing_on_record}"

    def who(self, citation: Citation, longest: int = _LONGEST_PART) -> str:
        """Return the first line of a citation: whose words, and of what sort they are.

        Names and titles are shortened to so many characters, here and in :meth:`where`.
        """
        name, role = _short(citation.speaker, longest), _short(citation.role, longest)
        speaker = self.speaker_with_role.format(name=name, role=role) if role else name
        return f"{speaker} · {self.sort_of_words(citation)}"

    def sort_of_words(self, citation: Citation) -> str:
        """Return whose words a quote is: a direct quote, a report, a joint text, a brief."""
        if citation.words is Words.DIRECT and citation.kind in (Kind.REPORT, Kind.PRESS_RELEASE):
            words = self.words_direct_in_report
        else:
            words = getattr(self, f"words_{citation.words.name.lower()}")
        if citation.translation is Translation.OFFICIAL:
            return f"{words}, {self.translation_official}"
        if citation.translation is Translation.UNOFFICIAL:
            return f"{words}, {self.translation_unofficial}"
        return words

    def where(self, citation: Citation, longest: int = _LONGEST_PART) -> list[str]:
        """Return the parts of a citation's second line: what, when, publisher, paragraph."""
        parts = [f"{_short(citation.title, longest)}, {self.day(citation.date)}"]
        if citation.published and citation.published != citation.date:
            made = self.written if citation.kind is Kind.BRIEF else self.published
            parts.append(made.format(date=self.day(citation.published)))
        if citation.publisher and citation.publisher != citation.speaker:
            parts.append(_short(citation.publisher, longest))
        place = self.paragraph.format(number=citation.paragraph, total=citation.paragraphs)
        return [*parts, place]

    def on_one_line(self, citation: Citation, longest: int) -> str:
        """Return *citation* as plain text on one line, to be copied, of *longest* characters.

        Where there is no room, the link is left out first; then names and titles are shortened,
        all alike. The sort of words, the dates, the paragraph and the reference always remain.
        """
        reference = f"{self.reference} {citation.reference}"
        tails = [[citation.url, reference]] if citation.url else []
        for part in (_LONGEST_PART, 80, 40, 20, 10):
            start = [self.who(citation, part), *self.where(citation, part)]
            for tail in [*tails, [reference]]:
                line = " · ".join([*start, *tail])
                if len(line) <= longest:
                    return line
        return line[: longest - len(reference) - 4] + f"… · {reference}"

    def _listed(self, parts: Sequence[str], *, quoted: bool = False) -> str:
        """Return the first few of *parts*, each on one line and shortened, perhaps *quoted*."""
        shown = [_short(" ".join(part.split()), _LONGEST_READ) for part in parts[:_MOST_READ]]
        if quoted:
            shown = [self.read_quoted.format(words=part) for part in shown]
        if more := len(parts) - len(shown):
            shown.append(self.read_more.format(number=more))
        return ", ".join(shown)


@cache
def phrases(language: str = "en") -> Phrases:
    """Return the phrases of *language*, a name of a file in ``phrases/``."""
    text = (_FOLDER / f"{language}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Phrases(**yaml.load(text, Loader=loader))  # noqa: S506  # the safe loader, in C


def phrase_names() -> set[str]:
    """Return the names of all phrases, to hold a language's file against."""
    return {field.name for field in fields(Phrases)}


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
