"""What may be wrong with a statement is warned of, each time with a category."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from index.files.doubts import joint_by_title
from index.files.json_lines import read_json_lines
from index.files.loading import load_record
from index.files.markdown import read_markdown

TODAY = date(2025, 3, 1)


def warned(body: str, *, front: str = "kind: remarks", title: str = "T") -> Counter[str]:
    """Return how often each category is warned of, in a statement with *body*."""
    text = f"---\ntitle: {title}\nspeakers: [Anna Berg, Carl Maurer]\n{front}\n---\n\n{body}\n"
    statement, problems = read_markdown(text, Path("a.md"))
    assert statement is not None
    assert all(problem.warning and problem.line for problem in problems)
    return Counter(problem.category for problem in problems)


@pytest.mark.parametrize("kind", ["press conference", "interview"])
def test_a_press_conference_or_interview_without_a_question_is_doubted(kind: str) -> None:
    assert warned("Berg: So.", front=f"kind: {kind}") == {"no question found": 1}
    assert warned("问：好？\n\nBerg: So.", front=f"kind: {kind}") == {}


@pytest.mark.parametrize(
    "title",
    [
        *("Joint Statement of A and B", "JOINT COMMUNIQUÉ", "Communiqué of the G7", "联合声明"),
        *("中巴联合公报", "مشترکہ اعلامیہ", "البيان المشترك بشأن الحدود", "Gemeinsame Erklärung"),
        *("Déclaration conjointe", "Declaración conjunta", "Совместное заявление", "共同声明"),
        *("한중 공동성명", "Ortak açıklama", "संयुक्त वक्तव्य", "Joint Leaders’ Statement"),
    ],
)
def test_a_joint_text_is_known_by_its_title(title: str) -> None:
    assert joint_by_title(title, "en")
    assert warned("We agree.", front="", title=title) == {"may be a joint text": 1}
    for kind in ("statement", "joint statement", "report"):
        assert warned("We agree.", front=f"kind: {kind}", title=title) == {}


@pytest.mark.parametrize(
    "title", ["Joint press conference", "Remarks on the joint venture", "Statement", "共同利益"]
)
def test_other_titles_are_not_those_of_joint_texts(title: str) -> None:
    assert not joint_by_title(title, "en")


def test_several_speakers_without_a_kind_are_doubted_unless_the_text_names_them() -> None:
    assert warned("We agree.", front="") == {"may be a joint text": 1}
    assert warned("Berg: Yes.\n\nMaurer: No.", front="") == {}


def test_a_label_that_names_nobody_is_doubted_once() -> None:
    body = "Jane Doe: So.\n\nBerg: No.\n\nJane Doe: So."
    assert warned(body) == {"the speaker is not certain": 1}
    many = "\n\n".join(f"Jane Doe{'abcdefghijklmnopqrst'[i]}: So." for i in range(20))
    assert warned(many) == {"the speaker is not certain": 11}, "ten, and how many more"


def test_what_may_be_no_paragraph_or_several_is_doubted() -> None:
    assert warned("<!-- draft -->\n\nSo.") == {"HTML comment": 1}
    lines = "One is so.\nTwo is so!\n三是。\nIs four so?"
    assert warned(lines) == {"lines that may be paragraphs": 1}
    assert warned("One is\nso. Two is\nso. Three\nis so.") == {}
    assert warned("One.\nTwo.\nThree.") == {}


@pytest.mark.parametrize(
    ("body", "breaks"),
    [
        ("The road has done some\n\nestimates of the names.", True),
        ("The road, the port,\n\nand the bridge.", True),
        ("Дорога открыта для\n\nвсех.", True),
        ("We will:\n\nbuild;\n\nplan.", False),
        ("A heading\n\nThe road.", False),
        ("The road is open.\n\nand so on.", False),
        ("A road\n\nMaurer: no.", False),
    ],
)
def test_a_paragraph_that_breaks_off_is_doubted(body: str, breaks: bool) -> None:
    assert warned(body) == ({"a paragraph that breaks off": 1} if breaks else {})


def test_of_one_category_ten_are_told_and_the_rest_counted() -> None:
    assert warned("\n\n".join(["<!-- x -->"] * 30))["HTML comment"] == 11


def test_json_lines_are_doubted_alike() -> None:
    lines = {
        "id": "a",
        "title": "Joint statement",
        "speakers": ["A"],
        "paragraphs": ["<!-- x -->", "One is so.\nTwo is so.\nSo is three.\nFour is so.", "a b"],
    }
    ((statement, problems),) = read_json_lines(json.dumps(lines), Path("a.jsonl"))
    assert statement is not None
    assert Counter(problem.category for problem in problems) == {
        "HTML comment": 1,
        "lines that may be paragraphs": 1,
        "may be a joint text": 1,
    }


@pytest.mark.parametrize("text", ["QUESTION: Why?", "记者：好？", "SECRETARY RUSK: Yes."])
def test_a_label_in_json_lines_is_doubted_where_no_field_says_who_speaks(text: str) -> None:
    line = {"id": "a", "title": "T", "speakers": ["A"]}
    for paragraph, number in (({"text": text}, 1), ({"text": text, "speaker": "A"}, 0)):
        read = read_json_lines(json.dumps({**line, "paragraphs": [paragraph]}), Path("a.jsonl"))
        ((_, problems),) = read
        assert [one.category for one in problems] == ["a label in a paragraph"] * number


def test_a_reporter_named_in_json_lines_asks() -> None:
    paragraphs = [{"text": "Why?", "speaker": name} for name in ("Reporter", "记者", "Anna Berg")]
    line = {"id": "a", "title": "T", "speakers": ["Anna Berg"], "paragraphs": paragraphs}
    ((statement, _),) = read_json_lines(json.dumps(line), Path("a.jsonl"))
    assert statement is not None
    assert [paragraph.quotable for paragraph in statement.paragraphs] == [False, False, True]


def test_with_todays_date_the_future_and_the_same_words_are_doubted(tmp_path: Path) -> None:
    """Without it, as when the bot loads the record, nobody waits for that."""
    folder = tmp_path / "statements"
    folder.mkdir()
    for name, day, text in (
        ("a", "2025-03-02", "We will."),
        ("b", "2025-03-03", "We  will."),
        ("c", "2025-01-01", "We won't."),
    ):
        front = f"---\ntitle: T\ndate: {day}\nspeakers: [Anna Berg]\n---\n\n{text}\n"
        (folder / f"{name}.md").write_text(front)
    assert load_record(tmp_path).problems == ()
    problems = load_record(tmp_path, today=TODAY).problems
    assert [(problem.path.name, problem.category) for problem in problems] == [
        ("b.md", "a date in the future"),
        ("b.md", "the same words twice"),
    ]
