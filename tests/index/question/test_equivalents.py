"""Groups of what means the same: matches by hand, and any groups in any question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.question.equivalents import Equivalents, Match, Member

BRI: Member = ("bri",)
BELT: Member = ("belt", "road")
RAIL: Member = ("main", "line", "1")
WORDS = st.sampled_from(["bri", "belt", "road", "main", "line", "1", "tea"])
MEMBERS = st.lists(WORDS, max_size=3).map(tuple)
GROUPS = st.lists(st.lists(MEMBERS, min_size=1, max_size=4), min_size=1, max_size=5)


def test_each_member_of_a_group_stands_for_all_others() -> None:
    known = Equivalents([[BRI, BELT], [RAIL, ("ml", "1")]])
    assert known.found_in(["bri"]) == [Match(0, 1, (BELT,))]
    assert known.found_in(["tea", "belt", "road"]) == [Match(1, 2, (BRI,))]
    assert known.found_in(["main", "line", "1", "ml", "1"]) == [
        Match(0, 3, (("ml", "1"),)),
        Match(3, 2, (RAIL,)),
    ]
    assert set(known.phrases()) == {BELT, RAIL, ("ml", "1")}


@pytest.mark.parametrize(
    "terms", [[], ["tea"], ["belt"], ["belt", "tea", "road"], ["road", "belt"]]
)
def test_a_phrase_that_is_not_whole_or_not_in_order_means_nothing(terms: list[str]) -> None:
    assert Equivalents([[BRI, BELT]]).found_in(terms) == []


def test_of_members_that_begin_alike_the_longest_is_meant() -> None:
    """And no word is taken up twice."""
    known = Equivalents([[BRI, BELT], [("belt", "road", "tea"), ("a",)], [("road",), ("street",)]])
    assert known.found_in(["belt", "road", "tea"]) == [Match(0, 3, (("a",),))]
    assert known.found_in(["belt", "road"]) == [Match(0, 2, (BRI,))]
    assert known.found_in(["road"]) == [Match(0, 1, (("street",),))]


def test_a_member_of_two_groups_stands_for_both() -> None:
    known = Equivalents([[BRI, BELT], [BRI, ("obor",)]])
    assert known.found_in(["bri"]) == [Match(0, 1, (BELT, ("obor",)))]
    assert known.found_in(["obor"]) == [Match(0, 1, (BRI,))]


@pytest.mark.parametrize("group", [[], [BRI], [BRI, BRI], [BRI, ()], [(), ()]])
def test_a_group_that_tells_nothing_is_nothing(group: list[Member]) -> None:
    """A member can have no term, being small words only; two can have the same."""
    known = Equivalents([group])
    assert known.phrases() == []
    assert known.found_in(["bri"]) == []


@st.composite
def asked_with_members(draw: st.DrawFn) -> tuple[list[list[Member]], list[str]]:
    """Return groups, and terms among which some of their members stand."""
    groups = draw(GROUPS)
    members = st.sampled_from([member for group in groups for member in group] or [("tea",)])
    rows = draw(st.lists(members | WORDS.map(lambda word: (word,)), min_size=1, max_size=6))
    return groups, [term for row in rows for term in row]


@reaches(5)
@given(asked_with_members())
def test_matches_are_members_in_order_that_do_not_overlap(
    asked: tuple[list[list[Member]], list[str]],
) -> None:
    groups, terms = asked
    known = Equivalents(groups)
    stop = 0
    for match in known.found_in(terms):
        reached()
        assert match.start >= stop
        assert match.length >= 1
        stop = match.start + match.length
        member = tuple(terms[match.start : stop])
        assert member not in match.others
        assert match.others
        for other in match.others:
            assert any(member in group and other in group for group in groups)
    assert all(len(phrase) > 1 for phrase in known.phrases())
    assert len(set(known.phrases())) == len(known.phrases())
