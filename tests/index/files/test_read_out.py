"""Words that a speaker reads out are told from the speaker's own."""

from __future__ import annotations

import pytest

from index.files.read_out import opens_block_quote, read_out


def found(*texts: str) -> list[bool]:
    """Return what is read out of *texts*, in one speaker's remarks."""
    return read_out(texts, [False] * len(texts))


@pytest.mark.parametrize(
    "text",
    [
        *("“We hold that it was never ours.”", '"We hold."', "„Wir halten es.“", "„Trzymamy.”"),
        *(
            "«Nous tenons.»",
            "« Nous tenons. »",
            "»Wir halten.«",
            "「我们坚持。」",
            "『我们坚持。』",
        ),
        *(
            "“我们坚持。”",
            "‘We hold the people’s quay.’",
            "“ہم قائم ہیں۔”",
            "«نحن متمسكون.»",
            "“हम हैं।”",
        ),
        *(
            "“We hold.” “They do not.”",
            "“We hold” … “and they do not.”",
            "“We hold”.",
            "“We hold”;",
        ),
        *(
            "*“We hold.”*",
            "“We hold.”[3]",
            "(“We hold.”)",
            "…“we hold.”",
            "“We hold.” – Professor Kazi",
        ),
        *("> We hold.", "> “We hold.”", ">We hold."),
    ],
)
def test_a_paragraph_between_marks_or_a_block_quote_is_read_out(text: str) -> None:
    assert found("He wrote:", text, "I do not.") == [False, True, False]


@pytest.mark.parametrize(
    "text",
    [
        *("“We hold,” he wrote.", "He wrote: “We hold.”", "“We hold,” he wrote, “and we shall.”"),
        *("We hold.", "‘Tis the people’s choice.", "’Tis so.", "5 > 4.", "“One” and “two”."),
        *("Its so-called “reform”", "“Reform”, they call it, is “theft”.", "«Oui», dit-il."),
    ],
)
def test_a_paragraph_with_words_outside_the_marks_is_the_speakers(text: str) -> None:
    assert found("So.", text, "And so.") == [False, False, False]


def test_a_quotation_of_several_paragraphs_goes_to_its_end() -> None:
    assert found("So.", "“One.", "“Two.", "“Three.”", "Mine.") == [False, True, True, True, False]
    assert found("So.", "«Un.", "Deux.", "Trois.»", "Moi.") == [False, True, True, True, False]


def test_a_missing_mark_makes_one_paragraph_somebody_elses_and_not_all() -> None:
    assert found("“One.", "Mine.", "Mine.") == [True, False, False]
    assert found("“One.", "Mine, “as I said”, so.", "Mine.") == [True, False, False]
    assert sum(found("“One.", *["Mine."] * 200)) == 1


def test_a_turn_ends_a_quotation() -> None:
    assert read_out(["“One.", "Mine.”"], [True, True]) == [True, False]


def test_where_each_turn_stands_between_marks_they_are_the_transcripts_own() -> None:
    assert read_out(["“Why?”", "“In May.”", "“Or June.”"], [True, True, False]) == [False] * 3
    assert read_out(["“Why?”", "In May."], [True, True]) == [True, False]


@pytest.mark.parametrize(
    ("line", "before", "opens"),
    [("> So.", "He wrote:", True), ("> So.", "> And", False), ("So.", "> And", False)],
)
def test_a_block_quote_begins_a_paragraph(line: str, before: str, opens: bool) -> None:
    assert opens_block_quote(line, before) is opens
