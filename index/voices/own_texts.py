"""Reads the voices of a speaker's own text: of another where the text says that it quotes one.

Quoted words that are neither a term nor said to be the speaker's own are somebody's; whose, is left
open if nothing tells.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from index.model.answer import speakers_of
from index.model.attribution import Attribution
from index.model.statement import Paragraph, Speaker, Statement
from index.voices.accounts import labelled_before
from index.voices.antecedents import Antecedents, reader_for
from index.voices.quotation_shapes import goes_on, is_term
from index.voices.quoted_parts import Part, Place, parts_of
from index.voices.reporting import Reporting
from index.voices.sayer import Named
from index.voices.voice import Voice

#: Another's statement is announced in one of the first paragraphs, which is a sentence.
_ANNOUNCED_WITHIN, _LONGEST_ANNOUNCEMENT = 3, 1_000
#: "has made the following Written Ministerial Statement"
_LONGEST_NAME_OF_STATEMENT = 80
_IN_BRACKETS = regex.compile(r"\((?P<name>\p{Lu}[^()]{2,60})\)")
_MADE = frozenset({"has", "have", "today"})


def of_own_text(
    statement: Statement, paragraph: Paragraph, reporting: Reporting
) -> tuple[Voice, ...]:
    """Return the voices of a speaker's own paragraph: of another where another is quoted."""
    speakers = speakers_of(statement, paragraph)
    own = speakers[0] if len(speakers) == 1 else None
    if announced := _announced(statement, paragraph, reporting):
        return (Voice(0, len(paragraph.text), Attribution.QUOTED, announced),)
    text = paragraph.text
    if not _has_marks(text):
        return (Voice(0, len(paragraph.text), Attribution.DIRECT, own),)
    known = Antecedents(statement, reporting, reader_for(reporting))
    parts = parts_of(text, statement.language)
    voices: list[Voice] = []
    for number, part in enumerate(parts):
        attribution, speaker = Attribution.DIRECT, own
        if part.place is Place.OUTSIDE:
            if reporting.is_known:
                sentence = text[part.start : part.stop]
                known.read(sentence, known.reader.subject_of(sentence))
        elif another := _another(text, parts, number, known):
            attribution, speaker = Attribution.QUOTED, another[0]
            if part.place is Place.DOUBTFUL:
                attribution, speaker = Attribution.UNCERTAIN, None
        voices.append(Voice(part.start, part.stop, attribution, speaker))
    return tuple(voices)


def _another(
    text: str, parts: Sequence[Part], number: int, known: Antecedents
) -> tuple[Speaker | None] | None:
    """Return to whom a speaker attributes quotation *number*; ``None`` if to nobody else."""
    part = parts[number]
    before = text[parts[number - 1].start : part.start] if number else ""
    if labelled := labelled_before(before, known):
        return (labelled,)
    introduced = known.reader.introduced(before)
    if introduced is Named.OWN or (introduced is None and is_term(text, part)):
        return None
    sayer = known.reader.before_quotation(before) if before else None
    if sayer is None and number + 1 < len(parts) and parts[number + 1].place is Place.OUTSIDE:
        after = text[parts[number + 1].start : parts[number + 1].stop]
        if goes_on(text, part, after) or known.reader.is_tail(after):
            sayer = known.reader.after_quotation(after)
    if sayer is None:
        return (None,)
    if sayer.named is Named.OWN or known.is_own(sayer):
        return None
    # A speaker may have named several people in one breath.
    return (None if sayer.named is Named.PRONOUN else known.of(sayer),)


def _announced(statement: Statement, paragraph: Paragraph, reporting: Reporting) -> Speaker | None:
    """Return whose statement the paragraphs before *paragraph* say that this is, if another's."""
    for before in statement.paragraphs[: min(_ANNOUNCED_WITHIN, paragraph.number - 1)]:
        lower = before.text.lower()
        at = max((lower.find(phrase) for phrase in reporting.statement), default=-1)
        if at < 0 or before.speaker != paragraph.speaker or before.role is not paragraph.role:
            continue
        if (
            "statement" not in lower[at : at + _LONGEST_NAME_OF_STATEMENT]
            or len(before.text) > _LONGEST_ANNOUNCEMENT
        ):
            continue
        subject = before.text[:at].strip()
        return _who_made(subject, reporting)
    return None


def _who_made(subject: str, reporting: Reporting) -> Speaker | None:
    """Return whom "My hon. Friend the Minister (Ann Lee) has today" names, by name or by office."""
    if named := _IN_BRACKETS.search(subject):
        return Speaker(named["name"])
    clauses = [clause.strip() for clause in subject.split(",")]
    for clause in reversed(clauses[1:]):
        words = [word for word in clause.split() if word.lower() not in _MADE]
        if words and words[0][0].isupper() and words[0] != "The" and len(words) > 1:
            return Speaker(" ".join(words))
    return _office_in(clauses[0], reporting)


def _office_in(subject: str, reporting: Reporting) -> Speaker | None:
    words = [word for word in subject.split() if word.lower() not in _MADE]
    after = [at for at, word in enumerate(words) if word.lower() == "the"]
    if not after:
        return None
    office = words[after[0] :]
    titled = any(word.lower() in reporting.offices for word in office)
    return Speaker(" ".join(office)) if titled and len(office) > 1 else None


def _has_marks(text: str) -> bool:
    return any(mark in text for mark in '“”"«»„「」『』')
