"""Puts a citation into the words and the order of the AP, Chicago and APA styles.

- AP: an attribution to put into a sentence, after the AP Stylebook. Who, in what, on what day; the
  months March to July are never abbreviated ("months"); a title stands in quotation marks
  ("composition titles"). AP has no form for paragraphs and references: they follow in parentheses.
- Chicago: a full note after The Chicago Manual of Style, 17th edition, chapter 14, in the pattern
  for a speech: author, “title,” in parentheses what it was and when; "par.", "n.d.", "quoted in".
- APA: an entry of the reference list after the Publication Manual, 7th edition, chapters 9 and 10.
  Author, date, title, in brackets what it is, the publisher unless that is the author, the link;
  "n.d.". An entry has no place for "para.": it follows the title, where APA has a report's number.

They are in English, as the manuals are. None of them may make another's words look like the
speaker's: a report is its publisher's, a brief its writer's, and a question has no author. Neither
has what a speaker reads out, nor words whose speaker is not certain. Names stay as filed, since
nothing tells a family name from a given one or a person from a ministry; so do the capitals of a
title. Type is plain where a manual asks for italics. How much of a name there is room for is
decided in ``citing``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

import regex

from index import Attribution, Citation, Kind

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_AP_MONTHS = (
    *("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov."),
    "Dec.",
)
#: AP writes of news conferences and news releases.
_AP_KINDS = {Kind.PRESS_CONFERENCE: "news conference", Kind.PRESS_RELEASE: "news release"}
_LABELS = {
    Attribution.DIRECT: "direct quote",
    Attribution.REPORTED: "publisher’s words, not a quote",
    Attribution.MIXED: "publisher’s words except inside quotation marks",
    Attribution.JOINT: "joint text",
    Attribution.BRIEF: "summary, not a quote",
    Attribution.QUESTION: "not an official’s words",
    Attribution.QUOTED: "quoted there, not the speaker’s own words",
    Attribution.UNCERTAIN: "speaker not certain",
}
#: What a reader sees as one character, however many code points it has (Unicode Annex 29). For a
#: flag the library would count all flags before it, each time.
_CHARACTER = regex.compile(r"\p{GCB=RI}{1,2}[\p{GCB=EX}\p{GCB=SM}\p{GCB=ZWJ}]*+|\X")
#: A quotation inside a title, which itself stands in double marks, has single ones.
_INNER = str.maketrans({"“": "‘", "”": "’"})
_STRAIGHT = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A citation, with as much of its names and title as there is room for."""

    citation: Citation
    speaker: str
    role: str
    title: str
    publisher: str
    #: Whom the speaker quotes, if the text tells.
    quoted_from: str = ""

    @classmethod
    def of(cls, citation: Citation, longest: int, written: Callable[[str], str] = str) -> Source:
        """Return *citation*, each name of at most *longest* characters as it is *written*."""
        return cls(
            citation=citation,
            speaker=_short(citation.speaker, longest, written),
            role=_short(citation.role, longest, written),
            title=_short(citation.title, longest, written),
            publisher=_short(citation.publisher, longest, written),
            quoted_from=_short(citation.quoted_from, longest, written),
        )

    @property
    def who(self) -> str:
        """The speaker, with the role."""
        return f"{self.speaker}, {self.role}" if self.role else self.speaker

    @property
    def is_question(self) -> bool:
        """Whether it is a question; a citation does not say who put it, nor to whom."""
        return self.citation.attribution is Attribution.QUESTION

    @property
    def is_read_out(self) -> bool:
        """Whether the speaker reads out somebody else's words, whose a citation does not say."""
        return self.citation.attribution is Attribution.QUOTED

    @property
    def is_anonymous(self) -> bool:
        """Whether a citation names no author: a question, words read out, an uncertain speaker."""
        uncertain = self.citation.attribution is Attribution.UNCERTAIN
        return self.is_question or self.is_read_out or uncertain

    @property
    def quotes_speaker(self) -> bool:
        """Whether it is another's text that quotes the speaker."""
        cited = self.citation
        release = cited.kind is Kind.PRESS_RELEASE and cited.speaker != cited.publisher
        return cited.attribution is Attribution.DIRECT and (release or cited.kind is Kind.REPORT)

    @property
    def secondhand(self) -> bool:
        """Whether the text is not the speaker's own."""
        return self.quotes_speaker or self.citation.attribution in (
            Attribution.REPORTED,
            Attribution.MIXED,
            Attribution.BRIEF,
        )

    @property
    def author(self) -> str:
        """Who wrote the text; empty where that is not known."""
        if self.is_anonymous:
            return ""
        return self.publisher if self.secondhand else self.speaker

    @property
    def about(self) -> str:
        """Whom another's text is about; empty where it is the speaker's own."""
        apart = self.citation.speaker != self.citation.publisher
        return self.who if self.secondhand and apart else ""

    @property
    def published_by(self) -> str:
        """The publisher; empty if it is the author, or not known."""
        own = self.citation.speaker == self.citation.publisher and not self.is_anonymous
        return "" if self.secondhand or own else self.publisher

    @property
    def label(self) -> str:
        """The attribution label: whose words these are, and whether they are translated."""
        cited = self.citation
        label = _LABELS[cited.attribution]
        if self.quotes_speaker:
            label = "direct quote as the publisher gives it"
        if self.quoted_from:
            label = f"quoting {self.quoted_from}, not the speaker’s own words"
        return f"{label}, {cited.translation} translation" if cited.translation else label

    @property
    def published(self) -> datetime.date | None:
        """The day it was published, if it was said on another."""
        cited = self.citation
        return cited.published if cited.published != cited.date else None

    @property
    def issued(self) -> datetime.date | None:
        """The date of the text: for another's text, the day it was published."""
        return (self.published or self.citation.date) if self.secondhand else self.citation.date

    @property
    def verb(self) -> str:
        """What happened to the text on the day it was published."""
        return "written" if self.citation.kind is Kind.BRIEF else "published"

    def described(self, day: str = "") -> str:
        """Return the kind of text, whom it is about, and the *day* if there is one."""
        kind = str(self.citation.kind)
        if self.is_question:
            kind = f"question in {kind}"
        elif self.is_read_out:
            kind = f"words quoted by {self.who}, in {kind}"
        elif self.is_anonymous:
            kind = f"{kind}, speaker given as {self.who}"
        elif self.quotes_speaker:
            kind = f"{kind} quoting {self.who}"
        elif self.about:
            kind = f"{kind} on {self.about}"
        return f"{kind}, {day}" if day else kind


