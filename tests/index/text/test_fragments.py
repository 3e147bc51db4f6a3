"""Which texts say something, and which are headings, places, names and rows of tables."""

from __future__ import annotations

import pytest

from index.text.fragments import is_fragment
from index.text.language import language_of
from index.text.sentences import sentence_spans
from index.text.terms import Analyzer


def fragment(text: str, language: str) -> bool:
    terms = Analyzer(language_of(language)).analyse(text).terms
    return is_fragment(text, sentence_spans(text, language), len(terms))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lake levels: what we do"),
        ("en", "LAKE LEVELS AND THE FISHERIES ACT"),
        ("en", "3. Lake levels and fisheries"),
        ("en", "**Lake levels**"),
        ("en", "Kisumu"),
        ("en", "Kisumu, Kenya."),
        ("en", "Lake levels? Sure."),
        ("en", "Thank you. (Applause.)"),
        ("en", "Which means —"),
        ("en", "Kisumu – yes."),
        ("en", "* * *"),
        ("en", "We agreed the following on lake levels:"),
        ("en", "| Lake | Level in metres |"),
        ("en", "Victoria | 1,135.2"),
        ("en", "Lake levels .......... 14"),
        ("en", "Amina Odhiambo, Principal Secretary for Water and Irrigation"),
        ("es", "Hambre cero: nuestro plan"),
        ("es", "¿El puerto? Claro."),
        ("fr", "Annexe B – Pêche et aquaculture"),
        ("ru", "Развитие портов и дорог"),
        ("zh", "湖泊水位：我们的计划"),
        ("zh", "好的。"),
        ("ur", "جھیلوں کی سطح: ہمارا منصوبہ"),
        ("ar", "خطة الموانئ"),
        ("hi", "झीलों का स्तर"),
        ("ko", "항만 개발 계획"),
    ],
)
def test_a_heading_a_place_a_name_or_a_row_is_a_fragment(language: str, text: str) -> None:
    assert fragment(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The port is open."),
        ("en", "“The port is open.”[12]"),
        ("en", "The port is open.¹"),
        ("en", "Nothing of the kind, and never again!"),
        ("en", "Lake levels. They rose by two metres in a year."),
        ("en", "Who pays for the new locks, if not the fishermen?"),
        ("en", "- twenty new patrol boats for the lake by 2030"),
        ("en", "to support the landing sites with cold stores and roads; and"),
        (
            "en",
            "The ministry will pay the fishermen of all nine landing sites for what the flood took",
        ),
        ("en", "| Victoria | The level rose by two metres. |"),
        ("fr", "Le port est ouvert !"),
        ("ru", "Порт открыт для судов."),
        ("zh", "港口开放了。"),
        ("ja", "港は開いています。"),
        ("ur", "بندرگاہ کھلی ہے۔"),
        ("ar", "الميناء مفتوح للسفن."),
        ("hi", "बंदरगाह खुला है।"),
        ("ko", "항만이 다시 열렸습니다."),
    ],
)
def test_a_sentence_an_item_and_a_long_line_say_something(language: str, text: str) -> None:
    assert not fragment(text, language)


def test_a_long_row_of_a_table_is_a_fragment_all_the_same() -> None:
    assert fragment(" | ".join(f"Landing site {number}" for number in range(60)), "en")


def test_of_a_long_text_only_the_number_of_terms_is_asked_for() -> None:
    assert not fragment("lake level rise water " * 20, "en")
