"""Whose words: quotations drawn in the text, and each kind of statement."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.model.attribution import Attribution, attribution_of, quoted_spans
from index.model.statement import Kind


def drawn(text: str) -> str:
    """Return *text* with square brackets around every quotation."""
    pieces, end = [], 0
    for start, stop in quoted_spans(text):
        pieces.append(f"{text[end:start]}[{text[start:stop]}]")
        end = stop
    return "".join([*pieces, text[end:]])


@pytest.mark.parametrize(
    "expected",
    [
        "She said [“we will”] and left.",
        "[“We will,”] she said, [“and soon.”]",
        'She said ["we will"] and left.',
        "Elle a dit [« nous irons »] puis partit.",
        "Sie sagte [„wir kommen“] und ging.",
        "她说：[「我们会」]，又说：[『很快』]。",
        # Opened and not closed: nobody can tell where it ends, so nothing is quoted.
        "She said “we will and we shall.",
        'She said "we will and we shall.',
        # Closed and not opened: nothing is quoted, so the words stay the outlet's.
        "She said we will.” Then she left.",
        "[“We will.”] Then she left.” And rested.",
        "[“One.”]” [“Two.”]",
        # A mark of another kind inside a quotation is part of it.
        'She said [“the "big" road”] twice.',
        # Apostrophes and single marks quote nothing.
        "She said it’s 'done'.",
        "",
    ],
)
def test_quotations_are_found_as_drawn(expected: str) -> None:
    assert drawn(expected.replace("[", "").replace("]", "")) == expected


@reaches(10)
@given(st.text(alphabet='a “”"„«»「」『』.', max_size=30))
def test_quotations_stand_in_order_and_begin_with_a_mark(text: str) -> None:
    spans = quoted_spans(text)
    if spans:
        reached()
    assert all(0 <= start < stop <= len(text) for start, stop in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[start] in '“"„«「『' for start, _ in spans)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.STATEMENT, Attribution.DIRECT),
        (Kind.REMARKS, Attribution.DIRECT),
        (Kind.PRESS_RELEASE, Attribution.MIXED),
        (Kind.PRESS_CONFERENCE, Attribution.DIRECT),
        (Kind.INTERVIEW, Attribution.DIRECT),
        (Kind.LETTER, Attribution.DIRECT),
        (Kind.JOINT_STATEMENT, Attribution.JOINT),
        (Kind.BRIEF, Attribution.BRIEF),
        (Kind.REPORT, Attribution.MIXED),
    ],
)
def test_the_kind_of_a_statement_tells_whose_words_it_is(make_statement, kind, words) -> None:
    statement = make_statement("She said “we will” and left.", kind=kind)
    assert attribution_of(statement, statement.paragraphs[0]) is words


def test_every_kind_is_tried_above() -> None:
    tried = test_the_kind_of_a_statement_tells_whose_words_it_is.pytestmark[0].args[1]
    assert {kind for kind, _ in tried} == set(Kind)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She said that they will.", Attribution.REPORTED),
        ("She said “we will”.", Attribution.MIXED),
        ("“We will. And soon.”", Attribution.DIRECT),
        ("“We will,” … “and soon.”", Attribution.DIRECT),
        # It may be speech that the next paragraph continues, or a mark forgotten after "will".
        ("“We will, and the next paragraph goes on.", Attribution.MIXED),
        ("“We will build it, she said on Monday.", Attribution.MIXED),
        # When in doubt the words are the outlet's.
        ("We will.”", Attribution.REPORTED),
        ("“We will.” She left.”", Attribution.MIXED),
        # Straight marks inside curly ones may have closed them.
        ('“We will," she said. "So be it.”', Attribution.MIXED),
        ('“The "big" road.”', Attribution.MIXED),
    ],
)
def test_a_report_tells_the_outlets_words_from_the_speakers(make_statement, text, words) -> None:
    statement = make_statement(text, kind=Kind.REPORT)
    assert attribution_of(statement, statement.paragraphs[0]) is words


@pytest.mark.parametrize("kind", list(Kind))
def test_a_question_put_to_an_official_is_never_an_officials_words(make_statement, kind) -> None:
    statement = make_statement("Will you?", kind=kind, asked=(1,))
    assert attribution_of(statement, statement.paragraphs[0]) is Attribution.QUESTION


@pytest.mark.parametrize(
    ("text", "publisher", "words"),
    [
        ("She said that they will.", "", Attribution.REPORTED),
        ("She said that they will.", "Port Authority", Attribution.REPORTED),
        ("She said “we will”.", "Port Authority", Attribution.MIXED),
        ("“We will.”", "Port Authority", Attribution.DIRECT),
        ("The road is open.", "Ayesha Noor", Attribution.DIRECT),
        ("She said “we will”.", "Ayesha Noor", Attribution.DIRECT),
    ],
)
def test_a_press_release_is_its_publishers_text(make_statement, text, publisher, words) -> None:
    """It tells what others said, as a report does; its publisher's own words are direct."""
    statement = make_statement(text, kind=Kind.PRESS_RELEASE, publisher=publisher)
    assert attribution_of(statement, statement.paragraphs[0]) is words


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.BRIEF}))
def test_words_of_an_uncertain_speaker_are_nobodys(kind: Kind, make_statement) -> None:
    statement = make_statement("“We will.”", kind=kind)
    for quoted in (False, True):
        unsure = replace(statement.paragraphs[0], certain=False, quoted=quoted)
        assert attribution_of(statement, unsure) is Attribution.UNCERTAIN


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        *((kind, Attribution.QUOTED) for kind in (Kind.STATEMENT, Kind.REMARKS, Kind.LETTER)),
        *((kind, Attribution.QUOTED) for kind in (Kind.INTERVIEW, Kind.JOINT_STATEMENT)),
        (Kind.REPORT, Attribution.DIRECT),
        (Kind.BRIEF, Attribution.BRIEF),
    ],
)
def test_what_is_read_out_is_not_the_speakers_own(
    kind: Kind, words: Attribution, make_statement
) -> None:
    """In a report, what stands between quotation marks is what the speaker said."""
    statement = make_statement("“We will.”", kind=kind)
    assert attribution_of(statement, replace(statement.paragraphs[0], quoted=True)) is words
