"""Statements in JSON lines: every mistake with its line and repair; the other lines are read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.files.json_lines import read_json_lines
from index.model.errors import Problem
from index.model.statement import Kind, Role, Speaker, Statement

HERE = Path("statements/all.jsonl")


def line(**stated: Any) -> str:
    """Return a line that is whole but for what is *stated*; ``...`` leaves a field out."""
    whole = {"id": "one", "title": "A visit", "speakers": ["Ayesha Noor"], "paragraphs": ["Yes."]}
    return json.dumps({key: value for key, value in (whole | stated).items() if value is not ...})


def read(text: str) -> tuple[list[Statement], list[Problem]]:
    found = list(read_json_lines(text, HERE))
    told = [problem for _, problems in found for problem in problems]
    assert all(problem.path == HERE and problem.repair for problem in told)
    return [one for one, _ in found if one], told


def test_a_whole_line_is_read() -> None:
    paragraphs = [
        "The road\nis open. ",
        {"text": "And the port?", "role": "question", "speaker": "A reporter"},
        {"text": "It is.", "role": "answer", "speaker": "Martin Lee"},
        {"text": "So it is.", "role": None, "speaker": None},
    ]
    speakers = ["Ayesha Noor", {"name": "Martin Lee", "role": "Minister"}]
    written = line(kind="interview", date="2025-02-06", speakers=speakers, paragraphs=paragraphs)
    (statement,), problems = read(written)
    assert problems == []
    assert (statement.id, statement.kind) == ("one", Kind.INTERVIEW)
    assert [(p.number, p.text, p.speaker, p.role) for p in statement.paragraphs] == [
        (1, "The road is open.", Speaker("Ayesha Noor"), None),
        (2, "And the port?", Speaker("A reporter"), Role.QUESTION),
        (3, "It is.", Speaker("Martin Lee", "Minister"), Role.ANSWER),
        (4, "So it is.", Speaker("Ayesha Noor"), None),
    ]


PARAGRAPH = "Write “paragraphs”: a list of texts"


@pytest.mark.parametrize(
    ("written", "what", "fragment", "repair"),
    [
        ("{", "this line is not JSON", "“{”", "one whole JSON object"),
        ('{"id": "one",}', "this line is not JSON", "one", "one whole JSON object"),
        ("[" * 100_000, "this line is not JSON", "[[[", "one whole JSON object"),
        (
            '{"title": ' + "9" * 5000 + "}",
            "this line is not JSON",
            "title",
            "one whole JSON object",
        ),
        ('["one"]', "this line is not an object", "one", "Write {“id”"),
        ("5", "this line is not an object", "“5”", "Write {“id”"),
        (
            '{"id": "one", "title": "T", "title": "U"}',
            "this line is not JSON (“title” is given twice)",
            "title",
            "one whole JSON object",
        ),
        (
            '{"id": "one", "paragraphs": [{"text": "a", "text": "b"}]}',
            "this line is not JSON (“text” is given twice)",
            "paragraphs",
            "one whole JSON object",
        ),
        (line(title=True), "one: this should be plain text", "True", "Write one line."),
        (line(publisher=1.5), "one: this should be plain text", "1.5", "Write one line."),
        (line(id=...), "an id has letters", "", "Rename it"),
        (line(id="../x"), "an id has letters", "../x", "Rename it"),
        (line(title=...), "one: title is missing", "", "title:"),
        (line(speakers=...), "one: speakers is missing", "", "speakers:"),
        (line(date="2025-02-30"), "one: there is no such day", "2025-02-30", "Correct it."),
        (line(titel="x"), "one: this is not a field", "titel", "Did you mean “title”?"),
        (line(paragraphs=...), "one: there are no paragraphs", "", PARAGRAPH),
        (line(paragraphs=[]), "one: there are no paragraphs", "", PARAGRAPH),
        (line(paragraphs="Yes."), "one: there are no paragraphs", "", PARAGRAPH),
        (line(paragraphs=["Yes.", 5]), "one: paragraph 2 has no text", "5", PARAGRAPH),
        (line(paragraphs=[{"role": "answer"}]), "one: paragraph 1 has no text", "role", PARAGRAPH),
        (line(paragraphs=[" \n"]), "one: paragraph 1 is empty", "", PARAGRAPH),
        (line(paragraphs=["\x1c"]), "one: paragraph 1 is empty", "", PARAGRAPH),
        (
            line(paragraphs=[{"text": "Yes.", "txt": "No."}]),
            "one: paragraph 1 has a field that paragraphs do not have, “txt”",
            "txt",
            PARAGRAPH,
        ),
        (
            line(paragraphs=[{"text": "Yes.", "role": "moderator"}]),
            "one: paragraph 1 has a role that is neither question nor answer, “moderator”",
            "moderator",
            PARAGRAPH,
        ),
        (
            line(paragraphs=["half \ud800"]),
            "one: paragraph 1 has half a character",
            "ud800",
            PARAGRAPH,
        ),
        (
            line(paragraphs=["The\troad"]),
            "Telegram would change a tab",
            "The\\x{9}road",
            "Put a space",
        ),
        *(
            (
                line(paragraphs=[{"text": "Yes.", "speaker": name}]),
                "one: paragraph 1 has a speaker that is not a name",
                "speaker",
                PARAGRAPH,
            )
            for name in ("", " ", 5, ["Lee"], "Martin\nLee", "Martin\tLee", "\ud800", "x" * 1001)
        ),
    ],
)
def test_a_mistake_is_reported_and_the_other_lines_are_read(
    written: str, what: str, fragment: str, repair: str
) -> None:
    text = "\n".join([line(id="before"), "", written, line(id="after"), ""])
    statements, problems = read(text)
    assert [statement.id for statement in statements] == ["before", "after"]
    (problem,) = problems
    assert (problem.path, problem.line, problem.warning) == (HERE, 3, False)
    assert what in problem.what
    assert fragment in problem.fragment
    assert repair in problem.repair


@pytest.mark.parametrize("depth", [5, 100, 900, *range(950, 1000), 5000])
@pytest.mark.parametrize(
    "written",
    [
        '{"id": "one", "title": %s, "speakers": ["A"], "paragraphs": ["x"]}',
        '{"id": "one", "title": "T", "speakers": {"name": %s}, "paragraphs": ["x"]}',
        '{"id": "one", "title": "T", "speakers": ["A"], "paragraphs": [%s]}',
    ],
)
def test_a_line_nested_deeply_is_reported_and_the_other_lines_are_read(
    written: str, depth: int
) -> None:
    """Python's own limit on nesting may be met while reading the line, or while telling of it."""
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        nested = opening * depth + "1" + closing * depth
        statements, problems = read(f"{written % nested}\n{line(id='after')}")
        assert [statement.id for statement in statements] == ["after"]
        assert len(problems) == 1


