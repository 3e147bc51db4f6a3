"""Turns of a transcript: whose words follow a label, and what is no label."""

from __future__ import annotations

import pytest

from index.files.turns import TRANSCRIPTS, Transcript, Turn, read_turns
from index.model.statement import Kind, Role, Speaker

#: A line that goes on over its end.
BEFORE = "and so we shall go on with what was begun here in the spring, as the"
NOOR = Speaker("Ayesha Noor", "Spokesperson")
LEE = Speaker("Martin Lee", "Minister")


def turns(*texts: str, kind: Kind = Kind.PRESS_CONFERENCE) -> list[tuple[str, str, Role | None]]:
    """Return words, the speaker's name, and the role of each paragraph."""
    read = read_turns(texts, [NOOR, LEE], kind)
    return [(turn.text, turn.speaker.name, turn.role) for turn in read]


def doubts(*texts: str, kind: Kind = Kind.PRESS_CONFERENCE) -> list[str]:
    """Return the doubtful label of each paragraph."""
    return [turn.doubtful for turn in read_turns(texts, [NOOR, LEE], kind)]


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
    assert read_turns(["LEE: Yes."], [NOOR, LEE], Kind.REMARKS) == [
        Turn(text="Yes.", speaker=LEE, named=True, opens=True)
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


QUESTION_MARKS = [
    *("Q", "q", "Q ", "Q1", "Q 12", "QUESTION", "Question", "QUESTION (Dawn)", "Question 2"),
    *("JOURNALIST", "Journalist", "REPORTER (Reuters)", "Interviewer", "MODERATOR", "Host"),
    *("PRESS", "Media"),
]


@pytest.mark.parametrize("label", QUESTION_MARKS)
@pytest.mark.parametrize("kind", sorted(TRANSCRIPTS))
def test_questions_are_marked_in_many_ways_in_a_transcript(label: str, kind: Kind) -> None:
    assert turns(f"{label}: Why?", kind=kind) == [("Why?", "Question", Role.QUESTION)]


@pytest.mark.parametrize("label", ["Q", "QUESTION"])
@pytest.mark.parametrize("kind", sorted(set(Kind) - TRANSCRIPTS))
def test_outside_transcripts_the_marks_of_the_contract_hold(label: str, kind: Kind) -> None:
    assert turns(f"{label}: Why?", kind=kind) == [("Why?", "Question", Role.QUESTION)]


@pytest.mark.parametrize("label", sorted(set(QUESTION_MARKS) - {"Q", "Q ", "QUESTION"}))
@pytest.mark.parametrize("kind", sorted(set(Kind) - TRANSCRIPTS))
def test_outside_transcripts_other_marks_are_a_sentence(label: str, kind: Kind) -> None:
    assert turns(f"{label}: Why?", kind=kind) == [(f"{label}: Why?", "Ayesha Noor", None)]


@pytest.mark.parametrize("label", ["**{}:** ", "**{}**: ", "*{}:* ", "__{}__: "])
def test_a_label_may_be_bold(label: str) -> None:
    """The marks around a label go with it."""
    texts = [f"{label.format(name)}Yes *now*." for name in ("Q", "LEE")]
    assert turns(*texts) == [
        ("Yes *now*.", "Question", Role.QUESTION),
        ("Yes *now*.", "Martin Lee", Role.ANSWER),
    ]


@pytest.mark.parametrize("label", ["A", "ANSWER", "Answer", "A1"])
@pytest.mark.parametrize("kind", list(Kind))
def test_after_a_question_the_first_listed_speaker_answers(label: str, kind: Kind) -> None:
    assert turns("LEE: So.", "Q: When?", f"{label}: In May.", "Or June.", kind=kind)[1:] == [
        ("When?", "Question", Role.QUESTION),
        ("In May.", "Ayesha Noor", Role.ANSWER),
        ("Or June.", "Ayesha Noor", Role.ANSWER),
    ]


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("MAO", "Mao Ning"),
        ("NING", "Mao Ning"),
        ("Ms. Mao", "Mao Ning"),
        ("MUMTAZ", "Mumtaz Zahra Baloch"),
        ("Zahra", "Mumtaz Zahra Baloch"),
        ("ALI", None),
        ("Minister Ali", None),
        ("Hassan Ali", "Hassan Ali"),
    ],
)
def test_any_word_of_a_name_opens_a_turn_if_only_one_speaker_has_it(
    label: str, speaker: str | None
) -> None:
    names = ("Mao Ning", "Mumtaz Zahra Baloch", "Hassan Ali", "Imran Ali")
    (turn,) = read_turns([f"{label}: Yes."], [Speaker(name) for name in names], Kind.LETTER)
    expected = ("Yes.", speaker) if speaker else (f"{label}: Yes.", "Mao Ning")
    assert (turn.text, turn.speaker.name) == expected


