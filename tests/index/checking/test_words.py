"""Words of quotations and passages, as they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.checking.words import joined, marks_between, word_within_brackets, words_of

#: Each two are one word, spelled the same.
SAME = [
    ("don't", "don’t"),
    ("ﬁnal", "final"),
    ("coop\u00aderation", "cooperation"),
    ("zero\u200bwidth", "zerowidth"),
    ("關係", "关系"),
    ("يہ", "یہ"),
    ("كے", "کے"),
    ("مُلک", "ملک"),
    ("１０", "10"),
]
#: Each two are one word in another spelling.
ALIKE = [
    ("Government", "government"),
    ("Erdoğan", "Erdogan"),
    ("1,000", "1000"),
    ("U.S.", "US"),
    ("٢٥", "25"),
]
#: Each two are different words, however alike.
DIFFERENT = [
    ("minister", "ministers"),
    ("minister's", "ministers"),
    ("we'll", "we"),
    ("26.5", "265"),
    ("کے", "کی"),
    ("بہ", "بھ"),
    ("can", "can't"),
    ("5", "50"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_typesetters_choose_makes_no_difference(one: str, other: str) -> None:
    assert [w.spelled for w in words_of(one)] == [w.spelled for w in words_of(other)]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_capitals_accents_and_separators_are_spelling(one: str, other: str) -> None:
    (first,), (second,) = words_of(one), words_of(other)
    assert first.plain == second.plain
    assert first.spelled != second.spelled


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_word_stays_another(one: str, other: str) -> None:
    assert [w.plain for w in words_of(one)] != [w.plain for w in words_of(other)]


def test_each_character_of_a_script_without_spaces_is_a_word() -> None:
    assert [w.plain for w in words_of("中方不反对")] == list("中方不反对")


def test_signs_are_words_and_marks_are_not() -> None:
    assert [w.plain for w in words_of("$5 — up 3%, (not ‘4’)!")] == [
        "$",
        "5",
        "up",
        "3",
        "%",
        "not",
        "4",
    ]


def test_a_word_with_adapted_letters_is_compared_without_its_brackets() -> None:
    draft = "“[w]e will”"
    word = word_within_brackets(draft, 1, 5)
    assert (word.plain, draft[word.start : word.stop]) == ("we", "[w]e")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a - b", "a—b"),
        ("a, ‘b", "a, “b"),
        ("a ... b", "a…b"),
        ("甲，乙", "甲,乙"),
        ("a  b", "a b"),
    ],
)
def test_marks_of_one_kind_are_one(one: str, other: str) -> None:
    assert marks_between(one, 1, len(one) - 1) == marks_between(other, 1, len(other) - 1)


@pytest.mark.parametrize(("one", "other"), [("a, b", "a b"), ("a. b", "a; b"), ("a-b", "a b")])
def test_other_marks_are_others(one: str, other: str) -> None:
    assert marks_between(one, 1, len(one) - 1) != marks_between(other, 1, len(other) - 1)


def test_words_in_one_piece_or_two_join_alike() -> None:
    assert joined(words_of("health care")) == joined(words_of("healthcare"))


@given(st.text(max_size=80))
def test_words_are_slices_of_any_text_in_order(text: str) -> None:
    end = 0
    for word in words_of(text):
        assert end <= word.start < word.stop <= len(text)
        assert word.plain
        end = word.stop
