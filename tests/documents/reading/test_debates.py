"""Who asks in a debate, where data mark a question, and in which order speakers are named."""

from __future__ import annotations

from documents.model import Block, BlockKind
from documents.reading.debates import Speech, blocks_of, speaker_claims, with_askers


def says(name: str, *, asks: bool | None = None, role: str = "", presides: bool = False) -> Speech:
    """Return a speech of one block."""
    blocks = (Block(text=f"{name} says so."),)
    return Speech(name=name, asks=asks, role=role, presides=presides, blocks=blocks)


def asking(*speeches: Speech) -> list[bool | None]:
    """Return whether each of *speeches* asks."""
    return [speech.asks for speech in with_askers(speeches)]


def test_without_a_question_in_the_data_nobody_asks():
    assert asking(says("Quill"), says("Priel")) == [False, False]


def test_who_speaks_after_a_question_answers_and_others_ask():
    """The supplementary questions of a question time are marked as speeches."""
    speeches = [
        says("Quill", asks=True),
        says("Speaker", presides=True),
        says("Priel"),
        says("Quill"),
        says("Priel"),
        says("Maratov"),
        says("Priel"),
    ]
    assert asking(*speeches) == [True, False, False, True, False, True, False]


def test_who_has_an_office_or_answers_by_the_data_does_not_ask():
    speeches = [
        says("Quill", asks=True),
        says("Priel", asks=False),
        says("Maratov", role="Minister of Ports"),
        says("Halvorsen"),
    ]
    assert asking(*speeches) == [True, False, False, True]


def test_who_is_unknown_does_not_ask():
    members = Speech(name="Hon. Members", known=False, blocks=(Block(text="Object."),))
    assert asking(says("Quill", asks=True), says("Priel"), members) == [True, False, False]


def test_every_block_has_its_turn_but_a_heading():
    heading = Block(text="Clause 1", kind=BlockKind.HEADING, level=2)
    speech = Speech(name="Priel", role="Minister", blocks=(heading, Block(text="Yes.")))
    first, second = blocks_of([*with_askers([speech])])
    assert first.turn is None
    assert second.turn is not None
    assert (second.turn.name, second.turn.role, second.turn.asks) == ("Priel", "Minister", False)


def test_who_answers_is_named_before_who_asks_or_presides():
    speeches = with_askers(
        [
            says("Speaker", presides=True),
            says("Quill", asks=True),
            says("Priel"),
            says("Priel", role="Minister of Ports"),
            Speech(name="Noble Lords", known=False, blocks=(Block(text="Question."),)),
        ]
    )
    claims = speaker_claims(speeches, "data")
    assert [claim.value for claim in claims] == ["Priel; Minister of Ports", "Speaker", "Quill"]
    assert all(claim.certain and claim.where == "data" for claim in claims)