def test_every_mistake_of_a_line_is_reported_at_once() -> None:
    written = line(id="a b", title=..., date="soon", paragraphs=["", "The\troad", "Yes."])
    _, problems = read(written)
    assert len(problems) == 5


def test_a_set_that_is_only_measured_needs_no_speakers_and_no_faithful_texts() -> None:
    written = line(speakers=..., paragraphs=["The\troad"])
    ((statement, problems),) = read_json_lines(written, HERE, attributed=False)
    assert problems == []
    assert statement is not None
    assert statement.paragraphs[0].text == "The\troad"


STRINGS = st.text("abc é\ud800\t", max_size=6)
#: Paragraphs as a line may have them, some of them wrong.
PARAGRAPHS = st.lists(
    st.just("Yes.")
    | STRINGS
    | st.fixed_dictionaries(
        {"text": st.just("Yes.") | STRINGS},
        optional={
            "role": st.sampled_from(["question", "answer", "x", None]),
            "speaker": st.just("B") | STRINGS,
        },
    ),
    min_size=1,
    max_size=4,
)


@reaches(5)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["id", "title", "speakers", "paragraphs", "text", "role", "speaker"]
                ),
                inner,
                max_size=7,
            )
        ),
        max_leaves=12,
    )
    | PARAGRAPHS
)
def test_any_line_is_read_or_reported(value: object) -> None:
    for one in (value, {"id": "one", "title": "T", "speakers": ["A"], "paragraphs": value}):
        ((statement, problems),) = read_json_lines(json.dumps(one), HERE)
        if statement is not None:
            reached()
        assert (statement is None) == any(not problem.warning for problem in problems)


def test_headings_stand_among_paragraphs_and_are_not_numbered() -> None:
    """A paragraph that begins with two marks needs no escape here."""
    paragraphs = ["One.", {"heading": " Trade\nand transport "}, "## Two.", {"text": "Three."}]
    (statement,), problems = read(line(paragraphs=paragraphs))
    assert problems == []
    assert [(p.number, p.text, p.section) for p in statement.paragraphs] == [
        (1, "One.", ""),
        (2, "## Two.", "Trade and transport"),
        (3, "Three.", "Trade and transport"),
    ]


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ({"heading": ""}, "paragraph 2 has a heading that is no text"),
        ({"heading": 7}, "paragraph 2 has a heading that is no text"),
        ({"heading": "One", "text": "Two"}, "a field that headings do not have, “text”"),
        ({"heading": "\ud800"}, "paragraph 2 has half a character"),
        ({"heading": "Trade\tand fish"}, "Telegram would change a tab"),
    ],
)
def test_a_wrong_heading_is_told(heading: dict[str, object], what: str) -> None:
    found, (problem,) = read(line(paragraphs=["One.", heading, "Two."]))
    assert found == []
    assert what in problem.what


def test_headings_alone_are_no_statement() -> None:
    found, (problem,) = read(line(paragraphs=[{"heading": "One"}]))
    assert (found, problem.what) == ([], "one: there are only headings")
