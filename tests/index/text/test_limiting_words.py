"""The lists of words that limit: each line can be read, and says where it counts."""

from __future__ import annotations

import pytest

from index.text.language import codes, language_of
from index.text.limiting_words import PLACES, limiting_words, limiting_words_of
from index.text.question_phrases import in_one_form

LISTED = [code for code in codes() if language_of(code).limiting_words]


def test_the_languages_that_have_a_list() -> None:
    assert {"en", "zh", "es", "ur", "fr", "de", "ar", "ru", "hi", "pt"} <= set(LISTED)


@pytest.mark.parametrize("code", LISTED)
def test_every_list_has_words_for_each_side_of_a_cut(code: str) -> None:
    """So that no language finds what follows and misses what leads."""
    words = limiting_words_of(code)
    assert {"rest", "cut", "next", "lead", "before", "never"} <= set(words.phrases) <= set(PLACES)
    for place in words.phrases:
        pattern = words.pattern(place)
        assert pattern is not None
        assert not pattern.search("x")


@pytest.mark.parametrize("code", LISTED)
def test_no_line_of_a_list_stands_twice(code: str) -> None:
    lines = language_of(code).limiting_words
    assert len(set(lines)) == len(lines)


def test_a_language_without_a_list_has_no_words() -> None:
    assert limiting_words_of("xx").phrases == {}


def test_a_longer_phrase_that_limits_nothing_hides_the_shorter() -> None:
    words = limiting_words(["cut, rest: but", "never: but also"], "Latin")
    text = in_one_form("But also here, but not there")
    assert words.at("cut", text, 0, len(text)) is None
    assert list(words.within("rest", text, 0, len(text))) == [(15, 18)]
    assert words.at("cut", text, 15, len(text)) == (15, 18)


def test_a_phrase_does_not_reach_across_where_the_search_ends() -> None:
    words = limiting_words(["cut: provided that"], "Latin")
    assert words.at("cut", "provided. that", 0, 9) is None
    assert words.at("next", "provided. that", 0, 9) is None


@pytest.mark.parametrize("line", ["unless", "nowhere: unless", "rest unless", ""])
def test_a_line_without_a_place_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="place"):
        limiting_words([line], "Latin")
