"""Fills in what people read, so that it reads well in the language it is in.

What is said when is decided elsewhere; how a citation or a date reads is decided here. The words
themselves are in ``phrases/``, one file a language.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from unicodedata import east_asian_width

from bot.i18n.direction import LEFT_TO_RIGHT, DirectedText, Direction, direction_of
from bot.i18n.languages import ORIGINAL, languages, nearest, read_language
from bot.i18n.plurals import Plural
from bot.i18n.string_table import StringTable, string_names
from index import (
    Answer,
    Attribution,
    Citation,
    Coverage,
    Kind,
    SmallTalk,
    Translation,
    meant_as_reference,
)

__all__ = ["Strings", "languages", "string_names", "strings_for", "strings_of"]

#: A title, a name or a publisher longer than this is shortened in a citation.
_LONGEST_PART = 160
#: How a question was read is told of so many words or phrases, each of so many characters: enough
#: to recognise one's own, and never a message by itself.
_MOST_READ, _LONGEST_READ = 3, 40
#: Operators that are read if they are written otherwise.
_DATE = re.compile(r"(?i:on|after|before):")
_YEAR, _KIND = re.compile(r"(?i:year):"), re.compile(r"(?i:kind):")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Strings(StringTable):
    """All that is said to people in one language, and how it is filled in.

    What is filled in is isolated where it runs in the other direction, and so is what the methods
    return; whatever else goes into a line beside them goes through :meth:`isolated`.
    """

    #: Its tag, the name of its file.
    language: str
    direction: Direction

    def day(self, day: datetime.date | None) -> str:
        """Return *day* as people write it, ``24 Feb 2025``; "undated" if there is none."""
        if day is None:
            return self.undated
        return self.date.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def kind(self, kind: Kind) -> str:
        """Return what a statement of that *kind* is called."""
        return str(getattr(self, f"kind_{kind.name.lower()}"))

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
        """Return that nothing answers, and what was searched; or why nothing could be."""
        if why := self._why_nothing(answer):
            return why
        language = self.nothing_in_language if answer.interpretation.foreign else ""
        searched = self.what_was_searched(answer.searched)
        return self.sentences(self.nothing_found, searched, language)

    def nothing_in_short(self, answer: Answer) -> str:
        """Return on one line that nothing answers, for a group; or why nothing could."""
        if why := self._why_nothing(answer):
            return why
        searched = answer.searched
        sentence = self.nothing_short if searched.first else self.nothing_short_undated
        said = sentence.format(
            statements=self.statements(searched.statements), period=self.from_to(searched)
        )
        return self.sentences(
            said, self.nothing_in_language if answer.interpretation.foreign else ""
        )

    def _why_nothing(self, answer: Answer) -> str:
        """Return why nothing can answer, whatever else is on record; empty if something could."""
        if not answer.searched.statements:
            if not answer.interpretation.narrowed:
                return self.nothing_on_record
            return self.nothing_matches.format(filters=self._listed(answer.interpretation.narrowed))
        if reference := meant_as_reference(answer.question):
            return self.reference_unknown.format(reference=reference)
        return ""

    def only_nearest(self) -> str:
        """Return what stands above a passage that only comes nearest to a question."""
        return self.sentences(self.nothing_found, self.nearest)

    def how_read(self, answer: Answer) -> str:
        """Return what should be known of how the question was read, on one line; mostly nothing."""
        interpretation, notes = answer.interpretation, []
        if interpretation.corrected:
            typed, words = zip(*interpretation.corrected, strict=True)
            looked_for = self._listed(words)
            notes.append(
                self.read_corrected.format(words=looked_for, typed=self._listed(typed, quoted=True))
            )
        if interpretation.absent:
            note = self.read_absent_nearest if answer.answered else self.read_absent
            notes.append(note.format(phrases=self._listed(interpretation.absent, quoted=True)))
        if interpretation.unparsed:
            notes.append(self.read_plain.format(words=self._listed(interpretation.unparsed)))
            if any(map(_DATE.match, interpretation.unparsed)):
                notes.append(self.read_plain_date)
            if any(map(_YEAR.match, interpretation.unparsed)):
                notes.append(self.read_plain_year)
            if any(map(_KIND.match, interpretation.unparsed)):
                notes.append(self.read_plain_kind)
        return self.sentences(*notes)

    def small_talk_reply(self, kind: SmallTalk, searched: Coverage) -> str:
        """Return what is said to a greeting or to thanks."""
        if kind is SmallTalk.THANKS:
            return self.thanks
        if searched.statements:
            return self.greeting
        return self.sentences(self.greeting, self.nothing_on_record)

    def sentences(self, *said: str) -> str:
        """Return what is *said*, one after the other; what is empty is left out.

        A full stop that is as wide as a Chinese character has its space within.
        """
        text = ""
        for one in filter(None, said):
            space = " " if text and east_asian_width(text[-1]) not in "WF" else ""
            text += space + one
        return text

    def isolated(self, text: str) -> str:
        """Return *text*, plain or in HTML, to stand in a line of this language."""
        return self.direction.isolated(text)

    def begun(self, line: str) -> str:
        """Return a *line* that begins with no letter, such as a number, so that it runs our way."""
        return line if self.direction is LEFT_TO_RIGHT else self.direction.mark + line

    def titled(self, name: str, longest: int = _LONGEST_PART) -> str:
        """Return a title or a name, shortened to *longest* characters, as a line can begin."""
        return self.direction.led(self._named(name, longest))

    def who(self, citation: Citation, longest: int = _LONGEST_PART) -> str:
        """Return the first line of a citation: whose words, and of what sort they are.

        Names and titles are shortened to so many characters, here and in :meth:`where`.
        """
        speaker = self._named(citation.speaker, longest)
        if citation.role:
            role = self._named(citation.role, longest)
            speaker = self.speaker_with_role.format(name=speaker, role=role)
        return self.direction.led(f"{speaker} · {self.sort_of_words(citation)}")

    def sort_of_words(self, citation: Citation) -> str:
        """Return whose words a quote is: a direct quote, a report, a joint text, a brief."""
        if citation.attribution is Attribution.DIRECT and citation.kind in (
            Kind.REPORT,
            Kind.PRESS_RELEASE,
        ):
            words = self.words_direct_in_report
        else:
            words = getattr(self, f"words_{citation.attribution.name.lower()}")
        if citation.translation is Translation.OFFICIAL:
            translation = self.translation_official
        elif citation.translation is Translation.UNOFFICIAL:
            translation = self.translation_unofficial
        else:
            return str(words)
        return self.words_translated.format(words=words, translation=translation)

    def where(self, citation: Citation, longest: int = _LONGEST_PART) -> list[str]:
        """Return the parts of a citation's second line: what, when, publisher, paragraph."""
        title = self._named(citation.title, longest)
        first = self.title_with_date.format(title=title, date=self.day(citation.date))
        place = self.paragraph.format(number=citation.paragraph, total=citation.paragraphs)
        return [first, *self.published_when(citation, longest)[1:], place]

    def published_when(self, citation: Citation, longest: int = _LONGEST_PART) -> list[str]:
        """Return when it was said, when it was published, if that differs, and by whom."""
        parts = [self.day(citation.date)]
        if citation.published and citation.published != citation.date:
            made = self.written if citation.kind is Kind.BRIEF else self.published
            parts.append(made.format(date=self.day(citation.published)))
        if citation.publisher and citation.publisher != citation.speaker:
            parts.append(self._named(citation.publisher, longest))
        return parts

    def on_one_line(self, citation: Citation, longest: int) -> str:
        """Return *citation* as plain text on one line, to be copied, of *longest* characters.

        Where there is no room, the link is left out first; then names and titles are shortened,
        all alike. The sort of words, the dates, the paragraph and the reference always remain.
        """
        reference = f"{self.reference} {self.isolated(citation.reference)}"
        tails = [[citation.url, reference]] if citation.url else []
        for part in (_LONGEST_PART, 80, 40, 20, 10):
            start = [self.who(citation, part), *self.where(citation, part)]
            for tail in [*tails, [reference]]:
                line = self.direction.pasted(" · ".join([*start, *tail]))
                if len(line) <= longest:
                    return line
        reference = self.direction.pasted(reference)
        return line[: longest - len(reference) - 4] + f"… · {reference}"

    def _named(self, name: str, longest: int) -> str:
        return self.isolated(_short(name, longest))

    def _listed(self, parts: Sequence[str], *, quoted: bool = False) -> str:
        """Return the first few of *parts*, each on one line and shortened, perhaps *quoted*."""
        shown = [self._named(" ".join(part.split()), _LONGEST_READ) for part in parts[:_MOST_READ]]
        if quoted:
            shown = [self.read_quoted.format(words=part) for part in shown]
        if more := len(parts) - len(shown):
            shown.append(self.read_more.format(number=more))
        return self.comma.join(shown)


def strings_of(language: str = ORIGINAL) -> Strings:
    """Return the phrases of *language*, one of :func:`languages`; its file is read once."""
    return _read(language)


@cache
def _read(language: str) -> Strings:
    written = read_language(language)
    direction = direction_of(written["language_name"])

    def read(entry: Any) -> Any:
        if isinstance(entry, dict):
            forms = {form: DirectedText(text, direction) for form, text in entry.items()}
            return Plural(forms, language)
        return DirectedText(entry, direction) if isinstance(entry, str) else entry

    entries = {name: read(entry) for name, entry in written.items()}
    return Strings(language=language, direction=direction, **entries)


def strings_for(tag: str | None, default: str = ORIGINAL) -> Strings:
    """Return the phrases nearest to a language *tag*, such as Telegram's "zh-hans" of a person.

    Where none is near, or it is no tag at all, they are the *default*'s.
    """
    return strings_of(nearest(tag, default))


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
