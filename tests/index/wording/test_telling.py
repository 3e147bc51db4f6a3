"""What is told at a glance holds back no question that has a phrase."""

from __future__ import annotations

import pytest

from index.wording.telling import Glance, TellingWords

PHRASES = [
    "what did [the minister|she] say",
    "(recent) remarks by",
    "'s newest",
    "follow-up questionnaire",
]
TELLING = TellingWords(PHRASES, "Latin", {"what", "did", "by"}, ["lately"])


def may_have(question: str, telling: TellingWords = TELLING) -> bool:
    return telling.may_be_in(Glance.at(question))


@pytest.mark.parametrize(
    "question",
    [
        "What DID she say?",
        "what did the minister say",
        "Remarks by her",
        "The port's newest",
        "A followup questionnaire",
        "And lately?",
        "Whát díd she say?",
        "What di'd she say?",
    ],
)
def test_a_question_that_has_a_phrase_may(question):
    """Also if it is written with other letters, or as one word."""
    assert may_have(question)


def test_one_that_lacks_a_word_of_each_phrase_has_none():
    """Whatever else it has: "say" alone is of no phrase, nor is "newest"."""
    for question in ("They say what they did", "Her remarks", "The newest port", "Did she say so?"):
        assert not may_have(question)


def test_of_a_script_whose_words_have_many_forms_nothing_is_told():
    assert may_have("nothing", TellingWords(["remarks"], "Arabic", ()))