def in_ap(source: Source) -> str:
    """Return an attribution in the style of the Associated Press."""
    cited = source.citation
    line = _secondhand_in_ap(source) if source.secondhand else _firsthand_in_ap(source)
    title, place = _in_quotation_marks(source.title), f"paragraph {cited.paragraph}"
    line = f"{line} ({source.label}; {title}; {place}; ref {cited.reference})"
    return f"{line}, {cited.url}" if cited.url else line


def _firsthand_in_ap(source: Source) -> str:
    cited, day = source.citation, _ap_day(source.citation.date)
    kind = _in_a(cited.kind, f"{{}} on {day}" if cited.date else "undated {}")
    if source.is_question:
        line = f"question asked in {kind}"
    elif source.is_read_out:
        line = f"as quoted by {source.who}, in {kind}"
    elif source.is_anonymous:
        line = f"speaker given as {source.who}, not certain, in {kind}"
    else:
        line = f"{source.who}, in {kind}"
    on = _ap_day(source.published) if source.published else ""
    if source.published_by:
        return f"{line}, as published by {source.published_by}{on and f' on {on}'}"
    return f"{line}{on and f', published {on}'}"


def _secondhand_in_ap(source: Source) -> str:
    cited, day = source.citation, _ap_day(source.citation.date)
    kind = _in_a(cited.kind)
    by = f" by {source.publisher}" if source.publisher else ""
    made = f", {source.verb} {_ap_day(source.published)}" if source.published else ""
    on = f" on {day}" if cited.date else f", {day}"
    if source.quotes_speaker:
        return f"{source.who},{on.removeprefix(',')}, as quoted in {kind}{by}{made}"
    if source.about:
        on = f" on {source.about}, {day}"
    if cited.attribution is Attribution.BRIEF:
        return f"summarized{by} in {kind}{on}{made}"
    return f"according to {kind}{by}{on}{made}"


