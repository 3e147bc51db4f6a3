"""What a messenger would rewrite: each rewriting, and that what is repaired stays as it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reached import reached, reaches
from telegram_standin.rewriting import rewrite

from index.files.verbatim import composed, repaired, rewritings, unseen

# Rewritten characters, letters they combine with, and what must be left alone.
ODD = st.sampled_from(
    list("aAe e\n\t\r\x00\x0b\x1f\x7f\x85\u00a0\u0301\u030a\u0333\u033f\u2028\u2029\u202a\u202e")
    + list("\u200e\u200f\u200b\u200c\u200d\ufeff\u212bÅИ中😀")
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(ODD, max_size=20).map("".join))


@pytest.mark.parametrize(
    ("text", "what", "survives"),
    [
        ("a\tb", "a tab", "a b"),
        ("a\x00b", "the control character U+0000", "a b"),
        ("a\x0bb", "the control character U+000B", "a b"),
        ("a\x1fb", "the control character U+001F", "a b"),
        ("a\rb", "the control character U+000D", "ab"),
        ("a\u2028b", "the character U+2028 (line separator)", "a b"),
        ("a\u2029b", "the character U+2029 (paragraph separator)", "a b"),
        ("a\u202ab", "the character U+202A (left-to-right embedding)", "ab"),
        ("a\u202eb", "the character U+202E (right-to-left override)", "ab"),
        ("x\u030ab", "the character U+030A (combining ring above)", "xb"),
        ("a\u0333b", "the character U+0333 (combining double low line)", "ab"),
        ("a\u033fb", "the character U+033F (combining double overline)", "ab"),
        ("a\ud800b", "the control character U+D800", "ab"),
        ("a\u200e\u200fb", "a run of 2 direction marks", "a\u200fb"),
        ("a\u200f\u200f\u200eb", "a run of 3 direction marks", "a\u200eb"),
    ],
)
def test_each_rewriting_is_found_named_and_repaired(text: str, what: str, survives: str) -> None:
    (change,) = rewritings(text)
    assert (change.start, change.stop) == (1, len(text) - 1)
    assert change.what == what
    assert repaired(text) == (survives, [change])


@pytest.mark.parametrize(
    "text",
    [
        "a\nb",
        "a b",
        "“a” – b…",
        "a\u00a0b",
        "a\u200eb\u200fc",
        "می\u200cخواهم",
        "👩‍👩‍👧 🇵🇰",
        "e\u0301",
        "\x7f",
        "\u202f",
        "",
    ],
)
def test_what_survives_is_not_reported(text: str) -> None:
    assert list(rewritings(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A\u030angstro\u0308m", "Ångström"),
        # Deleting what stood between brings a mark to its letter, or two marks together.
        ("e\u202a\u0301", "é"),
        ("a\u200e\u202e\u200fb", "a\u200fb"),
        ("a\u200e\u202e\u200f\u202d\u200eb", "a\u200eb"),
    ],
)
def test_repairs_that_bring_about_another_are_finished(text: str, expected: str) -> None:
    assert repaired(text)[0] == expected


def test_letters_keep_their_rings_by_being_composed() -> None:
    assert composed("A\u030a") == "Å"
    assert repaired("A\u030a") == ("Å", [])


@pytest.mark.parametrize(
    ("text", "survives"),
    [
        ("inter\u00adgovern\u00admental", "intergovernmental"),
        ("sanc\u200btions", "sanctions"),
        ("parl\u2060iament", "parliament"),
        ("em\ufeffbassy", "embassy"),
        ("em\u200b\u00adbassy", "embassy"),
        ("Прави\u00adтельство", "Правительство"),
        ("20\u00ad25", "2025"),
    ],
)
def test_what_nobody_sees_inside_a_word_is_deleted_and_told(text: str, survives: str) -> None:
    survived, changes = repaired(text)
    assert survived == survives
    assert any("inside a word" in one.what for one in changes)


@pytest.mark.parametrize(
    "text",
    ["a \u200bb", "\ufeffa", "a\u00ad", "a\u00ad b", "ไทย\u200bแลนด์", "می\u200cخواهم", "a\u200b.b"],
)
def test_elsewhere_it_stays(text: str) -> None:
    """At the ends of words, and where it parts words that have no spaces between them."""
    assert list(unseen(text)) == []
    assert repaired(text) == (text, [])


def test_a_flood_of_marks_takes_no_time() -> None:
    """Nothing to assert: the library would take the square of their number."""
    repaired("a" + "\u0301" * 100_000 + "\u0316" * 100_000)


@given(TEXTS)
@example("\u200e\u202e\u200e\u202e\u200e")
@example("a\u0333\u030a")
def test_what_is_repaired_is_repaired_for_good(text: str) -> None:
    survived, _ = repaired(text)
    assert list(rewritings(survived)) == []
    assert repaired(survived) == (survived, [])


@given(TEXTS)
def test_what_is_repaired_reaches_its_reader(text: str) -> None:
    """Oracle: Telegram's own rule, as the stand-in of the Bot API has it; it trims both ends."""
    survived, _ = repaired(text)
    assert rewrite(survived)[0] == survived.strip(" \n")


@reaches(10)
@given(TEXTS)
def test_what_telegram_would_change_is_found(text: str) -> None:
    """Oracle, the other way round: nothing passes unreported that Telegram changes."""
    if not list(rewritings(text)):
        reached()
        assert rewrite(text)[0] == text.strip(" \n")


@reaches(10)
@given(TEXTS)
def test_a_text_that_needs_no_repair_is_only_composed(text: str) -> None:
    survived, changes = repaired(text)
    if not changes:
        reached()
        assert survived == unicodedata.normalize("NFC", text)


@reaches(10)
@given(TEXTS)
def test_changes_are_slices_in_order(text: str) -> None:
    end = 0
    for change in rewritings(text):
        reached()
        assert end <= change.start < change.stop <= len(text)
        end = change.stop
