"""Compares what a story says of a quotation with what the record says: who, when, where.

Only what both tell for certain can disagree: a name that may be the speaker's is no other's, a day
beside the day of a statement may be another time zone's, and an undated statement has any date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence

from index.checking.askers import is_asker, said_to_be_asked
from index.checking.report import Disagreement, Mismatch, Passage
from index.drafts.quotation import Quotation
from index.drafts.said import Said
from index.model.answer import Citation, Span, speakers_of
from index.model.attribution import Attribution
from index.model.statement import Kind, Paragraph, Role, Speaker, Statement
from index.question.names_by_word import words_of
from index.voices.voices import voices_in, voices_of
from index.wording.dates import Dates, whole_period

#: Whether words of a story name a speaker: ``None`` if that cannot be told.
SameSpeaker = Callable[[str, Speaker], bool | None]
#: A text may be filed as one of these whatever it is, or tell of any other.
_OF_ANY_KIND = (Kind.STATEMENT, Kind.REPORT)
#: These are somebody's account of what was said.
_ACCOUNTS = frozenset((Kind.REPORT, Kind.BRIEF))
#: Words of these are those of who tells what was said.
_TOLD = (Attribution.REPORTED, Attribution.BRIEF)
#: A day without its month: 8日, on the 8th.
_DAY_ALONE = re.compile(r"(?:on the |the )?\d{1,2}(?:日|号|號|st|nd|rd|th)?")
_YEAR, _DIGIT = re.compile(r"\d{4}"), re.compile(r"\d")
#: It is this day already, or still, elsewhere.
_DAY = datetime.timedelta(days=1)


def _disagreements_on(
    passage: Passage,
    statement: Statement,
    *,
    said: Said,
    draft: str,
    quotation: Quotation,
    same: SameSpeaker,
) -> Iterator[Disagreement]:
    """Yield in what a *draft*, by what it *said* of a quotation, and a *passage* disagree."""
    paragraph, citation = passage.quote.paragraph, passage.citation
    named = said.named or said.speaker
    written = draft[slice(*named)] if named else ""
    if paragraph.role is Role.QUESTION and not same(written, paragraph.speaker):
        # In some transcripts whoever answers little is marked as asking, too.
        asks = is_asker(paragraph.speaker.name, statement.language)
        told = not written or said_to_be_asked(draft, quotation, statement.language)
        if asks and not told:
            yield Disagreement(Mismatch.QUESTION, said.phrase, paragraph.speaker.name)
        if asks:
            return
    if _is_outlets(passage, statement) and not _is_told(said, statement, written, citation, same):
        yield Disagreement(Mismatch.PARAPHRASE, said.phrase, citation.publisher or citation.title)
    elif written:
        speakers = _speakers(passage, statement, paragraph)
        is_publishers = _is_outlet(written, citation, same)
        others = [
            one
            for one in speakers
            if same(written, one) is not False
            and not _has_other_turns(written, one, statement, same)
        ]
        if speakers and not others and not is_publishers:
            yield Disagreement(Mismatch.SPEAKER, said.phrase or named, speakers[0].name)
    phrase = said.day_phrase
    if said.dates and phrase and not _may_be_of(said.dates, draft, phrase, statement):
        day = statement.date or statement.published
        yield Disagreement(Mismatch.DATE, phrase, day.isoformat() if day else "")
    if said.kinds and statement.kind not in (*said.kinds, *_OF_ANY_KIND):
        yield Disagreement(Mismatch.STATEMENT, said.kind_phrase, statement.title)


def all_disagreements(
    passages: Sequence[Passage],
    statement_of: Callable[[Passage], Statement],
    *,
    said: Said,
    draft: str,
    quotation: Quotation,
    same: SameSpeaker,
) -> tuple[Disagreement, ...]:
    """Return in what a draft and any of *passages* disagree, each thing once."""
    found = (
        one
        for passage in passages
        for one in _disagreements_on(
            passage,
            statement_of(passage),
            said=said,
            draft=draft,
            quotation=quotation,
            same=same,
        )
    )
    return tuple({one.mismatch: one for one in found}.values())


def _has_other_turns(
    written: str, speaker: Speaker, statement: Statement, same: SameSpeaker
) -> bool:
    """Return whether a story names whoever has other turns than *speaker*, by another office."""
    if same(written, speaker) is True:
        return False
    own = set(words_of(f"{speaker.name} {speaker.role}"))
    turns = {one.speaker for one in statement.paragraphs if one.named} - {speaker}
    return any(
        own.isdisjoint(words_of(f"{one.name} {one.role}")) and same(written, one) is True
        for one in turns
    )


def _is_outlets(passage: Passage, statement: Statement) -> bool:
    """Return whether any of the words are those of who tells what was said."""
    voices = voices_of(statement, passage.quote.paragraph)
    here = voices_in(voices, passage.quote.start, passage.quote.stop)
    return any(one.attribution in _TOLD for one in here)


def _is_told(
    said: Said, statement: Statement, written: str, citation: Citation, same: SameSpeaker
) -> bool:
    """Return whether the story says that the words are an outlet's, or a report's."""
    if _is_outlet(written, citation, same):
        return True
    names_text = said.named is None and statement.kind in said.kinds
    return names_text or (statement.kind in said.kinds and _ACCOUNTS.issuperset(said.kinds))


def _is_outlet(written: str, citation: Citation, same: SameSpeaker) -> bool:
    publisher = citation.publisher
    return bool(written and publisher and same(written, Speaker(publisher)) is True)


def _speakers(passage: Passage, statement: Statement, paragraph: Paragraph) -> list[Speaker]:
    """Return who may be said to have said it; nobody, if the text does not tell for certain."""
    voices = voices_of(statement, paragraph)
    here = voices_in(voices, passage.quote.start, passage.quote.stop)
    if any(one.attribution in (Attribution.UNCERTAIN, Attribution.QUOTED) for one in here):
        return []
    named = [one.speaker for one in here if one.speaker]
    if len(named) < len(here) or not here:
        # Of some of it the text names nobody: then it may be the speaker's of the whole.
        named += speakers_of(statement, paragraph)
    return list(dict.fromkeys(named))


def _may_be_of(dates: Dates, draft: str, phrase: Span, statement: Statement) -> bool:
    """Return whether *statement* may be of the *dates* that a *phrase* of the *draft* names."""
    days = [day for day in (statement.date, statement.published) if day]
    if not days or dates.first is None or dates.last is None:
        return True
    written = draft[slice(*phrase)]
    if not _YEAR.search(written):
        # The story does not say of which year; of a day of the week, nothing is said.
        if not _DIGIT.search(written) and dates != whole_period("month", dates.first):
            return True
        if _DAY_ALONE.fullmatch(written.strip()):
            near = {one.day for day in days for one in (day - _DAY, day, day + _DAY)}
            return dates.first.day in near
        return any(_may_be_of_some_year(dates, day) for day in days)
    return any(dates.first - _DAY <= day <= dates.last + _DAY for day in days)


def _may_be_of_some_year(dates: Dates, day: datetime.date) -> bool:
    """Return whether a day or a month, of any year, may be that of *day*."""
    near = (day - _DAY, day, day + _DAY)
    if dates.first is None or dates.first != dates.last:
        return dates.first is None or dates.first.month in {one.month for one in near}
    return (dates.first.month, dates.first.day) in {(one.month, one.day) for one in near}
