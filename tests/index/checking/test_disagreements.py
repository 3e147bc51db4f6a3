"""What a story says of a quotation beside what the record says. Only what is certain disagrees."""

from __future__ import annotations

import datetime

import pytest
from made_statements import statement

from index.checking.report import CheckedQuotation, Grade, Mismatch
from index.model.record import Record
from index.model.statement import Kind, Paragraph, Role, Speaker, Statement
from index.search import Index

PORTS = "We will build the new harbour at Norvik within three years of today."
REPORTED = "He said that the western breakwater will be repaired before the winter storms come."
TRAINS = "Trains run to Sandvik on every day of the week but one."
ASKED = "Why has nobody answered the letters of the fishermen since last October?"


@pytest.fixture(scope="module")
def index() -> Index:
    question = Paragraph(1, ASKED, Speaker("QUESTION"), Role.QUESTION)
    return Index(
        Record.of(
            [
                statement("ports", [PORTS], day=6),
                statement(
                    "report",
                    [REPORTED],
                    kind=Kind.REPORT,
                    publisher="Radio Norvik",
                    speakers=(Speaker("Omar Aziz", "Minister of Rail"),),
                ),
                statement(
                    "railway",
                    [TRAINS],
                    title="Speech in Sandvik",
                    kind=Kind.REMARKS,
                    speakers=(Speaker("Omar Aziz", "Minister of Rail"),),
                ),
                Statement(
                    id="asked",
                    title="Questions",
                    speakers=(Speaker("Nadia Rahman", "Minister of Ports"),),
                    paragraphs=(question, Paragraph(2, "We did.", Speaker("Nadia Rahman"))),
                    date=datetime.date(2025, 2, 7),
                    kind=Kind.PRESS_CONFERENCE,
                ),
            ]
        )
    )


def check(index: Index, story: str) -> CheckedQuotation:
    (checked,) = index.check_story(story, datetime.date(2025, 4, 1)).quotations
    return checked


@pytest.mark.parametrize(
    "story",
    [
        f"Nadia Rahman said: “{PORTS}”",
        f"“{PORTS}” Rahman said on 6 February 2025.",
        f"The ports minister, Nadia Rahman, said on 7 February 2025: “{PORTS}”",
        f"“{PORTS}”",
        f"The minister said: “{PORTS}”",
        f"Nadia Rahman said on 6 February: “{PORTS}”",
        f"Nadia Rahman said in February: “{PORTS}”",
        f"Nadia Rahman said on Monday: “{PORTS}”",
        f"The report said: “{REPORTED}”",
        f"In February 2025, Nadia Rahman said: “{PORTS}”",
        f"Radio Norvik said: “{REPORTED}”",
    ],
)
def test_what_the_record_bears_out_or_cannot_tell_is_no_disagreement(
    index: Index, story: str
) -> None:
    checked = check(index, story)
    assert checked.grade is Grade.VERBATIM, checked.disagreements


@pytest.mark.parametrize(
    ("story", "mismatch", "stands"),
    [
        (f"Omar Aziz said: “{PORTS}”", Mismatch.SPEAKER, "Nadia Rahman"),
        (f"Nadia Rahman said on 3 March 2024: “{PORTS}”", Mismatch.DATE, "2025-02-06"),
        (f"Nadia Rahman said on 9 March: “{PORTS}”", Mismatch.DATE, "2025-02-06"),
        (f"In a letter, Omar Aziz said: “{TRAINS}”", Mismatch.STATEMENT, "Speech in Sandvik"),
        (f"Omar Aziz said: “{REPORTED}”", Mismatch.PARAPHRASE, "Radio Norvik"),
        (f"“{REPORTED}”", Mismatch.PARAPHRASE, "Radio Norvik"),
        (f"Nadia Rahman said: “{ASKED}”", Mismatch.QUESTION, "QUESTION"),
    ],
)
def test_another_speaker_day_text_or_voice_is_told(
    index: Index, story: str, mismatch: Mismatch, stands: str
) -> None:
    checked = check(index, story)
    assert checked.grade is Grade.MISATTRIBUTED
    assert [(one.mismatch, one.stands) for one in checked.disagreements] == [(mismatch, stands)]


def test_an_altered_quotation_of_another_is_altered_and_tells_both(index: Index) -> None:
    checked = check(index, f"Omar Aziz said: “{PORTS.replace('three', 'four')}”")
    assert checked.grade is Grade.ALTERED
    assert [one.mismatch for one in checked.disagreements] == [Mismatch.SPEAKER]
