from __future__ import annotations

import time
from pathlib import Path

import pytest

from documents.model import BlockKind, Extract, Field, Source, Unreadable, Why
from documents.reading.rtf import read_rtf

_HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Times;}{\f1\fcharset2 Symbol;}"
_HEAD += r"{\f2\fcharset204 Times CYR;}{\f3\fcharset128 MS Mincho;}}{\colortbl;\red0\green0\blue0;}"
_HEAD += r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0\b heading 1;}{\*\cs9 Strong;}{\s5 Title;}"
_HEAD += r"{\s7 toc 1;}}"


def rtf(body: str, head: str = _HEAD) -> Source:
    """Return an RTF document with this *body*."""
    return Source(name="made.rtf", content=f"{head}\n{body}}}".encode("latin-1"))


def extract(source: Source) -> Extract:
    """Return the one extract of *source*."""
    (only,) = read_rtf(source)
    return only


def texts(body: str) -> list[str]:
    """Return the texts of the blocks of a document with this *body*."""
    return [block.text for block in extract(rtf(body)).blocks]


def left_out(found: Extract) -> list[tuple[str, Why]]:
    """Return what was left out, and why."""
    return [(one.text, one.why) for one in found.left_out]


def warned(found: Extract) -> list[str]:
    """Return the warnings."""
    return [one.text for one in found.warnings]


def test_bytes_are_read_in_the_encoding_of_the_document() -> None:
    assert texts(r"caf\'e9 \'84quoted\'93\par") == ["café „quoted“"]
    central = extract(rtf(r"\'b3\'f3d\'9f\par", head=r"{\rtf1\ansi\ansicpg1250"))
    assert central.blocks[0].text == "łódź"


def test_bytes_are_read_in_the_encoding_of_their_font() -> None:
    assert texts(r"{\f2 \'cc\'e8\'f0}\par") == ["Мир"]
    assert texts(r"{\f3 \'93\'fa\'96\'7b}\par") == ["日本"]


def test_an_encoding_that_is_none_is_western_europes() -> None:
    found = extract(rtf(r"caf\'e9\par", head=r"{\rtf1\ansi\ansicpg12"))
    assert found.blocks[0].text == "café"


def test_a_unicode_character_replaces_its_fallback() -> None:
    assert texts(r"\u8364?14, \uc2\u8364\'80\'80\uc0\u8211  x \u-10179\u-8704\par") == [
        "€14, €– x 😀"
    ]


def test_half_a_character_is_lost_and_nothing_else() -> None:
    assert texts(r"a\uc0\u-8704 b\par") == ["a\ufffdb"]


def test_control_words_stand_for_characters() -> None:
    assert texts(r"a\emdash b\endash c\lquote d\rquote e\ldblquote f\rdblquote\par") == [
        "a—b–c‘d’e“f”"
    ]
    assert texts(r"g\~h\_i\-j\{k\}\\l\tab m\par") == ["g\u00a0h\u2011i\u00adj{k}\\l m"]


def test_a_font_of_symbols_draws_what_it_draws() -> None:
    assert texts(r"{\f1 \'b3} 5, {\f1\u-3917 ?} 6\par") == ["≥ 5, ≥ 6"]


def test_numbers_that_word_wrote_stand_before_their_items() -> None:
    body = (
        r"{\pntext 1.\tab}One.\par {\listtext\pard\plain 2.\tab}Two.\par "
        r"{\listtext\f1 \'b7\tab}Three.\par Four.\par"
    )
    assert [(b.kind, b.text) for b in extract(rtf(body)).blocks] == [
        (BlockKind.ITEM, "1. One."),
        (BlockKind.ITEM, "2. Two."),
        (BlockKind.ITEM, "• Three."),
        (BlockKind.PARAGRAPH, "Four."),
    ]


@pytest.mark.parametrize(
    "hidden",
    [r"{\v INTERNAL}", r"\v INTERNAL\v0 ", r"\v INTERNAL\plain ", r"{\b{\v INTER}{\v NAL}}"],
)
def test_hidden_words_are_left_out_and_told(hidden: str) -> None:
    found = extract(rtf(rf"Be{hidden}fore.\par"))
    assert [b.text for b in found.blocks] == ["Before."]
    assert left_out(found) == [("INTERNAL", Why.HIDDEN)]
    assert warned(found) == ["hidden text left out"]


def test_revisions_are_read_as_accepted() -> None:
    body = (
        r"It {\deleted\revauthdel1 may be }{\deleted revised}{\revised\revauth1 remains }"
        r"{\revised in force}.\par"
    )
    found = extract(rtf(body))
    assert [b.text for b in found.blocks] == ["It remains in force."]
    assert left_out(found) == [("may be revised", Why.DELETED)]
    assert warned(found) == ["1 insertion and 1 deletion tracked"]


def test_a_paragraph_whose_end_was_deleted_goes_on() -> None:
    assert texts(r"One {\deleted\par}two.\par") == ["One two."]


def test_heads_feet_and_comments_are_left_out() -> None:
    body = (
        r"{\header\pard Cabinet\par}{\footerf\pard Page {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}"
        r"Text.{\*\atnid MF}{\*\atnauthor M. F.}\chatn{\*\annotation{\*\atndate 1}Check.}\par"
    )
    found = extract(rtf(body))
    assert [b.text for b in found.blocks] == ["Text."]
    assert left_out(found) == [
        ("Cabinet", Why.HEADER),
        ("Page 1", Why.FOOTER),
        ("Check.", Why.COMMENT),
    ]


