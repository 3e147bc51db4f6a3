"""Offices and the full names behind them, in titles that write their words with capitals."""

from __future__ import annotations

import pytest

from documents.drafting.offices import byline_in, has_office, offices_in, people_with_office


def people(text: str, language: str = "en", known: frozenset[str] = frozenset()) -> list[str]:
    return [str(one) for one in people_with_office(text, language, known)]


@pytest.mark.parametrize(
    ("text", "language", "person"),
    [
        ("President Ruben Tarn At The Opening", "en", "Ruben Tarn; President"),
        ("Principal Deputy Press Secretary Ann Bell Aboard the Halcyon", "en",
         "Ann Bell; Principal Deputy Press Secretary"),
        ("National Security Advisor Omar Siddiq", "en", "Omar Siddiq; National Security Advisor"),
        ("Secretary-General António Silva", "en", "António Silva; Secretary-General"),
        ("the Deputy Prime Minister, The Hon. Alan Quill MP", "en",
         "Alan Quill; Deputy Prime Minister"),
        ("Minister of Foreign Affairs Ilse Anna Maratov", "en",
         "Ilse Anna Maratov; Minister of Foreign Affairs"),
        ("Ministro de Asuntos Exteriores José Manuel Prado", "es",
         "José Manuel Prado; Ministro de Asuntos Exteriores"),
        ("Presidente del Gobierno, Juan Prado", "es", "Juan Prado; Presidente del Gobierno"),
        ("Président de la République Emmanuel Durand à Lyon", "fr",
         "Emmanuel Durand; Président de la République"),
    ],
)  # fmt: skip
def test_a_name_ends_where_the_title_goes_on(text: str, language: str, person: str) -> None:
    assert people(text, language) == [person]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the Spokesperson for President Ruben Tarn", "en"),
        ("Asamblea General de Naciones Unidas, Nueva York", "es"),
        ("President Tarn", "en"),
        ("PRESIDENT RUBEN TARN", "en"),
    ],
)
def test_what_is_no_full_name_behind_its_office_is_nobody(text: str, language: str) -> None:
    assert people(text, language) == []


def test_two_who_follow_one_another_are_both_found() -> None:
    text = "Secretary Anton J. Weller And Foreign Minister Ilse Maratov"
    assert people(text) == ["Anton J. Weller; Secretary", "Ilse Maratov; Foreign Minister"]


def test_a_name_of_many_words_counts_only_if_the_text_has_its_last() -> None:
    text = "Minister Edda Priel Harbour Day"
    assert people(text) == []
    assert people(text, known=frozenset({"day"})) == ["Edda Priel Harbour Day; Minister"]


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Statement by H.E. Ms. Ilse Maratov, Minister for Ports of the Republic, at the Assembly",
         "Ilse Maratov; Minister for Ports of the Republic"),
        ("Statement by H.E. Ms. Ilse Maratov Minister for Foreign Affairs",
         "Ilse Maratov; Minister for Foreign Affairs"),
        ("Speech by Dr. S. Maratov, Minister of External Affairs",
         "S. Maratov; Minister of External Affairs"),
        ("By Jo Marsh, General Reporter", None),
        ("Statement by the Minister for Ports", None),
        ("He commented on the statement by Ilse Maratov, Minister for Ports", None),
    ],
)  # fmt: skip
def test_a_line_above_the_text_names_its_speaker(line: str, person: str | None) -> None:
    found = byline_in(line, "en")
    assert (str(found) if found else None) == person


def test_the_words_of_one_office_are_one() -> None:
    assert offices_in("Deputy Press Secretary Ann Bell", "en") == 1
    assert offices_in("President Tarn and Prime Minister Kisha", "en") == 2


def test_accents_and_hyphens_are_no_other_office() -> None:
    assert has_office("la présidente", "fr")
    assert has_office("the Director-General", "en")
    assert not has_office("the harbour", "en")