@pytest.mark.parametrize("kind", sorted(set(Kind) - TRANSCRIPTS))
@pytest.mark.parametrize("text", ["NOTE: The road is shut.", "CPEC: a decade on"])
def test_capitals_before_a_colon_are_a_sentence_outside_transcripts(text: str, kind: Kind) -> None:
    assert turns(text, kind=kind) == [(text, "Ayesha Noor", None)]


@pytest.mark.parametrize("kind", sorted(TRANSCRIPTS))
def test_a_name_in_capitals_opens_a_turn_in_a_transcript(kind: Kind) -> None:
    """Who is not listed is named by the label, and is not certain."""
    texts = ["MR. TEA SELLER: Welcome.", "So.", "MS. O'HARA-KHAN: Yes."]
    assert turns(*texts, kind=kind) == [
        ("Welcome.", "MR. TEA SELLER", None),
        ("So.", "MR. TEA SELLER", None),
        ("Yes.", "MS. O'HARA-KHAN", None),
    ]
    assert not any(turn.certain for turn in read_turns(texts, [NOOR, LEE], kind))


def test_one_word_in_capitals_is_a_name_only_if_it_comes_back() -> None:
    assert turns("KHAN: Yes.", "LEE: No.", "KHAN: So.") == [
        ("Yes.", "KHAN", None),
        ("No.", "Martin Lee", None),
        ("So.", "KHAN", None),
    ]
    assert turns("CPEC: a decade on", "LEE: No.")[0] == ("CPEC: a decade on", "Ayesha Noor", None)


def test_two_letters_are_no_name_however_often_they_come_back() -> None:
    """Else the "UN: …" of an official would be given to a speaker by that name."""
    for label in ("UN", "EU", "X"):
        first, _, last = turns(f"{label}: a promise.", "LEE: No.", f"{label}: a burden.")
        assert first == (f"{label}: a promise.", "Ayesha Noor", None)
        assert last == (f"{label}: a burden.", "Martin Lee", None)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("CPEC: A decade on", "CPEC"),
        ("Dawn: Is the road open?", "Dawn"),
        ("Leeds: A city", "Leeds"),
        ("Leeds: a city", ""),
        ("A: One letter is no name", ""),
        ("UN: Two are none", ""),
        ("the road: open", ""),
        ("One thing that matters most: the road.", ""),
        ("LEE: Yes.", ""),
        ("Q: Why?", ""),
        ("Yes.", ""),
    ],
)
def test_what_looks_like_a_label_and_is_none_is_doubtful(text: str, label: str) -> None:
    """Its words are nobody's for certain, and not the speaker's before."""
    assert doubts(text) == [label]
    _, turn = read_turns(["LEE: No.", text], [NOOR, LEE], Kind.PRESS_CONFERENCE)
    assert turn.certain is not bool(label)
    assert (turn.speaker.name == label) is bool(label)


