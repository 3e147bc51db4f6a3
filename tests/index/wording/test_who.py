"""Whom a question asks of: the name drawn in the question, and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.text.language import language_of
from index.wording.who import Asked, asked_of

ENGLISH = language_of("en")
_PIECES = "did |does |the |say |said |according to |Lin |,|?| |\n|what |'s view |by "
PIECES = _PIECES.split("|")


def drawn_in(drawn: str) -> tuple[str, str, int]:
    """Return the question, the name that brackets are drawn around, and where it begins."""
    start, stop = drawn.index("["), drawn.index("]") - 1
    question = drawn.replace("[", "").replace("]", "")
    return question, question[start:stop], start


@pytest.mark.parametrize(
    "drawn",
    [
        "What did the [ambassador] say about Gwadar?",
        "what has [Lin Wei] said about the road",
        "What does [Pakistan] think of it?",
        "Did Mr. [Lin] ever mention tea?",
        "how did the [Ministry of Ports] respond to the storm",
        "What are [Rahman]'s views on the levy?",
        "what’s [rahman]’s position on the levy",
        "According to the [ministry], is the road open?",
        "Is the road open according to [Nadia Rahman]?",
        "The [ambassador] said that the road is open",
        "[Rahman] told reporters what?",
        "any quote from [Nadia Rahman] on tea",
        "a statement by the [deputy minister] on tea pls",
        "What was said by [Rahman]?",
        "when did [rahman] first mention the levy",
        "WHAT DID THE [AMBASSADOR] SAY?",
        "what's [rahman] been saying about the levy",
        "what has the [minister] been saying about the levy",
        "[nadia rahman] views on the levy",
        "in [Rahman]'s own words, what is the levy",
        "the last time [rahman] spoke about the levy",
        "how did [rahman] answer on the levy",
    ],
)
def test_whom_the_record_knows_is_found_where_drawn(drawn: str) -> None:
    question, name, start = drawn_in(drawn)
    asked = asked_of(question, ENGLISH, lambda one: one.lower() in name.lower() and len(one) > 2)
    assert asked is not None
    assert asked.known
    assert asked.name == (start, start + len(name))
    assert asked.phrase[0] <= asked.name[0] < asked.name[1] <= asked.phrase[1]


@pytest.mark.parametrize(
    "drawn",
    [
        "What did [Zorba] say about Gwadar?",
        "did [olga zorba] comment on tea",
        "What does [Zorba] think of it?",
        "according to [Zorba], is the road open",
        "a quote by [Zorba] on tea",
    ],
)
def test_whom_the_record_does_not_know_is_asked_of_too(drawn: str) -> None:
    question, name, start = drawn_in(drawn)
    asked = asked_of(question, ENGLISH, lambda _: False)
    assert asked is not None
    assert not asked.known
    assert asked.name == (start, start + len(name))


@pytest.mark.parametrize(
    "question",
    [
        *("", "Is the road open?", "What about Gwadar?", "ambassador", "say", "Did say"),
        *("did  say", "What is the state of the port?", "according to", "¿Qué dijo?"),
        *("what did they say about tea", "What did everyone say?", "did anyone mention tea"),
        *("What did he do? Nobody can say.", "what was said about tea"),
        "Prime Minister, on the levy: is it too high?",
        "What did a man of a name that is far longer than any name or role that people bear say?",
    ],
)
def test_a_question_that_asks_of_nobody_names_nobody(question: str) -> None:
    known = ("Prime Minister", "Minister", "the")
    assert asked_of(question, ENGLISH, known.__contains__) is None


def test_a_name_that_may_be_the_subject_is_weak() -> None:
    asked = asked_of("Price on carbon", ENGLISH, "Price".__eq__)
    assert asked == Asked((0, 5), (0, 8), known=True, weak=True)
    assert asked_of("Price on carbon", ENGLISH, lambda _: False) is None


def test_a_date_between_the_words_is_passed_over() -> None:
    question = "what did Lin in May 2024 say"
    span = (question.index("in May"), question.index(" say"))
    asked = asked_of(question, ENGLISH, "Lin".__eq__, [span])
    assert asked is not None
    assert question[slice(*asked.name)] == "Lin"
    assert asked_of(question, ENGLISH, "Lin".__eq__) is None


@reaches(2)
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from(PIECES),
            max_size=20,
        ).map("".join),
    )
)
def test_whatever_is_found_is_a_slice_of_the_question(question: str) -> None:
    for knows in (lambda _: True, lambda _: False):
        if asked := asked_of(question, ENGLISH, knows):
            reached()
            assert 0 <= asked.phrase[0] <= asked.name[0] < asked.name[1] <= len(question)
            assert asked.name[1] <= asked.phrase[1] <= len(question)


@pytest.mark.parametrize(
    "piece", ["did ", "did the ", "according to ", "said ", "do a ", "the ", " ", "a", "did a b c "]
)
def test_the_time_grows_with_the_length_alone(piece: str) -> None:
    """Nothing to assert: a search that grew with the square would not end within a minute."""
    long = (piece * 100_000)[:100_000]
    for ending in ("", " say", " said", "?"):
        asked_of(long + ending, ENGLISH, lambda _: False)
        asked_of(f"say {long}{ending}", ENGLISH, lambda _: True)
