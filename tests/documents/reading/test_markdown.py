from pathlib import Path

import pytest

from documents.model import Block, BlockKind, Extract, Field, Source, Unreadable
from documents.reading.markdown import read_markdown_document


def read(text: str) -> Extract:
    (extract,) = read_markdown_document(Source(name="text.md", content=text.encode()))
    return extract


def texts(text: str) -> list[str]:
    return [block.text for block in read(text).blocks]


def test_paragraphs_lists_and_headings_are_blocks() -> None:
    blocks = read("# A door\n\nOne\ntwo.\n\n## Demands\n\n- fish\n- *ports*\n").blocks
    assert blocks == (
        Block(text="A door", kind=BlockKind.HEADING, level=1),
        Block(text="One two."),
        Block(text="Demands", kind=BlockKind.HEADING, level=2),
        Block(text="• fish", kind=BlockKind.ITEM),
        Block(text="• ports", kind=BlockKind.ITEM),
    )


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u00a0\u00a0 ", "\u3000", "\t"])
def test_a_line_of_white_space_of_any_kind_is_blank(blank: str) -> None:
    assert texts(f"One  \n{blank}\ntwo") == ["One", "two"]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("64. a\n66. b", ["64.", "66."]),
        ("11. a\n\nText\n\n13. b", ["11.", "Text", "13."]),
        ("1) a\n2) b", ["1)", "2)"]),
        ("1. a\n1. b\n1. c", ["1.", "2.", "3."]),
        ("1.\u00a0\u00a0a\n\n2.\u00a0b", ["1.", "2."]),
    ],
)
def test_numbers_are_those_that_are_written(text: str, marks: list[str]) -> None:
    assert [one.split()[0] for one in texts(text)] == marks


def test_a_number_with_a_no_break_space_is_text_and_no_list() -> None:
    assert read("1.\u00a0\u00a0We met").blocks == (Block(text="1.\u00a0\u00a0We met"),)


def test_escapes_and_entities_are_syntax() -> None:
    assert texts("66\\. We appreciate &amp; thank\n\n\\###") == ["66. We appreciate & thank", "###"]


def test_markup_within_a_line_is_read_and_words_in_angle_brackets_are_kept() -> None:
    assert texts("the 21<sup>st</sup> century <inaudible> goes on") == [
        "the 21st century <inaudible> goes on"
    ]


def test_indented_lines_are_paragraphs_and_no_code() -> None:
    assert texts("One.\n\n    Two **too**.") == ["One.", "Two too."]


def test_a_long_paragraph_before_a_rule_is_no_heading() -> None:
    assert read(f"{'words ' * 50}\n---\nmore").blocks[0].kind is BlockKind.PARAGRAPH
    assert read("Demands\n---\nmore").blocks[0].kind is BlockKind.HEADING


def test_rows_of_a_table_are_blocks() -> None:
    assert texts("| a | b |\n|---|---|\n| c | d |") == ["a | b", "c | d"]


def test_a_bold_label_stays_in_the_text() -> None:
    assert read("**MR. PRICE:** Hello.").blocks[0].bold == "MR. PRICE:"


def test_the_front_matter_of_others_becomes_claims() -> None:
    extract = read(
        "---\ndate: '2023-06-22'\npublished_time: 2023-06-23 15:46:44-04:00\n"
        'title: "A\\_door"\nsource_url: https://vald.example/door\n'
        "tags: press-briefings\n---\n \nText"
    )
    assert [block.text for block in extract.blocks] == ["Text"]
    assert {(str(one.field), one.value, one.certain) for one in extract.claims} == {
        ("date", "2023-06-22", True),
        ("published", "2023-06-23", True),
        ("title", "A\u00a0door", True),
        ("url", "https://vald.example/door", True),
        ("kind", "press conference", False),
    }


def test_the_first_heading_is_the_title_if_nothing_else_tells_it() -> None:
    (title,) = read("# A door\n\nText").claims
    assert (title.field, title.value, title.certain) == (Field.TITLE, "A door", True)
    assert read("Text\n\n# A door").claims == ()


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(Unreadable, match="there is no text"):
        read("---\ntitle: x\n---\n\n")


@pytest.mark.parametrize(
    ("name", "blocks", "questions"),
    [
        ("wh_2023-05-20-g7-hiroshima-leaders-communique.md", 129, 0),
        ("wh_2023-06-22-joint-statement-from-the-united-states-and-india.md", 64, 0),
        ("wh_2021-03-12-quad-leaders-joint-statement-the-spirit-of-the-quad.md", 6, 0),
        ("wh_2022-07-05-press-briefing-by-press-secretary-karine-jean-pierre-2.md", 292, 88),
    ],
)
def test_real_texts_have_the_blocks_that_a_reader_counts(
    shared: Path, name: str, blocks: int, questions: int
) -> None:
    extract = read((shared / "wild" / name).read_text(encoding="utf-8"))
    asked = [one for one in extract.blocks if one.text.startswith(("Q ", "Q\u00a0"))]
    assert (len(extract.blocks), len(asked)) == (blocks, questions)
