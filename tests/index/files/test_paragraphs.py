"""Paragraphs: what parts them, the one declared change, and what a messenger would change."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.paragraphs import (
    Block,
    Heading,
    blocks,
    one_line,
    pieces,
    unfaithful,
    unfit,
    written_body,
)

HERE = Path("a.md")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", [("One.", 1), ("Two.", 3)]),
        ("\n\n One,\n still one. \n\n\n\nTwo.\n", [("One,  still one.", 3), ("Two.", 8)]),
        ("One.\r\n\r\nTwo.\rStill two.", [("One.", 1), ("Two. Still two.", 3)]),
        ("One.\n \t \nTwo.", [("One.", 1), ("Two.", 3)]),
        ("One.\n\u200b\ufeff\n\u00a0\n\x1c\nTwo.", [("One.", 1), ("Two.", 5)]),
        # U+2028 is inside a line; filing makes it a space, openly.
        ("One\u2028still one.", [("One\u2028still one.", 1)]),
        ("\x1c\n\n\x1f", []),
        ("", []),
    ],
)
def test_blank_lines_part_paragraphs(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(block.text, block.line) for block in blocks(text)] == expected


def test_a_line_that_opens_something_begins_a_paragraph() -> None:
    text = "LEE: Yes,\nand no.\nQ: Why?\nNow?\n\nLEE: So."
    found = blocks(text, 5, lambda line, _: line.startswith(("LEE", "Q")))
    assert [(block.text, block.line) for block in found] == [
        ("LEE: Yes, and no.", 5),
        ("Q: Why? Now?", 7),
        ("LEE: So.", 10),
    ]


def test_lines_are_counted_from_where_the_text_begins_in_its_file() -> None:
    assert [block.line for block in blocks("\nOne.\n\nTwo.", 8)] == [9, 11]


@given(st.text(alphabet="ab \n\r\t\x0b\x1c\x1f\x85\u2028\u200b\ufeff\u00a0", max_size=30))
def test_nothing_but_white_space_is_lost_and_no_paragraph_is_empty(text: str) -> None:
    found = [block.text for block in blocks(text)]
    assert [c for one in found for c in one if c in "ab"] == [c for c in text if c in "ab"]
    assert all(one.strip() == one != "" for one in found)
    assert not any(c in one for one in found for c in "\n\r")


@given(st.lists(st.text(alphabet="ab. \t", min_size=1).filter(lambda t: t.strip() == t != "")))
def test_paragraphs_joined_by_blank_lines_come_back(texts: list[str]) -> None:
    """A round trip."""
    assert [block.text for block in blocks("\n\n".join(texts))] == texts


def test_a_line_break_is_shown_as_a_space() -> None:
    assert one_line(" One,\r\ntwo\nthree\rfour.\n") == "One, two three four."


def test_what_telegram_would_change_is_reported_with_line_fragment_and_repair() -> None:
    (problem,) = unfaithful(Block("The road\tis\topen.", 7), HERE)
    assert (problem.path, problem.line, problem.warning) == (HERE, 7, False)
    assert problem.what.startswith("Telegram would change a tab (and 1 more here)")
    assert problem.fragment == "“The road\\x{9}is\\x{9}open.”"
    assert problem.repair.startswith("Put a space in its place")


def test_what_telegram_would_delete_is_to_be_replaced_by_nothing() -> None:
    (problem,) = unfaithful(Block("The\u202e road", 7), HERE)
    assert problem.repair.startswith("Put nothing in its place")
    assert problem.fragment == "“The\\x{202e} road”"


def test_letters_in_pieces_are_a_warning() -> None:
    (problem,) = unfaithful(Block("cafe\u0301", 2), HERE)
    assert problem.warning
    assert (problem.line, problem.fragment) == (2, "“cafe\u0301”")
    assert "NFC" in problem.repair


@pytest.mark.parametrize("text", ["The road is open.", "“Quoted” – so…", "सड़क", "سڑک", "公路"])
def test_a_faithful_paragraph_has_no_problem(text: str) -> None:
    assert list(unfaithful(Block(text, 1), HERE)) == []


@pytest.mark.parametrize("end", [" ", "  ", "\t", "\xa0", " \xa0 ", "\u3000", "\u2003"])
def test_white_space_at_a_lines_end_is_no_part_of_the_text(end: str) -> None:
    """So the reference stays the same when an editor strips it."""
    stripped = "One,\nstill one.\n\nTwo."
    written = stripped.replace("\n", f"{end}\n") + end
    assert [b.text for b in blocks(written)] == [b.text for b in blocks(stripped)]
    assert one_line(written) == one_line(stripped)


def test_white_space_at_a_lines_beginning_stays() -> None:
    """References of texts with indented lines are as they were."""
    assert [block.text for block in blocks("One,\n  still one.")] == ["One,   still one."]


def test_a_heading_closes_the_paragraph_before_it_and_is_the_section_of_what_follows() -> None:
    text = "One,\nstill one.\n## Ports\nTwo.\n\nThree.\n\n##  Fish \n\n\nFour."
    assert list(pieces(text, 5)) == [
        Block("One, still one.", 5, ("One,", "still one.")),
        Heading("Ports", 7),
        Block("Two.", 8, ("Two.",), "Ports"),
        Block("Three.", 10, ("Three.",), "Ports"),
        Heading("Fish", 12),
        Block("Four.", 15, ("Four.",), "Fish"),
    ]
    assert [one.line for one in pieces(text, 5) if isinstance(one, Heading)] == [7, 12]
    found = [(block.text, block.section) for block in blocks(text)]
    assert found == [
        ("One, still one.", ""),
        ("Two.", "Ports"),
        ("Three.", "Ports"),
        ("Four.", "Fish"),
    ]


@pytest.mark.parametrize(
    "line",
    ["# One", "### One", "##", "##One", " ## One", "-## One", "\u200b## One", "## ", "##\u3000"],
)
def test_only_two_marks_and_a_space_make_a_heading(line: str) -> None:
    assert [block.text for block in blocks(f"{line}\nTwo.")] == [f"{line.strip()} Two."]


def test_of_two_headings_the_nearest_is_the_section() -> None:
    assert [b.section for b in blocks("## One\n## Two\nText.\n## Three")] == ["Two"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("## is a mark.", "\\## is a mark."),
        ("\\## is a mark.", "\\\\## is a mark."),
        ("### is a mark.", "### is a mark."),
        ("\\# is a mark.", "\\# is a mark."),
        ("so is ## this.", "so is ## this."),
    ],
)
def test_a_paragraph_that_begins_as_a_heading_is_escaped(text: str, written: str) -> None:
    assert written_body([text]) == f"{written}\n"
    assert [(b.text, b.section, b.lines) for b in blocks(f"{written}\n")] == [(text, "", (text,))]


def test_within_a_paragraph_an_escaped_line_is_text() -> None:
    (block,) = blocks("One,\n\\## and two.")
    assert block.text == "One, ## and two."


_TEXTS = st.builds(
    str.__add__,
    st.sampled_from(["", "", "## ", "\\## ", "\\\\## ", "### ", "##", "\\"]),
    st.text(alphabet="ab#\\ .:>", max_size=12),
).map(str.strip)


@given(
    st.lists(
        st.one_of(_TEXTS.filter(bool), _TEXTS.filter(bool).map(Heading)), min_size=1, max_size=8
    )
)
def test_paragraphs_and_headings_come_back_exactly(parts: list[str | Heading]) -> None:
    """A round trip, whatever marks they begin with."""
    found = [one if isinstance(one, Heading) else one.text for one in pieces(written_body(parts))]
    assert found == parts


@pytest.mark.parametrize("text", ["", " ", " One", "One\ntwo", "One\r"])
def test_what_is_no_line_is_no_heading(text: str) -> None:
    with pytest.raises(ValueError, match="a heading is one line of text"):
        Heading(text)


def test_a_heading_is_to_be_shown_and_should_be_short() -> None:
    (changed,) = unfit(Heading("Trade\tand transport", 4), HERE)
    assert (changed.line, changed.warning) == (4, False)
    assert changed.what.startswith("Telegram would change a tab")
    (long,) = unfit(Heading("Trade " * 60 + "and transport", 4), HERE)
    assert (long.line, long.warning, long.category) == (4, True, "a long heading")
    assert list(unfit(Heading("Trade and transport", 4), HERE)) == []
