"""Stems of folded words, in the languages where folding and stemming touch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import fold
from index.text.language import Language, codes, language_of
from index.text.stemming import stemming


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "road roads Roads’"),
        ("es", "puerto puertos"),
        ("ru", "новый новая новые нового"),
        ("ru", "российский российская российскую"),
        ("ru", "война войной войны"),
        ("ar", "مدينة المدينة مدينه بالمدينة مدينتهم"),
        ("ar", "الصين صيني الصينية صينية"),
        ("ar", "اقتصادي الاقتصادية اقتصاديه للاقتصادية"),
        ("ar", "شركة الشركة شركه الشركات"),
        ("tr", "ülke ülkeler ülkenin ulkeler"),
        ("hi", "सड़क सड़कें सड़कों"),
    ],
)
def test_forms_of_a_word_have_one_stem(code: str, words: str) -> None:
    stem = stemming(language_of(code))
    assert len({stem(fold(word)) for word in words.split()}) == 1


@pytest.mark.parametrize("stemmer", ["", "klingon"])
def test_a_word_stays_where_nothing_stems_it(stemmer: str) -> None:
    """As with a version of Snowball that does not know a language yet."""
    assert stemming(Language("xx", stemmer=stemmer))("roads") == "roads"


@given(st.text(min_size=1, max_size=12), st.sampled_from(codes()))
def test_no_stem_is_empty(word: str, code: str) -> None:
    assert stemming(language_of(code))(fold(word))
