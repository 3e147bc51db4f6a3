"""What stands on record is found, however it is written, and nothing else is taken for it."""

from __future__ import annotations

import datetime

import pytest
import regex
from made_statements import statement

from index.model.answer import Answer
from index.model.record import Record
from index.search import Index

TODAY = datetime.date(2025, 3, 10)
#: Other paragraphs, so that a word is rare enough to be weighed.
OTHERS = (
    *("Tea was served at noon.", "Rice is scarce this season.", "Schools reopen after harvest."),
    *("A ferry sails on Sundays.", "The harvest of saffron was good.", "Lamps light the quay."),
    *("Nets dry on the beach.", "The museum has a new roof.", "Glass is made in the valley."),
)


def record(*texts: str, language: str = "en", **of_others: str) -> Index:
    """Return the index of *texts* in a *language*, beside others: in English, and as given."""
    made = [statement("a", list(texts), language=language), statement("others", list(OTHERS))]
    made += [statement(code, [text], language=code) for code, text in of_others.items()]
    return Index(Record.of(made))


def ask(index: Index, question: str) -> Answer:
    return index.ask(question, 5, TODAY)


def first(index: Index, question: str) -> str:
    """Return the text that answers *question* first; empty if none does."""
    answer = ask(index, question)
    return answer.hits[0].paragraph.text if answer.answered else ""


# Records of several languages

#: A statement in each language, beside one of nine paragraphs in a commoner language of its script.
SMALLER = {
    "es": "El gobierno construirá viviendas sociales y firmará convenios colectivos.",
    "de": "Die Bundesregierung erhöht die Löhne der Lehrerinnen in allen Gemeinden.",
    "fr": "Les négociations commerciales reprendront après les élections municipales.",
    "pt": "As exportações brasileiras cresceram nos mercados asiáticos.",
    "tr": "Hükümet öğretmenlerin maaşlarını artırdı ve limanları genişletti.",
    "id": "Pemerintah membangun pelabuhan dan menaikkan gaji para nelayan.",
}
CYRILLIC = ("Вчителі отримають надбавку.", "Міст відкрили навесні.", "Лікарні чекають на ліки.")
ARABIC = ("أكد الوزير أن الميناء سيفتح.", "ناقش المجلس ميزانية التعليم.", "وصل الوفد مساء.")


@pytest.mark.parametrize("language", SMALLER)
def test_each_word_of_a_smaller_language_is_found(language: str) -> None:
    """By itself it tells nothing of its language, and English would stem it otherwise."""
    text = SMALLER[language]
    index = Index(
        Record.of([statement("others", list(OTHERS)), statement("a", [text], language=language)])
    )
    words = regex.findall(r"\w{5,}", text)
    assert [word for word in words if first(index, word) != text] == []
    assert [word for word in words if first(index, f'"{word}"') != text] == []


@pytest.mark.parametrize(
    ("larger", "texts", "language", "text", "question"),
    [
        ("uk", CYRILLIC, "ru", "Порты расширяются каждый год.", "порты"),
        ("uk", CYRILLIC, "ru", "Порты расширяются каждый год.", "порт"),
        ("uk", CYRILLIC, "bg", "Пристанищата се разширяват.", "пристанищата"),
        ("ar", ARABIC, "ur", "وزیر خارجہ نے بیان دیا۔", '"وزیر خارجہ"'),
        ("ar", ARABIC, "ur", "سیلاب متاثرین کو امداد ملی۔", "متاثرین"),
        ("ar", ARABIC, "fa", "وزیران درباره بندرها گفتگو کردند.", "بندرها"),
        ("ru", CYRILLIC, "uk", "Мости відкриють восени.", "мости"),
    ],
)
def test_so_it_is_in_every_script(
    larger: str, texts: tuple[str, ...], language: str, text: str, question: str
) -> None:
    made = [statement("others", list(texts), language=larger)]
    index = Index(Record.of([*made, statement("a", [text], language=language)]))
    assert first(index, question) == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("¿Qué hará el gobierno con las viviendas?", SMALLER["es"]),
        ("vivienda social", SMALLER["es"]),
        ("Was tut die Regierung für Lehrerin und Gemeinde?", SMALLER["de"]),
        ("Lehrerinnen viviendas", SMALLER["de"]),
        ("Which museum has a roof?", OTHERS[7]),
        ("schools", OTHERS[2]),
    ],
)
def test_other_forms_of_a_word_are_found_in_each_language(question: str, text: str) -> None:
    made = [statement("others", list(OTHERS))]
    made += [statement(code, [one], language=code) for code, one in SMALLER.items()]
    assert first(Index(Record.of(made)), question) == text


def test_synonyms_hold_in_each_language() -> None:
    made = [statement("others", list(OTHERS)), statement("a", [SMALLER["es"]], language="es")]
    index = Index(Record.of(made, synonyms=(("flats", "viviendas"),)))
    assert first(index, "flats") == SMALLER["es"]
