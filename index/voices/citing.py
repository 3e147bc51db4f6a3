"""Cites a part of a paragraph: whose words that part is, and who is named as saying it.

A citation of a whole paragraph can only say that a report is mixed; that of its key sentence says
which of the two it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.model.answer import Citation, Hit, Span
from index.model.attribution import Attribution
from index.model.statement import Paragraph, Speaker, Statement
from index.voices.voice import Voice
from index.voices.voices import voices_in, voices_of

#: What a paragraph is as a whole, or not at all.
_WHOLE = frozenset({Attribution.QUESTION, Attribution.BRIEF})


def cited(hit: Hit, span: Span | None = None) -> Citation:
    """Return the citation of the characters in *span* of *hit*, or else of its key sentence.

    It is the paragraph's own where the voices tell nothing more.
    """
    if hit.statement is None:
        return hit.citation
    return cited_in_part(hit.citation, hit.statement, hit.paragraph, span or hit.sentence)


def cited_in_part(
    citation: Citation, statement: Statement, paragraph: Paragraph, span: Span
) -> Citation:
    """Return *citation*, of *paragraph* of *statement*, as that of the characters in *span*."""
    every, text = voices_of(statement, paragraph), paragraph.text
    start, stop = span
    voices = [
        one
        for one in voices_in(every, start, stop)
        if any(map(str.isalnum, text[max(one.start, start) : min(one.stop, stop)]))
    ]
    return _in_voices(citation, voices, every) if voices else citation


def _in_voices(citation: Citation, voices: Sequence[Voice], every: Sequence[Voice]) -> Citation:
    """Return *citation* for words in these *voices*, some of *every* one of the paragraph."""
    found = {one.attribution for one in voices}
    if found & _WHOLE or (Attribution.QUOTED in found and len(found) > 1):
        # A sentence that quotes somebody is its speaker's, and tells so itself.
        return citation
    speakers = {one.speaker for one in voices}
    speaker = speakers.pop() if len(speakers) == 1 else None
    attribution = found.pop() if len(found) == 1 else Attribution.MIXED
    if attribution is Attribution.QUOTED:
        name = speaker.name if speaker else ""
        return replace(citation, attribution=attribution, quoted_from=name)
    if speaker is None:
        if attribution is Attribution.DIRECT and _others_speak(citation, every):
            # A quotation beside one of somebody else's may be either's.
            attribution = Attribution.UNCERTAIN
        return replace(citation, attribution=attribution)
    return replace(
        citation,
        attribution=attribution,
        speaker=speaker.name,
        role=citation.role if speaker.name == citation.speaker else speaker.role,
    )


def _others_speak(citation: Citation, voices: Iterable[Voice]) -> bool:
    def is_another(speaker: Speaker | None) -> bool:
        return speaker is not None and speaker.name != citation.speaker

    return any(is_another(one.speaker) for one in voices)
