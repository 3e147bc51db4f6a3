"""The bot's own statement answers what is asked about the bot, and never anything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_statements import statement

from index import Index, Record, load_record
from index.model.own import ID
from index.text import about_bot

URDU = "یہ بوٹ سرکاری بیانات کے عین الفاظ حوالے کے ساتھ دیتا ہے۔"


@pytest.fixture(scope="module")
def bundled(project: Path) -> Index:
    return Index(load_record(project / "data"))


def first(index: Index, question: str) -> str:
    """Return the paragraph that answers *question*; empty if none does."""
    answer = index.ask(question)
    return answer.hits[0].paragraph.text if answer.answered else ""


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("who are you?", "is a bot that answers a question about official statements"),
        ("help", "is a bot that answers a question about official statements"),
        ("how does this work?", "BM25 ranking function"),
        ("do you keep my questions?", "Privacy: no question is stored"),
        ("can I trust you?", "A passage is never proof"),
        ("do you work in groups?", "In groups the bot is silent"),
        ("do you remember what I asked before?", "Each question stands alone"),
        ("are your quotes verbatim?", "A quote is verbatim"),
        ("what statements do you have?", "Statements are put on record by the person"),
        ("who made you?", "free software under the MIT licence"),
        ("你会保存我的问题吗？", "Privacy: no question is stored"),
        ("آپ کون ہیں؟", "is a bot that answers a question about official statements"),
        ("как это работает?", "BM25 ranking function"),
    ],
)
def test_a_question_about_the_bot_brings_what_its_statement_says_of_that(bundled, question, words):
    assert words in first(bundled, question)


@pytest.mark.parametrize(
    "question",
    [
        "privacy",
        "What about privacy?",
        "language model",
        "free software licence",
        "What was said about groups and channels?",
        "the person who asked",
        "Is silence a proof?",
        "Is there a bot army?",
        "official statements",
        "a network of networks",
        "the latest statement",
        "What does the MIT think?",
        "November 2026",
        "on:2026-11",
        "",
    ],
)
def test_a_question_about_anything_else_never_gets_it(bundled, question):
    """Neither as the answer nor as the nearest passage, nor as a suggestion."""
    answer = bundled.ask(question, 50)
    assert ID not in {hit.citation.statement for hit in answer.hits}
    assert ID not in {
        place for place, _ in bundled.paragraph_ids(bundled.rank(bundled.query(question)))
    }
    for suggested in answer.suggestions:
        assert ID not in {hit.citation.statement for hit in bundled.ask(suggested).hits}


@pytest.mark.parametrize(
    "question",
    [
        f"{ID}#4",
        f"in:{ID} privacy",
        'from:"On Record" BM25',
        '"no language model"',
        "Only what has been put on record can be found.",
    ],
)
def test_it_is_found_by_its_name_and_its_own_words(bundled, question):
    """What stands on record is never denied to who asks for it."""
    answer = bundled.ask(question)
    assert answer.answered
    assert answer.hits[0].citation.statement == ID


def test_it_is_not_counted_among_what_was_searched_for_something_else(bundled):
    """Its date is that of the program, and would make the record look newer than it is."""
    searched = bundled.ask("Who won the cricket world cup?").searched
    assert (searched.statements, searched.paragraphs) == (2, 41)
    assert searched.last is not None
    assert searched.last.year == 2025
    assert bundled.searched.statements == 3


def test_of_several_it_is_the_one_in_the_language_of_the_question():
    made = [
        statement(ID, ["The bot quotes.", "No question is stored with a name."]),
        statement(f"{ID}-ur", [URDU], language="ur"),
        statement("tea", ["Tea is grown on the hills of the valley."]),
    ]
    index = Index(Record.of(made))
    assert first(index, "آپ کون ہیں؟") == URDU
    assert first(index, "who are you") == "The bot quotes."
    assert first(index, "do you keep my questions") == "No question is stored with a name."
    assert first(index, "你是谁？") == "The bot quotes."
    assert first(index, "what about tea") == "Tea is grown on the hills of the valley."


def test_where_there_is_none_the_question_is_one_like_others():
    index = Index(Record.of([statement("speech", ["Who are you, the minister asked the hall."])]))
    assert first(index, "who are you the minister asked") != ""
    assert index.about_bot("who are you") == []
    assert not index.ask("do you keep my questions?").answered


def test_as_many_paragraphs_are_given_as_wanted(bundled):
    assert len(bundled.ask("who are you?", 3).hits) == 3
    hits = bundled.ask("do you keep my questions?", 50).hits
    assert len({hit.citation.paragraph for hit in hits}) == len(hits) == hits[0].citation.paragraphs


def test_it_is_not_the_newest_statement_of_the_record() -> None:
    """Of whatever day it is: neither told as that, nor the day from which years are told."""
    others = statement("harbour", ["The harbour opens.", "Tea grows in the hills."], day=6)
    own = statement(ID, ["This bot quotes.", "It cites."], day=20)
    index = Index(Record.of([others, own]))
    assert index.covered == Record.of([others]).coverage()
    assert index.searched == index.record.coverage() != index.covered
    answer = index.ask("harbour on 15 February")
    assert str(answer.understood.first) == "2024-02-15"


def test_what_tells_that_the_bot_is_meant_is_prepared_before_the_first_question(bundled):
    about_bot._patterns.cache_clear()
    bundled.prepare()
    compiled = about_bot._patterns.cache_info().currsize
    bundled.ask("who runs you?")
    assert about_bot._patterns.cache_info().currsize == compiled > 0
