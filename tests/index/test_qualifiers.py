"""What limits the key sentence of a passage: its paragraph, or the next in the same voice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_statements import statement

from index import Hit, Index, Record, limit_after, limit_of

HARBOUR = statement(
    "harbour",
    [
        "The quay is long. It opens in spring. However, boats must wait. Ferries go.",
        "That said, boats may leave.",
        "We are glad. Boats stay.",
    ],
    title="At the harbour",
)
INDEX = Index(Record.of([HARBOUR]))


def paragraph(number: int) -> Hit:
    hit = INDEX.paragraph("harbour", number)
    assert hit is not None
    return hit


@pytest.mark.parametrize(
    ("sentence", "limit"),
    [
        ("The quay is long.", None),
        ("It opens in spring.", "However, boats must wait."),
        ("However, boats must wait.", None),
        ("Ferries go.", "That said, boats may leave."),
    ],
)
def test_the_sentence_after_the_key_sentence_may_limit_it(sentence: str, limit: str | None) -> None:
    start = paragraph(1).paragraph.text.index(sentence)
    found = limit_of(replace(paragraph(1), sentence=(start, start + len(sentence))))
    assert (found and found.text) == limit


def test_the_next_paragraph_may_limit_the_last_sentence() -> None:
    found = limit_after(paragraph(1), paragraph(2))
    assert found is not None
    assert (found.paragraph, found.text) == (paragraph(2).paragraph, "That said, boats may leave.")
    assert limit_after(paragraph(2), paragraph(3)) is None
    assert limit_after(paragraph(3), None) is None


def test_another_voice_limits_nothing() -> None:
    other = paragraph(2)
    other = replace(
        other,
        paragraph=replace(other.paragraph, speaker=replace(other.paragraph.speaker, name="Omar")),
    )
    assert limit_after(paragraph(1), other) is None
