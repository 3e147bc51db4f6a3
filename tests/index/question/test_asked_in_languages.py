"""Questions as they are typed in seven languages: of whom, of when and in which order they ask."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.model.record import Record
from index.model.statement import Paragraph, Speaker, Statement
from index.search import Index

#: A Monday.
TODAY = datetime.date(2025, 3, 10)
ASKED: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("asked_in_languages.yaml").read_text("utf-8")
)


def statements_of(code: str) -> list[Statement]:
    """Return the three statements of the record in the language *code*."""
    made: list[Statement] = []
    for heading, texts in ASKED[code]["said"].items():
        key, day = heading.split()
        speaker = Speaker(*ASKED[code]["speakers"][key])
        made.append(
            Statement(
                id=f"{code}-{key}",
                title=code,
                date=datetime.date.fromisoformat(day),
                speakers=(speaker,),
                language=code,
                paragraphs=tuple(
                    Paragraph(number, text, speaker) for number, text in enumerate(texts, 1)
                ),
            )
        )
    return made


@cache
def index_of(code: str) -> Index:
    return Index(Record.of(statements_of(code)))


def understood(code: str, question: str) -> str:
    """Return what is understood of *question*, as the lists write it."""
    what = index_of(code).ask(question, 3, TODAY).understood
    keys = {name: key for key, (name, _) in ASKED[code]["speakers"].items()}
    who = " ".join(keys.get(name, name) for name in what.speakers) or "-"
    days = [str(day) if day else "" for day in (what.first, what.last)]
    when = days[0] if days[0] == days[1] else "/".join(days)
    return " | ".join((who, when or "-", what.order.value if what.order else "-"))


QUESTIONS = [
    tuple(part.strip() for part in (code, *line.split(" | ", 1)))
    for code in ASKED
    for line in ASKED[code]["asked"].splitlines()
]


@pytest.mark.parametrize(("code", "question", "expected"), QUESTIONS)
def test_of_whom_of_when_and_in_which_order_is_understood(
    code: str, question: str, expected: str
) -> None:
    assert understood(code, question) == expected


@pytest.mark.parametrize(
    ("code", "question", "expected"), [one for one in QUESTIONS if " | - | -" in one[2]]
)
def test_no_others_words_are_the_answer(code: str, question: str, expected: str) -> None:
    """An answer, if there is one, is by whom the question asks of."""
    answer = index_of(code).ask(question, 3, TODAY)
    names = {key: name for key, (name, _) in ASKED[code]["speakers"].items()}
    asked = expected.split(" | ", maxsplit=1)[0]
    if asked in names:
        assert answer.answered
        assert {hit.citation.speaker for hit in answer.hits} == {names[asked]}
    elif asked != "-":
        assert not answer.answered
