"""Whom a question asks about: the name drawn in the question, and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.question.asked_speaker import asked_about


@pytest.mark.parametrize(
    "drawn",
    [
        "What did the [ambassador] say about Gwadar?",
        "what has [Lin Wei] said about the road",
        "What does [Pakistan] think of it?",
        "Did Mr. [Lin] ever mention tea?",
        "When did the [Minister of Ports] announce the levy?",
        "How do [they] describe it?",
        "According to the [ministry], is the road open?",
        "Is the road open according to [Nadia Rahman]?",
        "The [ambassador] said that the road is open",
        "[Rahman] told reporters what?",
        "What has the [minister] announced, and has he said why?",
        "WHAT DID THE [AMBASSADOR] SAY?",
    ],
)
def test_the_name_is_found_where_it_is_drawn(drawn: str) -> None:
    question = drawn.replace("[", "").replace("]", "")
    span = asked_about(question)
    assert span is not None
    start, stop = span
    assert f"{question[:start]}[{question[start:stop]}]{question[stop:]}" == drawn


@pytest.mark.parametrize(
    "question",
    [
        *(
            "",
            "Is the road open?",
            "What about Gwadar?",
            "ambassador",
            "say",
            "Did say",
            "did  say",
        ),
        *(
            "What is the state of the port?",
            "according to",
            "¿Qué dijo?",
        ),
        "What did a man of a name that is far longer than any name or role that people bear say?",
        "What did he do? Nobody can say.",
    ],
)
def test_a_question_that_asks_about_no_speaker_names_none(question: str) -> None:
    assert asked_about(question) is None


@reaches(2)
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from(
                [
                    "did ",
                    "does ",
                    "the ",
                    "say ",
                    "said",
                    "according to ",
                    "Lin ",
                    ",",
                    "?",
                    " ",
                    "\n",
                ]
            ),
            max_size=20,
        ).map("".join),
    )
)
def test_whatever_is_found_is_a_slice_of_the_question(question: str) -> None:
    if span := asked_about(question):
        reached()
        start, stop = span
        assert 0 <= start < stop <= len(question)
        assert stop - start <= 60


@pytest.mark.parametrize(
    "piece", ["did ", "did the ", "according to ", "said ", "do a ", "the ", " ", "a", "did a b c "]
)
def test_the_time_grows_with_the_length_alone(piece: str) -> None:
    """Nothing to assert: a search that grew with the square would not end within a minute."""
    long = (piece * 100_000)[:100_000]
    for ending in ("", " say", " said", "?"):
        asked_about(long + ending)
        asked_about(f"say {long}{ending}")