def test_a_footnote_stands_behind_its_paragraph() -> None:
    body = r"The hall{\super\chftn}{\footnote\pard{\super\chftn} Hearing.} was full.\par Next.\par"
    assert [(b.kind, b.text) for b in extract(rtf(body)).blocks] == [
        (BlockKind.PARAGRAPH, "The hall was full."),
        (BlockKind.NOTE, "Hearing."),
        (BlockKind.PARAGRAPH, "Next."),
    ]


def test_a_field_shows_its_result() -> None:
    assert texts(r"See {\field{\*\fldinst HYPERLINK x}{\fldrslt{\ul the text}}}.\par") == [
        "See the text."
    ]


def test_a_row_is_a_block() -> None:
    body = (
        r"\trowd\cellx1\cellx2\pard\intbl Measure\cell Date\cell\row"
        r"\trowd\cellx1\cellx2\pard\intbl Crossing\cell 1 June\par 2025\cell\row\pard Text.\par"
    )
    assert [(b.kind, b.text) for b in extract(rtf(body)).blocks] == [
        (BlockKind.ROW, "Measure | Date"),
        (BlockKind.ROW, "Crossing | 1 June 2025"),
        (BlockKind.PARAGRAPH, "Text."),
    ]


def test_a_row_that_is_cut_off_is_kept() -> None:
    source = Source(name="cut", content=rtf(r"\trowd\pard\intbl One\cell Two").content[:-1])
    assert [b.text for b in extract(source).blocks] == ["One | Two"]


def test_styles_tell_headings_and_the_title() -> None:
    found = extract(rtf(r"\pard\s5 On Water\par\pard\s1 Banks\par\pard Text.\par\s7 Banks 3\par"))
    assert [(b.kind, b.level) for b in found.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
    ]
    assert [(c.value, c.certain) for c in found.claims] == [("On Water", True)]
    assert left_out(found) == [("Banks 3", Why.NAVIGATION)]


def test_a_title_in_the_properties_is_never_certain() -> None:
    info = r"{\info{\title Remarks to the press}{\author Typist}{\subject Other}{\doccomm x}}"
    found = extract(rtf(info + r"Remarks to the press\par Text.\par"))
    assert [b.text for b in found.blocks] == ["Remarks to the press", "Text."]
    titles = [(c.value, c.certain) for c in found.claims if c.field is Field.TITLE]
    assert ("Remarks to the press", False) in titles
    assert all(not certain for _, certain in titles)
    assert not any("Typist" in c.value for c in found.claims)


def test_bold_words_at_the_beginning_are_told() -> None:
    (block,) = extract(rtf(r"{\b Ms Valko:} Yes.\par")).blocks
    assert (block.bold, block.text) == ("Ms Valko:", "Ms Valko: Yes.")


def test_lines_are_joined_and_breaks_part_paragraphs() -> None:
    assert texts(r"Renske Dalgaard\line Prime Minister\par One\page Two\sect Three\par") == [
        "Renske Dalgaard Prime Minister",
        "One",
        "Two",
        "Three",
    ]


def test_what_is_said_twice_for_older_programs_is_read_once() -> None:
    upr = r"{\upr{Caf?}{\*\ud{Caf\u233\'e9}}}"
    shape = r"{\shp{\*\shpinst\shpleft1{\sp{\sn a}{\sv b}}{\shptxt\pard Box.\par}}{\shprslt Box.}}"
    assert texts(rf"{upr} {shape}open.\par") == ["Café open.", "Box."]


def test_pictures_and_unknown_groups_have_no_words() -> None:
    body = (
        r"A{\pict\pngblip 89504e47}{\*\unknown words{ and {more}}}{\object{\*\objdata 01}}B"
        "{\\pict\\bin5 }}}}}C}\\par"
    )
    assert texts(body) == ["AB"]


def test_line_ends_of_the_file_are_no_words() -> None:
    assert texts("One \r\nline\\\nTwo\\par") == ["One line", "Two"]


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(Unreadable, match="no text"):
        read_rtf(rtf(r"{\v hidden}\par"))
    with pytest.raises(Unreadable, match="no RTF"):
        read_rtf(Source(name="a", content=b"{\\html}"))


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(Unreadable, match="nested"):
        read_rtf(Source(name="a", content=b"{\\rtf1" + b"{" * 200_000))


def test_more_ends_than_beginnings_do_no_harm() -> None:
    assert texts(r"One}}}} two\par") == ["One two"]


def test_it_takes_no_longer_than_it_is_long() -> None:
    """Forty thousand groups in much less than the child's time; quadratic, they take minutes."""
    began = time.thread_time()
    read_rtf(rtf(r"{\b word} {\v x}{\revised y}\par " * 10_000))
    assert time.thread_time() - began < 10


def test_a_letter_is_read_as_it_is_printed(shared: Path) -> None:
    path = shared / "made/lettre.rtf"
    found = extract(Source(name=path.name, content=path.read_bytes()))
    read = [block.text for block in found.blocks]
    assert read[0] == "20 January 2025"
    assert read[-1] == "Renske Dalgaard Prime Minister"
    assert any(text.startswith("The cost, €14 million, is met") for text in read)
    assert any("café licence scheme — known as “late tables” — by" in text for text in read)
    assert [text[:3] for text in read if text[0].isdigit()] == ["20 ", "1. ", "2. "]
    assert ("draft 4, not for circulation", Why.HIDDEN) in left_out(found)
