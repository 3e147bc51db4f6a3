"""The forms of a name are of one word; other words are not."""

from __future__ import annotations

import pytest

from index.question.inflected import Inflected
from index.text.folding import fold

NAMES = Inflected(map(fold, ["Соколов", "Белова", "Чайковский", "министр", "سفير", "Lin", "王毅"]))


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("Соколова", "Соколов"),
        ("Соколовым", "Соколов"),
        ("Беловой", "Белова"),
        ("Чайковскому", "Чайковский"),
        ("министра", "министр"),
        ("السفير", "سفير"),
        ("للسفير", "سفير"),
        ("والسفير", "سفير"),
    ],
)
def test_a_form_finds_the_word_of_the_name(form: str, word: str) -> None:
    assert NAMES.find(fold(form)) == fold(word)


@pytest.mark.parametrize("form", ["Соколенко", "Белка", "سفر", "Linen", "王毅外长", "", "!"])
def test_another_word_is_itself(form: str) -> None:
    assert NAMES.find(fold(form)) == fold(form)
