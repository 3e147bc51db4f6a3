"""A newcomer is offered questions on the newest statements, which these answer."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest
from made_statements import statement

from index import Index, Kind, Record, Speaker, Statement, load_record
from index.first_questions import LONGEST, QUESTIONS

MINISTER = Speaker("Nadia Rahman", "Minister of Ports")
SHARED = Path(__file__).parents[3] / "shared"


def port(day: int, *texts: str, **known: object) -> Statement:
    """Return a statement of a day, about what is in its first text."""
    return statement(f"port-{day}", [*texts, "Nets dry in the sun."], day=day, **known)


def examples(*statements: Statement) -> tuple[str, ...]:
    return Index(Record.of(statements)).examples()


def answering(index: Index, question: str) -> Statement:
    """Return the statement whose passage is the first to answer *question*."""
    answer = index.ask(question)
    assert answer.answered, question
    found = answer.hits[0].citation.statement
    (one,) = [one for one in index.record.statements if one.id == found]
    return one


def test_each_is_of_another_of_the_newest_statements_newest_first():
    index = Index(
        Record.of(
            [
                port(1, "Work at Salt Quay goes on."),
                port(2, "Boats call at Green Island, and stay."),
                port(3, "He praised the Lantern Fund for it."),
                port(4, "She rode the Heron Line to work."),
            ]
        )
    )
    assert index.examples() == (
        "What did Nadia Rahman say about the Heron Line?",
        "Lantern Fund",
        "What did Nadia Rahman say about Green Island?",
    )
    assert [answering(index, one).id for one in index.examples()] == ["port-4", "port-3", "port-2"]


def test_of_a_brief_and_of_a_joint_statement_nobody_is_asked_for_words():
    """They are nobody's own."""
    for kind in (Kind.BRIEF, Kind.REPORT, Kind.JOINT_STATEMENT):
        assert examples(port(4, "She rode the Heron Line to work.", kind=kind)) == ("Heron Line",)


@pytest.mark.parametrize("name", ["Office of the Spokesperson", "Harbourmaster", "The Quay House"])
def test_what_is_no_person_is_not_asked_for_words(name):
    made = port(4, "She rode the Heron Line to work.", speakers=(Speaker(name),))
    assert examples(made) == ("Heron Line",)


def test_a_name_with_its_office_is_asked_for_without():
    made = port(4, "He saw Salt Quay.", speakers=(Speaker("Ned Moss, Department Spokesperson"),))
    assert examples(made) == ("What did Ned Moss say about Salt Quay?",)


def test_a_question_fits_its_button():
    made = port(4, "He saw Salt Quay.", speakers=(Speaker("Maximiliana " * 4 + "Mornay"),))
    assert examples(made) == ("Salt Quay",)
    assert len(b"Salt Quay") <= LONGEST


def test_in_chinese_and_urdu_it_is_asked_in_these_languages():
    chinese = statement(
        "zh",
        ["深水港明年开放。", "他谈到了深水港的建设。", "建设深水港，很好。", "渔船不走。"],
        speakers=(Speaker("李明"),),
        language="zh",
        title="发言人答问",
    )
    assert examples(chinese) == ("李明对深水港怎么说？",)
    urdu = statement(
        "ur",
        ["وزیر نے گوادر کا دورہ کیا۔", "گوادر پر کام جاری ہے۔", "کشتیاں لوٹ آئیں۔"],
        speakers=(Speaker("عائشہ نور"),),
        language="ur",
        title="خطاب",
    )
    assert examples(urdu)[0] == "عائشہ نور نے گوادر پر کیا کہا؟"


def test_the_bots_own_statement_is_not_asked_about_while_there_is_another():
    own = dataclasses.replace(
        port(28, "It searches the Heron Line of records.", title="What the bot does"),
        id="about-on-record",
        date=datetime.date(2026, 11, 23),
    )
    offered = examples(own, port(2, "He saw Salt Quay."))
    assert offered == ("What did Nadia Rahman say about Salt Quay?",)


def test_an_empty_record_and_one_without_names_offer_none():
    assert examples() == ()
    assert examples(statement("a", ["yes."])) == ()


def test_of_a_single_statement_there_are_several():
    texts = ["He saw Salt Quay.", "He saw Green Island.", "He saw the Lantern Fund."]
    assert len(examples(statement("a", texts))) == QUESTIONS


@pytest.mark.parametrize("name", ["us_state", "us_wh", "au_pm", "cn_mfa", "uk_written"])
@pytest.mark.slow
def test_on_real_statements_each_question_is_answered_by_one_of_the_newest(tmp_path, name):
    file = SHARED / "statements" / f"{name}.jsonl"
    if not file.exists():
        pytest.skip("the shared statements are not on this machine")
    (tmp_path / "statements").mkdir()
    (tmp_path / "statements" / file.name).symlink_to(file)
    index = Index(load_record(tmp_path))
    offered = index.examples()
    assert len(offered) == QUESTIONS
    newest = [one.id for one in index.record.statements[:24]]
    assert len({answering(index, one).id for one in offered}) == QUESTIONS
    assert all(answering(index, one).id in newest for one in offered)
    assert all(len(one.encode()) <= LONGEST for one in offered)
