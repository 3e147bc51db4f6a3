"""A name as it is written, taken apart into the words of the name, of offices, and countries."""

from __future__ import annotations

import pytest

from index.checking.first_names import may_be_one_first_name
from index.checking.han_names import is_same_in_han
from index.checking.written_name import countries_in, names_in, taken_apart

COUNTRIES = countries_in([("pakistani", "pakistan"), ("spokesman", "spokesperson")])


def test_countries_are_known_by_the_words_for_them_and_offices_are_none() -> None:
    assert COUNTRIES["pakistani",] == COUNTRIES["pakistan",] == "pakistan"
    assert ("spokesman",) not in COUNTRIES


@pytest.mark.parametrize(
    ("written", "names", "roles", "countries", "is_person"),
    [
        (
            "Prime Minister of Pakistan Nadia Rahman",
            "nadia rahman",
            "prime minister",
            "pakistan",
            1,
        ),
        ("Ms. Rahman", "rahman", "", "", 1),
        ("Lord Davies of Oldham", "davies", "", "", 1),
        ("the Pakistani foreign minister", "", "foreign minister", "pakistan", 0),
        ("Gwadar Port Authority", "", "", "", 0),
        ("Rahman's spokesman", "", "spokesman", "", 0),
    ],
)
def test_a_name_is_taken_apart(
    written: str, names: str, roles: str, countries: str, is_person: int
) -> None:
    found = taken_apart(written, "", COUNTRIES)
    assert found.names == tuple(names.split())
    assert found.roles == set(roles.split())
    assert found.countries == set(countries.split())
    assert found.is_person == bool(is_person)


def test_several_names_are_told_from_one_with_its_office() -> None:
    assert names_in("Nadia Rahman, Maren Holt") == ["Nadia Rahman", "Maren Holt"]
    assert names_in("Nadia Rahman, Foreign Minister") == ["Nadia Rahman, Foreign Minister"]


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("joe", "joseph", True),
        ("j", "joe", True),
        ("tony", "anthony", True),
        ("bill", "william", True),
        ("nadia", "maren", False),
    ],
)
def test_first_names_are_one_if_people_go_by_both(one: str, other: str, is_one: bool) -> None:
    assert may_be_one_first_name(one, other) is is_one


def test_a_chinese_name_is_found_behind_its_office() -> None:
    assert is_same_in_han("外交部发言人李明", "李明") is True
    assert is_same_in_han("外交部发言人李明", "王芳") is False
    assert is_same_in_han("外交部发言人", "李明") is None
