"""Fills in what the bot says, so that it reads well in each language.

When something is said is decided elsewhere; how a citation or a date reads is decided here. The
texts themselves are in ``locales/``, one file a language.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from unicodedata import east_asian_width

from bot.i18n.direction import LEFT_TO_RIGHT, DirectedText, Direction, direction_of
from bot.i18n.languages import ORIGINAL, languages, nearest, read_language
from bot.i18n.periods import name_of_days
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
    Understood,
    meant_as_reference,
)

__all__ = [
    "Strings",
    "languages",
    "load_all_languages",
    "string_names",
    "strings_for",
    "strings_of",
]

#: A title, a name or a publisher longer than this is shortened in a citation.
_LONGEST_PART = 160
#: As many characters of the reason why a statement is withdrawn are shown as it may have.
LONGEST_WHY = 300
#: A note on how a question was read names this many words or phrases, each cut to this many
#: characters: enough to recognise one's own, and far less than a message.
_MOST_LISTED, _LONGEST_LISTED = 3, 40
#: Operators whose value could not be read, and for which a note says how to write it.
_DATE = re.compile(r"(?i:on|after|before):")
_YEAR, _KIND = re.compile(r"(?i:year):"), re.compile(r"(?i:kind):")

_ASKS = ("?", "？", "؟")

#: Makes words that a user typed ready to be shown, in a terminal or in Telegram.
Typed = Callable[[str], str]
#: Makes any words ready to be shown.
Shown = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Strings(StringTable):
    """All that the bot says in one language, and how it is filled in.

    What is filled in is isolated where it runs in the other direction, and so is what the methods
    return. Anything else that is put on the same line goes through :meth:`isolated` first.
    """

    #: The language's tag, which is the name of its file.
    language: str
    direction: Direction

    def day(self, day: datetime.date | None) -> str:
        """Return *day* as it is written, ``24 Feb 2025``; "undated" if there is none."""
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
        """Return a sentence on how much was searched, and from when to when."""
        if not searched.statements:
            return self.nothing_on_record
        sentence = self.searched if searched.first else self.searched_undated
        return sentence.format(
            statements=self.statements(searched.statements),
            paragraphs=self.paragraphs(searched.paragraphs),
            period=self.from_to(searched),
        )

    def nothing(self, answer: Answer, typed: Typed = str, shown: Shown = str) -> str:
        """Return that nothing answers and what was searched, or why nothing could answer.

        *typed* says how words that the user typed are shown, and *shown* how names are.
        """
        if why := self._why_nothing(answer, typed):
            return why
        searched = answer.searched
        return self.sentences(
            shown(self.nothing_of(answer)) or self.nothing_found,
            self.what_was_searched(searched) if searched.statements else "",
            self.nothing_in_language if answer.interpretation.foreign else "",
        )

    def nothing_in_short(self, answer: Answer, typed: Typed = str, shown: Shown = str) -> str:
        """Return the same as :meth:`nothing` in one line, for a group."""
        if why := self._why_nothing(answer, typed):
            return why
        if nothing := self.nothing_of(answer):
            return shown(nothing)
        searched = answer.searched
        sentence = self.nothing_short if searched.first else self.nothing_short_undated
        said = sentence.format(
            statements=self.statements(searched.statements), period=self.from_to(searched)
        )
        return self.sentences(
            said, self.nothing_in_language if answer.interpretation.foreign else ""
        )

    def _why_nothing(self, answer: Answer, typed: Typed) -> str:
        """Return why no statement on record could answer; empty if one could."""
        if not answer.searched.statements and not answer.understood.by_wording:
            if not answer.interpretation.narrowed:
                return self.nothing_on_record
            filters = self._listed(answer.interpretation.narrowed, typed)
            return self.nothing_matches.format(filters=filters)
        if reference := meant_as_reference(answer.question):
            return self.reference_unknown.format(reference=reference)
        return ""

    def nothing_of(self, answer: Answer) -> str:
        """Return that nothing by whom, or of when, was asked is on record; empty if neither was.

        Where all of the record is of other days, that tells from when or until when it is.
        """
        understood, on_record = answer.understood, answer.on_record
        first, last = understood.first, understood.last
        period = self.span(first, last)
        if first and last:
            period = self.of_period.format(period=period)
        if first and on_record.last and first > on_record.last:
            return self.nothing_after.format(period=period, date=self.day(on_record.last))
        if last and on_record.first and last < on_record.first:
            return self.nothing_before.format(period=period, date=self.day(on_record.first))
        speakers = self._listed(understood.speakers, str)
        if not speakers:
            return self.nothing_in.format(period=period) if period else ""
        sentence = self.nothing_by_in if period else self.nothing_by
        return sentence.format(speakers=speakers, period=period)

    def only_nearest(self) -> str:
        """Return the note above a passage that is only the nearest to a question."""
        return self.sentences(self.nothing_found, self.nearest)

    def no_answer(self, answer: Answer) -> str:
        """Return the note above a passage of *answer*, which does not answer.

        It is only the nearest; or it is another person's, or of another time, than was asked.
        """
        nothing = self.nothing_of(answer) or self.nothing_found
        nearest = self.others(answer, "others_{}") if answer.others_answer else self.nearest
        return self.sentences(nothing, nearest)

    def others(self, answer: Answer, entry: str) -> str:
        """Return the *entry* for others, for another time, or for both: whatever was not asked."""
        understood = answer.understood
        if not understood.speakers:
            return str(getattr(self, entry.format("when")))
        dated = understood.first or understood.last
        return str(getattr(self, entry.format("both" if dated else "who")))

    def understood(self, understood: Understood) -> str:
        """Return whom, when and in which order was understood, on one line; empty if nothing was.

        Names and dates are parts with dots between them.
        """
        parts = [self._listed(understood.speakers, str)]
        parts.append(self.span(understood.first, understood.last))
        if understood.order:
            parts.append(str(getattr(self, f"order_{understood.order}")))
        return self.direction.marked(" · ".join(filter(None, parts)))

    def span(self, first: datetime.date | None, last: datetime.date | None) -> str:
        """Return the name of a span of days: "February 2025", "since 2024"; empty if it is any."""
        return name_of_days(self, first, last)

    def how_read(self, answer: Answer, typed: Typed = str) -> str:
        """Return a one-line note on how the question was read; empty if it was read as typed.

        *typed* says how words that the user typed are shown.
        """
        interpretation, notes = answer.interpretation, []
        if interpretation.corrected:
            mistyped, words = zip(*interpretation.corrected, strict=True)
            notes.append(
                self.read_corrected.format(
                    words=self._listed(words, typed),
                    typed=self._listed(mistyped, typed, quoted=True),
                )
            )
        if interpretation.absent:
            note = self.read_absent_nearest if answer.answered else self.read_absent
            phrases = self._listed(interpretation.absent, typed, quoted=True)
            notes.append(note.format(phrases=phrases))
        if interpretation.across:
            listed = self._listed(interpretation.across, typed, quoted=True)
            notes.append(self.read_across.format(phrases=listed))
        if interpretation.judged:
            sentence = self.read_quoted.format(words=self.typed(interpretation.judged, typed))
            notes.append(self.read_judged.format(sentence=sentence))
        if interpretation.read_up_to:
            last = self.read_quoted.format(words=self.typed(interpretation.read_up_to, typed))
            notes.append(self.read_up_to.format(words=last))
        if interpretation.unparsed:
            plain = self._listed(interpretation.unparsed, typed)
            notes.append(self.read_plain.format(words=plain))
            if any(map(_DATE.match, interpretation.unparsed)):
                notes.append(self.read_plain_date)
            if any(map(_YEAR.match, interpretation.unparsed)):
                notes.append(self.read_plain_year)
            if any(map(_KIND.match, interpretation.unparsed)):
                notes.append(self.read_plain_kind)
        return self.sentences(*notes)

    def question_on(self, subject: str) -> str:
        """Return a question on *subject*, as a user would type it; it may be a question itself."""
        asks = subject.endswith(_ASKS)
        return self.isolated(subject) if asks else self.example.format(name=subject)

    def small_talk_reply(self, kind: SmallTalk, searched: Coverage) -> str:
        """Return the reply to a greeting or to thanks."""
        if kind is SmallTalk.THANKS:
            return self.thanks
        if searched.statements:
            return self.greeting
        return self.sentences(self.greeting, self.nothing_on_record)

    def sentences(self, *said: str) -> str:
        """Return the sentences *said* in a row, without the empty ones.

        After a full-width stop, as in Chinese, there is no space.
        """
        text = ""
        for one in filter(None, said):
            space = " " if text and east_asian_width(text[-1]) not in "WF" else ""
            text += space + one
        return text

    def isolated(self, text: str) -> str:
        """Return *text*, plain or in HTML, to stand in a line of this language."""
        return self.direction.isolated(text)

    def directed(self, line: str) -> str:
        """Return a *line* that begins without a letter, so that it runs in our direction."""
        return line if self.direction is LEFT_TO_RIGHT else self.direction.mark + line

    def short_title(self, title: str, longest: int = _LONGEST_PART) -> str:
        """Return a title or a name, cut to *longest* characters, to begin a line with."""
        return self.direction.marked(self._short_name(title, longest))

    def typed(self, words: str, typed: Typed, longest: int = _LONGEST_PART) -> str:
        """Return *words* that a user *typed*, on one line and cut to *longest* characters."""
        return self.isolated(typed(_short(" ".join(words.split()), longest)))

    def who(self, citation: Citation, longest: int = _LONGEST_PART) -> str:
        """Return the first line of a citation: the speaker and the attribution label.

        Names and titles are cut to *longest* characters, here and in :meth:`where`.
        """
        speaker = self._short_name(citation.speaker, longest)
        if citation.role:
            role = self._short_name(citation.role, longest)
            speaker = self.speaker_with_role.format(name=speaker, role=role)
        return self.direction.marked(f"{speaker} · {self.attribution_label(citation, longest)}")

    def by_whom(self, citation: Citation) -> str:
        """Return the speaker's name and the day: what an editor looks for first."""
        name = self.isolated(self._short_name(citation.speaker, _LONGEST_PART))
        return f"{name}{self.comma}{self.day(citation.date)}"

    def who_and_when(
        self,
        citation: Citation,
        shown: Shown = str,
        important: Shown = str,
        *,
        in_part: bool = False,
    ) -> str:
        """Return the line beneath a quote: speaker, date and attribution label.

        *important* says how the name and the date are shown, which an editor looks for first, and
        *shown* the rest. The citation is *in_part* if it is that of the key sentence, and others
        are shown, too.
        """
        speaker = important(self._short_name(citation.speaker, _LONGEST_PART))
        if citation.role:
            role = shown(self._short_name(citation.role, _LONGEST_PART))
            speaker = self.speaker_with_role.format(name=speaker, role=role)
        day = important(self.day(citation.date))
        label = self.attribution_label(citation)
        if in_part:
            label = self.attribution_of_key_sentence.format(attribution=label)
        label = shown(label)
        return self.direction.marked(f"{speaker} · {day} · {label}")

    def where_undated(self, citation: Citation) -> list[str]:
        """Return the parts of the line beneath: as :meth:`where`, without the date."""
        title = self._short_name(citation.title, _LONGEST_PART)
        return [title, *self.published_when(citation)[1:], *self._place(citation, _LONGEST_PART)]

    def attribution_label(self, citation: Citation, longest: int = _LONGEST_PART) -> str:
        """Return whose words a quote is: a direct quote, a report, a joint text, a brief."""
        label = str(getattr(self, f"attribution_{citation.attribution.name.lower()}"))
        anothers_text = citation.kind in (Kind.REPORT, Kind.PRESS_RELEASE)
        if citation.attribution is Attribution.DIRECT and anothers_text:
            label = self.attribution_direct_in_report
        if citation.quoted_from:
            name = self._short_name(citation.quoted_from, longest)
            label = self.attribution_quoted_from.format(name=name)
        if citation.translation is None:
            return label
        official = citation.translation is Translation.OFFICIAL
        translation = self.translation_official if official else self.translation_unofficial
        return self.attribution_translated.format(attribution=label, translation=translation)

    def where(self, citation: Citation, longest: int = _LONGEST_PART) -> list[str]:
        """Return the parts of a citation's second line: what, when, publisher, paragraph."""
        title = self._short_name(citation.title, longest)
        first = self.title_with_date.format(title=title, date=self.day(citation.date))
        published = self.published_when(citation, longest)[1:]
        return [first, *published, *self._place(citation, longest)]

    def withdrawal(self, citation: Citation) -> str:
        """Return why the statement is no longer quoted as current; empty if it is."""
        if not citation.withdrawn:
            return ""
        return self.withdrawn.format(why=_short(citation.withdrawn, LONGEST_WHY))

    def _place(self, citation: Citation, longest: int) -> list[str]:
        """Return where in its statement a paragraph stands: under which heading, which number."""
        place = self.paragraph.format(number=citation.paragraph, total=citation.paragraphs)
        if not citation.section:
            return [place]
        return [self.section.format(heading=_short(citation.section, longest)), place]

    def published_on(self, citation: Citation) -> str:
        """Return when it was published, or a brief written; empty if on the day it was said."""
        if not citation.published or citation.published == citation.date:
            return ""
        sentence = self.written if citation.kind is Kind.BRIEF else self.published
        return sentence.format(date=self.day(citation.published))

    def published_when(self, citation: Citation, longest: int = _LONGEST_PART) -> list[str]:
        """Return when it was said, when it was published if on another day, and by whom."""
        parts = [self.day(citation.date)]
        if published := self.published_on(citation):
            parts.append(published)
        if citation.publisher and citation.publisher != citation.speaker:
            parts.append(self._short_name(citation.publisher, longest))
        return parts

    def _short_name(self, name: str, longest: int) -> str:
        return self.isolated(_short(name, longest))

    def _listed(self, parts: Sequence[str], typed: Typed, *, quoted: bool = False) -> str:
        """Return the first few of *parts* and how many more there are, each cut and on one line."""
        shown = [self.typed(part, typed, _LONGEST_LISTED) for part in parts[:_MOST_LISTED]]
        if quoted:
            shown = [self.read_quoted.format(words=part) for part in shown]
        if more := len(parts) - len(shown):
            shown.append(self.read_more.format(number=more))
        return self.comma.join(shown)


def load_all_languages() -> None:
    """Read all languages and import the plural rules now, so that no message waits for it."""
    for language in languages():
        strings_of(language).statements(2)


def strings_of(language: str = ORIGINAL) -> Strings:
    """Return the strings of *language*, one of :func:`languages`; its file is read once."""
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
    """Return the strings nearest to a language *tag*, such as "zh-hans" from a user's Telegram.

    If no language is near, or it is not a tag, they are those of *default*.
    """
    return strings_of(nearest(tag, default))


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
