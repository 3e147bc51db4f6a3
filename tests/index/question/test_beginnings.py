"""A word that is still being typed finds the words on record that begin so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_statements import statement

from index import Index, Record
from index.postings.forms import Forms
from index.question.beginnings import Beginnings

INDEX = Index(
    Record.of(
        [
            statement(
                "valley",
                [
                    "Kashmir was discussed at length with the envoy.",
                    "The road to Kashgar opens in spring.",
                    "Kashmir sends apples to every market on the coast.",
                    "An isle is no island, says Islamabad.",
                ],
            ),
            statement("notes", ["The port is open.", "A portrait of the mayor was shown."], day=2),
            statement("urdu", ["کشمیر کے بارے میں بات ہوئی۔"], day=3, language="ur"),
            statement("chinese", ["双方讨论了克什米尔问题。"], day=4, language="zh"),
        ]
    )
)


def found(typed: str, *, unfinished: bool = True) -> list[str]:
    """Return the paragraphs that answer what is typed, each by its statement and number."""
    answer = INDEX.ask(typed, unfinished=unfinished)
    hits = answer.hits if answer.answered else ()
    return [f"{hit.citation.statement}#{hit.citation.paragraph}" for hit in hits]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("kashm", ["valley#1", "valley#3"]),
        ("Kashm", ["valley#1", "valley#3"]),
        ("kash", ["valley#1", "valley#2", "valley#3"]),
        ("what about kashg", ["valley#2"]),
        ("apples of kash", ["valley#1", "valley#2", "valley#3"]),
        ("from:rahman kashm", ["valley#1", "valley#3"]),
        ("کشم", ["urdu#1"]),
        ("克什米", ["chinese#1"]),
    ],
)
def test_the_last_word_may_be_a_beginning(typed, expected):
    assert sorted(found(typed)) == expected
    assert found(typed, unfinished=False) != found(typed) or typed == "克什米"


@pytest.mark.parametrize(
    "typed",
    [
        "port",
        "the port is",
        "kashmir",
        "kashmr",
        "kashm apples",
        "kash from:rahman",
        '"kash"',
        "kash?",
        "kas -road kash,",
        "ka",
        "what",
        "zebr",
        "",
        "?",
    ],
)
def test_what_is_finished_or_begins_no_word_is_read_as_ever(typed):
    """A word on record, a misspelt one, one with anything behind it, and one of two letters."""
    assert INDEX.ask(typed, unfinished=True) == INDEX.ask(typed)


def test_what_has_the_other_words_too_comes_first():
    assert found("apples of kash")[0] == "valley#3"
    assert found("road to kash")[0] == "valley#2"


def test_a_word_that_is_finished_is_not_made_longer():
    """The port is no portrait."""
    assert found("port") == ["notes#1"]
    assert sorted(found("por")) == ["notes#1", "notes#2"]


def test_a_beginning_is_completed_by_the_commonest_words_first():
    words = Beginnings(Forms.of({"kashmir": 9, "kashgar": 20, "cash": 50, "kash": 7, "kashé": 1}))
    assert words.completed("kash") == ["kashgar", "kashmir", "kashé"]
    assert words.completed("ka") == []
    assert words.completed("zebra") == []


@given(st.dictionaries(st.text(min_size=1), st.integers(1, 9)), st.text())
def test_a_completion_begins_so_and_is_on_record(words, typed):
    """None is left out unless eight others are as common."""
    completed = Beginnings(Forms.of(words)).completed(typed)
    longer = {one for one in words if one.startswith(typed) and one != typed}
    assert set(completed) <= longer
    if len(typed) >= 3:
        assert len(completed) == min(len(longer), 8)
        assert [words[one] for one in completed] == sorted(
            (words[one] for one in longer), reverse=True
        )[:8]
