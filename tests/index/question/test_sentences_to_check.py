"""Texts with a question about them: which sentences are checked, and which texts are none."""

from __future__ import annotations

import pytest
from made_statements import statement

from index.model.record import Record
from index.question.sentences_to_check import (
    LONGEST,
    MOST_CHARACTERS,
    MOST_SENTENCES,
    sentences_to_check,
)
from index.search import Index

FERRY = "The harbour board will pay the ferry company a subsidy of 40,000 crowns."
OTHERS = [f"The {one} of valley number {one * 7} is under review." for one in range(100)]
FAIR = "A fair on the meadow drew great crowds, and every baker sold out by noon."
REPORT = "The board will pay the ferry company a subsidy, an official says."


def words_beyond_three(sentence: str) -> int:
    return max(0, len(sentence.split()) - 3)


def checked(words: str) -> tuple[str, ...]:
    return sentences_to_check(words, lambda _: "en", words_beyond_three)


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("Tea is cheap. Rice is not. Is this right?", ("Tea is cheap.", "Rice is not.")),
        ("Is this right? Tea is cheap.", ("Tea is cheap.",)),
        ("Is this right? Tea is cheap. Is it really?", ("Tea is cheap.",)),
        # Its question asks for more than whether it is right.
        ("Tea is cheap. Why does rice cost so much more now?", ()),
        ("Tea is cheap. Rice is not.", ()),
        ("Is this right?", ()),
        ("Is it? Is it? Is it? Tea is cheap.", ()),
        ("Tea \ud800 is cheap. Is this right?", ("Tea \ud800 is cheap.",)),
        ("", ()),
    ],
)
def test_a_text_is_checked_if_all_it_asks_is_about_itself(
    words: str, sentences: tuple[str, ...]
) -> None:
    assert checked(words) == sentences


def test_a_long_text_is_checked_by_the_first_sentences_that_fit() -> None:
    long = f"{'Tea ' * (MOST_CHARACTERS // 4)}is cheap."
    many = [f"Tea number {number} is cheap." for number in range(2 * MOST_SENTENCES)]
    found = checked(f"{long} {' '.join(many)} Is this right?")
    assert found == tuple(many[:MOST_SENTENCES])


def test_of_a_very_long_text_the_beginning_and_the_end_are_read() -> None:
    text = f"Tea is cheap. {'Rice is not. ' * LONGEST}"
    assert checked(f"{text} Is this right?")[0] == "Tea is cheap."
    assert checked(f"{text} Why does rice cost so much more now?") == ()
    assert checked(f"{text} Is this right? And so on, for ever and ever and ever, as it was.") != ()


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(Record.of([statement("ferry", [FERRY, *OTHERS])]))


def test_a_pasted_text_is_judged_by_the_sentence_that_is_on_record(index: Index) -> None:
    """And the answer says which one it was."""
    pasted = f"{FAIR} {REPORT} Rain is forecast for the whole of next week. Is this right?"
    answer = index.ask(pasted)
    assert answer.answered
    assert answer.hits[0].paragraph.text == FERRY
    assert answer.interpretation.judged == REPORT
    assert index.explain(pasted).query.interpretation.judged == REPORT


def test_a_pasted_text_of_another_subject_is_refused_as_a_whole(index: Index) -> None:
    answer = index.ask(f"{FAIR} Rain is forecast for the whole of next week. Is this right?")
    assert not answer.answered
    assert answer.interpretation.judged == ""


def test_a_filter_holds_for_each_sentence(index: Index) -> None:
    answer = index.ask(f"{FAIR} {REPORT} Is this right? in:nowhere")
    assert not answer.answered


def test_a_question_is_judged_as_a_whole(index: Index) -> None:
    answer = index.ask(f"{FAIR} Will the harbour board pay the ferry company a subsidy?")
    assert answer.interpretation.judged == ""


def test_a_sentence_needs_as_much_as_the_whole_text_would(index: Index) -> None:
    """Of many sentences one is like something on record by chance."""
    answer = index.ask(f"{FAIR} {REPORT} Is this right?")
    judged = index.explain(f"{FAIR} {REPORT} Is this right?")
    alone = index.explain(REPORT)
    assert answer.interpretation.judged == REPORT
    assert judged.threshold > alone.threshold
