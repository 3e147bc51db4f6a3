"""The object that other programs read: its keys and types are a promise."""

from __future__ import annotations

import dataclasses
import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_statements import statement

from bot.terminal.json_output import answer_object
from index import Answer, Attribution, Coverage, Index, Order, Record, Understood


def read(answer: Answer, milliseconds: float = 1.5) -> dict[str, Any]:
    """Return the object as another program would read it."""
    made: dict[str, Any] = json.loads(json.dumps(answer_object(answer, milliseconds)))
    return made


def of_type(value: object) -> object:
    """Return the form of a JSON value: its type, or the forms of its members."""
    if isinstance(value, dict):
        return {key: of_type(one) for key, one in value.items()}
    if isinstance(value, list):
        return [of_type(one) for one in value[:1]]
    return type(value)


SEARCHED = {"statements": int, "paragraphs": int, "from": str, "to": str}
HIT = {
    "statement": str,
    "paragraph": int,
    "reference": str,
    "score": float,
    "text": str,
    "sentence": [int],
    "highlights": [[int]],
    "citation": {
        "title": str,
        "date": str,
        "kind": str,
        "speaker": str,
        "role": str,
        "publisher": str,
        "url": str,
    },
    "words": str,
    "voices": [[int]],
    "limits": [],
}


#: Of a question that narrows nothing.
UNDERSTOOD = {"speakers": [], "from": type(None), "to": type(None), "order": type(None)}


def test_what_was_understood_is_told(index):
    understood = read(index.ask("latest by the minister on ships since 2024"))["understood"]
    assert understood == {
        "speakers": ["Nadia Rahman"],
        "from": "2024-01-01",
        "to": None,
        "order": "newest",
    }


def test_an_answer_has_exactly_these_keys_and_types(index):
    assert of_type(read(index.ask("container ships"))) == {
        "question": str,
        "answered": bool,
        "searched": SEARCHED,
        "hits": [HIT],
        "understood": UNDERSTOOD,
        "suggestions": [],
        "ms": float,
    }


def test_a_refusal_has_the_same_keys_and_gives_the_nearest_and_suggestions(index):
    refusal = read(index.ask("Which summer musicals and operas sold out?"))
    assert refusal["answered"] is False
    assert of_type(refusal["hits"]) == [HIT]
    assert refusal["suggestions"] == ["summer", "Coastal Railway Programme"]


def test_an_answer_says_what_the_record_says(index):
    answer = read(index.ask("When does the harbour open to container ships?"))
    hit = answer["hits"][0]
    assert answer["question"] == "When does the harbour open to container ships?"
    assert answer["searched"] == {
        "statements": 4,
        "paragraphs": 9,
        "from": "2025-02-02",
        "to": "2025-02-24",
    }
    text = index.record.statements[0].paragraphs[0].text
    assert (hit["statement"], hit["paragraph"], hit["text"]) == ("harbour", 1, text)
    assert text[slice(*hit["sentence"])] == (
        "The deep-water harbour opens to container ships in March."
    )
    spoken = {text[start:stop] for start, stop in hit["highlights"]}
    assert {"harbour", "container", "ships"} <= spoken
    assert hit["citation"] == {
        "title": "Remarks on harbour",
        "date": "2025-02-24",
        "kind": "remarks",
        "speaker": "Nadia Rahman",
        "role": "Minister of Ports",
        "publisher": "Ports Gazette",
        "url": "https://ports.example.org/remarks?a=1&b=2",
    }
    assert hit["words"] == "direct"
    assert hit["words"] in set(Attribution)
    assert index.look_up(hit["reference"])[0].paragraph.text == text


def test_what_is_not_known_is_null_or_empty():
    made = Index(Record.of([statement("a", ["Ferries sail."])]))
    undated = Answer(
        question="x",
        answered=False,
        hits=(),
        searched=Coverage(statements=1, paragraphs=1, first=None, last=None),
        on_record=Coverage(statements=1, paragraphs=1, first=None, last=None),
    )
    assert read(undated)["searched"]["from"] is None
    assert read(undated)["searched"]["to"] is None
    citation = read(made.ask("ferries"))["hits"][0]["citation"]
    assert (citation["publisher"], citation["url"]) == ("", "")


@pytest.mark.parametrize(("milliseconds", "ms"), [(0.0, 0.0), (1.23456, 1.235)])
def test_times_are_in_milliseconds(milliseconds, ms):
    assert (
        read(
            Answer(
                question="x",
                answered=False,
                hits=(),
                searched=Coverage(statements=0, paragraphs=0, first=None, last=None),
                on_record=Coverage(statements=0, paragraphs=0, first=None, last=None),
            ),
            milliseconds,
        )["ms"]
        == ms
    )


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_question_comes_back_as_it_was_asked(question):
    assert (
        read(
            Answer(
                question=question,
                answered=False,
                hits=(),
                searched=Coverage(statements=0, paragraphs=0, first=None, last=None),
                on_record=Coverage(statements=0, paragraphs=0, first=None, last=None),
            )
        )["question"]
        == question
    )


def test_what_was_understood_is_told_with_its_days_and_order(index):
    understood = Understood(
        speakers=("Nadia Rahman",), first=datetime.date(2024, 1, 1), order=Order.OLDEST
    )
    answer = dataclasses.replace(index.ask("container ships"), understood=understood)
    assert read(answer)["understood"] == {
        "speakers": ["Nadia Rahman"],
        "from": "2024-01-01",
        "to": None,
        "order": "oldest",
    }