@pytest.mark.parametrize("kind", sorted(set(Kind) - TRANSCRIPTS))
def test_outside_transcripts_nothing_is_doubtful(kind: Kind) -> None:
    assert doubts("CPEC: a decade on", "Dawn: Is it?", kind=kind) == ["", ""]


def test_a_label_alone_in_its_paragraph_belongs_to_what_follows() -> None:
    assert turns("LEE:", "Yes.", "**Q:**", "Why?", "ANSWER:", "So.", "LEE:") == [
        ("Yes.", "Martin Lee", None),
        ("Why?", "Question", Role.QUESTION),
        ("So.", "Ayesha Noor", Role.ANSWER),
    ]


def test_it_is_known_which_turns_a_label_opened() -> None:
    """In a report only these are one speaker's alone."""
    texts = ["Both spoke.", "LEE: Yes.", "So it is.", "Q: When?", "In May."]
    read = read_turns(texts, [NOOR, LEE], Kind.REPORT)
    assert [turn.named for turn in read] == [False, True, True, True, True]
    first, _ = read_turns(["Q: When?", "Soon."], [NOOR, LEE], Kind.REPORT)
    assert first.named


def test_one_letter_names_nobody() -> None:
    """Not even a speaker who has it for a name's part, as "T" of "T Ali"."""
    (turn,) = read_turns(["T: the road"], [Speaker("T Ali")], Kind.STATEMENT)
    assert (turn.text, turn.named) == ("T: the road", False)


@pytest.mark.parametrize(
    ("line", "kind", "opens"),
    [
        ("Q: Why?", Kind.LETTER, True),
        ("**Q:** Why?", Kind.REMARKS, True),
        ("Reporter: Why?", Kind.REMARKS, True),
        ("Reporter: Why?", Kind.LETTER, False),
        ("A: In May.", Kind.INTERVIEW, True),
        ("MR. LEE: Yes.", Kind.STATEMENT, True),
        ("KHAN: Yes.", Kind.REMARKS, False),
        ("one thing matters: the road", Kind.REMARKS, False),
        ("a: b", Kind.REMARKS, False),
        (": so", Kind.REMARKS, False),
        ("", Kind.REMARKS, False),
    ],
)
def test_a_turn_may_open_at_a_line(line: str, kind: Kind, opens: bool) -> None:
    transcript = Transcript([line], [NOOR, LEE], kind)
    assert transcript.opens(line, BEFORE) is opens


@pytest.mark.parametrize(
    "text",
    [
        "One thing matters: the road.",
        "At 10:30 the road opened.",
        "10: the number of roads",
        "A: one letter is no name",
        "THE ROAD THAT WE ALL LONG FOR: now open",
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


def test_a_time_of_day_is_no_label() -> None:
    (turn,) = read_turns(["At 10:30 the road opened."], [Speaker("Martin Lee")], Kind.REMARKS)
    assert (turn.text, turn.doubtful) == ("At 10:30 the road opened.", "")


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("二、据报道，两艘船相撞，你能否证实此事？", True),
        ("2. Will the crossing open in May?", True),
        ("My second question: will it open?”", True),
        ("2. It will open in May.", False),
        ("Will it open? It will.", False),
        ("Who would not want that?", False),
    ],
)
def test_a_numbered_question_beneath_an_answer_is_none_of_its_words(text: str, asks: bool) -> None:
    """The label of a reporter's second question is often missing; it is no official's words."""
    noor = Speaker("Ayesha Noor")
    lines = ["QUESTION: Two things.", "NOOR: First, yes.", text, "NOOR: So.", "And so on."]
    turns = read_turns(lines, [noor], Kind.PRESS_CONFERENCE)
    assert (turns[2].role is Role.QUESTION) is asks
    assert turns[2].certain is not asks
    assert (turns[4].role, turns[4].speaker) == (Role.ANSWER, noor)
    opening = read_turns([text, "NOOR: So."], [noor], Kind.REMARKS)
    assert opening[0].role is None
