"""Turns of a transcript: whose words follow a label, and what is no label."""

from __future__ import annotations

import pytest

from index.statement import Kind, Role, Speaker
from index.turns import TRANSCRIPTS, read_turns

NOOR = Speaker("Ayesha Noor", "Spokesperson")
LEE = Speaker("Martin Lee", "Minister")


def turns(*texts: str, kind: Kind = Kind.PRESS_CONFERENCE) -> list[tuple[str, str, Role | None]]:
    """Return words, the speaker's name, and the role of each paragraph."""
    read = read_turns(texts, [NOOR, LEE], kind)
    return [(words, speaker.name, role) for words, speaker, role in read]


def test_a_transcript_worked_out_by_hand() -> None:
    """Turns, questions, what goes on, and the answer after a question."""
    assert turns(
        "Good morning.",
        "MR. LEE: Thank you for coming.",
        "I shall be brief.",
        "QUESTION: Is the road open?",
        "And the port?",
        "MS NOOR: Both are.",
        "Both.",
        "Q: When?",
        "LEE: In May.",
    ) == [
        ("Good morning.", "Ayesha Noor", None),
        ("Thank you for coming.", "Martin Lee", None),
        ("I shall be brief.", "Martin Lee", None),
        ("Is the road open?", "Question", Role.QUESTION),
        ("And the port?", "Question", Role.QUESTION),
        ("Both are.", "Ayesha Noor", Role.ANSWER),
        ("Both.", "Ayesha Noor", Role.ANSWER),
        ("When?", "Question", Role.QUESTION),
        ("In May.", "Martin Lee", Role.ANSWER),
    ]


def test_a_listed_speaker_brings_the_role_that_was_listed() -> None:
    assert [speaker for _, speaker, _ in read_turns(["LEE: Yes."], [NOOR, LEE], Kind.REMARKS)] == [
        LEE
    ]


@pytest.mark.parametrize(
    "label",
    [
        *("LEE", "Lee", "lee", "Martin Lee", "MARTIN  LEE", "Mr. Lee", "MR LEE", "Minister Lee"),
        *("H.E. Mr. Martin Lee", "Foreign Minister Lee", "Dr Lee"),
    ],
)
@pytest.mark.parametrize("kind", list(Kind))
def test_a_listed_speaker_is_known_by_surname_whatever_the_kind(label: str, kind: Kind) -> None:
    assert turns(f"{label}: Yes.", kind=kind) == [("Yes.", "Martin Lee", None)]


@pytest.mark.parametrize("label", ["Q", "q", "QUESTION", "Question", "Q "])
def test_questions_are_marked_in_either_way(label: str) -> None:
    assert turns(f"{label}: Why?") == [("Why?", "Question", Role.QUESTION)]


@pytest.mark.parametrize("kind", sorted(set(Kind) - TRANSCRIPTS))
@pytest.mark.parametrize("text", ["NOTE: The road is shut.", "CPEC: a decade on"])
def test_capitals_before_a_colon_are_a_sentence_outside_transcripts(text: str, kind: Kind) -> None:
    assert turns(text, kind=kind) == [(text, "Ayesha Noor", None)]


@pytest.mark.parametrize("kind", sorted(TRANSCRIPTS))
def test_a_name_in_capitals_opens_a_turn_in_a_transcript(kind: Kind) -> None:
    assert turns("MODERATOR: Welcome.", "MS. O'HARA-KHAN: Yes.", kind=kind) == [
        ("Welcome.", "MODERATOR", None),
        ("Yes.", "MS. O'HARA-KHAN", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "One thing matters: the road.",
        "At 10:30 the road opened.",
        "10: the number of roads",
        "A: one letter is no name",
        "THE ROAD THAT WE ALL LONG FOR: now open",
        "LEE:",
        "LEE",
        ": nothing before the colon",
        "Leeds: a city",
        f"{'LONG ' * 30}: too long for a name",
    ],
)
def test_what_is_no_turn_keeps_every_character(text: str) -> None:
    assert turns(text) == [(text, "Ayesha Noor", None)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("LEE：Full width.", "Full width."),
        ("LEE :  Spaced out.", "Spaced out."),
        ("LEE: NOTE: twice.", "NOTE: twice."),
        ("LEE: “Quoted: so.”", "“Quoted: so.”"),
    ],
)
def test_the_label_is_not_part_of_the_words_and_all_else_is(text: str, words: str) -> None:
    assert turns(text) == [(words, "Martin Lee", None)]


def test_nothing_read_is_nothing_said() -> None:
    assert turns() == []
