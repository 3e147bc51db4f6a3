"""Measuring: a tiny set by hand, and unreadable sets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.evaluation import GoldQuestion, evaluate, load_questions, load_set
from index.model.errors import QuestionsUnreadable
from index.model.record import Record
from index.search import Index


def gold(question: str, *places: tuple[str, int]) -> GoldQuestion:
    return GoldQuestion(question, frozenset(places))


@pytest.fixture
def tiny(make_statement) -> Index:
    return Index(
        Record.of(
            [
                make_statement("The harbour road is open.", "Tea grows on the hills.", id="a"),
                make_statement("The harbour office closes at noon.", "Rice is scarce.", id="b"),
            ]
        )
    )


def test_a_tiny_set_worked_out_by_hand(tiny: Index) -> None:
    """Five questions have gold: found first, second (of two), not at all, first, not at all."""
    assert tiny.paragraph_ids(tiny.rank(tiny.query("harbour road"))) == [("a", 1), ("b", 1)]
    measured = evaluate(
        tiny,
        [
            gold("Where does tea grow?", ("a", 2)),  # answered, right, rank 1
            gold("harbour road", ("b", 1)),  # answered with another first, rank 2
            gold("Is rice scarce?", ("a", 2), ("z", 9)),  # answered with another, no rank
            gold("Is rice scarce?", ("b", 2), ("a", 2)),  # answered, right, rank 1
            gold("What of bitcoin?", ("a", 1)),  # refused in spite of gold, no rank
            gold("What of bitcoin?"),  # refused for want of gold
            gold("What of cricket?"),  # refused for want of gold
            gold("tea"),  # answered though there is no gold
        ],
    )
    assert measured.questions == 8
    assert measured.recall_at_1 == 2 / 5
    assert measured.recall_at_5 == 3 / 5
    assert measured.mrr_at_10 == pytest.approx((1 + 1 / 2 + 0 + 1 + 0) / 5, rel=1e-15)
    assert (measured.answered_right, measured.answered_wrong) == (2, 3)
    assert (measured.refused_right, measured.refused_wrong) == (2, 1)
    assert 0 < measured.p50_ms <= measured.p99_ms


def test_ranks_are_taken_without_refusing(tiny: Index) -> None:
    """A question that is refused still has a rank."""
    asked = gold("Did the finance minister of Norway ever import tea wholesale?", ("a", 2))
    assert not tiny.ask(asked.question).answered
    measured = evaluate(tiny, [asked])
    assert (measured.recall_at_1, measured.refused_wrong) == (1.0, 1)


@pytest.mark.parametrize(
    ("rank", "recall_at_1", "recall_at_5", "mrr"),
    [
        (1, 1, 1, 1),
        (2, 0, 1, 1 / 2),
        (5, 0, 1, 1 / 5),
        (6, 0, 0, 1 / 6),
        (10, 0, 0, 1 / 10),
        (11, 0, 0, 0),
    ],
)
def test_each_measure_looks_so_deep_and_no_deeper(
    make_statement, rank: int, recall_at_1: float, recall_at_5: float, mrr: float
) -> None:
    """Twelve paragraphs on tea, the longer the less so: the first ranks first."""
    teas = [f"The tea grows{' and rice' * number}." for number in range(12)]
    index = Index(Record.of([make_statement(*teas, *(f"Other {n}." for n in range(20)), id="a")]))
    assert index.paragraph_ids(index.rank(index.query("tea")))[rank - 1] == ("a", rank)
    measured = evaluate(index, [gold("tea", ("a", rank))])
    assert (measured.recall_at_1, measured.recall_at_5) == (recall_at_1, recall_at_5)
    assert measured.mrr_at_10 == mrr


def test_without_questions_that_have_gold_nothing_is_divided_by_zero(tiny: Index) -> None:
    measured = evaluate(tiny, [gold("What of bitcoin?")])
    assert (measured.recall_at_1, measured.mrr_at_10, measured.refused_right) == (0.0, 0.0, 1)
    assert evaluate(tiny, []).questions == 0


def write_set(folder: Path, statements: list[str], questions: list[str]) -> Path:
    (folder / "statements.jsonl").write_text("\n".join(statements), "utf-8")
    (folder / "questions.jsonl").write_text("\n".join(questions), "utf-8")
    return folder


STATEMENT = json.dumps({"id": "a", "title": "A", "paragraphs": ["The road is open."]})
QUESTION = json.dumps({"question": "Is the road open?", "gold": [["a", 1]]})


def test_a_set_is_read_and_needs_no_speakers(tmp_path: Path) -> None:
    record, questions = load_set(write_set(tmp_path, [STATEMENT], [QUESTION, "", QUESTION]))
    assert [statement.id for statement in record.statements] == ["a"]
    assert questions == [gold("Is the road open?", ("a", 1))] * 2


@pytest.mark.parametrize(
    ("statements", "questions", "name", "line"),
    [
        ([STATEMENT, "{"], [QUESTION], "statements.jsonl", 2),
        ([STATEMENT, '{"id": "b", "title": "B"}'], [QUESTION], "statements.jsonl", 2),
        ([STATEMENT, STATEMENT], [QUESTION], "statements.jsonl", None),
        ([STATEMENT], [], "questions.jsonl", None),
        ([STATEMENT], ["", " "], "questions.jsonl", None),
        *(
            ([STATEMENT], [QUESTION, wrong], "questions.jsonl", 2)
            for wrong in (
                "{",
                "5",
                "null",
                "[]",
                "{}",
                '{"question": "Is it?"}',
                '{"gold": []}',
                '{"question": 5, "gold": []}',
                '{"question": "Is it?", "gold": null}',
                '{"question": "Is it?", "gold": ["a", 1]}',
                '{"question": "Is it?", "gold": [["a", "one"]]}',
                '{"question": "Is it?", "gold": [["a", null]]}',
                '{"question": "Is it?", "gold": [["a", Infinity]]}',
                '{"question": "Is it?", "gold": [["a", 1, 2]]}',
                "[" * 100_000,
            )
        ),
    ],
)
def test_an_unreadable_set_is_reported_with_its_file_and_line(
    tmp_path: Path, statements: list[str], questions: list[str], name: str, line: int | None
) -> None:
    with pytest.raises(QuestionsUnreadable) as caught:
        load_set(write_set(tmp_path, statements, questions))
    assert (caught.value.path, caught.value.line) == (tmp_path / name, line)
    assert caught.value.what
    assert caught.value.repair
    place = f"{tmp_path / name}:{line}: " if line else f"{tmp_path / name}: "
    assert str(caught.value).startswith(place)


@pytest.mark.parametrize("missing", ["statements.jsonl", "questions.jsonl"])
def test_a_missing_file_is_reported(tmp_path: Path, missing: str) -> None:
    write_set(tmp_path, [STATEMENT], [QUESTION])
    (tmp_path / missing).unlink()
    with pytest.raises(QuestionsUnreadable, match="no such file") as caught:
        load_set(tmp_path)
    assert caught.value.path == tmp_path / missing


def test_questions_that_are_not_utf_8_are_reported_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(QUESTION.encode() + b"\n\xff")
    with pytest.raises(QuestionsUnreadable, match="not UTF-8") as caught:
        load_questions(path)
    assert caught.value.line == 2
