"""The value of a voice: a part of a paragraph, whose words it is, and who is named as speaking."""

from __future__ import annotations

from dataclasses import dataclass

from index.model.attribution import Attribution
from index.model.statement import Speaker


@dataclass(frozen=True, slots=True)
class Voice:
    """A part of a paragraph in one voice."""

    #: Offsets in the paragraph's text, in characters, end exclusive.
    start: int
    stop: int
    #: Direct between quotation marks or where the whole text is the speaker's own; reported where
    #: a publisher tells what was said; never mixed.
    attribution: Attribution
    #: Who said it, if the text tells for certain; ``None`` is "unattributed".
    speaker: Speaker | None