def in_chicago(source: Source) -> str:
    """Return a full note in the style of the Chicago Manual of Style."""
    cited, day = source.citation, _full_day(source.citation.date)
    author, what = source.author, source.described(day)
    if source.quotes_speaker:
        author = ", quoted in ".join(filter(None, [_with_role(source), source.publisher]))
        what = f"{cited.kind}, {day}"
    elif author and not source.secondhand:
        author = _with_role(source)
    if source.published:
        what += f"; {source.verb} {_full_day(source.published)}"
    title = f"{_in_quotation_marks(source.title)} ({what})"
    if source.quotes_speaker and not source.publisher:
        author, title = "", f"{author}, quoted in {title}"
    place = f"par. {cited.paragraph} ({source.label}; ref {cited.reference})"
    return ", ".join(filter(None, [author, title, source.published_by, place, cited.url])) + "."


def in_apa(source: Source) -> str:
    """Return an entry of the reference list in the style of the APA."""
    cited, issued = source.citation, source.issued
    what = source.described("" if issued == cited.date else _full_day(cited.date))
    if source.published and not source.secondhand:
        what += f", published {_full_day(source.published)}"
    place = f"(para. {cited.paragraph}, ref {cited.reference})"
    title = f"{source.title} {place} [{_capital(what)}; {source.label}]"
    date = f"({issued.year}, {_MONTHS[issued.month - 1]} {issued.day})" if issued else "(n.d.)"
    author = source.author if source.secondhand or not source.author else _with_role(source)
    # Without a known author the title takes the author's place.
    parts = [author, date, title] if author else [title, date]
    line = " ".join(_stopped(part) for part in filter(None, [*parts, source.published_by]))
    return f"{line} {cited.url}" if cited.url else line


def _short(text: str, longest: int, written: Callable[[str], str]) -> str:
    """Return *text* as it is *written*, in at most *longest* characters, none of them in part."""
    # What is written is never shorter than the text.
    if len(text) <= longest and len(whole := written(text)) <= longest:
        return whole
    end, room = 0, longest - 1
    for character in _CHARACTER.finditer(text):
        room -= len(written(character.group()))
        if room < 0:
            break
        end = character.end()
    return written(text[:end].rstrip()) + "…"


def _in_a(kind: Kind, phrase: str = "{}") -> str:
    """Return AP's word for *kind* in a *phrase*, with its article."""
    words = phrase.format(_AP_KINDS.get(kind, kind))
    if kind is Kind.REMARKS:
        return words
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _in_quotation_marks(title: str) -> str:
    inside = _STRAIGHT.sub(r"‘\1’", title.translate(_INNER))
    return f"“{inside}”"


def _with_role(source: Source) -> str:
    return f"{source.speaker} ({source.role})" if source.role else source.speaker


def _stopped(part: str) -> str:
    """Return *part* with a full stop, unless it has its own."""
    return part if part.endswith((".", "?", "!", "…")) else f"{part}."


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _ap_day(day: datetime.date | None) -> str:
    return f"{_AP_MONTHS[day.month - 1]} {day.day}, {day.year}" if day else "undated"


def _full_day(day: datetime.date | None) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}" if day else "n.d."
