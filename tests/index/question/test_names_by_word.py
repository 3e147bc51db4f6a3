"""Names by their words: as by comparing the words of every name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.question.names_by_word import NamesByWord, words_of

WORDS = st.sampled_from(["an", "Ann", "anna", "of", "ports", "port", "Élan", "İz", ""])
NAMES = st.lists(st.lists(WORDS, max_size=4).map(" ".join), max_size=6)
ASKED = st.lists(WORDS, max_size=3).map(" ".join)


@reaches(10)
@given(NAMES, ASKED)
def test_a_name_is_chosen_by_the_beginnings_of_its_words(names: list[str], asked: str) -> None:
    words = words_of(asked)
    chosen = [
        bool(words) and all(any(one.startswith(word) for one in words_of(name)) for word in words)
        for name in names
    ]
    if any(chosen):
        reached()
    assert NamesByWord(names).beginning(words).tolist() == chosen


@reaches(10)
@given(NAMES, ASKED)
def test_a_name_is_chosen_by_its_words(names: list[str], asked: str) -> None:
    words = words_of(asked)
    chosen = [bool(words) and set(words) <= set(words_of(name)) for name in names]
    if any(chosen):
        reached()
    assert NamesByWord(names).having(words).tolist() == chosen


@given(st.sets(st.text("ab", min_size=1, max_size=7), max_size=60), st.text("ab", min_size=1))
def test_however_many_words_begin_alike_all_are_found(words: set[str], beginning: str) -> None:
    names = sorted(words)
    chosen = [name.startswith(beginning) for name in names]
    assert NamesByWord(names).beginning([beginning]).tolist() == chosen
