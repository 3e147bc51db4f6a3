"""The texts of the profile show questions that the record answers, and fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.strings import languages, strings_of
from bot.rendering.profile import description, short_description

SAY = strings_of()
EXAMPLES = ("What about the harbour?", "Coastal Railway", "Ferries in summer")


def test_the_description_ends_with_questions_each_on_a_line():
    assert description(SAY, EXAMPLES) == (
        f"{SAY.description}\n\nYou could ask:\n"
        "· What about the harbour?\n· What about Coastal Railway?\n· What about Ferries in summer?"
    )


def test_without_a_record_the_texts_stand_alone():
    for language in languages():
        say = strings_of(language)
        assert description(say, ()) == say.description
        assert short_description(say, ()) == say.short_description


def test_the_short_one_ends_with_the_first_question_that_fits():
    assert short_description(SAY, ("harbour " * 20, *EXAMPLES)) == (
        f"{SAY.short_description} For example: What about the harbour?"
    )


def test_a_question_that_does_not_fit_is_left_out_and_the_next_is_not():
    shown = description(SAY, ("word " * 100, *EXAMPLES))
    assert "word word" not in shown
    assert shown.endswith("· What about Ferries in summer?")


def test_a_question_in_latin_letters_leaves_an_urdu_text_in_order():
    """It is isolated, and its line begins with a mark of the text's direction."""
    shown = description(strings_of("ur"), EXAMPLES)
    assert shown.splitlines()[-1].startswith("\u200f· \u200f\u2068Ferries in summer\u2069 ")


@pytest.mark.parametrize("language", languages())
@given(examples=st.lists(st.text(max_size=300), max_size=5))
def test_whatever_is_on_record_the_texts_fit(language, examples):
    """Of characters beyond the first plane Telegram may count two."""
    say = strings_of(language)
    for text, longest in (
        (description(say, examples), 512),
        (short_description(say, examples), 120),
    ):
        assert len(text.encode("utf-16-le", "replace")) <= 2 * longest
        assert text.startswith(str(say.short_description)) or text.startswith(str(say.description))
