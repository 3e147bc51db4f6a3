"""Compares what a story says of a quotation with what the record says: who, when, where.

Only what both tell for certain can disagree: a name that may be the speaker's is no other's, a day
beside the day of a statement may be another time zone's, and an undated statement has any date.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence

from index.checking.report import Disagreement, Mismatch, Passage
from index.drafts.said import Said
from index.model.answer import Citation, speakers_of
from index.model.attribution import Attribution
from index.model.statement import Kind, Paragraph, Role, Speaker, Statement
from index.voices.voices import voices_in, voices_of
from index.wording.dates import Dates

#: Whether words of a story name a speaker: ``None`` if that cannot be told.
SameSpeaker = Callable[[str, Speaker], bool | None]
#: It is this day already, or still, elsewhere.
_DAY = datetime.timedelta(days=1)


def disagreements_on(
    passage: Passage, statement: Statement, said: Said, draft: str, same: SameSpeaker
) -> Iterator[Disagreement]:
    """Yield in what a *draft*, by what it *said* of a quotation, and a *passage* disagree."""
    paragraph, citation = passage.quote.paragraph, passage.citation
    named = said.named or said.speaker
    written = draft[slice(*named)] if named else ""
    if paragraph.role is Role.QUESTION:
        if not (written and same(written, paragraph.speaker)):
            yield Disagreement(Mismatch.QUESTION, said.phrase, paragraph.speaker.name)
        return
    if _is_outlets(passage, statement) and not _is_outlet(written, citation, same):
        yield Disagreement(Mismatch.PARAPHRASE, said.phrase, citation.publisher or citation.title)
    elif written:
        speakers = _speakers(passage, statement, paragraph)
        publisher = statement.publisher
        is_publishers = bool(publisher) and same(written, Speaker(publisher)) is True
        others = [one for one in speakers if same(written, one) is not False]
        if speakers and not others and not is_publishers:
            yield Disagreement(Mismatch.SPEAKER, said.phrase or named, speakers[0].name)
    if said.dates and not _may_be_of(said.dates, statement):
        day = statement.date or statement.published
        yield Disagreement(Mismatch.DATE, said.day_phrase, day.isoformat() if day else "")
    if said.kinds and statement.kind not in (*said.kinds, Kind.STATEMENT):
        yield Disagreement(Mismatch.STATEMENT, said.kind_phrase, statement.title)


def all_disagreements(
    passages: Sequence[Passage],
    statement_of: Callable[[Passage], Statement],
    said: Said,
    draft: str,
    same: SameSpeaker,
) -> tuple[Disagreement, ...]:
    """Return in what a draft and any of *passages* disagree, each thing once."""
    found = (
        one
        for passage in passages
        for one in disagreements_on(passage, statement_of(passage), said, draft, same)
    )
    return tuple({one.mismatch: one for one in found}.values())


def _is_outlets(passage: Passage, statement: Statement) -> bool:
    """Return whether any of the words are those of who tells what was said."""
    voices = voices_of(statement, passage.quote.paragraph)
    here = voices_in(voices, passage.quote.start, passage.quote.stop)
    return any(one.attribution is Attribution.REPORTED for one in here)


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
    return list(dict.fromkeys([*named, *speakers_of(statement, paragraph)]))


def _may_be_of(dates: Dates, statement: Statement) -> bool:
    days = [day for day in (statement.date, statement.published) if day]
    return not days or any(
        (dates.first is None or dates.first - _DAY <= day)
        and (dates.last is None or day <= dates.last + _DAY)
        for day in days
    )
