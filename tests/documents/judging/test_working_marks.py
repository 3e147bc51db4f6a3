"""What is set around a text for the press and the web leaves it, and nothing else does."""

from __future__ import annotations

import pytest

from documents.judging.working_marks import is_press_release_mark, without_working_marks
from documents.model import Block, BlockKind, Why


def kept(*texts: str) -> list[str]:
    blocks, _ = without_working_marks([Block(text=text) for text in texts])
    return [block.text for block in blocks]


@pytest.mark.parametrize(
    "mark",
    [
        "###",
        "# # #",
        "* * *",
        "FOR IMMEDIATE RELEASE",
        "-30-",
        "- ENDS -",
        "END OF TRANSCRIPT",
        "Contact: Jo Marsh, Press Office, 555 0134",
        "Media contact: press@port.example",
        "Read more …",
        "The post The quay appeared first on Port of Ellin.",
    ],
)
def test_marks_leave_the_text(mark: str) -> None:
    assert kept("The quay is open.", mark, "All may come.") == [
        "The quay is open.",
        "All may come.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Check against delivery",
        "Contact: is what we need",
        "Contact between the two sides was resumed on 12 March 2025 at 14:30.",
        "Ends and means are two things.",
        "…",
        "?",
    ],
)
def test_words_stay(text: str) -> None:
    assert kept("The quay is open.", text) == ["The quay is open.", text]


def test_what_stands_in_the_middle_of_a_text_is_no_mark_of_its_ends() -> None:
    texts = [f"Sentence {number}." for number in range(20)]
    assert kept(*texts[:10], "Ends", *texts[10:]) == [*texts[:10], "Ends", *texts[10:]]
    assert kept(*texts[:10], "* * *", *texts[10:]) == texts


def test_each_mark_is_told_with_its_reason() -> None:
    blocks = [Block(text="###"), Block(text="Words."), Block(text="Share this page")]
    _, left_out = without_working_marks(blocks)
    assert [one.why for one in left_out] == [Why.TEMPLATE, Why.NAVIGATION]


def test_a_footnote_and_a_text_of_nothing_else_stay() -> None:
    note = Block(text="Ends", kind=BlockKind.NOTE)
    assert without_working_marks([Block(text="Words."), note])[0][-1] == note
    assert kept("###") == ["###"]


def test_a_mark_of_a_press_release_tells_its_kind() -> None:
    assert is_press_release_mark("*** FOR IMMEDIATE RELEASE ***")
    assert not is_press_release_mark("###")
