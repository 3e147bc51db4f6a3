"""Cites a part of a paragraph: whose words that part is, and who is named as saying it.

A citation of a whole paragraph can only say that a report is mixed; that of its key sentence says
which of the two it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.model.answer import Citation, Hit, Span
from index.model.attribution import Attribution
from index.model.statement import Kind, Paragraph, Speaker, Statement
from index.voices.reporting import reporting_in
from index.voices.voice import Voice
from index.voices.voices import voices_in, voices_of

#: So many characters beside a quotation are of its sentence.
_BESIDE = 100
_SENTENCE_END = re.compile(r"[.?!。？！۔]")
_WORD = re.compile(r"\w+")
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
    found = _in_voices(citation, voices, every) if voices else citation
    is_account = statement.kind in (Kind.REPORT, Kind.PRESS_RELEASE)
    if is_account and found.attribution is Attribution.DIRECT:
        unnamed = [one for one in voices if one.speaker is None]
        if any(_is_said_beside(text, one, statement.language) for one in unnamed):
            # Somebody is named there, and not for certain: it need not be the speaker.
            return replace(found, attribution=Attribution.UNCERTAIN)
    return found


def _is_said_beside(text: str, voice: Voice, language: str) -> bool:
    """Return whether the sentence of a quotation says, outside of its marks, that it was said."""
    before = _SENTENCE_END.split(text[max(0, voice.start - _BESIDE) : voice.start])[-1]
    after = _SENTENCE_END.split(text[voice.stop : voice.stop + _BESIDE])[0]
    verbs = reporting_in(language).verbs
    beside = f"{before} {after}".lower()
    return any(word in verbs for word in _WORD.findall(beside))


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
