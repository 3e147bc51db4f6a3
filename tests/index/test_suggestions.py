"""What is suggested after a refusal comes of the question first, and is always answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_statements import statement

from index import Index, Record
from index.suggestions import SUGGESTIONS
from index.text.suggested_names import names_in, recurring_names

#: A port's record: the names of the newest statements recur in them.
PORT = Index(
    Record.of(
        [
            statement(
                f"port-{day}",
                [
                    f"Work at Salt Quay and on the Lantern Fund goes on, week {day}.",
                    f"Boats of the Heron Line call at Green Island, week {day}.",
                    "Cranes lift grain." if day == 3 else "Nets dry in the sun.",
                    "The tide tables are printed each spring." if day == 4 else "Ropes are new.",
                ],
                day=day,
            )
            for day in range(1, 5)
        ]
    )
)


def suggested(question: str, index: Index = PORT) -> tuple[str, ...]:
    answer = index.ask(question)
    assert not answer.answered, answer.hits[0].paragraph.text
    return answer.suggestions


def test_what_the_question_has_of_the_record_comes_first():
    """As it was typed, words that stand side by side on record as one; then names of the newest."""
    tide, *others = suggested("Did parliament vote on tide tables for cryptocurrency traders?")
    assert tide == "tide tables"
    assert others
    assert set(others) <= {"Salt Quay", "Lantern Fund", "Heron Line", "Green Island"}


def test_names_of_the_question_come_before_its_other_words():
    question = "Will taxation of cryptocurrency spoil the spring for Heron breeders in Bhutan?"
    assert suggested(question)[:2] == ("Heron", "spring")


def test_a_name_typed_in_small_letters_is_known_by_how_the_record_writes_it():
    """And comes before longer words; another short word is not suggested by itself."""
    assert suggested("will heron breeders tax bitcoin in the sun near printed bhutan")[:2] == (
        "heron",
        "printed",
    )


def test_of_a_script_without_spaces_whole_words_are_suggested():
    texts = ["我们的首相今天访问北京。", "首相谈到计划。", "日本的计划。"]
    index = Index(Record.of([statement("visit", texts, language="zh")]))
    assert suggested("首相明年谈比特币火星税吗？", index)[0] == "首相"


def test_words_that_stand_in_very_many_paragraphs_are_looked_up_one_by_one(monkeypatch):
    """The rarest that stand side by side come first, until too many were looked at."""
    question = "Did parliament vote on tide tables and Salt Quay for cryptocurrency traders?"
    assert suggested(question)[:2] == ("Salt Quay", "tide tables")
    monkeypatch.setattr("index.suggestions._SHARE_LOOKED_UP", 0)
    monkeypatch.setattr("index.suggestions._MOST_LOOKED_UP", 1)
    assert suggested(question)[:2] == ("Salt", "Quay")
    assert suggested(question.replace("Salt Quay", "frogs"))[0] == "tide tables"
    monkeypatch.setattr("index.suggestions._MOST_LOOKED_UP", 0)
    assert suggested(question.replace("Salt Quay", "frogs"))[0] == "tables"


def test_words_that_stand_apart_on_record_are_suggested_apart():
    assert "cranes ropes" not in suggested("cranes ropes cryptocurrency taxation parliament")


def test_there_is_always_a_way_to_something_else():
    """However much of the question is on record, one suggestion is of the newest statements."""
    own = suggested("Do cranes, ropes and printed nets tax parliament, Bhutan and bitcoin?")
    assert len(own) == SUGGESTIONS
    assert own[-1] in {"Salt Quay", "Lantern Fund", "Heron Line", "Green Island"}


def test_who_asks_about_something_else_is_not_shown_the_same_names():
    questions = [f"What about bitcoin in {place}?" for place in ("Peru", "Oslo", "Bonn", "Lyon")]
    assert len({suggested(one) for one in questions}) > 1
    for question in questions:
        assert suggested(question) == suggested(question)


def test_what_was_read_as_a_date_or_an_operator_is_not_suggested():
    for one in suggested("from:nobody in:nothing cryptocurrency taxation on:2019-05-06"):
        assert "nobody" not in one
        assert "2019" not in one


@given(st.text(max_size=60))
def test_whatever_is_asked_each_suggestion_is_answered(question):
    answer = PORT.ask(question)
    assert len(answer.suggestions) <= SUGGESTIONS
    assert all(PORT.ask(one).answered for one in answer.suggestions)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He met Secretary of State Antony J. Brook there.", ()),
        ("the new Supply Chain Ministerial Forum July meeting", ()),
        (
            "at the University of Karachi, and at Gwadar Port.",
            ("University of Karachi", "Gwadar Port"),
        ),
        ("Gwadar Port is new. The Lantern Fund is too.", ("Lantern Fund",)),
    ],
)
def test_no_part_of_a_longer_name_is_taken_for_a_name(text, names):
    assert names_in(text) == names


def test_a_name_that_nearly_every_text_has_says_too_little():
    texts = ["We thank the Union Council."] * 40 + ["It met at Salt Quay."] * 3
    assert recurring_names(texts) == ["Salt Quay"]
