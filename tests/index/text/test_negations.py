"""Words that deny: in the languages that have a list, and nowhere else."""

from __future__ import annotations

import pytest

from index.text.language import codes, language_of
from index.text.negations import negations


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("en", "We will not raise it.", ["not"]),
        ("en", "They don’t, and can't, and CANNOT.", ["don’t", "can't", "CANNOT"]),
        ("en", "They dont, didnt and wont.", ["dont", "didnt", "wont"]),
        ("en", "A knot, a note and a notion.", []),
        ("de", "Wir erhöhen die Abgabe nicht.", ["nicht"]),
        ("fr", "Nous n’augmenterons pas la taxe.", ["pas"]),
        ("es", "No subiremos el impuesto.", ["No"]),
        ("ru", "Мы не повысим налог.", ["не"]),
        ("ur", "ہم ٹیکس نہیں بڑھائیں گے", ["نہیں"]),
        ("hi", "हम कर नहीं बढ़ाएँगे", ["नहीं"]),
        ("ar", "لن نرفع الضريبة", ["لن"]),
        ("tr", "Bu doğru değil.", ["değil"]),
    ],
)
def test_the_words_that_deny(code: str, text: str, found: list[str]) -> None:
    words = language_of(code).negations
    assert words is not None
    assert [text[start:stop] for start, stop in words.spans(text)] == found


def test_a_language_without_a_list_has_none() -> None:
    assert language_of("xx").negations is None
    assert negations([]) is None
    assert sum(language_of(code).negations is not None for code in codes()) >= 25
