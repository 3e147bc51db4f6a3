"""Whom a transcript means by an office, where it is certain; and nobody where it is not."""

from __future__ import annotations

import pytest

from index.files.offices import by_offices
from index.model.statement import Speaker

LIN, RAHMAN = Speaker("Lin Wei"), Speaker("Nadia Rahman", "Minister of Ports")


@pytest.mark.parametrize(
    ("names", "beside", "meant"),
    [
        (["PRIME MINISTER"], "Transcript of the Prime Minister", {"PRIME MINISTER"}),
        (["PM"], "Transcript of the Prime Minister", {"PM"}),
        (["PRIME MINISTER", "PM"], "PM Transcripts", {"PRIME MINISTER", "PM"}),
        (["THE PRIME MINISTER:"], "PM Transcripts", {"THE PRIME MINISTER:"}),
        (["PRIME MINISTER", "PRIME MINISTER LIN"], "PM Transcripts", {"PRIME MINISTER"}),
        # Another bears the office, too.
        (["PRIME MINISTER", "PRIME MINISTER NOOR"], "PM Transcripts", set()),
        # Nothing tells whose office it is; or it is another's.
        (["PRIME MINISTER"], "Press conference", set()),
        (["PRESIDENT", "PREMIER"], "PM Transcripts", set()),
        (["JOURNALIST", "MODERATOR", "NOOR", ""], "PM Transcripts", set()),
    ],
)
def test_the_only_speaker_is_meant_by_the_office_that_title_or_publisher_names(
    names: list[str], beside: str, meant: set[str]
) -> None:
    found = by_offices(names, [LIN], beside, "en")
    assert set(found) == meant
    assert {(who.name, who.role) for who in found.values()} <= {
        ("Lin Wei", "PM"),
        ("Lin Wei", "Prime Minister"),
        ("Lin Wei", "The Prime Minister"),
    }


def test_a_listed_role_tells_it_and_of_several_speakers_nothing_else_does() -> None:
    names = ["MINISTER OF PORTS", "THE MINISTER", "PRIME MINISTER"]
    found = by_offices(names, [LIN, RAHMAN], "Prime Minister", "en")
    assert found == {"MINISTER OF PORTS": RAHMAN, "THE MINISTER": RAHMAN}
