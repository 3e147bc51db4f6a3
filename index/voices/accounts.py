"""Reads the voices of an account: direct between quotation marks, reported outside of them.

Who "he" is, the paragraphs before tell.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.model.attribution import Attribution
from index.model.statement import Paragraph, Speaker, Statement
from index.voices.antecedents import Antecedents, reader_for
from index.voices.quotation_shapes import goes_on, is_short, is_term
from index.voices.quoted_parts import Part, Place, parts_of
from index.voices.reporting import Reporting
from index.voices.sayer import Named, Sayer
from index.voices.voice import Voice

#: Paragraphs before one that are read for whom "he" and "the minister" mean, and characters of
#: them: an antecedent that is further away is not certain.
_LOOKS_BACK, _LONGEST_READ = 12, 4_000


def of_account(
    statement: Statement, paragraph: Paragraph, reporting: Reporting
) -> tuple[Voice, ...]:
    """Return the voices of an account: direct between marks, reported outside of them."""
    known = read_before(statement, paragraph, reporting)
    return _read_account(statement, paragraph.text, known, reporting)


def read_before(statement: Statement, paragraph: Paragraph, reporting: Reporting) -> Antecedents:
    """Return who is known after the paragraphs before *paragraph*."""
    known = Antecedents(statement, reporting, reader_for(reporting))
    if not reporting.is_known:
        return known
    last = paragraph.number - 1
    near: list[str] = []
    room = _LONGEST_READ
    for before in reversed(statement.paragraphs[max(0, last - _LOOKS_BACK) : last]):
        near.append(before.text[-room:])
        room -= len(before.text)
        if room <= 0:
            break
    for text in reversed(near):
        _read_account(statement, text, known, reporting)
    return known


def labelled_before(before: str, known: Antecedents) -> Speaker | None:
    """Return whom a label names: "Governor Ann Lee, chair of the board: “…”"."""
    if not before.rstrip().endswith((":", "：")):
        return None
    name, role = known.reader.label_of(before.rstrip().rstrip(":："))
    if not name:
        return None
    speaker = known.people.named(name)
    return Speaker(speaker.name, role) if role and not speaker.role else speaker


def _read_account(
    statement: Statement, text: str, known: Antecedents, reporting: Reporting
) -> tuple[Voice, ...]:
    parts = parts_of(text, statement.language)
    sayers = _sayers(text, parts, known) if reporting.is_known else [None] * len(parts)
    voices: list[Voice] = []
    #: Whom the sentence that a part belongs to names, and whether it names anybody.
    speaker: Speaker | None = None
    attributed = False
    for number, part in enumerate(parts):
        slice_ = text[part.start : part.stop]
        sayer = sayers[number]
        if part.place is Place.DOUBTFUL:
            voices.append(Voice(part.start, part.stop, Attribution.UNCERTAIN, None))
            continue
        if part.place is Place.OUTSIDE:
            found = known.read(slice_, sayer)
            if sayer and sayer.says:
                speaker, attributed = found, True
            elif part.opens or not attributed:
                speaker, attributed = None, False
            voices.append(Voice(part.start, part.stop, Attribution.REPORTED, speaker))
            continue
        introduced = _is_introduced(text, parts, number, sayers)
        following = _following(text, parts, number, known)
        if following is not None:
            speaker, attributed = following[0], True
        elif len(parts) > 1 and not introduced and is_term(text, part):
            voices.append(Voice(part.start, part.stop, Attribution.REPORTED, speaker))
            continue
        elif not introduced and not part.opens and is_short(text, part):
            # "A dialogue that would be “deliberate and robust”" may quote anybody.
            voices.append(Voice(part.start, part.stop, Attribution.DIRECT, None))
            continue
        elif not attributed and part.opens and reporting.is_known:
            speaker = _of_quotation(statement, slice_, known)
        voices.append(Voice(part.start, part.stop, Attribution.DIRECT, speaker))
    return tuple(voices)


def _sayers(text: str, parts: Sequence[Part], known: Antecedents) -> list[Sayer | None]:
    """Return the sayer that each part outside of quotations names."""
    sayers: list[Sayer | None] = []
    for number, part in enumerate(parts):
        if part.place is not Place.OUTSIDE:
            sayers.append(None)
            continue
        sentence = text[part.start : part.stop]
        quoted = number > 0 and parts[number - 1].place is Place.INSIDE
        if quoted and not part.opens:
            sayer = known.reader.after_quotation(sentence)
        elif _is_before_quotation(parts, number) and (labelled := labelled_before(sentence, known)):
            sayer = Sayer(Named.PERSON, (labelled.name,))
        else:
            sayer = known.reader.subject_of(sentence)
        sayers.append(sayer)
    return sayers


def _is_before_quotation(parts: Sequence[Part], number: int) -> bool:
    return number + 1 < len(parts) and parts[number + 1].place is not Place.OUTSIDE


def _following(
    text: str, parts: Sequence[Part], number: int, known: Antecedents
) -> tuple[Speaker | None] | None:
    """Return whom the words after quotation *number* name as having said it, if any do."""
    if number + 1 >= len(parts) or parts[number + 1].place is not Place.OUTSIDE:
        return None
    after = text[parts[number + 1].start : parts[number + 1].stop]
    if not goes_on(text, parts[number], after) and not known.reader.is_tail(after):
        return None
    sayer = known.reader.after_quotation(after)
    return (known.of(sayer),) if sayer else None


def _is_introduced(
    text: str, parts: Sequence[Part], number: int, sayers: Sequence[Sayer | None]
) -> bool:
    """Return whether words of saying stand directly before the quotation: "He said, “No.”"."""
    if not number or parts[number - 1].place is not Place.OUTSIDE:
        return False
    sayer = sayers[number - 1]
    leading = text[parts[number - 1].start : parts[number - 1].stop].rstrip()
    return sayer is not None and sayer.says and leading.endswith((",", ":", "：", "，", "،"))


def _of_quotation(statement: Statement, quotation: str, known: Antecedents) -> Speaker | None:
    """Return whose a quotation is that stands alone: that of the one speaker of the text.

    If others were named as saying anything, it may be theirs, unless it tells itself.
    """
    inner = known.reader.subject_of(quotation.lstrip('“«„「『"'))
    if inner and inner.says and inner.named is Named.PARTIES:
        return known.people.all_parties
    of_all = known.people.all_parties
    only = of_all if len(statement.parties) > 1 else statement.speakers[0]
    return only if known.said <= {only} else None
