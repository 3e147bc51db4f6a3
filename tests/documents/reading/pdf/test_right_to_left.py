"""Lines from right to left are read in the order of their letters, not of their glyphs."""

from __future__ import annotations

import sys

import pytest
from made_pdfs import Glyphs, Item, pdf

from documents.model import Doubt, Extract, Source
from documents.reading.pdf import second_reading
from documents.reading.pdf.document import read_pdf
from documents.reading.pdf.letters import Letter
from documents.reading.pdf.right_to_left import brackets_righted, in_reading_order, mirrors
from documents.reading.pdf.second_reading import differing

#: "The United Nations", from left to right as it looks: one glyph shows two or three letters.
NATIONS = ("ة", "د", "ح", "ت", "لم", "ا", " ", "م", "م", "لأ", "ا")


def read(*rows: tuple[str, ...]) -> Extract:
    # A line alone is no text: letters enough for a page stand under it.
    page: list[Item] = [
        Glyphs(50, 500 - 14 * at, row) for at, row in enumerate([*rows, NATIONS, NATIONS, NATIONS])
    ]
    (extract,) = read_pdf(Source(name="statement.pdf", content=pdf(page)))
    return extract


@pytest.mark.parametrize(
    ("looks", "reads"),
    [
        (NATIONS, "الأمم المتحدة"),
        (("م", "2", "0", "2", "4", " ", "م", "ا", "ع"), "عام 2024م"),
        (("ن", " ", "،", "2", "0", "2", "4", " ", "م", "ا", "ع"), "عام 2024، ن"),
        (("م", "2", ",", "5", " ", "م", "ا", "ع"), "عام 2,5م"),
        (("ن", " ", "U", "N", " ", "f", "u", "n", "d", " ", "م", "ا", "ع"), "عام UN fund ن"),
        (("ن", " ", "C", "O", "-", "1", "9", " ", "م", "ا", "ع"), "عام CO-19 ن"),
        (("2", "0", "3", "0", "-", "2", "0", "2", "4", " ", "م", "ا", "ع"), "عام 2024-2030"),
        (("%", "5", "0", " ", "م", "ا", "ع"), "عام 50%"),
        (("5", "0", "%", " ", "ם", "ו", "י"), "יום 50%"),
    ],
)
def test_letters_and_figures_stand_in_the_order_they_are_read(
    looks: tuple[str, ...], reads: str
) -> None:
    assert read(looks).blocks[0].text.startswith(reads)


def test_a_vowel_mark_stands_behind_its_letter() -> None:
    """A mark over the second letter of a glyph follows that letter, not the first."""
    assert read(("د", "\u064f", "لم", "ا")).blocks[0].text.startswith("المُد")


@pytest.mark.parametrize("brackets", ["()", ")("])
def test_brackets_open_before_they_close_whichever_way_they_were_written(brackets: str) -> None:
    row = ("ن", " ", brackets[0], "7", "9", brackets[1], " ", "م", "ا", "ع")
    assert "عام (79) ن" in read(row, row).blocks[0].text


def test_brackets_are_told_by_the_room_beside_them() -> None:
    assert mirrors(["عام )79( في", "الدورة )الأولى("])
    assert not mirrors(["عام (79) في", "a) first"])


def test_a_bracket_beside_latin_letters_is_turned_as_the_room_beside_it_tells() -> None:
    assert brackets_righted("مؤتمر (COP16( نهاية") == "مؤتمر (COP16) نهاية"
    assert brackets_righted("a) first (and last)") == "a) first (and last)"


def test_what_a_second_reading_agrees_on_is_certain() -> None:
    extract = read(NATIONS)
    assert Doubt.LETTERS not in [warning.doubt for warning in extract.warnings]


def test_a_second_reading_that_has_other_letters_is_a_disagreement() -> None:
    assert differing([(["املتحدة"], "المتحدة")]) == ["املتحدة"]
    assert differing([(["المتحدة"], "المتحدة")]) == []


@pytest.mark.parametrize(
    ("word", "second"),
    [
        ("السلام", "الس لام"),
        ("(79)", ")٧٩("),
        ("سبتمبر", "برسبتم"),
        ("المُتّحدة", "المتحدة"),
        ("لا", "ﻻ"),
    ],
)
def test_a_word_that_was_broken_or_a_glyph_that_was_moved_is_none(word: str, second: str) -> None:
    assert differing([([word], second)]) == []


def test_a_word_that_both_read_elsewhere_is_certain() -> None:
    assert differing([(["بين"], "ينفي ب"), (["بين"], "بين")]) == []
    assert differing([(["بين"], "ينفي ب")]) == ["بين"]


def test_without_a_second_reader_every_such_document_is_doubted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (warning,) = [w for w in read(NATIONS).warnings if w.doubt is Doubt.LETTERS]
    assert 'pip install "onrecord[rtl]"' in warning.text


def test_a_long_line_of_marks_is_read_in_time() -> None:
    row = [
        Letter(text, at / 2, 10.0, at / 2, at / 2 + 0.5, 1.0, bold=False, tag=-1)
        for at in range(30_000)
        for text in ("ا", "\u064f")
    ]
    read = "".join(letter.text for letter in in_reading_order(row, mirror=False))
    assert read == "ا\u064f" * 30_000


def test_a_document_that_is_too_long_to_read_twice_is_doubted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(second_reading, "_BYTES", 10)
    (warning,) = [w for w in read(NATIONS).warnings if w.doubt is Doubt.LETTERS]
    assert warning.text.startswith("only 0 of 1 pages")
