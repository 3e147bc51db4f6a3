"""The values of what a story says of a quotation: whose words, of which day, in which text."""

from __future__ import annotations

from dataclasses import dataclass

from index.model.answer import Span
from index.model.statement import Kind
from index.wording.dates import Dates


@dataclass(frozen=True, slots=True)
class Said:
    """What a story says of one quotation; all may be empty. Spans are slices of the draft."""

    #: Who is named: "Prime Minister Albanese", "the ambassador"; of a pronoun, its antecedent.
    speaker: Span | None = None
    #: The fullest that the story names the same speaker: "Nadia Rahman" of "Rahman"; else as
    #: ``speaker``. This is what tells whether it is the record's speaker.
    named: Span | None = None
    #: The words that attribute: "the ambassador said".
    phrase: Span | None = None
    #: The days on which the words were said, if the story tells them for certain.
    dates: Dates | None = None
    day_phrase: Span | None = None
    #: The kinds that the text may have on record, of which the story says that it is; none, if it
    #: does not say. A text may be filed as a statement whatever it is.
    kinds: tuple[Kind, ...] = ()
    kind_phrase: Span | None = None


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class SaidBy:
    """Whom the words beside a quotation name, before it is known who a pronoun is."""

    #: Slices of the draft: who, which may be a pronoun or a text, and the words that attribute.
    speaker: Span
    phrase: Span
    #: The clause in which a day and a text are told.
    clause: Span
    is_pronoun: bool = False
    is_text: bool = False
