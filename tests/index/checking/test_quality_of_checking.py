"""Recorded floors on quotations that were made, altered and invented: they may never fall.

``make test`` checks a hundred made of this project's own texts, ``make quality`` 2,000 made of the
real ones beside it; ``python -m benchmarks.quotations`` prints the measures beside the floors.
"""

from __future__ import annotations

import pytest

from benchmarks.floors import OWN_QUOTATIONS, QUOTATIONS, Quoted
from benchmarks.quotation_made import Made, Maker
from benchmarks.quotation_own_texts import own_texts
from benchmarks.quotation_peers import PEERS, asked, counted
from benchmarks.quotation_texts import Texts, real_texts
from benchmarks.quotations import Judged, below, judged, measure, mistakes, told
from index import Grade
from index.search import Index

#: Of the mistakes, so many are shown.
_SHOWN = 20


def _assert_held(all_: list[Judged], floor: Quoted) -> None:
    assert len(all_) == floor.number
    faults = below(measure(all_), floor)
    assert not faults, "\n".join([*faults, *map(told, mistakes(all_)[:_SHOWN])])


@pytest.fixture(scope="module")
def texts() -> Texts:
    return own_texts()


@pytest.fixture(scope="module")
def made(texts: Texts) -> list[Made]:
    return Maker(texts).make(OWN_QUOTATIONS.number)


@pytest.mark.quality
@pytest.mark.timeout(1200)
def test_quotations_made_of_real_texts_are_graded_as_well_as_ever() -> None:
    texts = real_texts()
    if texts is None:
        pytest.skip("the statements are not beside the project")
    made = Maker(texts).make(QUOTATIONS.number)
    _assert_held(judged(Index(texts.record), made), QUOTATIONS)


def test_quotations_made_of_our_own_texts_are_graded_as_well_as_ever(
    texts: Texts, made: list[Made]
) -> None:
    _assert_held(judged(Index(texts.record), made), OWN_QUOTATIONS)


def test_each_grade_is_among_those_made(made: list[Made]) -> None:
    """Else a rule that is lost would not be missed."""
    assert set().union(*(one.grades for one in made)) == set(Grade)


def test_the_same_quotations_are_made_on_every_run(texts: Texts, made: list[Made]) -> None:
    assert Maker(texts).make(OWN_QUOTATIONS.number) == made


def test_what_is_made_as_altered_stands_nowhere_and_what_is_verbatim_does(
    texts: Texts, made: list[Made]
) -> None:
    """The labels that the floors rest on, asked of the texts themselves."""
    whole = [one for one in made if one.kind == "untouched"]
    other = [one for one in made if one.grades == {Grade.ALTERED}]
    assert whole and other
    assert all(texts.stands(one.text, one.language) for one in whole)
    assert not any(texts.stands(one.text, one.language) for one in other)


def test_a_story_says_where_its_quotation_stands(made: list[Made]) -> None:
    for one in made:
        quoted = one.story.draft[one.story.start : one.story.stop]
        assert not quoted[0].isalnum() and not quoted[-1].isalnum()


def test_a_checker_that_finds_nothing_is_below_the_floor(made: list[Made]) -> None:
    faults = below(measure([Judged(one, None) for one in made]), OWN_QUOTATIONS)
    assert any("genuine called altered" in fault for fault in faults)
    assert any("altered called" in fault for fault in faults)


def test_nothing_that_peers_cannot_know_is_a_false_pass_of_theirs(made: list[Made]) -> None:
    """Who spoke and what limits a quotation is counted apart."""
    all_pass = counted("", made, [True] * len(made))
    none_passes = counted("", made, [False] * len(made))
    assert all_pass.false_passes == all_pass.false > 0
    assert all_pass.unremarked == all_pass.limited > 0
    assert all_pass.false_alarms == none_passes.false_passes == none_passes.unremarked == 0
    assert none_passes.false_alarms == none_passes.genuine > 0
    assert all_pass.false + all_pass.limited + all_pass.genuine == len(made)


def test_a_peer_that_is_installed_passes_what_stands_there_as_it_is(
    texts: Texts, made: list[Made]
) -> None:
    """Else it would be used wrongly here."""
    whole = [one for one in made if one.kind == "untouched"]
    there = [peer for peer in PEERS if peer.present]
    assert [peer.package for peer in there if peer.package == "rapidfuzz"]
    assert {asked(peer, whole, texts).false_alarms for peer in there} == {0}
