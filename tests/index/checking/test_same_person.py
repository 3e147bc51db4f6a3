"""Whether the name that a story writes is a speaker's on record: yes, no, or it cannot be told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.checking.same_person import Names
from index.model.statement import Speaker

MINISTER = Speaker("Nadia Rahman", "Foreign Minister")
SPOKESMAN = Speaker("Idris Vale, Department Spokesperson")
PRESIDENT = Speaker("Maren Holt", "President")
#: What compares the words alone.
NO_NAMES = Names()


@pytest.mark.parametrize(
    ("written", "name", "role"),
    [
        ("Nadia Rahman", "Nadia Rahman", ""),
        ("Ms. Rahman", "Nadia Rahman", "Foreign Minister"),
        ("Foreign Minister Nadia Rahman", "Nadia Rahman", "Foreign Minister"),
        ("Minister Rahman", "MINISTER RAHMAN", ""),
        ("Nadia Rahman", "FOREIGN MINISTER RAHMAN", ""),
        ("Secretary of State Maren Holt", "SECRETARY HOLT", ""),
        ("Nadia J. Rahman", "Nadia Rahman", ""),
        ("N. Rahman", "Nadia Rahman", ""),
        ("H.E. Nadia Rahman", "Nadia Rahman", ""),
        ("Hon. Idris Vale MP", "Idris Vale", ""),
        ("Tony Vale", "Anthony Vale", ""),
        ("Bill Vale", "William Vale", ""),
        ("Wei Lin", "Lin Wei", ""),
        ("Siôn Tarn", "Sion Tarn", ""),
        ("Mike O’Hara", "Mike O'Hara", ""),
        ("Lord Tull", "Lord Tull of Arden", ""),
        ("Pedro Vidal", "Pedro Vidal Pérez", ""),
        ("the prime minister", "Idris Vale", "Prime Minister"),
        ("the PM", "Idris Vale", "Prime Minister"),
        ("the foreign minister", "Nadia Rahman", "Minister for Foreign Affairs"),
        ("the Chinese side", "China", ""),
        ("Beijing", "China", ""),
        ("the White House", "The White House", ""),
        ("the State Department", "U.S. Department of State", ""),
        ("外交部发言人耿爽", "耿爽", ""),
        ("وزیر خارجہ نادیہ رحمان", "نادیہ رحمان", ""),
        ("وزیر اعظم", "ادریس ویل", "وزیر اعظم"),
    ],
)
def test_the_same(written: str, name: str, role: str) -> None:
    assert NO_NAMES.is_same(written, Speaker(name, role)) is True


@pytest.mark.parametrize(
    ("written", "name", "role"),
    [
        ("Maren Holt", "Idris Vale, Department Spokesperson", ""),
        ("Secretary Holt", "MR VALE", ""),
        ("Prime Minister Nadia Rahman", "PRIME MINISTER VALE", ""),
        ("Jacqui Tarn", "Angela Tarn", ""),
        ("the Chinese side", "Pakistan", ""),
        ("the Kremlin", "China", ""),
        ("Beijing", "Antony Holt", "U.S. Secretary of State"),
        ("外交部发言人耿爽", "王毅", ""),
        ("نادیہ رحمان", "سلیم احمد", ""),
        ("the spokesman", "Maren Holt", "President"),
    ],
)
def test_another(written: str, name: str, role: str) -> None:
    assert NO_NAMES.is_same(written, Speaker(name, role)) is False


@pytest.mark.parametrize(
    ("written", "name", "role"),
    [
        ("he", "Idris Vale", ""),
        ("", "Idris Vale", ""),
        ("the minister", "Nadia Rahman", "Foreign Minister"),
        ("the ambassador", "Lin Wei", "Chinese Ambassador to Pakistan"),
        ("the former prime minister", "Idris Vale", "Prime Minister"),
        ("the deputy foreign minister", "Nadia Rahman", "Foreign Minister"),
        ("the foreign ministry", "Idris Vale", "Foreign Ministry Spokesperson"),
        ("President Holt", "The White House", ""),
        ("President Holt", "Jill Holt", "First Lady"),
        ("Jill Holt", "Joe Holt", ""),
        ("Volodymyr Zelensky", "PRESIDENT ZELENSKYY", ""),
        ("Labour", "Idris Vale", ""),
        ("the engineer", "Idris Vale", ""),
        ("Idris Vale’s spokesman", "Idris Vale", ""),
        ("Idris Vale", "PRIME MINISTER", ""),
        ("Geng Shuang", "耿爽", ""),
        ("发言人", "耿爽", ""),
        ("耿爽", "新华社", ""),
        ("the prime minister", "Nadia Rahman", "Foreign Minister"),
    ],
)
def test_it_cannot_be_told(written: str, name: str, role: str) -> None:
    assert NO_NAMES.is_same(written, Speaker(name, role)) is None


def test_a_surname_alone_is_anothers_if_the_record_knows_whose_it_is() -> None:
    names = Names([MINISTER, SPOKESMAN, PRESIDENT])
    assert names.is_same("Rahman", PRESIDENT) is False
    assert NO_NAMES.is_same("Rahman", PRESIDENT) is None


def test_a_surname_that_several_on_record_bear_is_nobodys_alone() -> None:
    names = Names([MINISTER, Speaker("Tariq Rahman", "Ambassador")])
    assert names.is_same("Rahman", MINISTER) is None
    assert names.is_same("Nadia Rahman", MINISTER) is True


def test_one_of_several_speakers_is_enough() -> None:
    both = Speaker("Nadia Rahman, Lin Wei")
    assert NO_NAMES.is_same("Ms Rahman", both) is True
    assert NO_NAMES.is_same("Maren Holt", both) is False


@given(st.text(max_size=60), st.text(max_size=60).filter(str.strip))
def test_any_words_are_compared(written: str, name: str) -> None:
    assert NO_NAMES.is_same(written, Speaker(name)) in (True, False, None)


@given(st.sampled_from(["Nadia Rahman", "Lin Wei", "耿爽", "نادیہ رحمان", "The White House"]))
def test_a_name_is_never_anothers_than_its_own(name: str) -> None:
    assert NO_NAMES.is_same(name, Speaker(name)) is not False
