"""Speakers as people write them: other words for a role, adjectives of countries, initials."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.question.same_speakers import SameSpeakers
from index.question.speakers import Speakers
from index.text.language import language_of

SPEAKERS = [
    ("Nadia Rahman", "Prime Minister"),
    ("Tom O'Leary", "Minister of Foreign Affairs"),
    ("Lin Wei", "Chinese Ambassador to Pakistan"),
    ("Omar Siddiqui", "Pakistani Ambassador to China"),
    ("Jane Doe", "Department Spokesperson"),
    ("Pakistan", ""),
    ("China", ""),
    ("United States", ""),
]
KNOWN = Speakers(SPEAKERS, language_of("en").same_speakers)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("PM", {"Nadia Rahman"}),
        ("PM Rahman", {"Nadia Rahman"}),
        ("Minister Rahman", {"Nadia Rahman"}),
        ("Wei Lin", {"Lin Wei"}),
        ("FM", {"Tom O'Leary"}),
        ("foreign minister oleary", {"Tom O'Leary"}),
        ("spox", {"Jane Doe"}),
        ("department spokeswoman", {"Jane Doe"}),
        ("Chinese side", {"China"}),
        ("Beijing", {"China"}),
        ("Islamabad", {"Pakistan"}),
        ("american government", {"United States"}),
        ("Washington", {"United States"}),
        # The ambassador of a country, and the one to it.
        ("Chinese ambassador", {"Lin Wei"}),
        ("Pakistan's ambassador", {"Omar Siddiqui"}),
        ("china ambassador", {"Lin Wei"}),
        ("ambassador to Pakistan", {"Lin Wei"}),
        ("Doe Jane", {"Jane Doe"}),
        ("J. Doe", {"Jane Doe"}),
        ("T O'Leary", {"Tom O'Leary"}),
        ("K. Doe", set()),
        ("side", set()),
        ("Russian side", set()),
        ("xyzzy", set()),
    ],
)
def test_a_speaker_is_known_by_other_words(written: str, names: set[str]) -> None:
    found = np.flatnonzero(KNOWN.named(written)).tolist()
    assert {SPEAKERS[number][0] for number in found} == names


def test_a_name_has_few_other_ways_however_many_words_stand_for_others() -> None:
    same = SameSpeakers([("a", "b"), ("a", "c"), ("a", "d")])
    assert len(same.of("a a a a a a")) <= 12
    assert same.of("a " * 50) == []
    assert same.of("z") == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Biden", {0, 1}),
        ("Joseph Biden", {0, 1}),
        ("Jill Biden", set()),
        ("Hunter Biden", set()),
        ("thing Biden", set()),
        ("Tony Price", set()),
        ("Ned Price", {2, 3}),
        ("PM Howard", {4, 5}),
        ("Lionel Blair", {6}),
        ("the United States", set()),
    ],
)
def test_a_first_name_rules_out_who_bears_another(name: str, meant: set[int]) -> None:
    """Where the record tells one; a title alone may be anybody of the surname."""
    listed = [
        *(("President Joe Biden", ""), ("PRESIDENT BIDEN", "")),
        *(("Ned Price, Department Spokesperson", ""), ("MR PRICE", "")),
        *(("PRIME MINISTER HOWARD", ""), ("John Howard", ""), ("PRIME MINISTER BLAIR", "")),
    ]
    speakers = Speakers(listed, [])
    assert set(speakers.named(name).nonzero()[0].tolist()) == meant


@given(st.lists(st.lists(st.sampled_from(["Ada", "Bo", "Cruz", "Mr"]), max_size=4), max_size=8))
def test_each_person_is_written_once_as_far_as_the_words_tell(written: list[list[str]]) -> None:
    """A whole name stands for those that add to it, and for those that say less."""
    names = list(dict.fromkeys(" ".join(words) for words in written))
    own = {name: set(name.split()) - {"Mr"} for name in names}
    alone = [
        name
        for name in names
        if not any(len(own[one]) >= 2 and own[one] < own[name] for one in names)
    ]
    expected = [name for name in alone if not any(own[name] < own[one] for one in alone)]
    speakers = Speakers([(name, "") for name in names], [])
    assert list(speakers.written(np.ones(len(names), dtype=bool))) == expected


def test_who_holds_several_offices_is_written_once_where_the_first_is_chosen() -> None:
    listed = [("Cruz", "a"), ("Ada Cruz", "b"), ("Bo", "a"), ("Ada Cruz", "a"), ("Mr", "")]
    speakers = Speakers(listed)

    def written(*numbers: int) -> tuple[str, ...]:
        return speakers.written(np.isin(np.arange(len(listed)), numbers))

    assert written(2, 3, 1) == ("Ada Cruz", "Bo")
    assert written(0, 2, 3) == ("Bo", "Ada Cruz")
    assert written(4, 0) == ("Cruz",)
    assert written(4) == ("Mr",)
    assert written() == ()
