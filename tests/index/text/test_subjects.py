"""Subjects are names that make a question, in scripts with capitals and without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.language import codes, language_of
from index.text.subjects import subjects_in


def subjects(texts: list[str], title: str = "Remarks", language: str = "en") -> list[str]:
    found = subjects_in(title, texts, language_of(language))
    return sorted(found, key=lambda one: -found[one])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He praised the Salt Quay and its Lantern Fund.", ["Salt Quay", "Lantern Fund"]),
        # What begins a sentence may not be a name, and what is cut off from one is none.
        ("Ferries sail. Cranes lift.", []),
        ("Prime Minister Oduya spoke.", []),
        ("They met at the Trade in Ports Meeting.", []),
        ("We went to the Harbour Leaders' Meeting.", []),
        ("They met in Lantern May with nobody.", []),
        # A word that tells of the next is no name by itself.
        ("He praised Norlandish boats.", []),
        ("He spoke of Norland, and of Osk.", ["Norland"]),
        ("She joined the TFA and the EU.", ["TFA"]),
        ("He thanked the Presidents of Norland.", []),
        ("He visited the University of Norland.", ["University of Norland"]),
    ],
)
def test_names_are_told_by_their_capitals(text: str, names: list[str]) -> None:
    assert sorted(subjects([text])) == sorted(names)


def test_what_recurs_and_what_the_title_has_comes_first() -> None:
    texts = ["He saw Salt Quay.", "At Salt Quay it rained.", "He saw the Lantern Fund."]
    assert subjects(texts) == ["Salt Quay", "Lantern Fund"]
    assert subjects(texts, "On the Lantern Fund") == ["Lantern Fund", "Salt Quay"]


def test_a_short_title_is_a_subject_if_the_text_has_it() -> None:
    text = "We keep the free berths for boats."
    assert subjects([text], "Harbours: Free Berths") == ["Free Berths"]
    assert subjects([text], "Transcript of a speech") == []


def test_of_a_script_without_spaces_what_stands_in_many_places_is_a_subject() -> None:
    texts = ["他谈到了深水港。", "建设深水港，很好。", "这个深水港明年开放。"]
    assert subjects(texts, language="zh")[0] == "深水港"
    assert "海上之路" in subjects(["我们支持“海上之路”。"], language="zh")


def test_of_a_script_without_capitals_words_that_recur_are_subjects() -> None:
    texts = ["وزیر نے گوادر بندرگاہ کا دورہ کیا۔", "گوادر بندرگاہ پر کام جاری ہے۔"]
    assert "گوادر بندرگاہ" in subjects(texts, language="ur")[:2]


@given(st.sampled_from(codes()), st.text(max_size=40), st.lists(st.text(max_size=90), max_size=4))
def test_any_text_has_subjects_that_stand_in_it(code: str, title: str, texts: list[str]) -> None:
    for one, weight in subjects_in(title, texts, language_of(code)).items():
        assert weight > 0
        assert any(one.casefold() in text.casefold() for text in texts)
