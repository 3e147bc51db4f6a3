"""The story that docs/pictures shows checked, and the statement beside it: both are invented."""

from __future__ import annotations

import datetime

from bot.i18n.strings import strings_of
from bot.rendering.story_page import story_page
from index import Index, Kind, Paragraph, Record, Speaker, Statement

_MINISTER = Speaker("Nadia Rahman", "Minister of Ports")
_SPEECH = (
    "The harbour will open to container ships in May, and the old quay stays with the fishing "
    "boats.",
    "Ferries will not sail at night before the new lights are tested.",
    "We have set aside 250 million rupees for the breakwater, unless the survey of the sea bed "
    "shows that less is needed.",
)
_DAY = datetime.date(2025, 3, 3)
_STATEMENT = Statement(
    id="2025-03-03-remarks-at-the-harbour",
    title="Remarks at the harbour",
    date=_DAY,
    kind=Kind.REMARKS,
    speakers=(_MINISTER,),
    paragraphs=tuple(Paragraph(number, text, _MINISTER) for number, text in enumerate(_SPEECH, 1)),
)
_STORY = """\
KARACHI - The harbour “will open to container ships in May, and the old quay stays with the fishing
boats”, Nadia Rahman, the minister of ports, said on 3 March 2025. Ferries “will sail at night
before the new lights are tested”, she promised.

“We have set aside 250 million rupees for the breakwater,” she said, and added: “There will be a
bridge to the island before the year is out.”
"""


def pictured_story() -> str:
    """Return the page of the story, as ``onrecord check-quotes --html`` writes it."""
    story = Index(Record.of([_STATEMENT])).check_story(_STORY, _DAY)
    return story_page(story, "harbour.txt", strings_of())
