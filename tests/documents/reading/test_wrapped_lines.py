"""Which line ends end a paragraph; the joined words are those that were printed."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.reading.wrapped_lines import joined_pages, paragraphs_in

FIRST = (
    "The harbour board met on Tuesday and agreed that the west quay is to be dredged before the "
    "ice comes, so that the ferries may use it again. It thanked the pilots for their patience."
)
SECOND = (
    "Nobody was hurt when the crane fell in March. The board has asked the inspectors for a "
    "report, which is expected by the end of the year and will be published in full."
)


def test_lines_that_were_broken_at_a_measure_are_joined():
    lines = textwrap.wrap(FIRST, 66)
    assert len(lines) > 2
    assert paragraphs_in([lines]).texts == (FIRST,)


def test_a_short_line_that_ends_a_sentence_ends_the_paragraph():
    """Two paragraphs without a blank line between them stay two."""
    lines = [*textwrap.wrap(FIRST, 66), *textwrap.wrap(SECOND, 66)]
    assert paragraphs_in([lines]).texts == (FIRST, SECOND)


def test_an_indent_begins_a_paragraph():
    full = textwrap.wrap(FIRST[: FIRST.index(" It")], 52)
    lines = [*full, *textwrap.wrap(SECOND, 52, initial_indent="    ")]
    assert len(paragraphs_in([lines]).texts) == 2


def test_long_lines_are_paragraphs():
    assert paragraphs_in([[FIRST, SECOND, FIRST]]).texts == (FIRST, SECOND, FIRST)


def test_lines_of_a_language_without_spaces_that_end_sentences_are_paragraphs():
    lines = ["　　记者：码头何时重新开放？", "　　发言人：下周一。港务局已经完成检查。"]
    assert paragraphs_in([lines]).texts == tuple(line.strip("　") for line in lines)


def test_broken_lines_of_a_language_without_spaces_are_joined_without_one():
    lines = [
        "港务局星期二开会决定疏浚西码头以便渡",
        "轮在结冰之前可以再次使用该码头并且感",
        "谢引航员的耐心。",
    ]
    assert paragraphs_in([lines]).texts == ("".join(lines),)


def test_numbers_and_headings_begin_paragraphs_within_broken_lines():
    numbered = [
        *textwrap.wrap(f"1. {FIRST}", 66),
        "Inland Waterways",
        *textwrap.wrap(f"2. {SECOND}", 66),
    ]
    assert paragraphs_in([numbered]).texts == (f"1. {FIRST}", "Inland Waterways", f"2. {SECOND}")


def test_a_number_that_the_measure_put_at_a_lines_beginning_is_none():
    text = (
        "The inspectors looked at every one of the cranes on the quay and found that only quay nr "
        "12. of them all was in a state that could be called safe by anybody at all."
    )
    lines = textwrap.wrap(text, 90)
    assert lines[1].startswith("12.")
    assert paragraphs_in([lines]).texts == (text,)


def test_a_hyphen_is_kept_unless_the_text_has_the_word_whole():
    """Trap: joining blindly makes "peoplecentric" of "people-centric"."""
    lines = [
        "A people-centric policy was what the coopera-",
        "tion of the boards was meant to bring, not a quay-",
        "side brawl; cooperation, they said, is a hard thing.",
    ]
    joined = paragraphs_in([lines])
    assert "the cooperation of the boards" in joined.texts[0]
    assert "a quay-side brawl" in joined.texts[0]
    assert joined.hyphenated == ("quay-side",)


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("It is told at https://port.example/the-", "west-quay in full.", "/the-west-quay in"),
        ("It is told at https://port.example/", "quays/west in full.", "example/quays/west in"),
        ("The quays of Port Ellin and of the years 2019–", "2025 were of wood.", "2019–2025 were"),
        ("The board thanked the pre- and the post-", "and the war-time pilots.", "post- and the"),
        ("They said the quay of Port Ellin -", "the west one - is open.", "Ellin - the west"),
    ],
)
def test_a_dash_at_a_lines_end_is_joined_as_it_was_meant(first: str, second: str, joined: str):
    (text,) = paragraphs_in([[first, second]]).texts
    assert joined in text


def test_a_soft_hyphen_at_a_lines_end_was_put_in_by_the_break():
    lines = ["The harbour board agreed on the co\u00ad", "operation of all the ports in the bay."]
    assert paragraphs_in([lines]).texts == (
        "The harbour board agreed on the cooperation of all the ports in the bay.",
    )


def test_verses_are_lines_and_go_on_in_small_letters():
    lines = ["We shall not leave this harbour", "while one of us is out there."]
    assert paragraphs_in([lines]).texts == (" ".join(lines),)
    address = ["Harbour Board", "Quay 4", "Port Ellin"]
    assert paragraphs_in([address]).texts == tuple(address)


def test_a_page_that_ends_in_a_sentence_goes_on_in_the_next():
    assert joined_pages([["It was agreed that the"], ["board meets again."], ["THE CRANE"]]) == [
        ["It was agreed that the", "board meets again."],
        ["THE CRANE"],
    ]
    assert joined_pages([["It was agreed."], [], ["board"]]) == [["It was agreed."], ["board"]]


@given(
    st.lists(
        st.lists(st.text("ab ćЖ汉.-\u00ad12 ", min_size=1).filter(str.strip), min_size=1),
        max_size=5,
    )
)
def test_no_letter_is_lost_or_added(groups: list[list[str]]):
    """Only white space and the hyphens at line ends change."""
    given_text = "".join("".join(group) for group in groups)
    read = "".join(paragraphs_in(groups).texts)
    drop = str.maketrans("", "", " -\u00ad")
    assert read.translate(drop) == given_text.translate(drop)


@pytest.mark.parametrize("line", ["x", "word " * 12, "-", "12. "])
def test_many_lines_take_linear_time(line: str):
    """Two hundred kilobytes are read in a moment: pytest's own time limit would tell."""
    paragraphs_in([[line] * (200_000 // len(line))])
