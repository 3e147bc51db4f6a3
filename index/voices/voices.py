"""Tells whose words each part of a paragraph is, and who the text names as saying them.

A speaker is named only where the text leaves no doubt; ``None`` is never wrong. How accounts are
read is left to ``accounts``, and how a speaker's own text is to ``own_texts``. Whose words a
paragraph is as a whole, ``index.model.attribution`` tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index.model.attribution import Attribution, attribution_of
from index.model.statement import Kind, Paragraph, Speaker, Statement
from index.text.sentences import sentence_spans
from index.voices.accounts import of_account, read_before
from index.voices.own_texts import of_own_text
from index.voices.reporting import Reporting, reporting_in
from index.voices.sayer import Named
from index.voices.voice import Voice

#: Paragraphs whose voices are remembered: users meet the same ones again.
_REMEMBERED = 512


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """A paragraph of a statement, as a key: to compare whole statements would take long."""

    statement: Statement
    paragraph: Paragraph

    def __hash__(self) -> int:
        return hash((id(self.statement), self.paragraph.number))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Place)
            and self.statement is other.statement
            and self.paragraph is other.paragraph
        )


def voices_of(statement: Statement, paragraph: Paragraph) -> tuple[Voice, ...]:
    """Return the voices of *paragraph* of *statement*, in order; they cover all of its text."""
    return _voices(_Place(statement, paragraph))


def forget_voices() -> None:
    """Forget what is remembered of statements: they may be of a record that was replaced.

    Those of an index that was kept would hold its whole file in memory, and on disk.
    """
    _voices.cache_clear()


@lru_cache(maxsize=_REMEMBERED)
def _voices(place: _Place) -> tuple[Voice, ...]:
    statement, paragraph = place.statement, place.paragraph
    attribution = attribution_of(statement, paragraph)
    if attribution is Attribution.QUESTION:
        return _whole(paragraph, attribution, paragraph.speaker if paragraph.named else None)
    if attribution in (Attribution.BRIEF, Attribution.UNCERTAIN, Attribution.QUOTED):
        return _whole(paragraph, attribution, None)
    reporting = reporting_in(statement.language)
    if attribution is Attribution.JOINT:
        return _of_joint_text(statement, paragraph, reporting)
    if attribution is Attribution.DIRECT and not _is_account(statement, paragraph):
        return _joined(of_own_text(statement, paragraph, reporting))
    return _joined(of_account(statement, paragraph, reporting))


def voices_in(voices: Iterable[Voice], start: int, stop: int) -> tuple[Voice, ...]:
    """Return those of *voices* that have part in the characters from *start* to *stop*."""
    return tuple(one for one in voices if one.start < stop and start < one.stop)


def _is_account(statement: Statement, paragraph: Paragraph) -> bool:
    """Return whether *paragraph* is somebody's account, also one that is a quotation throughout."""
    if statement.kind is Kind.PRESS_RELEASE:
        return paragraph.speaker.name != statement.publisher
    return statement.kind is Kind.REPORT


def _whole(
    paragraph: Paragraph, attribution: Attribution, speaker: Speaker | None
) -> tuple[Voice, ...]:
    return (Voice(0, len(paragraph.text), attribution, speaker),)


def _of_joint_text(
    statement: Statement, paragraph: Paragraph, reporting: Reporting
) -> tuple[Voice, ...]:
    """Return the voices of a paragraph that several parties agreed: of all, or of a side."""
    if paragraph.named:
        return _whole(paragraph, Attribution.JOINT, paragraph.speaker)
    known = read_before(statement, paragraph, reporting)
    of_all = known.people.all_parties
    voices: list[Voice] = []
    for start, stop in _sentences(paragraph.text, statement.language):
        sentence = paragraph.text[start:stop]
        sayer = known.reader.subject_of(sentence) if reporting.is_known else None
        speaker = known.read(sentence, sayer)
        # A name that cannot be told for certain is not that of all.
        unknown = speaker is None and sayer is not None and sayer.named is Named.NAME
        voices.append(
            Voice(start, stop, Attribution.JOINT, speaker or (None if unknown else of_all))
        )
    return _joined(voices)


def _sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Return where the sentences of *text* begin, each to where the next one does."""
    starts = [start for start, _ in sentence_spans(text, language)]
    return list(pairwise([0, *starts[1:], len(text)]))


def _joined(voices: Sequence[Voice]) -> tuple[Voice, ...]:
    """Return *voices*, neighbours of one speaker and attribution as one."""
    joined: list[Voice] = []
    for voice in voices:
        last = joined[-1] if joined else None
        if last and (last.attribution, last.speaker) == (voice.attribution, voice.speaker):
            joined[-1] = Voice(last.start, voice.stop, last.attribution, last.speaker)
        else:
            joined.append(voice)
    return tuple(joined)
